"""Letters in the picture: flags at the places of three answers, and letters that ride on balls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from gdsim import Objective
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.choice_cards import DIM, LETTERS
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import BALL, Ball
from scenes.stage.theme import blended
from scenes.stage.write import Setting

# Letters stand so far above the axis; letters of levels, so far from the edge and from one another.
RADIUS, ABOVE, ASIDE, APART = 0.17, 0.22, 0.3, 0.42
# Balls nearer to each other than this share one place, and have no letters.
NEAR, CLEAR = 0.3, 0.42


class Flags(Part):
    """A letter with a dashed line for each answer: up to the curve, or across the picture.

    values: places on the horizontal axis, or, if `level`, heights. right: the index of the right one.
    Channel `lit`: the right one becomes green, the others dim.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"lit": STILL}

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        objective: Objective,
        values: Sequence[float],
        right: int,
        level: bool,
        name: str,
    ) -> None:
        super().__init__(name)
        self.heights = [float(objective.value(np.array([value]))) for value in values]
        self.ranks = [sorted(values).index(value) for value in values]
        self.floor = objective.minima[0].point[0]
        self.setting, self.plane, self.values, self.right, self.level = setting, plane, tuple(values), right, level

    def marks(self, now: Now) -> Iterator[Mark]:
        view, lit, theme = self.plane.view(now), now.of(self, "lit"), self.setting.theme
        for index, value in enumerate(self.values):
            right = index == self.right
            colour = blended(theme.ink, theme.minimum, lit if right else 0.0)
            shown = 1.0 if right else 1 - (1 - DIM) * lit
            radius = RADIUS * (1 + 0.5 * (now.of(self, "pulse") if right else 0.0))
            if self.level:
                near, far, into = view.box.left, view.box.right, 1
                if view.point(self.floor, 0.0)[0] > view.box.centre[0]:  # away from the ball
                    near, far, into = far, near, -1
                x, y = near + into * (ASIDE + APART * self.ranks[index]), view.point(0.0, value)[1]
                ends = np.array([[x + into * radius, y], [far, y]])
            else:
                x, y = view.point(value, 0.0)[0], view.box.bottom + ABOVE
                ends = np.array([[x, y + radius], [x, view.point(value, self.heights[index])[1]]])
            yield Stroke(points=ends, colour=colour, width=2.4, dash=(0.07, 0.09), opacity=0.7 * shown, clip=view.box)
            yield Disc(centre=(x, y), radius=radius, colour=colour, opacity=shown, shows=Shows("flag", axis=index))
            yield self.setting.words(
                LETTERS[index], x, y, 1.45 * radius, theme.background, 0.5, 0.5, 600, Shows("letter", axis=index)
            ).faded(shown)


class BallLetters(Part):
    """A letter on each ball, where it is not covered by another one."""

    def __init__(self, setting: Setting, balls: Sequence[Ball], name: str) -> None:
        super().__init__(name)
        self.setting, self.balls = setting, tuple(balls)

    def marks(self, now: Now) -> Iterator[Mark]:
        places = [ball.place(now)[0] for ball in self.balls]
        for index, (ball, place) in enumerate(zip(self.balls, places)):
            box = ball.plane.view(now).box
            gaps = [float(np.hypot(*(place - other))) for one, other in enumerate(places) if one != index]
            alone = min(1.0, max(0.0, (min(gaps) - NEAR) / (CLEAR - NEAR)))
            x, y = float(place[0]), float(place[1])
            if alone > 0 and box.left <= x <= box.right and box.bottom <= y <= box.top:
                shows, ground = Shows("letter", axis=index), self.setting.theme.background
                yield self.setting.words(LETTERS[index], x, y, 1.4 * BALL, ground, 0.5, 0.5, 600, shows).faded(alone)
