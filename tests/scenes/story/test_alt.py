"""Alt texts: one or two sentences, true of the run, whatever it did."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdsim.behaviour import jumps
from scenes.catalogue import LESSONS
from scenes.film.companions import alt_text
from scenes.script.numbers import number
from scenes.spec import RenderSpec

RATES = [*np.geomspace(1e-4, 10, 40).tolist(), 0.5, 1.0, 1e308]
ASKED = [(name, {"learning_rate": rate}) for name in LESSONS for rate in RATES]
ASKED += [
    *((name, {}) for name in LESSONS),
    ("parabola", {"start": (3.0,)}),
    ("overshoot", {"start": (3.0,)}),
    ("bowl", {"start": (0.0, 0.0)}),
    ("parabola", {"steps": 1}),
    ("parabola", {"function": "sqrt(x)", "start": (0.1,), "learning_rate": 10.0}),
    ("parabola", {"function": "x"}),
    ("parabola", {"function": "sin(x) + sin(2*x) + sin(3*x) + sin(4*x) + sin(5*x)*x**2"}),
    ("bowl", {"function": "goldstein-price", "learning_rate": 1e-6}),
    ("bowl", {"optimiser": "adam"}),
    ("local-minima", {"function": "cos(x)"}),
    ("local-minima", {"function": "x"}),
]


def told(name: str, words) -> tuple:
    """The runs and what is said of them."""
    spec = RenderSpec(name, **words)
    runs = LESSONS[name].run(spec)
    return runs, alt_text(spec, runs)


@pytest.mark.parametrize(("name", "words"), ASKED, ids=str)
def test_one_or_two_short_sentences(name, words):
    """A screen reader reads it in a breath or two: at most 250 characters, one line, ending in a full stop."""
    _, text = told(name, words)

    assert 20 < len(text) <= 250
    assert text[0].isupper()
    assert text.endswith(".")
    assert 1 <= len(re.findall(r"[a-z\d)]\.(?: |$)", text)) <= 2
    assert not re.search(r"[\n\u00a0\[\]]|  ", text)


@pytest.mark.parametrize(("name", "words"), ASKED, ids=str)
def test_what_is_said_is_what_happened(name, words):
    """Places, counts, losses and what the ball did are read off the run."""
    runs, text = told(name, words)
    run = runs[0]

    if len(runs) == 1 and run.steps:
        assert f" in {run.steps} step{'' if run.steps == 1 else 's'}." in text
        first, last = (number(value).replace("\u00a0", " ") for value in run.losses[[0, -1]])
        assert f"falls from {first} to {last}" in text or f"grows from {first} to {last}" in text or first == last
        assert ("falls" in text) <= (run.losses[-1] < run.losses[0])
        assert ("grows" in text or "too large" in text) <= (
            run.losses[-1] > run.losses[0] or run.stop.name == "DIVERGED"
        )
        if "steps shrink" in text:
            assert (np.diff(np.linalg.norm(np.diff(run.points, axis=0), axis=1)) < 0).all()
        if "across the valley" in text:
            assert jumps(run).any()
    if name == "local-minima":  # its second sentence is one of the film's
        assert any(text.endswith(beat.plain.replace("\u00a0", " ")) for beat in LESSONS[name].script(runs))
    elif not any(one.steps for one in runs):
        assert "flat" in text or "leads nowhere" in text


def test_each_rate_is_told_with_what_it_does():
    """The four rates of the lesson each have their own fate."""
    _, text = told("overshoot", {})

    assert re.findall(r"at ([\d.]+) it (\w+)", text) == [
        ("0.01", "creeps"),
        ("0.1", "walks"),
        ("0.9", "jumps"),
        ("1.05", "climbs"),
    ]


def test_a_long_formula_is_left_out():
    """Nobody wants to hear it; the sentence says `a surface` instead."""
    _, text = told("bowl", {"function": "goldstein-price", "learning_rate": 1e-6})

    assert "A ball on a surface goes" in text
