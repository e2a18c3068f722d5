"""The film's title, in the strip above the hero."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenes.stage.marks import Mark
from scenes.stage.part import Now, Part
from scenes.stage.write import Setting

TITLE, FUNCTION = 0.72, 0.5
# In a narrow film, the function is below the title.
STACKED_TITLE, STACKED_FUNCTION = 0.56, 0.42


class Title(Part):
    """The title. words: in the film's language."""

    def __init__(self, setting: Setting, words: str, name: str = "title") -> None:
        super().__init__(name)
        self.setting, self.text = setting, words

    def marks(self, now: Now) -> Iterator[Mark]:
        box, wide = self.setting.composition.strip, self.setting.composition.wide
        size, y = (TITLE, box.centre[1]) if wide else (STACKED_TITLE, box.top - 0.5 * STACKED_TITLE)
        room = 0.6 * box.width if wide else box.width
        mark = self.setting.words(self.text, box.left, y, size, None, 0.0, 0.5, 600)
        if mark.box is not None and mark.box.width > room:
            mark = self.setting.words(self.text, box.left, y, size * room / mark.box.width, None, 0.0, 0.5, 600)
        yield mark


class Formula(Part):
    """The minimised function in Typst mathematics: on the right of the strip, or below the title in a narrow film."""

    def __init__(self, setting: Setting, source: str, name: str = "function") -> None:
        super().__init__(name)
        self.setting, self.source = setting, source

    def marks(self, now: Now) -> Iterator[Mark]:
        box = self.setting.composition.strip
        if self.setting.composition.wide:
            yield self.setting.formula(
                self.source, box.right, box.centre[1], FUNCTION, None, 1.0, 0.5, 0.38 * box.width
            )
        else:
            room = box.height - 1.1 * STACKED_TITLE
            mark = self.setting.formula(self.source, box.left, box.bottom, STACKED_FUNCTION, None, 0.0, 0.0, box.width)
            if mark.box is not None and mark.box.height > room:  # fractions are set in one line
                flat = re.sub(r"(?<!\\)/", r"\\/", self.source)
                mark = self.setting.formula(flat, box.left, box.bottom, STACKED_FUNCTION, None, 0.0, 0.0, box.width)
            if mark.box is not None and mark.box.height > room:
                size = mark.size * room / mark.box.height
                mark = self.setting.formula(mark.text, box.left, box.bottom, size, None, 0.0, 0.0, box.width)
            yield mark
