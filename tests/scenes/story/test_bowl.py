"""Every sentence of the bowl is true of the run it is about, at any rate, start, method and function."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdsim.behaviour import Behaviour, behaviour, jumps
from scenes.script.captions import caption_cards
from scenes.script.numbers import count, number
from scenes.script.timing import timed, total_frames
from scenes.spec import RenderSpec
from scenes.story import bowl

RATES = np.geomspace(1e-4, 10, 40).tolist()
OTHERS = [
    {"start": (-2.0, 1.0)},
    {"start": (0.0, 0.0)},
    {"start": (1e-7, 0.0)},
    {"steps": 1},
    {"steps": 2},
    {"steps": 400, "learning_rate": 1.05},
    {"learning_rate": 1e6},
    {"learning_rate": 1.0},
    {"learning_rate": 0.5},
    {"optimiser": "momentum", "learning_rate": 0.05},
    {"optimiser": "adam"},
    {"optimiser": "newton"},
    {"function": "x**2 + 4*y**2"},
    {"function": "himmelblau", "learning_rate": 0.01},
    {"function": "rosenbrock", "learning_rate": 0.001, "steps": 60},
    {"function": "saddle", "steps": 30},
]
ASKED = [{"learning_rate": rate} for rate in RATES] + OTHERS


def told(**words):
    """The run and the plain text of its film."""
    runs = bowl.run(RenderSpec("bowl", **words))
    return runs[0], " ".join(beat.plain.replace("\u00a0", " ") for beat in bowl.script(runs))


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_what_is_said_is_what_happened(words):
    """Each claim that a sentence makes is checked against the numbers of the run."""
    run, text = told(**words)

    lengths = np.linalg.norm(np.diff(run.points, axis=0), axis=1)
    claims = {
        "the steps shrink": lambda: np.all(np.diff(lengths) < 0),
        "yet each is shorter": lambda: np.all(np.diff(lengths) < 0) and jumps(run).all(),
        "lands higher": lambda: np.all(np.diff(run.losses) > 0),
        "ends lower": lambda: run.losses[-1] < run.losses[0],
        "gets lower": lambda: run.losses[-1] < run.losses[0],
        "too large": lambda: run.losses[-1] > run.losses[0],
        "never settles": lambda: np.isclose(run.losses[-1], run.losses[0]),
        "creeps": lambda: behaviour(run) is Behaviour.CREEPS,
        "flat ground": lambda: np.linalg.norm(run.gradients[0]) < 1e-6,
        "opposite way": lambda: np.allclose(run.points[1] - run.points[0], -run.learning_rates[0] * run.gradients[0]),
    }
    for claim, holds in claims.items():
        if claim in text:
            assert holds(), claim
    if found := re.search(r"(\d+) steps? turns? the gradient", text):
        assert int(found.group(1)) == jumps(run).sum()
    if "off the map" in text:
        assert any(not low <= x <= high for x, (low, high) in zip(run.points[-1], run.objective.domain))
    if run.steps:
        assert f"After {count(run.steps, 'step')}".replace("\u00a0", " ") in text
        change = f"{number(run.losses[0])} to {number(run.losses[1])}".replace("\u00a0", " ")
        assert change in text or "hardly changes" in text


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_sentences_fit_and_films_have_a_films_length(words):
    """Two caption lines hold every sentence, one the loop's; a film that moves lasts 25 to 90 s, a loop 6 to 12."""
    runs = bowl.run(RenderSpec("bowl", **words))

    assert all(len(caption_cards(beat.sentence)) == 1 for beat in bowl.script(runs))
    assert all(len(card) == 1 for beat in bowl.loop(runs) for card in caption_cards(beat.sentence))
    film = total_frames(timed(bowl.script(runs), 30, "full")) / 30
    assert 25 <= film <= 90 or runs[0].steps == 0
    assert 6 <= total_frames(timed(bowl.loop(runs), 30, "loop")) / 30 <= 12


def test_the_default_film_tells_the_articles_numbers():
    """At (3, 4) the loss is 25 and the gradient (6, 8); the first step is (−0.6, −0.8), to (2.4, 3.2) with loss 16."""
    _, text = told()

    for words in ("(3, 4)", "loss is 25", "gradient is (6, 8)", "(−0.6, −0.8)", "(2.4, 3.2)", "from 25 to 16"):
        assert words in text


def test_every_step_of_the_run_is_shown_once():
    """The beats' steps follow each other without a gap, from the first step to the last."""
    for words in ASKED:
        runs = bowl.run(RenderSpec("bowl", **words))
        assert [step for beat in bowl.script(runs) for step in beat.steps] == list(range(runs[0].steps))


def test_a_function_of_one_variable_is_refused():
    """The bowl draws two variables; the error says what works."""
    with pytest.raises(ValueError, match=r"two variables.*works"):
        bowl.run(RenderSpec("bowl", function="x**2"))
