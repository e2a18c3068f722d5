"""What the pictures of a quiz show, question by question. Parts of question n have its number in their names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scenes.phrases.quiz_facts import run_order, valley_values
from scenes.quiz import Kind, Quiz
from scenes.stage.part import Part
from scenes.stage.parts.flags import BallLetters, Flags
from scenes.stage.parts.listing import Listing
from scenes.stage.parts.offset import OffsetBar
from scenes.stage.parts.question import THREE
from scenes.stage.parts.quiz_room import QuizChart, QuizPlane, QuizRooms
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.slope import Height, Tangent
from scenes.stage.parts.slope_arrow import SlopeArrow
from scenes.stage.write import Setting

# The colour of a ball that a bug moves.
BUG = "run5"


def _ball(setting: Setting, plane: QuizPlane, runs: Quiz, index: int, name: str, colour: str = "ball") -> list[Part]:
    """A run's clock, trail and ball: `run1`, `trail1`, `ball1` for the name 1."""
    tint, clock = setting.theme.concept(colour), Run(runs[index], index, f"run{name}")
    trail = Trail(setting, plane, clock, tint, f"trail{name}")
    return [clock, trail, Ball(setting, plane, clock, tint, f"ball{name}", noted=False)]


def next_picture(setting: Setting, plane: QuizPlane, runs: Quiz) -> Iterator[Part]:
    question = runs.question(Kind.NEXT)
    *_, ball = made = _ball(setting, plane, runs, question.answer.run or 0, "1")
    assert isinstance(ball, Ball)
    values = [choice.value or 0.0 for choice in question.choices]
    yield Flags(setting, plane, runs[0].objective, values, question.right, question.variant == 1, "flags1")
    yield Tangent(setting, ball, "tangent1", told=True)
    yield Height(setting, ball, "height1")
    yield from made


def bug_picture(setting: Setting, plane: QuizPlane, runs: Quiz) -> Iterator[Part]:
    wrong, mended = runs.question(Kind.BUG).runs
    yield from _ball(setting, plane, runs, wrong, "2", BUG)
    yield from _ball(setting, plane, runs, mended, "2b")


def race_picture(setting: Setting, plane: QuizPlane, runs: Quiz, kind: Kind, number: int) -> Iterator[Part]:
    """Three balls with letters."""
    made = [
        _ball(setting, plane, runs, index, f"{number}{letter}", colour)
        for index, letter, colour in zip(runs.question(kind).runs, "abc", THREE)
    ]
    balls = [one[-1] for one in made if isinstance(one[-1], Ball)]
    for one, other in pairwise(reversed(balls)):
        other.above = (*one.above, one)
    yield from (part for one in made for part in one)
    yield BallLetters(setting, balls, f"letters{number}")


def order_picture(setting: Setting, plane: QuizPlane, runs: Quiz, rooms: QuizRooms) -> Iterator[Part]:
    question = runs.question(Kind.ORDER)
    clock, trail, ball = _ball(setting, plane, runs, question.runs[0], "4")
    assert isinstance(ball, Ball)
    assert isinstance(clock, Run)
    yield OffsetBar(setting, ball, clock.run.objective.minima[0].point[0], "error4")
    yield Tangent(setting, ball, "tangent4", told=True)
    yield SlopeArrow(setting, plane, clock, "arrow4", taken=True)
    yield from (clock, trail, ball)
    yield Listing(setting, rooms.listing, question.code, run_order(question), "listing4")


def valley_picture(setting: Setting, hills: QuizPlane, runs: Quiz) -> Iterator[Part]:
    question = runs.question(Kind.VALLEY)
    objective = runs[question.runs[0]].objective
    yield Flags(setting, hills, objective, valley_values(question), question.right, False, "flags6")
    yield from _ball(setting, hills, runs, question.runs[0], "6")


def charts(setting: Setting, rooms: QuizRooms, runs: Quiz) -> Iterator[Part]:
    theme = setting.theme
    for kind, number, colours in (
        (Kind.JUMPS, 7, (theme.loss, theme.minimum)),
        (Kind.BATCH, 8, tuple(map(theme.concept, THREE[:2]))),
    ):
        indices = runs.question(kind).runs
        clocks = [Run(runs[index], index, f"run{number}{letter}") for index, letter in zip(indices, "ab")]
        losses = [float(value) for index in indices for value in runs[index].losses]
        top, low = max(losses), min(losses)
        room = 0.08 * (top - low)
        floor = low - room if low < 0 else 0.0
        yield QuizChart(setting, rooms.picture, clocks, top + room, colours, floor, f"chart{number}")
        yield from clocks
