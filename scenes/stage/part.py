"""Parts of the picture: each has channels that moves change, and returns its marks for each frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from scenes.script.timeline import Channel, Timeline
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Text
from scenes.stage.precedence import given_way
from scenes.stage.theme import Theme

HIDDEN, SHOWN = Channel((0.0,)), Channel((1.0,))
STILL = Channel((0.0,))


class Anchor(NamedTuple):
    """A place from which a number may fly: the middle of its box, and the height of its type."""

    x: float
    y: float
    size: float


class Part:
    """A part of the picture.

    name: its name in moves. channels: what moves may change of it, besides `shown` and `pulse`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {}

    def __init__(self, name: str) -> None:
        self.name = name

    def all_channels(self) -> dict[str, Channel]:
        """All channels by name."""
        return {"shown": HIDDEN, "pulse": STILL, **self.channels}

    def marks(self, now: Now) -> Iterable[Mark]:
        """Its marks in this frame, at full opacity; not called while it is not shown."""
        raise NotImplementedError

    def anchor(self, now: Now, element: str) -> Anchor:
        """The place of one of its elements in this frame, shown or not.

        Raises KeyError if it has no such element.
        """
        raise KeyError(f"{self.name} has no {element!r} to fly from")


class Now:
    """The stage in one frame: the values of all channels."""

    def __init__(self, stage: Stage, frame: int) -> None:
        self.stage, self.frame = stage, frame

    def of(self, part: Part | str, channel: str) -> float:
        """The value of a channel of one number."""
        return self.all_of(part, channel)[0]

    def all_of(self, part: Part | str, channel: str) -> tuple[float, ...]:
        """The values of a channel of several numbers."""
        name = part if isinstance(part, str) else part.name
        return self.stage.timeline.value((name, channel), self.frame)

    def anchor(self, target: str) -> Anchor:
        """The place of a part's element, such as `triangle.rise`."""
        name, _, element = target.partition(".")
        return self.stage.part(name).anchor(self, element)


class Stage:
    """A lesson's parts, from back to front, and the timeline that moves them."""

    def __init__(self, parts: Sequence[Part], timeline: Timeline, theme: Theme) -> None:
        self.parts, self.timeline, self.theme = tuple(parts), timeline, theme
        self._by_name = {part.name: part for part in parts}

    def part(self, name: str) -> Part:
        """The part of this name. Raises KeyError if there is none."""
        return self._by_name[name]

    def named(self, frame: int) -> list[tuple[str, Mark]]:
        """(part's name, mark) of the picture of a frame, from back to front."""
        now = Now(self, frame)
        with np.errstate(all="ignore"):  # a place out of all measure is infinitely far away, and not drawn
            return given_way([(part.name, mark) for part in self.parts for mark in self._of(part, now)])

    def marks(self, frame: int) -> tuple[Mark, ...]:
        """The picture of a frame, from back to front."""
        return tuple(mark for _, mark in self.named(frame))

    def _of(self, part: Part, now: Now) -> Iterator[Mark]:
        shown = now.of(part, "shown")
        if shown > 0:
            yield from (mark.faded(shown) for mark in part.marks(now) if mark.opacity > 0)

    def boxes(self, frame: int) -> list[tuple[str, Mark, Box]]:
        """Every visible mark with its part's name and its box, for tests of overlaps."""
        return [(name, mark, mark.box) for name, mark in self.named(frame) if mark.box is not None]

    def words(self, frame: int) -> list[Text]:
        """All words, numbers and formulas of a picture."""
        return [mark for mark in self.marks(frame) if isinstance(mark, Text)]


def channels_of(parts: Sequence[Part]) -> dict[tuple[str, str], Channel]:
    """The channels of all parts, for a timeline. Raises ValueError if two parts have the same name."""
    names = [part.name for part in parts]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"each part has a name of its own, got {', '.join(sorted(twice))} twice")
    return {(part.name, name): channel for part in parts for name, channel in part.all_channels().items()}
