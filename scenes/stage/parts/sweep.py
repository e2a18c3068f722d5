"""The curve of a sweep: what each learning rate leaves of the loss, one run a point; also of two directions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.phrases.sweep_facts import Facts
from scenes.planned_sweep import CELLS, STEEPER
from scenes.script.sentence import Exact, say
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.camera import Array
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.parts.rate_plane import RatePlane
from scenes.stage.parts.run import INSIDE, off_the_scale
from scenes.stage.write import AXIS, Setting, within

WIDTH, THIN = 5.0, 3.2
HEAD = 0.15


class SweepCurve(Part):
    """Channels: `upto`, the logarithm of the rate up to which it is drawn; `dimmed`, behind the sum of two.

    Elements: `steep`, the same curve for a direction that bends more: its `slide` goes from 0 to 1, to smaller rates;
    `sum`, of which `grown` is drawn, and `best`, a ring where the sum is lowest.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "dimmed": STILL,
        "steep.shown": STILL,
        "steep.slide": STILL,
        "steep.pulse": STILL,
        "sum.grown": STILL,
        "sum.pulse": STILL,
        "best.shown": STILL,
        "best.pulse": STILL,
    }

    def __init__(self, setting: Setting, plane: RatePlane, facts: Facts, name: str = "sweep") -> None:
        super().__init__(name)
        self.setting, self.plane, self.facts, sweep = setting, plane, facts, facts.sweep
        known = {**dict(zip(sweep.trials, sweep[1:])), **dict(zip(sweep.swept, sweep.runs)), sweep.rate: sweep.main}
        self.rates = np.log10(np.array(sorted(known)))
        self.heights = np.array([facts.drawn(known[rate]) for rate in sorted(known)])

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "upto": Channel((math.log10(self.facts.sweep.range[0]),))}

    def height(self, rate: float) -> float:
        """The curve's height at the logarithm of a rate: a run's own, or between two; NaN where there is none."""
        return float(np.interp(rate, self.rates, self.heights))

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.plane.view(now)
        dimmed, pulse = now.of(self, "dimmed"), now.of(self, "pulse")
        width = WIDTH + 3.0 * pulse + (THIN - WIDTH) * dimmed
        upto = now.of(self, "upto")
        shown = self.rates <= upto
        points = np.column_stack(
            [np.append(self.rates[shown], upto), np.append(self.heights[shown], self.height(upto))]
        )
        yield from self._lines(view, points, width, 1 - 0.5 * dimmed, Shows("sweep"))
        steep, slide = now.of(self, "steep.shown"), now.of(self, "steep.slide")
        if steep > 0:
            copy = np.column_stack([self.rates - slide * math.log10(STEEPER), self.heights])
            swell = 3.0 * now.of(self, "steep.pulse")
            shows = Shows("steep sweep") if slide == 1 else None
            yield from self._lines(view, copy, THIN + swell, steep * (1 - 0.5 * dimmed), shows)
            named = self._named(view, slide, now.of(self, "steep.pulse"))
            yield from (mark.faded(steep * (1 - dimmed)) for mark in named)
        grown = now.of(self, "sum.grown")
        if grown > 0:
            both = self._sum(view, grown)
            yield from self._lines(
                view, both, WIDTH + 1.5 + 3.0 * now.of(self, "sum.pulse"), 1.0, Shows("summed sweep")
            )
        if now.of(self, "best.shown") > 0:
            yield self._best(view, now.of(self, "best.pulse")).faded(now.of(self, "best.shown"))

    def _best(self, view: View, pulse: float) -> Mark:
        """A ring around the lowest point of the sum."""
        place = view.point(
            math.log10(self.facts.best_of_both), self.facts.chart.height(float(np.nanmin(self.facts.summed)))
        )
        radius, shows = 0.22 * (1 + 0.6 * pulse), Shows("best rate")
        return Ring(centre=place, radius=radius, colour=self.setting.theme.rate, width=5.0, shows=shows)

    def _sum(self, view: View, grown: float) -> Array:
        """The sum's points (n, 2), from the left, up to a share of the chart's width."""
        left, right, _, _ = view.window
        rates, chart = np.log10(self.facts.rates[:-CELLS]), self.facts.chart
        heights = np.array([chart.height(float(loss)) for loss in self.facts.summed])
        end = left + grown * (right - left)
        shown = rates <= end
        tip = float(np.interp(end, rates, heights))
        return np.column_stack([np.append(rates[shown], end), np.append(heights[shown], tip)])

    def _lines(self, view: View, points: Array, width: float, opacity: float, shows: Shows | None) -> Iterator[Mark]:
        """Points (n, 2) in the chart's units, joined where there is no gap; at the floor, the minimum is reached."""
        theme, chart, known = self.setting.theme, self.facts.chart, ~np.isnan(points[:, 1])
        box = view.box.inset(bottom=-0.05, top=-0.05)
        level = np.zeros(len(points), dtype=bool) if chart.floor is None else points[:, 1] <= chart.floor + 1e-9
        for whole, colour in ((known, theme.loss), (known & level, theme.minimum)):
            if colour == theme.minimum and not self.facts.sweep.main.objective.minima:
                continue
            edges = np.flatnonzero(np.diff(np.concatenate([[0], whole.astype(int), [0]])))
            for start, end in edges.reshape(-1, 2).tolist():
                if end - start > 1:
                    places = view.to_frame(points[start:end, 0], points[start:end, 1])
                    own = shows if colour == theme.loss else None
                    yield Stroke(points=places, colour=colour, width=width, clip=box, opacity=opacity, shows=own)

    def _named(self, view: View, slide: float, pulse: float) -> Iterator[Mark]:
        """How much more the second direction bends, beside its wall and under the wall's own number."""
        wall = self.facts.sweep.wall or self.facts.sweep.scale
        x = view.point(math.log10(wall) - slide * math.log10(STEEPER), 0.0)[0]
        text = say("curvature × {more}", more=Exact(STEEPER)).plain(self.setting.language)
        size, colour, shows = AXIS * (1.1 + 0.2 * pulse), self.setting.theme.loss, Shows("steeper")
        mark = self.setting.words(text, x - 0.12, view.box.top - 0.62, size, colour, 1.0, 1.0, 600, shows)
        yield within(mark, view.box)


class Probe(Part):
    """The point of the knob's rate: a disc on the curve, and a line down to the knob."""

    def __init__(self, setting: Setting, plane: RatePlane, curve: SweepCurve, name: str = "probe") -> None:
        super().__init__(name)
        self.setting, self.plane, self.curve = setting, plane, curve

    def marks(self, now: Now) -> Iterator[Mark]:
        view, theme, value = self.plane.view(now), self.setting.theme, now.of(self.plane, "value")
        height = self.curve.height(value)
        if math.isnan(height):
            return
        x, y = view.point(value, height)
        foot = view.box.bottom
        ends = np.array([[x, foot], [x, min(max(y, foot), view.box.top)]])
        yield Stroke(points=ends, colour=theme.loss, width=2.6, dash=(0.09, 0.09))
        if view.box.bottom <= y <= view.box.top:
            radius = HEAD * (1 + 0.6 * now.of(self, "pulse"))
            run = self.curve.facts.sweep.main
            own = run.steps and math.isclose(value, math.log10(self.curve.facts.sweep.rate), abs_tol=1e-12)
            shows = Shows("loss left", 0, run.steps) if own else Shows("loss left")
            yield Disc(centre=(x, y), radius=radius, colour=theme.loss, rim=theme.background, shows=shows)
        else:
            inner = view.box.inset(INSIDE, INSIDE, INSIDE, INSIDE)
            target = np.array([min(max(x, inner.left), inner.right), y])
            yield from off_the_scale(self.setting, theme.loss, target, view.box, noted=False)
