"""The line through two points of a curve that are h apart, and the table of its slopes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Objective
from gdsim.quotient import difference
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.slope import direction
from scenes.stage.type import words_outline
from scenes.stage.write import LABEL, SMALLEST, Setting, within

# Room between two numbers next to each other.
GAP = 0.2
# The height of type in a row, as a share of it, and how much a number grows while it pulses.
PITCH, SWELL = 0.72, 0.3
# The colour of type that is only measured.
INK = "#000000"


class Secant(Part):
    """The secant. power: h is ten to this power. Elements: `point` (the second one), `line`, `legs` (run and rise)."""

    channels: ClassVar[Mapping[str, Channel]] = {
        "point.shown": STILL,
        "point.pulse": STILL,
        "line.grown": STILL,
        "legs.grown": STILL,
        "legs.pulse": STILL,
    }
    LENGTH = 11.0

    def __init__(self, setting: Setting, plane: Plane, objective: Objective, x: float, power: float) -> None:
        super().__init__("secant")
        self.setting, self.plane, self.objective, self.x, self.power = setting, plane, objective, x, power

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "power": Channel((self.power,))}

    def marks(self, now: Now) -> Iterator[Mark]:
        view, theme, power = self.plane.view(now), self.setting.theme, now.of(self, "power")
        y, rise, quotient = difference(self.objective, self.x, 10**power)
        start, corner = view.point(self.x, y), view.point(self.x + 10**power, y)
        tip = view.point(self.x + 10**power, y + rise)
        middle, half = (np.array(start) + tip) / 2, direction(view, quotient) * self.LENGTH / 2
        half = half * now.of(self, "line.grown")
        step = round(-power) if power == round(power) else None
        line = np.array([middle - half, middle + half])
        shows = Shows("quotient", step=step)
        yield Stroke(points=line, colour=theme.slope, width=4.5, clip=view.box, shows=shows)
        grown = now.of(self, "legs.grown")
        if grown > 0:
            yield from self._legs(now, view, (start, corner, tip), rise, grown)
        radius = 0.15 * now.of(self, "point.shown") * (1 + 0.6 * now.of(self, "point.pulse"))
        yield Disc(centre=tip, radius=radius, colour=theme.step, rim=theme.background, shows=Shows("second", step=step))

    def _legs(self, now: Now, view: View, corners: tuple, rise: float, grown: float) -> Iterator[Mark]:
        """The run, then the rise, each with its number when h is one of those in the table."""
        theme, power, (start, corner, tip) = self.setting.theme, now.of(self, "power"), corners
        swell = 1 + 0.5 * now.of(self, "legs.pulse")
        for tail, head, share, colour in (
            (start, corner, min(1.0, 2 * grown), theme.ink),
            (corner, tip, max(0.0, 2 * grown - 1), theme.slope),
        ):
            ends = np.array([tail, np.array(tail) + share * (np.array(head) - tail)])
            yield Stroke(points=ends, colour=colour, width=3.5 * swell, clip=view.box)
        if power == round(power):
            exact, step = self.setting.language.number, round(-power)
            below = start[1] - 0.12 if rise >= 0 else start[1] + 0.12
            h, size = self.setting.language.number(10**power), LABEL * swell
            run = self.setting.words(f"h = {h}", (start[0] + corner[0]) / 2, below, size, None, 0.5, float(rise >= 0))
            up = (corner[0] + 0.16, (corner[1] + tip[1]) / 2, size, theme.slope, 0.0, 0.5, 600)
            yield within(run, view.box).faded(min(1.0, 2 * grown))
            number = self.setting.words(exact(rise), *up, Shows("rise", step=step))
            yield within(number, view.box).faded(max(0.0, 2 * grown - 1))


class Quotients(Part):
    """h and the slope for each h: a row each, or, in a low box, a column each. The k-th is the element `row<k>`."""

    def __init__(self, setting: Setting, box: Box, objective: Objective, x: float, powers: tuple[int, ...]) -> None:
        super().__init__("table")
        self.setting, self.box, self.powers = setting, box, powers
        number = setting.language.number
        self.cells = [(number(10.0**power), number(difference(objective, x, 10.0**power)[2], 5)) for power in powers]
        self.heads = ("h", setting.label("slope"))

    def all_channels(self) -> dict[str, Channel]:
        rows = {f"row{k}.{kind}": STILL for k in range(len(self.powers)) for kind in ("shown", "pulse")}
        return {**super().all_channels(), **rows}

    def marks(self, now: Now) -> Iterator[Mark]:
        if PITCH * self.box.height / (len(self.powers) + 1) >= SMALLEST:
            yield from self._rows(now)
        else:
            yield from self._columns(now)

    def _rows(self, now: Now) -> Iterator[Mark]:
        """The heads at the top; below, h on the left and the slope on the right."""
        box, pitch = self.box, min(0.7, self.box.height / (len(self.powers) + 1))
        ems = max(words_outline(h, INK).width + words_outline(slope, INK, 600).width for h, slope in self.cells)
        size = min(0.42, PITCH * pitch, (box.width - GAP) / (1.15 * ems))
        yield from self._heads(
            0.9 * size, (box.left, box.top - 0.7 * pitch, 0.0), (box.right, box.top - 0.7 * pitch, 1.0)
        )
        for k in range(len(self.powers)):
            y = box.top - (k + 1.7) * pitch
            yield from self._pair(now, k, size, (box.left, y, 0.0), (box.right, y, 1.0))

    def _columns(self, now: Now) -> Iterator[Mark]:
        """The heads on the left; beside them, h above the slope."""
        box = self.box
        ems = [
            max(words_outline(h, INK).width, 1.15 * words_outline(slope, INK, 600).width)
            for h, slope in (self.heads, *self.cells)
        ]
        size = min(0.42, 0.36 * box.height, (box.width - GAP * len(self.cells)) / sum(ems))
        gap = min(4 * GAP, (box.width - size * sum(ems)) / len(self.cells))
        upper, lower = box.centre[1] + 0.2 * box.height, box.centre[1] - 0.26 * box.height
        yield from self._heads(0.9 * size, (box.left, upper, 0.0), (box.left, lower, 0.0))
        right = box.left + size * ems[0]
        for k, wide in enumerate(ems[1:]):
            right += gap + size * wide
            yield from self._pair(now, k, size, (right, upper, 1.0), (right, lower, 1.0))

    def _heads(self, size: float, *places: tuple[float, float, float]) -> Iterator[Mark]:
        for head, (x, y, across) in zip(self.heads, places):
            yield self.setting.words(head, x, y, size, self.setting.theme.muted, across)

    def _pair(self, now: Now, k: int, size: float, *places: tuple[float, float, float]) -> Iterator[Mark]:
        """An h and its slope."""
        shown, swell = now.of(self, f"row{k}.shown"), 1 + SWELL * now.of(self, f"row{k}.pulse")
        (h, slope), ((left, y, across), (right, other_y, other_across)) = self.cells[k], places
        yield self.setting.words(h, left, y, size, None, across).faded(shown)
        theme, shows = self.setting.theme, Shows("quotient", step=-self.powers[k])
        mark = self.setting.words(slope, right, other_y, size * swell, theme.slope, other_across, None, 600, shows)
        yield mark.faded(shown)
