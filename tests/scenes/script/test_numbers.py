"""Numbers as people read them."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.script.numbers import count, fixed, number, power_of_ten

FINITE = st.floats(allow_nan=False, allow_infinity=False)
NORMAL = st.floats(1e-300, 1e300).flatmap(lambda size: st.sampled_from([size, -size]))
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text: str) -> float:
    """The number that a person reads."""
    plain = text.replace("\u00a0", " ").replace("−", "-")
    factor, power = re.fullmatch(r"(-?[\d.]*)(?: × )?(10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", plain).groups()
    exponent = int(power[2:].translate(DIGITS)) if power else 0
    return float(f"{'-1' if factor == '-' else factor or '1'}e{exponent}")


WRITTEN = {
    0.0: "0",
    7.0: "7",
    3.0576: "3.058",
    -16.0: "−16",
    0.0033: "0.0033",
    0.1 + 0.2: "0.3",
    99_999.0: "10⁵",
    99_994.0: "99990",
    123_456.0: "1.2 × 10⁵",
    100_000.0: "10⁵",
    1e-4: "0.0001",
    9.9e-5: "9.9 × 10⁻⁵",
    1e-9: "10⁻⁹",
    -2.5e30: "−2.5 × 10³⁰",
    math.inf: "∞",
    -math.inf: "−∞",
    math.nan: "?",
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.items())
def test_numbers_are_written_as_people_write_them(value, text):
    """Four digits, no idle zeros, a real minus sign, a power of ten where digits would not tell."""
    assert text == number(value).replace("\u00a0", " ")


@given(NORMAL)
def test_what_is_read_is_the_number(value):
    """To four digits, or two with a power of ten, the text is the value."""
    text = number(value)

    assert read(text) == pytest.approx(value, rel=0.051 if set(text) & set("⁻⁰¹²³⁴⁵⁶⁷⁸⁹") else 6e-4, abs=0)


@given(NORMAL)
def test_powers_of_ten_are_near(value):
    """A lone power of ten is within five hundredths of the number it stands for."""
    assert read(power_of_ten(abs(value))) == pytest.approx(abs(value), rel=0.051)


@given(FINITE, st.integers(0, 4))
def test_a_readout_has_its_places(value, places):
    """Below 99,999 all places are there, even zeros; nothing that reads as zero has a minus sign."""
    text = fixed(value, places)

    if abs(value) < 99_999:
        assert len(text.partition(".")[2]) == places
        assert read(text) == pytest.approx(value, abs=0.51 * 10**-places)
    assert not re.fullmatch(r"−0(\.0*)?", text)


@given(st.integers(0, 10**9))
def test_a_count_is_one_thing_or_several(amount):
    """`1 step`, else `steps`; thousands are parted."""
    number_of, noun = count(amount, "step").split("\u00a0")

    assert (noun == "step") == (amount == 1)
    assert int(number_of.replace(",", "")) == amount
