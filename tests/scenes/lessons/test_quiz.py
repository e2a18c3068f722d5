"""The quiz asks what can be answered: right answers, wrong ones and every sentence, worked out anew for each seed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.film.content import content_of
from scenes.lesson import tell_story
from scenes.planned_quiz import planned_quiz
from scenes.quiz import Kind, Question, Quiz
from scenes.script.captions import caption_cards
from scenes.script.language import ENGLISH
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Text
from scenes.stage.part import Now
from scenes.stage.write import SMALLEST

from .sentences import Said, faults, said
from .truth import Film, axes, clashes, misplaced_balls, read, wrong_numbers

SEEDS = range(300)
ASPECTS = ("16:9", "9:16", "1:1")
# The valleys and the hilltop of x⁴ − 3x² + x.
LEFT, TOP, RIGHT = sorted(np.roots([4, 0, -6, 1]).real)


@pytest.fixture(scope="module")
def quizzes() -> list[Quiz]:
    """The quiz of each seed."""
    return [planned_quiz(RenderSpec("quiz", seed=seed)) for seed in SEEDS]


def all_of(quizzes: list[Quiz], kind: Kind) -> list[tuple[Quiz, Question]]:
    """A kind of question in every quiz."""
    return [(quiz, next(one for one in quiz.questions if one.kind is kind)) for quiz in quizzes]


def floor(quiz: Quiz) -> int:
    """The m of (x − m)², from the formula that the viewer reads."""
    return int(re.fullmatch(r"\(x - (\d+)\)\^2", quiz[0].objective.formula)[1])


def given(quiz: Quiz, question: Question) -> tuple[float, float, int]:
    """x, the rate and m of a question about the parabola."""
    run = quiz[question.runs[0]]
    return float(run.points[0, 0]), float(run.learning_rates[0]), floor(quiz)


def on_card(choice) -> str:
    """What a viewer reads on a card."""
    return choice.text if choice.value is None else ENGLISH.brief(choice.value)


def test_three_answers_can_be_told_apart(quizzes):
    """At every seed, each of the eight questions has three cards that say three different things."""
    for quiz in quizzes:
        assert [one.kind for one in quiz.questions] == list(Kind)
        for question in quiz.questions:
            assert len({on_card(choice) for choice in question.choices}) == 3, question


def test_the_predicted_step_is_the_rules_own_and_the_others_are_slips(quizzes):
    """The right card has x − α·2(x − m), or its loss; each other one forgets the 2, adds, or forgets the rate."""
    seen = Counter()
    for quiz, question in all_of(quizzes, Kind.NEXT):
        x, rate, m = given(quiz, question)
        x = {float(quiz[index].points[0, 0]) for index in question.runs}.pop()
        d = x - m
        ends = {"right": x - rate * 2 * d, "half": x - rate * d, "plus": x + rate * 2 * d, "no rate": x - 2 * d}
        told = {name: (end - m) ** 2 if question.variant else end for name, end in ends.items()}
        found = [
            next(name for name, value in told.items() if abs(value - choice.value) < 1e-9)
            for choice in question.choices
        ]
        assert found[question.right] == "right"
        assert len(set(found)) == 3
        seen.update(found)
    assert all(seen[name] > 50 for name in ("right", "half", "plus", "no rate"))


def test_the_answers_to_the_first_question_are_apart_in_the_picture(quizzes):
    """Any two of the three differ by a sixteenth of all that the picture must show, or more."""
    for quiz, question in all_of(quizzes, Kind.NEXT):
        x, _, m = given(quiz, question)
        values = sorted(choice.value for choice in question.choices)
        room = np.ptp([*values, 0.0] if question.variant else [*values, x, m])
        assert min(np.diff(values)) >= room / 16


def test_the_main_run_goes_by_the_rule(quizzes):
    """The first run, which is printed and whose rule the transcript tells, is plain descent, whatever the seed."""
    for seed, quiz in enumerate(quizzes):
        assert quiz[0].optimiser == "gradient-descent"
        assert quiz[0].points[1, 0] - quiz[0].points[0, 0] == pytest.approx(
            -quiz[0].learning_rates[0] * 2 * (quiz[0].points[0, 0] - floor(quiz))
        )
        if seed < 12:
            spec = RenderSpec("quiz", seed=seed, fps=10)
            assert "x ← x − α · f′(x)" in content_of(spec, tell_story(LESSONS["quiz"], spec)).transcript


def test_the_line_with_the_bug_is_the_one_that_is_wrong(quizzes):
    """The right card adds the slope, or has the slope with the wrong sign; the other lines are as they should be."""
    for quiz, question in all_of(quizzes, Kind.BUG):
        x, rate, m = given(quiz, question)
        sound = {f"loss = (x - {m})**2", f"grad = 2 * (x - {m})", "x = x - lr * grad"}
        bug = ("x = x + lr * grad", f"grad = 2 * ({m} - x)")[question.variant]
        lines = [choice.text for choice in question.choices]
        assert lines[question.right] == bug
        assert set(lines) - {bug} < sound
        (mended,) = question.code
        assert mended in sound
        assert mended.split(" ")[0] == bug.split(" ")[0]
        grads = [place for place, line in enumerate(lines) if line.startswith("grad")]
        assert grads < [
            place for place, line in enumerate(lines) if line.startswith("x")
        ]  # no line uses what is not there
        wrong, right = (quiz[index].points[:, 0] - m for index in question.runs)
        np.testing.assert_allclose(wrong, (x - m) * (1 + 2 * rate) ** np.arange(len(wrong)))
        np.testing.assert_allclose(right, (x - m) * (1 - 2 * rate) ** np.arange(len(right)))


def test_only_the_minus_gets_lower(quizzes):
    """Of the three signs, by their rules worked out here, the right one alone ends lower than it began."""
    rules = {"-": lambda x, move: x - move, "+": lambda x, move: x + move, "*": lambda x, move: x * move}
    for quiz, question in all_of(quizzes, Kind.BLANK):
        x, rate, m = given(quiz, question)
        lower = []
        for choice in question.choices:
            place, run = x, quiz[choice.run]
            for landing in run.points[1:, 0]:
                place = rules[choice.text](place, rate * 2 * (place - m))
                assert landing == pytest.approx(place)
            lower.append(abs(place - m) < abs(x - m))
        assert question.answer.text == "-"
        assert lower == [index == question.right for index in range(3)]


def works(lines: list[str]) -> bool:
    """Whether each line uses only names that are there, and the last one moves x."""
    known = {"lr"}
    for line in lines:
        target, _, value = line.partition(" = ")
        if not set(re.findall(r"[a-z]+", value)) <= known:
            return False
        known.add(target)
    return lines[-1] == "x = x - step"


def test_only_one_order_of_the_lines_works(quizzes):
    """The right card's order can be run, the others use a name before it is there, and the lines come shuffled."""
    for quiz, question in all_of(quizzes, Kind.ORDER):
        orders = [[int(number) - 1 for number in choice.text.split()] for choice in question.choices]
        assert all(sorted(order) == [0, 1, 2, 3, 4] for order in orders)
        done = [works([question.code[line] for line in order]) for order in orders]
        assert done == [index == question.right for index in range(3)]
        assert orders[question.right] != [0, 1, 2, 3, 4]
        x, _, m = given(quiz, question)
        assert {f"x = {x:g}", f"error = x - {m}"} <= set(question.code)


def test_the_diverging_rate_is_the_one_above_one(quizzes):
    """On (x − m)² a step multiplies the offset by 1 − 2α, so the right card's rate alone is above 1; one leaps over."""
    for quiz, question in all_of(quizzes, Kind.RATE):
        rates = [choice.value for choice in question.choices]
        assert [rate > 1 for rate in rates] == [index == question.right for index in range(3)]
        assert sum(0.5 < rate < 1 for rate in rates) == 1
        for choice in question.choices:
            offsets = quiz[choice.run].points[:, 0] - floor(quiz)
            np.testing.assert_allclose(offsets[1:], offsets[:-1] * (1 - 2 * choice.value))


def test_the_ball_rests_on_its_side_of_the_hill(quizzes):
    """The right card is the valley on the start's side of the hilltop, where the run's last slope is almost zero."""
    starts = set()
    for quiz, question in all_of(quizzes, Kind.VALLEY):
        run = quiz[question.runs[0]]
        start, end = run.points[[0, -1], 0]
        starts.add(float(start))
        assert question.answer.text == ("left valley" if start < TOP else "right valley")
        assert end == pytest.approx(LEFT if start < TOP else RIGHT, abs=1e-3)
        assert abs(start - TOP) > 0.1
        assert min(abs(start - LEFT), abs(start - RIGHT)) > 0.35  # it is not there yet
    assert len(starts) > 10


def test_the_cause_is_the_rate(quizzes):
    """Above 2 over the valley's curvature nothing settles; with the remedy's rate, below it, all does."""
    limit = 2 / (12 * LEFT**2 - 6)
    for quiz, question in all_of(quizzes, Kind.JUMPS):
        wild, settled = (quiz[index] for index in question.runs)
        assert question.answer.text == "rate too large"
        assert settled.learning_rates[0] < limit < wild.learning_rates[0]
        late = wild.points[len(wild.points) // 2 :, 0]
        assert np.mean((late[1:] - LEFT) * (late[:-1] - LEFT) < 0) >= 0.5
        assert np.ptp(wild.losses[-10:]) > 1
        assert np.ptp(settled.losses[-10:]) < 1e-3


def test_the_rough_loss_is_that_of_one_row(quizzes):
    """A row a step is stochastic, all rows are batch; the smooth loss falls with every step, the rough one does not."""
    for quiz, question in all_of(quizzes, Kind.BATCH):
        smooth, rough = (quiz[index] for index in question.runs)
        assert (smooth.batch_size, rough.batch_size) == (smooth.data.rows, 1)
        assert smooth.steps == rough.steps
        assert np.all(np.diff(smooth.losses) < 0)
        assert np.sum(np.diff(rough.losses) > 0) >= 8
        for run in (smooth, rough):
            x, y = run.data.inputs[:, 0], run.data.targets
            errors = run.points[:, :1] * x + run.points[:, 1:] - y
            np.testing.assert_allclose(run.losses, np.mean(errors**2, axis=1))
        assert question.answer.text == ("the rough one", "the smooth one")[question.variant]
        assert question.answer.run == question.runs[1 - question.variant]


def test_seed_0_asks_the_articles_question(quizzes):
    """From x = 5 at 0.1 on (x − 3)² the step lands at 4.6, with a loss of 2.56; the rates are 0.1, 0.9 and 1.05."""
    first, rates = quizzes[0].questions[0], all_of(quizzes[:1], Kind.RATE)[0][1]
    x, rate, m = given(quizzes[0], first)

    assert (x, rate, m, on_card(first.answer)) == (5, 0.1, 3, "4.6")
    assert quizzes[0][first.answer.run].losses[1] == pytest.approx(2.56)
    assert sorted(choice.value for choice in rates.choices) == [0.1, 0.9, 1.05]
    assert all(question.variant == 0 for question in quizzes[0].questions)


def test_another_seed_is_another_quiz(quizzes):
    """Each question is answered by A, B and C about equally often, both variants are asked, and numbers vary."""
    for kind in Kind:
        questions = [question for _, question in all_of(quizzes, kind)]
        letters = Counter(question.right for question in questions)
        most = {0, 1, 2} if kind is not Kind.BUG else {1, 2}  # the bug is rarely in the first line: it uses others
        assert all(letters[letter] >= 0.2 * len(SEEDS) for letter in most), kind
        assert len({question.choices for question in questions}) > 3 * (kind is not Kind.BATCH)
        if kind in (Kind.NEXT, Kind.BUG, Kind.BATCH):
            assert min(Counter(question.variant for question in questions).values()) > 0.4 * len(SEEDS)
    assert len({quiz[0].digest() for quiz in quizzes}) > 60
    again = planned_quiz(RenderSpec("quiz", seed=17))
    assert [run.digest() for run in again] == [run.digest() for run in quizzes[17]]
    assert again.questions == quizzes[17].questions


def runs_of(one: Said) -> Quiz:
    """The quiz that a sentence is about; it knows only the first run, which no two quizzes share."""
    return ASKED[one.run.digest()]


def question_of(one: Said, kind: Kind) -> tuple[Quiz, Question]:
    quiz = runs_of(one)
    return quiz, next(question for question in quiz.questions if question.kind is kind)


def equals(one: Said, name: str, value: float) -> bool:
    """Whether a value of the sentence is `= 5` for this number, or `≈ 4.67` where it had to be rounded."""
    sign, _, text = one.values[name].replace("\u00a0", " ").partition(" ")
    number, slack = read(text)
    return abs(number - value) <= (1e-9 if sign == "=" else slack)


def asks_from(one: Said, variant: int) -> bool:
    """Whether place and rate are those of the first question."""
    quiz, question = question_of(one, Kind.NEXT)
    x, rate, _ = given(quiz, question)
    return question.variant == variant and equals(one, "place", x) and one.tells("rate", rate)


def works_out(one: Said) -> bool:
    """Whether slope, landing and loss are those of the parabola."""
    quiz, question = question_of(one, Kind.NEXT)
    x, rate, m = given(quiz, question)
    end = x - rate * 2 * (x - m)
    return one.tells("slope", 2 * (x - m)) and equals(one, "next", end) and one.tells("loss", (end - m) ** 2)


def variant_of(one: Said, kind: Kind) -> int:
    return question_of(one, kind)[1].variant


def ends_deeper(one: Said) -> bool:
    quiz, question = question_of(one, Kind.VALLEY)
    return bool(quiz[question.runs[0]].points[0, 0] < TOP)


def diverges(one: Said) -> bool:
    """Whether the rate that is named is above 1, so that |1 − 2α| > 1."""
    _, question = question_of(one, Kind.RATE)
    return one.tells("rate", question.answer.value) and question.answer.value > 1


def settles(one: Said) -> bool:
    quiz, question = question_of(one, Kind.JUMPS)
    wild, settled = (float(quiz[index].learning_rates[0]) for index in question.runs)
    return one.tells("rate", settled) and one.tells("wild", wild)


def always(one: Said) -> bool:
    """A law, a question, or what an earlier test has shown for every seed."""
    return True


CLAIMS = {
    "Eight questions, three answers each. Make your guess before the ring has closed.": lambda one: (
        len(runs_of(one).questions) == 8
    ),
    "Here x {place}, and the rate is {rate:rate}. Where does the next step land?": lambda one: asks_from(one, 0),
    "Here x {place}, and the rate is {rate:rate}. What is the loss after one step?": lambda one: asks_from(one, 1),
    "The slope is {slope:slope}. Multiply by the rate, then subtract: x {next}, and the loss is {loss:loss}.": (
        works_out
    ),
    "This code should go down, but its [ball](run5) climbs. Which line has the bug?": always,
    "It adds the slope, and the slope points uphill. With a minus, the ball comes down.": lambda one: (
        variant_of(one, Kind.BUG) == 0
    ),
    "Its slope has the wrong sign. Turn that around, and the ball comes down.": lambda one: (
        variant_of(one, Kind.BUG) == 1
    ),
    "One sign is missing. Which one takes the ball down?": always,
    "Only the minus goes against the slope. Plus climbs, and times goes astray.": always,
    "Five lines make one step, but they are shuffled. Which order works?": always,
    "Each line needs what the one before it made: the error, the slope, the step, the new x.": always,
    "Three learning rates on the same curve. Which one diverges?": always,
    "At {rate}, every leap lands farther out than the last, so the loss only grows.": diverges,
    "Two valleys, one ball. Where will it come to rest?": always,
    "It only ever goes downhill from where it is, and here that leads to the deeper valley.": ends_deeper,
    "It only ever goes downhill from where it is, so it misses the deeper valley.": lambda one: not ends_deeper(one),
    "This loss jumps up and down and never settles. Why?": always,
    "At {rate:minimum}, the loss settles. At {wild:loss}, the steps keep leaping across the valley.": settles,
    "One run reads all rows at each step, the other a single row. Which is stochastic?": lambda one: (
        variant_of(one, Kind.BATCH) == 0
    ),
    "One run reads all rows at each step, the other a single row. Which is batch?": lambda one: (
        variant_of(one, Kind.BATCH) == 1
    ),
    "A single row gives a rough gradient, so on the way down, some steps go up.": lambda one: (
        variant_of(one, Kind.BATCH) == 0
    ),
    "All rows together give the true gradient, so here every step goes down.": lambda one: (
        variant_of(one, Kind.BATCH) == 1
    ),
    "How many did you get right? A slope, a minus and a rate: that's all it takes.": always,
    "Now train something of your own.": always,
    "Where does the next step land?": lambda one: variant_of(one, Kind.NEXT) == 0,
    "What is the loss after one step?": lambda one: variant_of(one, Kind.NEXT) == 1,
    "{questions} about gradient descent, with three answers each; a run shows which is right. The first: "
    "a ball at x {place} with a learning rate of {rate}, and where its next step lands.": lambda one: (
        one.values["questions"].startswith("8")
        and equals(one, "place", given(*question_of(one, Kind.NEXT))[0])
        and one.tells("rate", given(*question_of(one, Kind.NEXT))[1])
    ),
}
ASKED: dict[str, Quiz] = {}


def test_every_sentence_is_true(quizzes):
    """For forty seeds each sentence is known here and borne out, and all that can be said is said."""
    heard = set()
    for seed in SEEDS[:40]:
        ASKED.clear()
        ASKED[quizzes[seed][0].digest()] = quizzes[seed]
        assert list(faults("quiz", {"seed": seed}, CLAIMS)) == []
        heard |= {one.template for one in said("quiz", {"seed": seed})}
    assert heard == set(CLAIMS)


def test_captions_are_short_and_the_film_is_of_a_quizs_length():
    """A sentence takes two captions at most; eight questions with their countdowns take no more than 140 seconds."""
    for seed in range(25):
        told = tell_story(LESSONS["quiz"], RenderSpec("quiz", seed=seed, fps=10))
        assert told.frames <= 140 * 10
        assert all(len(caption_cards(timed.beat.sentence)) <= 2 for timed in told.beats)


FILMS = ((0, "16:9"), (0, "9:16"), (8, "1:1"), (1, "16:9"))


@pytest.fixture(scope="module", params=FILMS, ids=str)
def film(request) -> Film:
    """The film of a seed in a shape."""
    seed, aspect = request.param
    return Film("quiz", aspect, seed=seed)


def marks_of(film: Film, frame: int, *parts: str, kind: type = Mark) -> list:
    """The marks of one kind that parts with such names have in a frame."""
    return [mark for name, mark in film.stage.named(frame) if name.startswith(parts) and isinstance(mark, kind)]


def rounds(film: Film) -> list[tuple[Question, object, object]]:
    """Each question with the beat that asks it and the one that answers it."""
    beats = film.beats[1:-2]
    return list(zip(film.runs.questions, beats[::2], beats[1::2]))


def cards(film: Film, frame: int) -> dict[int, Plate]:
    """The cards of a frame, by their letter's number."""
    shown = [mark for mark in film.stage.marks(frame) if mark.shows is not None and mark.shows.quantity == "card"]
    return {mark.shows.axis: mark for mark in shown}


def rims(film: Film, frame: int) -> list[Plate]:
    """The green rims around cards."""
    green = film.theme.minimum
    return [mark for mark in film.stage.marks(frame) if isinstance(mark, Plate) and mark.colour == green]


def test_the_right_card_lights_up_when_it_is_answered_and_no_sooner(film):
    """While a question is asked, three equal cards; in the end the right one is in green, the others are dim."""
    for question, asking, answering in rounds(film):
        for frame in (asking.end - 1, (asking.start + 2 * asking.end) // 3):
            assert rims(film, frame) == []
            shown = cards(film, frame)
            assert sorted(shown) == [0, 1, 2]
            assert {card.opacity for card in shown.values()} == {1.0}
            assert len({card.colour for card in shown.values()}) == 1
        (rim,), shown = rims(film, answering.end - 1), cards(film, answering.end - 1)
        assert rim.around.holds(shown[question.right].around)
        for index, card in shown.items():
            assert (card.opacity == 1.0) == (index == question.right)
            assert card.opacity > 0.2


def test_the_cards_say_what_can_be_chosen(film):
    """Each card has its letter and its text, large enough and inside it; the cards stand in their room, and apart."""
    for question, asking, _ in rounds(film):
        frame = asking.end - 1
        shown = cards(film, frame)
        boxes = [shown[index].around for index in range(3)]
        assert all(film.composition.stage.holds(box) for box in boxes)
        assert not any(one.meets(other) for one in boxes for other in boxes if one is not other)
        texts = marks_of(film, frame, "cards", kind=Text)
        for index, (box, choice) in enumerate(zip(boxes, question.choices)):
            held = [mark for mark in texts if box.holds(mark.box)]
            assert sorted(mark.text for mark in held) == sorted(["ABC"[index], on_card(choice)])
            assert all(mark.size >= SMALLEST for mark in held)
        picture = [
            mark.box
            for name, mark, _ in film.stage.boxes(frame)
            if name in ("plane", "hills", "chart7", "chart8", "listing4") and not isinstance(mark, Text)
        ]
        assert picture
        assert not any(box.meets(other) for box in boxes for other in picture)


def counted(film: Film, frame: int) -> tuple[float, list[str]]:
    """The share of the ring that is left, from its arc's length and the full ring's radius, and the digits in it."""
    part, now = film.stage.part("countdown"), Now(film.stage, frame)
    marks = list(part.marks(now)) if now.of(part, "shown") > 0 else []
    length = sum(np.hypot(*np.diff(mark.points, axis=0).T).sum() for mark in marks if isinstance(mark, Stroke))
    radius = next((mark.radius for mark in marks if isinstance(mark, Ring)), 1.0)
    return float(length / (2 * np.pi * radius)), [mark.text for mark in marks if isinstance(mark, Text)]


def test_there_is_time_to_guess(film):
    """After the question the ring shrinks evenly, for three seconds at least, and closes before the answer."""
    for _, asking, answering in rounds(film):
        seen = [counted(film, frame) for frame in range(asking.start, asking.end)]
        left = np.array([share for share, _ in seen])
        shrinks = np.flatnonzero(np.diff(left) < -1e-3)
        assert len(shrinks) >= 2.9 * film.spec.fps
        assert np.ptp(np.diff(left)[shrinks[1:-1]]) < 0.02
        assert left[-1] == 0
        assert list(dict.fromkeys(digit for _, digits in seen for digit in digits)) == ["3", "2", "1"]
        assert counted(film, answering.end - 1) == (0.0, [])


def test_the_flags_stand_at_their_answers(film):
    """In the first picture and that of the valleys, each letter is at its answer's place or height on the axes."""
    pixel = 8 / min(film.spec.width, film.spec.height)
    names = {"left valley": LEFT, "hilltop": TOP, "right valley": RIGHT}
    for number in (0, 5):
        question, asking, _ = rounds(film)[number]
        frame, axis = asking.end - 1, int(number == 0 and question.variant == 1)
        offset, slope = axes(film, frame, axis)
        flags = marks_of(film, frame, "flags", kind=Disc)
        assert len(flags) == 3
        for flag in flags:
            choice = question.choices[flag.shows.axis]
            value = names[choice.text] if number else choice.value
            assert abs((value - offset) / slope - flag.centre[axis]) < 1.5 * pixel


def nearest(marks: list, place: tuple[float, float]):
    """The mark whose middle is nearest to a place."""
    return min(marks, key=lambda mark: np.hypot(*np.subtract(mark.box.centre, place)))


def test_a_letter_rides_on_its_own_ball(film):
    """Where three balls race, the letter on a ball is that of the card whose run it is, and so is its colour."""
    found = 0
    for number in (3, 5):
        question, _, answering = rounds(film)[number - 1]
        for frame in range(answering.start + 4, answering.end, 6):
            balls = marks_of(film, frame, f"ball{number}", kind=Disc)
            for letter in marks_of(film, frame, f"letters{number}", kind=Text):
                ball = nearest(balls, letter.box.centre)
                assert np.hypot(*np.subtract(ball.centre, letter.box.centre)) < 0.1
                assert question.choices["ABC".index(letter.text)].run == ball.shows.run
                found += letter.opacity > 0.9
            runs = {choice.run: place for place, choice in enumerate(question.choices)}
            letters = {mark.text: mark for mark in marks_of(film, frame, f"cards{number}", kind=Text)}
            discs = marks_of(film, frame, f"cards{number}", kind=Disc)
            for ball in balls:
                badge = letters["ABC"[runs[ball.shows.run]]]
                assert nearest(discs, badge.box.centre).colour == ball.colour
    assert found > 10


def test_the_lines_are_put_in_the_order_of_the_answer(film):
    """In the end the listing reads from top to bottom in the right card's order, and all of it has been run."""
    question, asking, answering = rounds(film)[3]

    def read_down(frame: int) -> list[str]:
        lines = [mark for mark in film.stage.words(frame) if mark.shows is not None and mark.shows.quantity == "line"]
        return [mark.text for mark in sorted(lines, key=lambda mark: -mark.foot)]

    assert read_down(asking.end - 1) == ["1", "2", "3", "4", "5"]
    assert " ".join(read_down(answering.end - 1)) == question.answer.text
    run = [mark for mark in film.stage.marks(answering.end - 1) if mark.shows and mark.shows.quantity == "run line"]
    assert len(run) == 5


def test_the_arrow_of_the_step_bears_what_the_code_takes_away(film):
    """Next to `step = lr * grad`, the step's number is the rate times the slope, and not the change of x."""
    question, _, answering = rounds(film)[3]
    run = film.runs[question.runs[0]]
    told = {
        mark.text
        for frame in range(answering.start, answering.end)
        for mark in film.stage.words(frame)
        if mark.shows is not None and mark.shows.quantity in ("taken", "step")
    }
    (number,) = told
    assert float(number.replace("−", "-")) == pytest.approx(run.learning_rates[0] * run.gradients[0, 0], abs=0.006)


def test_nothing_is_wrong_at_other_seeds():
    """At more seeds, in all shapes: no type meets other type, each ball is in its place, each number the run's."""
    for seed in range(2, 11):
        film = Film("quiz", ASPECTS[seed % 3], seed=seed)
        for frame in film.ends():
            for look in (clashes, misplaced_balls, wrong_numbers):
                assert list(look(film, frame)) == [], seed


def test_the_gap_is_filled_and_the_bug_is_mended(film):
    """When they are answered, the code has its minus, and the line with the bug is the right one."""
    for number, mended in ((2, film.runs.question(Kind.BUG).code[0]), (3, "x = x - lr * grad")):
        _, asking, answering = rounds(film)[number - 1]
        assert mended not in {mark.text for mark in film.stage.words(asking.end - 1)}
        assert mended in {mark.text for mark in film.stage.words(answering.end - 1)}


def test_the_numbers_that_are_given_are_the_runs(film):
    """What stands above the first picture is the x and the rate with which its run begins."""
    question, asking, _ = rounds(film)[0]
    run = film.runs[question.runs[0]]
    words = {mark.text.split(" = ")[0]: mark.text for mark in film.stage.words(asking.end - 1) if " = " in mark.text}

    assert read(words["x"].split("= ")[1])[0] == run.points[0, 0]
    assert read(words["α"].split("= ")[1])[0] == run.learning_rates[0]


def test_a_quiz_takes_a_seed_alone():
    """A rate of the user's would be an answer to a question that nobody asked: it is refused in one line."""
    with pytest.raises(ValueError, match=r"^quiz takes no --lr; it takes --seed alone$"):
        tell_story(LESSONS["quiz"], replace(RenderSpec("quiz"), learning_rate=0.3))


def test_the_picture_is_whole_at_the_beginning_and_the_end():
    """With no cards next to it, the picture fills its room from side to side in the first frame and in the last."""
    film = Film("quiz")
    for frame in (0, film.frames - 1):
        view = next(part for part in film.parts if part.name == "plane")
        curve = [mark for name, mark in film.stage.named(frame) if name == "curve" and isinstance(mark, Stroke)]
        assert view is not None
        assert isinstance(curve[0].clip, Box)
        assert curve[0].clip.width > 0.9 * film.composition.stage.width
