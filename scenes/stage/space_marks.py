"""Marks in the world: the path of a run, the dots of its steps, arrows; left out where the surface hides them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import cairo
import numpy as np

from scenes.stage.camera import Array, Painted, StageCamera, rgb, set_pen, set_source, trace
from scenes.stage.surface import HeightField
from scenes.stage.view import View

# A casing is this much wider than what it sets off, in Manim's stroke units.
CASING = 2.6
CASING_OPACITY = 0.55


class SpacePath(Painted):
    """A line through world points (n, 3); where a field is given, its hidden parts are left out.

    share: how much of its length is drawn, from 0 to 1; animate it, or set it each frame.
    casing: the colour of a soft edge that sets it off from a ground of its own colour.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "share")

    def __init__(
        self,
        view: View,
        points: Any,
        colour: Any = "#ffffff",
        width: float = 4.0,
        field: HeightField | None = None,
        share: float = 1.0,
        casing: Any | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.view, self.field, self.share = view, field, share
        self.casing = None if casing is None else rgb(casing)
        self.colour, self.line_width = rgb(colour), width
        self.set_path(points)

    def set_path(self, points: Any, begins: Any = None) -> Self:
        """Run through other world points (n, 3); a new line begins at each that `begins` (n,) marks."""
        self.path = np.asarray(points, dtype=float).reshape(-1, 3)
        self.begins = np.zeros(len(self.path), dtype=bool) if begins is None else np.asarray(begins)
        return self

    def set_share(self, share: float) -> Self:
        """Draw this share of its length."""
        self.share = share
        return self

    def drawn(self) -> Array:
        """The part that is drawn, (k, 3) world points."""
        return start_of(self.path, self.share)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Stroke the runs that are seen."""
        points = self.drawn()
        if len(points) < 2:
            return
        flat = self.view.look(points)[0]
        shown = np.ones(len(points), dtype=bool) if self.field is None else self.field.visible(points)
        cuts = np.flatnonzero((np.diff(shown.astype(np.int8)) != 0) | self.begins[1 : len(points)]) + 1
        for run, is_shown in zip(np.split(flat, cuts), shown[[0, *cuts]]):
            if is_shown:
                trace(context, run)
        if self.casing is not None:
            set_source(context, self.casing, CASING_OPACITY)
            set_pen(context, self.line_width + CASING)
            context.stroke_preserve()
        set_source(context, self.colour)
        set_pen(context, self.line_width)
        context.stroke()


class SpaceDots(Painted):
    """Small discs at world points (n, 3), such as the steps of a run; only those that the field does not hide.

    shown: how many of them, from the first; all by default. radius: in frame units.
    """

    def __init__(
        self,
        view: View,
        points: Any,
        colour: Any = "#ffffff",
        radius: float = 0.045,
        field: HeightField | None = None,
        shown: int | None = None,
        casing: Any | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.casing = None if casing is None else rgb(casing)
        self.view, self.field, self.colour, self.radius = view, field, rgb(colour), radius
        self.places = np.asarray(points, dtype=float).reshape(-1, 3)
        self.shown = len(self.places) if shown is None else shown

    def show_first(self, shown: int) -> Self:
        """Show the first `shown` of them."""
        self.shown = shown
        return self

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """All in one fill."""
        places = self.places[: self.shown]
        if self.field is not None:
            places = places[self.field.visible(places)]
        for x, y in self.view.look(places)[0].tolist():
            context.new_sub_path()
            context.arc(x, y, self.radius, 0.0, 2 * np.pi)
        if self.casing is not None:
            set_source(context, self.casing, CASING_OPACITY)
            set_pen(context, CASING)
            context.stroke_preserve()
        set_source(context, self.colour)
        context.fill()


class SpaceArrow(Painted):
    """A straight arrow from one world point to another, its head flat in the frame.

    head: the head's length in frame units at the origin's distance; a short arrow gets a shorter one.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "start", "end")

    def __init__(
        self,
        view: View,
        start: Any,
        end: Any,
        colour: Any = "#ff6b6b",
        width: float = 5.0,
        head: float = 0.26,
        casing: Any | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.casing = None if casing is None else rgb(casing)
        self.view, self.colour, self.line_width, self.head = view, rgb(colour), width, head
        self.put(start, end)

    def put(self, start: Any, end: Any) -> Self:
        """Run between other world points (3,)."""
        self.start, self.end = np.array(start, dtype=float), np.array(end, dtype=float)
        return self

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """The shaft, and a triangle at its end."""
        tail, tip = self.view.look(np.array([self.start, self.end]))[0]
        way = tip - tail
        length = float(np.hypot(*way))
        if length < 1e-6:
            return
        way /= length
        head = min(self.head, 0.6 * length)
        across = 0.42 * head * np.array([-way[1], way[0]])
        neck, width = tip - 0.9 * head * way, self.line_width * head / self.head
        point = np.array([tip, tip - head * way + across, tip - head * way - across])
        if self.casing is not None:
            set_source(context, self.casing, CASING_OPACITY)
            set_pen(context, width + CASING, rounded=False)
            trace(context, np.array([tail, neck]))
            context.stroke()
            set_pen(context, CASING)
            trace(context, point, closed=True)
            context.stroke()
        set_source(context, self.colour)
        set_pen(context, width, rounded=False)
        trace(context, np.array([tail, neck]))
        context.stroke()
        trace(context, point, closed=True)
        context.fill()


def start_of(path: Array, share: float) -> Array:
    """The first `share` of the length of a polyline (n, 3), cut between its points: (k, 3)."""
    if share >= 1 or len(path) < 2:
        return path
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    stop = max(share, 0.0) * lengths[-1]
    last = int(np.searchsorted(lengths, stop, side="right"))
    if stop <= 0 or last >= len(path):
        return path[:1] if stop <= 0 else path
    part = (stop - lengths[last - 1]) / (lengths[last] - lengths[last - 1])
    return np.concatenate([path[:last], [path[last - 1] + part * (path[last] - path[last - 1])]])


def on_surface(field: HeightField, points: Any, spacing: float = 0.008) -> Array:
    """The polyline through parameters (n, 2), filled in so that it lies on the surface: (k, 3) world points.

    spacing: between points of the result, as a share of the box's side.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    plan = field.space.plan(points)
    parts = [points[:1]]
    for start, end, length in zip(points[:-1], points[1:], np.hypot(*np.diff(plan, axis=0).T)):
        count = max(1, int(np.ceil(length / (spacing * max(field.space.size[:2])))))
        parts.append(start + np.linspace(0.0, 1.0, count + 1)[1:, None] * (end - start))
    return field.lift(np.concatenate(parts))
