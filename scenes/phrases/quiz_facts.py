"""What a quiz shows of its runs: the windows of its pictures, and what is given in each question."""

from __future__ import annotations

import numpy as np

from gdsim import SURFACES, Trajectory
from scenes.planned_quiz import Kind, Question, Quiz, resting_places
from scenes.script.window import Window, padded

SECONDS = 3
# What is seen of the curve with two valleys: from where to where, and up to which height.
VALLEYS, HILLS = (-2.0, 1.9), 1.6
# The margin beside the places that a picture must show, and the room for letters below the curve, as shares of it.
BESIDE, BELOW = 0.12, 0.2


def seen(runs: tuple[Trajectory, ...], steps: int | None = None) -> Window:
    """The parabola's floor and so many steps of these runs, all by default, with room for letters below."""
    floor = runs[0].objective.minima[0].point[0]
    places = np.concatenate([run.points[: None if steps is None else steps + 1, 0] for run in runs])
    left, right = min(float(places.min()), floor), max(float(places.max()), floor)
    margin = BESIDE * (right - left)
    left, right = left - margin, right + margin
    top = max(float(runs[0].objective.value(np.array([side]))) for side in (left, right))
    return left, right, -BELOW * top, top


def window_of(runs: Quiz, kind: Kind) -> Window:
    """What the picture shows while a question about the parabola is asked."""
    members = members_of(runs, kind)
    if kind is not Kind.RATE:
        return seen(members)
    start, floor = float(members[0].points[0, 0]), members[0].objective.minima[0].point[0]  # both sides of the valley
    reach = (1 + BESIDE) * abs(start - floor)
    top = float(members[0].objective.value(np.array([floor + reach])))
    return floor - reach, floor + reach, -BELOW * top, top


def valleys_window() -> Window:
    """All of the curve with two valleys, with room for letters below."""
    objective = SURFACES["two-valleys"]
    left, right, bottom, top = padded((*VALLEYS, objective.minima[0].value, HILLS))
    return left, right, bottom - BELOW * (top - bottom), top


def members_of(runs: Quiz, kind: Kind) -> tuple[Trajectory, ...]:
    """The runs of a question."""
    return tuple(runs[index] for index in runs.question(kind).runs)


def valley_values(question: Question) -> list[float]:
    """Where the three places of the question about valleys are, in the order of its choices."""
    names = ("left valley", "hilltop", "right valley")
    places = dict(zip(names, resting_places(SURFACES["two-valleys"])))
    return [places[choice.text] for choice in question.choices]


def run_order(question: Question) -> tuple[int, ...]:
    """The numbers of the lines, from 0, in the right order of the question about a step's lines."""
    return tuple(int(number) - 1 for number in question.answer.text.split())


def deeper(runs: Quiz) -> bool:
    """Whether the ball between two valleys ends in the deeper one."""
    (run,) = members_of(runs, Kind.VALLEY)
    lowest = min(run.objective.minima, key=lambda known: known.value)
    return bool(abs(run.points[-1, 0] - lowest.point[0]) < 0.1)
