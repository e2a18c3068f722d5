"""What a voice says for what is written."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.script.number_words import numeral
from scenes.script.numbers import count, number
from scenes.script.spoken import GREEK, SIGNS, spoken

SAYABLE = set(string.ascii_letters + " ,.;:?!'-")

FORMS = {
    "x − 3": "x minus three",
    "(x − 3)²": "x minus three, squared",
    "f(x) = (x − 3)²": "f of x equals x minus three, squared",
    "f′(x) = 2(x − 3)": "f prime of x equals two times x minus three",
    "J(θ₁, θ₂) = θ₁² + θ₂²": "J of theta one, theta two equals theta one squared plus theta two squared",
    "(x − 3)(x + 3)": "x minus three times x plus three",
    "xₜ₊₁ = xₜ − αg": "x t plus one equals x t minus alpha g",
    "−0.05": "minus zero point zero five",
    "-5 and −16": "minus five and minus sixteen",
    "1.2 × 10⁵": "one point two times ten to the five",
    "10⁻⁴": "ten to the minus four",
    "10²": "ten to the two",
    "x³ + 2x²": "x cubed plus two x squared",
    "(1 − 2α)¹⁰": "one minus two alpha, to the ten",
    "1.5e-6": "one point five times ten to the minus six",
    "0.1 × 10 = 1.": "zero point one times ten is one.",
    "0.1 × 3.1 ≈ 0.31.": "zero point one times three point one is about zero point three one.",
    "It starts at x = 8.": "It starts at x equals eight.",
    "It is at x ≈ 3.058.": "It is at x about three point zero five eight.",
    "α = 0.1": "alpha equals zero point one",
    "It starts at (3, 4).": "It starts at three, four.",
    "from (−1.25, 0.5) on": "from minus one point two five, zero point five on",
    "20 of 24 balls": "twenty of twenty-four balls",
    "1,234 steps": "one thousand two hundred thirty-four steps",
    "the 3rd and the 21st step": "the third and the twenty-first step",
    "a 3-D bowl": "a three-D bowl",
    "rates 0–9": "rates zero to nine",
    "1/2": "one over two",
    "2/curvature": "two over curvature",
    "50%": "fifty percent",
    "a step (the first one) is": "a step, the first one, is",
    "“It’s here” — so …": "It's here, so,",
    "α ≥ 2": "alpha is at least two",
    "∞": "infinity",
    "€5": "euro sign five",
    "10\u00a0steps": "ten steps",
    "1\u00a0step": "one step",
    "x ← x − α · f′(x)": "x becomes x minus alpha times f prime of x",
    "θ ← θ − α ∇J(θ)": "theta becomes theta minus alpha the gradient of J of theta",
    "1 − 0.9 × 2 = −0.8": "one minus zero point nine times two is minus zero point eight",
    "2 / curvature = 1": "two over curvature equals one",
    "√2": "the root of two",
    "π/2": "pi over two",
    "x⁻¹": "x to the minus one",
    "eˣ": "e to the x",
    "1e6": "one times ten to the six",
    "0.0 and 00.5": "zero point zero and zero point five",
    "99,999": "ninety-nine thousand nine hundred ninety-nine",
    "9.9 × 10⁻³²": "nine point nine times ten to the minus thirty-two",
    "(−0.6, −0.8)": "minus zero point six, minus zero point eight",
    "f(−1.5)": "f of minus one point five",
    "|g| < 10⁻⁶": "the size of g is below ten to the minus six",
    "x₁₀": "x ten",
    "3 × 4 = 12, or so.": "three times four is twelve, or so.",
    "L-BFGS": "L-BFGS",
}


@pytest.mark.parametrize(("written", "said"), FORMS.items())
def test_formulas_are_said_in_words(written, said):
    """Numbers, signs and formulas become the words that a teacher says."""
    assert said == spoken(written)


def test_a_number_beyond_names_is_said_digit_by_digit():
    """Sixteen digits have no name and are said one by one."""
    assert (
        numeral("1234567890123456") == "one two three four five six seven eight nine zero one two three four five six"
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_printed_number_can_be_said(value):
    """Whatever number a sentence shows, no digit and no sign is left for the voice to stumble over."""
    said = spoken(f"The loss = {number(value)}, or ≈ {number(value, 2)}.")

    assert set(said) <= SAYABLE
    assert said.endswith(".")


@given(st.integers(min_value=0, max_value=10**9))
def test_counts_agree_with_their_nouns(amount):
    """One step, two steps, no steps."""
    said = spoken(count(amount, "step"))

    assert (amount == 1) == said.endswith(" step")
    assert set(said) <= SAYABLE


@given(st.text(alphabet=string.printable + "".join(GREEK) + "".join(SIGNS) + "⁰¹²³⁻ₙ₁₂()—“”…\u00a0", max_size=40))
def test_any_text_of_ours_becomes_words(text):
    """Letters, digits, brackets and signs in any order leave nothing that is not a word or a pause."""
    said = spoken(text)

    assert set(said) <= SAYABLE
    assert not re.search(r"\s\s|\s[,.;:?!]", said)


def test_letters_of_other_alphabets_stay():
    """What cannot be said is left for the voice to refuse, not dropped."""
    assert spoken("привет") == "привет"


def test_an_aside_leaves_one_sign_before_the_next():
    """The comma that closes a bracket gives way to the sign after it."""
    assert spoken("It falls (so far).") == "It falls, so far."
    assert spoken("It falls (so far): slowly.") == "It falls, so far: slowly."
