"""Every sentence of the parabola is true of the run it is about, at any rate, start, method and function."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdsim.behaviour import Behaviour, behaviour, jumps
from scenes.script.captions import caption_cards
from scenes.script.numbers import count, number
from scenes.script.timing import timed, total_frames
from scenes.spec import RenderSpec
from scenes.story import parabola

RATES = np.geomspace(1e-4, 10, 40).tolist()
OTHERS = [
    {"start": (-2.0,)},
    {"start": (3.0,)},
    {"start": (3.0000001,)},
    {"start": (2.5,), "steps": 1},
    {"steps": 2},
    {"steps": 3},
    {"steps": 400, "learning_rate": 1.05},
    {"learning_rate": 1e6},
    {"learning_rate": 1.0},
    {"learning_rate": 0.5},
    {"optimiser": "momentum", "learning_rate": 0.05},
    {"optimiser": "adam"},
    {"optimiser": "newton"},
    {"schedule": "cosine", "learning_rate": 0.3},
    {"settings": (("weight_decay", "0.1"),)},
    {"function": "sin(3*x) + 0.1*x**2", "learning_rate": 0.05},
    {"function": "theta**4 - 3*theta**2 + theta", "learning_rate": 0.02},
    {"function": "x**3", "start": (1.0,)},
]
ASKED = [{"learning_rate": rate} for rate in RATES] + OTHERS


def told(**words):
    """The run and the plain sentences of its film."""
    runs = parabola.run(RenderSpec("parabola", **words))
    return runs[0], [beat.plain.replace("\u00a0", " ") for beat in parabola.script(runs)]


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_said_is_what_happened(words):
    """Each claim that a sentence makes is checked against the numbers of the run."""
    run, sentences = told(**words)
    text = " ".join(sentences)

    lengths = np.abs(np.diff(run.points[:, 0]))
    if "the steps shrink" in text or "yet each is shorter" in text:
        assert np.all(np.diff(lengths) < 0)
    if "Each step jumps over the minimum" in text:
        assert jumps(run).all()
    if found := re.search(r"(\d+) steps? jumps? over a valley", text):
        assert int(found.group(1)) == jumps(run).sum()
    if "lands higher" in text:
        assert np.all(np.diff(run.losses) > 0)
    if "ends lower" in text or "gets lower" in text:
        assert run.losses[-1] < run.losses[0]
    if "too large" in text:
        assert run.losses[-1] > run.losses[0]
    if "off the map" in text:
        low, high = run.objective.domain[0]
        assert not low <= run.points[-1, 0] <= high
    if "never settles" in text:
        assert run.losses[-1] == pytest.approx(run.losses[0])
    if "was enough" in text:
        assert abs(run.gradients[-1, 0]) <= 0.05 * abs(run.gradients[0, 0])
    if "creeps" in text:
        assert behaviour(run) is Behaviour.CREEPS
    for claim, holds in (
        ("a shorter step", lambda: lengths[1] < lengths[0]),
        ("a longer step", lambda: lengths[1] > lengths[0]),
        ("we go left", lambda: run.gradients[0, 0] > 0),
        ("we go right", lambda: run.gradients[0, 0] < 0),
    ):
        if claim in text:
            assert holds(), claim
    if run.steps:
        assert f"After {count(run.steps, 'step')}".replace("\u00a0", " ") in text
        verb = "falls" if run.losses[1] < run.losses[0] else "grows"
        assert f"{verb} from {number(run.losses[0])} to".replace("\u00a0", " ") in text.replace("\u00a0", " ") or (
            "hardly changes" in text
        )


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_sentence_fits_its_caption(words):
    """Two lines of 42 characters hold every sentence of the film, one line every sentence of the loop."""
    runs = parabola.run(RenderSpec("parabola", **words))

    for beat in parabola.script(runs):
        assert len(caption_cards(beat.sentence)) == 1
    assert all(len(card) == 1 for beat in parabola.loop(runs) for card in caption_cards(beat.sentence))


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_a_film_is_neither_short_nor_long(words):
    """A film that moves lasts 25 to 90 seconds, a loop 6 to 12."""
    runs = parabola.run(RenderSpec("parabola", **words))

    film = total_frames(timed(parabola.script(runs), 30, "full")) / 30
    loop = total_frames(timed(parabola.loop(runs), 30, "loop")) / 30
    assert 25 <= film <= 90 or runs[0].steps == 0
    assert 6 <= loop <= 12


def test_the_default_film_tells_the_articles_numbers():
    """From 8 at 0.1: loss 25, slope 10, step 1, then 7 with loss 16, and 3.058 after 20 steps."""
    _, sentences = told()

    text = " ".join(sentences)
    for words in ("x = 8", "loss: 25", "here is 10", "0.1 × 10 = 1", "goes to 7", "from 25 to 16", "x ≈ 3.058"):
        assert words in text


def test_every_step_of_the_run_is_shown_once():
    """The beats' steps follow each other without a gap, from the first step to the last."""
    for words in ASKED:
        runs = parabola.run(RenderSpec("parabola", **words))
        shown = [step for beat in parabola.script(runs) for step in beat.steps]
        assert shown == list(range(runs[0].steps))


def test_a_function_of_two_variables_is_refused():
    """The parabola draws one variable; the error says what works."""
    with pytest.raises(ValueError, match=r"one variable.*works"):
        parabola.run(RenderSpec("parabola", function="x**2 + y**2"))
