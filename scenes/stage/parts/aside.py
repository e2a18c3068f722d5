"""The parts next to the hero: the run's numbers, and a chart of its loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from gdsim import Trajectory
from scenes.phrases.rate_facts import same_curve
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.composition import Composition
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Run
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, SMALLEST, Setting

# The axis of a shorter run is extended to this step, so that its ticks are whole steps.
FEWEST_STEPS = 4
# No line is drawn through more points than this: more cannot be seen.
MOST_POINTS = 600
ROW = 0.62
# A chart in a box lower than this has axes without numbers: the read-outs next to it have them.
LOW = 1.75
# No chart is flatter than this share of its numbers.
FLATTEST = 1e-9


# A chart with less room for its lines than this is not drawn.
LEAST_HEIGHT = 0.6
# A curve covered by another one is drawn wider, so that both can be seen.
WIDTH, HIDDEN_WIDTH = 4.0, 10.0


class Field(NamedTuple):
    """One read-out. name: its label. concept: the colour of its number. text: the step -> its number.

    quantity: what it shows, for tests.
    """

    name: str
    concept: str | None
    text: Callable[[int], str]
    quantity: str


def aside_boxes(composition: Composition, fields: int) -> tuple[Box, Box]:
    """The boxes of the read-outs and of the chart: one above the other in a column, side by side in a row."""
    aside = composition.aside
    if composition.wide:
        middle = aside.top - min(ROW * fields, 0.45 * aside.height)
        return Box(aside.left, middle, aside.right, aside.top), Box(
            aside.left, aside.bottom, aside.right, middle - 0.25
        )
    half = aside.left + 0.42 * aside.width
    return Box(aside.left, aside.bottom, half - 0.15, aside.top), Box(half + 0.15, aside.bottom, aside.right, aside.top)


class Readouts(Part):
    """One row per field: the name on the left, the number on the right. A number pulses when it changes.

    box: where they are, or the frame -> where. plate: whether they stand on a plate, where there may be something
    behind them.
    """

    channels: ClassVar[Mapping[str, Channel]] = {}

    def __init__(
        self,
        setting: Setting,
        box: Box | Callable[[Now], Box],
        clock: Run,
        fields: Sequence[Field],
        name: str = "readouts",
        plate: bool = False,
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.clock, self.fields, self.plate = setting, box, clock, tuple(fields), plate

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), **{f"{field.name}.pulse": STILL for field in self.fields}}

    def marks(self, now: Now) -> Iterator[Mark]:
        step, box = self.clock.instant(now).landed, self.box(now) if callable(self.box) else self.box
        pitch = min(ROW, box.height / len(self.fields))
        size = max(SMALLEST, min(0.4, 0.8 * pitch))
        theme = self.setting.theme
        if self.plate:
            around = box.inset(-0.15, -0.08, -0.15, -0.05)
            yield Plate(around=around, colour=theme.background, opacity=0.85)
        for index, field in enumerate(self.fields):
            y = box.top - (index + 0.72) * pitch
            swell = 1 + 0.25 * now.of(self, f"{field.name}.pulse")
            name = self.setting.label(field.name)
            yield self.setting.words(name, box.left, y, max(SMALLEST, 0.8 * size), theme.muted, 0.0)
            shows = Shows(field.quantity, self.clock.index, step)
            colour = theme.concept(field.concept)
            yield self.setting.words(field.text(step), box.right, y, size * swell, colour, 1.0, None, 600, shows)


class LossChart(Part):
    """Loss against steps for one run or several, growing with them.

    top, low: the range of losses. steps: how many there is room for; by default, all.
    quantity: what is drawn, which names the chart. concept: whose colour its name has.
    """

    channels: ClassVar[Mapping[str, Channel]] = {}
    quantity, concept = "loss", "loss"

    def __init__(
        self,
        setting: Setting,
        box: Box,
        clocks: Sequence[Run],
        top: float,
        colours: Sequence[str] = (),
        low: float | None = None,
        name: str = "chart",
        steps: int | None = None,
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.clocks = setting, box, tuple(clocks)
        self.colours = tuple(colours) or (setting.theme.loss,) * len(self.clocks)
        self.top = top
        self.low = _floor([clock.run for clock in clocks], top) if low is None else low
        self.low_room = box.height < LOW
        self.steps = max(FEWEST_STEPS, *(clock.run.steps for clock in clocks)) if steps is None else steps

    def view(self) -> View:
        """The view in which steps and losses are drawn."""
        if self.low_room:
            return View(
                self.box.inset(left=0.1, bottom=0.12, right=0.15, top=0.1), (0.0, float(self.steps), self.low, self.top)
            )
        inner = self.box.inset(left=0.62, bottom=0.42, right=0.15, top=0.5)
        return View(inner, (0.0, float(self.steps), self.low, self.top))

    def values(self, run: Trajectory) -> Array:
        """What is drawn of a run, (steps + 1,)."""
        return run.losses

    def heights(self, losses: Array) -> Array:
        """Losses (n,) -> what the vertical axis counts, (n,)."""
        return losses

    def rows(self, most: int) -> list[tuple[float, str]]:
        """At most so many places of the vertical axis, each with its number."""
        return [(value, number(value)) for value in ticks(self.low, self.top, most)]

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.view()
        if view.box.height < LEAST_HEIGHT:
            return
        yield from self._axes(view)
        for index, (clock, colour) in enumerate(zip(self.clocks, self.colours)):
            hidden = any(same_curve(clock.run, later.run) for later in self.clocks[index + 1 :])
            yield from self._line(now, clock, colour, view, HIDDEN_WIDTH if hidden else WIDTH)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`run1`, …: the head of that clock's curve, or where it left the chart."""
        clock = next((one for one in self.clocks if one.name == element), None)
        if clock is None:
            return super().anchor(now, element)
        view = self.view()
        x, y = self._points(clock.run, view, *clock.instant(now))[-1].tolist()
        return Anchor(x, min(max(y, view.box.bottom), view.box.top), SMALLEST)

    def _axes(self, view: View) -> Iterator[Mark]:
        theme, box = self.setting.theme, view.box
        label, colour = self.setting.label(self.quantity), theme.concept(self.concept)
        if self.low_room:
            strokes = [[[box.left, box.bottom], [box.right, box.bottom]], [[box.left, box.bottom], [box.left, box.top]]]
            yield Lines(ends=np.array(strokes), colour=theme.muted, width=2.0)
            yield self.setting.words(label, box.right, box.top, AXIS + 0.03, colour, 1.0, 1.0, 600)
            return
        most = max(2, int(box.height / 0.55))
        rows = [(text, view.point(0.0, value)[1]) for value, text in self.rows(most)]
        ends = [[[box.left, y], [box.right, y]] for _, y in rows]
        yield Lines(ends=np.array(ends).reshape(-1, 2, 2), colour=theme.faint)
        yield Lines(ends=np.array([[[box.left, box.bottom], [box.right, box.bottom]]]), colour=theme.muted, width=2.0)
        for text, y in rows:
            yield self.setting.tick(text, box.left - 0.1, y, 1.0, 0.5, SMALLEST)
        for value in ticks(0.0, float(self.steps), 4 if box.width < 3 else 6):
            if value == round(value):
                x = view.point(value, 0.0)[0]
                yield self.setting.tick(number(value), x, box.bottom - 0.1, 0.5, 1.0, SMALLEST)
        yield self.setting.words(label, box.left, box.top + 0.14, AXIS + 0.03, colour, 0.0, 0.0, 600)

    def _line(self, now: Now, clock: Run, colour: str, view: View, width: float) -> Iterator[Mark]:
        landed, share = clock.instant(now)
        points = self._points(clock.run, view, landed, share)
        inside = view.box.inset(top=-0.06, bottom=-0.06)
        shows = Shows(f"{self.quantity} curve", clock.index, landed)
        yield Stroke(points=points, colour=colour, width=width, clip=inside, shows=shows)
        x, y = points[-1].tolist()
        if inside.bottom <= y <= inside.top:
            shows = Shows(f"{self.quantity} head", clock.index, landed if share == 0 else None)
            yield Disc(
                centre=(x, y), radius=0.05 + 0.01 * width, colour=colour, rim=self.setting.theme.background, shows=shows
            )

    def _points(self, run: Trajectory, view: View, landed: int, share: float) -> Array:
        """The run's losses so far as frame points, no more than can be told apart."""
        reach = 50 * (self.top - self.low)
        steps = np.unique(np.linspace(0, landed, min(landed + 1, MOST_POINTS)).round().astype(np.int64))
        heights = np.clip(self.heights(self.values(run)), self.low - reach, self.top + reach)
        points = view.to_frame(steps.astype(float), heights[steps])
        if share > 0:
            after = view.to_frame(landed + 1, heights[landed + 1])
            points = np.vstack([points, points[-1] + share * (after - points[-1])])
        return points


def chart_top(run: Trajectory) -> float:
    """The highest loss that a chart shows; for a run that diverges, low enough to see it grow."""
    losses = run.losses[np.isfinite(run.losses)]
    low, start, high = float(losses.min()), float(run.losses[0]), float(losses.max())
    size = max(start - low, FLATTEST * max(abs(start), abs(low)), 1e-300)
    return min(high, low + 3 * size) if high > start else low + size


def _floor(runs: Sequence[Trajectory], top: float) -> float:
    """Zero where no loss is negative, else a little below the lowest."""
    lowest = min(float(run.losses.min()) for run in runs)
    return 0.0 if lowest >= 0 else lowest - 0.08 * (top - lowest)
