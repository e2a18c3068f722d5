"""A model's line through the data: as it is after each step of a fit, or at fixed parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Model
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import Run
from scenes.stage.write import Setting

# How far, as a share of the picture's height, `turn` moves the line's right end, and `lift` all of it.
SWAY = 0.3
WIDTH = 5.0
Inputs = Callable[[Array], Array]


class FittedLine(Part):
    """The predictions of a model that is linear in its input, across the whole picture.

    clock: the fit, whose parameters after the last step are drawn, or, while a step is under way, those between.
    point: the parameters, if it is no fit's. inputs: from the plane's x to the model's input.
    grown: how much of it is drawn, from the left. turn, lift: move it away from its parameters, to show what each does.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "turn": STILL, "lift": STILL}

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        model: Model,
        clock: Run | None = None,
        point: Array | None = None,
        colour: str | None = None,
        inputs: Inputs = lambda x: x,
        name: str = "line",
        quantity: str = "line",
        width: float = WIDTH,
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.model, self.clock, self.inputs = setting, plane, model, clock, inputs
        self.point, self.quantity, self.width = point, quantity, width
        self.colour = colour or setting.theme.ball

    def parameters(self, now: Now) -> tuple[Array, int | None]:
        """The model's parameters (dims,) in this frame, and the step that ended with them; None between two."""
        if self.clock is None:
            assert self.point is not None
            return self.point, 0
        landed, share = self.clock.instant(now)
        points = self.clock.run.points
        if share == 0:
            return points[landed], landed
        return points[landed] + share * (points[landed + 1] - points[landed]), None

    def heights(self, now: Now, x: Array) -> Array:
        """Its values (n,) at the plane's x (n,)."""
        point, _ = self.parameters(now)
        _, right, bottom, top = self.plane.view(now).window
        sway = SWAY * (top - bottom)
        moved = now.of(self, "turn") * sway * x / (abs(right) or 1.0) + now.of(self, "lift") * sway
        return np.asarray(self.model.predict(point, self.inputs(x)[:, None]) + moved)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, grown = self.plane.view(now), now.of(self, "grown")
        left, right, _, _ = view.window
        x = np.array([left, left + grown * (right - left)])
        points = within_sight(view, x, self.heights(now, x))
        swayed = any(now.of(self, channel) for channel in ("turn", "lift"))
        _, step = self.parameters(now)
        if points is not None and grown > 0:
            yield Stroke(
                points=points,
                colour=self.colour,
                width=self.width * (1 + 0.6 * now.of(self, "pulse")) * min(1.0, 0.4 + 0.2 * view.box.height),
                clip=view.box,
                shows=Shows(self.quantity, self.clock.index if self.clock else 0, None if swayed else step),
            )


def within_sight(view: View, x: Array, y: Array) -> Array | None:
    """A straight line between two places, cut a little outside the picture; None if it does not cross that."""
    tail, head = view.to_frame(x, y)
    if not (np.isfinite(tail).all() and np.isfinite(head).all()):
        return None
    return cut(tail, head, view.box.inset(-1.0, -1.0, -1.0, -1.0))


def cut(tail: Array, head: Array, box: Box) -> Array | None:
    """The part (2, 2) of the line from one frame point to another that is inside a box, after Liang and Barsky."""
    way = head - tail
    first, last = 0.0, 1.0
    for axis, low, high in ((0, box.left, box.right), (1, box.bottom, box.top)):
        if way[axis] == 0:
            if not low <= tail[axis] <= high:
                return None
            continue
        enter, leave = sorted(((low - tail[axis]) / way[axis], (high - tail[axis]) / way[axis]))
        first, last = max(first, float(enter)), min(last, float(leave))
    return np.array([tail + first * way, tail + last * way]) if first < last else None
