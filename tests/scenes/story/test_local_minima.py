"""Every sentence about the valleys is true of the runs it is about, at any rate, start, method and function."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from scenes.script.captions import caption_lines
from scenes.script.numbers import number
from scenes.script.timing import timed, total_frames
from scenes.spec import RenderSpec
from scenes.story import local_minima
from scenes.story.outcomes import Arrivals, End, best_of, deepest, end_of, tally_of, valley_of, valleys

RATES = np.geomspace(1e-4, 10, 40).tolist()
OTHERS = [
    {},
    {"start": (-2.0,)},
    {"start": (0.17,)},
    {"start": (50.0,)},
    {"start": (50.0,), "learning_rate": 1e-6},
    {"learning_rate": 1e308},
    {"steps": 1},
    {"steps": 400},
    {"learning_rate": 1e6},
    {"optimiser": "momentum"},
    {"optimiser": "adam", "learning_rate": 0.1},
    {"function": "sin(3*x) + 0.1*x**2", "learning_rate": 0.05},
    {"function": "x**2", "learning_rate": 0.2},
    {"function": "double-well"},
    {"function": "bumpy"},
]
ASKED = [{"learning_rate": rate} for rate in RATES] + OTHERS


def told(**words):
    """The runs and the film's sentences."""
    runs = local_minima.run(RenderSpec("local-minima", **words))
    return runs, [beat.plain.replace("\u00a0", " ") for beat in local_minima.script(runs)]


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_said_is_what_happened(words):
    """Stuck, deepest, still moving, off the map, the counts: each is checked against the numbers of its run."""
    runs, sentences = told(**words)
    lows = [low.value for low in valleys(runs[0].objective)]

    for one in runs[:2]:
        fate = next(text for text in sentences if text.startswith(f"The ball from {number(one.points[0, 0])} "))
        valley = valley_of(one)
        assert ("stuck" in fate) == (valley is not None and lows[valley] > min(lows))
        assert ("deepest" in fate) == (valley is not None and lows[valley] == min(lows))
        if "zero" in fate or "deepest" in fate:
            assert abs(one.gradients[-1, 0]) < 1e-2 * max(1.0, np.abs(one.gradients).max())
        if "left the map" in fate:
            low, high = one.objective.domain[0]
            assert not low <= one.points[-1, 0] <= high or one.stop.name == "DIVERGED"
    found = re.search(r"(\d+) of 24 balls", " ".join(sentences))
    assert (
        int(found.group(1))
        == tally_of(runs).deepest
        == sum(valley_of(one) is not None and valley_of(one) == deepest(one.objective) for one in runs[2:])
    )


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_counted_adds_up(words):
    """Deepest, others, on the way, jumping and off the map are told with their numbers, and make all 24."""
    runs, sentences = told(**words)
    spoken = " ".join(text for text in sentences if not text.startswith("The ball from"))
    many = runs[2:]
    ends = [end_of(one) for one in many]

    patterns = {
        End.ROLLS: r"(\d+) (?:is|are) still on (?:its|their) way",
        End.JUMPS: r"(\d+) still jumps?\b",
        End.LEFT: r"(\d+) (?:has|have) left the map",
    }
    for end, pattern in patterns.items():
        said = re.search(pattern, spoken)
        assert (int(said.group(1)) if said else 0) == ends.count(end)
    others = re.search(r"valley, (\d+) in", spoken)
    assert (int(others.group(1)) if others else 0) == tally_of(runs).other
    assert sum(tally_of(runs)[:2]) + sum(ends.count(end) for end in patterns) == len(many)


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_kept_is_the_lowest(words):
    """The loss that the film keeps is the lowest that any of the 24 ends at; without one it says why."""
    runs, sentences = told(**words)
    spoken, best = " ".join(sentences), best_of(runs[2:])

    said = re.search(r"ends at a loss of (.+?)\. That one you keep", spoken)
    assert (said is None) == (best is None) == ("all of them leave the map" in spoken)
    if said and best:
        assert said.group(1).replace(" ", "\u00a0") == number(best.losses[-1])
        assert best.losses[-1] == min(one.losses[-1] for one in runs[2:] if end_of(one) is not End.LEFT)
    if "every start finds it" in spoken:
        assert tally_of(runs).deepest == len(runs) - 2


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_the_live_count_ends_at_the_count_that_is_said(words):
    """The tally by the last step is the tally of the runs, and no number in it ever falls on the way."""
    runs, _ = told(**words)
    last = max(one.steps for one in runs[2:])
    counts = [Arrivals(runs[2:]).by(step)[:2] for step in range(0, last + 1, max(1, last // 8))]

    assert Arrivals(runs[2:]).by(last) == tally_of(runs)
    assert all(before <= after for early, late in pairwise(counts) for before, after in zip(early, late))


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_sentences_fit_and_films_have_a_films_length(words):
    """Two caption lines hold every sentence, one the loop's; the film lasts 30 to 90 s, the loop 6 to 12."""
    runs = local_minima.run(RenderSpec("local-minima", **words))

    assert all(len(caption_lines(beat.sentence)) <= 2 for beat in local_minima.script(runs))
    assert {len(caption_lines(beat.sentence)) for beat in local_minima.loop(runs)} == {1}
    assert 30 <= total_frames(timed(local_minima.script(runs), 30, "full")) / 30 <= 90
    assert 6 <= total_frames(timed(local_minima.loop(runs), 30, "loop")) / 30 <= 12


def test_by_default_one_ball_is_stuck_and_the_other_is_not():
    """From 2 the ball ends in the shallow valley, from −2 in the deep one; both slopes are as good as zero."""
    (first, second, *many), sentences = told()

    assert (valley_of(first), valley_of(second)) == (1, 0)
    assert abs(first.gradients[-1, 0]) < 1e-6
    assert len({valley_of(one) for one in many}) == 2
    assert any("it is stuck" in text for text in sentences)


def test_the_minima_are_computed():
    """The valleys' floors are where the slope x³·4 − 6x + 1 vanishes, to the last digits."""
    runs, _ = told()

    for low in valleys(runs[0].objective):
        x = low.point[0]
        assert abs(4 * x**3 - 6 * x + 1) < 1e-13
    assert len(valleys(runs[0].objective)) == 2


def test_a_typed_function_gets_two_starts_in_two_valleys():
    """Where the function has several valleys the two balls end in different ones."""
    runs, _ = told(function="sin(3*x) + 0.1*x**2", learning_rate=0.05)

    assert valley_of(runs[0]) != valley_of(runs[1])
