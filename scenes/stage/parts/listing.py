"""Lines of code with numbers, which can be put in order, and of which one is being run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Plate
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.code_text import code_size, code_text
from scenes.stage.theme import blended
from scenes.stage.write import Setting

CODE, ROW = 0.5, 2.2


class Listing(Part):
    """Numbered lines of code.

    order: the numbers of the lines, from 0, in the order in which they run. Channels: `sorted`, how far they have come
    from the order in which they are given to that one; `at`, how many of them have been run.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"sorted": STILL, "at": STILL}

    def __init__(self, setting: Setting, box: Box, lines: Sequence[str], order: Sequence[int], name: str) -> None:
        super().__init__(name)
        self.setting, self.box, self.lines, self.order = setting, box, tuple(lines), tuple(order)
        self.size = code_size(tuple(f"0 {line}" for line in lines), box.width - 0.4, CODE)
        self.pitch = min(box.height / len(lines), ROW * self.size)

    def marks(self, now: Now) -> Iterator[Mark]:
        theme, box, size = self.setting.theme, self.box, self.size
        sort, at = now.of(self, "sorted"), now.of(self, "at")
        middle, half = box.centre[1], self.pitch * len(self.lines) / 2
        around = Box(box.left, middle - half - 0.12, box.right, middle + half + 0.12)
        yield Plate(around=around, colour=theme.panel, radius=0.18)
        for place, line in enumerate(self.order):
            row = line + smooth(sort) * (place - line)
            y = middle + half - (row + 0.5) * self.pitch
            lit = min(1.0, max(0.0, at - place))
            if lit > 0 and sort == 1:
                now_run = max(0.0, 1 - abs(at - place - 1))
                bar = Box(box.left + 0.08, y - 0.46 * self.pitch, box.right - 0.08, y + 0.46 * self.pitch)
                tint = blended(theme.panel, theme.minimum, 0.1 + 0.22 * now_run)
                yield Plate(around=bar, colour=tint, radius=0.1, opacity=lit, shows=Shows("run line", axis=place))
            x, number = box.left + 0.2, self.setting.language.whole(line + 1)
            shown = self._shown(sort, line, place)
            yield code_text(number, x, y, size, theme, 0.0, theme.muted, Shows("line", axis=line)).faded(shown)
            left = x + 1.2 * size
            yield code_text(self.lines[line], left, y, size, theme, 0.0, None, Shows("code", axis=line)).faded(shown)

    def _shown(self, sort: float, line: int, place: int) -> float:
        """Lines that change places fade while they pass one another."""
        return 1.0 if line == place else max(0.0, abs(1 - 2 * sort) * 1.25 - 0.25)
