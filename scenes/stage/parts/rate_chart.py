"""How many steps each learning rate needs: one dot per run, a ring for each that was stopped by its limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdsim import Stop, Trajectory
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.step_chart import across, chart_box, title, upward
from scenes.stage.ticks import ticks
from scenes.stage.write import LABEL, Setting

# The axes go so far beyond the largest rate and the limit.
WIDER, HIGHER = 1.06, 1.13
DOT, OWN = 0.085, 0.17
# A number needs so much room to either side, in frame units.
APART = 0.7


class RateChart(Part):
    """Steps over rates, in the hero's place.

    runs: one per rate, ascending. first: the index of the first of them. own: the run whose rate is the viewer's.
    limit: the steps after which a run is stopped. best: the index in `runs` of the one that needs the fewest steps.
    Channels: `swept`, up to which share of the axis the dots are there. Elements: `limit`, its line; `own`, the
    viewer's dot; `best`, the number of steps at the best rate; `slow`, the ring of the smallest rate.
    """

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        runs: Sequence[Trajectory],
        first: int,
        own: Trajectory,
        limit: int,
        best: int,
        name: str = "rates",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.runs, self.first, self.own, self.limit = setting, plane, runs, first, own, limit
        self.end = WIDER * max((_rate(run) for run in runs), default=1.0)
        self.best = best

    def all_channels(self) -> dict[str, Channel]:
        kinds = (("shown", HIDDEN), ("pulse", STILL))
        own = {f"{one}.{kind}": channel for one in ("limit", "own", "best", "slow") for kind, channel in kinds}
        return {**super().all_channels(), "swept": STILL, **own}

    def view(self, now: Now) -> View:
        """The view of rates and steps."""
        return View(chart_box(self.plane.hero(now)), (0.0, self.end, 0.0, HIGHER * self.limit))

    def marks(self, now: Now) -> Iterator[Mark]:
        setting, view, theme = self.setting, self.view(now), self.setting.theme
        yield from across(setting, view, [(one, number(one)) for one in ticks(0.0, self.end, 7)], "rate tick")
        whole = [one for one in ticks(0.0, HIGHER * self.limit, 6) if one == round(one)]
        rows = [(view.point(0.0, one)[1], setting.language.whole(int(one))) for one in whole]
        yield from upward(setting, view.box, rows, "rate tick")
        yield title(setting, "steps", view.box.left, view.box, theme.step)
        name, up = setting.label("learning rate"), view.box.top + 0.2
        yield setting.words(name, view.box.right, up, LABEL, theme.rate, 1.0, 0.0, 600)
        yield from self._limit(now, view)
        swept = now.of(self, "swept") * self.end
        pulses = {self.best: now.of(self, "best.pulse"), 0: now.of(self, "slow.pulse")}
        for index, run in enumerate(self.runs):
            if _rate(run) <= swept:
                yield self._dot(view, run, self.first + index, 1 + pulses.get(index, 0.0))
        yield from self._own(now, view)
        yield from self._best(now, view)

    def _limit(self, now: Now, view: View) -> Iterator[Mark]:
        """The line of the limit, with its number in the middle, where no dot is."""
        shown, pulse, theme = now.of(self, "limit.shown"), now.of(self, "limit.pulse"), self.setting.theme
        if shown == 0:
            return
        (left, y), (right, _) = view.point(0.0, self.limit), view.point(self.end, self.limit)
        ends, width = np.array([[left, y], [left + shown * (right - left), y]]), 3.5 + 3.0 * pulse
        yield Stroke(points=ends, colour=theme.step, width=width, dash=(0.14, 0.1), shows=Shows("limit"))
        text, size = self.setting.language.whole(self.limit), LABEL * (1.1 + 0.3 * pulse)
        middle = (left + right) / 2
        yield self.setting.words(text, middle, y - 0.12, size, theme.step, 0.5, 1.0, 600, Shows("limit")).faded(shown)

    def _dot(self, view: View, run: Trajectory, index: int, swell: float) -> Mark:
        place, colour = view.point(_rate(run), float(run.steps)), self.setting.theme.step
        if run.stop is Stop.FLAT:
            return Disc(centre=place, radius=DOT * swell, colour=colour, shows=Shows("steps needed", index))
        return Ring(centre=place, radius=DOT * 1.2 * swell, colour=colour, shows=Shows("limit reached", index))

    def _own(self, now: Now, view: View) -> Iterator[Mark]:
        """The viewer's rate, if it is on the axis and its run has come to an end by itself."""
        shown, pulse, theme = now.of(self, "own.shown"), now.of(self, "own.pulse"), self.setting.theme
        if shown == 0 or not self.has_own:
            return
        place = view.point(_rate(self.own), float(self.own.steps))
        radius, colour = OWN * (1 + 0.5 * pulse), theme.ball
        shows = Shows("steps needed", 0)
        yield Disc(centre=place, radius=radius, colour=colour, rim=theme.background, shows=shows).faded(shown)
        best = view.point(_rate(self.runs[self.best]), 0.0)[0]
        if abs(place[0] - best) > APART:
            yield self._number(place, self.own, 0, pulse).faded(shown)

    def _best(self, now: Now, view: View) -> Iterator[Mark]:
        """The number of steps above the lowest dot."""
        shown, pulse = now.of(self, "best.shown"), now.of(self, "best.pulse")
        if shown > 0:
            run = self.runs[self.best]
            place = view.point(_rate(run), float(run.steps))
            yield self._number(place, run, self.first + self.best, pulse).faded(shown)

    def _number(self, place: tuple[float, float], run: Trajectory, index: int, pulse: float) -> Mark:
        """A dot's number, above it, or to the side on which the fewest steps are needed."""
        text, size = self.setting.language.whole(run.steps), LABEL * (1.1 + 0.3 * pulse)
        side = np.sign(_rate(self.runs[self.best]) - _rate(run))
        shows, (x, y) = Shows("steps", index, run.steps), place
        across, up = 0.5 - 0.5 * side, 0.12 if side else 0.26
        return self.setting.words(text, x + 0.22 * side, y + up, size, self.setting.theme.step, across, 0.0, 600, shows)

    @property
    def has_own(self) -> bool:
        """Whether the viewer's run has a dot that is not the lowest one's."""
        return self.own.stop is Stop.FLAT and _rate(self.own) != _rate(self.runs[self.best])


def _rate(run: Trajectory) -> float:
    return float(run.learning_rates[0]) if run.steps else 0.0
