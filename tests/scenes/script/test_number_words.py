"""Numbers in English words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.script.number_words import MOST_DIGITS, cardinal, numeral, ordinal

NAMES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = dict(zip(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), range(20, 100, 10)))
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def heard(words: str) -> int:
    """The whole number that a listener writes down."""
    total = group = 0
    for word in re.split(r"[ -]", words):
        if word in NAMES:
            group += NAMES.index(word)
        elif word in TENS:
            group += TENS[word]
        elif word == "hundred":
            group *= 100
        else:
            total, group = total + group * SCALES[word], 0
    return total + group


@given(st.integers(0, 10**MOST_DIGITS - 1))
def test_what_is_heard_is_the_number(value):
    """A listener who knows English writes down the number that was said."""
    assert heard(cardinal(value)) == value


@given(st.integers(0, 10**MOST_DIGITS - 1), st.text("0123456789", min_size=1, max_size=8))
def test_decimals_are_said_one_by_one(whole, places):
    """The whole part is a number, each decimal a digit."""
    said, _, digits = numeral(f"{whole}.{places}").partition(" point ")

    assert heard(said) == whole
    assert "".join(str(NAMES.index(word)) for word in digits.split()) == places


@given(st.integers(0, 10**MOST_DIGITS - 1))
def test_thousands_may_be_parted(value):
    """Commas between thousands are not heard."""
    assert numeral(f"{value:,}") == numeral(str(value)) == cardinal(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *((1, "first"), (2, "second"), (3, "third"), (5, "fifth"), (8, "eighth"), (9, "ninth"), (11, "eleventh")),
        *((12, "twelfth"), (20, "twentieth"), (40, "fortieth"), (22, "twenty-second"), (100, "one hundredth")),
    ],
)
def test_ordinals(value, words):
    """Ordinals are the names people use."""
    assert words == ordinal(value)


def test_fifteen_digits_have_a_name_and_sixteen_are_spelt():
    """The longest number with a name of its own has fifteen digits."""
    assert numeral("900000000000001") == "nine hundred trillion one"
    assert numeral("9000000000000001").startswith("nine zero zero")
