"""Every sentence of every lesson makes a claim that is known here, and the run bears it out.

A sentence that no line of CLAIMS takes fails the test: whoever writes a new one writes down how it is checked.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.spec import RenderSpec
from tests.scenes.story.claims.descent import DESCENT
from tests.scenes.story.claims.reading import Told
from tests.scenes.story.claims.valleys import VALLEYS

RATES = np.geomspace(1e-4, 10, 40).tolist()
# Lessons with a room of their own bring their checks along, in tests/scenes/lessons.
HERE = [name for name, lesson in LESSONS.items() if lesson.parts is None]
SWEEP = [(name, {"learning_rate": rate}) for name in HERE for rate in RATES]
ONE = ["x", "-x**2", "sqrt(x)", "exp(-x)", "abs(x)", "x**3", "sin(3*x) + 0.1*x**2", "log(x)**2", "cos(x)"]
TWO = ["x + y", "x**2 - y**2", "x**2 + 4*y**2", "himmelblau", "rosenbrock", "exp(-x) + y**2", "sqrt(x**2 + y**2)"]
METHODS = ["momentum", "nesterov", "adam", "rmsprop", "adagrad", "rprop", "newton", "bfgs", "adadelta"]
MORE = [
    *(("parabola", {"function": text, "learning_rate": rate}) for text in ONE for rate in (0.01, 0.5, 100.0)),
    *(("local-minima", {"function": text, "learning_rate": rate}) for text in ONE for rate in (0.01, 0.5)),
    *(("bowl", {"function": text, "learning_rate": rate}) for text in TWO for rate in (0.001, 0.2, 50.0)),
    *((name, {"optimiser": method}) for name in ("parabola", "bowl") for method in METHODS),
    *((name, {"optimiser": "momentum", "learning_rate": rate}) for name in ("parabola", "bowl") for rate in (0.3, 3.0)),
    *(
        ("parabola", {"start": (start,), "learning_rate": rate})
        for start in (-7.0, 2.9, 3.0, 3.5)
        for rate in (0.2, 0.8)
    ),
    *(("bowl", {"start": start, "learning_rate": rate}) for start in ((0.0, 2.0), (-4.0, -1.0)) for rate in (0.2, 0.8)),
    *(("parabola", {"schedule": "cosine", "learning_rate": rate}) for rate in (0.1, 0.9)),
    *((name, {"learning_rate": 1e308}) for name in HERE),
    *((name, {}) for name in HERE),
    *((name, {"steps": steps}) for name in HERE for steps in (1, 2, 3, 300)),
]
CLAIMS = {**DESCENT, **VALLEYS}


@pytest.mark.parametrize(("name", "asked"), SWEEP + MORE, ids=str)
def test_every_sentence_is_borne_out_by_its_run(name, asked):
    """At forty rates, from several starts, on many functions and by many methods: nothing is said that is not so."""
    lesson = LESSONS[name]
    runs = lesson.run(RenderSpec(name, **asked))

    for beat in lesson.script(runs):
        sentence = beat.plain.replace("\u00a0", " ")
        it = Told(runs[beat.subject], runs)
        taken = [(check, found) for form, check in CLAIMS.items() if (found := re.fullmatch(form, sentence))]
        assert taken, f"nobody checks: {sentence}"
        for check, found in taken:
            holds = it.run.stop.value == sentence if check is None else check(it, *found.groups())
            assert holds, sentence


def test_a_false_sentence_is_found():
    """The checks are awake: another number in a true sentence fails its line."""
    (run,) = LESSONS["parabola"].run(RenderSpec("parabola"))
    it = Told(run, (run,))

    for sentence, right in (
        ("A ball starts at x = 8. Its height is the loss: 25.", True),
        ("A ball starts at x = 8. Its height is the loss: 24.", False),
        ("After 20 steps the ball is at x ≈ 3.058, 0.0576 from the minimum.", True),
        ("After 20 steps the ball is at x ≈ 3.058, 0.0476 from the minimum.", False),
        ("Each step jumps over the minimum, yet each is shorter.", False),
    ):
        (taken,) = [(check, found) for form, check in CLAIMS.items() if (found := re.fullmatch(form, sentence))][:1]
        assert bool(taken[0](it, *taken[1].groups())) == right
