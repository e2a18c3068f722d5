"""The hero of a sweep: the loss that is left over the learning rate, whose axis is a dial with a knob."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from scenes.phrases.sweep_facts import Chart
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, SHOWN, STILL, Now
from scenes.stage.parts.plane import BELOW, LEFT, RIGHT, TICKS_UP, Plane, View
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, LABEL, SMALLEST, Setting, within

KNOB = 0.17
# Room below the numbers for the axis' name, above the plane, and between two powers of ten on the upright axis.
NAME, TOP, PITCH = 0.42, 0.42, 0.62
# Digits of the knob's rate.
DIGITS = 3


class RatePlane(Plane):
    """Rates across, as logarithms; up, what each leaves of the loss.

    Channels: `value`, the logarithm of the knob's rate; `ticks`, the opacity of the numbers across.
    Elements: `knob`, `loss` (the upright axis' name), `start` (the level of the first loss).
    """

    def __init__(self, setting: Setting, chart: Chart, title: str, value: float, name: str = "plane") -> None:
        super().__init__(setting, chart.window, "", name)
        self.chart, self.title, self.first = chart, title, value

    def all_channels(self) -> dict[str, Channel]:
        own = {f"{one}.{kind}": channel for one in ("knob", "start") for kind, channel in _KINDS.items()}
        values = {"value": Channel((math.log10(self.first),)), "ticks": SHOWN, "loss.pulse": STILL}
        return {**super().all_channels(), **own, **values}

    def view(self, now: Now) -> View:
        left, right, bottom, top = now.all_of(self, "window")
        return View(self.hero(now).inset(LEFT, BELOW + NAME, RIGHT, TOP), (left, right, bottom, top))

    def marks(self, now: Now) -> Iterator[Mark]:
        view, theme = self.view(now), self.setting.theme
        yield from self._heights(view, now.of(self, "loss.pulse"))
        shown = now.of(self, "start.shown")
        if shown > 0:
            yield from (mark.faded(shown) for mark in self._start(view, now.of(self, "start.pulse")))
        yield from self._dial(view)
        knob = now.of(self, "knob.shown")
        told = self._told(view, now) if knob > 0 else None
        yield from (mark.faded(now.of(self, "ticks")) for mark in self._rates(view))
        if told is not None:
            x, y = view.point(now.of(self, "value"), view.window[2])
            track = Stroke(points=np.array([[view.box.left, y], [x, y]]), colour=theme.rate, width=7.0)
            radius = KNOB * (1 + 0.6 * now.of(self, "knob.pulse"))
            knob_mark = Disc(centre=(x, y), radius=radius, colour=theme.rate, rim=theme.background, shows=Shows("knob"))
            yield from (mark.faded(knob) for mark in (track, knob_mark, told))

    def _heights(self, view: View, pulse: float) -> Iterator[Mark]:
        """The upright axis: powers of ten, or losses; what is below the floor is as good as nothing."""
        theme, box = self.setting.theme, view.box
        _, _, bottom, top = view.window
        rows = [(value, number(value)) for value in ticks(bottom, top, TICKS_UP)]
        if self.chart.floor is not None:
            every = max(1, math.ceil(PITCH * (top - bottom) / box.height))
            powers = range(math.ceil(self.chart.floor + every / 2), math.floor(top) + 1)
            rows = [(power, number(10.0**power)) for power in powers if power % every == 0]
            y = view.point(0.0, self.chart.floor)[1]
            yield self.setting.words("≈ 0", box.left - 0.12, y, AXIS, theme.muted, 1.0, 0.5, shows=Shows("floor"))
        levels = [view.point(0.0, value)[1] for value, _ in rows]
        shows = Shows("tick" if self.chart.floor is None else "log tick", axis=1)
        ends = [[[box.left, y], [box.right, y]] for y in levels]
        yield Lines(ends=np.array(ends).reshape(-1, 2, 2), colour=theme.faint)
        for (_, text), y in zip(rows, levels):
            yield self.setting.tick(text, box.left - 0.12, y, 1.0, 0.5, shows=shows)
        size = LABEL * (1 + 0.2 * pulse)
        name = self.setting.words(self.title, box.left, box.top + 0.12, size, theme.loss, 0.0, 0.0, 600)
        wide = name.box.width if name.box else 0.0
        if wide > box.width:
            size = max(SMALLEST, size * box.width / wide)
            name = self.setting.words(self.title, box.left, box.top + 0.12, size, theme.loss, 0.0, 0.0, 600)
        yield name

    def _start(self, view: View, pulse: float) -> Iterator[Mark]:
        """The level of the loss with which every run starts."""
        theme, box = self.setting.theme, view.box
        y = view.point(0.0, self.chart.height(self.chart.first))[1]
        ends, dash = np.array([[box.left, y], [box.right, y]]), (0.09, 0.13)
        yield Stroke(points=ends, colour=theme.loss, width=2.4 + 2.5 * pulse, dash=dash, shows=Shows("start level"))
        words, size = self.setting.label("at the start"), AXIS * (1 + 0.2 * pulse)
        yield self.setting.words(words, box.left + 0.08, y + 0.08, size, theme.loss, 0.0, 0.0)

    def _dial(self, view: View) -> Iterator[Mark]:
        """The track, a tick for each power of ten, and finer ones between."""
        theme, box = self.setting.theme, view.box
        left, right, bottom, _ = view.window
        ends = np.array([[box.left, box.bottom], [box.right, box.bottom]])
        yield Stroke(points=ends, colour=theme.faint, width=7.0, shows=Shows("track"))
        powers = range(math.floor(left), math.ceil(right) + 1)
        factors = range(1, 10) if len(powers) < 9 else (1,)
        for long in (False, True):
            places = [power + math.log10(factor) for power in powers for factor in factors if (factor == 1) == long]
            xs = [view.point(place, bottom)[0] for place in places if left <= place <= right]
            marks = [[[x, box.bottom - 0.06], [x, box.bottom - (0.16 if long else 0.1)]] for x in xs]
            yield Lines(ends=np.array(marks).reshape(-1, 2, 2), colour=theme.muted, width=2.0 if long else 1.2)
        name, x = self.setting.label("learning rate"), box.centre[0]
        yield self.setting.words(name, x, box.bottom - BELOW - 0.02, LABEL, theme.rate, 0.5, 1.0, 600)

    def _rates(self, view: View) -> Iterator[Mark]:
        """The numbers of the powers of ten."""
        left, right, bottom, _ = view.window
        powers = range(math.ceil(left), math.floor(right) + 1)
        for power in powers[:: max(1, math.ceil(len(powers) / 7))]:
            x, y = view.point(power, bottom)
            mark = self.setting.tick(number(10.0**power), x, y - 0.2, 0.5, 1.0, shows=Shows("log tick", axis=0))
            yield within(mark, self.setting.composition.stage)

    def _told(self, view: View, now: Now) -> Text:
        """The knob's rate, below it."""
        value = now.of(self, "value")
        x, y = view.point(value, view.window[2])
        text, size = number(10.0**value, DIGITS), LABEL * (1 + 0.25 * now.of(self, "knob.pulse"))
        mark = self.setting.words(
            text, x, y - 0.2, size, self.setting.theme.rate, 0.5, 1.0, 600, Shows("knob rate", step=0)
        )
        return within(mark, self.setting.composition.stage)


_KINDS = {"shown": HIDDEN, "pulse": STILL}
