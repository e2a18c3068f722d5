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
from scenes.script.beat import Beat, Script
from scenes.spec import RenderSpec

LESSON = LESSONS["parabola"]


def longer(factor: float, targets: list[Path]) -> None:
    """The loop in slow motion."""

    def loop(runs):
        script = LESSON.loop(runs)
        return Script(script.opening, tuple(slower(beat, factor) for beat in script))

    LESSONS["parabola"] = replace(LESSON, loop=loop)
    render(RenderSpec("parabola", fps=25, cut="loop"), targets, lambda frames: None, jobs=1)


def slower(beat: Beat, factor: float) -> Beat:
    """The same beat, all of it slower."""
    moves = (replace(move, seconds=move.seconds * factor, after=move.after * factor) for move in beat.moves)
    return replace(beat, moves=tuple(moves), rest=beat.rest * factor)


if __name__ == "__main__":
    factor, *targets = sys.argv[1:]
    longer(float(factor), [Path(target) for target in targets])
