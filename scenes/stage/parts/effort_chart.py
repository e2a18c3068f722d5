"""Loss against effort, in the hero's place: what has been spent can be counted in rows read or in steps taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.planned_batches import BatchRuns
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.ticks import ticks
from scenes.stage.write import LABEL, Setting

# The chart shows so many times the first loss, if a run climbs; else hardly more than the first loss.
CLIMB, TOP = 1.6, 1.06
# A chart of losses that are all close together does not begin at zero.
HIGH = 0.6
# No curve is drawn through more points than this: more cannot be seen.
MOST_POINTS = 1500
# Room for the numbers left of the chart, below it, and for the words above it.
LEFT, BELOW, ABOVE, RIGHT = 0.85, 0.95, 0.5, 0.35


class EffortChart(Part):
    """The losses of runs over all rows, one curve each.

    It leaves the room above it that the land leaves.
    Channels: `drawn`, how far the curves are drawn, from 0 to 1; `steps`: 0 counts rows read, 1 counts steps taken,
    and in between the axis is being stretched; `line1.pulse`, ….
    """

    channels: ClassVar[Mapping[str, Channel]] = {"drawn": STILL, "steps": STILL}

    def __init__(self, setting: Setting, runs: BatchRuns, colours: Sequence[str], name: str = "effort") -> None:
        super().__init__(name)
        self.setting, self.runs, self.colours = setting, runs, tuple(colours)
        first = float(runs[0].losses[0])
        highest = max(float(run.losses.max()) for run in runs)
        lowest = min(min(float(run.losses.min()) for run in runs), runs[0].objective.minima[0].value)
        self.low = 0.0 if lowest < HIGH * first else first - 1.3 * (first - lowest)
        span = max(first - self.low, 1e-9 * abs(first), 1e-300)
        self.top = self.low + span * (TOP if highest <= first else min(CLIMB, TOP * (highest - self.low) / span))
        self.rows, self.steps = runs.data.rows * runs.epochs, runs.epochs

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), **{f"line{index + 1}.pulse": STILL for index in range(len(self.runs))}}

    def view(self, now: Now) -> View:
        """Horizontally from 0 to 1, the whole of the effort; vertically the losses."""
        box = self.setting.composition.hero(now.of("land", "strip"), 0.0)
        return View(box.inset(LEFT, BELOW, RIGHT, ABOVE), (0.0, 1.0, self.low, self.top))

    def effort(self, now: Now, index: int) -> Array:
        """(steps + 1,): where each step of a run is on the axis, as a share of all rows, or steps, or between."""
        run, each, by = self.runs[index], self.runs.each[index], now.of(self, "steps")
        steps = np.arange(run.steps + 1)
        rows = self.runs.data.rows
        read = steps // each * rows + np.minimum(steps % each * run.batch_size, rows)
        return np.asarray((read / self.rows) ** (1 - by) * (steps / self.steps) ** by)

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.view(now)
        yield from self._axes(now, view)
        floor = self.runs[0].objective.minima[0].value
        ends = view.to_frame(np.array([0.0, 1.0]), np.array([floor, floor]))
        green, shows = self.setting.theme.minimum, Shows("lowest loss")
        yield Stroke(points=ends, colour=green, width=3.0, dash=(0.16, 0.12), shows=shows)
        for index in reversed(range(len(self.runs))):
            yield from self._line(now, view, index)

    def _axes(self, now: Now, view: View) -> Iterator[Mark]:
        theme, box, label = self.setting.theme, view.box, self.setting.label
        rows = [(value, view.point(0.0, value)[1]) for value in ticks(self.low, self.top, 6)]
        ends = [[[box.left, y], [box.right, y]] for _, y in rows]
        yield Lines(ends=np.array(ends).reshape(-1, 2, 2), colour=theme.faint)
        yield Lines(ends=np.array([[[box.left, box.bottom], [box.right, box.bottom]]]), colour=theme.muted, width=2.0)
        for value, y in rows:
            yield self.setting.tick(number(value), box.left - 0.12, y, 1.0, 0.5)
        yield self.setting.words(
            label("loss over all rows"), box.left, box.top + 0.18, LABEL, theme.loss, 0.0, 0.0, 600
        )
        by = now.of(self, "steps")
        for shown, most, name in ((1 - 2 * by, self.rows, "rows read"), (2 * by - 1, self.steps, "steps taken")):
            if shown <= 0:
                continue
            for value in ticks(0.0, float(most), 7 if box.width > 8 else 5):
                if value == round(value):
                    x, shows = view.point(value / most, 0.0)[0], Shows(name)
                    text = self.setting.language.whole(int(value))
                    mark = self.setting.tick(text, x, box.bottom - 0.1, 0.5, 1.0, shows=shows)
                    yield mark.faded(shown)
            name_mark = self.setting.words(label(name), box.right, box.bottom - 0.48, LABEL, theme.ink, 1.0, 1.0, 600)
            yield name_mark.faded(shown)

    def _line(self, now: Now, view: View, index: int) -> Iterator[Mark]:
        """A curve as far as it is drawn, with a dot at its head."""
        run, colour, drawn = self.runs[index], self.colours[index], now.of(self, "drawn")
        efforts = self.effort(now, index)
        last = max(0, int(np.searchsorted(efforts, drawn + 1e-9, side="right")) - 1)
        steps = np.unique(np.linspace(0, last, min(last + 1, MOST_POINTS)).round().astype(np.int64))
        points = self._place(view, index, steps, efforts)
        rests = last == run.steps or drawn - efforts[last] < 1e-9
        if not rests:
            ends = self._place(view, index, np.array([last, last + 1]), efforts)
            part = (drawn - efforts[last]) / (efforts[last + 1] - efforts[last])
            points = np.vstack([points, ends[0] + part * (ends[1] - ends[0])])
        swell, inside = now.of(self, f"line{index + 1}.pulse"), view.box.inset(top=-0.06, bottom=-0.06)
        shows = Shows("loss curve", index, last)
        yield Stroke(points=points, colour=colour, width=4.5 + 4 * swell, clip=inside, shows=shows)
        x, y = points[-1].tolist()
        if inside.bottom <= y <= inside.top:
            shows, ground = Shows("loss head", index, last if rests else None), self.setting.theme.background
            yield Disc(centre=(x, y), radius=0.12 + 0.06 * swell, colour=colour, rim=ground, shows=shows)

    def _place(self, view: View, index: int, steps: np.ndarray, efforts: Array) -> Array:
        """Steps of a run as frame points; losses far above the chart are no further away than can be drawn."""
        reach = 20 * (self.top - self.low)
        losses = np.clip(self.runs[index].losses[steps], self.low - reach, self.top + reach)
        return view.to_frame(efforts[steps], losses)
