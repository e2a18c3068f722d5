"""A question of a quiz on the stage: its head, with what is given, and its cards."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.quiz import Kind, Question, Quiz
from scenes.script.language import ENGLISH
from scenes.stage.marks import Shows
from scenes.stage.part import Part
from scenes.stage.parts.choice_cards import ChoiceCards
from scenes.stage.parts.question_head import Given, QuestionHead
from scenes.stage.parts.quiz_room import QuizRooms
from scenes.stage.write import Setting

NAMES = {
    Kind.NEXT: "Predict the step",
    Kind.BUG: "Find the bug",
    Kind.BLANK: "Fill in the sign",
    Kind.ORDER: "Put it in order",
    Kind.RATE: "Spot the rate",
    Kind.VALLEY: "Follow the ball",
    Kind.JUMPS: "Find the cause",
    Kind.BATCH: "Tell them apart",
}
# What is given in each question.
GIVEN = {
    Kind.NEXT: ("formula", "x", "rate"),
    Kind.BUG: ("lr",),
    Kind.BLANK: ("gap",),
    Kind.ORDER: ("lr",),
    Kind.RATE: ("formula",),
    Kind.VALLEY: ("formula",),
    Kind.JUMPS: ("rate",),
    Kind.BATCH: (),
}
# Questions whose choices are a few characters long.
SHORT = (Kind.NEXT, Kind.BLANK, Kind.RATE)
# The colours of three runs.
THREE = ("run1", "run3", "run4")
# What the numbers on the cards are, in either variant; what a card says in the end.
QUANTITIES = {Kind.NEXT: ("choice point", "choice loss"), Kind.RATE: ("choice rate", "choice rate")}
AFTER = {"the smooth one": "all rows", "the rough one": "one row"}


def question_parts(setting: Setting, rooms: QuizRooms, runs: Quiz, question: Question, number: int) -> Iterator[Part]:
    """`head1` and `cards1` of question 1, and so on."""
    cards = _colours(setting, question), QUANTITIES.get(question.kind, ("", ""))[question.variant], _after(question)
    boxes = rooms.columns if question.kind in SHORT else rooms.cards
    yield ChoiceCards(setting, boxes, question, *cards, f"cards{number}")
    given = _given(setting, runs, question)
    shown = [given[name] for name in GIVEN[question.kind]]
    yield QuestionHead(setting, number, len(runs.questions), NAMES[question.kind], shown, f"head{number}")


def _colours(setting: Setting, question: Question) -> list[str]:
    """Those of the choices' letters: the colours of their runs, if these are seen together."""
    theme = setting.theme
    seen = question.kind in (Kind.BLANK, Kind.RATE, Kind.BATCH)
    tints: dict[int | None, str] = {run: theme.concept(name) for run, name in zip(question.runs, THREE) if seen}
    return [tints.get(choice.run, theme.muted) for choice in question.choices]


def _after(question: Question) -> dict[int, str]:
    if question.kind is Kind.BUG:
        return {question.right: question.code[0]}
    return {index: AFTER[choice.text] for index, choice in enumerate(question.choices) if choice.text in AFTER}


def _given(setting: Setting, runs: Quiz, question: Question) -> dict[str, Given]:
    """All that can be given."""
    index, brief = question.runs[0], setting.language.brief
    main = runs[index]
    rate, x = brief(float(main.learning_rates[0])), brief(float(main.points[0, 0]))
    shows = Shows("rate", index, 0)
    return {
        "formula": Given(f"f(x) = {main.objective.formula}", "formula"),
        "x": Given(f"x = {x}", concept="ball", shows=Shows("point", index, 0)),
        "rate": Given(f"α = {rate}", concept="rate", shows=shows),
        "lr": Given(f"lr = {ENGLISH.brief(float(main.learning_rates[0]))}", "code", "rate", shows),
        "gap": Given("□".join(question.code), "code", after=question.answer.text.join(question.code)),
    }
