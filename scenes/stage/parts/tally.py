"""A tally of steps: one number for each run, which counts as the run goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.run import Run
from scenes.stage.type import words_outline
from scenes.stage.write import SMALLEST, Setting

NAME, COUNT = 0.42, 0.95
# A row is at most so high, in frame units.
HIGHEST = 1.75


class Tally(Part):
    """Each run's name above the number of its steps, in its colour: rows in a column, columns in a flat box.

    Elements: `row1`, `row2`, …, each shown from the start unless it is among `later`.
    """

    def __init__(
        self,
        setting: Setting,
        box: Box,
        clocks: Sequence[Run],
        names: Sequence[str],
        colours: Sequence[str],
        later: Sequence[int] = (),
        name: str = "tally",
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.clocks = setting, box, tuple(clocks)
        self.names, self.colours, self.later = tuple(names), tuple(colours), tuple(later)

    def all_channels(self) -> dict[str, Channel]:
        rows = {f"row{k + 1}.shown": Channel((float(k not in self.later),)) for k in range(len(self.clocks))}
        pulses = {f"row{k + 1}.pulse": STILL for k in range(len(self.clocks))}
        return {**super().all_channels(), **rows, **pulses}

    def _cells(self) -> list[Box]:
        """Each run's box."""
        box, many = self.box, len(self.clocks)
        if self.setting.composition.wide:
            pitch = min(HIGHEST, box.height / many)
            top = box.centre[1] + many * pitch / 2
            return [Box(box.left, top - (k + 1) * pitch, box.right, top - k * pitch) for k in range(many)]
        pitch = box.width / many
        return [Box(box.left + k * pitch, box.bottom, box.left + (k + 1) * pitch, box.top) for k in range(many)]

    def marks(self, now: Now) -> Iterator[Mark]:
        widest = max(words_outline(name, colour, 600).width for name, colour in zip(self.names, self.colours))
        for k, (clock, box) in enumerate(zip(self.clocks, self._cells())):
            shown = now.of(self, f"row{k + 1}.shown")
            if shown == 0:
                continue
            x, y, height, colour = *box.centre, min(box.height, HIGHEST), self.colours[k]
            small = max(SMALLEST, min(NAME, 0.9 * box.width / widest, 0.3 * box.height))
            large = min(COUNT, 0.5 * box.height) * (1 + 0.25 * now.of(self, f"row{k + 1}.pulse"))
            landed = clock.instant(now).landed
            count, shows = self.setting.language.whole(landed), Shows("tally", clock.index, landed)
            told = Shows("run name", clock.index)
            name = self.setting.words(self.names[k], x, y + 0.24 * height, small, colour, 0.5, 0.5, 600, told)
            number = self.setting.words(count, x, y - 0.17 * height, large, colour, 0.5, 0.5, 600, shows)
            yield from (name.faded(shown), number.faded(shown))
