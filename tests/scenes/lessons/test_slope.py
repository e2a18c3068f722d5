"""Every sentence of the slope's film is true of its curve and its place; the quotients are worked out here anew."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.script.window import first_window
from scenes.spec import RenderSpec
from scenes.stage.marks import Text
from scenes.stage.write import SMALLEST

from .sentences import Said, faults
from .test_parabola import FUNCTIONS
from .truth import Film, clashes, read

STARTS = (None, (0.0,), (1.0,), (-2.0,), (7.0,), (-0.0005,), (1e3,))
MORE = ("sin(1000*x)", "abs(x) + x**2", "x**2 + 1e-6*sin(1e6*x)", "cos(x)", "tanh(50*x)", "1e-9*x")


def value(one: Said, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.asarray(one.run.objective.value(np.array([x]))))


def place(one: Said) -> float:
    return float(one.run.points[0, 0])


def slope(one: Said) -> float:
    """The curve's own slope at the ball, by the function's derivative."""
    return float(np.asarray(one.run.objective.gradient(one.run.points[0]))[0])


def quotient(one: Said, h: float) -> float:
    return (value(one, place(one) + h) - value(one, place(one))) / h


def first_h(one: Said) -> float:
    """The first distance to the second point: the largest power of ten below two fifths of the picture."""
    low, high, *_ = first_window((one.run,))
    return 10.0 ** np.floor(np.log10(0.4 * (high - low)))


def quotients(one: Said) -> np.ndarray:
    return np.array([quotient(one, first_h(one) / 10**row) for row in range(4)])


def changes(one: Said) -> np.ndarray:
    return abs(np.diff(quotients(one)))


def size(one: Said) -> float:
    return max(abs(slope(one)), abs(quotients(one)).max())


CLAIMS = {
    "How steep is a curve at one single point?": lambda one: True,  # a question
    "With two points it would be easy. So take a second one, {h} to the right.": lambda one: (
        one.tells("h", first_h(one)) and np.isfinite(value(one, place(one) + first_h(one)))
    ),
    "The line through both has a slope: its rise over its run.": lambda one: np.isfinite(quotients(one)[0]),
    "But that is the slope between them. What if the second point comes closer?": lambda one: True,  # a question
    "Ten times closer: the line tilts, and its slope changes.": lambda one: changes(one)[0] > 1e-6 * size(one),
    "Ten times closer again: it changes less.": lambda one: changes(one)[1] < changes(one)[0] / 2,
    "And again: now it hardly changes at all.": lambda one: changes(one)[2] < 0.05 * changes(one)[0],
    "Ten times closer: the two points are {h} apart.": lambda one: any(
        one.tells("h", first_h(one) / 10**row) for row in (1, 2, 3)
    ),
    "The numbers settle at {slope:slope}: that is the slope of the curve at this very point.": lambda one: (
        one.tells("slope", slope(one)) and abs(quotients(one)[-1] - slope(one)) <= 0.02 * size(one)
    ),
    "Closer still, they go to {slope:slope}: that is the slope of the curve at this very point.": lambda one: (
        one.tells("slope", slope(one)) and abs(quotients(one)[-1] - slope(one)) > 0.005 * size(one)
    ),
    "For x² you can see why: rise over run is 2x + h, and as h goes to zero, only 2x remains.": lambda one: all(
        np.isclose(quotient(one, h), 2 * place(one) + h, rtol=1e-6, atol=1e-6) for h in (1.0, 0.1, 0.01)
    ),
    "Up close, every smooth curve looks like a line. Its slope is the derivative. So which way is down?": (
        lambda one: True  # a law, and a question
    ),
    "As the points meet, we get the slope.": lambda one: True,  # what is shown
    "A line through two points of {curve} turns as they come together, until its slope is the curve's: {slope}.": (
        lambda one: one.tells("slope", slope(one)) and abs(quotients(one)[0] - slope(one)) > 1e-6 * size(one)
    ),
    "A line through two points of {curve} keeps its slope as they come together: {slope}.": lambda one: (
        one.tells("slope", slope(one)) and np.allclose(quotients(one), slope(one), rtol=1e-5, atol=1e-12)
    ),
}


@pytest.mark.parametrize("function", [None, *FUNCTIONS, *MORE])
def test_every_sentence_is_true(function):
    """On curves of all kinds, at seven places: each sentence is known here, and the curve bears it out."""
    found, refused = [], []
    for start in STARTS:
        words = {"function": function, "start": start}
        try:
            runs_of(LESSONS["slope"], RenderSpec("slope", **words))
        except ValueError:
            refused.append(start)
            continue
        found += faults("slope", words, CLAIMS)
    assert found == []
    assert len(refused) <= 3  # a place without a value or a slope


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("function", [None, "1e6*x**2"])
def test_the_table_can_be_read(aspect, function):
    """Its type is large enough in every shape, in its own room, and none of it meets another number."""
    film = Film("slope", aspect, function=function, start=None if function is None else (4.3,))
    texts = []
    for frame in range(film.frames):
        texts += [mark for name, mark, _ in film.stage.boxes(frame) if name == "table" and isinstance(mark, Text)]
        assert list(clashes(film, frame)) == []
    assert min(mark.size for mark in texts) >= SMALLEST
    assert all(film.composition.stage.holds(mark.box) for mark in texts)


def test_captions_are_short():
    """A sentence takes two captions at most."""
    for start in STARTS:
        for beat in LESSONS["slope"].script(LESSONS["slope"].run(RenderSpec("slope", start=start))):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain


def test_rise_over_run_is_the_slope_of_the_table():
    """Each rise, as it is written next to its line, over its run is the slope that the table has for it."""
    film, checked = Film("slope"), 0
    for frame in range(film.frames):
        numbers = {(mark.shows.quantity, mark.shows.step): mark.text for mark in film.stage.words(frame) if mark.shows}
        for (quantity, step), text in numbers.items():
            if quantity == "rise" and ("quotient", step) in numbers:
                assert read(text)[0] * 10.0**step == pytest.approx(read(numbers["quotient", step])[0], rel=1e-4)
                checked += 1
    assert checked
