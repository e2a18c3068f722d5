"""The film's title, in the strip above the hero."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.stage.marks import Mark
from scenes.stage.part import Now, Part
from scenes.stage.write import Setting

SIZE = 0.72
# In a narrow film the title stands above the formula.
ABOVE = 0.56


class Title(Part):
    """words: the title, in the film's language."""

    def __init__(self, setting: Setting, words: str, name: str = "title") -> None:
        super().__init__(name)
        self.setting, self.text = setting, words

    def marks(self, now: Now) -> Iterator[Mark]:
        box, wide = self.setting.composition.strip, self.setting.composition.wide
        size, y = (SIZE, box.centre[1]) if wide else (ABOVE, box.top - 0.3)
        mark = self.setting.words(self.text, box.left, y, size, None, 0.0, 0.5, 600)
        if mark.box is not None and mark.box.width > box.width:
            size *= box.width / mark.box.width
            mark = self.setting.words(self.text, box.left, y, size, None, 0.0, 0.5, 600)
        yield mark


class Formula(Part):
    """What is minimised, at the right of the strip, or below the title; Typst mathematics."""

    def __init__(self, setting: Setting, source: str, name: str = "function") -> None:
        super().__init__(name)
        self.setting, self.source = setting, source

    def marks(self, now: Now) -> Iterator[Mark]:
        box = self.setting.composition.strip
        if not self.setting.composition.wide:
            yield self.setting.formula(self.source, box.left, box.bottom + 0.16, 0.38, None, 0.0, 0.5, box.width)
            return
        yield self.setting.formula(self.source, box.right, box.centre[1], 0.5, None, 1.0, 0.5, 0.5 * box.width)
