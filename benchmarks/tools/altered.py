"""A lesson that is not quite itself, rendered: `altered.py longer 4 film.mp4 film.gif`, `altered.py reworded film.mp4`.

longer N: the loop of the parabola with every motion N times as long, 720p25, one process, no cache.
same, reworded: the narrated parabola, 1080p60, captioned, with the cache; reworded says one sentence differently.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from scenes.catalogue import LESSONS
from scenes.film.cache import Cache
from scenes.film.render import render
from scenes.film.spec import RenderSpec
from scenes.script.beat import Script

LESSON = LESSONS["parabola"]
REWORDED = 4


def longer(factor: float, targets: list[Path]) -> None:
    """The loop in slow motion."""

    def loop(runs):
        return Script(tuple(replace(beat, motion=beat.motion * factor) for beat in LESSON.loop(runs)))

    LESSONS["parabola"] = replace(LESSON, loop=loop)
    render(RenderSpec("parabola", fps=25, cut="loop"), targets, lambda frames: None, jobs=1)


def narrated(targets: list[Path], reworded: bool) -> None:
    """The film, with or without its fifth sentence as it was."""

    def script(runs):
        beats = list(LESSON.script(runs))
        beats[REWORDED] = replace(beats[REWORDED], sentence=f"{beats[REWORDED].sentence} Look.")
        return Script(tuple(beats))

    if reworded:
        LESSONS["parabola"] = replace(LESSON, script=script)
    render(RenderSpec("parabola", width=1920, height=1080, fps=60), targets, lambda frames: None, cache=Cache())


if __name__ == "__main__":
    manner, *rest = sys.argv[1:]
    if manner == "longer":
        longer(float(rest[0]), [Path(word) for word in rest[1:]])
    else:
        narrated([Path(word) for word in rest], manner == "reworded")
