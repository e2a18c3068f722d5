"""The data as lanes of cells, one lane for each run: the rows of the batch in use light up, those read stay tinted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from gdsim.batches import BatchRun, Rows, shuffled_batches, steps_per_epoch
from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import HIDDEN, STILL, Anchor, Now, Part
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.run import Run
from scenes.stage.theme import blended
from scenes.stage.type import words_outline
from scenes.stage.write import LABEL, SMALLEST, Setting

# Rooms beside the cells: for a lane's name on the left, for its steps on the right, at least, with the word for them.
NAMES, STEPS, STEP_WORD = 1.75, 1.5, 0.72
# At most so many cells; of more rows, each cell stands for several.
MOST_CELLS = 80
# The share of its room that a cell fills, and how strongly one is tinted that has been read.
FILLED, READ = 0.76, 0.5
# A stroke of this width, in Manim's units, is one frame unit wide.
UNIT = 100.0


class RowLanes(Part):
    """One lane per run, as wide as the data.

    names: in the film's language. colours: one per run.
    Channels of `lane1`, …: `shown`; `looked`, how many batches have been looked at before the run takes a step;
    `steps.shown`, whether the lanes' steps are counted.
    """

    def __init__(
        self,
        setting: Setting,
        box: Box,
        clocks: Sequence[Run],
        colours: Sequence[str],
        names: Sequence[str],
        seed: int,
        name: str = "rows",
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.clocks = setting, box, tuple(clocks)
        self.colours, self.names, self.seed = tuple(colours), tuple(names), seed
        most = setting.language.whole(max(clock.run.steps for clock in self.clocks))
        widest = LABEL * words_outline(setting.language.figures(most), setting.theme.ink, 600).width
        self.steps_room = max(STEPS, STEP_WORD + widest + 0.2)

    def all_channels(self) -> dict[str, Channel]:
        own = {"shown": HIDDEN, "looked": STILL, "pulse": STILL}
        lanes = {f"lane{clock.index + 1}.{name}": what for clock in self.clocks for name, what in own.items()}
        return {**super().all_channels(), **lanes, "steps.shown": HIDDEN}

    def marks(self, now: Now) -> Iterator[Mark]:
        pitch = self.box.height / len(self.clocks)
        for index, clock in enumerate(self.clocks):
            shown = now.of(self, f"lane{clock.index + 1}.shown")
            if shown > 0:
                y = self.box.top - (index + 0.5) * pitch
                yield from (mark.faded(shown) for mark in self._lane(now, clock, y, pitch))

    def _lane(self, now: Now, clock: Run, y: float, pitch: float) -> Iterator[Mark]:
        """Name, cells, and steps taken."""
        index, theme = clock.index, self.setting.theme
        colour, swell = self.colours[index], 1 + 0.25 * now.of(self, f"lane{index + 1}.pulse")
        size = max(SMALLEST, min(LABEL, 0.95 * pitch))
        name = self.setting.words(self.names[index], 0, 0, size, weight=600)
        size *= min(1.0, (NAMES - 0.25) / (name.box.width if name.box else 1.0)) * swell
        shows = Shows("run name", index)
        yield self.setting.words(self.names[index], self.box.left, y, size, colour, 0.0, 0.5, 600, shows)
        used, lit = self.state(now, clock)
        places, width = self._cells(len(used))
        half = 0.36 * min(pitch, 0.42) * swell
        layers = [("row", np.ones(len(used), dtype=bool), theme.faint)]
        layers.append(("rows read", used, blended(theme.background, colour, READ)))
        layers.append(("rows in use", lit, blended(colour, theme.ink, 0.25)))
        for quantity, chosen, tint in layers:
            if chosen.any():
                x = places[chosen]
                ends = np.stack(
                    [np.stack([x, x * 0 + y - half], axis=1), np.stack([x, x * 0 + y + half], axis=1)], axis=1
                )
                yield Lines(ends=ends, colour=tint, width=UNIT * width, shows=Shows(quantity, index))
        counted = now.of(self, "steps.shown")
        if counted > 0:
            yield from (mark.faded(counted) for mark in self._steps(now, clock, y, size / swell))

    def _steps(self, now: Now, clock: Run, y: float, size: float) -> Iterator[Mark]:
        """`40 steps`: the number in the run's colour."""
        landed, language = clock.instant(now).landed, self.setting.language
        right, shows = self.box.right - STEP_WORD, Shows("updates", clock.index, landed)
        text, size = language.whole(landed), min(size, LABEL)
        yield self.setting.words(text, right, y, size, self.colours[clock.index], 1.0, 0.5, 600, shows)
        word = language.plural(landed, "step", "steps")
        yield self.setting.words(word, right + 0.1, y, SMALLEST, self.setting.theme.muted, 0.0, 0.5)

    def _cells(self, count: int) -> tuple[Array, float]:
        """(cells,): the middle of each, and its width."""
        left, right = self.box.left + NAMES, self.box.right - self.steps_room
        pitch = (right - left) / count
        return np.asarray(left + (np.arange(count) + 0.5) * pitch), FILLED * pitch

    def state(self, now: Now, clock: Run) -> tuple[np.ndarray, np.ndarray]:
        """Which cells (cells,) have been read in this epoch, and which are in use."""
        run = clock.run
        assert isinstance(run, BatchRun)
        rows, each = run.data.rows, steps_per_epoch(run.data.rows, run.batch_size)
        landed, share = clock.instant(now)
        looked = now.of(self, f"lane{clock.index + 1}.looked")
        if looked > 0:
            landed, share = int(looked + 1e-9), max(0.0, looked - int(looked + 1e-9))
            share = share if share > 1e-9 else 0.0
        epoch = max(0, landed - (share == 0)) // each
        read = np.zeros(rows, dtype=bool)
        batches = drawn(rows, run.batch_size, epoch + 1, self.seed)
        if landed > epoch * each:
            read[np.concatenate(batches[epoch * each : landed])] = True
        using = np.zeros(rows, dtype=bool)
        if share > 0:
            batch = batches[landed]
            using[batch[: max(1, round(share * len(batch)))]] = True
        cells = min(rows, MOST_CELLS)
        place = np.arange(rows) * cells // rows
        counts = np.bincount(place, minlength=cells)
        return np.bincount(place, read, cells) > 0.5 * counts, np.bincount(place, using, cells) > 0

    def anchor(self, now: Now, element: str) -> Anchor:
        """`lane1`, …: the middle of its cells."""
        index = int(element.removeprefix("lane")) - 1
        pitch = self.box.height / len(self.clocks)
        return Anchor(self.box.centre[0], self.box.top - (index + 0.5) * pitch, LABEL)


class EpochCounter(Part):
    """Which pass over the data is under way, in the upper left corner of the map."""

    def __init__(self, setting: Setting, land: Land, clock: Run, each: int, name: str = "epoch") -> None:
        super().__init__(name)
        self.setting, self.land, self.clock, self.each = setting, land, clock, each

    def epoch(self, now: Now) -> int:
        """The number of the pass, counted from 1; 0 before the first step."""
        landed, share = self.clock.instant(now)
        return -(-(landed + (share > 0)) // self.each)

    def marks(self, now: Now) -> Iterator[Mark]:
        box, theme = self.land.sight(now).box, self.setting.theme
        size = LABEL * (1.25 + 0.4 * now.of(self, "pulse"))
        x, y = box.left + 0.25, box.top - 0.4
        name = self.setting.words(self.setting.label("epoch"), x, y, size, theme.muted, 0.0, 0.5, 600)
        yield from plated(name, theme.background)
        landed, share = self.clock.instant(now)
        shows = Shows("epoch", self.clock.index, landed + (share > 0))
        text, right = self.setting.language.whole(self.epoch(now)), name.box.right if name.box else x
        yield from plated(
            self.setting.words(text, right + 0.15, y, size, theme.ink, 0.0, 0.5, 600, shows), theme.background
        )


@lru_cache(maxsize=8)  # every frame asks
def drawn(rows: int, size: int, epochs: int, seed: int) -> list[Rows]:
    """The batches of the first epochs, as the runs draw them."""
    return shuffled_batches(rows, size, epochs, seed)
