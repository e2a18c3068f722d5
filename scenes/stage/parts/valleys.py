"""Valleys on a plane: a ring at each minimum, the drop to a lower place, and the basins painted on the axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Minimum, Objective
from scenes.phrases.valley_facts import deepest, valleys
from scenes.planned_crowd import MOST_WATERSHEDS, Basins
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Plate
from scenes.stage.line_marks import ArrowMark, Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import Ball
from scenes.stage.theme import Theme
from scenes.stage.write import LABEL, Setting, within

# The size of the band on the axis.
BAND = 0.2


def valley_colours(objective: Objective, theme: Theme) -> tuple[str, ...]:
    """Green for the deepest valley, if there is one; for the others, shades that mean nothing else."""
    best, shades = deepest(objective), theme.rates[::-1]
    others = [index for index in range(len(valleys(objective))) if index != best]
    found = {index: shades[place % len(shades)] for place, index in enumerate(others)}
    return tuple(found.get(index, theme.minimum) for index in range(len(valleys(objective))))


class Valleys(Part):
    """A ring in its valley's colour at each minimum. Elements: `lowest`, the ring of the deepest one."""

    channels: ClassVar[Mapping[str, Channel]] = {"lowest.pulse": STILL}
    RADIUS = 0.2

    def __init__(self, setting: Setting, plane: Plane, objective: Objective, name: str = "valleys") -> None:
        super().__init__(name)
        self.setting, self.plane, self.objective = setting, plane, objective
        self.colours, self.lowest = valley_colours(objective, setting.theme), deepest(objective)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, pulse = self.plane.view(now), now.of(self, "pulse")
        for index, (known, colour) in enumerate(zip(valleys(self.objective), self.colours)):
            swell = now.of(self, "lowest.pulse") if index == self.lowest else 0.0
            if view.holds(known.point[0], known.value):
                yield Ring(
                    centre=view.point(known.point[0], known.value),
                    radius=self.RADIUS * (1 + 0.9 * max(pulse, swell)),
                    colour=colour,
                    shows=Shows("valley", step=index),
                )


class Drop(Part):
    """How much lower a place is than the ball: a line across at the ball's height, then down, with the difference.

    grown: 0 nothing, ½ across, 1 all of it.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(self, setting: Setting, ball: Ball, lower: Minimum | None, name: str = "drop") -> None:
        super().__init__(name)
        self.setting, self.ball, self.lower = setting, ball, lower

    def marks(self, now: Now) -> Iterator[Mark]:
        (x, y), step = self.ball.place(now)
        view, grown, colour = self.ball.plane.view(now), now.of(self, "grown"), self.setting.theme.loss
        if self.lower is None or step is None or not view.box.left <= x <= view.box.right:
            return
        foot = view.point(self.lower.point[0], self.lower.value)
        corner = (x + min(1.0, 2 * grown) * (foot[0] - x), y)
        yield Stroke(
            points=np.array([(x, y), corner]), colour=colour, width=2.6, dash=(0.12, 0.1), clip=view.box, opacity=0.8
        )
        down = max(0.0, 2 * grown - 1)
        if down > 0:
            shows = Shows("drop", self.ball.clock.index, step)
            yield ArrowMark(tail=corner, head=(foot[0], y + down * (foot[1] - y)), colour=colour, shows=shows)
            text = self.setting.language.brief(float(self.ball.clock.run.losses[step]) - self.lower.value)
            left = foot[0] > view.box.centre[0]
            place = foot[0] + (-0.22 if left else 0.22), (y + foot[1]) / 2
            label = self.setting.words(text, *place, LABEL * 1.1, colour, 1.0 if left else 0.0, 0.5, 600, shows)
            label = within(label, view.box)
            if label.box is not None:
                yield Plate(around=label.box, colour=self.setting.theme.background, opacity=0.8 * down)
            yield label.faded(down)


class BasinBand(Part):
    """The axis painted with basins: each start in the colour of the valley it leads to, and the watersheds between.

    grown: how much of it is painted, from the left. Elements: `watershed`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "watershed.shown": STILL, "watershed.pulse": STILL}

    def __init__(
        self, setting: Setting, plane: Plane, objective: Objective, basins: Basins, name: str = "basins"
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.objective = setting, plane, objective
        self.colours = valley_colours(objective, setting.theme)
        self.stretches, self.watersheds = basins.stretches(), basins.watersheds()

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.plane.view(now)
        until = view.box.left + now.of(self, "grown") * view.box.width
        low, high = view.box.bottom, view.box.bottom + BAND * (1 + 0.6 * now.of(self, "pulse"))
        for valley, start, end in self.stretches:
            left, right = (max(view.box.left, min(until, view.point(x, 0.0)[0])) for x in (start, end))
            if right > left:
                corners = np.array([[left, low], [right, low], [right, high], [left, high]])
                yield Area(points=corners, colour=self.colours[valley], shows=Shows("basin", step=valley))
        shown = now.of(self, "watershed.shown")
        if shown > 0 and len(self.watersheds) <= MOST_WATERSHEDS:
            width = 3.0 + 3.0 * now.of(self, "watershed.pulse")
            for x in self.watersheds:
                with np.errstate(all="ignore"):
                    loss = float(self.objective.value(np.array([x])))
                top = view.point(x, min(loss, view.window[3]) if np.isfinite(loss) else view.window[3])
                yield Stroke(
                    points=np.array([(top[0], low), top]),
                    colour=self.setting.theme.ink,
                    width=width,
                    dash=(0.14, 0.14),
                    opacity=shown,
                    clip=view.box,
                    shows=Shows("watershed"),
                )
