"""The part of a script that determines the pictures of some frames, used as the cache key of a piece of film."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenes.script.move import Move
from scenes.script.timeline import Segment, Target


def visible(opening: Iterable[Move], segments: Sequence[Segment], start: int, end: int) -> list[object]:
    """Every channel's value before the frame `start`, and the moves from there up to `end`, as comparable values.

    Equal results mean equal pictures, wherever in the film the frames are; a value that no move has touched is the
    part's own. A move under way comes with the value from which it started.
    """
    held: dict[Target, object] = {(move.part, move.channel): move.to for move in opening}
    under_way: list[object] = []
    for segment in sorted(segments, key=lambda one: one.start):
        move, target = segment.move, (segment.move.part, segment.move.channel)
        if segment.start >= end:
            break
        if segment.start < start and segment.end <= start:
            if move.ease != "there and back":
                held[target] = move.to
            continue
        set_out = held.get(target) if segment.start < start else None
        under_way.append((segment.start - start, segment.frames, *target, move.to, move.ease, set_out))
    return [sorted(held.items()), under_way]
