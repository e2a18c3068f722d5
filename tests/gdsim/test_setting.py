"""The settings of a method, as typed and as refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim.setting import ABOVE_ZERO, COUNT, FRACTION, SHARE, SWITCH, ZERO_OR_MORE, Setting, pick, read_settings

KNOWN = {
    "share": Setting(0.5, FRACTION, "some share", torch="alpha"),
    "times": Setting(3, COUNT, "how often"),
    "loud": Setting(False, SWITCH, "whether it shouts"),
}


def test_what_is_not_given_keeps_its_default():
    """Every setting comes back, the given ones read from text."""
    assert read_settings("echo", KNOWN, {}) == {"share": 0.5, "times": 3, "loud": False}
    assert read_settings("echo", KNOWN, {"times": "7"}) == {"share": 0.5, "times": 7, "loud": False}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FRACTION, "0", 0.0),
        (FRACTION, ".99", 0.99),
        (SHARE, "1", 1.0),
        (ABOVE_ZERO, "1e-8", 1e-8),
        (ZERO_OR_MORE, 0, 0.0),
        (COUNT, "10", 10),
        (COUNT, 10.0, 10),
        (SWITCH, "Yes", True),
        (SWITCH, "off", False),
        (SWITCH, True, True),
        (SWITCH, 0, False),
    ],
)
def test_a_value_is_read_as_its_kind(kind, text, value):
    """Text and numbers alike become a float, a whole number or a switch."""
    read = read_settings("echo", {"it": Setting(value, kind, "")}, {"it": text})["it"]

    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FRACTION, "1"),
        (FRACTION, "-0.1"),
        (FRACTION, True),
        (SHARE, 0),
        (ABOVE_ZERO, "0"),
        (ABOVE_ZERO, "inf"),
        (ZERO_OR_MORE, "nan"),
        (COUNT, "0"),
        (COUNT, "2.5"),
        (COUNT, "1e400"),
        (SWITCH, "perhaps"),
        (SWITCH, 2),
    ],
)
def test_a_value_out_of_range_is_refused_with_the_range(kind, text):
    """The message holds the rule, and a value that works."""
    with pytest.raises(ValueError, match=f"^echo's it must be {kind.rule}, got .*; 0.5 works$"):
        read_settings("echo", {"it": Setting(0.5, kind, "")}, {"it": text})


@given(word=some.text(), text=some.text())
def test_whatever_is_typed_the_answer_is_a_value_or_one_clear_error(word, text):
    """No text leads to another exception than ValueError."""
    try:
        read = read_settings("echo", KNOWN, {word: text, "share": text})
    except ValueError:
        return
    assert set(read) == set(KNOWN)


def test_torchs_word_is_understood():
    """A setting also accepts torch's name for it, but not both at once."""
    assert read_settings("echo", KNOWN, {"alpha": 0.1})["share"] == 0.1
    with pytest.raises(ValueError, match="given twice"):
        read_settings("echo", KNOWN, {"alpha": 0.1, "share": 0.1})


def test_a_name_is_picked_or_the_nearest_is_named():
    """The error for a wrong name suggests the nearest one and lists all."""
    assert pick("fruit", "apple", ["apple", "pear"]) == "apple"
    with pytest.raises(ValueError, match=r"^there is no fruit 'aple', did you mean apple\? Choose from apple, pear$"):
        pick("fruit", "aple", ["apple", "pear"])
