"""The gradients of batches around the true one, as arrows downhill from the start, and how far they spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.phrases.batch_facts import arrow_scale
from scenes.planned_batches import MOST_ARROWS, BatchRuns
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.sight import Sight
from scenes.stage.theme import blended
from scenes.stage.ticks import ticks
from scenes.stage.write import LABEL, Setting, within

# The longest bar that tells the arrows' scale, in frame units.
BAR = 1.6


class GradientCloud(Part):
    """Arrows along minus the gradient: of the whole data (`true`), of single rows, and of mini-batches.

    colours: of the runs, from all rows to one. All arrows have one scale, in which the cloud fills the picture.
    Channels: `true.grown`; `rows`, how many single rows have their arrow; `rows.pulse`; `mixed`, from 0 to 1: the
    arrows of the rows of each batch move to their mean; `more`, how many further batches have theirs, as a share;
    `circle.shown`: a circle around the true arrow's head with the spread for its radius, and its number.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "true.grown": STILL,
        "true.pulse": STILL,
        "rows": STILL,
        "rows.pulse": STILL,
        "mixed": STILL,
        "more": STILL,
        "circle.shown": HIDDEN,
        "circle.pulse": STILL,
    }

    def __init__(
        self, setting: Setting, ball: LandBall, runs: BatchRuns, colours: Sequence[str], name: str = "cloud"
    ) -> None:
        super().__init__(name)
        self.setting, self.ball, self.runs, self.colours = setting, ball, runs, tuple(colours)
        rows, cloud = runs.clouds[-1], runs.clouds[-2]
        self.true = -runs[0].gradients[0]
        first = np.concatenate(rows.batches)[:MOST_ARROWS]
        self.single = -rows.gradients[: len(first)]
        home = {row: index for index in range(runs.each[-2]) for row in cloud.batches[index].tolist()}
        self.batch_of = np.array([home[row] for row in first.tolist()])
        self.mean = -cloud.gradients[self.batch_of]
        more = np.setdiff1d(np.arange(len(cloud.batches)), self.batch_of)
        self.further = more[: max(0, MOST_ARROWS // 2 - len(set(self.batch_of.tolist())))]
        self.spread = rows.spread, cloud.spread

    def scale(self, sight: Sight) -> float:
        """Frame units per unit of gradient."""
        start, scale = self.ball.clock.run.points[0], arrow_scale(self.runs)
        ends = sight.on_map(np.array([start, [start[0] + scale, start[1]]]))
        return float(ends[1, 0] - ends[0, 0])

    def marks(self, now: Now) -> Iterator[Mark]:
        sight = self.ball.land.sight(now)
        start, scale = sight.on_map(self.ball.clock.run.points[0]), self.scale(sight)
        yield from self._bar(sight, start, scale)
        yield from self._circle(now, sight, start, scale)
        yield from self._rows(now, sight, start, scale)
        grown = now.of(self, "true.grown")
        if grown > 0:
            head = start + grown * scale * self.true
            width = 9.0 + 5.0 * now.of(self, "true.pulse")
            yield self._arrow(start, head, self.colours[0], width, sight.box, Shows("true gradient", 0, 0))
        number = now.of(self, "circle.shown")
        if number > 0 and now.of(self, "mixed") in (0.0, 1.0):
            label = self._label(now, sight, start, scale)
            yield from (mark.faded(number) for mark in plated(label, self.setting.theme.background))

    def _rows(self, now: Now, sight: Sight, start: Array, scale: float) -> Iterator[Mark]:
        """The arrows of single rows, on their way to the means of their batches."""
        count, mixed = now.of(self, "rows"), now.of(self, "mixed")
        colour = blended(self.colours[-1], self.colours[-2], mixed)
        width = 3.2 + 2.0 * now.of(self, "rows.pulse") + 1.4 * mixed
        for index in range(min(len(self.single), int(np.ceil(count)))):
            grown = min(1.0, count - index)
            vector = (1 - mixed) * self.single[index] + mixed * self.mean[index]
            shows = Shows("row gradient", len(self.runs) - 1, index) if mixed == 0 else None
            shows = Shows("batch gradient", len(self.runs) - 2, int(self.batch_of[index])) if mixed == 1 else shows
            head = start + grown * scale * vector
            yield self._arrow(start, head, colour, width, sight.box, shows).faded(0.85)
        more = now.of(self, "more") * len(self.further)
        for place in range(min(len(self.further), int(np.ceil(more)))):
            index = int(self.further[place])
            head = start - min(1.0, more - place) * scale * self.runs.clouds[-2].gradients[index]
            shows = Shows("batch gradient", len(self.runs) - 2, index)
            yield self._arrow(start, head, colour, width, sight.box, shows).faded(0.85)

    @staticmethod
    def _arrow(tail: Array, head: Array, colour: str, width: float, box: Box, shows: Shows | None) -> ArrowMark:
        (a, b), (c, d) = tail.tolist(), head.tolist()
        return ArrowMark(tail=(a, b), head=(c, d), colour=colour, width=width, clip=box, shows=shows)

    def _bar(self, sight: Sight, start: Array, scale: float) -> Iterator[Mark]:
        """How long an arrow of a round gradient is, as maps have it, in a lower corner, the emptier one."""
        box, theme = sight.box, self.setting.theme
        value = max((one for one in ticks(0.0, BAR / scale, 6) if one > 0), default=BAR / scale)
        text = f"{self.setting.label('gradient')} {self.setting.language.number(value)}"
        label = self.setting.words(text, 0, 0, LABEL, theme.slope, 0.0, 0.5, 600, Shows("scale"))
        wide, y = scale * value + 0.15 + (label.box.width if label.box else 0.0), box.bottom + 0.35
        heads = start + scale * self.single
        taken = [
            int((np.abs(heads - [x, y]) < [wide / 2 + 0.3, 0.7]).all(axis=1).sum())
            for x in (box.right - 0.25 - wide / 2, box.left + 0.25 + wide / 2)
        ]
        left = box.left + 0.25 if taken[1] < taken[0] else box.right - 0.25 - wide
        ends = np.array([[left + wide - scale * value, y], [left + wide, y]])
        yield Stroke(points=ends, colour=theme.slope, width=4.0, shows=Shows("scale bar"))
        yield from plated(replace(label, left=label.left + left, foot=label.foot + y), theme.background)

    def _radius(self, now: Now) -> float:
        """In units of the gradient."""
        mixed = now.of(self, "mixed")
        return (1 - mixed) * self.spread[0] + mixed * self.spread[1]

    def _colour(self, now: Now) -> str:
        return blended(self.colours[-1], self.colours[-2], now.of(self, "mixed"))

    def _circle(self, now: Now, sight: Sight, start: Array, scale: float) -> Iterator[Mark]:
        shown, radius = now.of(self, "circle.shown"), scale * self._radius(now)
        if shown == 0:
            return
        turn = np.linspace(0, 2 * np.pi, 121)
        points = start + scale * self.true + radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        index = len(self.runs) - (1 if now.of(self, "mixed") == 0 else 2)
        width, clip = 3.5 + 3.0 * now.of(self, "circle.pulse"), sight.box
        shows, colour = Shows("spread circle", index), self._colour(now)
        yield Stroke(points=points, colour=colour, width=width, dash=(0.14, 0.1), clip=clip, opacity=shown, shows=shows)

    def _label(self, now: Now, sight: Sight, start: Array, scale: float) -> Text:
        """`spread = 13.4`, next to the circle."""
        value = self._radius(now)
        length = float(np.hypot(*self.true))
        aside = np.array([self.true[1], -self.true[0]]) / length if length > 0 else np.array([0.0, -1.0])
        aside = aside if aside[1] <= 0 else -aside  # below the arrow, where the circle is lowest
        x, y = (start + scale * self.true + (scale * value + 0.3) * aside).tolist()
        text = f"{self.setting.label('spread')} = {self.setting.language.number(value, 3)}"
        size = LABEL * (1.1 + 0.3 * now.of(self, "circle.pulse"))
        index = len(self.runs) - (1 if now.of(self, "mixed") == 0 else 2)
        shows = Shows("spread", index)
        return within(
            self.setting.words(text, x, y, size, self._colour(now), 0.5 - 0.5 * float(aside[0]), 0.5, 600, shows),
            sight.box.inset(bottom=0.75),
        )
