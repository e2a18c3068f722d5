"""The errors of a line as sticks from each point to the line, and their squares, whose mean is the loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Dataset
from scenes.phrases.fit_facts import rows_with_sticks
from scenes.script.language import ENGLISH
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.fitted_line import FittedLine
from scenes.stage.parts.run import Run
from scenes.stage.write import LABEL, Setting

# No stick ends further away than this, in frame units.
FARTHEST = 80.0
ONE, MEAN = 0.16, 0.34
AIR = 0.12


class Sticks(Part):
    """A stick for each row, from its point to the line.

    grown: how far they reach. squared: how wide their squares are drawn, towards the middle of the picture: 1 is a
    square. gathered: how far the squares have come on their way into one, whose area is the mean of all rows' squares.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "grown": STILL,
        "squared": STILL,
        "gathered": STILL,
    }

    def __init__(self, setting: Setting, line: FittedLine, data: Dataset, name: str = "sticks") -> None:
        super().__init__(name)
        self.setting, self.line, self.data = setting, line, data
        self.rows = rows_with_sticks(data)

    def ends(self, now: Now) -> Array:
        """(rows, 2, 2): each stick in frame points, from its point to the line."""
        view = self.line.plane.view(now)
        x, y = self.data.inputs[self.rows, 0], self.data.targets[self.rows]
        ends = np.stack([view.to_frame(x, y), view.to_frame(x, self.line.heights(now, x))], axis=1)
        return np.clip(np.nan_to_num(ends, nan=FARTHEST), -FARTHEST, FARTHEST)

    def mean_square(self, now: Now) -> Box:
        """The square whose area is the loss, on the scale of the vertical axis; as much of it as can be drawn."""
        view = self.line.plane.view(now)
        point, _ = self.line.parameters(now)
        _, _, bottom, top = view.window
        side = float(self.line.model.value(point, self.data)) ** 0.5 / (top - bottom) * view.box.height
        half, (x, y) = min(side, FARTHEST) / 2, view.box.centre
        return Box(x - half, y - half, x + half, y + half)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, ends = self.line.plane.view(now), self.ends(now)
        index, (_, step) = self.line.clock.index if self.line.clock else 0, self.line.parameters(now)
        grown, swell = now.of(self, "grown"), 1 + 0.9 * now.of(self, "pulse")
        width = 3.0 * swell * min(1.0, 0.3 + 0.2 * view.box.height)
        colour = self.setting.theme.loss
        yield from self._squares(now, ends)
        for row, (point, foot) in zip(self.rows.tolist(), ends):
            points = np.array([point, point + grown * (foot - point)])
            shows = Shows("residual", index, step if grown == 1 else None, axis=row)
            yield Stroke(points=points, colour=colour, width=width, clip=view.box, shows=shows)

    def _squares(self, now: Now, ends: Array) -> Iterator[Mark]:
        view, squared, gathered = self.line.plane.view(now), now.of(self, "squared"), now.of(self, "gathered")
        if squared == 0:
            return
        goal, colour = self.mean_square(now), self.setting.theme.loss
        left, bottom, right, top = goal.left, goal.bottom, goal.right, goal.top
        target = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
        for row, (point, foot) in zip(self.rows.tolist(), ends):
            side = abs(float(foot[1] - point[1]))
            across = squared * side * (1 if point[0] < view.box.centre[0] else -1)
            (left, right), (low, high) = sorted((point[0], point[0] + across)), sorted((point[1], foot[1]))
            corners = np.array([[left, low], [right, low], [right, high], [left, high]])
            corners = corners + gathered * (target - corners)
            whole = squared == 1 and gathered == 0
            shows = Shows("square", axis=row, step=0 if whole else None)
            opacity = ONE * (1 - gathered)
            yield Area(points=corners, colour=colour, opacity=opacity, clip=view.box, shows=shows)
            line = Stroke(points=corners, colour=colour, width=1.6, closed=True, clip=view.box)
            yield line.faded(0.7 * (1 - gathered))
        if gathered > 0:
            yield from self._mean(now, target, gathered)

    def _mean(self, now: Now, corners: Array, gathered: float) -> Iterator[Mark]:
        box, colour = self.line.plane.view(now).box, self.setting.theme.loss
        (_, step), index = self.line.parameters(now), self.line.clock.index if self.line.clock else 0
        yield Area(
            points=corners, colour=colour, opacity=MEAN * gathered, clip=box, shows=Shows("mean square", index, step)
        )
        yield Stroke(points=corners, colour=colour, width=3.0, closed=True, clip=box, opacity=gathered)


class LossLabel(Part):
    """The loss as a number in the middle of the picture, where its square is."""

    def __init__(self, setting: Setting, line: FittedLine, clock: Run, name: str = "label") -> None:
        super().__init__(name)
        self.setting, self.line, self.clock = setting, line, clock

    def marks(self, now: Now) -> Iterator[Mark]:
        landed, share = self.clock.instant(now)
        if share > 0:
            return
        theme, text = self.setting.theme, ENGLISH.brief(float(self.clock.run.losses[landed]))
        size, shows = 1.6 * LABEL * (1 + 0.3 * now.of(self, "pulse")), Shows("loss", self.clock.index, landed)
        x, y = self.line.plane.view(now).box.centre
        words = self.setting.words(text, x, y, size, theme.loss, 0.5, 0.5, 600, shows)
        if words.box is not None:
            yield Plate(around=words.box.inset(-AIR, -AIR / 2, -AIR, -AIR / 2), colour=theme.background)
        yield words
