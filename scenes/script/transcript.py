"""The film as a text: chapters, sentences, formulas, and a table of steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gdsim import Trajectory
from scenes.script.language import ENGLISH, Language
from scenes.script.markdown import escaped, table
from scenes.script.numbers import NO_BREAK
from scenes.script.plain_formula import plain_formula
from scenes.script.sentence import Exact, Name, say
from scenes.script.timing import TimedBeat

DIGITS = 6
# A longer table shows only its beginning and its end.
MOST_ROWS, FIRST_ROWS, LAST_ROWS = 40, 20, 10
# Of more runs, the first two are listed step by step, the others by where they began and ended.
MOST_TABLES, FIRST_TABLES = 4, 2
MOST_NAMES = 6


def transcript(
    title: str,
    beats: Sequence[TimedBeat],
    fps: int,
    runs: Sequence[Trajectory],
    formulas: Sequence[str],
    language: Language = ENGLISH,
) -> str:
    """Markdown: the title, each chapter with its time and sentences, the formulas, a table of steps for each run."""
    word = language.translated
    parts = [f"# {escaped(word(title))}", *_chapters(beats, fps), f"## {word('The formulas')}"]
    parts += [f"`{formula}`" for formula in formulas]
    shown = runs if len(runs) <= MOST_TABLES else runs[:FIRST_TABLES]
    parts.append(f"## {word('The steps')}")
    for run in shown:
        if len(runs) > 1:
            parts.append(f"### {_run_title(run, language)}")
        parts += [steps_table(run, language), escaped(word(run.stop.value))]
    if len(shown) < len(runs):
        more = say("{count} more runs", count=Exact(len(runs) - len(shown)))
        parts.append(f"### {more.plain(language)}")
        rest = runs[len(shown) :]
        for variables in dict.fromkeys(run.objective.variables for run in rest):
            parts.append(_ends_table([run for run in rest if run.objective.variables == variables], language))
    return "\n\n".join(parts).replace(NO_BREAK, " ") + "\n"


def steps_table(run: Trajectory, language: Language = ENGLISH) -> str:
    """Step, position, loss and slope, one row per step from the start; the middle of a long run is left out.

    Of more than MOST_NAMES parameters, there is only the loss.
    """
    names = _names(run)
    word = language.translated
    slopes = [say("slope {name}", name=Name(name)).plain(language) for name in names]
    slopes = slopes if len(names) > 1 else [word("slope")]
    cell = partial(_cell, language)
    some = len(names) if len(names) <= MOST_NAMES else 0  # the numbers of a network would fill pages
    rows = [
        [str(step), *(cell(value) for value in (*run.points[step][:some], loss, *run.gradients[step][:some]))]
        for step, loss in enumerate(run.losses)
    ]
    header = [word("step"), *names[:some], word("loss"), *slopes[:some]]
    if len(rows) > MOST_ROWS:
        rows = [*rows[:FIRST_ROWS], ["…"] * len(header), *rows[-LAST_ROWS:]]
    return table(header, rows)


def _chapters(beats: Sequence[TimedBeat], fps: int) -> list[str]:
    """A heading with its time where a chapter begins, then its sentences as one paragraph."""
    parts: list[str] = []
    chapter = None
    for timed in beats:
        words = escaped(timed.beat.plain)
        if timed.beat.chapter == chapter:
            parts[-1] += f" {words}"
            continue
        chapter = timed.beat.chapter
        seconds = timed.start // fps
        parts += [f"## {seconds // 60}:{seconds % 60:02d} {escaped(chapter)}", words]
    return parts


def _ends_table(runs: Sequence[Trajectory], language: Language) -> str:
    """Where each run began and ended, and its learning rate, where they differ; the middle of many is left out."""
    names = _names(runs[0])
    rates = [float(run.learning_rates[0]) if run.steps else None for run in runs]
    several = len(set(rates) - {None}) > 1
    cell = partial(_cell, language)
    places = [
        say(when, name=Name(name)).plain(language) for when in ("{name} at first", "{name} at last") for name in names
    ]
    header = [*places, language.translated("loss"), language.translated("steps")]
    rows = [
        [*(cell(value) for value in (*run.points[0], *run.points[-1], run.losses[-1])), str(run.steps)] for run in runs
    ]
    if several:
        header = [language.translated("learning rate"), *header]
        rows = [["–" if rate is None else cell(rate), *row] for rate, row in zip(rates, rows)]
    if len(rows) > MOST_ROWS:
        rows = [*rows[:FIRST_ROWS], ["…"] * len(header), *rows[-LAST_ROWS:]]
    return table(header, rows)


def _run_title(run: Trajectory, language: Language) -> str:
    place = Name(", ".join(_cell(language, value) for value in run.points[0]))
    if not run.steps:
        return say("From {place}", place=place).plain(language)
    rate = Exact(float(run.learning_rates[0]), DIGITS)
    return say("From {place}, learning rate {rate}", place=place, rate=rate).plain(language)


def _names(run: Trajectory) -> list[str]:
    return [plain_formula(name) for name in run.objective.variables]


def _cell(language: Language, value: float) -> str:
    return language.number(float(value), DIGITS)
