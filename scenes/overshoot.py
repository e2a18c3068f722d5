"""The film of one start at several learning rates, or at one."""

from __future__ import annotations

from functools import partial

from manim import ValueTracker

from gdsim import Trajectory
from gdsim.behaviour import Behaviour, behaviour, jumps
from scenes.script.numbers import fixed
from scenes.script.timing import TimedBeat
from scenes.stage.camera import rgb
from scenes.stage.endpoint_labels import EndpointLabels
from scenes.stage.lesson import LessonScene, fade
from scenes.stage.race import Race
from scenes.stage.rate_panel import RatePanel
from scenes.stage.rates import shades
from scenes.stage.valley import Roller, Valley, valley_plane
from scenes.stage.walk import paced
from scenes.story.rates import curvature, hidden_curves, lowest, rate_of

TYPE_SIZE = 0.3
# Jumps that are shown one by one; a run with more goes on with its ball unseen, for none could follow it.
JUMPS_SHOWN = 24


class Overshoot(LessonScene):
    """The valley, one ball a rate, the gauge of rates, and their losses in one chart."""

    lesson = "overshoot"

    def open(self) -> None:
        """The picture before the first word."""
        theme, places = self.theme, self.layout
        self.several = len(self.runs) > 1 and behaviour(self.runs[0]) is not Behaviour.RESTS
        self.told = self.runs if self.several else self.runs[:1]
        self.at_once = self.several and self.spec.cut == "loop"
        self.subject = 0
        self.race_clock = ValueTracker(0.0)
        self.colours = shades(theme, len(self.told))
        self.plane = valley_plane(places, self.told, TYPE_SIZE)
        self.ground = Valley(self.plane, places, self.told[0], theme, TYPE_SIZE)
        self.rollers = [self._roller(index) for index in range(len(self.told))]
        self._panel()
        self._race()
        self.add_title()
        self.add(self.ground)
        self.conduct()
        self.add(self.gauge, self.chart, self.readouts, self.table, self.table.results)
        self.add(self.big, self.big.names, *self.flags.flags, *self.rollers)
        self._hide()
        self.follow()

    # The picture

    def _roller(self, index: int) -> Roller:
        """One rate's ball; where all roll at once each has its rate's shade."""
        colour = self.colours[index] if self.at_once else None
        roller = Roller(self.plane, self.told[index], self.theme, colour)
        roller.remove(roller.tangent, roller.lane)
        if self.at_once:
            roller.remove(roller.arrow)
            roller.chords.colour = rgb(self.colours[index])
        return roller

    def _panel(self) -> None:
        """Gauge, read-outs or table, and chart."""
        rates = [rate_of(one) for one in self.told if behaviour(one) is not Behaviour.RESTS]
        panel = RatePanel(
            self.layout,
            self.plane,
            self.ground.label,
            self.told,
            rates,
            self.colours,
            curvature(self.told[0].objective),
            self.theme,
            TYPE_SIZE,
            self.at_once,
        )
        self.gauge, self.readouts, self.table, self.chart = panel.gauge, panel.readouts, panel.table, panel.chart

    def _race(self) -> None:
        """All losses over the steps, and where the balls ended."""
        rates = [rate_of(one) or 0.0 for one in self.told]
        header = 1.25 * TYPE_SIZE if self.layout.wide else 0.0
        hidden = hidden_curves(self.told)
        self.big = Race(self.plane, self.told, rates, self.colours, hidden, self.theme, TYPE_SIZE, header)
        self.flags = EndpointLabels(self.plane, self.told, rates, self.colours, self.theme, 0.9 * TYPE_SIZE)

    def _hide(self) -> None:
        """What a film brings in one after the other."""
        later = [self.big, self.big.names, *self.flags.flags]
        later += [self.readouts] if self.at_once else [self.table, self.table.results]
        if self.spec.cut == "full":
            self.ground.curve.shown = 0.0
            self.ground.label.set_opacity(0.0)
            for ring in self.ground.rings:
                ring.grown = 0.0
            for pointer in self.gauge.pointers:
                pointer.swell = 0.0
            for roller in self.rollers:
                roller.ball.swell = 0.0
            later += [self.gauge, self.chart, self.readouts, *self.rollers]
        elif not self.several and self.gauge.pointers:
            self.gauge.call(0)
        for part in later:
            part.set_opacity(0.0)

    def follow(self) -> None:
        """Bring everything that depends on the runs to where it stands."""
        progress, race = self.progress.get_value(), self.race_clock.get_value()
        for index in range(len(self.told)) if self.at_once else (self.subject,):
            self.rollers[index].show(progress)
            self.chart.show(index, progress)
        for index, one in enumerate(self.told):
            clock = progress if self.at_once else race
            if self.several:
                self.big.show(index, race)
                self.table.show(index, self._distance(one, min(int(clock + 1e-9), one.steps)))
        one = self.told[self.subject]
        step = min(int(progress + 1e-9), one.steps)
        numbers = one.points[step, 0], self._distance(one, step), one.losses[step]
        self.readouts.show(str(step), *(fixed(value, 4) for value in numbers))

    @staticmethod
    def _distance(one: Trajectory, step: int) -> float:
        """How far from the minimum the ball is after so many steps."""
        return abs(float(one.points[step, 0]) - lowest(one.objective).point[0])

    # The beats

    def start(self, beat: TimedBeat) -> None:
        """The curve draws itself, its lowest point is ringed, and the ball appears."""
        self.animate(1.2, self.ground.curve.animate.set(shown=1.0), fade(self.ground.label, 1.0))
        self.animate(0.5, *(ring.animate.set(grown=1.0) for ring in self.ground.rings))
        roller = self.rollers[0]
        roller.set_opacity(1.0)
        self.animate(0.6, roller.ball.animate.set(swell=1.0))
        waiting = (*self.chart.lines[1:], *self.chart.heads[1:])
        shown = [self.readouts, self.gauge.line, *self.gauge.pointers, self.gauge.name]
        shown += [part for part in self.chart.submobjects if part not in waiting]
        self.animate(0.6, *(fade(part, 1.0) for part in shown))

    def pick(self, beat: TimedBeat) -> None:
        """The next rate: the last one's ball goes, and what it did stays, dim."""
        index = beat.beat.subject
        if index != self.subject:
            self._retire(self.subject)
            self.subject = index
            self.progress.set_value(0.0)
            for part in (self.rollers[index], self.chart.lines[index]):
                part.set_opacity(1.0)
            self.follow()
        self.gauge.call(index)
        self.gauge.name.set_opacity(0.0)
        self.animate(
            0.5,
            *(fade(part, 1.0) for part in (self.gauge.name, self.readouts, self.chart.heads[index])),
            self.gauge.pointers[index].animate.set(swell=1.0),
            self.rollers[index].ball.animate.set(swell=1.0),
        )

    def _retire(self, index: int) -> None:
        """Dim what a rate drew."""
        roller = self.rollers[index]
        gone = (roller.arrow, roller.off, roller.note, roller.plate, self.readouts, self.gauge.name)
        self.animate(
            0.4,
            roller.ball.animate.set(swell=0.0),
            *(fade(part, 0.0) for part in gone),
            fade(roller.chords, 0.14),
            fade(roller.prints, 0.25),
            fade(self.gauge.pointers[index], 0.5),
            fade(self.chart.lines[index], 0.45),
            fade(self.chart.heads[index], 0.45),
        )

    def pause(self, beat: TimedBeat) -> None:
        """Time to think."""

    moral = linger = pause

    def walk(self, beat: TimedBeat) -> None:
        """The steps of the beat: slow at first, then quicker."""
        run, to = self.told[beat.beat.subject], beat.beat.steps.stop
        self._descend(to, beat.beat.motion, bool(jumps(run)[:to].any()))

    def _descend(self, to: int, seconds: float, jumping: bool) -> None:
        """Let the run go on; of very many jumps the last are only counted."""
        begun = self.progress.get_value()
        if not jumping or to - begun <= 2 * JUMPS_SHOWN:
            self.animate(seconds, self.progress.animate(rate_func=paced).set_value(to))
            return
        balls = [roller.ball for roller in self.rollers]
        self.animate(0.7 * seconds, self.progress.animate(rate_func=paced).set_value(begun + JUMPS_SHOWN))
        self.animate(0.05 * seconds, *(ball.animate.set(swell=0.0) for ball in balls))
        self.animate(0.2 * seconds, self.progress.animate(rate_func=partial(pow, exp=2)).set_value(to))
        self.animate(0.05 * seconds, *(ball.animate.set(swell=1.0) for ball in balls))

    def verdict(self, beat: TimedBeat) -> None:
        """A flag where the ball ended; rates that ended together share it."""
        if not self.several:
            return
        index = beat.beat.subject
        earlier = [fade(self.flags.flags[other], 0.0) for other in self.flags.mates[index]]
        self.animate(0.5, fade(self.flags.flags[index], 1.0), *earlier)

    def reason(self, beat: TimedBeat) -> None:
        """The table of factors takes the place of the read-outs."""
        gone = (self.readouts, self.rollers[self.subject].arrow, *([self.chart] if self.several else []))
        self.animate(0.5, *(fade(part, 0.0) for part in gone))
        self.animate(0.6, fade(self.table, 1.0))

    def example(self, beat: TimedBeat) -> None:
        """The rate that is spoken of: the others' rows stand back, and the gauge names it."""
        if self.several:
            self.gauge.call(beat.beat.subject)
        chosen = self.table.row(rate_of(self.told[beat.beat.subject]))
        self.animate(0.5, *(fade(row, 1.0 if row is chosen else 0.3) for row in self.table.rows))

    def zones(self, beat: TimedBeat) -> None:
        """What the ball does along the gauge, and every rate on it."""
        shown = (self.gauge.zones, *self.gauge.pointers, *self.table.rows)
        unnamed = [fade(self.gauge.name, 0.0)] if self.several else []
        self.animate(0.7, *unnamed, *(fade(part, 1.0) for part in shown))

    def race(self, beat: TimedBeat) -> None:
        """The valley makes room for the losses of all rates, drawn on one clock."""
        self.gauge.hush()
        self.animate(0.5, *(fade(part, 0.0) for part in (self.ground, *self.rollers, *self.flags.flags)))
        shown = (self.big, self.table.results, *self.gauge.pointers)
        self.animate(0.5, *(fade(part, 1.0) for part in shown))
        clock = self.race_clock.animate(rate_func=paced).set_value(max(one.steps for one in self.told))
        self.animate(beat.beat.motion - 1.4, clock)
        self.animate(0.4, fade(self.big.names, 1.0))

    def together(self, beat: TimedBeat) -> None:
        """A loop's whole walk."""
        self.hold(round(0.6 * self.spec.fps))
        jumping = any(jumps(run).any() for run in self.told)
        self._descend(beat.beat.steps.stop, beat.beat.motion - 0.6, jumping)

    def again(self, beat: TimedBeat) -> None:
        """Back to the first frame: what the runs drew fades, and the start appears."""
        moving = [*self.rollers, self.chart, self.table.results if self.at_once else self.readouts]
        self.animate(beat.beat.motion / 2, *(fade(part, 0.0) for part in moving))
        self.progress.set_value(0.0)
        self.follow()
        self.animate(self.left(beat), *(fade(part, 1.0) for part in moving))
