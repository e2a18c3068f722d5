"""One side of a valley: the slope's sign, the arrow uphill, the minus that flips it, the step; and the level bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdsim import Trajectory
from scenes.phrases.sign_words import bottom_words, flip_words, place_words, uphill_sign
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, fly, grow, leave, pulse, shift, walk
from scenes.script.window import Window


def signed_side(one: Trajectory, suffix: str, valley: bool, window: Window) -> Iterator[Beat]:
    """Sign, arrow, flip and step at one place.

    For a stage with the parts code and minimum, and, with a suffix of their own, ball, tangent, signpost, figure, trail
    and run; ball and trail are left behind. valley: whether the place is on a side of a minimum.
    """
    slope, right = float(one.gradients[0, 0]), one.gradients[0, 0] > 0
    ball, tangent, post, figure, trail, clock = (
        f"{name}{suffix}" for name in ("ball", "tangent", "signpost", "figure", "trail", "run")
    )
    arrive = both(enter(ball), leave("figure")) if suffix else pulse(ball)
    goal = enter("minimum") @ "minimum" if valley and not suffix else Moves(())
    chapter = "A positive slope" if right else "A negative slope"
    yield beat(
        chapter,
        place_words(slope, valley),
        arrive,
        goal,
        both(enter(tangent, seconds=0.1), grow(tangent)) @ "curve",
        both(enter(post), pulse(post)) @ "slope",
    )
    yield beat(
        chapter,
        uphill_sign(slope, again=bool(suffix)),
        both(enter(figure, seconds=0.1), fly(figure), pulse("code.gradient")) @ "gradient",
        both(grow(post), leave(tangent)) @ "points",
        pulse(post) @ "uphill",
    )
    turn = shift(post, "turned", 1, 1.2) @ ("flips" if right or not one.steps else "plus")
    moves = [pulse("code.sign") @ "minus", turn]
    if one.steps:
        away = leave(post, seconds=0.4)
        moves.append(both(away, enter(trail, seconds=0.1), walk(1, 1.2, clock)) @ "step")
    yield beat(chapter, flip_words(one, window[1] - window[0]), *moves, rest=0.5)


def level_place(one: Trajectory, suffix: str, valley: bool, sides: Sequence[str] = ()) -> Beat:
    """A place where the ground is level: no arrow, no step.

    valley: whether it is a bottom, whose ball has to come. sides: the suffixes of the sides whose figures leave.
    """
    slope = float(one.gradients[0, 0])
    ball, tangent, figure = f"ball{suffix}", f"tangent{suffix}", f"figure{suffix}"
    arrive = enter(ball) @ "bottom" if valley else pulse(ball)
    gone = leave(*(f"figure{side}" for side in sides))
    level = both(enter(tangent, seconds=0.1), grow(tangent), gone) @ "slope"
    number = pulse(tangent) if slope else both(enter(figure, seconds=0.1), fly(figure))
    moves = arrive, level, number @ "zero", pulse("code.sign") @ "flip", pulse(ball) @ "rests"
    return beat("No slope", bottom_words(slope, valley), *moves)
