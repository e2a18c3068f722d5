"""Every sentence about learning rates is true of the runs it speaks of, whatever the rates, the start, the steps."""

from __future__ import annotations

import re

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.script.captions import caption_cards

from .races import NUMBER, raced, read, told

SWEEP = [(rate,) for rate in np.geomspace(1e-4, 10, 40).tolist()]
EDGES = [(0.5,), (1.0,), (0.999999,), (1.0000001,), (1e6,), (1e150,), (1e308,), (0.25,), (0.75,), (0.024,)]
RACES = [(), (0.1, 0.9), (0.5, 1.0), (0.05, 0.1, 0.2), (1.05, 1.1, 1.2), (0.4999999, 0.5), (0.3, 0.7, 1.0, 1e3)]
RACES += [(0.003, 0.05, 0.45, 0.5, 0.95, 1.3), (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1), (0.999999, 1.0, 1.0000001)]
ODD = [{"start": (-40.0,)}, {"start": (3.0,)}, {"start": (3.000001,)}, {"start": (1e6,)}, {"start": (2.0,)}]
ODD += [{"steps": 1}, {"steps": 2}, {"steps": 400}, {"start": (2.9,), "steps": 3}]
ASKED = [(rates, {}) for rates in [*SWEEP, *EDGES, *RACES]]
ASKED += [(rates, odd) for odd in ODD for rates in ((), (0.9,), (0.01,), (1.05,), RACES[7])]
N, MINIMUM, CURVATURE = NUMBER, 3.0, 2.0


def away(run):
    return abs(run.points[:, 0] - MINIMUM)


def steps(run):
    return abs(np.diff(run.points[:, 0]))


def over(run):
    return np.diff(np.sign(run.points[:, 0] - MINIMUM)) != 0


def lands(run):
    return away(run)[1] < 6e-7 and run.steps == 1


def said_runs(runs, words):
    """The runs that a sentence names by their rates; a lone one is `The ball` or `it`."""
    if len(runs) == 1:
        return list(runs)
    found = [
        run for number in re.findall(N, words) for run in runs if run.learning_rates[0] == float(number_of(number))
    ]
    assert found, words
    return found


def number_of(text):
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    plain = text.replace("−", "-").replace(" × 10", "e")
    plain = re.sub(r"^10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", "1e", plain)
    return plain.translate(raised)


def of_factor(kind):
    """A check of all runs that have one of the factors that are said."""

    def check(runs, said):
        factors = [1 - run.learning_rates[0] * CURVATURE for run in runs]
        named = [min(range(len(runs)), key=lambda k: abs(factors[k] - read(text)[0])) for text in re.findall(N, said)]
        right = all(told(text, factors[index]) for text, index in zip(re.findall(N, said), named))
        return right and len(named) >= 1 and all(kind(runs[index], factors[index]) for index in named)

    return check


def nearest(runs):
    return min(away(run)[-1] for run in runs)


DOES = {
    r"(.+) creeps?\.": lambda run: not over(run).any() and away(run)[-1] > away(run)[0] / 2,
    r"(.+) walks? down\.": lambda run: (np.diff(away(run)) < 0).all() and not over(run)[:-1].any(),
    r"(.+) (?:is|are) at the minimum after a single step\.": lands,
    r"(.+) leaps? across, yet gets? lower\.": lambda run: over(run).all() and (np.diff(run.losses) < 0).all(),
    r"(.+) leaps? across and gains? nothing\.": lambda run: (
        over(run).all() and np.allclose(run.losses, run.losses[0], rtol=1e-8)
    ),
    r"(.+) overshoots?, and climbs?\.": lambda run: over(run).all() and (np.diff(run.losses) > 0).all(),
}
# The sentence -> how it is checked: the runs, and what the sentence names.
CLAIMS = {
    r"One valley, one ball, one dial: the learning rate scales each step\.": lambda runs: (
        len({run.points[0, 0] for run in runs}) == 1
        and all(
            np.allclose(steps(run), run.learning_rates * abs(run.gradients[:-1, 0]), rtol=1e-6, atol=1e-12)
            for run in runs
        )
    ),
    r"Turn it up, and the step gets longer\.": lambda runs: all(run.gradients[0, 0] != 0 for run in runs),
    r"Say we set it to (.+)\. What will the ball do\?": lambda runs, rate: told(rate, runs[0].learning_rates[0]),
    r"Which setting is (best|better)\? Let's race (two|three|four|five|six)\.": lambda runs, which, count: (
        len(runs) == 1 + ("one", "two", "three", "four", "five", "six").index(count)
        and (which == "better") == (len(runs) == 2)
    ),
    r"Who is closest after (\d+) steps?\? Take a guess!": lambda runs, count: (
        max(run.steps for run in runs) == int(count)
    ),
    r"Will it creep, walk, leap across, or climb out\? Take a guess!": lambda runs: len(runs) == 1,
    r"Off (they go|it goes)\.": lambda runs, who: who.startswith("they") == (len(runs) > 1),
    r"After (\d+) steps? it is at the minimum: the slope there is as good as zero\.": lambda runs, count: (
        int(count) == runs[0].steps and abs(runs[0].gradients[-1, 0]) < 2e-6
    ),
    rf"After (\d+) steps? it is (still )?({N}) from the minimum(, .+ at the start)?\.": lambda runs, count, *said: (
        int(count) == runs[0].steps and compared(runs[0], *said)
    ),
    r"Who got closest\? (.+): at the minimum, with nothing left to see\.": lambda runs, who: (
        all(away(run)[-1] < 6e-7 for run in said_runs(runs, who))
        and len(said_runs(runs, who)) == sum(away(run)[-1] < 5e-7 for run in runs)
    ),
    rf"Who got closest\? (.+?)(, equally:|,) ({N}) from the minimum\.": lambda runs, *said: closest(runs, *said),
    r"Who got closest\? (.+): a tie\.": lambda runs, who: (
        len(said_runs(runs, who)) > 1
        and all(np.isclose(away(run)[-1], nearest(runs), rtol=1e-8) for run in said_runs(runs, who))
    ),
    r"Who got closest to the minimum\? None of them: nobody is closer than at the start\.": lambda runs: (
        nearest(runs) >= away(runs[0])[0] * (1 - 1e-8)
    ),
    rf"Why\? From the minimum, the ball starts at d = ({N})\.": lambda runs, d: told(d, runs[0].points[0, 0] - MINIMUM),
    rf"The slope is ({N}) times d, everywhere: ({N}) is the curvature\.": lambda runs, c, same: (
        c == same and all(np.allclose(run.gradients[:, 0], float(c) * (run.points[:, 0] - MINIMUM)) for run in runs)
    ),
    r"So forget the heights: all that counts is d\.": lambda runs: True,
    r"Take off rate × slope, and d is multiplied by 1 − rate × curvature\.": lambda runs: all(
        np.allclose(
            run.points[1:, 0] - MINIMUM,
            (1 - run.learning_rates[0] * CURVATURE) * (run.points[:-1, 0] - MINIMUM),
            rtol=1e-6,
            atol=1e-12,
        )
        for run in runs
    ),
    r"Times (.+): nearly all of d is left\.": of_factor(lambda run, factor: 0.95 <= factor < 1 and not over(run).any()),
    r"Times (.+): it shrinks\.": of_factor(lambda run, factor: 0 <= factor < 1 and (np.diff(away(run)) < 0).all()),
    r"Times (.+): one step, and nothing is left to see\.": of_factor(lambda run, factor: lands(run)),
    r"Times (.+): it flips, and shrinks\.": of_factor(lambda run, factor: -1 < factor < 0 and over(run).all()),
    r"Times (.+): it flips, and keeps its size\.": of_factor(
        lambda run, factor: abs(factor + 1) < 1e-9 and over(run).all()
    ),
    r"Times (.+): it flips, and grows\.": of_factor(lambda run, factor: factor < -1 and (np.diff(away(run)) > 0).all()),
    rf"A factor above −1 shrinks d: that's a rate below 2 over the curvature, here ({N})\.": lambda runs, limit: (
        told(limit, 2 / CURVATURE)
        and all((away(run)[1] < away(run)[0]) == (run.learning_rates[0] < 2 / CURVATURE) for run in runs)
    ),
    r"Right there, a step lands on the other side, exactly as high\.": lambda runs: (
        (2 * MINIMUM - runs[0].points[0, 0])
        == pytest.approx(runs[0].points[0, 0] - 2 / CURVATURE * runs[0].gradients[0, 0])
    ),
    r"Too small wastes steps, too large climbs out\. So how do you choose\?": lambda runs: len(runs) > 1,
    rf"At 1 over the curvature, ({N}), a single step is all it takes on a parabola\.": lambda runs, best: (
        told(best, 1 / CURVATURE) and lands(runs[0])
    ),
    rf"Your ({N}) is (below|above|exactly) (?:it|there).*\.": lambda runs, rate, side: (
        told(rate, runs[0].learning_rates[0])
        and side == ("below", "exactly", "above")[1 + int(np.sign(runs[0].learning_rates[0] - 2 / CURVATURE))]
    ),
    r"No slope, no step: the descent is over before it begins\.": lambda runs: (
        runs[0].steps == 0 and abs(runs[0].gradients[0, 0]) < 1e-5
    ),
    r"The first step is longer than a computer can count: the ball is gone\.": lambda runs: (
        runs[0].steps == 0 and abs(runs[0].gradients[0, 0]) > 1e-5
    ),
    r"However far we turn the dial, rate times zero is zero\.": lambda runs: abs(runs[0].gradients[0, 0]) < 1e-5,
    rf"From anywhere else, a rate below ({N}) brings the ball closer with every step\.": lambda runs, limit: told(
        limit, 2 / CURVATURE
    ),
    **{
        form: lambda runs, who, does=does: all(does(run) for run in said_runs(runs, who)) for form, does in DOES.items()
    },
}


def compared(run, still, far, than):
    """Whether it is so far away, and as near, nearer or farther than it began, as it is said."""
    start, end = away(run)[[0, -1]]
    if not told(far, end):
        return False
    same = np.isclose(start, end, rtol=1e-8)
    if than:
        return same if "as far" in than else end > start
    return end < start and not same and (not still or end > start / 2)


def closest(runs, who, equally, far):
    """Whether these runs ended so far away, and no other nearer; together only where they are several."""
    named = said_runs(runs, who)
    near = [told(far, away(run)[-1]) and np.isclose(away(run)[-1], nearest(runs), rtol=1e-8) for run in named]
    return all(near) and (len(named) > 1) == (equally != ",")


def sentences(runs):
    """What the film says, without colours."""
    return [beat.plain.replace("\u00a0", " ") for beat in LESSONS["overshoot"].script(runs)]


@pytest.mark.parametrize(("rates", "words"), ASKED, ids=str)
def test_every_sentence_is_true(rates, words):
    """At forty rates, in many races, from odd starts: each sentence is known here, and its runs bear it out."""
    try:
        runs = raced(*rates, **words)
    except ValueError:
        assert rates == ()  # a race in which a rate is too large for a step is refused
        raise
    for sentence in sentences(runs):
        taken = [(check, found) for form, check in CLAIMS.items() if (found := re.fullmatch(form, sentence))]
        assert len(taken) == 1, f"nobody checks: {sentence}"
        (check, found), *_ = taken
        assert check(runs, *found.groups()), sentence


def test_a_false_sentence_is_found():
    """The checks are awake: another number or another rate in a true sentence fails its line."""
    runs = raced()
    for sentence, right in (
        ("0.01 creeps.", True),
        ("0.1 creeps.", False),
        ("0.1 and 0.9 walk down.", False),
        ("Times −0.8: it flips, and shrinks.", True),
        ("Times 0.8: it flips, and shrinks.", False),
        ("Who got closest? 0.1 and 0.9: a tie.", True),
        ("Who got closest? 0.1 and 0.01: a tie.", False),
        ("Who got closest? 0.01, 3.34 from the minimum.", False),
    ):
        ((check, found),) = [(c, m) for form, c in CLAIMS.items() if (m := re.fullmatch(form, sentence))]
        assert bool(check(runs, *found.groups())) == right, sentence


@pytest.mark.parametrize(("rates", "words"), ASKED, ids=str)
def test_captions_are_short(rates, words):
    """A sentence takes two captions at most, a loop's line one line of 42 characters."""
    runs = raced(*rates, **words)
    for beat in LESSONS["overshoot"].script(runs):
        assert len(caption_cards(beat.sentence)) <= 2, beat.plain
    for beat in LESSONS["overshoot"].loop(runs):
        assert [len(card) for card in caption_cards(beat.sentence)] == [1], beat.plain


def test_the_surprise_is_told():
    """0.1 and 0.9 end equally far: the film says so of just these two."""
    told_of = [sentence for sentence in sentences(raced()) if sentence.startswith("Who got closest")]

    assert told_of == ["Who got closest? 0.1 and 0.9: a tie."]
