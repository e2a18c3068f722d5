"""A loss over two parameters: the picture that the lessons of two variables share."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdsim import Objective, Trajectory
from gdsim.objective import Array, quiet
from scenes.script.numbers import number
from scenes.stage.data_range import contour_levels, loss_range, map_domain, resolution
from scenes.stage.layout import Box
from scenes.stage.mesh import Edge, Space, beyond_edge
from scenes.stage.plot import Gathering
from scenes.stage.pose import fill
from scenes.stage.space import Axis, FloorContours, SpaceAxes
from scenes.stage.surface import HeightField
from scenes.stage.theme import Theme
from scenes.stage.ticks import ticks
from scenes.stage.type import Type, formula, words
from scenes.stage.view import View

SIZE = (4.6, 4.6, 1.45)
GAP = 0.62
AZIMUTH = np.radians(-58.0)
# How high the eye may stand: a wide picture is seen flatter, and so larger; a tall one more from above.
ELEVATIONS = np.radians(np.arange(35.0, 47.0, 2.0))
# The eye sways so far to either side.
SWAY = np.radians(13.0)
LABEL_SIZE = 0.25


class Landscape(Gathering):
    """Floor, axes with their numbers, contour lines, and the coloured surface."""

    def __init__(self, box: Box, run: Trajectory, theme: Theme):
        super().__init__()
        objective = run.objective
        domain = map_domain(objective, run.points[0])
        losses, cut, stretch = loss_range(objective, domain, float(run.losses[0]))
        self.space = Space(domain, losses, SIZE, GAP, stretch)
        self.view = View(AZIMUTH, ELEVATIONS[0], 16.0, ground=self.space.floor)
        marks = (ticks(*domain[0], most=5), ticks(*domain[1], most=5), ticks(*losses, most=3))
        self.axes = SpaceAxes(self.space, self.view, marks, theme.muted, 0.3, theme.panel, 1.8)
        levels = contour_levels(losses)
        height = quiet(objective.value)
        edge: Edge = "level" if cut else "disc"
        self.beyond = beyond_edge(self.space, height, edge)
        self.field = HeightField(
            self.space,
            height,
            self.view,
            theme.heights,
            resolution=max(72 if stretch else 48, resolution(objective, domain, losses[1]) if cut else 48),
            edge=edge,
            levels=levels,
            rim_colour=theme.ink,
            rim_width=1.6,
        )
        self.contours = FloorContours(self.field, self.field.levels, 2.0, 0.75)
        self.labels = self._labels(objective, marks, theme)
        self.loss_labels = [label for label, _ in self.labels[-1 - len(marks[2]) :]]
        self._fit(box)
        self.floor = Gathering()
        self.floor.add(self.axes, self.contours, *[label for label, _ in self.labels])
        self.add(self.floor, self.field)
        self.turn(0.0)

    def turn(self, sway: float) -> None:
        """Stand to one side of the resting place: −1 to 1."""
        self.view.set_azimuth(AZIMUTH + sway * SWAY)
        for label, world in self.labels:
            x, y = self.view.look(world)[0].tolist()
            label.at(x, y, 0.5, 0.5)

    def raise_to(self, share: float) -> None:
        """Let the surface stand so far out of the map, 0 to 1; the loss axis grows with it, its numbers come late."""
        self.view.set_rise(share)
        for label in self.loss_labels:
            label.set_opacity(min(1.0, max(0.0, 2 * share - 1)))

    def holds(self, points: Array) -> Any:
        """Whether parameters (..., 2) lie on the ground that is drawn: (...,) of bool."""
        low, high = np.array(self.space.domain).T
        return np.all((low <= points) & (points <= high), axis=-1) & (self.beyond(points) <= 0)

    def _fit(self, box: Box) -> None:
        """Fill the box, however the eye sways."""
        labels = [(world, (label.box.width, label.box.height)) for label, world in self.labels]
        world = np.concatenate([self.field.mesh.world, self.axes.lines.reshape(-1, 3), self.axes.grid.reshape(-1, 3)])
        fill(self.view, box, world, labels, [AZIMUTH + sway * SWAY for sway in (-1.0, 0.0, 1.0)], ELEVATIONS.tolist())

    def _labels(self, objective: Objective, marks: tuple[list[float], ...], theme: Theme) -> list[tuple[Type, Array]]:
        """Numbers and names with the world points they stand at; those of the loss come last."""
        found: list[tuple[Type, Array]] = []
        axes: tuple[Axis, Axis] = ("first", "second")
        for axis, name, values, (low, high) in zip(axes, objective.variables, marks, self.space.domain):
            found.append((formula(name, 0.36, theme.ink), self.axes.at(axis, (low + high) / 2, 0.72)))
            found += [(words(number(one), LABEL_SIZE, theme.muted), self.axes.at(axis, one, 0.3)) for one in values]
        found += [(words(number(one), LABEL_SIZE, theme.muted), self.axes.at("loss", one, 0.26)) for one in marks[2]]
        top = self.axes.at("loss", self.space.losses[1], 0.0) + np.array([0.0, 0.0, 0.36])
        found.append((words("loss", 0.29, theme.loss, 600), top))
        return found
