"""The loop of the parabola in slow motion, rendered: `slower.py 4 film.mp4 film.gif`.

Every motion takes so many times as long; 720p25, one process, no cache.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from scenes.catalogue import LESSONS
from scenes.film.render import render
from scenes.script.beat import Beat
from scenes.spec import RenderSpec

LESSON = LESSONS["parabola"]


def slowed(beat: Beat, factor: float) -> Beat:
    """The beat with all its motion and its rest stretched."""
    moves = (replace(move, seconds=factor * move.seconds, after=factor * move.after) for move in beat.moves)
    return replace(beat, moves=tuple(moves), rest=factor * beat.rest)


def longer(factor: float, targets: list[Path]) -> None:
    """The loop in slow motion."""

    def loop(runs):
        film = LESSON.loop(runs)
        return replace(film, beats=tuple(slowed(beat, factor) for beat in film.beats))

    LESSONS["parabola"] = replace(LESSON, loop=loop)
    render(RenderSpec("parabola", fps=25, cut="loop"), targets, lambda frames: None, jobs=1)


if __name__ == "__main__":
    factor, *targets = sys.argv[1:]
    longer(float(factor), [Path(target) for target in targets])
