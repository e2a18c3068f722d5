"""Marks, of which a picture is made: frozen values that know their box, what they show, and how to paint themselves.

A part of the stage returns the marks of a frame; the painter draws them, and tests read them: the number on the screen
and the number in the test are the same object. All lengths are frame units, y upwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Self

import cairo

from scenes.stage.box import Box
from scenes.stage.camera import Array, rgb, set_source
from scenes.stage.outline import Outline

# No letter extends further out of its box than this many ems.
OVERHANG = 0.3


@dataclass(frozen=True)
class Shows:
    """What a mark stands for: a quantity of a run after a step, so that a test can compare it with the run.

    quantity: `point`, `loss`, `slope`, `rate`, `minimum`, … run: the index of the run. step: after how many steps;
    None if the mark is between two steps or belongs to none. axis: which coordinate.
    """

    quantity: str
    run: int = 0
    step: int | None = None
    axis: int = 0


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing in the picture.

    opacity: 0 to 1. clip: what is outside is not drawn. shows: what it stands for, if anything.
    one_layer: whether no ink of it lies on other ink of its own, so that each can be faded by itself; other marks are
    drawn into a picture that is faded as a whole. spill: how far ink may lie outside its box, in frame units.
    """

    one_layer: ClassVar[bool] = False
    spill: ClassVar[float] = math.inf

    opacity: float = 1.0
    clip: Box | None = None
    shows: Shows | None = None

    @property
    def box(self) -> Box | None:
        """The box around it; None if nothing is drawn."""
        raise NotImplementedError

    @cached_property
    def key(self) -> Any:
        """Equal keys paint equal pictures."""
        raise NotImplementedError

    def paint(self, context: cairo.Context) -> None:
        """Draw at full opacity; if it is of one layer, at its own."""
        raise NotImplementedError

    def ink(self, context: cairo.Context, colour: str) -> None:
        """Paint with this colour from now on, faded if the mark is of one layer."""
        set_source(context, rgb(colour), self.opacity if self.one_layer else 1.0)

    def faded(self, share: float) -> Self:
        """The same mark with its opacity multiplied by `share`."""
        return self if share == 1 else replace(self, opacity=self.opacity * share)


@dataclass(frozen=True, kw_only=True)
class Text(Mark):
    """Words or a formula. left, foot: the lower left corner of its box. size: the height of an em.

    text: what it says, in plain characters. colour: the colour of its first letters, `#rrggbb`.
    rank: where two would meet, the one with the higher rank gives way (`precedence`).
    """

    outline: Outline
    left: float
    foot: float
    size: float
    text: str = ""
    colour: str = ""
    rank: int = 0

    @property
    def box(self) -> Box | None:
        width, height = self.outline.width * self.size, self.outline.height * self.size
        return Box(self.left, self.foot, self.left + width, self.foot + height) if width > 0 else None

    @cached_property
    def key(self) -> Any:
        return Text, self.outline, self.left, self.foot, self.size, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        context.translate(self.left, self.foot)
        context.scale(self.size, self.size)
        for shape in self.outline.shapes:
            context.new_path()
            context.append_path(shape.path)
            set_source(context, shape.colour)
            if shape.stroke:
                context.set_line_width(shape.stroke)
                context.stroke()
            else:
                context.fill()


def around(points: Array, clip: Box | None) -> Box | None:
    """The visible part of the rectangle around points (n, 2)."""
    if len(points) == 0:
        return None
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    if clip is not None:
        left, right = max(left, clip.left), min(right, clip.right)
        bottom, top = max(bottom, clip.bottom), min(top, clip.top)
        if left > right or bottom > top:
            return None
    return Box(left, bottom, right, top)
