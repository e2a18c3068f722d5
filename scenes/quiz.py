"""A quiz as values: its questions, their choices, and the runs that they stand for."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from gdsim import Trajectory


class Kind(Enum):
    """The questions, in their order."""

    NEXT = "where the next step lands"
    BUG = "which line has the bug"
    BLANK = "which sign is missing"
    ORDER = "the order of a step's lines"
    RATE = "which rate diverges"
    VALLEY = "in which valley a ball comes to rest"
    JUMPS = "why a loss never settles"
    BATCH = "which loss is whose"


class Choice(NamedTuple):
    """One of three answers.

    value: the number that it gives. text: otherwise, what its card says. code: whether that is code.
    run: the index, among all runs of the quiz, of the run that it stands for; None if there is none.
    """

    value: float | None = None
    text: str = ""
    code: bool = False
    run: int | None = None


class Question(NamedTuple):
    """What is asked.

    choices: A, B and C. right: the index of the right one. runs: the indices of the runs that are shown.
    variant: which of its variants is asked, 0 or 1. code: lines of code that belong to it.
    """

    kind: Kind
    choices: tuple[Choice, ...]
    right: int
    runs: tuple[int, ...]
    variant: int = 0
    code: tuple[str, ...] = ()

    @property
    def answer(self) -> Choice:
        """The right choice."""
        return self.choices[self.right]


class Quiz(tuple[Trajectory, ...]):
    """All runs of a quiz, and its eight questions."""

    questions: tuple[Question, ...]

    def question(self, kind: Kind) -> Question:
        """The question of a kind."""
        return next(one for one in self.questions if one.kind is kind)
