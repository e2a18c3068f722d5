"""What is asked in a quiz, and why the right answer is right, from the runs' numbers."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.quiz_facts import deeper, members_of
from scenes.quiz import Kind, Quiz
from scenes.script.sentence import Brief, Count, Equals, Exact, Sentence, say


def question_words(runs: Quiz, kind: Kind) -> Sentence:
    """What is asked."""
    question = runs.question(kind)
    main = runs[question.runs[0]]
    if kind is Kind.NEXT:
        templates = (
            "Here x {place}, and the rate is {rate:rate}. Where does the next step land?",
            "Here x {place}, and the rate is {rate:rate}. What is the loss after one step?",
        )
        place, rate = Equals(float(main.points[0, 0])), Exact(float(main.learning_rates[0]))
        return say(templates[question.variant], place=place, rate=rate)
    return {
        Kind.BUG: say("This code should go down, but its [ball](run5) climbs. Which line has the bug?"),
        Kind.BLANK: say("One sign is missing. Which one takes the ball down?"),
        Kind.ORDER: say("Five lines make one step, but they are shuffled. Which order works?"),
        Kind.RATE: say("Three learning rates on the same curve. Which one diverges?"),
        Kind.VALLEY: say("Two valleys, one ball. Where will it come to rest?"),
        Kind.JUMPS: say("This loss jumps up and down and never settles. Why?"),
        Kind.BATCH: (
            say("One run reads all rows at each step, the other a single row. Which is stochastic?"),
            say("One run reads all rows at each step, the other a single row. Which is batch?"),
        )[question.variant],
    }[kind]


def reason_words(runs: Quiz, kind: Kind) -> Sentence:
    """Why the answer is right."""
    question = runs.question(kind)
    answer = runs[question.answer.run if question.answer.run is not None else question.runs[-1]]
    if kind is Kind.NEXT:
        return say(
            "The slope is {slope:slope}. Multiply by the rate, then subtract: x {next}, and the loss is {loss:loss}.",
            slope=Brief(float(answer.gradients[0, 0])),
            next=Equals(float(answer.points[1, 0])),
            loss=Brief(float(answer.losses[1])),
        )
    if kind is Kind.RATE:
        rate = Exact(float(answer.learning_rates[0]))
        return say("At {rate}, every leap lands farther out than the last, so the loss only grows.", rate=rate)
    if kind is Kind.JUMPS:
        rate, wild = (Exact(float(one.learning_rates[0]), 2) for one in (answer, runs[question.runs[0]]))
        template = "At {rate:minimum}, the loss settles. At {wild:loss}, the steps keep leaping across the valley."
        return say(template, rate=rate, wild=wild)
    return {
        Kind.BUG: (
            say("It adds the slope, and the slope points uphill. With a minus, the ball comes down."),
            say("Its slope has the wrong sign. Turn that around, and the ball comes down."),
        )[question.variant],
        Kind.BLANK: say("Only the minus goes against the slope. Plus climbs, and times goes astray."),
        Kind.ORDER: say("Each line needs what the one before it made: the error, the slope, the step, the new x."),
        Kind.VALLEY: (
            say("It only ever goes downhill from where it is, and here that leads to the deeper valley.")
            if deeper(runs)
            else say("It only ever goes downhill from where it is, so it misses the deeper valley.")
        ),
        Kind.BATCH: (
            say("A single row gives a rough gradient, so on the way down, some steps go up."),
            say("All rows together give the true gradient, so here every step goes down."),
        )[question.variant],
    }[kind]


def last_words() -> tuple[Sentence, Sentence]:
    """How the course ends."""
    return (
        say("How many did you get right? A slope, a minus and a rate: that's all it takes."),
        say("Now train something of your own."),
    )


def alt(runs: tuple[Trajectory, ...]) -> Sentence:
    """What the film shows."""
    assert isinstance(runs, Quiz)
    first = members_of(runs, Kind.NEXT)[0]
    return say(
        "{questions} about gradient descent, with three answers each; a run shows which is right. The first: "
        "a ball at x {place} with a learning rate of {rate}, and where its next step lands.",
        questions=Count(len(runs.questions), "question", "questions"),
        place=Equals(float(first.points[0, 0])),
        rate=Exact(float(first.learning_rates[0])),
    )
