"""A box whose colour changes along one straight way, and not across it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import cairo

from scenes.stage.box import Box
from scenes.stage.camera import add_stop, rgb
from scenes.stage.marks import Mark


class Stop(NamedTuple):
    """A colour, `#rrggbb`, and its strength from 0 to 1, at a share of the way."""

    share: float
    colour: str
    strength: float


@dataclass(frozen=True, kw_only=True)
class Ramp(Mark):
    """A filled box. tail, head: frame points between which the colour changes, through `stops` in ascending order."""

    one_layer = True

    around: Box
    tail: tuple[float, float]
    head: tuple[float, float]
    stops: tuple[Stop, ...]

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        return Ramp, self.around, self.tail, self.head, self.stops, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        box, blend = self.around, cairo.LinearGradient(*self.tail, *self.head)
        for share, colour, strength in self.stops:
            add_stop(blend, share, rgb(colour), strength * self.opacity)
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.set_source(blend)
        context.fill()
