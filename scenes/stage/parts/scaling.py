"""Standardising an input, as it can be seen: the points stay, their axis changes, and the valley turns into a bowl."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from gdsim.batches import BatchRun
from scenes.script.timeline import Channel
from scenes.script.window import Window
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.cost_map import FARTHEST, LINES, CostMap, ball_size, places_window
from scenes.stage.parts.panel import Panel, even_window
from scenes.stage.parts.plane import View
from scenes.stage.write import Setting

# Contour lines above the start are in full strength if they are further apart than this and a half of it.
DENSE = 0.08
# Points of each contour line.
AROUND = 180
# If one parameter's range is this many times the other's, a map with equal units would show a single stroke.
MOST_UNEQUAL = 10.0


class Scale(NamedTuple):
    """A change of the input: x becomes (x − shift) / size."""

    shift: float
    size: float

    def of(self, x: Array) -> Array:
        return (x - self.shift) / self.size

    def points(self, points: Array) -> Array:
        """Parameters (n, 2) of the same lines for the changed input."""
        return np.stack([points[:, 0] * self.size, points[:, 1] + points[:, 0] * self.shift], axis=-1)


class ScaledPanel(Panel):
    """The data's plane. centred, scaled: how much of the mean has been subtracted, and divided by of the spread.

    Only the numbers of its horizontal axis change with these: the points stay where they are.
    """

    channels: ClassVar[Mapping[str, Channel]] = {**Panel.channels, "centred": STILL, "scaled": STILL}

    def __init__(self, setting: Setting, window: Window, x: str, y: str, small: Box, inputs: Array) -> None:
        super().__init__(setting, window, x, y, small, ticks="data tick")
        self.mean, self.spread = float(inputs.mean()), float(inputs.std())

    def change(self, now: Now) -> Scale:
        """The change of x in this frame."""
        return Scale(now.of(self, "centred") * self.mean, self.spread ** now.of(self, "scaled"))

    def data_of(self, now: Now) -> int | None:
        """Of which run the points are on these axes: 0 as they are, 1 standardised; None between the two."""
        return {(0.0, 0.0): 0, (1.0, 1.0): 1}.get((now.of(self, "centred"), now.of(self, "scaled")))

    def scale(self, now: Now) -> View:
        view, change = self.view(now), self.change(now)
        left, right, bottom, top = view.window
        return View(view.box, ((left - change.shift) / change.size, (right - change.shift) / change.size, bottom, top))


class ScalingMap(CostMap):
    """The map of a line's loss, which follows the changes of the input.

    Its contours are ellipses, computed from the data: in each frame they are those of the input as it is then.
    runs: the fit, and the one to the standardised data, if there is one.
    """

    def __init__(self, setting: Setting, plane: ScaledPanel, runs: Sequence[BatchRun], small: Box) -> None:
        main = runs[0]
        self.panel, self.main = plane, main
        self.inputs, self.exact = main.data.inputs[:, 0], np.array(main.objective.minima[0].point)
        left, right, bottom, top = self._windows(runs, False)[0]
        unequal = max((right - left) / (top - bottom), (top - bottom) / (right - left)) > MOST_UNEQUAL
        self.windows = self._windows(runs, not unequal)
        super().__init__(setting, main.objective, self.windows[0], small, plane, equal=not unequal)
        losses = float(main.losses[0]), float(main.objective.value(np.zeros(2)))
        self.start = next((loss for loss in losses if loss > self.low * (1 + 1e-9)), self.low + 1.0)

    def contours(self, window: Window) -> list[tuple[float, Array]]:
        return []  # each frame has its own

    def _windows(self, runs: Sequence[BatchRun], equal: bool) -> list[Window]:
        """Of the input as it is, centred, and standardised."""
        run = runs[0]
        found: list[Window] = []
        for scale in (Scale(0.0, 1.0), Scale(self.panel.mean, 1.0), Scale(self.panel.mean, self.panel.spread)):
            last = len(found) == 2 and len(runs) > 1
            landings = runs[1].points if last else scale.points(run.points)
            ends = np.array([run.points[0], self.exact])
            found.append(places_window(scale.points(ends), landings, equal or len(found) == 2))
        return found

    def view(self, now: Now) -> View:
        centred, scaled = now.of(self.panel, "centred"), now.of(self.panel, "scaled")
        box = super().view(now).box
        first, middle, last = map(np.array, self.windows)
        wide = first + centred * (middle - first)
        near = wide + scaled * (last - wide)
        left, right, bottom, top = near.tolist()
        window = (left, right, bottom, top)
        even = np.array(even_window(window, box))
        share = 1.0 if self.equal else scaled
        left, right, bottom, top = (near + share * (even - near)).tolist()
        return View(box, (left, right, bottom, top))

    def place(self, now: Now) -> Array:
        """The exact solution (2,) for the input as it is in this frame."""
        return self.panel.change(now).points(self.exact[None, :])[0]

    def ellipse(self, now: Now, excess: float, angles: Array) -> Array:
        """Parameters (n, 2) at which the loss exceeds its minimum by `excess`."""
        x = self.panel.change(now).of(self.inputs)
        half = np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
        sizes, ways = np.linalg.eigh(half)
        round_ = np.stack([np.cos(angles), np.sin(angles)]) / np.sqrt(np.maximum(sizes, 1e-300))[:, None]
        return np.asarray(self.place(now) + np.sqrt(excess) * (ways @ round_).T)

    def _lines(self, now: Now) -> Iterator[Mark]:
        view, (width, far) = self.view(now), self.pen(now)
        corners = np.array([[x, y] for x in view.window[:2] for y in view.window[2:]])
        change = self.panel.change(now)
        away = np.stack([corners[:, 0] / change.size, corners[:, 1]], axis=-1)
        away[:, 1] -= away[:, 0] * change.shift
        highest = float(np.nanmax(np.asarray(self.main.objective.value(away))))
        angles = np.linspace(0, 2 * np.pi, AROUND + 1)
        ends = self.ellipse(now, self.start - self.low, np.array([0.5, 1.5]) * np.pi)
        pitch = float(np.hypot(*np.diff(view.to_frame(ends[:, 0], ends[:, 1]), axis=0)[0])) / 2 / LINES
        far *= min(1.0, max(0.0, pitch / DENSE - 0.5))  # lines that nearly touch would be one red wall
        for level in self.levels(highest):
            line = self.ellipse(now, level - self.low, angles)
            yield Stroke(
                points=np.clip(view.to_frame(line[:, 0], line[:, 1]), -FARTHEST, FARTHEST),
                colour=self.colour(level),
                width=width,
                clip=view.box,
                opacity=1.0 if level <= self.start * (1 + 1e-9) else far,
                shows=Shows("contour"),
            )


class ScalingMinimum(Part):
    """The exact solution on that map: a green ring."""

    def __init__(self, setting: Setting, cost: ScalingMap, name: str = "minimum") -> None:
        super().__init__(name)
        self.setting, self.cost = setting, cost

    def marks(self, now: Now) -> Iterator[Mark]:
        view, (x, y) = self.cost.view(now), self.cost.place(now).tolist()
        index = self.cost.panel.data_of(now)
        if view.holds(x, y):
            yield Ring(
                centre=view.point(x, y),
                radius=0.8 * ball_size(view.box) * (1 + 0.9 * now.of(self, "pulse")),
                colour=self.setting.theme.minimum,
                shows=Shows("map minimum", index or 0, None if index is None else 0),
            )


class Cross(Part):
    """The valley's two directions through its lowest place, each as far as to the height of the start.

    across, along: how much of each is drawn, from the middle.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "across.grown": STILL,
        "along.grown": STILL,
        "across.pulse": STILL,
        "along.pulse": STILL,
    }

    def __init__(self, setting: Setting, cost: ScalingMap, name: str = "cross") -> None:
        super().__init__(name)
        self.setting, self.cost = setting, cost

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.cost.view(now)
        for name, angle in (("along", 0.0), ("across", np.pi / 2)):
            grown = now.of(self, f"{name}.grown")
            ends = self.cost.ellipse(now, self.cost.start - self.cost.low, np.array([angle, angle + np.pi]))
            points = view.to_frame(ends[:, 0], ends[:, 1])
            middle = points.mean(axis=0)
            if grown > 0:
                yield Stroke(
                    points=np.clip(middle + grown * (points - middle), -FARTHEST, FARTHEST),
                    colour=self.setting.theme.slope,
                    width=4.5 * (1 + 0.8 * now.of(self, f"{name}.pulse")),
                    clip=view.box,
                    shows=Shows(name),
                )
