"""The film of two balls in two valleys, and of many."""

from __future__ import annotations

import numpy as np
from manim import ValueTracker

from gdsim import Trajectory
from scenes.script.numbers import fixed, number
from scenes.script.timing import TimedBeat
from scenes.stage.chart import LossChart
from scenes.stage.lesson import LessonScene, fade
from scenes.stage.panel import Field, Readouts
from scenes.stage.plane_marks import Ball, Ring
from scenes.stage.plot import Gathering, Plane
from scenes.stage.type import formula, tinted
from scenes.stage.valley import Roller, Valley, valley_plane
from scenes.stage.walk import moment, paced
from scenes.story.facts import follows_the_slope, method_title, variable_text
from scenes.story.local_minima import deepest, tally_of, valley_of, valleys

TYPE_SIZE = 0.3
SMALL_BALL, START_MARK = 0.105, 0.05


class LocalMinima(LessonScene):
    """The curve with its valleys, two balls, then many, coloured by the valley they end in."""

    lesson = "local-minima"

    def open(self) -> None:
        """The picture before the first word."""
        theme, places = self.theme, self.layout
        self.pair, self.many = self.runs[:2], self.runs[2:]
        self.crowd_clock = ValueTracker(0.0)
        plane = valley_plane(places, self.runs, TYPE_SIZE, show_starts=False)
        self.ground = Valley(plane, places, self.pair[0], theme, TYPE_SIZE)
        self.ground.remove(*self.ground.rings)
        self.rings = Gathering()
        self.rings.add(*self._rings(plane))
        self.rollers = [Roller(plane, one, theme, theme.ball) for one in self.pair]
        for roller in self.rollers:
            roller.remove(roller.lane, roller.arrow)
        self.plane = plane
        self.crowd = Gathering()
        self.balls = [Ball(self._colour(valley_of(one)), SMALL_BALL, theme.background) for one in self.many]
        self.marks = [Ball(self._colour(valley_of(one)), START_MARK, theme.background) for one in self.many]
        for one, mark in zip(self.many, self.marks):
            mark.place = tuple(plane.to_frame(one.points[0, 0], plane.up[0]).tolist())
        self.crowd.add(*self.marks, *self.balls)
        tally = tally_of(self.runs)
        self.count = Readouts(places.readouts, [Field("deepest valley", "minimum"), Field("elsewhere", "loss")], theme)
        self.count.show(f"{tally.deepest} of {len(self.many)}", f"{tally.other + tally.lost} of {len(self.many)}")
        colours = [self._colour(valley_of(one)) for one in self.pair]
        top = max(float(one.losses[0]) for one in self.pair if np.isfinite(one.losses[0]))
        floor = min(float(one.losses.min()) for one in self.pair)
        self.chart = LossChart(
            places.chart, self.pair, colours, theme, TYPE_SIZE, min(top, plane.up[1]) + 0.05 * (top - floor)
        )
        name = variable_text(self.pair[0].objective.variables[0])
        fields = [Field(f"first {name}", "ball"), Field("its loss", "loss")]
        fields += [Field(f"second {name}", "ball"), Field("its loss", "loss")]
        self.readouts = Readouts(places.readouts, fields, theme)
        self.rule = self._rule()
        self.add_title()
        self.add(self.ground)
        self.conduct()
        self.add(self.rings, self.chart, self.readouts, self.rule, *self.rollers, self.crowd, self.count)
        self._hide()
        self.follow()

    def _hide(self) -> None:
        """What comes in later; a loop shows the crowd alone."""
        if self.spec.cut == "full":
            self.ground.curve.shown = 0.0
            self.ground.label.set_opacity(0.0)
            later = (self.rings, self.chart, self.readouts, self.rule, *self.rollers, self.crowd, self.count)
        else:
            later = (self.chart, self.readouts, *self.rollers, self.count)
        for part in later:
            part.set_opacity(0.0)

    def _colour(self, valley: int | None) -> str:
        """Green for the deepest valley, other colours for the others, grey for no valley."""
        theme, best = self.theme, deepest(self.pair[0].objective)
        if valley is None:
            return theme.muted
        if valley == best:
            return theme.minimum
        others = (theme.loss, theme.slope, theme.step, theme.rate)
        return others[(valley - (valley > (best or 0))) % len(others)]

    def _rings(self, plane: Plane) -> list[Ring]:
        """A ring on each valley's floor, in the valley's colour."""
        return [
            Ring(tuple(plane.to_frame(known.point[0], known.value).tolist()), self._colour(index))
            for index, known in enumerate(valleys(self.pair[0].objective))
            if plane.holds(known.point[0], known.value)
        ]

    def _rule(self) -> Gathering:
        """The update rule, and the rate."""
        theme, box, one = self.theme, self.layout.formula, self.pair[0]
        name = one.objective.variables[0]
        together = Gathering()
        rate, slope = tinted("alpha", theme.rate), tinted(f"{one.objective.symbol}'({name})", theme.slope)
        source = f"{name} arrow.l {name} - {rate} dot {slope}"
        if not follows_the_slope(one):
            source = f'"{method_title(one.optimiser)}"'
        letters = formula(source, 0.42, theme.ink).at(box.left, box.top - 0.25 * box.height, 0.0, 0.5)
        letters.widest = box.width if self.layout.wide else 0.5 * box.width
        together.add(letters)
        if one.steps:
            shown = formula(tinted(f'alpha = "{number(one.learning_rates[0])}"', theme.rate), 0.36, theme.ink)
            together.add(shown.at(box.left, box.bottom + 0.3 * box.height, 0.0, 0.5))
        return together

    def follow(self) -> None:
        """Bring everything that depends on the runs to where it stands."""
        progress, clock = self.progress.get_value(), self.crowd_clock.get_value()
        texts: list[str] = []
        for index, (one, roller) in enumerate(zip(self.pair, self.rollers)):
            roller.show(progress)
            self.chart.show(index, progress)
            step = min(int(progress + 1e-9), one.steps)
            texts += [fixed(one.points[step, 0], 3), fixed(one.losses[step], 3)]
        self.readouts.show(*texts)
        for one, ball in zip(self.many, self.balls):
            self._place(one, ball, clock)

    def _place(self, one: Trajectory, ball: Ball, progress: float) -> None:
        """A small ball on the curve; none where it is off the picture."""
        now = moment(one, progress)
        x = float(now.point[0])
        inside = self.plane.holds(x, now.loss)
        ball.place = tuple(self.plane.to_frame(x, now.loss).tolist()) if inside else None

    # The beats

    def ground_beat(self, beat: TimedBeat) -> None:
        """The curve draws itself, then its valleys are ringed."""
        self.animate(1.6, self.ground.curve.animate.set(shown=1.0), fade(self.ground.label, 1.0))
        self.animate(0.6, fade(self.rings, 1.0))

    def start(self, beat: TimedBeat) -> None:
        """Both balls appear, and their numbers with them."""
        self.animate(0.6, *(fade(roller, 1.0) for roller in self.rollers))
        self.animate(0.6, fade(self.readouts, 1.0), fade(self.chart, 1.0), fade(self.rule, 1.0))

    def walk(self, beat: TimedBeat) -> None:
        """Both roll, on one clock."""
        self.animate(beat.beat.motion, self.progress.animate(rate_func=paced).set_value(beat.beat.steps.stop))

    def look(self, beat: TimedBeat) -> None:
        """The ball that is spoken of swells for a moment."""
        ball = self.rollers[beat.beat.subject].ball
        self.animate(0.5, ball.animate.set(swell=1.5))
        self.animate(0.5, ball.animate.set(swell=1.0))

    def blind(self, beat: TimedBeat) -> None:
        """Time to think."""

    def scatter(self, beat: TimedBeat) -> None:
        """The two make room for many."""
        leaving = (*self.rollers, self.readouts, self.chart)
        self.animate(0.7, *(fade(part, 0.0) for part in leaving))
        self.animate(0.8, fade(self.crowd, 1.0))

    def roll(self, beat: TimedBeat) -> None:
        """All roll at once."""
        seconds = beat.beat.motion
        if self.spec.cut == "loop":
            self.hold(round(0.7 * self.spec.fps))
            seconds -= 0.7
        self.animate(seconds, self.crowd_clock.animate(rate_func=paced).set_value(beat.beat.steps.stop))

    def tally(self, beat: TimedBeat) -> None:
        """The count appears."""
        self.animate(0.6, fade(self.count, 1.0))

    def moral(self, beat: TimedBeat) -> None:
        """Time to think."""

    def linger(self, beat: TimedBeat) -> None:
        """The count appears."""
        self.animate(0.4, fade(self.count, 1.0))

    def again(self, beat: TimedBeat) -> None:
        """Back to the first frame: the crowd fades, and stands at its starts again."""
        self.animate(beat.beat.motion / 2, fade(self.crowd, 0.0), fade(self.count, 0.0))
        self.crowd_clock.set_value(0.0)
        self.follow()
        self.animate_frames(beat.end - self.frame, fade(self.crowd, 1.0))
