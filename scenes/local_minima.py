"""The film of two balls in two valleys, and of many."""

from __future__ import annotations

import numpy as np
from manim import ValueTracker, linear

from gdsim import Trajectory
from scenes.script.numbers import fixed, number
from scenes.script.timing import TimedBeat
from scenes.stage.chart import LossChart
from scenes.stage.lesson import LessonScene, fade
from scenes.stage.panel import Field, Readouts
from scenes.stage.plane_marks import BALL_RADIUS, Arrow, Ball, OffScale, Ring
from scenes.stage.plot import Gathering, Line, Plane
from scenes.stage.type import formula, tinted, words
from scenes.stage.valley import Roller, Valley, valley_plane
from scenes.stage.walk import moment, paced
from scenes.story.outcomes import Arrivals, arrival, deepest, stuck, valley_of, valleys
from scenes.story.run_facts import follows_the_slope, method_title, variable_text

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
        self.arrivals = Arrivals(self.many)
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
        self.off = [OffScale(plane, theme.muted) for _ in range(2)]
        self.crowd.add(*self.off)
        fields = [Field("deepest valley", "minimum"), Field("no rest yet", None)]
        others = [
            index for index in range(len(valleys(self.pair[0].objective))) if self._colour(index) != theme.minimum
        ]
        if others:
            colour = self._colour(others[0]) if len(others) == 1 else theme.ink
            fields.insert(1, Field("other valley" if len(others) == 1 else "other valleys", None, colour))
        self.count = Readouts(places.readouts, fields, theme)
        self.crowd_chart = self._crowd_chart()
        self.drop = self._drop()
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
        self.add(
            self.rings,
            self.chart,
            self.readouts,
            self.rule,
            self.drop,
            *self.rollers,
            self.crowd_chart,
            self.crowd,
            self.count,
        )
        self._hide()
        self.follow()

    def _hide(self) -> None:
        """What comes in later; a loop shows the crowd alone."""
        later: tuple[Gathering, ...] = (self.chart, self.readouts, self.drop, *self.rollers)
        if self.spec.cut == "full":
            self.ground.curve.shown = 0.0
            self.ground.label.set_opacity(0.0)
            later += (self.rings, self.rule, self.crowd, self.crowd_chart, self.count)
        for part in later:
            part.set_opacity(0.0)

    def _colour(self, valley: int | None) -> str:
        """Green for the deepest valley, shades that mean nothing else for the others, grey for no valley."""
        theme, best = self.theme, deepest(self.pair[0].objective)
        if valley is None:
            return theme.muted
        if valley == best:
            return theme.minimum
        others = theme.rates[::-1]
        return others[(valley - (best is not None and valley > best)) % len(others)]

    def _rings(self, plane: Plane) -> list[Ring]:
        """A ring on each valley's floor, in the valley's colour."""
        return [
            Ring(tuple(plane.to_frame(known.point[0], known.value).tolist()), self._colour(index))
            for index, known in enumerate(valleys(self.pair[0].objective))
            if plane.holds(known.point[0], known.value)
        ]

    def _crowd_chart(self) -> LossChart:
        """The losses of all the many, in thin lines."""
        colours, up = [self._colour(valley_of(one)) for one in self.many], self.plane.up
        chart = LossChart(self.layout.chart, self.many, colours, self.theme, TYPE_SIZE, up[1], up[0])
        for line, head in zip(chart.lines, chart.heads):
            line.width_units, head.radius = 2.0, 0.05
        return chart

    def _drop(self) -> Gathering:
        """How much deeper the deepest valley lies than the one a ball is stuck in: an arrow down, and the number."""
        drop, known = Gathering(), valleys(self.pair[0].objective)
        best = deepest(self.pair[0].objective)
        caught = [one for one in self.pair if stuck(one)]
        if best is None or not caught:
            return drop
        theme, floor = self.theme, known[best]
        x, loss = float(caught[0].points[-1, 0]), float(caught[0].losses[-1])
        from_here, target = self.plane.to_frame(x, loss), self.plane.to_frame(floor.point[0], floor.value)
        foot = np.array([from_here[0], target[1]])
        level = Line(np.array([target, foot]), theme.minimum, 2.0)
        arrow = Arrow(theme.minimum).between(from_here - [0.0, BALL_RADIUS], foot)
        name = words(number(loss - floor.value), TYPE_SIZE, theme.minimum, 600)
        drop.add(level, arrow, name.at(foot[0] + 0.18, (from_here[1] + foot[1]) / 2, 0.0, 0.5))
        return drop

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
        self._crowd_at(clock)

    def _crowd_at(self, clock: float) -> None:
        """Small balls on the curve; a marker at either side stands for those that are off the picture there."""
        middle = sum(self.plane.across) / 2
        for marker in self.off:
            marker.beyond = None
        for index, (one, ball) in enumerate(zip(self.many, self.balls)):
            self.crowd_chart.show(index, clock)
            now = moment(one, clock)
            x = float(now.point[0])
            inside = self.plane.holds(x, now.loss)
            ball.place = tuple(self.plane.to_frame(x, now.loss).tolist()) if inside else None
            if not inside:
                self.off[x > middle].beyond = (x, now.loss)
        tally = self.arrivals.by(int(clock + 1e-9))
        counts = (tally.deepest, tally.lost) if len(self.count.fields) == 2 else tally
        self.count.show(*map(str, counts))

    def _roll(self, clock: ValueTracker, runs: tuple[Trajectory, ...], to: int, seconds: float) -> None:
        """Let the clock run to the last step; what comes after the last arrival goes by quickly."""
        busy = min(to, max(map(arrival, runs)) + 2)
        if busy > 0.7 * to:
            self.animate(seconds, clock.animate(rate_func=paced).set_value(to))
            return
        self.animate(0.8 * seconds, clock.animate(rate_func=paced).set_value(busy))
        self.animate(0.2 * seconds, clock.animate(rate_func=linear).set_value(to))

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
        self._roll(self.progress, self.pair, beat.beat.steps.stop, beat.beat.motion)

    def look(self, beat: TimedBeat) -> None:
        """The ball that is spoken of swells for a moment."""
        ball = self.rollers[beat.beat.subject].ball
        self.animate(0.5, ball.animate.set(swell=1.5))
        self.animate(0.5, ball.animate.set(swell=1.0))

    def blind(self, beat: TimedBeat) -> None:
        """How much deeper the other valley lies."""
        self.animate(0.7, fade(self.drop, 1.0))

    def scatter(self, beat: TimedBeat) -> None:
        """The two make room for many."""
        leaving = (*self.rollers, self.readouts, self.chart, self.drop)
        self.animate(0.7, *(fade(part, 0.0) for part in leaving))
        self.animate(0.8, *(fade(part, 1.0) for part in (self.crowd, self.crowd_chart, self.count)))

    def roll(self, beat: TimedBeat) -> None:
        """All roll at once."""
        seconds = beat.beat.motion
        if self.spec.cut == "loop":
            self.hold(round(0.7 * self.spec.fps))
            seconds -= 0.7
        self._roll(self.crowd_clock, self.many, beat.beat.steps.stop, seconds)

    def tally(self, beat: TimedBeat) -> None:
        """Time to read the count."""

    moral = linger = tally

    def again(self, beat: TimedBeat) -> None:
        """Back to the first frame: the crowd fades, and stands at its starts again."""
        moving = (self.crowd, self.crowd_chart, self.count)
        self.animate(beat.beat.motion / 2, *(fade(part, 0.0) for part in moving))
        self.crowd_clock.set_value(0.0)
        self.follow()
        self.animate(self.left(beat), *(fade(part, 1.0) for part in moving))
