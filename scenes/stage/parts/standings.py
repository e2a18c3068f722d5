"""The standings of a race: how far each run is from the minimum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.phrases.rate_facts import whole_digits
from scenes.script.numbers import number
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.aside import ROW, aside_boxes
from scenes.stage.parts.run import Run
from scenes.stage.type import words_outline
from scenes.stage.write import LABEL, SMALLEST, Setting

# In a box with less room per row than this, the runs are side by side, which takes this height.
LOWEST_ROW, FLAT_STANDINGS = 0.34, 0.9
# The gap between a name and its number.
GAP = 0.25


def race_boxes(composition: Composition, runs: int) -> tuple[Box, Box]:
    """The boxes of the standings and of the chart, for which a low row has no room."""
    aside = composition.aside
    if composition.wide:
        return aside_boxes(composition, runs + 1)
    middle = max(aside.bottom, aside.top - FLAT_STANDINGS)
    return Box(aside.left, middle, aside.right, aside.top), Box(aside.left, aside.bottom, aside.right, middle - 0.1)


class Standings(Part):
    """Each run's name and how far from the minimum it is: row by row under the step, or side by side in a flat box.

    colours: of the numbers. name_colours: of the names, where these are others.
    """

    def __init__(
        self,
        setting: Setting,
        box: Box,
        clocks: Sequence[Run],
        colours: Sequence[str],
        names: Sequence[str],
        minimum: float,
        name_colours: Sequence[str] = (),
        name: str = "standings",
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.clocks, self.minimum = setting, box, tuple(clocks), minimum
        self.colours, self.names = tuple(colours), tuple(names)
        self.name_colours = (setting.theme.step, *(name_colours or colours))

    def marks(self, now: Now) -> Iterator[Mark]:
        rows = list(self._rows(now))
        pitch = min(ROW, self.box.height / len(rows))
        if pitch < LOWEST_ROW:
            yield from self._side_by_side(rows)
            return
        size = max(SMALLEST, min(0.4, 0.8 * pitch))
        for index, (name, text, colour, named, told) in enumerate(rows):
            y = self.box.top - (index + 0.72) * pitch
            wide = sum(words_outline(line, colour, 600).width for line in (name, text))
            fits = min(size, (self.box.width - GAP) / wide)
            yield self.setting.words(name, self.box.left, y, fits, self.name_colours[index], 0.0, None, 600, named)
            yield self.setting.words(text, self.box.right, y, fits, colour, 1.0, None, 600, told)

    def _rows(self, now: Now) -> Iterator[tuple[str, str, str, Shows | None, Shows]]:
        """Name, number, colour, and what they show: the step, then one distance per run."""
        step = max(clock.instant(now).landed for clock in self.clocks)
        count, colour = self.setting.language.whole(step), self.setting.theme.step
        yield self.setting.label("step"), count, colour, None, Shows("steps", 0, step)
        for index, (clock, colour, name) in enumerate(zip(self.clocks, self.colours, self.names)):
            landed = clock.instant(now).landed
            away = abs(float(clock.run.points[landed, 0]) - self.minimum)
            yield (
                name,
                number(away, whole_digits(away)),
                colour,
                Shows("run rate", index),
                Shows("distance", index, landed),
            )

    def _side_by_side(self, rows: Sequence[tuple[str, str, str, Shows | None, Shows]]) -> Iterator[Mark]:
        """Columns of equal width: the name above the number."""
        width = self.box.width / len(rows)
        for index, (name, text, own, named, told) in enumerate(rows):
            x = self.box.left + (index + 0.5) * width
            name_colour = self.name_colours[index]
            for line, up, shows, colour in ((name, 0.0, named, name_colour), (text, 1.0, told, own)):
                mark = self.setting.words(line, x, self.box.centre[1], LABEL, colour, 0.5, up, 600, shows)
                wide = mark.box.width if mark.box else 0.0
                if wide > 0.92 * width:
                    size = max(SMALLEST, LABEL * 0.92 * width / wide)
                    mark = self.setting.words(line, x, self.box.centre[1], size, colour, 0.5, up, 600, shows)
                yield mark
