"""The settings of a method: their names, allowed values and defaults, and clear errors for wrong ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

Value = float | int | bool
SWITCH_WORDS = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


class Kind(NamedTuple):
    """The allowed values of a setting.

    rule: the allowed range in words. read: text or number -> value; raises ValueError if it is not one.
    allows: whether a value is in the range.
    """

    rule: str
    read: Callable[[str | Value], Value]
    allows: Callable[[Value], bool]


class Setting(NamedTuple):
    """One setting of a method.

    default: its value unless the user gives one. meaning: one line.
    torch: torch's name for it, if that differs; both are accepted.
    """

    default: Value
    kind: Kind
    meaning: str
    torch: str = ""


def read_settings(owner: str, known: Mapping[str, Setting], given: Mapping[str, str | Value]) -> dict[str, Value]:
    """All settings of `owner`, with the given values in place of their defaults.

    Raises ValueError, one line that names the rule, the value, and what works.
    """
    words = {setting.torch: name for name, setting in known.items() if setting.torch} | {name: name for name in known}
    read: dict[str, Value] = {}
    for word, text in given.items():
        if word not in words:
            raise ValueError(_unknown_setting(owner, word, list(words), list(known)))
        name = words[word]
        if name in read:
            raise ValueError(f"{owner}'s {name} is given twice ({known[name].torch} is another name for it)")
        read[name] = _value_of(owner, name, known[name], text)
    return {name: setting.default for name, setting in known.items()} | read


def pick(what: str, name: str, names: Iterable[str]) -> str:
    """`name`, if it is one of `names`.

    what: the kind of thing, for the error. Raises ValueError with the nearest name and the whole list.
    """
    names = list(names)
    if name not in names:
        raise ValueError(f"there is no {what} {name!r}{_nearest(name, names, 'choose from')} {', '.join(names)}")
    return name


def _value_of(owner: str, name: str, setting: Setting, text: str | Value) -> Value:
    try:
        value = setting.kind.read(text)
    except (ValueError, TypeError, OverflowError):
        value = math.nan
    if not setting.kind.allows(value):
        example = _shown(setting.default)
        raise ValueError(f"{owner}'s {name} must be {setting.kind.rule}, got {_shown(text)}; {example} works")
    return value


def _unknown_setting(owner: str, word: str, words: list[str], names: list[str]) -> str:
    if not names:
        return f"{owner} has no settings, got {word!r}"
    return f"{owner} has no setting {word!r}{_nearest(word, words, 'it has')} {', '.join(names)}"


def _nearest(word: str, words: list[str], then: str) -> str:
    from difflib import get_close_matches  # slow to import, and only needed for a wrong name

    close = get_close_matches(word.lower(), words, n=1, cutoff=0.5)
    return f", did you mean {close[0]}? {then.capitalize()}" if close else f"; {then}"


def _shown(value: str | Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if value.isprintable() and 0 < len(value) <= 40 else f"{value[:40]!r}"
    return f"{value:g}"


def _number(text: str | Value) -> float:
    if isinstance(text, bool):
        raise ValueError("a switch is not a number")
    return float(text)


def _whole(text: str | Value) -> Value:
    number = _number(text)
    return int(number) if number.is_integer() else number


def _switch(text: str | Value) -> Value:
    return SWITCH_WORDS.get(_shown(text).lower(), math.nan)


FRACTION = Kind("at least 0 and below 1", _number, lambda value: 0 <= value < 1)
SHARE = Kind("above 0 and at most 1", _number, lambda value: 0 < value <= 1)
ABOVE_ZERO = Kind("above 0 and finite", _number, lambda value: 0 < value < math.inf)
ZERO_OR_MORE = Kind("0 or more and finite", _number, lambda value: 0 <= value < math.inf)
COUNT = Kind("a whole number, 1 or more", _whole, lambda value: isinstance(value, int) and value >= 1)
SWITCH = Kind("yes or no", _switch, lambda value: isinstance(value, bool))
