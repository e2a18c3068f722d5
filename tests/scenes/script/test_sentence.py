"""Sentences as data: templates, values, colours, cues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.script.language import ENGLISH, Language
from scenes.script.sentence import Brief, Count, Equals, Exact, Name, Words, say

GERMAN = Language(
    "de",
    {
        "The slope is {value:slope} after {steps}.": "Nach {steps} ist die ⟨slope⟩Steigung {value:slope}.",
        "steps": "Schritten",
    },
    decimal=",",
    group=".",
)


def test_a_value_wears_its_concept():
    """A field with a concept is written in its colour."""
    sentence = say("The slope is {value:slope}.", value=Brief(10.0))

    assert sentence.markup() == "The slope is [10](slope)."
    assert sentence.plain() == "The slope is 10."


def test_another_language_changes_words_numbers_and_order():
    """Template, decimal sign and plural come from the language; the values stay."""
    sentence = say("The slope is {value:slope} after {steps}.", value=Brief(0.25), steps=Count(1200, "step", "steps"))

    assert sentence.plain() == "The slope is 0.25 after 1,200\u00a0steps."
    assert sentence.plain(GERMAN) == "Nach 1.200\u00a0Schritten ist die Steigung 0,25."


def test_a_cue_is_found_in_the_plain_sentence():
    """A move finds the word it waits for, a value by its name, and a translator's mark in another language."""
    sentence = say("The slope is {value:slope} after {steps}.", value=Brief(0.25), steps=Count(3, "step", "steps"))

    assert sentence.place("slope") == len("The ")
    assert sentence.place("{value}") == len("The slope is ")
    assert sentence.place("{steps}") == len("The slope is 0.25 after ")
    assert sentence.place("slope", GERMAN) == len("Nach 3\u00a0Schritten ist die ")


def test_a_word_that_is_not_said_is_no_cue():
    """A move that waits for a word which is not in the sentence is told so; parts of words do not count."""
    with pytest.raises(ValueError, match="which is not said"):
        say("Slopes are steep.").place("slope")


@pytest.mark.parametrize("values", [{}, {"value": Brief(1.0), "other": Brief(2.0)}])
def test_fields_and_values_agree(values):
    """A template whose fields and values do not agree is refused."""
    with pytest.raises(ValueError, match="has the fields"):
        say("It is {value}.", **values)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Brief(3.0576), "3.06"),
        (Brief(25.0), "25"),
        (Brief(0.0576), "0.058"),
        (Brief(-0.64), "−0.64"),
        (Brief(0.0), "0"),
        (Brief(12345.678), "12345.68"),
        (Brief(3.2e-9), "3.2\u00a0×\u00a010⁻⁹"),
        (Exact(0.123456789), "0.123457"),
        (Equals(8.0), "=\u00a08"),
        (Equals(3.0576), "≈\u00a03.06"),
        (Count(1, "step", "steps"), "1\u00a0step"),
        (Name("x"), "x"),
        (Words(say("a {n}", n=Brief(2.0))), "a 2"),
    ],
    ids=str,
)
def test_values_as_they_are_written(value, text):
    """A caption's number has at most two decimals, or two digits below one; an equality says whether it was rounded."""
    assert value.written(ENGLISH) == text


@given(st.floats(-1e5, 1e5))
def test_a_brief_number_is_the_number_rounded(value):
    """What is read from a brief number is at most half of its last digit away."""
    shown = ENGLISH.read(ENGLISH.brief(value))
    if shown == shown:
        assert abs(shown - value) <= max(0.005, 0.0) + 1e-12
