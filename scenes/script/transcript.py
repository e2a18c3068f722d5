"""The film as a text: chapters, sentences, formulas, and a table of steps."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim import Trajectory
from scenes.script.markdown import escaped, table
from scenes.script.numbers import NO_BREAK, number
from scenes.script.plain_formula import plain_formula
from scenes.script.timing import TimedBeat

DIGITS = 6
# A longer table shows only its beginning and its end.
MOST_ROWS, FIRST_ROWS, LAST_ROWS = 40, 20, 10
# Of more runs, the first two are listed step by step, the others by where they began and ended.
MOST_TABLES, FIRST_TABLES = 4, 2


def transcript(
    title: str, beats: Sequence[TimedBeat], fps: int, runs: Sequence[Trajectory], formulas: Sequence[str]
) -> str:
    """Markdown: the title, each chapter with its time and sentences, the formulas, a table of steps for each run."""
    parts = [f"# {escaped(title)}", *_chapters(beats, fps), "## The formulas"]
    parts += [f"`{formula}`" for formula in formulas]
    shown = runs if len(runs) <= MOST_TABLES else runs[:FIRST_TABLES]
    parts.append("## The steps")
    for run in shown:
        if len(runs) > 1:
            parts.append(f"### {_run_title(run)}")
        parts += [steps_table(run), escaped(run.stop.value)]
    if len(shown) < len(runs):
        parts += [f"### {len(runs) - len(shown)} more runs", _ends_table(runs[len(shown) :])]
    return "\n\n".join(parts).replace(NO_BREAK, " ") + "\n"


def steps_table(run: Trajectory) -> str:
    """Step, position, loss and slope, one row per step from the start; the middle of a long run is left out."""
    names = _names(run)
    slopes = [f"slope {name}" for name in names] if len(names) > 1 else ["slope"]
    rows = [
        [str(step), *map(_cell, run.points[step]), _cell(run.losses[step]), *map(_cell, run.gradients[step])]
        for step in range(run.steps + 1)
    ]
    header = ["step", *names, "loss", *slopes]
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


def _ends_table(runs: Sequence[Trajectory]) -> str:
    """Where each run began and ended."""
    names = _names(runs[0])
    header = [*(f"{name} at first" for name in names), *(f"{name} at last" for name in names), "loss", "steps"]
    rows = [
        [*map(_cell, run.points[0]), *map(_cell, run.points[-1]), _cell(run.losses[-1]), str(run.steps)] for run in runs
    ]
    return table(header, rows)


def _run_title(run: Trajectory) -> str:
    place = ", ".join(map(_cell, run.points[0]))
    rate = f", learning rate {_cell(run.learning_rates[0])}" if run.steps else ""
    return f"From {place}{rate}"


def _names(run: Trajectory) -> list[str]:
    return [plain_formula(name) for name in run.objective.variables]


def _cell(value: float) -> str:
    return number(float(value), DIGITS)
