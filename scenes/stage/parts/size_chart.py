"""Sizes that shrink, step after step, on an axis that becomes logarithmic, and the line below which they are small."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scenes.phrases.rate_facts import whole_digits
from scenes.script.numbers import number, power_of_ten
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import Run
from scenes.stage.parts.step_chart import LEFT, RIGHT, across, chart_box, title, upward
from scenes.stage.ticks import ticks
from scenes.stage.write import LABEL, Setting, within

# The axis of steps goes on beyond the longest run, so that there is room for the last number, in frame units.
NUMBER, FEWEST_STEPS = 1.8, 4
# Decades below the smallest size that matters, and above the largest; the number of decades that have a number.
LOWER, HIGHER, DECADES = 2.0, 0.35, 10
# Zero is this many decades down: out of every picture.
NOWHERE = -330.0
# Dots nearer to each other than this, in frame units, form a line without them; more points cannot be seen.
DOTS, MOST_POINTS = 0.11, 600
HEAD, DOT = 0.13, 0.05
# The number at the head of a line stays above the one at its foot.
LIFT = 0.75
NARROW = 8.0


class Sizes(NamedTuple):
    """One line of the chart.

    name: its element. concept: its colour. clock: how far it is drawn. values: (n,) sizes, from step `first` on.
    title: what they are. quantity: the same, for tests.
    """

    name: str
    concept: str
    clock: Run
    values: Array
    first: int
    title: str
    quantity: str


class SizeChart(Part):
    """Lines of sizes over steps, in the hero's place.

    lines: the first one also sets the ordinary axis. epsilon: what is small enough.
    Channels: `log`, from an ordinary axis, 0, to a logarithmic one, 1. Elements: `epsilon`, its line; each line, with
    `told`, the number at its head, and `fired`, the mark that shows at which step it ended.
    """

    def __init__(self, setting: Setting, plane: Plane, lines: Sequence[Sizes], epsilon: float, name: str = "sizes"):
        super().__init__(name)
        self.setting, self.plane, self.lines, self.epsilon = setting, plane, tuple(lines), epsilon
        width = setting.composition.stage.width - LEFT - RIGHT
        longest = max(line.clock.run.steps for line in lines)
        self.steps = max(FEWEST_STEPS, math.ceil(longest * width / (width - NUMBER)))
        self.top = 1.05 * float(lines[0].values.max()) or 1.0
        largest = max([float(line.values.max(initial=0.0)) for line in lines] + [epsilon])
        self.low, self.high = math.log10(epsilon) - LOWER, math.log10(largest) + HIGHER

    def all_channels(self) -> dict[str, Channel]:
        kinds = (("shown", HIDDEN), ("pulse", STILL), ("told", Channel((1.0,))), ("fired", STILL))
        own = {f"{line.name}.{kind}": channel for line in self.lines for kind, channel in kinds}
        epsilon = {"epsilon.shown": HIDDEN, "epsilon.pulse": STILL}
        return {**super().all_channels(), "log": STILL, **epsilon, **own}

    def view(self, now: Now) -> View:
        """The view of steps and shares of the height."""
        return View(chart_box(self.plane.hero(now)), (0.0, float(self.steps), 0.0, 1.0))

    def level(self, values: Array, log: float) -> Array:
        """Sizes (n,) -> shares (n,) of the chart's height; what is out of the picture stays near it."""
        with np.errstate(divide="ignore"):
            powers = np.maximum(np.log10(values), NOWHERE)
        logarithmic = (powers - self.low) / (self.high - self.low)
        return np.clip((1 - log) * values / self.top + log * logarithmic, -0.5, 2.0)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, log = self.view(now), now.of(self, "log")
        yield from self._axes(view, log)
        shown = now.of(self, "epsilon.shown")
        if shown > 0:
            yield from (mark.faded(shown) for mark in self._epsilon(view, log, now.of(self, "epsilon.pulse")))
        place = view.box.left
        for line in self.lines:
            name = title(self.setting, line.title, place, view.box, self.setting.theme.concept(line.concept))
            place = (name.box.right if name.box else place) + 0.5
            there = now.of(self, f"{line.name}.shown")
            if there > 0:
                yield from (mark.faded(there) for mark in (name, *self._line(now, line, view, log)))

    def _axes(self, view: View, log: float) -> Iterator[Mark]:
        """The steps, and the ordinary numbers or the powers of ten."""
        language, box = self.setting.language, view.box
        steps = [int(value) for value in ticks(0.0, float(self.steps), 7) if value == round(value)]
        yield from across(self.setting, view, [(step, language.whole(step)) for step in steps], "size tick")
        plain = [(self._height(view, value, log), number(value)) for value in ticks(0.0, self.top, 6)]
        for rows, seen in ((plain, 1 - 2 * log), (list(self._decades(view, log)), 2 * log - 1)):
            if seen > 0:
                inside = [row for row in rows if box.bottom - 1e-9 <= row[0] <= box.top]
                yield from (mark.faded(seen) for mark in upward(self.setting, box, inside, "size tick"))

    def _decades(self, view: View, log: float) -> Iterator[tuple[float, str]]:
        """The powers of ten with their heights; epsilon is among them, and not all of many."""
        every = math.ceil((self.high - self.low) / DECADES)
        for power in range(math.ceil(self.low), math.floor(self.high) + 1):
            value = float(f"1e{power}")
            if (power - round(math.log10(self.epsilon))) % every == 0:
                yield self._height(view, value, log), power_of_ten(value) if power else "1"

    def _height(self, view: View, value: float, log: float) -> float:
        return view.point(0.0, float(self.level(np.array([value]), log)[0]))[1]

    def _epsilon(self, view: View, log: float, pulse: float) -> Iterator[Mark]:
        """The line of what is small enough."""
        box, y, theme = view.box, self._height(view, self.epsilon, log), self.setting.theme
        ends = np.array([[box.left, y], [box.right, y]])
        shows = Shows("epsilon")
        yield Stroke(points=ends, colour=theme.ink, width=3.0 + 3.0 * pulse, dash=(0.14, 0.1), shows=shows)
        yield self.setting.formula("epsilon", box.right + 0.2, y, 0.45 * (1 + 0.3 * pulse))

    def _line(self, now: Now, line: Sizes, view: View, log: float) -> Iterator[Mark]:
        landed, share = line.clock.instant(now)
        if landed < line.first:
            return
        colour, box, index = self.setting.theme.concept(line.concept), view.box, line.clock.index
        steps = np.arange(line.first, landed + 1)
        steps = steps[np.unique(np.linspace(0, len(steps) - 1, min(len(steps), MOST_POINTS)).round().astype(int))]
        points = self._places(line, steps, view, log)
        if share > 0 and landed - line.first + 1 < len(line.values):
            after = self._places(line, np.array([landed + 1]), view, log)
            points = np.vstack([points, points[-1] + share * (after[0] - points[-1])])
        width = 4.5 + 2.5 * now.of(self, f"{line.name}.pulse")
        shows = Shows(f"{line.quantity} line", index, landed)
        yield Stroke(points=points, colour=colour, width=width, clip=box.inset(0, 0, 0, -0.1), shows=shows)
        if box.width / self.steps > DOTS:
            for step, (x, y) in zip(steps.tolist(), points.tolist()):
                if box.bottom <= y <= box.top:
                    yield Disc(
                        centre=(x, y), radius=DOT, colour=colour, shows=Shows(f"{line.quantity} dot", index, step)
                    )
        yield from self._head(now, line, points[-1], landed if share == 0 else None, box)

    def _places(self, line: Sizes, steps: Array, view: View, log: float) -> Array:
        return view.to_frame(steps.astype(float), self.level(line.values[steps - line.first], log))

    def _head(self, now: Now, line: Sizes, place: Array, step: int | None, box: Box) -> Iterator[Mark]:
        """The end of a line, its number, and, once its rule has fired, how many steps that took."""
        colour, index, (x, y) = self.setting.theme.concept(line.concept), line.clock.index, place.tolist()
        fired, pulse = now.of(self, f"{line.name}.fired"), now.of(self, f"{line.name}.pulse")
        foot = max(min(y, box.top), box.bottom)
        if fired > 0:
            ends = np.array([[x, foot], [x, foot + fired * (box.bottom - foot)]])
            yield Stroke(points=ends, colour=self.setting.theme.step, width=3.0, dash=(0.1, 0.08))
            yield self._count(line, x, box, 1 + 0.3 * pulse).faded(fired)
        if box.bottom <= y <= box.top + 0.1:
            radius, shows = HEAD * (1 + 0.5 * pulse), Shows(f"{line.quantity} head", index, step)
            yield Disc(centre=(x, y), radius=radius, colour=colour, rim=self.setting.theme.background, shows=shows)
        told = now.of(self, f"{line.name}.told")
        landed = line.clock.instant(now).landed
        if told > 0 and landed >= line.first:
            value = float(line.values[landed - line.first])
            text = self.setting.language.number(value, whole_digits(value))
            shows = Shows(line.quantity, index, landed)
            size = LABEL * (1 + 0.25 * pulse)
            up = max(foot + 0.16, box.bottom + LIFT * now.of(self, "log"))
            # In a narrow chart the first line is close to the second one's right.
            left = line is not self.lines[0] and box.width < NARROW and x - box.left > NUMBER
            words = self.setting.words(text, x - 0.5 if left else x + 0.2, up, size, colour, left, 0.0, 600, shows)
            yield within(words, box.inset(top=-0.1)).faded(told)

    def _count(self, line: Sizes, x: float, box: Box, swell: float) -> Text:
        """The number of steps at the foot of a line that has ended: right of its end, or left of it for the second."""
        steps, theme = line.clock.run.steps, self.setting.theme
        right = line is self.lines[0] or x < box.left + 0.8
        shows = Shows("steps", line.clock.index, steps)
        text = self.setting.language.whole(steps)
        at = x + 0.12 if right else x - 0.12
        return self.setting.words(
            text, at, box.bottom + 0.12, LABEL * 1.1 * swell, theme.step, not right, 0.0, 600, shows
        )
