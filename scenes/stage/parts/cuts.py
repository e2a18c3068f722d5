"""A bowl cut across and along: two parabolas on one scale, and on each the run's ball as if it were alone there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

import numpy as np

from scenes.phrases.inertia_facts import Valley
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import PRINT, Run, leap
from scenes.stage.write import LABEL, SMALLEST, Setting

# The half width and the height of both cuts, in their first offsets and heights; landings further out are not drawn.
ROOM, HEADROOM = 1.15, 1.2
BALL, LEAPS, POINTS = 0.15, 3, 60
# What is above or below a cut: its name, and its number.
TITLE, FOOT = 0.5, 0.12
NAMES = ("across", "along")


class Cut(NamedTuple):
    """One cut. view: of offsets and heights. bend: its curvature. offsets, heights: the run's (steps + 1,)."""

    view: View
    bend: float
    offsets: Array
    heights: Array


class Cuts(Part):
    """Two cuts through a bowl's minimum, each with its curvature. Both have the same scale.

    box: of both; one above the other if it is high. valley: the bowl; without one, nothing is drawn.

    The elements `across` and `along` can be shown and pulse.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        f"{name}.{kind}": channel for name in NAMES for kind, channel in (("shown", HIDDEN), ("pulse", STILL))
    }

    def __init__(self, setting: Setting, box: Box, clock: Run, valley: Valley | None, name: str = "cuts") -> None:
        super().__init__(name)
        self.setting, self.clock = setting, clock
        if valley is None:
            self.cuts: tuple[Cut, ...] = ()
            return
        middle = box.centre
        halves = [Box(box.left, middle[1], box.right, box.top), Box(box.left, box.bottom, box.right, middle[1])]
        if box.width > box.height:
            halves = [
                Box(box.left, box.bottom, middle[0] - 0.15, box.top),
                Box(middle[0] + 0.15, box.bottom, box.right, box.top),
            ]
        offsets = valley.offsets(clock.run.points)
        heights = offsets**2 * valley.bends / 2
        reach, top = ROOM * float(np.abs(offsets[0]).max()), HEADROOM * float(heights[0].max())
        window = (-reach, reach, -0.04 * top, top)
        self.cuts = tuple(
            Cut(View(half.inset(top=TITLE, bottom=FOOT), window), float(valley.bends[axis]), *columns)
            for axis, (half, columns) in enumerate(zip(halves, zip(offsets.T, heights.T)))
        )

    def marks(self, now: Now) -> Iterator[Mark]:
        for axis, name in enumerate(NAMES[: len(self.cuts)]):
            shown = now.of(self, f"{name}.shown")
            if shown > 0:
                yield from (mark.faded(shown) for mark in self._cut(now, axis, now.of(self, f"{name}.pulse")))

    def _cut(self, now: Now, axis: int, pulse: float) -> Iterator[Mark]:
        theme, (view, bend, *_) = self.setting.theme, self.cuts[axis]
        left, right, _, top = view.window
        half = min(right, (2 * top / bend) ** 0.5)
        x = np.linspace(-half, half, POINTS)
        floor = view.to_frame(np.array([left, right]), np.zeros(2))
        yield Lines(ends=floor[None], colour=theme.faint, width=2.0)
        curve = view.to_frame(x, x * x * bend / 2)
        yield Stroke(points=curve, colour=theme.ink, width=3.4 + 2.5 * pulse, clip=view.box)
        word, number = self.setting.label(NAMES[axis]), self.setting.language.brief(bend)
        y, size = view.box.top + 0.14, min(LABEL, 0.13 * view.box.width)
        size = max(SMALLEST, size)
        yield self.setting.words(word, view.box.left, y, size, theme.ink, 0.0, 0.0, 600)
        swell, shows = 1 + 0.35 * pulse, Shows("bend", self.clock.index, axis=axis)
        yield self.setting.words(number, view.box.right, y, size * swell, theme.ink, 1.0, 0.0, 600, shows)
        yield from self._ball(now, axis)

    def _ball(self, now: Now, axis: int) -> Iterator[Mark]:
        """The landings, the last leaps, and the ball."""
        (landed, share), theme, index = self.clock.instant(now), self.setting.theme, self.clock.index
        view, _, offsets, heights = self.cuts[axis]
        places = view.to_frame(offsets[: landed + 2], heights[: landed + 2])
        near = np.abs(offsets[: landed + 2]) <= view.window[1]
        for step in range(max(0, landed - LEAPS), landed + (share > 0)):
            gone = share if step == landed else 1.0
            if near[step : step + 2].all():
                arc = np.array([leap(places[step], places[step + 1], one) for one in np.linspace(0, gone, 16)])
                fade = 1 - (landed + share - step - gone) / LEAPS
                yield Stroke(points=arc, colour=theme.step, width=2.2, dash=(0.07, 0.07), opacity=max(0.0, fade))
        for x, y in places[: landed + 1][near[: landed + 1]].tolist():
            yield Disc(centre=(x, y), radius=PRINT, colour=theme.ball)
        place: Array = places[landed] if share == 0 else leap(places[landed], places[landed + 1], share)
        if near[landed : landed + 2 if share else landed + 1].all():
            shows = Shows("cut", index, landed if share == 0 else None, axis)
            x, y = place.tolist()
            yield Disc(centre=(x, y), radius=BALL, colour=theme.ball, rim=theme.background, shows=shows)
