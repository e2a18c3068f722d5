"""Every sentence about a learning rate is true of the run it is about, whatever the rate, the start, the steps."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdsim import SURFACES, Stop
from gdsim.behaviour import Behaviour, behaviour, jumps
from scenes.script.captions import caption_cards
from scenes.script.numbers import count, number
from scenes.script.timing import timed, total_frames
from scenes.spec import RenderSpec
from scenes.story import overshoot
from scenes.story.rates import distances, lowest, rate_words, same_curve, threshold

OBJECTIVE = SURFACES["shifted-parabola"]
RATES = [*np.geomspace(1e-4, 10, 40).tolist(), 0.5, 1.0, 0.999999, 1.0000001, 1.05, 1e6, 1e308]
ODD = [
    {"start": (-40.0,)},
    {"start": (3.0,)},
    {"start": (3.0000001,)},
    {"start": (3.000001,)},
    {"start": (1e6,)},
    {"steps": 1},
    {"steps": 2},
    {"steps": 400},
    {"start": (2.9,), "steps": 3},
]
ASKED = [*({"learning_rate": rate} for rate in RATES), {}, *ODD, *({"learning_rate": 0.9} | odd for odd in ODD)]
ASKED += [{"learning_rate": rate, "steps": 400} for rate in (0.01, 0.5, 1.0, 1.0001, 1.05)]
# What a sentence says of every step of its run.
CLAIMS = {
    "creeps": lambda run: not jumps(run).any() and distances(run)[-1] > distances(run)[0] / 2,
    "shorter and shorter": lambda run: (np.diff(np.abs(np.diff(run.points[:, 0]))) < 0).all(),
    "walks down": lambda run: (np.diff(run.losses) < 0).all() and not jumps(run).any(),
    "jumps over the minimum, but lands lower": lambda run: jumps(run).all() and (np.diff(run.losses) < 0).all(),
    "lands just as high": lambda run: jumps(run).all() and np.allclose(run.losses, run.losses[0], rtol=1e-8),
    "lands higher": lambda run: jumps(run).all() and (np.diff(run.losses) > 0).all(),
    "never settles": lambda run: distances(run)[-1] == pytest.approx(distances(run)[0]),
    "each jump is longer": lambda run: (np.diff(np.abs(np.diff(run.points[:, 0]))) > 0).all(),
    "far off the map": lambda run: run.stop is Stop.DIVERGED,
    "it rests": lambda run: run.stop is Stop.FLAT,
    "right on the minimum": lambda run: distances(run)[1] < 1e-6,
    "on the other side": lambda run: jumps(run)[0],
    "The first step is too long": lambda run: run.steps == 0 and run.stop is Stop.DIVERGED,
    "as good as flat": lambda run: run.stop is Stop.FLAT and run.steps == 0,
    "below it: every step comes closer": lambda run: (np.diff(distances(run)) < 0).all(),
    "exactly on it: no step comes closer": lambda run: (distances(run) == distances(run)[0]).all(),
    "above it: that is why the ball climbs out": lambda run: (np.diff(distances(run)) > 0).all(),
    "would not jump at all": lambda run: jumps(run).all(),
    "one rate needs one step": lambda run: run.steps == 1 and run.stop is Stop.FLAT,
}


def told(**words):
    """The runs and the beats of the film, each with its plain sentence."""
    runs = overshoot.run(RenderSpec("overshoot", **words))
    return runs, [(beat, beat.plain.replace("\u00a0", " ")) for beat in overshoot.script(runs)]


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_said_of_a_run_is_what_it_did(words):
    """Each claim a sentence makes about walking, jumping, landing and leaving holds for the steps of its run."""
    runs, beats = told(**words)

    for beat, sentence in beats:
        for claim, holds in CLAIMS.items():
            if claim in sentence:
                assert holds(runs[beat.subject]), sentence


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_the_numbers_in_the_sentences_are_the_runs(words):
    """Counts of steps, distances from the minimum and losses are those of the run the beat is about."""
    runs, beats = told(**words)

    for beat, sentence in beats:
        run = runs[beat.subject]
        for said in re.findall(r"[Aa]fter (\d+ steps?)", sentence):
            assert said == count(run.steps, "step").replace("\u00a0", " ")
        for said in re.findall(r"it (?:is|rests|is still) (\S+(?: × 10\S+)?) from the minimum", sentence):
            assert said == number(distances(run)[-1], 3).replace("\u00a0", " ")
        for said in re.findall(r"up from (\S+?)\.$", sentence):
            assert said == number(run.losses[0])


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_step_is_shown_once(words):
    """The beats about a run show its steps from first to last, none twice."""
    runs, beats = told(**words)

    for index, run in enumerate(runs):
        shown = [step for beat, _ in beats if beat.subject == index for step in beat.steps]
        assert shown == list(range(run.steps))


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_sentences_fit_and_the_film_has_a_films_length(words):
    """Captions have two lines at most; the full film lasts 30 to 90 s, the loop 6 to 12 s with one short line."""
    runs = overshoot.run(RenderSpec("overshoot", **words))
    full, loop = overshoot.script(runs), overshoot.loop(runs)

    for beat in (*full, *loop):
        assert len(caption_cards(beat.sentence)) == 1
    assert 30 <= total_frames(timed(full, 60, "full")) / 60 <= 90
    assert 6 <= total_frames(timed(loop, 60, "loop")) / 60 <= 12
    assert len({beat.sentence for beat in loop}) == 1
    assert len(loop.beats[0].plain) <= 42


def test_the_limit_is_two_over_the_curvature():
    """The threshold, in number and in words, comes from the objective's curvature at its minimum."""
    limit = 2 / OBJECTIVE.curvature(OBJECTIVE.minima[0].point)
    _, beats = told()

    assert threshold(OBJECTIVE) == limit == 1.0
    assert any(f"Beyond 2 / curvature = {number(limit)} " in sentence for _, sentence in beats)
    assert any(f"1 / curvature = {number(limit / 2)}" in sentence for _, sentence in beats)


@pytest.mark.parametrize("rate", [0.01, 0.3, 0.5, 0.7, 0.99, 1.0, 1.2])
def test_each_step_multiplies_the_distance_by_the_factor_said(rate):
    """1 − rate × curvature, as the film says it, is what every step of the run does."""
    (run,), beats = told(learning_rate=rate)
    offsets = run.points[:, 0] - lowest(run.objective).point[0]
    factor = 1 - rate * OBJECTIVE.curvature(OBJECTIVE.minima[0].point)
    sentence = next(sentence for _, sentence in beats if "Here the curvature is" in sentence)

    np.testing.assert_allclose(offsets[1:], factor * offsets[:-1], rtol=1e-9, atol=1e-14)
    assert "curvature is 2: " in sentence
    assert f"1 − {rate_words(rate)} × 2" in sentence
    assert f"{number(factor)}, so " in sentence


def test_the_four_rates_end_at_the_printed_places():
    """After 20 steps: 6.3380, 3.0576, 3.0576, and far away; one creeps, walks, jumps, climbs out."""
    runs, _ = told()

    assert [f"{run.points[-1, 0]:.4f}" for run in runs[:3]] == ["6.3380", "3.0576", "3.0576"]
    assert [behaviour(run) for run in runs] == [
        Behaviour.CREEPS,
        Behaviour.DESCENDS,
        Behaviour.OSCILLATES,
        Behaviour.DIVERGES,
    ]


def test_walking_and_jumping_come_equally_near():
    """0.1 and 0.9 have the same loss at every step; the film says so, and only because they have."""
    runs, beats = told()
    spoken = " ".join(sentence for _, sentence in beats)

    assert same_curve(runs[1], runs[2])
    assert "jumping comes just as near as walking" in spoken
    assert "the loss of 0.1 and 0.9 draws the same curve" in spoken


@pytest.mark.parametrize("words", [{"function": "x**2"}, {"optimiser": "adam"}, {"schedule": "cosine"}])
def test_what_the_words_do_not_hold_for_is_refused(words):
    """The threshold is that of plain descent on this curve: another function, method or schedule gets one line."""
    with pytest.raises(ValueError, match="takes no --"):
        told(**words)
