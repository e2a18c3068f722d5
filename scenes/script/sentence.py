"""A sentence as data: a template and its values, which become words of a language at the very end.

`say("The {slope:slope} here is {value}.", slope="slope", value=Brief(10.0))` keeps what is said apart from how it is
written: the caption, the spoken form, the transcript and a translation all come from the same value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scenes.script.language import ENGLISH, Language
from scenes.script.numbers import NO_BREAK

# {name} or {name:concept}; [words](concept); ⟨cue⟩, with which a translator marks the word that a move waits for.
_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")
_COLOURED = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_CUE = re.compile(r"⟨([^⟩]+)⟩")


class Brief(NamedTuple):
    """A number as a caption writes it: at most two decimals, or two significant digits if it is below one."""

    value: float

    def written(self, language: Language) -> str:
        return language.brief(self.value)


class Exact(NamedTuple):
    """A number with up to `digits` significant digits, for one that the viewer typed or must compare."""

    value: float
    digits: int = 6

    def written(self, language: Language) -> str:
        return language.number(self.value, self.digits)


class Equals(NamedTuple):
    """`= 7`, or `≈ 3.06` if the brief number is not exact."""

    value: float

    def written(self, language: Language) -> str:
        text = language.brief(self.value)
        sign = "=" if language.read(text) == self.value else "≈"
        return f"{sign}{NO_BREAK}{text}"


class Count(NamedTuple):
    """`1 step`, `2 steps`; `one` and `many` are the noun's templates."""

    amount: int
    one: str
    many: str

    def written(self, language: Language) -> str:
        return f"{language.whole(self.amount)}{NO_BREAK}{language.plural(self.amount, self.one, self.many)}"


class Name(NamedTuple):
    """Text that is the same in every language: a variable, a formula, a method's name."""

    text: str

    def written(self, language: Language) -> str:
        return self.text


class Words(NamedTuple):
    """A part of a sentence with a template of its own, such as an outcome from a table."""

    sentence: Sentence

    def written(self, language: Language) -> str:
        return self.sentence.markup(language)


class Tinted(NamedTuple):
    """A value in a colour that the template cannot know: that of one of several runs (`run2`)."""

    value: Value
    concept: str

    def written(self, language: Language) -> str:
        return f"[{self.value.written(language)}]({self.concept})"


class Listed(NamedTuple):
    """`0.1`, `0.1 and 0.9`, `0.01, 0.1 and 0.9`."""

    items: tuple[Value, ...]

    def written(self, language: Language) -> str:
        *first, last = (item.written(language) for item in self.items)
        return f"{', '.join(first)}{language.translated(' and ')}{last}" if first else last


Value = Brief | Exact | Equals | Count | Name | Words | Tinted | Listed


@dataclass(frozen=True)
class Sentence:
    """A template and its named values. Equal sentences say the same."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def markup(self, language: Language = ENGLISH) -> str:
        """The sentence with its colours: `[10](slope)` is 10 in the slope's colour."""
        return _CUE.sub("", self._filled(language))

    def plain(self, language: Language = ENGLISH) -> str:
        """The sentence without its colours."""
        return _COLOURED.sub(r"\1", self.markup(language))

    def place(self, cue: str, language: Language = ENGLISH) -> int:
        """The number of characters before `cue`, a word or a value's {name}, in the plain sentence.

        Raises ValueError if the sentence has no such word.
        """
        filled = self._filled(language, cue.strip("{}") if cue.startswith("{") else None)
        marked = f"⟨{cue}⟩"
        if marked in filled:
            before = filled[: filled.index(marked)]
        else:
            plain = _COLOURED.sub(r"\1", _CUE.sub("", filled))
            match = re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", plain, re.IGNORECASE)
            if match is None:
                raise ValueError(f"a move waits for {cue!r}, which is not said in {plain!r}")
            return match.start()
        return len(re.sub(r"\[([^\]]+)(?:\]\(\w+\))?", r"\1", _CUE.sub("", before)))

    def _filled(self, language: Language, mark: str | None = None) -> str:
        """The template in the language with its values filled in; the value named `mark` is preceded by its cue."""
        values: Mapping[str, Value] = dict(self.values)

        def write(match: re.Match[str]) -> str:
            name, concept = match.groups()
            text = values[name].written(language)
            cue = f"⟨{{{name}}}⟩" if name == mark else ""
            return f"{cue}[{text}]({concept})" if concept else f"{cue}{text}"

        return _FIELD.sub(write, language.translated(self.template))


def say(template: str, **values: Value) -> Sentence:
    """A sentence. Raises ValueError if the template's fields and the values do not agree."""
    fields = {match.group(1) for match in _FIELD.finditer(template)}
    if fields != set(values):
        raise ValueError(f"{template!r} has the fields {sorted(fields)}, got {sorted(values)}")
    return Sentence(template, tuple(values.items()))
