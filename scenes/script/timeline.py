"""The value of every channel at every frame, computed from the script. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from scenes.script.easing import EASES
from scenes.script.move import Move, Numbers

Blend = Callable[[Numbers, Numbers, float], Numbers]
Target = tuple[str, str]


class Segment(NamedTuple):
    """A move in frames of the film: the first in which it has begun, and how many it takes."""

    move: Move
    start: int
    frames: int

    @property
    def end(self) -> int:
        """The first frame in which it rests."""
        return self.start + self.frames


def straight(before: Numbers, after: Numbers, share: float) -> Numbers:
    """Linear interpolation, number by number."""
    return tuple(one + share * (other - one) for one, other in zip(before, after))


class Channel(NamedTuple):
    """What moves may change of a part. initial: its value before any move. blend: interpolates between two values."""

    initial: Numbers
    blend: Blend = straight


class Timeline:
    """The channels of a film's parts over its frames.

    channels: those of all parts. segments: the moves, in the order in which they begin.
    Raises ValueError if a move names a part or a channel that does not exist.
    """

    def __init__(self, channels: Mapping[Target, Channel], opening: Iterable[Move], segments: Sequence[Segment]):
        self.channels = channels
        self._start: dict[Target, Numbers] = {target: channel.initial for target, channel in channels.items()}
        self._tracks: dict[Target, list[Segment]] = {}
        for move in [*opening, *(segment.move for segment in segments)]:
            if (move.part, move.channel) not in channels:
                raise ValueError(f"{_name((move.part, move.channel))} cannot move: {_known(channels, move.part)}")
        for move in opening:
            self._start[move.part, move.channel] = move.to
        for segment in segments:
            target = (segment.move.part, segment.move.channel)
            if segment.move.ease != "there and back" and self.value(target, segment.start - 1) == segment.move.to:
                continue  # a channel that already has the value does not move
            self._tracks.setdefault(target, []).append(segment)
        self.segments = tuple(segment for track in self._tracks.values() for segment in track)

    def value(self, target: Target, frame: int) -> Numbers:
        """A channel's value in a frame."""
        value = self._start[target]
        for segment in self._tracks.get(target, ()):
            if segment.start > frame:
                break
            value = self._after(segment, value, frame)
        return value

    def _after(self, segment: Segment, before: Numbers, frame: int) -> Numbers:
        """The channel's value in a frame after the segment has begun."""
        move = segment.move
        share = 1.0 if segment.frames == 0 else min(1.0, (frame - segment.start + 1) / segment.frames)
        if share == 1.0:
            return before if move.ease == "there and back" else move.to
        return self.channels[move.part, move.channel].blend(before, move.to, EASES[move.ease](share))

    def moving(self, frame: int) -> bool:
        """Whether a move changes the picture of this frame from the one before."""
        return any(segment.start <= frame < max(segment.end, segment.start + 1) for segment in self.segments)

    def changes(self, start: int, end: int) -> list[int]:
        """The frames from `start` up to `end` in which something changes."""
        marked = {
            frame for segment in self.segments for frame in range(max(segment.start, start), min(segment.end, end))
        }
        at_once = {segment.start for segment in self.segments if not segment.frames and start <= segment.start < end}
        return sorted(marked | at_once)


def _name(target: Target) -> str:
    part, channel = target
    element, _, last = channel.rpartition(".")
    return f"{part}.{element}'s {last}" if element else f"{part}'s {last}"


def _known(channels: Mapping[Target, Channel], part: str) -> str:
    own = sorted(channel for name, channel in channels if name == part)
    return (
        f"it has {', '.join(own)}"
        if own
        else f"there is no such part, only {', '.join(sorted({p for p, _ in channels}))}"
    )
