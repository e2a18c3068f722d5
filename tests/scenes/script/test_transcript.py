"""The transcript: the film's words, its formulas and its numbers."""

from __future__ import annotations

import re

import pytest

from gdsim import SURFACES, gradient_descent, simulate
from scenes.catalogue import LESSONS
from scenes.phrases.formulas import function_text
from scenes.script.markdown import escaped, table
from scenes.script.numbers import number
from scenes.script.timing import timed
from scenes.script.transcript import FIRST_ROWS, LAST_ROWS, MOST_ROWS, steps_table, transcript
from scenes.spec import RenderSpec


def told(name: str, **words):
    """The runs, the beats and the transcript of a lesson."""
    lesson = LESSONS[name]
    runs = lesson.run(RenderSpec(name, **words))
    beats = timed(lesson.script(runs), 30, "full")
    return runs, beats, transcript(lesson.title, beats, 30, runs, ["f(x) = x²", "x ← x − α"])


def cells(row: str) -> list[str]:
    """A row's cells."""
    return [cell.strip() for cell in row.strip("|").split("|")]


@pytest.mark.parametrize("name", LESSONS)
def test_every_sentence_is_there_in_its_order(name):
    """Each sentence of the film stands under its chapter, whose heading has the second it begins."""
    _, beats, text = told(name)

    at = 0
    for beat in beats:
        words = escaped(beat.beat.plain.replace("\u00a0", " "))
        assert words in text[at:]
        at = text.index(words, at)
        heading = re.findall(r"^## (\d+):(\d\d) (.*)$", text[:at], re.M)[-1]
        assert heading[2] == escaped(beat.beat.chapter)
        assert 60 * int(heading[0]) + int(heading[1]) <= beat.start / 30


@pytest.mark.parametrize("name", LESSONS)
def test_the_page_has_its_parts(name):
    """One title, the formulas as they were given, a table, why each run ended; no space that does not break."""
    runs, _, text = told(name)

    assert text.startswith(f"# {LESSONS[name].title}\n\n## 0:00 ")
    assert "\n\n`f(x) = x²`\n\n`x ← x − α`\n\n## The steps\n" in text
    assert escaped(runs[0].stop.value) in text
    assert "\u00a0" not in text
    assert text.endswith("\n")


def test_a_short_run_has_all_its_rows():
    """Twenty steps are twenty-one rows, each with the run's own numbers."""
    (run,), _, text = told("parabola")
    rows = [cells(line) for line in text.splitlines() if re.match(r"\| \d", line)]

    assert [row[0] for row in rows] == [str(step) for step in range(21)]
    for step, row in enumerate(rows):
        expected = [run.points[step, 0], run.losses[step], run.gradients[step, 0]]
        assert row[1:] == [number(float(value), 6).replace("\u00a0", " ") for value in expected]


@pytest.mark.parametrize("steps", [MOST_ROWS - 1, MOST_ROWS, 500])
def test_a_long_run_shows_its_beginning_and_its_end(steps):
    """More than forty rows: the first twenty, a row of dots, the last ten; up to forty, all."""
    run = simulate(SURFACES["square"], gradient_descent(), 0.001, start=(4.0,), steps=steps)
    rows = [cells(line) for line in steps_table(run).splitlines()[2:]]

    assert {len(row) for row in rows} == {4}
    if steps < MOST_ROWS:
        assert [row[0] for row in rows] == [str(step) for step in range(steps + 1)]
    else:
        assert [row[0] for row in rows[:FIRST_ROWS]] == [str(step) for step in range(FIRST_ROWS)]
        assert set(rows[FIRST_ROWS]) == {"…"}
        assert [row[0] for row in rows[FIRST_ROWS + 1 :]] == [str(s) for s in range(steps - LAST_ROWS + 1, steps + 1)]


def test_every_rate_has_its_table():
    """Four runs are four tables, each under its start and its rate."""
    runs, _, text = told("overshoot")

    assert re.findall(r"^### (.*)$", text, re.M) == [
        f"From 8, learning rate {number(one.learning_rates[0], 6)}" for one in runs
    ]


def test_many_runs_are_told_by_their_ends():
    """Of many runs two are told step by step, the others by where they began and ended."""
    runs, _, text = told("local-minima")
    rows = text[text.index(f"### {len(runs) - 2} more runs") :].splitlines()[4:]

    assert len(rows) == len(runs) - 2 > 20
    assert cells(rows[0])[:2] == [number(runs[2].points[0, 0], 6), number(runs[2].points[-1, 0], 6)]


def test_many_rates_are_told_by_their_ends():
    """Of runs that differ in their rates the first column is the rate; of more than forty the middle is left out."""
    runs, _, text = told("learning-rates")
    rows = text[text.index(f"### {len(runs) - 2} more runs") :].splitlines()[2:]

    assert "| learning rate | x at first | x at last | loss | steps |" in rows
    rows = rows[rows.index("| learning rate | x at first | x at last | loss | steps |") + 2 :]
    assert len(rows) == FIRST_ROWS + 1 + LAST_ROWS
    assert cells(rows[0])[0] == number(runs[2].learning_rates[0], 6)
    assert cells(rows[-1])[:3] == [number(v, 6) for v in (runs[-1].learning_rates[0], 8.0, runs[-1].points[-1, 0])]


@pytest.mark.parametrize("sign", list("\\`*_[]<>|#&"))
def test_signs_that_mean_something_are_escaped(sign):
    """Whatever a title holds, it stands there as it is."""
    assert escaped(f"a{sign}b") == f"a\\{sign}b"


def test_a_table_has_a_line_below_its_header():
    """Header, line, rows, all with as many columns."""
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| ---: | ---: |\n| 1 | 2 |"


def test_a_table_of_many_parameters_has_the_loss_alone():
    """A network's seventeen parameters and slopes would fill pages; its formula names the first and the last."""
    (run,) = LESSONS["network"].run(RenderSpec("network", epochs=3))
    header, _, first, *_ = steps_table(run).splitlines()

    assert cells(header) == ["step", "loss"]
    assert cells(first) == ["0", number(float(run.losses[0]), 6)]
    assert function_text(run).startswith("J(θ₁, …, θ₁₇) = ")
    assert "(yᵢ ln ŷᵢ + (1 − yᵢ) ln (1 − ŷᵢ))" in function_text(run)
