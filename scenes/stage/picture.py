"""The picture of a frame, painted from marks; what has not changed since the last frame is copied from a layer."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import cairo

from scenes.stage.box import Box
from scenes.stage.camera import Painted, StageCamera
from scenes.stage.marks import OVERHANG, Mark, Text

# The maximum number of pictures of words that are kept.
KEPT = 160

Marks = Callable[[int], Sequence[Mark]]


class Picture(Painted):
    """Paints the marks of its current frame.

    Marks behind everything that moves are painted once, onto a layer that is then copied: the same drawing
    operations in the same order, so that no pixel depends on whether there was a layer.
    """

    lays_ground = True

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks, self.frame = marks, 0
        self._last: list[Any] = []
        self._layer: tuple[list[Any], cairo.ImageSurface] | None = None
        self._words: OrderedDict[Any, tuple[cairo.ImageSurface, int, int]] = OrderedDict()

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Paint the marks of the current frame."""
        marks = self.marks(self.frame)
        keys = [mark.key for mark in marks]
        done = self._from_layer(context, keys, camera)
        same = _common(keys, self._last)
        for index in range(done, len(marks)):
            if index == same and index > done:
                self._keep_layer(context, keys[:index])
            self._draw(context, marks[index])
        self._last = keys

    def _from_layer(self, context: cairo.Context, keys: list[Any], camera: StageCamera) -> int:
        """Copy the layer if this picture begins with it; returns the number of marks that it contains."""
        if self._layer is None or self._layer[0] != keys[: len(self._layer[0])]:
            camera.lay_background()
            return 0
        kept, surface = self._layer
        context.save()
        context.identity_matrix()
        context.set_source_surface(surface, 0, 0)
        context.set_operator(cairo.OPERATOR_SOURCE)
        context.paint()
        context.restore()
        camera.needs_no_background()
        return len(kept)

    def _keep_layer(self, context: cairo.Context, keys: list[Any]) -> None:
        """Keep a copy of what has been painted so far, background included."""
        target = context.get_target()
        target.flush()
        surface = cairo.ImageSurface(cairo.Format.ARGB32, target.get_width(), target.get_height())
        copy = cairo.Context(surface)
        copy.set_operator(cairo.OPERATOR_SOURCE)
        copy.set_source_surface(target, 0, 0)
        copy.paint()
        self._layer = (keys, surface)

    def _draw(self, context: cairo.Context, mark: Mark) -> None:
        context.save()
        context.new_path()
        if mark.clip is not None:
            clip = mark.clip
            context.rectangle(clip.left, clip.bottom, clip.width, clip.height)
            context.clip()
        if isinstance(mark, Text):
            self._lay_words(context, mark)
        elif mark.opacity < 1 and not mark.one_layer:
            _clip_to(context, mark)
            context.push_group()
            mark.paint(context)
            context.pop_group_to_source()
            context.paint_with_alpha(mark.opacity)
        else:
            mark.paint(context)
        context.restore()
        context.new_path()

    def _lay_words(self, context: cairo.Context, mark: Text) -> None:
        """Copy words from a picture of their own, which is always made in the same way, kept or not."""
        box = mark.box
        if box is None:
            return
        matrix = context.get_matrix()
        key = (mark.outline, mark.left, mark.foot, mark.size, matrix.xx, matrix.yy, matrix.x0, matrix.y0)
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = _rastered(mark, box, matrix)
            if len(self._words) > KEPT:
                self._words.popitem(last=False)
        else:
            self._words.move_to_end(key)
        surface, left, top = found
        context.identity_matrix()
        context.set_source_surface(surface, left, top)
        context.paint_with_alpha(mark.opacity)


def _clip_to(context: cairo.Context, mark: Mark) -> None:
    """Limit what is drawn to the pixels that a mark may reach: a group is as large as what it is clipped to."""
    if mark.box is None or not math.isfinite(mark.spill):
        return
    left, top, right, bottom = _pixels(mark.box, mark.spill, context.get_matrix())
    context.save()
    context.identity_matrix()
    context.rectangle(left, top, right - left, bottom - top)
    context.restore()
    context.clip()


def _pixels(box: Box, beyond: float, matrix: cairo.Matrix) -> tuple[int, int, int, int]:
    """Left, top, right and bottom, in whole pixels, of a box enlarged by `beyond` on every side."""
    corners = [
        matrix.transform_point(x, y)
        for x in (box.left - beyond, box.right + beyond)
        for y in (box.bottom - beyond, box.top + beyond)
    ]
    left, top = (math.floor(min(corner[axis] for corner in corners)) for axis in (0, 1))
    right, bottom = (math.ceil(max(corner[axis] for corner in corners)) for axis in (0, 1))
    return left, top, right, bottom


def _rastered(mark: Text, box: Box, matrix: cairo.Matrix) -> tuple[cairo.ImageSurface, int, int]:
    """Words on a surface of their own, aligned with the frame's pixels."""
    left, top, right, bottom = _pixels(box, OVERHANG * mark.size, matrix)
    surface = cairo.ImageSurface(cairo.Format.ARGB32, max(1, right - left), max(1, bottom - top))
    context = cairo.Context(surface)
    context.set_matrix(matrix * cairo.Matrix(x0=-left, y0=-top))
    mark.paint(context)
    return surface, left, top


def _common(keys: list[Any], other: list[Any]) -> int:
    """The length of the common prefix of two lists."""
    for index, (one, two) in enumerate(zip(keys, other)):
        if one != two:
            return index
    return min(len(keys), len(other))
