"""The dial of the learning rate with a pointer for each run, and the step that follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scenes.phrases.rate_facts import rate_words
from scenes.script.numbers import fixed, number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import ArrowMark, Lines, Ring, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.run import Ball
from scenes.stage.parts.spread import spread_apart
from scenes.stage.ticks import ticks
from scenes.stage.write import LABEL, SMALLEST, Setting, within

# The dial extends to this many times the limit; a rate beyond that is at the end and points outwards.
BEYOND = 1.25
KNOB, POINTER = 0.16, 0.13
# How far out of the picture an arrow is drawn, in frame units: cairo cannot handle 10⁹.
FAR = 5.0


class RateDial(Part):
    """A scale from 0 past the limit; a knob that turns, and a pointer for each run with its rate above it.

    rates, colours: one per run. limit: the largest rate at which no step leads away.
    Channels: `value`, the rate at which the knob is; `knob`, `limit`: their opacities.
    Elements: `run1`, `run2`, …, the pointers.
    """

    def __init__(
        self,
        setting: Setting,
        box: Box,
        rates: Sequence[float],
        colours: Sequence[str],
        limit: float,
        value: float,
        name: str = "dial",
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.rates, self.colours = setting, box.inset(0.5, 0.0, 0.5), tuple(rates), colours
        self.limit, self.end, self.first = limit, BEYOND * limit, value
        self.level = box.bottom + 0.42 * box.height

    def all_channels(self) -> dict[str, Channel]:
        kinds = (("shown", HIDDEN), ("pulse", STILL))
        pointers = {f"run{index + 1}.{kind}": channel for index in range(len(self.rates)) for kind, channel in kinds}
        own = {"value": Channel((self.first,)), "knob": HIDDEN, "limit.shown": HIDDEN, "limit.pulse": STILL}
        return {**super().all_channels(), **own, **pointers}

    def across(self, rate: float) -> float:
        """The x of a rate, in frame units."""
        return self.box.left + min(1.0, max(0.0, rate / self.end)) * self.box.width

    def marks(self, now: Now) -> Iterator[Mark]:
        theme, y = self.setting.theme, self.level
        width = 9.0 + 8.0 * now.of(self, "pulse")
        yield Stroke(points=np.array([[self.box.left, y], [self.box.right, y]]), colour=theme.faint, width=width)
        limited = now.of(self, "limit.shown")
        # The scale's numbers have gone before the limit's number takes their place.
        if limited < 0.5:
            yield from (mark.faded(1 - 2 * limited) for mark in self._scale())
        else:
            yield from (mark.faded(2 * limited - 1) for mark in self._limit(now.of(self, "limit.pulse")))
        for index, (label, x) in enumerate(zip(*self._labels())):
            shown, pulse = (now.of(self, f"run{index + 1}.{kind}") for kind in ("shown", "pulse"))
            if shown > 0:
                yield from (mark.faded(shown) for mark in self._pointer(index, label, x, pulse))
        if now.of(self, "knob") > 0:
            yield from (mark.faded(now.of(self, "knob")) for mark in self._knob(now))

    def _scale(self) -> Iterator[Mark]:
        """Ticks and their numbers, below the track."""
        theme, y = self.setting.theme, self.level
        places = [(value, self.across(value)) for value in ticks(0.0, self.end, 6)]
        yield Lines(ends=np.array([[[x, y - 0.2], [x, y - 0.11]] for _, x in places]), colour=theme.muted, width=2.0)
        for value, x in places:
            yield self.setting.tick(number(value), x, y - 0.22, 0.5, 1.0)

    def _limit(self, pulse: float) -> Iterator[Mark]:
        """The allowed part of the track in the colour of the minimum, and its end."""
        theme, y, x = self.setting.theme, self.level, self.across(self.limit)
        yield Stroke(points=np.array([[self.box.left, y], [x, y]]), colour=theme.minimum, width=9.0)
        height = 0.2 * (1 + pulse)
        yield Lines(ends=np.array([[[x, y - height], [x, y + height]]]), colour=theme.ink, width=4.0)
        text = f"2 ÷ c = {self.setting.language.brief(self.limit)}"
        shows = Shows("limit")
        mark = self.setting.words(text, x, y - 0.22, LABEL * (1 + 0.25 * pulse), theme.ink, 0.5, 1.0, 600, shows)
        yield within(mark, self.box.inset(-0.5, -0.2, -0.5))

    def _labels(self) -> tuple[list[Text], list[float]]:
        """The pointers' numbers, which never meet, and the pointers."""
        room = self.box.inset(-0.5, 0.0, -0.5)
        texts = [rate_words(rate) for rate in self.rates]
        places = [self.across(rate) for rate in self.rates]
        widths = [self.setting.words(text, 0, 0, 1.0, weight=600).outline.width for text in texts]
        gap = 0.14
        size = min(LABEL, (room.width - gap * (len(texts) - 1)) / max(sum(widths), 1e-9))
        middles = spread_apart(places, [size * width for width in widths], room.left, room.right, gap)
        labels = [
            self.setting.words(text, x, self.level + 0.24, size, colour, 0.5, 0.0, 600, Shows("run rate", index))
            for index, (text, x, colour) in enumerate(zip(texts, middles, self.colours))
        ]
        return labels, places

    def _pointer(self, index: int, label: Text, x: float, pulse: float) -> Iterator[Mark]:
        colour, y = self.colours[index], self.level
        assert label.box is not None
        foot = np.array([[x, y], [label.box.centre[0], label.box.bottom + 0.04]])
        yield Stroke(points=foot, colour=colour, width=2.0)
        size = POINTER * (1 + 0.6 * pulse)
        if self.rates[index] > self.end:
            yield Area(points=np.array([[x + 2 * size, y], [x, y + size], [x, y - size]]), colour=colour)
        else:
            yield Disc(centre=(x, y), radius=size, colour=colour, rim=self.setting.theme.background)
        yield label

    def _knob(self, now: Now) -> Iterator[Mark]:
        theme, value = self.setting.theme, now.of(self, "value")
        x, y = self.across(value), self.level
        track = Stroke(points=np.array([[self.box.left, y], [x, y]]), colour=theme.rate, width=9.0)
        yield track.faded(1 - now.of(self, "limit.shown"))
        yield Disc(centre=(x, y), radius=KNOB, colour=theme.rate, rim=theme.background)
        yield self.setting.words(fixed(value, 2), x, y + 0.24, LABEL, theme.rate, 0.5, 0.0, 600, Shows("knob"))


class DialledStep(Part):
    """The step at the dial's rate from the slope under the ball: an arrow to scale, and where it would land."""

    def __init__(self, setting: Setting, ball: Ball, dial: RateDial, name: str = "step") -> None:
        super().__init__(name)
        self.setting, self.ball, self.dial = setting, ball, dial

    def marks(self, now: Now) -> Iterator[Mark]:
        view, run, theme = self.ball.plane.view(now), self.ball.clock.run, self.setting.theme
        x, slope, rate = float(run.points[0, 0]), float(run.gradients[0, 0]), now.of(self.dial, "value")
        there = x - rate * slope
        tail, head = view.point(x, float(run.losses[0])), view.point(there, float(run.losses[0]))
        head = (min(max(head[0], view.box.left - FAR), view.box.right + FAR), head[1])
        height = float(run.objective.value(np.array([there])))
        landing: Array = np.array(view.point(there, height))
        if view.box.left <= head[0] <= view.box.right:
            drop = np.array([head, landing])
            yield Stroke(points=drop, colour=theme.step, width=2.6, dash=(0.09, 0.09), clip=view.box)
            if view.holds(there, height):
                shows = Shows("dialled landing")
                yield Ring(centre=(landing[0], landing[1]), radius=0.15, colour=theme.step, shows=shows)
        width = 7.0 + 4.0 * now.of(self, "pulse")
        yield ArrowMark(
            tail=tail, head=head, colour=theme.step, width=width, clip=view.box, shows=Shows("dialled step")
        )
        ends = [min(max(end, view.box.left), view.box.right) for end in (tail[0], head[0])]
        text, middle = self.setting.language.brief(round(rate * abs(slope), 2)), sum(ends) / 2
        size = max(SMALLEST, LABEL)
        label = self.setting.words(
            text, middle, tail[1] + 0.16, size, theme.step, 0.5, 0.0, 600, Shows("dialled length")
        )
        yield within(label, view.box)
