"""What stands in a sweep's chart beside its curve: the wall, runs that were tried, the user's own, good rates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from scenes.phrases.rate_facts import rate_words
from scenes.phrases.sweep_facts import Facts
from scenes.planned_sweep import CELLS, STEEPER
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.plane import View
from scenes.stage.parts.rate_plane import RatePlane
from scenes.stage.parts.run import leap, off_the_scale
from scenes.stage.write import AXIS, LABEL, NAME, Setting, within

DOT, TRIED = 0.15, 0.12
# Where labels of points stand, left of them and below.
ASIDE, UNDER = 0.16, 0.1
# How far from the top a label of a point stands that is off the scale.
EDGE = 0.45
# Good rates lie below the wall by factors between these.
NEAREST, FARTHEST = 2.0, 10.0


class Wall(Part):
    """The rate from which the loss grows. Channel `slide`: how far the steeper direction has moved it, 0 to 1."""

    channels: ClassVar[Mapping[str, Channel]] = {"slide": STILL}

    def __init__(self, setting: Setting, plane: RatePlane, facts: Facts, name: str = "wall") -> None:
        super().__init__(name)
        self.setting, self.plane, self.facts = setting, plane, facts

    def marks(self, now: Now) -> Iterator[Mark]:
        view, wall, slide = self.plane.view(now), self.facts.sweep.wall, now.of(self, "slide")
        assert wall is not None
        pulse, ink = now.of(self, "pulse"), self.setting.theme.ink
        x = view.point(math.log10(wall) - slide * math.log10(STEEPER), 0.0)[0]
        ends = np.array([[x, view.box.bottom], [x, view.box.top]])
        shows = Shows("wall", axis=round(slide)) if slide in (0, 1) else None
        yield Stroke(points=ends, colour=ink, width=3.0 + 4.0 * pulse, dash=(0.16, 0.12), shows=shows)
        seen = abs(1 - 2 * slide)  # its number is told where it stands, not on its way
        if seen > 0:
            steep = slide > 0.5
            text = self.setting.language.brief(wall / STEEPER if steep else wall)
            text = text if self.facts.sweep.bend is None else f"2 ÷ c = {text}"
            size, level = LABEL * (1 + 0.25 * pulse), view.box.top - 0.42
            told = Shows("limit", axis=int(steep))
            label = self.setting.words(text, x - 0.12, level, size, ink, 1.0, 0.5, 600, told)
            yield within(label, view.box).faded(seen)


class Trials(Part):
    """A point for each watched run, in the run's colour. An element's `flown`: its way here from the loss chart."""

    channels: ClassVar[Mapping[str, Channel]] = {}

    def __init__(
        self,
        setting: Setting,
        plane: RatePlane,
        facts: Facts,
        chart: LossChart,
        colours: Sequence[str],
        name: str = "trials",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.facts, self.chart, self.colours = setting, plane, facts, chart, tuple(colours)

    def all_channels(self) -> dict[str, Channel]:
        kinds = {"flown": STILL, "pulse": STILL}
        own = {f"run{k + 1}.{kind}": one for k in range(len(self.colours)) for kind, one in kinds.items()}
        return {**super().all_channels(), **own}

    def marks(self, now: Now) -> Iterator[Mark]:
        view, sweep = self.plane.view(now), self.facts.sweep
        heights = [self.facts.drawn(sweep.trial(index)) for index in range(len(sweep.trials))]
        homes = [np.array(view.point(math.log10(rate), height)) for rate, height in zip(sweep.trials, heights)]
        labels = self._labels(view, homes)
        for index, home in enumerate(homes):
            flown = now.of(self, f"run{index + 1}.flown")
            if flown > 0 and not math.isnan(heights[index]):
                yield from self._point(now, view, index, home, flown)
                yield replace(labels[index], rank=NAME).faded(max(0.0, 2 * flown - 1))

    def _point(self, now: Now, view: View, index: int, home: np.ndarray, flown: float) -> Iterator[Mark]:
        swell = 1 + 0.6 * max(now.of(self, f"run{index + 1}.pulse"), now.of(self, "pulse"))
        colour, place = self.colours[index], home
        if not view.box.bottom <= home[1] <= view.box.top:
            marker = off_the_scale(self.setting, colour, home, view.box, 1 + index, noted=False)
            yield from (mark.faded(flown) for mark in marker)
            return
        if flown < 1:
            origin = self.chart.anchor(now, f"run{index + 1}")
            place = leap(np.array([origin.x, origin.y]), home, flown)
        shows = Shows("loss left", 1 + index, self.facts.sweep.trial(index).steps if flown == 1 else None)
        rim = self.setting.theme.background
        yield Disc(centre=(float(place[0]), float(place[1])), radius=DOT * swell, colour=colour, rim=rim, shows=shows)

    def _labels(self, view: View, homes: Sequence[np.ndarray]) -> dict[int, Text]:
        """Each rate, left of its point and a little below; one that would meet another moves away from it."""
        placed: dict[int, Text] = {}
        for index in sorted(range(len(homes)), key=lambda one: -float(np.nan_to_num(homes[one][1]))):
            rate, colour, shows = self.facts.sweep.trials[index], self.colours[index], Shows("run rate", 1 + index)
            x, y = float(homes[index][0]) - ASIDE, float(np.nan_to_num(homes[index][1])) - UNDER
            mark = self.setting.words(rate_words(rate), x, y, LABEL, colour, 1.0, 1.0, 600, shows)
            mark = within(mark, view.box.inset(top=EDGE if y > view.box.top else 0.0, bottom=0.1))
            away = UNDER if y < view.box.bottom + 2 * EDGE else -UNDER
            while mark.box and any(mark.box.meets(other.box) for other in placed.values() if other.box):
                mark = replace(mark, foot=mark.foot + away)
            placed[index] = mark
        return placed


class Ladder(Part):
    """Rates three times apart, tried one after the other on the sum of both directions.

    Channels: `count`, how many; `band`, how much is seen of the good rates below the wall.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"count": STILL, "band": STILL}

    def __init__(self, setting: Setting, plane: RatePlane, facts: Facts, name: str = "ladder") -> None:
        super().__init__(name)
        self.setting, self.plane, self.facts = setting, plane, facts

    def height(self, index: int) -> float:
        """The height of a rate's point: what both its runs leave together."""
        chart, (gentle, steep) = self.facts.chart, self.facts.sweep.tried(index)
        if math.inf in (self.facts.left_of(gentle), self.facts.left_of(steep)):
            return chart.height(math.inf)
        return chart.height(float(gentle.losses[-1]) + float(steep.losses[-1]) - (chart.low or 0.0))

    def marks(self, now: Now) -> Iterator[Mark]:
        view, count = self.plane.view(now), now.of(self, "count")
        band = now.of(self, "band")
        if band > 0:
            yield from (mark.faded(band) for mark in self._band(view))
        for index, rate in enumerate(self.facts.sweep.ladder):
            shown = min(1.0, max(0.0, count - index))
            if shown > 0:
                swell = 1 + 0.8 * (1 - shown) + 0.5 * now.of(self, "pulse")
                yield from (mark.faded(shown) for mark in self._rung(view, index, rate, swell))

    def _rung(self, view: View, index: int, rate: float, swell: float) -> Iterator[Mark]:
        theme, first = self.setting.theme, 1 + len(self.facts.sweep.trials)
        place = np.array(view.point(math.log10(rate), self.height(index)))
        x, y = place.tolist()
        ends = np.array([[x, view.box.bottom], [x, min(y, view.box.top)]])
        yield Stroke(points=ends, colour=theme.rate, width=2.2, dash=(0.06, 0.09))
        text, shows = number(rate), Shows("run rate", first + index)
        label = self.setting.words(text, x, view.box.bottom - 0.2, AXIS * 1.1, theme.rate, 0.5, 1.0, 600, shows)
        yield replace(label, rank=NAME)
        if y <= view.box.top:
            told = Shows("tried loss", first + index, self.facts.sweep.steps)
            yield Disc(centre=(x, y), radius=TRIED * swell, colour=theme.rate, rim=theme.background, shows=told)
        else:
            yield from off_the_scale(self.setting, theme.rate, place, view.box, noted=False)

    def _band(self, view: View) -> Iterator[Mark]:
        """The good rates: the track between them, and what is under the sum's curve."""
        theme, wall, facts = self.setting.theme, self.facts.wall_of_both, self.facts
        left, right = (math.log10(wall / share) for share in (FARTHEST, NEAREST))
        rates = np.log10(facts.rates[:-CELLS])
        heights = np.array([facts.chart.height(float(loss)) for loss in facts.summed])
        inside = np.concatenate([[left], rates[(rates > left) & (rates < right)], [right]])
        curve = view.to_frame(inside, np.interp(inside, rates, heights))
        curve[:, 1] = np.minimum(curve[:, 1], view.box.top)
        (low, _), (high, _) = curve[[0, -1]].tolist()
        foot = np.array([[high, view.box.bottom], [low, view.box.bottom]])
        yield Area(points=np.vstack([curve, foot]), colour=theme.rate, opacity=0.24, shows=Shows("good rates"))
        yield Stroke(points=foot, colour=theme.rate, width=9.0)


class Yours(Part):
    """The user's own rate: a ring on the curve, with its number."""

    def __init__(self, setting: Setting, plane: RatePlane, facts: Facts, name: str = "yours") -> None:
        super().__init__(name)
        self.setting, self.plane, self.facts = setting, plane, facts

    def marks(self, now: Now) -> Iterator[Mark]:
        view, theme, sweep = self.plane.view(now), self.setting.theme, self.facts.sweep
        height, pulse = self.facts.drawn(sweep.main), now.of(self, "pulse")
        across = min(max(math.log10(sweep.rate) if sweep.rate > 0 else -400.0, view.window[0] - 9), view.window[1] + 9)
        x, y = view.point(across, 0.5 * (view.window[2] + view.window[3]) if math.isnan(height) else height)
        inside = view.box.left <= x <= view.box.right and view.box.bottom <= y <= view.box.top
        shows = Shows("run rate", 0)
        at = (min(max(x, view.box.left), view.box.right), min(max(y, view.box.bottom), view.box.top))
        if inside and not math.isnan(height):
            told = Shows("loss left", 0, sweep.main.steps)
            yield Disc(centre=(x, y), radius=0.1, colour=theme.rate, rim=theme.background, shows=told)
            yield Ring(centre=(x, y), radius=0.2 * (1 + 0.5 * pulse), colour=theme.rate, width=4.0)
        elif not inside:
            yield from off_the_scale(self.setting, theme.rate, np.array([x, y]), view.box, noted=False)
        size = 1.15 * LABEL * (1 + 0.25 * pulse)
        number_text, colour = rate_words(sweep.rate), theme.rate
        if inside and not math.isnan(height):
            low = y > view.box.top - 3 * EDGE  # above the ring, or below it where the wall's number stands
            up = at[1] + (-0.3 if low else 0.3)
            text = self.setting.words(number_text, at[0], up, size, colour, 0.5, 1.0 if low else 0.0, 600, shows)
        else:
            text = self.setting.words(number_text, at[0] - 0.34, at[1], size, colour, 1.0, 0.5, 600, shows)
        yield within(text, view.box.inset(left=0.34 if not inside else 0.0, top=0.95 if not inside else 0.0))
