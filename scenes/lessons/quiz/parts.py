"""The parts of the quiz's film: a picture, a head and three cards for each question."""

from __future__ import annotations

from itertools import chain

from gdsim import Trajectory
from scenes.phrases.quiz_facts import SECONDS, members_of, valleys_window, window_of
from scenes.quiz import Kind, Quiz
from scenes.stage.part import Part
from scenes.stage.parts.countdown import Countdown
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.question import question_parts
from scenes.stage.parts.question_head import Given, QuestionHead, countdown_box
from scenes.stage.parts.quiz_pictures import (
    bug_picture,
    charts,
    next_picture,
    order_picture,
    race_picture,
    valley_picture,
)
from scenes.stage.parts.quiz_room import QuizPlane, quiz_rooms
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front. Parts of question n have its number in their names: `cards3`, `ball3b`."""
    assert isinstance(runs, Quiz)
    rooms, first = quiz_rooms(setting.composition), runs.questions[0]
    plane = QuizPlane(setting, rooms, window_of(runs, Kind.NEXT), "x")
    hills = QuizPlane(setting, rooms, valleys_window(), "x", "hills")
    objective, (valley,) = runs[first.runs[0]].objective, members_of(runs, Kind.VALLEY)
    asked = (question_parts(setting, rooms, runs, one, number) for number, one in enumerate(runs.questions, 1))
    return (
        plane,
        hills,
        Curve(setting, plane, objective),
        Curve(setting, hills, valley.objective, "hill"),
        Minima(setting, plane, objective),
        *next_picture(setting, plane, runs),
        *bug_picture(setting, plane, runs),
        *race_picture(setting, plane, runs, Kind.BLANK, 3),
        *order_picture(setting, plane, runs, rooms),
        *race_picture(setting, plane, runs, Kind.RATE, 5),
        *valley_picture(setting, hills, runs),
        *charts(setting, rooms, runs),
        *chain.from_iterable(asked),
        QuestionHead(setting, 0, 8, "All it takes", [Given("x = x - lr * grad", "code")], "head9"),
        Countdown(setting, countdown_box(setting.composition), SECONDS),
        Title(setting, setting.title),
    )
