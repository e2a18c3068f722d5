"""Learning rates over the steps: one lane per run, with a ball that rides along its rate in step with the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdsim.objective import Array
from scenes.phrases.rate_facts import whole_digits
from scenes.planned_schedules import ScheduleRuns
from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.box import Box
from scenes.stage.composition import GAP, Composition
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, STILL, Anchor, Now, Part
from scenes.stage.parts.panel import Panel, between
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Run
from scenes.stage.ticks import ticks
from scenes.stage.write import LABEL, SMALLEST, Setting

# Beside the lanes: rooms for a name on the left and a distance on the right. A lane as high as TALL has its name above.
NAMES, ENDS, TALL, LOW = 2.35, 1.25, 2.4, 1.9
# Around a lane that is the hero: for its numbers, and for its name.
NUMBERS, NAME = 0.85, 0.6
# A box narrower than this has names above the lanes in any case.
NARROW = 6.0
# Below all lanes, for the steps, and above them, for the axes' names.
BELOW, ABOVE = 0.62, 0.5
# Left of the axis, there is room for its name if there is so much.
STEPS = 0.8
# The highest rate has so much of a lane's height.
FILLED = 0.84
# In films that are not wide, the map has this share of the height, or of the width.
MAP_HEIGHT, MAP_WIDTH = 0.38, 0.36
# A curve of more points cannot be seen.
MOST_POINTS = 600


def lane_boxes(composition: Composition) -> tuple[Box, Box]:
    """The boxes of the lanes, as the hero, and of the map that goes with them: beside them, or above in a tall film."""
    stage, frame = composition.stage, composition.frame
    if composition.wide:
        return composition.hero(0.0, 1.0), composition.aside
    if frame.height > 1.25 * frame.width:
        foot = stage.top - MAP_HEIGHT * stage.height
        return Box(stage.left, stage.bottom, stage.right, foot - GAP), Box(stage.left, foot, stage.right, stage.top)
    left = stage.right - MAP_WIDTH * stage.width
    return Box(stage.left, stage.bottom, left - GAP, stage.top), Box(left, stage.bottom, stage.right, stage.top)


class RateLanes(Part):
    """The rate of each step, as a curve over the steps: filled as far as the run has come, faint beyond.

    They stand in the strip, and become the hero as the map, whose channel `swapped` they follow, makes room.
    order: the runs, as they are ranked. Channels: `rows`, how many lanes there is room for; `ranked`, whether they
    stand in that order; `ends`, how much of the distances is shown. Of `lane1`, …: `shown`, `at`, the row, counted from
    0; `bent`, from the constant rate (0) to the schedule (1); `rate`, how much of the number at the ball is shown.
    """

    def __init__(
        self,
        setting: Setting,
        plane: Panel,
        runs: ScheduleRuns,
        clocks: Sequence[Run],
        colours: Sequence[str],
        names: Sequence[str],
        order: Sequence[int],
        name: str = "lanes",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.runs, self.clocks = setting, plane, runs, tuple(clocks)
        self.colours, self.names = tuple(colours), tuple(names)
        self.places = [list(order).index(index) for index in range(len(order))]
        self.hero, _ = lane_boxes(setting.composition)
        steps = np.arange(runs.budget + 1, dtype=float)
        kept = np.unique(np.linspace(0, runs.budget, min(runs.budget + 1, MOST_POINTS)).round().astype(int))
        rates = np.concatenate([runs.rates, runs.rates[:, -1:]], axis=1)  # the last step has its rate to its end
        self.steps, self.rates = steps[kept], rates[:, kept]
        self.top = float(runs.rates.max()) / FILLED

    def all_channels(self) -> dict[str, Channel]:
        own = {"shown": HIDDEN, "at": STILL, "bent": Channel((1.0,)), "rate": STILL, "pulse": STILL}
        lanes = {f"lane{index + 1}.{key}": one for index in range(len(self.runs)) for key, one in own.items()}
        return {**super().all_channels(), "rows": Channel((1.0,)), "ranked": STILL, "ends": STILL, **lanes}

    def box(self, now: Now) -> Box:
        """The box of all lanes with their axis."""
        return between(self.setting.composition.strip, self.hero, now.of(self.plane, "swapped"))

    def lane(self, now: Now, row: float) -> tuple[Box, float]:
        """The box of a lane, and how much it is as high as a hero, from 0 to 1."""
        swapped = now.of(self.plane, "swapped")
        box = self.box(now).inset(bottom=swapped * BELOW, top=swapped * ABOVE)
        pitch = box.height / now.of(self, "rows")
        top = box.top - row * pitch
        return Box(box.left, top - pitch, box.right, top), smooth(min(1.0, max(0.0, (pitch - LOW) / (TALL - LOW))))

    def view(self, now: Now, row: float) -> View:
        """Steps and rates in a lane."""
        (box, tall), swapped = self.lane(now, row), now.of(self.plane, "swapped")
        beside = 0.0 if self.narrow(now) else 1 - tall
        left, right = beside * NAMES + tall * NUMBERS, (beside * ENDS + tall * 0.4) * swapped + 0.15
        head = min(NAME, max(tall * NAME, (1 - beside) * 0.4 * box.height))
        inner = box.inset(left, 0.06 * min(1.0, box.height), right, head)
        return View(inner, (0.0, float(self.runs.budget), 0.0, self.top))

    def narrow(self, now: Now) -> bool:
        """Whether there is no room for names beside the lanes."""
        return self.hero.width < NARROW and now.of(self.plane, "swapped") > 0.5

    def marks(self, now: Now) -> Iterator[Mark]:
        swapped = now.of(self.plane, "swapped")
        if swapped > 0.5:
            yield from (mark.faded(2 * swapped - 1) for mark in self._axis(now))
        ranked = now.of(self, "ranked")
        share = abs(1 - 2 * ranked)  # rows that change places go out and come back: none passes over another
        for index in range(len(self.runs)):
            at = now.of(self, f"lane{index + 1}.at")
            row = at if ranked < 0.5 else float(self.places[index])
            shown = now.of(self, f"lane{index + 1}.shown") * (1.0 if self.places[index] == at else share)
            if shown > 0:
                yield from (mark.faded(shown) for mark in self._lane(now, index, row))

    def curve(self, now: Now, index: int) -> Array:
        """(points,): the rates of a lane, bent or not."""
        bent = now.of(self, f"lane{index + 1}.bent")
        return self.rates[index] if bent == 1 else self.rates[0] + bent * (self.rates[index] - self.rates[0])

    def _lane(self, now: Now, index: int, row: float) -> Iterator[Mark]:
        view, theme, colour = self.view(now, row), self.setting.theme, self.colours[index]
        _, tall = self.lane(now, row)
        landed, share = self.clocks[index].instant(now)
        curve, done = self.curve(now, index), landed + share
        swell = now.of(self, f"lane{index + 1}.pulse")
        foot = np.array([[[view.box.left, view.box.bottom], [view.box.right, view.box.bottom]]])
        yield Lines(ends=foot, colour=theme.faint, width=2.0, shows=Shows("lane foot", index))
        width = 2.6 + 1.8 * tall + 2.5 * swell
        whole = view.to_frame(self.steps, curve)
        yield Stroke(points=whole, colour=colour, width=width, opacity=0.45, shows=Shows("rate plan", index))
        past = self.steps < done
        here = view.to_frame(done, np.interp(done, self.steps, curve))
        points = np.vstack([whole[past], here])
        ground = np.array([[here[0], view.box.bottom], [view.box.left, view.box.bottom]])
        if done > 0:
            shows = Shows("rate course", index, landed)
            yield Area(points=np.vstack([points, ground]), colour=colour, opacity=0.32)
            yield Stroke(points=points, colour=colour, width=width + 1.2, shows=shows)
        rests = landed if share == 0 else None
        radius = (0.11 + 0.1 * tall) * (1 + 0.5 * swell)
        x, y = here.tolist()
        shows = Shows("rate rider", index, rests)
        yield Disc(centre=(x, y), radius=radius, colour=colour, rim=theme.background, shows=shows)
        yield self._name(now, index, row)
        yield from self._rate(now, index, (x, y), landed, view)
        ends = now.of(self, "ends")
        if ends > 0:
            yield self._end(now, index, row).faded(ends)

    def _name(self, now: Now, index: int, row: float) -> Text:
        """The schedule's name: left of its lane, or above it; while the lane grows, it goes out and comes back."""
        (box, tall), view, narrow = self.lane(now, row), self.view(now, row), self.narrow(now)
        above = narrow or tall > 0.5
        size = LABEL * (1 + 0.3 * tall) * (1 + 0.15 * now.of(self, f"lane{index + 1}.pulse"))
        size = min(size, max(SMALLEST, 0.62 * box.height), (box.top - view.box.top) / 1.3 if above else size)
        x, y = (view.box.left, (box.top + view.box.top) / 2) if above else (box.left, view.box.centre[1])
        shows, colour, name = Shows("run name", index), self.colours[index], self.names[index]
        text = self.setting.words(name, x, y, size, colour, 0.0, 0.5, 600, shows)
        room, wide = (0.65 * view.box.width if above else NAMES - 0.2), text.box.width if text.box else 0.0
        if wide > room:
            text = self.setting.words(name, x, y, size * room / wide, colour, 0.0, 0.5, 600, shows)
        return text if narrow else text.faded(abs(1 - 2 * tall))

    def _rate(self, now: Now, index: int, place: tuple[float, float], landed: int, view: View) -> Iterator[Mark]:
        """The rate of the step under way, above the ball on the curve."""
        shown = now.of(self, f"lane{index + 1}.rate")
        run = self.clocks[index].run
        if shown == 0 or not run.steps:
            return
        step = min(landed, run.steps - 1)
        text, shows = self.setting.language.number(float(run.learning_rates[step]), 2), Shows("rate", index, step)
        x = min(max(place[0], view.box.left + 0.5), view.box.right - 0.5)
        mark = self.setting.words(text, x, place[1] + 0.32, LABEL, self.setting.theme.rate, 0.5, 0.0, 600, shows)
        yield mark.faded(shown)

    def _end(self, now: Now, index: int, row: float) -> Text:
        """How far from the minimum the run ended: right of its lane, or above it."""
        (box, _), view = self.lane(now, row), self.view(now, row)
        away = float(self.runs.away[index][-1])
        text = self.setting.language.number(away, whole_digits(away) if away >= 1 else 2)
        head = box.top - view.box.top
        y = box.top - head / 2 if head > 0.2 else view.box.centre[1]
        size = min(LABEL, max(SMALLEST, 0.62 * box.height), head / 1.3 if head > 0.2 else LABEL)
        shows = Shows("distance left", index, self.runs[index].steps)
        return self.setting.words(text, box.right - 0.05, y, size, self.colours[index], 1.0, 0.5, 600, shows)

    def _axis(self, now: Now) -> Iterator[Mark]:
        """The steps below the last lane; the rates beside a lane that is the hero; what both are."""
        setting, theme, language = self.setting, self.setting.theme, self.setting.language
        box, rows = self.box(now), now.of(self, "rows")
        view, (_, tall) = self.view(now, rows - 1), self.lane(now, 0)
        inner = view.box
        values = [value for value in ticks(0.0, float(self.runs.budget), 7) if value == round(value)]
        marks = [(value, view.point(value, 0.0)[0]) for value in values]
        ends = [[[x, inner.bottom], [x, inner.bottom - 0.09]] for _, x in marks]
        yield Lines(ends=np.array(ends), colour=theme.muted, width=2.0)
        for value, x in marks:
            text, shows = language.whole(int(value)), Shows("lane tick", axis=0)
            yield setting.tick(text, x, inner.bottom - 0.14, 0.5, 1.0, shows=shows)
        beside = inner.left - box.left > STEPS
        x, across = (box.left, 0.0) if beside else (inner.right, 1.0)
        yield setting.words(setting.label("steps"), x, inner.bottom - 0.14, SMALLEST, theme.step, across, 1.0, 600)
        head, up = box.top - 0.08, 1.0
        yield setting.words(setting.label("learning rate"), box.left, head, LABEL, theme.rate, 0.0, up, 600)
        if (shown := now.of(self, "ends")) > 0:
            name = setting.label("distance left")
            yield setting.words(name, box.right - 0.05, head, LABEL, theme.minimum, 1.0, up, 600).faded(shown)
        if tall > 0:
            rates = [(value, view.point(0.0, value)[1]) for value in ticks(0.0, self.top, 6)]
            lines = np.array([[[inner.left, y], [inner.right, y]] for _, y in rates]).reshape(-1, 2, 2)
            yield Lines(ends=lines, colour=theme.faint).faded(tall)
            for value, y in rates:
                shows = Shows("lane tick", axis=1)
                yield setting.tick(language.number(value), inner.left - 0.12, y, 1.0, 0.5, shows=shows).faded(tall)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`lane1`, …: the ball on its curve."""
        index = int(element.removeprefix("lane")) - 1
        landed, share = self.clocks[index].instant(now)
        done = landed + share
        rate = np.interp(done, self.steps, self.curve(now, index))
        x, y = self.view(now, now.of(self, f"{element}.at")).point(done, float(rate))
        return Anchor(x, y, LABEL)
