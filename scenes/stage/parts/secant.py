"""The line through two points of a curve that are h apart, and the table of its slopes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Objective
from gdsim.quotient import difference
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.marks import Disc, Mark, Shows, Stroke
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.slope import direction
from scenes.stage.type import words_outline
from scenes.stage.write import LABEL, Setting, within

# Room between a row's two numbers.
GAP = 0.2


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
            brief, step = self.setting.language.brief, round(-power)
            below = start[1] - 0.12 if rise >= 0 else start[1] + 0.12
            h, size = self.setting.language.number(10**power), LABEL * swell
            run = self.setting.words(f"h = {h}", (start[0] + corner[0]) / 2, below, size, None, 0.5, float(rise >= 0))
            up = (corner[0] + 0.16, (corner[1] + tip[1]) / 2, size, theme.slope, 0.0, 0.5, 600)
            yield within(run, view.box).faded(min(1.0, 2 * grown))
            number = self.setting.words(brief(rise), *up, Shows("rise", step=step))
            yield within(number, view.box).faded(max(0.0, 2 * grown - 1))


class Quotients(Part):
    """One row per h: h on the left, the slope on the right. The k-th is the element `row<k>`."""

    def __init__(self, setting: Setting, box: Box, objective: Objective, x: float, powers: tuple[int, ...]) -> None:
        super().__init__("table")
        self.setting, self.box, self.objective, self.x, self.powers = setting, box, objective, x, powers

    def all_channels(self) -> dict[str, Channel]:
        rows = {f"row{k}.{kind}": STILL for k in range(len(self.powers)) for kind in ("shown", "pulse")}
        return {**super().all_channels(), **rows}

    def marks(self, now: Now) -> Iterator[Mark]:
        theme, box = self.setting.theme, self.box
        pitch = min(0.7, box.height / (len(self.powers) + 1))
        language = self.setting.language
        slopes = [language.number(difference(self.objective, self.x, 10.0**power)[2], 5) for power in self.powers]
        ems = [
            words_outline(h, theme.ink, 400).width + words_outline(slope, theme.slope, 600).width
            for h, slope in zip((language.number(10.0**power) for power in self.powers), slopes)
        ]
        size = min(0.42, 0.72 * pitch, (box.width - GAP) / (1.15 * max(ems)))
        for name, x, across in (("h", box.left, 0.0), (self.setting.label("slope"), box.right, 1.0)):
            yield self.setting.words(name, x, box.top - 0.7 * pitch, 0.9 * size, theme.muted, across)
        for k, power in enumerate(self.powers):
            y, shown = box.top - (k + 1.7) * pitch, now.of(self, f"row{k}.shown")
            swell = 1 + 0.3 * now.of(self, f"row{k}.pulse")
            yield self.setting.words(language.number(10.0**power), box.left, y, size, None, 0.0).faded(shown)
            shows = Shows("quotient", step=-power)
            mark = self.setting.words(slopes[k], box.right, y, size * swell, theme.slope, 1.0, None, 600, shows)
            yield mark.faded(shown)
