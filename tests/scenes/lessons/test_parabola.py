"""Every sentence of the parabola's film is true of its run, whatever the function, the method, the rate, the start.

Each is checked by its template and its values, in reading order; the checks read the run and the function, and share
nothing with the story.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdsim import Stop, simulate
from gdsim.methods import build_optimiser
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.script.window import first_window, start_close_up
from scenes.spec import RenderSpec
from scenes.stage.line_marks import ArrowMark

from .sentences import Said, faults, said, told
from .truth import Film

FUNCTIONS = ["x**2", "-x**2", "exp(x)", "x**3", "abs(x)", "1/x", "log(x)", "x", "sin(x)", "1e6*x**2", "1e-6*x**2"]
FUNCTIONS += ["(x-3)**2-200", "x**4-3*x**2+x", "(x-1e6)**2", "sqrt(x)"]
METHODS = (None, "momentum", "adam", "newton", "rprop", "rmsprop")
ODD = [{"start": (at,)} for at in (3.0, 3.000001, -1000.0, 1e6, 2.9)]
ODD += [{"steps": steps} for steps in (0, 1, 2, 3, 200)]
ODD += [{"learning_rate": rate} for rate in (0.5, 0.999999, 1.0000001, 1e6, 1e300)]


def xs(one: Said) -> np.ndarray:
    return one.run.points[:, 0]


def lengths(one: Said) -> np.ndarray:
    return abs(np.diff(xs(one)))


def slopes(one: Said) -> np.ndarray:
    return one.run.gradients[:, 0]


def slope_at(one: Said, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.asarray(one.run.objective.gradient(np.array([x])))[0])


def turns_between(one: Said, low: float, high: float, samples: int = 401) -> bool:
    """Whether the slope goes from below zero to above it somewhere between two places: a minimum."""
    with np.errstate(all="ignore"):
        signs = np.sign(np.asarray(one.run.objective.gradient(np.linspace(low, high, samples)[:, None]))[:, 0])
    signs = signs[np.isfinite(signs) & (signs != 0)]
    return bool(np.any((signs[:-1] < 0) & (signs[1:] > 0)))


def has_a_minimum(one: Said) -> bool:
    return turns_between(one, *one.run.objective.domain[0], samples=4001)


def minimum_at(one: Said, distance: float) -> bool:
    """Whether a minimum lies so far from the last place, to one side or the other, to 6 %."""
    at, span = float(xs(one)[-1]), 0.06 * distance
    return any(turns_between(one, at + way * distance - span, at + way * distance + span, 5) for way in (-1, 1))


def on_it(one: Said) -> bool:
    return turns_between(one, xs(one)[-1] - 1e-6, xs(one)[-1] + 1e-6, 5)


def left(one: Said) -> float:
    """How far the last place is from the nearest minimum; infinity where none is found on the map."""
    low, high = one.run.objective.domain[0]
    grid = np.linspace(low, high, 4001)
    with np.errstate(all="ignore"):
        signs = np.sign(np.asarray(one.run.objective.gradient(grid[:, None]))[:, 0])
    grid, signs = grid[np.isfinite(signs) & (signs != 0)], signs[np.isfinite(signs) & (signs != 0)]
    found = [halved(one, *grid[at : at + 2]) for at in np.flatnonzero((signs[:-1] < 0) & (signs[1:] > 0))]
    return float(abs(np.array(found) - xs(one)[-1]).min()) if found else np.inf


def halved(one: Said, low: float, high: float) -> float:
    """Where the slope turns from below zero to above it, by halving."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope_at(one, middle) < 0 else (low, middle)
    return low


def falls(values: np.ndarray) -> bool:
    return bool(np.all(np.diff(values) < 0))


def plain(one: Said) -> bool:
    """Whether each step is minus the rate times the slope."""
    moves = -one.run.learning_rates * slopes(one)[:-1]
    return np.allclose(np.diff(xs(one)), moves, rtol=1e-5, atol=1e-9 * (1 + abs(xs(one)).max()))


def steady(one: Said) -> bool:
    return len(set(one.run.learning_rates.tolist())) == 1


def flattens(one: Said) -> bool:
    return falls(lengths(one)) and falls(abs(slopes(one)[:-1])) and plain(one) and steady(one)


def lower(one: Said) -> bool:
    return bool(one.run.losses[-1] < one.run.losses[0])


def over(one: Said) -> np.ndarray:
    """(steps,) of bool: whether a minimum lies between the two ends of each step."""
    return np.array([turns_between(one, *sorted(pair)) for pair in zip(xs(one)[:-1].tolist(), xs(one)[1:].tolist())])


def counted(one: Said) -> bool:
    return one.tells_count("steps", one.run.steps)


def too_large(one: Said) -> bool:
    """The ball climbed, and at a thousandth of the rate it would not have."""
    run = one.run
    method = build_optimiser(run.optimiser, {}, run.objective)
    rates = [run.learning_rates[0] / power for power in (1e3, 1e9, 1e300)]
    gentle = [simulate(run.objective, method, rate, start=run.points[0], steps=run.steps) for rate in rates]
    return not run.losses[-1] <= run.losses[0] and any(one.losses[-1] <= one.losses[0] for one in gentle)


def up_close(one: Said) -> bool:
    """In the close-up's window, curve and tangent are never more than a fifth of its height apart."""
    close = start_close_up(one.run)
    across = np.linspace(*close.window[:2], 41)
    with np.errstate(all="ignore"):
        curve = np.asarray(one.run.objective.value(across[:, None]))
    line = one.run.losses[0] + slopes(one)[0] * (across - xs(one)[0])
    return bool(np.nanmax(abs(curve - line)) < 0.2 * (close.window[3] - close.window[2]))


def creeps(one: Said) -> bool:
    """Every step is less than a tenth of the way that is left, and more steps are needed than were taken."""
    return lengths(one).max() < 0.1 * left(one) and left(one) > lengths(one)[-1] * 5


def looks_arrived(one: Said, share: float = 0.05) -> bool:
    """Whether no more than this share of the picture's width is left."""
    low, high, *_ = first_window((one.run,))
    return left(one) < share * (high - low)


def covers(one: Said) -> bool:
    """The last steps each took so many per cent of the way to the minimum, and none took all."""
    goal = xs(one)[-1] + np.array([-1, 1]) * left(one)
    away = min((abs(xs(one)[-4:] - one_goal) for one_goal in goal), key=lambda far: np.ptp(far[1:] / far[:-1]))
    shares = 100 * (1 - away[1:] / away[:-1])
    return bool(np.all(abs(shares - float(one.values["share"])) < 2) and np.all(shares < 100))


def after(*templates: str):
    """Whether the sentence before is one of these: `it` and `there` mean what that one speaks of."""
    return lambda one: one.before[-1] in templates


def newton(one: Said, share: float | None) -> bool:
    """The first step goes that share of the way to the bottom of the parabola that fits the start, by differences."""
    x, h = xs(one)[0], 1e-4 * max(1.0, abs(xs(one)[0]))
    bend = (slope_at(one, x + h) - slope_at(one, x - h)) / (2 * h)
    full = -slopes(one)[0] / bend if bend else np.inf
    way = (xs(one)[1] - x) / full
    if share is None:
        return one.run.optimiser == "newton"
    return bend > 0 and abs(way - share) < 0.01 * share


def moves_on(one: Said) -> bool:
    return one.run.steps > 0 and abs(slopes(one)[0]) > 0


ARRIVED = "After {steps} the ball looks as if it has arrived. Let's zoom in."
LEFT = "It's still {distance:minimum} from the [minimum](minimum)."
STILL = "After {steps} the ball is still {distance:minimum} from the [minimum](minimum)."
NEVER = "Each step covers {share} % of what is left, so it never quite arrives."
CLAIMS = {
    # The question.
    "How does a machine find the [lowest point](minimum) of a curve?": has_a_minimum,
    "How low can a ball get on this curve?": lambda one: not has_a_minimum(one),
    "The height of this ball is its loss: {loss:loss}. The lower, the better.": lambda one: one.tells(
        "loss", float(one.run.objective.value(one.run.points[0]))
    ),
    "But it can't see the curve. It can only feel the slope right where it is.": lambda one: (
        one.run.optimiser != "newton"
    ),
    "But it can't see the curve. It can only feel the ground right where it is.": lambda one: (
        one.run.optimiser == "newton"
    ),
    # The slope.
    "Up close, the curve is almost a straight line.": up_close,
    "A level one: the slope here is zero.": lambda one: slopes(one)[0] == 0,
    **{
        f"Go {{run}} to the right, and the line goes {turn} by {{rise:slope}}.": lambda one, sign=sign: (
            np.sign(slopes(one)[0]) == sign and one.tells("rise", abs(slopes(one)[0]) * one.number("run"))
        )
        for turn, sign in (("up", 1), ("down", -1))
    },
    **{
        f"That is {{times}} times as far {turn} as across, so the slope is {{slope:slope}}.": lambda one, sign=sign: (
            np.sign(slopes(one)[0]) == sign
            and one.tells("times", abs(slopes(one)[0]))
            and one.tells("slope", slopes(one)[0])
        )
        for turn, sign in (("up", 1), ("down", -1))
    },
    # The rule.
    "So the slope is an arrow that points uphill: here, to the right.": lambda one: slopes(one)[0] > 0,
    "So the slope is an arrow that points uphill: here, to the left.": lambda one: slopes(one)[0] < 0,
    "We want to go down. The minus flips the arrow around.": plain,
    "How far? The learning rate decides. Here it is {rate:rate}.": lambda one: (
        plain(one) and one.tells("rate", one.run.learning_rates[0])
    ),
    "How far? The learning rate decides: {rate:rate}, small enough that no step overshoots.": lambda one: (
        plain(one) and one.tells("rate", one.run.learning_rates[0]) and not over(one).any() and falls(one.run.losses)
    ),
    "Now put the numbers in: {rate:rate} times a slope of {slope:slope} is the step.": lambda one: (
        plain(one) and one.tells("rate", one.run.learning_rates[0]) and one.tells("slope", slopes(one)[0])
    ),
    "{method}: {does}.": lambda one: (
        one.run.optimiser != "newton"
        and one.values["method"].lower() == one.run.optimiser
        and {
            "a heavy ball that keeps part of its velocity": "momentum",
            "momentum and a rate for each coordinate": "adam",
            "only the slope's sign counts; steps grow until it changes": "rprop",
            "each step divided by the size of recent slopes": "rmsprop",
        }[one.values["does"]]
        == one.run.optimiser
    ),
    "{method}: straight to the bottom of the bowl that fits here.": lambda one: newton(one, 1.0),
    "{method} fits a bowl here and goes {share} % of the way to its bottom.": lambda one: newton(
        one, one.number("share") / 100
    ),
    "{method}: the slope divided by how much the ground bends.": lambda one: newton(one, None),
    "From this [slope](slope) it makes a first step.": lambda one: moves_on(one) and one.run.optimiser != "newton",
    "From there it makes a first step.": lambda one: moves_on(one) and one.run.optimiser == "newton",
    # Downhill.
    "The ball leaps, and the loss falls.": lambda one: one.run.losses[1] < one.run.losses[0],
    "The ball leaps, and the loss grows.": lambda one: one.run.losses[1] > one.run.losses[0],
    "The ball leaps, and the loss stays the same.": lambda one: one.run.losses[1] == one.run.losses[0],
    "Will the next step be longer or shorter?": lambda one: one.run.steps > 1,
    "Shorter: the slope is gentler here.": lambda one: (
        falls(lengths(one)[:2]) and falls(abs(slopes(one)[:2])) and plain(one) and steady(one)
    ),
    "Longer: the slope is steeper here.": lambda one: (
        falls(-lengths(one)[:2]) and falls(-abs(slopes(one)[:2])) and plain(one) and steady(one)
    ),
    "Shorter.": lambda one: falls(lengths(one)[:2]),
    "Longer.": lambda one: falls(-lengths(one)[:2]),
    "Exactly as long as the one before.": lambda one: np.isclose(*lengths(one)[:2], rtol=2e-9),
    "The rate stays {rate:rate}, yet each step is shorter: the slope flattens as we go down.": lambda one: (
        flattens(one) and lower(one) and one.tells("rate", one.run.learning_rates[0])
    ),
    "Every step is tiny compared with the distance left, so the ball creeps.": creeps,
    "Step by step, the ball gets lower.": lambda one: falls(one.run.losses),
    "Not every step leads down, but the ball ends lower.": lambda one: lower(one) and not falls(one.run.losses),
    "The ball moves, and gets no lower.": lambda one: not lower(one),
    "Each step leaps right over the [minimum](minimum), yet each one is shorter.": lambda one: (
        over(one).all() and falls(lengths(one))
    ),
    "{over} across the bottom of the valley, and the ball still ends lower.": lambda one: (
        lower(one) and one.tells_count("over", int(over(one).sum()))
    ),
    "On its way it leaps across the bottom of a valley, and still ends lower.": lambda one: (
        lower(one) and over(one).any()
    ),
    "The steps leap back and forth across the valley and gain nothing.": lambda one: (
        over(one).sum() > len(over(one)) / 2 and np.isclose(one.run.losses[0], one.run.losses[-1], rtol=1e-8)
    ),
    "Each step lands higher, where the slope is steeper, so the next is even longer.": lambda one: (
        falls(-one.run.losses) and falls(-abs(slopes(one))) and falls(-lengths(one)) and plain(one)
    ),
    "The steps are too large: the ball ends higher than it began.": too_large,
    # The end.
    "No slope, no step: the descent is over before it begins.": lambda one: (
        one.run.steps == 0 and abs(slopes(one)[0]) < 1e-6
    ),
    "No step is asked for, so the ball stays.": lambda one: (
        one.run.steps == 0 and abs(slopes(one)[0]) >= 1e-6 and one.run.stop is Stop.STEP_LIMIT
    ),
    "The first step is longer than a computer can count: the ball is gone.": lambda one: (
        one.run.steps == 0 and one.run.stop is Stop.DIVERGED
    ),
    "After {steps} the ball is on the [minimum](minimum).": lambda one: counted(one) and on_it(one),
    ARRIVED: lambda one: counted(one) and looks_arrived(one),
    LEFT: lambda one: after(ARRIVED)(one) and minimum_at(one, one.number("distance")),
    STILL: lambda one: counted(one) and minimum_at(one, one.number("distance")) and not looks_arrived(one, 0.02),
    "At this [rate](rate) it would need many more steps.": creeps,
    "There is still a slope to follow: the steps ran out before the valley did.": lambda one: (
        one.run.stop is Stop.STEP_LIMIT and abs(slopes(one)[-1]) > 0.01 * abs(slopes(one)[0]) and left(one) < np.inf
    ),
    NEVER: lambda one: after(LEFT, STILL)(one) and covers(one),
    "It doesn't have to: close enough is good enough.": after(NEVER),
    "The slope here is tiny, and so is each step.": lambda one: (
        abs(slopes(one)[-1]) < 0.1 * abs(slopes(one)).max() and lengths(one)[-1] < 0.1 * np.ptp(xs(one))
    ),
    "After {steps} the [loss](loss) is higher than at the start: this [rate](rate) is too large.": lambda one: (
        counted(one) and too_large(one)
    ),
    "After {steps} it is as high as it was: at this [rate](rate) it never settles.": lambda one: (
        counted(one) and np.isclose(one.run.losses[0], one.run.losses[-1], rtol=1e-8) and never_settles(one)
    ),
    "After {steps} the ball is at {name:ball} {place:ball}.": lambda one: (
        counted(one)
        and one.values["name"] == one.run.objective.variables[0]
        and told(one.values["place"][2:], xs(one)[-1])
        and (one.values["place"][0] == "≈" or one.number_of(one.values["place"][2:]) == xs(one)[-1])
    ),
    Stop.FLAT.value: lambda one: abs(slopes(one)[-1]) < 1e-6,
    Stop.DIVERGED.value: lambda one: beyond(one),
    Stop.UNDEFINED.value: lambda one: one.run.stop is Stop.UNDEFINED,
    Stop.SLOPELESS.value: lambda one: one.run.stop is Stop.SLOPELESS,
    Stop.UNCOMPUTABLE.value: lambda one: one.run.stop is Stop.UNCOMPUTABLE,
    "Feel the slope, step the other way, repeat: that's gradient descent.": plain,
    "Feel the slope, take a step, repeat: that's all the ball ever does.": lambda one: one.run.optimiser != "newton",
    "Feel the slope and how it bends, take a step, repeat: that's all the ball ever does.": lambda one: (
        one.run.optimiser == "newton" and not plain(one)
    ),
    # The loop.
    "The first step leads nowhere.": lambda one: one.run.steps == 0 and one.run.stop is not Stop.STEP_LIMIT,
    "The slope is zero: the ball rests.": lambda one: abs(slopes(one)[0]) < 1e-6,
    "The ball stays where it is.": lambda one: one.run.steps == 0,
    "Tiny steps: the ball creeps.": creeps,
    "Step by step, down the slope.": lambda one: falls(one.run.losses),
    "Up and down, yet it ends lower.": lambda one: lower(one) and not falls(one.run.losses),
    "It moves, and gets no lower.": lambda one: not lower(one),
    "The slope flattens, so the steps shrink.": flattens,
    "One step, straight to the bottom.": lambda one: one.run.steps == 1 and on_it(one),
    "It leaps over the bottom, yet ends lower.": lambda one: over(one).any() and lower(one),
    "It leaps back and forth and never settles.": lambda one: over(one).any() and never_settles(one),
    "The steps are too large: it climbs.": too_large,
    # For those who cannot see it.
    "A ball on {curve} waits at {place}: its first step leads nowhere.": lambda one: one.run.steps == 0 and here(one),
    "A ball on {curve} rests at {place}, where the ground is flat.": lambda one: (
        one.run.steps == 0 and abs(slopes(one)[0]) < 1e-6
    ),
    "A ball on {curve} rests at {place}.": lambda one: one.run.steps == 0 and here(one),
    "A ball on {curve} stays close to {start} for {steps}. {loss}": lambda one: (
        counted(one) and loss_is(one) and here(one) and np.ptp(xs(one)) < 0.02 * max(1, abs(xs(one)[0]))
    ),
    "A ball on {curve} leaves {start} and is back after {steps}. {loss}": lambda one: (
        counted(one) and loss_is(one) and here(one) and abs(xs(one)[-1] - xs(one)[0]) < 0.01 * np.ptp(xs(one))
    ),
    "A ball on {curve} goes from {start} to {end} in {steps}. {loss}": lambda one: travels(one),
    "A ball on {curve} goes from {start} to {end} in {steps}. {how} {loss}": lambda one: (
        travels(one)
        and {
            "Its steps shrink as the slope flattens.": flattens,
            "Its steps are tiny.": creeps,
            "It jumps across the valley.": lambda one: over(one).any(),
            "It jumps to and fro across the valley.": lambda one: over(one).sum() > 1 or one.run.steps == 1,
        }[one.values["how"]](one)
    ),
}


def never_settles(one: Said) -> bool:
    """With ten times the steps the ball still moves as far as before."""
    run = one.run
    method = build_optimiser(run.optimiser, {}, run.objective)
    longer = simulate(run.objective, method, run.learning_rates[0], start=run.points[0], steps=10 * run.steps)
    return abs(np.diff(longer.points[-3:, 0])).max() > 0.5 * lengths(one).max()


def beyond(one: Said) -> bool:
    low, high = one.run.objective.domain[0]
    return abs(xs(one)[-1] - (low + high) / 2) > 10 * (high - low) or abs(one.run.losses[-1]) > 1e6


def here(one: Said) -> bool:
    return one.tells_place(xs(one)[0], 0)


def travels(one: Said) -> bool:
    return counted(one) and loss_is(one) and one.tells_place(xs(one)[0], 0) and one.tells_place(xs(one)[-1], 1)


def loss_is(one: Said) -> bool:
    """The alt text's sentence about the loss."""
    first, last = one.run.losses[[0, -1]].tolist()
    kind = one.values["loss"]
    if kind == "The loss is {value}, as at the start.":
        return first == last and one.tells("value", first)
    if kind == "The loss hardly changes.":
        return first != last and abs(first - last) < 0.01 * max(abs(first), 0.5)
    right = one.tells("first", first) and one.tells("last", last)
    return right and (last < first) == ("falls" in kind) and one.values["first"] != one.values["last"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_sentence_is_true_on_odd_functions(function):
    """Four rates, six methods: each sentence is known here, and the run bears it out."""
    asked = [
        {"function": function, "learning_rate": rate, "optimiser": method}
        for rate in (0.01, 0.3, 1.0, 3.0)
        for method in METHODS
    ]
    assert [fault for words in asked for fault in faults("parabola", words, CLAIMS)] == []


def test_every_sentence_is_true_at_forty_rates():
    """The lesson's own function from 0.0001 to 10."""
    asked = [{"learning_rate": rate} for rate in np.geomspace(1e-4, 10, 40).tolist()]
    assert [fault for words in asked for fault in faults("parabola", words, CLAIMS)] == []


@pytest.mark.parametrize("words", ODD, ids=str)
def test_every_sentence_is_true_from_odd_starts(words):
    """On the minimum, beside it, far away; no step, few, many; at the limit and beyond."""
    assert list(faults("parabola", words, CLAIMS)) == []


def test_a_false_sentence_is_found():
    """The checks are awake: the same sentence with another run, or another number, fails."""
    sentences = {one.template: one for one in said("parabola", {})}
    other = next(said("parabola", {"learning_rate": 1.2})).run
    never = sentences[NEVER]
    assert CLAIMS[NEVER](never)
    assert not CLAIMS[NEVER](never._replace(values={"share": "30"}))
    for template in (ARRIVED, LEFT, "The ball leaps, and the loss falls.", "The slope flattens, so the steps shrink."):
        assert CLAIMS[template](sentences[template])
        assert not CLAIMS[template](sentences[template]._replace(run=other)), template
    rate = "How far? The learning rate decides. Here it is {rate:rate}."
    assert not CLAIMS[rate](sentences[rate]._replace(values={"rate": "0.2"}))
    assert not CLAIMS["It doesn't have to: close enough is good enough."](never)


def text_of(**words) -> str:
    """All that a film, its loop and its alt text say."""
    lesson = LESSONS["parabola"]
    runs = runs_of(lesson, RenderSpec("parabola", **words))
    beats = [*lesson.script(runs), *lesson.loop(runs)]
    return " ".join([*(beat.plain for beat in beats), lesson.alt(runs).plain()]).replace("\u00a0", " ")


@pytest.mark.parametrize("function", ["-x**2", "exp(x)", "x**3", "x", "1/x", "log(x)"])
def test_where_there_is_no_bottom_none_is_spoken_of(function):
    """Nothing is told of a minimum, of a bottom, of arriving, where the function has none: not on a saddle either."""
    for method in METHODS:
        for rate in (0.01, 0.3, 3.0):
            said_words = text_of(function=function, optimiser=method, learning_rate=rate, steps=60)
            for word in ("minimum", "the bottom is", "arrive", "left to", "valley", "settle"):
                assert word not in said_words, (method, rate, word)


def test_newton_is_not_at_the_bottom_at_a_tenth_of_its_rate():
    """At 0.1 the step goes 10 % of the way; at 1 all of it; on a hilltop there is no bowl."""
    assert "goes 10 % of the way" in text_of(optimiser="newton", learning_rate=0.1)
    assert "straight to the bottom" in text_of(optimiser="newton")
    assert "bowl" not in text_of(optimiser="newton", function="-x**2", learning_rate=0.1)


def test_no_place_is_left_for_itself():
    """No run goes from 8 to 8, and no loss hardly changes where it does not change at all."""
    for words in ({"learning_rate": 1e-9}, {"learning_rate": 1.0}, {"function": "1e-6*x**2", "learning_rate": 0.001}):
        said_words = text_of(**words)
        assert not re.search(r"from (\S+ . \S+) to \1 ", said_words), said_words
        assert "25 to 25" not in said_words
    assert "as at the start" in text_of(learning_rate=1.0)
    assert "hardly changes" not in text_of(learning_rate=1.0)


def test_the_moral_fits_the_method():
    """Plain descent is called so; a method that is told how the curve bends does not feel the slope alone."""
    assert text_of().count("that's gradient descent") == 1
    for method in METHODS[1:]:
        assert "that's gradient descent" not in text_of(optimiser=method)
        assert ("It can only feel the slope" in text_of(optimiser=method)) == (method != "newton")


def test_captions_are_short():
    """A sentence takes two captions at most, a loop's line one line."""
    lesson = LESSONS["parabola"]
    for method in METHODS:
        for rate in (0.01, 0.3, 1.0, 3.0):
            runs = runs_of(lesson, RenderSpec("parabola", optimiser=method, learning_rate=rate))
            for beat in lesson.script(runs):
                assert len(caption_cards(beat.sentence)) <= 2, beat.plain
            for beat in lesson.loop(runs):
                assert [len(card) for card in caption_cards(beat.sentence)] == [1], beat.plain


def test_a_rate_chosen_for_the_users_curve_says_why():
    """For a function of the user's own the film tells which rate was chosen, and that no step of it overshoots."""
    for function in ("cosh(x)", "1e6*x**2", "exp(x) - x"):
        told_so = [one for one in said("parabola", {"function": function}) if "small enough" in one.template]
        assert len(told_so) == 1, function
    assert not [one for one in said("parabola", {}) if "small enough" in one.template]


def test_the_next_step_is_not_shown_before_the_guess():
    """While the viewer is asked whether the next step is longer, no arrow answers; with the answer, it is there."""
    film = Film("parabola")
    arrows = {
        words: [
            any(isinstance(mark, ArrowMark) for mark in film.stage.marks(frame))
            for one in film.beats
            if words in one.beat.plain
            for frame in range(one.start, one.end)
        ]
        for words in ("longer or shorter?", "Shorter:")
    }
    assert not any(arrows["longer or shorter?"])
    assert any(arrows["Shorter:"])
