"""A run on the stage: how far it has come, its ball, and where it has been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

import numpy as np

from gdsim import Trajectory
from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.write import LABEL, Setting, within

BALL = 0.2
PRINT = 0.065
# How much wider a ball is than one on top of it: if several meet, each is seen as a ring.
RIM = 0.06
# Methods that carry velocity from step to step.
INERT = ("momentum", "nesterov", "adam", "adamw", "amsgrad", "nadam", "radam", "adamax")
# How high a leap rises above the straight line: as a share of its length, and at most in frame units.
HOP, HIGHEST_HOP = 0.22, 0.9
# Dots nearer to each other than this cannot be told apart.
APART = 0.02
# How many places of a run are told apart over the domain's width.
FINEST = 20_000
# A marker at the edge is this far inside, in frame units.
INSIDE = 0.14


class Instant(NamedTuple):
    """One instant of a run. landed: the last complete step. share: of the step under way, from 0 to 1, eased."""

    landed: int
    share: float


class Run(Part):
    """A run's clock: `progress` is the number of steps shown, fractional while one is under way. It draws nothing."""

    channels: ClassVar[Mapping[str, Channel]] = {"progress": STILL}

    def __init__(self, run: Trajectory, index: int = 0, name: str = "run") -> None:
        super().__init__(name)
        self.run, self.index = run, index

    def marks(self, now: Now) -> Iterator[Mark]:
        return iter(())

    def instant(self, now: Now) -> Instant:
        """The run's instant in this frame."""
        progress = min(max(now.of(self, "progress"), 0.0), float(self.run.steps))
        landed = int(progress + 1e-9)
        part = progress - landed
        return Instant(landed, smooth(part) if part > 1e-9 else 0.0)


def rolls(run: Trajectory) -> bool:
    """Whether the method has inertia, so that its ball rolls; with all others, it leaps from place to place."""
    return run.optimiser in INERT


def leap(tail: Array, head: Array, share: float) -> Array:
    """Frame point (2,) on the arc of a leap between two frame points."""
    way = head - tail
    height = min(HIGHEST_HOP, HOP * float(np.hypot(*way)))
    return tail + share * way + np.array([0.0, 4 * height * share * (1 - share)])


def rolled(view: View, run: Trajectory, step: int, shares: Array) -> Array:
    """Frame points (n, 2) on the curve between a landing and the next."""
    tail, head = run.points[step : step + 2, 0]
    x = tail + shares * (head - tail)
    return view.to_frame(x, np.asarray(run.objective.value(x[:, None])))


def rim(place: Array, others: Sequence[tuple[Array, float]]) -> float:
    """How much wider a ball at `place` is because of the balls drawn over it: (place, opacity)."""
    near = (shown * max(0.0, 1 - float(np.hypot(*(place - other))) / BALL) for other, shown in others)
    return RIM * sum(near)


class Ball(Part):
    """The run's ball: on its curve at every step, in the air between two; a marker replaces it at the edge.

    above: the balls that are drawn over it; if one covers it, it grows until it can be seen around it.
    noted: whether words say that it is off the scale; among several balls, only the marker's colour says which it is.
    rolling: whether it rolls along the curve from step to step, as a heavy ball does, and does not leap.
    """

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        clock: Run,
        colour: str | None = None,
        name: str = "ball",
        above: Sequence[Ball] = (),
        noted: bool = True,
        rolling: bool = False,
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock = setting, plane, clock
        self.colour = colour or setting.theme.ball
        self.above, self.noted, self.rolling = tuple(above), noted, rolling

    def place(self, now: Now) -> tuple[Array, int | None]:
        """Where it is (2,), in frame units, and the step at which it rests; None while it is in the air."""
        view, (landed, share) = self.plane.view(now), self.clock.instant(now)
        run = self.clock.run
        here = view.to_frame(run.points[landed, 0], run.losses[landed])
        if share == 0:
            return here, landed
        if self.rolling:
            return rolled(view, run, landed, np.array([share]))[0], None
        return leap(here, view.to_frame(run.points[landed + 1, 0], run.losses[landed + 1]), share), None

    def anchor(self, now: Now, element: str) -> Anchor:
        """`x`: below the ball, on the axis."""
        view = self.plane.view(now)
        place, _ = self.place(now)
        if element == "x":
            return Anchor(float(place[0]), view.box.bottom - 0.3, LABEL)
        return Anchor(float(place[0]), float(place[1]), LABEL)

    def marks(self, now: Now) -> Iterator[Mark]:
        (x, y), step = self.place(now)
        box = self.plane.view(now).box
        if box.left <= x <= box.right and box.bottom <= y <= box.top + BALL:
            radius = BALL * (1 + 0.5 * now.of(self, "pulse")) + self._rim(now, np.array([x, y]))
            shows = Shows("point", self.clock.index, step)
            yield Disc(
                centre=(float(x), float(y)),
                radius=radius,
                colour=self.colour,
                rim=self.setting.theme.background,
                shows=shows,
            )
        elif step is not None or not box.left <= x <= box.right:
            target = np.array([x, y])
            yield from off_the_scale(self.setting, self.colour, target, box, self.clock.index, self.noted)

    def _rim(self, now: Now, place: Array) -> float:
        """How much it grows, so that balls on top of it do not hide it."""
        others = [(other.place(now)[0], now.of(other, "shown")) for other in self.above]
        return rim(place, others)


def off_the_scale(
    setting: Setting, colour: str, target: Array, box: Box, index: int = 0, noted: bool = True
) -> Iterator[Mark]:
    """A triangle at a box's edge that points to a place outside, and, if `noted`, the words that say so."""
    low, high = np.array([box.left + INSIDE, box.bottom + INSIDE]), np.array([box.right - INSIDE, box.top - INSIDE])
    tip = np.clip(target, low, high)
    way = np.sign(np.where(np.abs(target - tip) > 1e-9, target - tip, 0.0))
    along = way / max(float(np.hypot(*way)), 1e-9)
    across = np.array([-along[1], along[0]])
    corners = np.array([tip, tip - 0.34 * along + 0.22 * across, tip - 0.34 * along - 0.22 * across])
    yield Area(points=corners, colour=colour, shows=Shows("off the scale", index))
    if not noted:
        return
    left = tip[0] > box.centre[0]
    note = setting.words(
        setting.label("off the scale"),
        float(tip[0]) + (-0.5 if left else 0.5),
        float(tip[1]) - 0.1,
        LABEL,
        colour,
        1.0 if left else 0.0,
        weight=600,
    )
    yield within(note, box)


class Trail(Part):
    """Where the ball has been: a dot at each landing, and the arcs of its leaps, the last ones brightest.

    rolling: the ball leaps along no arcs, but rolls along the curve.
    """

    ARCS = 3

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        clock: Run,
        colour: str | None = None,
        name: str = "trail",
        rolling: bool = False,
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock, self.rolling = setting, plane, clock, rolling
        self.colour, self.arc = colour or setting.theme.ball, colour or setting.theme.step

    def marks(self, now: Now) -> Iterator[Mark]:
        view, (landed, share) = self.plane.view(now), self.clock.instant(now)
        run = self.clock.run
        first = max(0, landed - self.ARCS)
        ends = view.to_frame(run.points[first : landed + 2, 0], run.losses[first : landed + 2])
        box = view.box
        for index in range(len(ends) - 1):
            step = first + index
            gone = 1.0 if step < landed else share
            age = landed + share - step - gone
            opacity = max(0.0, 1 - age / self.ARCS)
            if gone > 0 and opacity > 0 and _near(ends[index]) and _near(ends[index + 1]):
                shares = np.linspace(0, gone, 24)
                arc = np.array([leap(ends[index], ends[index + 1], one) for one in shares])
                yield Stroke(
                    points=rolled(view, run, step, shares) if self.rolling else arc,
                    colour=self.arc,
                    width=5.0 if self.rolling else 2.6,
                    dash=() if self.rolling else (0.09, 0.09),
                    clip=box,
                    opacity=0.9 * opacity,
                )
        for step, (x, y) in self._prints(view, landed):
            yield Disc(centre=(x, y), radius=PRINT, colour=self.colour, shows=Shows("landing", self.clock.index, step))

    def _prints(self, view: View, landed: int) -> list[tuple[int, tuple[float, float]]]:
        """The landings that can be told apart, with their steps."""
        run = self.clock.run
        steps = distinct_steps(run)
        steps = steps[: int(np.searchsorted(steps, landed, side="right"))]
        points = view.to_frame(run.points[steps, 0], run.losses[steps])
        box = view.box
        inside = np.flatnonzero(
            (points[:, 0] >= box.left)
            & (points[:, 0] <= box.right)
            & (points[:, 1] >= box.bottom)
            & (points[:, 1] <= box.top)
        )
        cells = np.round(points[inside] / APART).astype(np.int64)
        _, firsts = np.unique(cells, axis=0, return_index=True)
        return [(int(steps[one]), (float(points[one, 0]), float(points[one, 1]))) for one in sorted(inside[firsts])]


@lru_cache(maxsize=16)  # called in every frame; a run of many steps lands in few different places
def distinct_steps(run: Trajectory) -> np.ndarray:
    """The steps (n,) of int, ascending, that land where no earlier one did, as finely as any film zooms in."""
    low, high = run.objective.domain[0]
    size = (high - low) / FINEST
    cells = np.round((run.points[:, 0] - run.points[0, 0]) / size)
    _, firsts = np.unique(cells, return_index=True)
    return np.sort(firsts)


def _near(point: Array) -> bool:
    """Whether a leap's end is near enough to be drawn: cairo cannot draw to places 10⁹ units away."""
    return bool(abs(point[0]) < 60 and abs(point[1]) < 60)
