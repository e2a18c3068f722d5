"""The film's title, in the strip above the hero."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.stage.marks import Mark
from scenes.stage.part import Now, Part
from scenes.stage.write import Setting

SIZE = 0.72


class Title(Part):
    """words: the title, in the film's language."""

    def __init__(self, setting: Setting, words: str, name: str = "title") -> None:
        super().__init__(name)
        self.setting, self.text = setting, words

    def marks(self, now: Now) -> Iterator[Mark]:
        box = self.setting.composition.strip
        mark = self.setting.words(self.text, box.left, box.centre[1], SIZE, None, 0.0, 0.5, 600)
        if mark.box is not None and mark.box.width > box.width:
            size = SIZE * box.width / mark.box.width
            mark = self.setting.words(self.text, box.left, box.centre[1], size, None, 0.0, 0.5, 600)
        yield mark


class Formula(Part):
    """What is minimised, at the right of the strip; Typst mathematics."""

    def __init__(self, setting: Setting, source: str, name: str = "function") -> None:
        super().__init__(name)
        self.setting, self.source = setting, source

    def marks(self, now: Now) -> Iterator[Mark]:
        box = self.setting.composition.strip
        yield self.setting.formula(self.source, box.right, box.centre[1], 0.5, None, 1.0, 0.5, 0.5 * box.width)
