"""A limit of steps, in words."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.script.sentence import Count, say
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.write import Setting

# The height of the type, and while it swells.
SMALL, LARGE = 0.5, 0.62


class Cap(Part):
    """The limit in words: `at most 1,000 steps`."""

    def __init__(self, setting: Setting, box: Box, limit: int, name: str = "cap") -> None:
        super().__init__(name)
        self.setting, self.box = setting, box
        words = say("at most {steps}", steps=Count(limit, "step", "steps"))
        self.text = words.plain(setting.language)

    def marks(self, now: Now) -> Iterator[Mark]:
        colour, shows = self.setting.theme.step, Shows("limit")
        full = self.setting.words(self.text, 0.0, 0.0, 1.0, weight=600).box
        largest = self.box.width / full.width if full else LARGE
        size = min(SMALL + (LARGE - SMALL) * now.of(self, "pulse"), largest)
        yield self.setting.words(self.text, self.box.right, self.box.centre[1], size, colour, 1.0, 0.5, 600, shows)
