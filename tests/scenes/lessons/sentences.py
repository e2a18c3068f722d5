"""What a lesson says, as templates and written values, and the check that each must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from gdsim import Trajectory
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.language import ENGLISH
from scenes.script.sentence import Sentence, Words
from scenes.spec import RenderSpec

from .races import read, told

__all__ = ["Said", "faults", "said", "told"]


class Said(NamedTuple):
    """One sentence of a film of one ball. values: as they are written. before: the templates said so far."""

    run: Trajectory
    template: str
    values: Mapping[str, str]
    before: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    def tells(self, name: str, value: float) -> bool:
        """Whether a value of the sentence is this number, rightly rounded."""
        return told(self.values[name].replace("\u00a0", " "), value)

    def tells_count(self, name: str, amount: int) -> bool:
        """Whether a value is so many things: `1 step`, `2 steps`."""
        number, _, noun = self.values[name].replace("\u00a0", " ").partition(" ")
        return int(number.replace(",", "")) == amount and (noun.split()[0] == "step") == (amount == 1)

    def tells_place(self, value: float, index: int) -> bool:
        """Whether the place number `index` of the sentence is this one: `x = 8`, `x ≈ 3.06`."""
        places = [text.replace("\u00a0", " ") for name, text in self.pairs if name == "place"]
        places = [text for text in places if text[:1] in "=≈"]
        return told(places[index][2:], value) and (
            places[index][0] == "≈" or self.number_of(places[index][2:]) == value
        )

    def number(self, name: str) -> float:
        """A value of the sentence as a number; of a count, how many."""
        return self.number_of(self.values[name].replace("\u00a0", " ").partition(" step")[0])

    @staticmethod
    def number_of(text: str) -> float:
        """A number as it is read."""
        return read(text)[0]


Check = Callable[[Said], bool]


def said(scene: str, words: Mapping[str, object]) -> Iterator[Said]:
    """Each sentence of a film and of its loop, in reading order, the alt text's at the end."""
    lesson = LESSONS[scene]
    runs = runs_of(lesson, RenderSpec(scene, **words))
    for sentences in (
        [beat.words for beat in lesson.script(runs)],
        [beat.words for beat in lesson.loop(runs)],
        [lesson.alt(runs)],
    ):
        before: tuple[str, ...] = ()
        for sentence in sentences:
            pairs = tuple(written(sentence))
            yield Said(runs[0], sentence.template, dict(pairs), before, pairs)
            before = (*before, sentence.template)


def written(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The sentence's values, those of a sentence within it included."""
    for name, value in sorted(sentence.values, key=lambda one: sentence.template.index(f"{{{one[0]}")):
        if isinstance(value, Words):
            yield name, value.sentence.template
            yield from written(value.sentence)
        else:
            yield name, value.written(ENGLISH)


def faults(scene: str, words: Mapping[str, object], claims: Mapping[str, Check]) -> Iterator[str]:
    """Every sentence that nobody checks, and every one that is false."""
    for one in said(scene, words):
        check = claims.get(one.template)
        if check is None:
            yield f"nobody checks {one.template!r}: {words}"
        elif not check(one):
            yield f"false: {one.template!r} {dict(one.values)}: {words}"
