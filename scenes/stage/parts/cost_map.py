"""A light map of a loss over two parameters: contour lines in a panel, and balls, trails and minima on it.

For the landscape with its third dimension there is `Land`; this one fits into a box next to the hero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdsim import Objective
from scenes.script.map_window import MARGIN
from scenes.script.window import FLATTEST, Window
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.map_lines import grid_mesh, level_lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.panel import Panel, even_window
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import APART, BALL, PRINT, Run, off_the_scale
from scenes.stage.theme import along
from scenes.stage.write import Setting

# Cells of the grid on which contours are found, along the window's sides; at most so many in all.
CELLS, MOST_CELLS = 90, 240
MORE = 0.08
# So many lines up to the loss at the start, and at most so many in all, the higher ones fainter.
LINES, MOST_LINES = 7, 60
LINE, FAR = 2.2, 0.5
# A path is drawn through so many of its first steps, and through so many of all.
FIRST = 300
# What is beyond this many frame units is not drawn.
FARTHEST = 80.0
Line = tuple[float, Array]


class CostMap(Panel):
    """Contour lines of a loss, from low (cool) to high (warm), on axes of the two parameters.

    start: the loss that has the warmest colour. All else as in a Panel, with units of equal length unless `equal` says
    otherwise. pulse: the lines swell.
    """

    def __init__(
        self,
        setting: Setting,
        objective: Objective,
        window: Window,
        small: Box,
        leader: Panel | None = None,
        start: float | None = None,
        equal: bool = True,
        name: str = "map",
    ) -> None:
        first, second = objective.variables
        super().__init__(setting, window, first, second, small, leader, equal, "map tick", name)
        self.objective, self.grid = objective, setting.theme.faint
        self.low, self.start = loss_span(objective, start)
        self.lines = self.contours(window)

    def contours(self, window: Window) -> list[Line]:
        """(level, polyline) of each contour line in a window, in every box of it, in the parameters' units."""
        composition = self.setting.composition
        boxes = (self.small, composition.hero(0.0, 0.0), composition.hero(0.0, 1.0), composition.hero(1.0, 0.0))
        sides = np.array([even_window(window, box) if self.equal else window for box in boxes])
        sides += MORE * (sides - sides[:, [1, 0, 3, 2]])  # their margins change the boxes' proportions a little
        (left, _, bottom, _), (_, right, _, top) = sides.min(axis=0).tolist(), sides.max(axis=0).tolist()
        sizes = (right - left) / (window[1] - window[0]), (top - bottom) / (window[3] - window[2])
        across, up = (int(min(MOST_CELLS, CELLS * size)) for size in sizes)
        mesh = grid_mesh(self.objective, ((left, right), (bottom, top)), (across, up))
        return level_lines(self.objective, mesh, self.levels(float(np.nanmax(mesh.losses))))

    def levels(self, highest: float) -> list[float]:
        """The losses that have a line: those of a parabolic bowl are evenly spaced."""
        size = self.start - self.low
        every = [self.low + size * (rank / LINES) ** 2 for rank in range(1, MOST_LINES + 1)] if size > 0 else []
        return [level for level in every if level < highest]

    def marks(self, now: Now) -> Iterator[Mark]:
        axes = [mark for mark in super().marks(now) if not isinstance(mark, Lines) or mark.colour != self.grid]
        yield from (mark for mark in axes if isinstance(mark, Plate))
        yield from self._lines(now)
        yield from (mark for mark in axes if not isinstance(mark, Plate))

    def _lines(self, now: Now) -> Iterator[Mark]:
        yield from self.strokes(now, self.lines, Shows("contour"))

    def strokes(self, now: Now, lines: Sequence[Line], shows: Shows) -> Iterator[Mark]:
        """Contour lines in the colours of their losses, those above the start fainter."""
        view, (width, far) = self.view(now), self.pen(now)
        for level, line in lines:
            points = np.clip(view.to_frame(line[:, 0], line[:, 1]), -FARTHEST, FARTHEST)
            yield Stroke(
                points=points,
                colour=self.colour(level),
                width=width,
                clip=view.box,
                opacity=1.0 if level <= self.start else far,
                shows=shows,
            )

    def pen(self, now: Now) -> tuple[float, float]:
        """How wide the lines are, and the opacity of those above the start: less on a small map."""
        size = min(1.0, 0.3 + 0.15 * self.hero(now).height)
        return LINE * size * (1 + 0.9 * now.of(self, "pulse")), FAR * max(0.25, 2.5 * size - 1.5)

    def colour(self, level: float) -> str:
        """The colour of a loss."""
        share = ((level - self.low) / (self.start - self.low)) ** 0.5
        return along(self.setting.theme.heights, share)


class CostBall(Part):
    """A run's ball on a cost map: at its parameters at every step, on the straight way between two."""

    def __init__(
        self,
        setting: Setting,
        plane: Panel,
        clock: Run,
        colour: str | None = None,
        name: str = "ball",
        noted: bool = False,
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock, self.noted = setting, plane, clock, noted
        self.colour = colour or setting.theme.ball

    def place(self, now: Now) -> tuple[Array, int | None]:
        """Where it is (2,), in frame units, and the step at which it rests; None on its way."""
        landed, share = self.clock.instant(now)
        points = on_map(self.plane.view(now), self.clock.run.points[landed : landed + 2])
        return (points[0], landed) if share == 0 else (points[0] + share * (points[1] - points[0]), None)

    def marks(self, now: Now) -> Iterator[Mark]:
        (x, y), step = self.place(now)
        box = self.plane.view(now).box
        if box.left <= x <= box.right and box.bottom <= y <= box.top:
            yield Disc(
                centre=(float(x), float(y)),
                radius=ball_size(box) * (1 + 0.5 * now.of(self, "pulse")),
                colour=self.colour,
                rim=self.setting.theme.background,
                shows=Shows("map point", self.clock.index, step),
            )
        else:
            yield from off_the_scale(
                self.setting, self.colour, np.array([x, y]), box, self.clock.index, self.noted and box.width > 4
            )


class CostTrail(Part):
    """A run's path on a cost map: straight from landing to landing, with a dot at each that can be told apart."""

    def __init__(
        self, setting: Setting, plane: Panel, clock: Run, colour: str | None = None, name: str = "trail"
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock = setting, plane, clock
        self.colour = colour or setting.theme.ball

    def marks(self, now: Now) -> Iterator[Mark]:
        view, (landed, share) = self.plane.view(now), self.clock.instant(now)
        run, index = self.clock.run, self.clock.index
        steps = _some(landed)
        points = on_map(view, run.points[steps])
        if share > 0:
            head = on_map(view, run.points[landed + 1 : landed + 2])[0]
            points = np.vstack([points, points[-1] + share * (head - points[-1])])
        swell = 1 + now.of(self, "pulse")
        yield Stroke(
            points=points,
            colour=self.colour,
            width=2.4 * swell,
            clip=view.box,
            opacity=0.8,
            shows=Shows("path", index, landed if share == 0 else None),
        )
        for place in _apart(points[: len(steps)]):
            (x, y), step = points[place].tolist(), int(steps[place])
            if view.box.left <= x <= view.box.right and view.box.bottom <= y <= view.box.top:
                shows = Shows("map landing", index, step)
                radius = PRINT * ball_size(view.box) / BALL
                yield Disc(centre=(x, y), radius=radius, colour=self.colour, shows=shows)


def places_window(fixed: Array, landings: Array, equal: bool = True) -> Window:
    """A window with all parameters (n, 2) of the first kind, and with those of the second that are not far away.

    equal: whether the units of both axes will be equally long, so that a margin is one for both.
    """
    low, high = fixed.min(axis=0), fixed.max(axis=0)
    size = np.maximum(high - low, FLATTEST * np.abs(fixed).max() + 1e-300)
    near = landings[(np.abs(landings - (low + high) / 2) <= 1.5 * size.max()).all(axis=1)]
    places = np.vstack([fixed, near])
    low, high = places.min(axis=0), places.max(axis=0)
    size = np.maximum(high - low, FLATTEST * np.maximum(np.abs(low), np.abs(high)))
    size = np.where(size > 0, size, size.max() or 1.0)
    margin = np.maximum(0.3 * size, MARGIN * size.max() if equal else 0.0)
    (left, bottom), (right, top) = (low - margin).tolist(), (high + margin).tolist()
    return left, right, bottom, top


def loss_span(objective: Objective, start: float | None) -> tuple[float, float]:
    """The lowest loss of a map's colours, and the highest, which is that at the start unless given."""
    at = float(np.asarray(objective.value(np.array(objective.start)))) if start is None else start
    low = min((one.value for one in objective.minima), default=0.0)
    if at > low:
        return low, at
    corners = np.array(np.meshgrid(*objective.domain)).reshape(len(objective.domain), -1).T
    high = float(np.nanmax(np.asarray(objective.value(corners)), initial=low))
    return low, high


def on_map(view: View, points: Array) -> Array:
    """Parameters (n, 2) -> frame points, none of them out of all measure."""
    return np.clip(view.to_frame(points[:, 0], points[:, 1]), -FARTHEST, FARTHEST)


def ball_size(box: Box) -> float:
    """A ball's radius: smaller on a small map."""
    return BALL * min(1.0, 0.5 + 0.12 * min(box.width, box.height))


def _some(last: int) -> np.ndarray:
    """The steps (n,) of a path that are drawn: all of the first, then some."""
    return np.unique(np.concatenate([np.arange(min(last, FIRST) + 1), np.linspace(0, last, FIRST).astype(int)]))


def _apart(points: Array) -> list[int]:
    """The first of all the frame points (n, 2) that cannot be told apart."""
    _, firsts = np.unique(np.round(points / (2 * APART)).astype(np.int64), axis=0, return_index=True)
    return sorted(firsts.tolist())
