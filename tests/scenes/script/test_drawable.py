"""What no film can show is refused, in one line, before anything is drawn; all else is planned without a warning."""

from __future__ import annotations

import random
import re
import warnings

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.film.render import told
from scenes.phrases.formulas import rule_text
from scenes.runs import runs_of as made
from scenes.script.data_range import loss_range, map_domain
from scenes.script.window import first_window
from scenes.spec import RenderSpec
from scenes.stage.parts.aside import chart_top
from scenes.stage.ticks import ticks


def runs_of(spec: RenderSpec):
    """The runs of a spec's lesson."""
    return made(LESSONS[spec.scene], spec)


HUGE = ["1e308*x", "3e184*x**2", "(x - 1e115)**2 + 1e230"]
HUGE_2D = ["1e308*x + y", "1e200*(x**2 + y**2)"]
TINY_2D = ["5e-324*(x**2 + y**2)"]
ONE = ["{a}*x", "{a}*x**2", "x**4 - {a}*x**2 + x", "{a}/x", "exp({a}*x)", "exp(exp(x))", "log({a}*x)", "abs(x - {a})"]
ONE += ["atan({a}*x)", "x*sin({a}/x)", "{a}*x**41", "x**x", "tan(x)", "exp(-1/x**2)", "sqrt(x) + {a}*x"]
TWO = ["{a}*x + y", "x**2 + {a}*y**2", "{a}/(x*y)", "log(x*y)", "exp({a}*x) + y**2", "x**y", "abs(x) + {a}*abs(y)"]
TWO += ["(1 - x)**2 + {a}*(y - x**2)**2", "atan({a}*x) + y**2", "1/(x**2 + y**2)", "exp(exp(x)) + y", "rosenbrock"]
METHODS = ["momentum", "adam", "rmsprop", "rprop", "adagrad", "newton", "bfgs", "lbfgs", None, None]


@pytest.mark.parametrize(
    ("scene", "function"),
    [("parabola", one) for one in HUGE] + [("bowl", one) for one in (*HUGE_2D, *TINY_2D)] + [("local-minima", HUGE[0])],
)
def test_what_no_film_can_show_is_refused_in_one_line(scene, function):
    """The line says the rule, what was found, and a function that works."""
    with pytest.raises(ValueError, match="a film shows ranges from 1e-150 to 1e") as refusal:
        runs_of(RenderSpec(scene, function=function))

    line = str(refusal.value)
    assert "\n" not in line
    works = re.search(r"; (.+) works$", line).group(1)
    assert runs_of(RenderSpec(scene, function=works))


def test_a_start_out_of_all_measure_is_refused():
    """A film of overshoot from 1e200 would need losses of 1e400."""
    with pytest.raises(ValueError, match=r"works|elsewhere"):
        runs_of(RenderSpec("overshoot", start=(1e200,)))


@pytest.mark.parametrize("words", [{"learning_rate": 1e308}, {"learning_rate": 1e-300}, {"start": (1e60,)}], ids=str)
def test_a_run_may_end_anywhere(words):
    """Only what the picture holds must be drawable: rates and landings may be any numbers."""
    assert runs_of(RenderSpec("parabola", **words))


def test_a_story_is_told_once():
    """Specs that differ in the picture alone share their runs."""
    first, again = (
        runs_of(RenderSpec("parabola", steps=7, width=width, cut=cut)) for width, cut in ((640, "full"), (320, "loop"))
    )

    assert first is again
    assert runs_of(RenderSpec("parabola", steps=8)) is not first


def case(source: random.Random) -> RenderSpec:
    """A lesson and, of what it takes, a function, a start, a rate, a method, a number of steps: 1e-300 to 1e300."""

    def number() -> float:
        return source.uniform(1, 9) * 10.0 ** source.choice([0, 0, 0, source.randint(-300, 299)])

    scene = source.choice(list(LESSONS))
    dims = 2 if scene == "bowl" else 1
    start = tuple(source.choice([1, -1]) * number() for _ in range(dims))
    words = {
        "--start": {"start": source.choice([None, start])},
        "--lr": {"learning_rate": source.choice([None, number()])},
        "--steps": {"steps": source.choice([None, 1, 3, 40])},
        "--function": {"function": source.choice(TWO if dims == 2 else ONE).format(a=f"{number():.3g}")},
        "--optimiser": {"optimiser": source.choice(METHODS)},
    }
    taken = {name: value for option in LESSONS[scene].takes for name, value in words.get(option, {}).items()}
    return RenderSpec(scene, cut=source.choice(["full", "loop"]), **taken)


@pytest.mark.parametrize("seed", range(4))
def test_any_film_is_planned_without_a_warning_or_refused(seed):
    """At any scale a story is told, and each of its ranges has ticks, or one line says why not."""
    source, told_ones, refused = random.Random(seed), 0, []
    for _ in range(40):
        spec = case(source)
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            try:
                story = told(spec)
            except ValueError as problem:
                refused.append(str(problem))
                continue
            told_ones += 1
            LESSONS[spec.scene].alt(story.runs)
            rule_text(story.runs[0])
            objective, first, ranges = story.runs[0].objective, story.runs[0], []
            if objective.dims == 1:
                left, right, bottom, top = first_window(story.runs)
                ranges = [(left, right), (bottom, top)]
            elif objective.dims == 2:
                domain = map_domain(objective, first.points[0])
                ranges = [*domain, loss_range(objective, domain, float(first.losses[0]))[0]]
            low = float(first.losses[np.isfinite(first.losses)].min())
            assert chart_top(first) > low or not first.steps, spec
            assert all(ticks(*one) for one in ranges), spec
    assert told_ones > 5
    assert [line for line in refused if not re.search("works|elsewhere|; it takes ", line)] == []
