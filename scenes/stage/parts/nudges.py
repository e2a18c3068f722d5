"""A shot once more with a little more force, then with a little more angle: what the loss's slopes are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.ballistics import DISTANCE, flight
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.parts.shooting_range import placed_in
from scenes.stage.parts.shots import SHARES, Shots
from scenes.stage.write import LABEL, Setting

DASH = (0.16, 0.12)
# The largest nudges, in metres per second and in degrees.
MOST = (5.0, 5.0)


class Nudges(Part):
    """The dashed flight of a shot next to the one that was made, and the square of its miss.

    Channels: `force` and `angle`, how much of the largest nudge each gets. home: the frame -> where its slopes are
    written.
    """

    channels: ClassVar[Mapping[str, Channel]] = dict.fromkeys(("force", "angle"), STILL)

    def __init__(self, setting: Setting, shots: Shots, home: Callable[[Now], Box], name: str = "nudges") -> None:
        super().__init__(name)
        self.setting, self.shots, self.home = setting, shots, home

    def marks(self, now: Now) -> Iterator[Mark]:
        view, shot = self.shots.plane.view(now), self.shots.clock.shot(now)
        speed, angle = self.shots.clock.run.points[shot.number].tolist()
        for axis, channel in enumerate(self.channels):
            amount = now.of(self, channel) * MOST[axis]
            if amount <= 0:
                continue
            nudged = (speed + amount, angle) if axis == 0 else (speed, angle + amount * (1 if angle < 175 else -1))
            places = flight(*nudged, SHARES)
            yield self._square(view, float(places[-1, 0]) - DISTANCE)
            yield Stroke(
                points=placed_in(view, places),
                colour=self.setting.theme.slope,
                width=4.0,
                dash=DASH,
                clip=view.box,
                shows=Shows("nudged flight", self.shots.clock.index, shot.number, axis),
            )

    def _square(self, view: View, miss: float) -> Stroke:
        """The outline of a miss's square."""
        corners = np.array([[0, 0], [miss, 0], [miss, abs(miss)], [0, abs(miss)]])
        points = placed_in(view, corners + np.array([DISTANCE, 0.0]))
        return Stroke(
            points=points, colour=self.setting.theme.slope, width=3.0, dash=DASH, closed=len(points) == 4, clip=view.box
        )

    def anchor(self, now: Now, element: str) -> Anchor:
        """`slopes`: where these are written. `landing`: where the ball is."""
        if element == "landing":
            return self.shots.anchor(now, "ball")
        home = self.home(now)
        return Anchor(home.right - 0.5, home.centre[1], LABEL)
