"""The names of runs where they ended: runs that ended together share a label, and no two labels meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.run import BALL, Ball
from scenes.stage.write import LABEL, Setting

# Balls nearer to each other than this, in frame units, count as being at one place.
TOGETHER = 0.3
# The distances from its ball at which a label is tried, in frame units, and the directions, the best first.
REACHES = (0.5, 0.8, 1.2, 1.7, 2.3)
DIRECTIONS = ((0, 1), (-0.9, 0.6), (0.9, 0.6), (-1, 0), (1, 0), (-0.9, -0.6), (0.9, -0.6), (0, -1))
GAP = 0.06
# The number of points of the curve that a label must not cover.
SAMPLES = 160


class Labelled(Protocol):
    """A ball that can have a label."""

    name: str
    colour: str

    def place(self, now: Now) -> tuple[Array, int | None]:
        """Where it is in the frame (2,), and the step at which it rests; None between two."""
        ...


class Labels(Part):
    """A label next to each ball that rests in the picture; each kind of ground says where there is room for it.

    names: one per ball, in the ball's colour. quantity: what a name stands for, for tests. first: the index of the
    first ball's run.
    """

    def __init__(
        self,
        setting: Setting,
        balls: Sequence[Labelled],
        names: Sequence[str],
        name: str,
        quantity: str,
        first: int = 0,
    ) -> None:
        super().__init__(name)
        self.first = first
        self.setting, self.labelled, self.names, self.quantity = setting, tuple(balls), tuple(names), quantity

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "near": STILL}

    def marks(self, now: Now) -> Iterator[Mark]:
        seen = self._seen(now)
        taken = [Box(x - BALL, y - BALL, x + BALL, y + BALL) for _, (x, y) in seen] + self.avoided(now)
        size = LABEL * (1.1 + 0.3 * now.of(self, "pulse"))
        for group, place in groups(seen):
            words = self._row(group, size)
            width = sum(word.box.width for word in words if word.box)
            height = max(word.box.height for word in words if word.box)
            box = free_box(place, width, height, self.room(now), taken)
            taken.append(box)
            if np.hypot(box.centre[0] - place[0], box.centre[1] - place[1]) > REACHES[1] + width / 2:
                ends = np.array([place, box.centre])
                yield Stroke(points=ends, colour=self.setting.theme.muted, width=1.6)
            left = box.left
            yield Plate(around=box, colour=self.setting.theme.background)
            for word in words:
                assert word.box is not None
                yield replace(word, left=left, foot=box.bottom)
                left += word.box.width

    def room(self, now: Now) -> Box:
        """Where labels may be."""
        raise NotImplementedError

    def avoided(self, now: Now) -> list[Box]:
        """What no label may be on, apart from the balls."""
        raise NotImplementedError

    def _seen(self, now: Now) -> list[tuple[int, tuple[float, float]]]:
        """The balls that rest in the picture, with their places."""
        found = []
        box = self.room(now)
        for index, ball in enumerate(self.labelled):
            (x, y), step = ball.place(now)
            inside = box.left <= x <= box.right and box.bottom <= y <= box.top + BALL
            if step is not None and inside and now.of(ball.name, "shown") > 0:
                found.append((index, (float(x), float(y))))
        return found

    def _row(self, group: Sequence[int], size: float) -> list[Text]:
        """`0.1 and 0.9`: each name in its colour."""
        words: list[Text] = []
        for count, index in enumerate(group):
            if count:
                joint = self.setting.label(" and ") if count == len(group) - 1 else ", "
                words.append(self.setting.words(f"\u00a0{joint.strip()}\u00a0", 0, 0, size, weight=600))
            colour, shows = self.labelled[index].colour, Shows(self.quantity, self.first + index)
            words.append(self.setting.words(self.names[index], 0, 0, size, colour, weight=600, shows=shows))
        return words


class Names(Labels):
    """The rates of balls on a curve. names: the rates as they were typed."""

    def __init__(self, setting: Setting, balls: Sequence[Ball], names: Sequence[str], name: str = "names") -> None:
        super().__init__(setting, balls, names, name, "run rate")
        self.balls = tuple(balls)

    def room(self, now: Now) -> Box:
        return self.balls[0].plane.view(now).box

    def avoided(self, now: Now) -> list[Box]:
        """Small boxes along the curve, so that no label is on it."""
        view = self.balls[0].plane.view(now)
        x = np.linspace(*view.window[:2], SAMPLES)
        points = view.to_frame(x, self.balls[0].clock.run.objective.value(x[:, None]))
        return [Box(x - GAP, y - GAP, x + GAP, y + GAP) for x, y in points.tolist() if y < view.box.top]


def groups(places: Sequence[tuple[int, tuple[float, float]]]) -> list[tuple[list[int], tuple[float, float]]]:
    """Indices with places -> groups of those at one place, each with the place of its first."""
    found: list[tuple[list[int], tuple[float, float]]] = []
    for index, (x, y) in places:
        for group, (other_x, other_y) in found:
            if np.hypot(x - other_x, y - other_y) < TOGETHER:
                group.append(index)
                break
        else:
            found.append(([index], (x, y)))
    return found


def free_box(place: tuple[float, float], width: float, height: float, room: Box, taken: Sequence[Box]) -> Box:
    """The nearest box of this size to a place that is inside the room and meets none of those taken."""
    boxes = []
    for reach in REACHES:
        for across, up in DIRECTIONS:
            x, y = place[0] + across * (reach + width / 2), place[1] + up * (reach + height / 2 - 0.1)
            x = min(max(x, room.left + width / 2), room.right - width / 2)
            y = min(max(y, room.bottom + height / 2), room.top - height / 2)
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if not any(box.inset(-GAP, -GAP, -GAP, -GAP).meets(other) for other in taken):
                return box
            boxes.append(box)
    return boxes[0]
