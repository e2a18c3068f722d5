"""Stage directions: what happens to which part of the picture, on which word, for how long.

A move takes one channel of one part to a value; a channel is one number or a few from which the part is drawn
(how much of it is shown, where its window is, how far a run has come). Everything that moves in a film is a move,
so that a picture depends only on the beats and the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

Number = float | int
Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Move:
    """One channel of one part goes to a value.

    part: its name. channel: `shown`, or an element's, as in `rise.shown`. to: the value at the end.
    seconds: how long it takes; 0 is at once. ease: a name in `easing.EASES`.
    cue: the word of the sentence with which it begins; None if it follows the move before it.
    after: seconds that it waits in addition.
    together: whether it begins with the move before it, not after it; for moves without a cue.
    """

    part: str
    channel: str
    to: Numbers
    seconds: float
    ease: str = "smooth"
    cue: str | None = None
    after: float = 0.0
    together: bool = False


class Moves(tuple[Move, ...]):
    """Moves that begin together; `@ "word"` makes them begin with that word of the sentence."""

    def __new__(cls, moves: Sequence[Move]) -> Moves:
        return super().__new__(cls, (replace(move, together=bool(index)) for index, move in enumerate(moves)))

    def __matmul__(self, cue: str) -> Moves:
        return Moves([replace(move, cue=cue) for move in self])

    def late(self, seconds: float) -> Moves:
        """The same moves, this many seconds later."""
        return Moves([replace(move, after=move.after + seconds) for move in self])


def shift(target: str, channel: str, to: Number | Sequence[Number], seconds: float, ease: str = "smooth") -> Moves:
    """Take one channel of a part, or of one of its elements (`rule.slope`), to a value."""
    part, _, element = target.partition(".")
    values = tuple(float(value) for value in to) if isinstance(to, Sequence) else (float(to),)
    return Moves([Move(part, f"{element}.{channel}" if element else channel, values, seconds, ease)])


def both(*moves: Moves) -> Moves:
    """Several moves that begin together."""
    return Moves([move for group in moves for move in group])


def enter(*targets: str, seconds: float = 0.6) -> Moves:
    """Parts come into the picture."""
    return both(*(shift(target, "shown", 1.0, seconds) for target in targets))


def leave(*targets: str, seconds: float = 0.5) -> Moves:
    """Parts go out of the picture."""
    return both(*(shift(target, "shown", 0.0, seconds) for target in targets))


def grow(target: str, seconds: float = 1.2) -> Moves:
    """A line, an arrow or a stick is drawn from its beginning to its end."""
    return shift(target, "grown", 1.0, seconds)


def pulse(*targets: str, seconds: float = 0.9) -> Moves:
    """Parts swell and fall back: look here."""
    return both(*(shift(target, "pulse", 1.0, seconds, "there and back") for target in targets))


def fly(*targets: str, seconds: float = 1.2) -> Moves:
    """Terms travel from where they were read in the picture to their place in a formula."""
    return both(*(shift(target, "flown", 1.0, seconds) for target in targets))


def walk(to: int, seconds: float, run: str = "run") -> Moves:
    """A run goes on to step number `to`; each step has its own easing."""
    return shift(run, "progress", float(to), seconds, "even")


def numbered(name: str, members: Sequence[int]) -> list[str]:
    """The parts `ball1`, `ball2`, … of runs of these numbers, counted from 0."""
    return [f"{name}{index + 1}" for index in members]


def walk_all(runs: Sequence[int], to: int, seconds: float) -> Moves:
    """Runs `run1`, `run2`, … of these numbers, counted from 0, go on to a step on one clock, or back to it."""
    return both(*(walk(to, seconds, clock) for clock in numbered("run", runs)))


def zoom(window: Sequence[float], seconds: float = 1.6, plane: str = "plane") -> Moves:
    """A plane changes its window: left, right, bottom, top."""
    return shift(plane, "window", window, seconds)


def tilt(to: float, seconds: float = 2.2) -> Moves:
    """A map (0) rises into the landscape it is the map of (1), or lies down again."""
    return shift("land", "tilt", to, seconds)


def make_room(strip: float = 0.0, aside: float = 0.0, seconds: float = 0.8, hero: str = "plane") -> Moves:
    """The hero gives up room for the strip above it or for the aside next to it, or takes it back."""
    return both(shift(hero, "strip", strip, seconds), shift(hero, "aside", aside, seconds))


def trade_places(swapped: float, seconds: float = 1.3, leader: str = "plane") -> Moves:
    """The hero and the panel next to it trade places (1), or go back to their own (0)."""
    return shift(leader, "swapped", swapped, seconds)


def present(*targets: str) -> Moves:
    """Parts that are in the picture from the start."""
    return enter(*targets, seconds=0.0)
