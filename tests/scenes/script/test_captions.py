"""Sentences broken into captions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.catalogue import LESSONS
from scenes.script.captions import LINE_LENGTH, LINES, caption_cards, card_text
from scenes.script.numbers import NO_BREAK
from scenes.script.spans import coloured_spans
from scenes.spec import RenderSpec

WORDS = st.lists(st.text("abcdefgh,.;", min_size=1, max_size=14), min_size=1, max_size=60).map(" ".join)


def texts(sentence: str) -> list[str]:
    """The captions of a sentence as plain text."""
    return [card_text(card) for card in caption_cards(sentence)]


@given(WORDS)
def test_captions_have_two_lines_of_forty_two_characters(sentence):
    """However long the sentence, each of its captions fits, and together they are the sentence."""
    cards = texts(sentence)

    assert " ".join(" ".join(cards).split()) == sentence
    for card in cards:
        lines = card.split("\n")
        assert len(lines) <= LINES
        assert all(0 < len(line) <= LINE_LENGTH for line in lines)


def fits(words: list[str]) -> bool:
    """Whether the words fit into two lines, wherever they are parted."""
    return any(
        len(" ".join(words[:cut])) <= LINE_LENGTH and len(" ".join(words[cut:])) <= LINE_LENGTH
        for cut in range(len(words) + 1)
    )


@given(WORDS)
def test_no_more_captions_than_needed(sentence):
    """There are as few captions as when each takes all the words that it can hold."""
    needed, filling = 1, []
    for word in sentence.split():
        filling = [*filling, word]
        if not fits(filling):
            needed, filling = needed + 1, [word]

    assert len(caption_cards(sentence)) == needed


def test_a_long_sentence_is_parted_where_its_phrases_part():
    """A full stop is the best place for the next caption."""
    sentence = (
        "The slope says which way is up and the ball goes the other way, step by step. "
        "The learning rate says how far each of these steps goes, no more and no less."
    )

    assert [card.replace("\n", " ") for card in texts(sentence)] == [
        "The slope says which way is up and the ball goes the other way, step by step.",
        "The learning rate says how far each of these steps goes, no more and no less.",
    ]


def test_a_caption_may_be_shorter_so_that_a_phrase_stays_whole():
    """The end of a sentence is a better border than the middle of the next."""
    sentence = (
        "The ball starts here and rolls down. "
        "After that the slope decides how far it goes to the left or to the right of it."
    )

    assert texts(sentence)[0] == "The ball starts here and rolls down."


def test_a_calculation_longer_than_a_line_is_broken_all_the_same():
    """Spaces that do not break give way where no line can take what they hold together."""
    sum_of = NO_BREAK.join(["0.1", "×", "1234567.8901", "+", "0.25", "×", "7654321.1234", "=", "2037037.0709"])
    (card,) = texts(sum_of)

    assert card.replace("\n", " ") == sum_of.replace(NO_BREAK, " ")
    assert max(map(len, card.split("\n"))) <= LINE_LENGTH


def test_lines_break_after_a_comma_where_there_is_one():
    """A line ends where a phrase ends, rather than exactly in the middle."""
    assert texts("From there every way leads up, and the ball is stuck.") == [
        "From there every way leads up,\nand the ball is stuck."
    ]


def test_what_belongs_together_stays_on_one_line():
    """A number and its sign, joined by spaces that do not break, are never parted."""
    sum_of = f"0.1{NO_BREAK}×{NO_BREAK}10{NO_BREAK}={NO_BREAK}1."
    lines = texts(f"The learning rate sets how far we go here: {sum_of}")[0].split("\n")

    assert any("0.1 × 10 = 1." in line for line in lines)


def test_a_word_longer_than_a_line_is_refused():
    """No caption can hold it; the error names it."""
    with pytest.raises(ValueError, match="a word has at most 42 characters, got 'xxx"):
        caption_cards("x" * 43)


def test_colours_survive_the_breaking():
    """Each word keeps the colour of its concept, on whichever line it lands."""
    sentence = "The [learning rate](rate) sets how far the [ball](ball) goes along the [slope](slope)."
    (card,) = caption_cards(sentence)

    def coloured(runs):
        return [(word, run.concept) for run in runs for word in run.text.split() if run.concept]

    assert coloured([run for line in card for run in line]) == coloured(coloured_spans(sentence))


@pytest.mark.parametrize("rate", [None, 1e-4, 0.5, 0.9, 1.0, 7.3])
@pytest.mark.parametrize("name", LESSONS)
def test_every_sentence_of_every_lesson_is_laid_out(name, rate):
    """At any rate, all captions of a film have two lines of 42 characters."""
    lesson = LESSONS[name]
    if name == "saddle" and rate in (1.0, 7.3):  # no ball comes to a saddle at such a rate
        rate = 0.2
    for beat in lesson.script(lesson.run(RenderSpec(name, learning_rate=rate))):
        for card in texts(beat.sentence):
            assert card.count("\n") < LINES
            assert max(map(len, card.split("\n"))) <= LINE_LENGTH
