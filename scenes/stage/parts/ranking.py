"""The standings of a race of methods: the clock, and after how many gradients each method was home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenes.phrases.method_facts import arrivals, ranking
from scenes.phrases.rate_facts import whole_digits
from scenes.planned_methods import Lap
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.run import Run
from scenes.stage.write import LABEL, SMALLEST, Setting

# A row's height, at most; a flat box has two columns of rows, in this share of its width, with this between them.
ROW, COLUMNS, SHARE, BETWEEN = 0.52, 2, 0.62, 0.3
# Between the standings and the chart.
GAP = 0.15
ELEMENTS = ("clock", "values")


def ranking_boxes(composition: Composition, methods: int) -> tuple[Box, Box]:
    """The boxes of the standings and of the chart: one above the other in a column, side by side in a row."""
    aside = composition.aside
    if composition.wide:
        middle = aside.top - min(ROW * (methods + 1), 0.62 * aside.height)
        return Box(aside.left, middle, aside.right, aside.top), Box(aside.left, aside.bottom, aside.right, middle - GAP)
    middle = aside.left + SHARE * aside.width
    return Box(aside.left, aside.bottom, middle - GAP, aside.top), Box(
        middle + GAP, aside.bottom, aside.right, aside.top
    )


class Ranking(Part):
    """One row per method under the clock; in a flat box, two columns of rows.

    A row has the gradients that brought its method home, once it is home. Where nobody gets home, it has the loss.
    names: in the film's language. Channels: `ranked`, whether the rows are in the order of the ranking.
    Elements, there or not: `clock`, which also pulses, and `values`.
    """

    def __init__(
        self,
        setting: Setting,
        box: Box,
        lap: Lap,
        clocks: Sequence[Run],
        colours: Sequence[str],
        names: Sequence[str],
        name: str = "standings",
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.lap, self.clocks = setting, box, lap, tuple(clocks)
        self.colours, self.names, self.arrivals = tuple(colours), tuple(names), arrivals(lap)
        order = [index for group in ranking(lap) for index in group]
        self.places = [order.index(index) for index in range(len(order))]

    def all_channels(self) -> dict[str, Channel]:
        return {
            **super().all_channels(),
            "ranked": STILL,
            "clock.pulse": STILL,
            **{f"{one}.shown": HIDDEN for one in ELEMENTS},
        }

    def marks(self, now: Now) -> Iterator[Mark]:
        ranked = now.of(self, "ranked")
        yield from (mark.faded(now.of(self, "clock.shown")) for mark in self._clock(now))
        share = abs(1 - 2 * ranked)  # rows that change places go out and come back: none passes over another
        size = self._fitting(now, self._cell(0))
        for index in range(len(self.names)):
            place = index if ranked < 0.5 else self.places[index]
            row = self._row(now, index, self._cell(place), size)
            yield from (mark.faded(1.0 if self.places[index] == index else share) for mark in row)

    def _cell(self, place: int) -> Box:
        """The box of a row; that of the clock is the one of place -1 in a column."""
        columns = 1 if self.setting.composition.wide else COLUMNS
        row, column = divmod(place, columns) if place >= 0 else (-1, 0)
        height = self.box.height / (-(-len(self.names) // columns) + 1)
        width = (self.box.width - BETWEEN * (columns - 1)) / columns
        left, top = self.box.left + column * (width + BETWEEN), self.box.top - (row + 1) * height
        return Box(left, top - height, left + width, top)

    def _clock(self, now: Now) -> Iterator[Mark]:
        """How many gradients each method has seen."""
        theme, step = self.setting.theme, max(clock.instant(now).landed for clock in self.clocks)
        cell, shows = self._cell(-1), Shows("steps", self.lap.first, step)
        size, y = self._size(cell) * (1 + 0.15 * now.of(self, "clock.pulse")), cell.centre[1] - 0.1
        yield self.setting.words(self.setting.label("gradients"), cell.left, y, size, theme.slope, 0.0, None, 600)
        count = self.setting.language.whole(step)
        yield self.setting.words(count, cell.right, y, 1.1 * size, theme.step, 1.0, None, 600, shows)

    def _row(self, now: Now, index: int, cell: Box, size: float) -> Iterator[Mark]:
        """Name and number."""
        y = cell.centre[1] - 0.1
        yield self._name(index, cell.left, y, size)
        if (value := self._value(now, index, cell.right, y, size)) is not None:
            yield value.faded(now.of(self, "values.shown"))

    def _fitting(self, now: Now, cell: Box) -> float:
        """The size of all rows: smaller where a cell is too narrow for one's name and number."""
        size, widest = self._size(cell), 0.0
        for index in range(len(self.names)):
            pair = self._name(index, 0.0, 0.0, size), self._value(now, index, 0.0, 0.0, size)
            widest = max(widest, sum(mark.box.width for mark in pair if mark is not None and mark.box))
        room = cell.width - BETWEEN / 2
        return max(SMALLEST, size * room / widest) if widest > room else size

    def _size(self, cell: Box) -> float:
        return max(SMALLEST, min(LABEL, 0.8 * cell.height))

    def _name(self, index: int, x: float, y: float, size: float) -> Text:
        shows = Shows("run name", self.lap.first + index)
        return self.setting.words(self.names[index], x, y, size, self.colours[index], 0.0, None, 600, shows)

    def _value(self, now: Now, index: int, x: float, y: float, size: float) -> Text | None:
        """After how many gradients the run was home, once it is; its loss, if nobody ever is."""
        theme, (landed, _), run = self.setting.theme, self.clocks[index].instant(now), self.lap.runs[index]
        arrival, which = self.arrivals[index], self.lap.first + index
        if arrival is not None and landed >= arrival:
            text, shows = self.setting.language.whole(arrival), Shows("arrival", which, arrival)
            return self.setting.words(text, x, y, size, theme.minimum, 1.0, None, 600, shows)
        if any(one is not None for one in self.arrivals):
            return None
        loss = float(run.losses[landed])
        text = self.setting.language.figures(number(loss, whole_digits(loss)))
        return self.setting.words(text, x, y, size, theme.loss, 1.0, None, 600, Shows("loss", which, landed))
