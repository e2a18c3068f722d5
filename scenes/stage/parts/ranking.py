"""The standings of a race of methods: the clock, each method's loss until it is home, then its number of gradients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenes.phrases.method_facts import arrivals, ranking
from scenes.phrases.rate_facts import rate_words, whole_digits
from scenes.planned_methods import Lap
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.run import Run
from scenes.stage.write import LABEL, SMALLEST, Setting

# The heights of a row, of the clock, and of standings side by side.
ROW, CLOCK, FLAT = 0.66, 0.5, 1.55
# With more height, standings side by side have a row of rates.
ROOMY = 1.4
GAP = 0.12
ELEMENTS = ("clock", "rates", "values")


def ranking_boxes(composition: Composition, methods: int) -> tuple[Box, Box]:
    """The boxes of the standings and of the chart: one above the other."""
    aside = composition.aside
    height = min(CLOCK + ROW * methods, 0.62 * aside.height) if composition.wide else min(FLAT, aside.height)
    middle = max(aside.bottom, aside.top - height)
    return Box(aside.left, middle, aside.right, aside.top), Box(
        aside.left, aside.bottom, aside.right, max(aside.bottom, middle - GAP)
    )


class Ranking(Part):
    """One row per method under the clock; in a flat box, one column each.

    names: in the film's language. Channels: `ranked`, whether the rows are in the order of the ranking.
    Elements, there or not: `clock`, which also pulses, `rates` and `values`.
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
        wide, ranked = self.setting.composition.wide, now.of(self, "ranked")
        yield from (mark.faded(now.of(self, "clock.shown")) for mark in self._clock(now, wide))
        share = abs(1 - 2 * ranked)  # rows that change places go out and come back: none passes over another
        for index in range(len(self.names)):
            place = index if ranked < 0.5 else self.places[index]
            row = self._row(now, index, place) if wide else self._column(now, index, place)
            yield from (mark.faded(1.0 if self.places[index] == index else share) for mark in row)

    def _clock(self, now: Now, wide: bool) -> Iterator[Mark]:
        """How many gradients each method has seen."""
        theme, box, step = self.setting.theme, self.box, max(clock.instant(now).landed for clock in self.clocks)
        size, shows = LABEL * (1 + 0.3 * now.of(self, "clock.pulse")), Shows("steps", self.lap.first, step)
        label = self.setting.words(self.setting.label("gradients"), 0, 0, size, theme.slope, weight=600)
        width = label.box.width if label.box else 0.0
        left, y = (box.left, box.top - 0.62 * CLOCK) if wide else (box.centre[0] - 0.6 * width, box.top - 0.28)
        yield replace(label, left=left, foot=y + label.foot)
        count, right = self.setting.language.whole(step), box.right if wide else left + width + 0.25
        yield self.setting.words(count, right, y, 1.1 * size, theme.step, 1.0 if wide else 0.0, None, 600, shows)

    def _row(self, now: Now, index: int, place: int) -> Iterator[Mark]:
        """Name and number, and the rate below."""
        box = self.box
        pitch = (box.height - CLOCK) / len(self.names)
        y = box.top - CLOCK - (place + 0.5) * pitch
        value = self._value(now, index, box.right, y, 1.0)
        room = box.width - (value.box.width if value.box else 0.0) - 0.2
        yield self._name(index, box.left, y, room, 0.0)
        yield value.faded(now.of(self, "values.shown"))
        text = f"{self.setting.label('rate')} {rate_words(self.lap.rates[index])}"
        yield self._rate(text, index, box.left, y - 0.27, 0.0).faded(now.of(self, "rates.shown"))

    def _column(self, now: Now, index: int, place: int) -> Iterator[Mark]:
        """The name above the number, and the rate below where there is room."""
        width = self.box.width / len(self.names)
        x, y = self.box.left + (place + 0.5) * width, self.box.top - 0.66
        yield self._name(index, x, y, 0.94 * width, 0.5)
        yield self._value(now, index, x, y - 0.36, 0.5).faded(now.of(self, "values.shown"))
        if self.box.height > ROOMY:
            text = rate_words(self.lap.rates[index])
            yield self._rate(text, index, x, y - 0.72, 0.5).faded(now.of(self, "rates.shown"))

    def _rate(self, text: str, index: int, x: float, y: float, across: float) -> Text:
        shows = Shows("run rate", self.lap.first + index)
        return self.setting.words(text, x, y, SMALLEST, self.setting.theme.rate, across, None, 400, shows)

    def _name(self, index: int, x: float, y: float, room: float, across: float) -> Text:
        colour, shows = self.colours[index], Shows("run name", self.lap.first + index)
        wide = self.setting.words(self.names[index], 0, 0, LABEL, weight=600).box
        size = max(SMALLEST, LABEL * min(1.0, room / wide.width)) if wide else LABEL
        return self.setting.words(self.names[index], x, y, size, colour, across, None, 600, shows)

    def _value(self, now: Now, index: int, x: float, y: float, across: float) -> Text:
        """The loss; once the run is home, after how many gradients that was."""
        theme, (landed, _), run = self.setting.theme, self.clocks[index].instant(now), self.lap.runs[index]
        arrival, which = self.arrivals[index], self.lap.first + index
        if arrival is not None and landed >= arrival:
            text, shows = self.setting.language.whole(arrival), Shows("arrival", which, arrival)
            return self.setting.words(text, x, y, LABEL, theme.minimum, across, None, 600, shows)
        loss = float(run.losses[landed])
        text = self.setting.language.figures(number(loss, whole_digits(loss)))
        return self.setting.words(text, x, y, LABEL, theme.loss, across, None, 600, Shows("loss", which, landed))
