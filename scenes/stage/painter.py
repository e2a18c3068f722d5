"""Draws a surface from far to near: faces and lines are sorted into layers, then filled and stroked in tight loops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import cairo
import numpy as np

from scenes.stage.camera import Array, Colour, set_pen, set_source
from scenes.stage.mesh import Indices

Rows = Iterable[tuple[float, ...]]


def by_layer(rows: Array, layer: Indices, layers: Indices) -> Iterator[Rows]:
    """Rows (n, k) with their layers (n,), sorted into `layers`, highest first; each layer must be used up in turn.

    They are read in steps of k from one flat list: thousands of small lists would keep the garbage collector busy.
    """
    order = np.argsort(-layer, kind="stable")
    ends = np.searchsorted(-layer[order], -layers, side="right")
    everything = zip(*[iter(rows[order].ravel().tolist())] * rows.shape[1])
    for count in np.diff(ends, prepend=0).tolist():
        yield islice(everything, count)


def fill_quadrilaterals(context: cairo.Context, faces: Rows) -> None:
    """Fill quadrilaterals, each given by four frame points and its swapped colour."""
    colour, move_to, line_to, fill = context.set_source_rgb, context.move_to, context.line_to, context.fill
    for ax, ay, bx, by, cx, cy, dx, dy, blue, green, red in faces:
        colour(blue, green, red)
        move_to(ax, ay)
        line_to(bx, by)
        line_to(cx, cy)
        line_to(dx, dy)
        fill()


def fill_hexagons(context: cairo.Context, faces: Rows) -> None:
    """Fill hexagons, each given by six frame points and its swapped colour."""
    colour, move_to, line_to, fill = context.set_source_rgb, context.move_to, context.line_to, context.fill
    for ax, ay, bx, by, cx, cy, dx, dy, ex, ey, fx, fy, blue, green, red in faces:
        colour(blue, green, red)
        move_to(ax, ay)
        line_to(bx, by)
        line_to(cx, cy)
        line_to(dx, dy)
        line_to(ex, ey)
        line_to(fx, fy)
        fill()


def stroke_hems(context: cairo.Context, hems: Rows) -> None:
    """Stroke segments, each given by two frame points and its swapped colour, with the current pen."""
    for ax, ay, bx, by, *colour in hems:
        context.set_source_rgb(*colour)
        context.move_to(ax, ay)
        context.line_to(bx, by)
        context.stroke()


def stroke_segments(context: cairo.Context, segments: Rows, colour: Colour, opacity: float, width: float) -> None:
    """Stroke segments, each given by two frame points, as one path; opaque ones with round ends, so that they join."""
    for ax, ay, bx, by in segments:
        context.move_to(ax, ay)
        context.line_to(bx, by)
    if not context.has_current_point():
        return
    set_source(context, colour, opacity)
    set_pen(context, width, rounded=opacity >= 1)
    context.stroke()
