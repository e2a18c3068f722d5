"""The runs on both sides of a valley and the one with the wrong sign, and what is said and moved."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import SURFACES, Stop
from scenes.phrases.alt import one_ball
from scenes.phrases.bug_words import bug_words, fix_words, growth, growth_words, loop_lines, reason_words
from scenes.phrases.run_facts import variable_text
from scenes.phrases.sign_words import level_bug_words
from scenes.phrases.signed_side import level_place, signed_side
from scenes.planned_run import planned_run
from scenes.planned_sides import Sides, home, sides_of
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import both, enter, grow, leave, make_room, present, pulse, shift, walk, zoom
from scenes.script.sentence import Equals, Name, Sentence, Words, say
from scenes.script.window import followed
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, STEPS = 0.1, 6
# How many steps of the ball with the wrong sign are followed before we ask why.
FIRST = 3


def run(spec: RenderSpec) -> Sides:
    """(x − 3)² from 8 at 0.1, unless the spec says otherwise, and the runs that go with it."""
    main = planned_run(spec, SURFACES["shifted-parabola"], LEARNING_RATE, STEPS)
    return sides_of(main, STEPS if spec.steps is None else spec.steps)


def script(runs: Sides) -> Script:
    """The narrated film: question, three places, the bug, the reason, one line."""
    opening = both(present("plane", "curve", "ball", "title", "function"), make_room(strip=1, seconds=0))
    return film(opening, *_question(runs), *_sides(runs), *_bug(runs), *_ending(runs))


def loop(runs: Sides) -> Script:
    """Down with a minus, then up with a plus from the same place."""
    (down, up), main, bug = loop_lines(runs), runs[0], runs.bug
    few = min(FIRST + 1, bug.steps) if bug else 0
    seen = followed(home(runs), [bug], few) if bug else home(runs)
    opening = both(present("plane", "curve", "code", "ball", "trail"), make_room(strip=1, seconds=0), zoom(seen, 0))
    if bug is None:
        return film(opening, beat("Loop", down, both(pulse("code.sign"), pulse("ball").late(1.2)).late(0.4), rest=2.0))
    wrong = both(walk(0, 0), shift("code", "plus", 1, 0.6), enter("bug", "track"))
    right = both(shift("code", "plus", 0, 0.6), shift("bugs", "progress", 0, 0), enter("ball", "trail"))
    climb = walk(few, 2.6, "bugs")
    return film(
        opening,
        beat("Loop", down, pulse("code.sign").late(0.3), walk(main.steps, 2.6), rest=0.6),
        beat("Loop", up, leave("ball", "trail"), wrong, climb, rest=0.8),
        beat("Loop", down, leave("bug", "track"), right, rest=0.3),
    )


def alt(runs: Sides) -> Sentence:
    """The right run, and where the one with the wrong sign ends."""
    words = Words(one_ball((runs[0],)))
    if runs.bug is None:
        return say("{words}", words=words)
    name, place = Name(variable_text(runs[0].objective.variables[0])), Equals(float(runs.bug.points[-1, 0]))
    return say("{words} With a plus for the minus, it ends at {name} {place}.", words=words, name=name, place=place)


def _question(runs: Sides) -> Iterator[Beat]:
    yield beat(
        "The question",
        say("This one line of code is gradient descent. Here, the gradient is the slope. But why the minus?"),
        both(leave("title", "function"), enter("code").late(0.4)) @ "code",
        pulse("code.gradient") @ "slope",
        pulse("code.sign", seconds=1.4) @ "minus",
    )


def _sides(runs: Sides) -> Iterator[Beat]:
    main, valley = runs[0], runs.valley is not None
    if not main.gradients[0, 0]:
        yield level_place(main, "", valley=False)
        wrong, right = (both(shift("code", "plus", to, 0.8), pulse("code.sign")) for to in (1, 0))
        yield beat("No slope", level_bug_words(), wrong @ "plus", pulse("ball") @ "step", right)
        return
    yield from signed_side(main, "", valley, home(runs))
    if runs.mirror is not None:
        yield from signed_side(runs.mirror, "2", valley, home(runs))
    if runs.bottom is not None:
        yield level_place(runs.bottom, "3", True, ["", "2"] if runs.mirror is not None else [""])


def _bug(runs: Sides) -> Iterator[Beat]:
    """A plus for the minus: a guess, what it does, why, and the way back."""
    main, bug = runs[0], runs.bug
    if bug is None:
        return
    there = [suffix for suffix, one in (("", main), ("2", runs.mirror), ("3", runs.bottom)) if one is not None]
    away = leave(*(f"{name}{suffix}" for suffix in there for name in ("ball", "trail", "tangent", "figure")))
    yield beat(
        "The bug",
        say("Now a classic [bug](run5): a plus slips in where the minus should be."),
        both(away, enter("bug").late(0.4)),
        both(shift("code", "plus", 1, 0.8), pulse("code.sign")) @ "plus",
        walk(0, 0),
    )
    yield beat(
        "The bug",
        say("Same start, same rate. Where will it go? Take a guess."),
        pulse("bug") @ "start",
        pulse("code.sign") @ "Where",
        rest=2.0,
    )
    few, start = bug.steps if bug.stop is Stop.FLAT else min(FIRST, bug.steps), home(runs)
    near, wide = followed(start, [bug], few), followed(start, [bug], bug.steps)
    cue = "climbs" if "climbs" in bug_words(bug).template else "uphill"
    climb = (
        both(enter("track", seconds=0.1), walk(few, min(3.0, 0.9 * few), "bugs"), zoom(near, min(1.5, 0.5 * few))) @ cue
    )
    yield beat("The bug", bug_words(bug), climb, pulse("bug"), rest=0.4)
    on = both(walk(bug.steps, min(2.4, 0.6 * (bug.steps - few)), "bugs"), zoom(wide, 1.0)) if few < bug.steps else None
    if reason := reason_words(bug):
        bend = both(enter("steep", seconds=0.1), grow("steep"), pulse("bug")) @ "slope"
        yield beat("The bug", reason, bend, both(leave("steep", seconds=0.3), on or pulse("track")) @ "so")
    elif on:
        yield beat("The bug", say("Step after step, it follows the slope the wrong way."), on)
    factor = growth(runs)
    if factor and (words := growth_words(factor)):
        bar = both(enter("bar", seconds=0.1), shift("bar", "grown", 1, 1.4))
        yield beat("The bug", words, bar @ "distance", pulse("bar") @ "{factor}", rest=0.6)
    gone = leave("bug", "track", *(["bar"] if runs.valley else []), seconds=0.8)
    back = both(shift("code", "plus", 0, 0.8), pulse("code.sign"), gone)
    down = walk(main.steps, min(2.4, 0.4 * main.steps))
    home_again = both(zoom(followed(start, [main], main.steps), 1.8), enter("ball", "trail"))
    yield beat("The way down", fix_words(main), back @ "minus", home_again, down, rest=0.4)


def _ending(runs: Sides) -> Iterator[Beat]:
    field = both(enter("signposts", seconds=0.1), grow("signposts"))
    calm = both(leave("ball", "trail", "tangent", "figure", "signpost"), zoom(home(runs), 1.2))
    flip = both(shift("signposts", "turned", 1, 1.4), pulse("code.sign"))
    words = say("The gradient points uphill, everywhere. The minus turns it downhill.")
    yield beat("The end", words, calm, field @ "points", flip @ "minus", rest=0.8)
    one = both(leave("signposts"), walk(0, 0.0).late(0.5), enter("ball").late(0.5))
    post = both(enter("signpost", seconds=0.1), shift("signpost", "turned", 1, 0), grow("signpost"))
    hidden = leave("curve", *(["minimum"] if runs.valley else []), seconds=1.6) @ "see"
    seed = say("So we know which way to go. But what if you can't see where it leads?")
    yield beat("The end", seed, one, post @ "way", hidden, rest=1.0)
