"""What a quiz shows of its runs: the windows of its pictures, and what is given in each question."""

from __future__ import annotations

import numpy as np

from gdsim import SURFACES, Trajectory
from scenes.planned_quiz import resting_places
from scenes.quiz import Kind, Question, Quiz
from scenes.script.window import Window, padded

SECONDS = 3
# What is seen of the curve with two valleys: from where to where, and up to which height.
VALLEYS, HILLS = (-2.0, 1.9), 1.6
# The margin beside the places that a picture must show; the room below a curve, and that for letters, as shares of it.
BESIDE, BELOW, LETTERED = 0.12, 0.14, 0.28
# What is seen of the curve with two valleys: from where to where, and up to which height.
VALLEYS, HILLS = (-2.0, 1.9), 1.6
# The margin beside the places that a picture must show, and the room for letters below the curve, as shares of it.
BESIDE, BELOW = 0.12, 0.2


def seen(runs: tuple[Trajectory, ...], below: float = BELOW) -> Window:
    """The parabola's floor and all places of these runs."""
    floor = runs[0].objective.minima[0].point[0]
    places = np.concatenate([run.points[:, 0] for run in runs])
    left, right = min(float(places.min()), floor), max(float(places.max()), floor)
    margin = BESIDE * (right - left)
    left, right = left - margin, right + margin
    top = max(float(runs[0].objective.value(np.array([side]))) for side in (left, right))
    return left, right, -below * top, top


def both_sides(run: Trajectory) -> Window:
    """The parabola up to where a run starts, on both sides."""
    floor = run.objective.minima[0].point[0]
    reach = (1 + BESIDE) * abs(float(run.points[0, 0]) - floor)
    top = float(run.objective.value(np.array([floor + reach])))
    return floor - reach, floor + reach, -BELOW * top, top


def window_of(runs: Quiz, kind: Kind) -> Window:
    """What the picture shows while a question about the parabola is asked."""
    members = members_of(runs, kind)
    if kind is Kind.RATE:
        return both_sides(members[0])
    if kind is Kind.NEXT and runs.question(kind).variant:  # places on the other side are levels, too
        floor = members[0].objective.minima[0].point[0]
        start = float(members[0].points[0, 0])
        near = [run for run in members if (float(run.points[1, 0]) - floor) * (start - floor) > 0]
        return seen(tuple(near), LETTERED)
    return seen(members, LETTERED if kind is Kind.NEXT else BELOW)


def valleys_window() -> Window:
    """All of the curve with two valleys, with room for letters below."""
    objective = SURFACES["two-valleys"]
    left, right, bottom, top = padded((*VALLEYS, objective.minima[0].value, HILLS))
    return left, right, bottom - LETTERED * (top - bottom), top


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
