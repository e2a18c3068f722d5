"""The map of a parabolic bowl, from however near: its ellipses are exact, and the kicks at its minimum are to scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.planned_schedules import SMALL, ScheduleRuns
from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.script.window import Window
from scenes.stage.box import Box
from scenes.stage.line_marks import ArrowMark, Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.cost_map import LINES, CostMap, Line, ball_size
from scenes.stage.theme import along
from scenes.stage.write import Setting

# Points of each ellipse. Lines within the innermost one of a usual map, each half as wide as the one before.
AROUND, WITHIN = 120, 16
# A map that is larger by this share than next to the lanes has all its numbers.
LARGER = 0.5
# No kick is longer than so many times the way to the minimum: longer ones leave the picture anyway.
FARTHEST = 50.0


class BowlMap(CostMap):
    """A cost map whose contour lines are computed from the curvatures, so that a close view has round ones, too.

    small: its box once it has traded places; until then it is the hero.
    """

    def __init__(self, setting: Setting, runs: ScheduleRuns, window: Window, small: Box) -> None:
        self.goal = runs.goal
        sizes, ways = runs[0].objective.curvatures(runs.goal)
        turn = np.linspace(0, 2 * np.pi, AROUND + 1)
        circle = np.stack([np.cos(turn), np.sin(turn)], axis=-1) * np.sqrt(2 / sizes)
        self.ellipse, self.shortest = circle @ ways.T, float(np.sqrt(2 / sizes[-1]))
        super().__init__(setting, runs[0].objective, window, small, start=float(runs[0].losses[0]))

    def contours(self, window: Window) -> list[Line]:
        """Each level with its ellipse; those inside the lowest of a usual map are half as wide, a quarter, …"""
        size = self.start - self.low
        inner = [self.low + size / LINES**2 / 4.0**rank for rank in range(1, WITHIN + 1)]
        levels = [*inner, *(self.low + size * (rank / LINES) ** 2 for rank in range(1, 2 * LINES + 1))]
        return [(level, self.goal + (level - self.low) ** 0.5 * self.ellipse) for level in levels]

    def _numbered(self, box: Box) -> float:
        """The numbers are the hero's: beside the lanes, there is more of the map without them."""
        larger = box.width * box.height / (self.small.width * self.small.height)
        return smooth(min(1.0, max(0.0, (larger - 1) / LARGER)))

    def _lines(self, now: Now) -> Iterator[Mark]:
        """The lines that are neither hidden by the ring around the minimum nor far outside; small ones are fainter."""
        view, (width, far) = self.view(now), self.pen(now)
        unit, ring = view.box.width / (view.window[1] - view.window[0]), ball_size(view.box)
        outside = 2 * (view.box.width + view.box.height)
        for level, line in self.lines:
            half = unit * (level - self.low) ** 0.5 * self.shortest
            clear = min(1.0, max(0.0, half / ring - 1.2))
            if clear == 0 or half > outside:
                continue
            yield Stroke(
                points=view.to_frame(line[:, 0], line[:, 1]),
                colour=self.colour(level),
                width=width,
                clip=view.box,
                opacity=clear * (1.0 if level <= self.start * (1 + 1e-9) else far),
                shows=Shows("contour"),
            )


class BowlMinimum(Part):
    """A green ring at the minimum."""

    def __init__(self, setting: Setting, plane: BowlMap, name: str = "minimum") -> None:
        super().__init__(name)
        self.setting, self.plane = setting, plane

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.plane.view(now)
        x, y = self.plane.goal.tolist()
        if view.holds(x, y):
            yield Ring(
                centre=view.point(x, y),
                radius=0.8 * ball_size(view.box) * (1 + 0.9 * now.of(self, "pulse")),
                colour=self.setting.theme.minimum,
                shows=Shows("map minimum", 0, 0),
            )


class Kicks(Part):
    """The step that each batch of one epoch would make from one place: arrows, to the map's scale.

    Channels: `grown`, how many of them are drawn, as a share; `shrunk`: at the large constant rate (0), at the small
    one (1), and in between.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "shrunk": STILL}

    def __init__(
        self,
        setting: Setting,
        plane: BowlMap,
        runs: ScheduleRuns,
        place: Array,
        colours: tuple[str, str],
        name: str = "kicks",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.place, self.colours = setting, plane, place, colours
        self.kicks = np.clip(runs.kicks(place), -FARTHEST * runs.away[0][0], FARTHEST * runs.away[0][0])

    def marks(self, now: Now) -> Iterator[Mark]:
        view, shrunk = self.plane.view(now), now.of(self, "shrunk")
        grown = now.of(self, "grown") * len(self.kicks)
        colour, scale = along(self.colours, shrunk), 1 + shrunk * (SMALL - 1)
        tail = view.point(*self.place.tolist())
        for index, kick in enumerate(self.kicks[: int(np.ceil(grown))]):
            share = min(1.0, grown - index)
            head = view.point(*(self.place + share * scale * kick).tolist())
            whole = share == 1 and shrunk in (0.0, 1.0)
            yield ArrowMark(
                tail=tail,
                head=head,
                colour=colour,
                width=5.0 + 2.5 * now.of(self, "pulse"),
                clip=view.box,
                shows=Shows(self.name, int(shrunk), index) if whole else None,
            )
