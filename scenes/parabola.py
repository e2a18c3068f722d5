"""The film of one ball on one curve."""

from __future__ import annotations

import math

from manim import ValueTracker

from gdsim.methods import OPTIMISERS
from scenes.script.numbers import NO_BREAK, equals, fixed, number
from scenes.script.timing import TimedBeat
from scenes.stage.chart import LossChart
from scenes.stage.lesson import LessonScene, fade
from scenes.stage.panel import Field, Readouts
from scenes.stage.rule import Rule, widest
from scenes.stage.type import quoted, tinted
from scenes.stage.valley import Roller, Valley, curve_label, valley_plane
from scenes.stage.visible_steps import sampled_steps
from scenes.story.run_facts import follows_the_slope, variable_text

TYPE_SIZE = 0.3


class Parabola(LessonScene):
    """Curve, ball, tangent, step, rule, read-outs and loss, all from one run."""

    lesson = "parabola"

    def open(self) -> None:
        """The picture before the first word."""
        (self.run,) = self.runs
        self.plain = follows_the_slope(self.run)
        theme = self.theme
        self.planned = ValueTracker(0.0)
        name = curve_label(self.run.objective, TYPE_SIZE, theme)
        wide, beside = self.layout.wide, 0.0 if self.layout.wide else name.box.width
        letters = self._letters_source()
        numbers = widest(map(self._numbers_source, sampled_steps(self.run.steps).tolist()), theme.ink)
        self.rule = Rule(letters, numbers, self.layout, theme, self.variable, beside)
        self.layout = places = self.layout.with_formula(self.rule.height(0.0 if wide else name.box.height))
        plane = valley_plane(places, self.runs, TYPE_SIZE)
        self.ground = Valley(plane, places, self.run, theme, TYPE_SIZE)
        self.rule.stand(places.formula, None if wide else self.ground.label)
        self.roller = Roller(plane, self.run, theme)
        self.chart = LossChart(places.chart, self.runs, [theme.loss], theme, TYPE_SIZE, plane.up[1])
        fields = [
            Field("step", None),
            Field(variable_text(self.variable), "ball"),
            Field("slope", "slope"),
            Field("loss", "loss"),
        ]
        self.readouts = Readouts(places.readouts, fields, theme)
        self.add_title()
        self.add(self.ground)
        self.conduct()
        self.add(self.chart, self.readouts, self.rule, self.roller)
        self.follow()
        if self.spec.cut == "full":
            self._hide_for_the_story()

    @property
    def variable(self) -> str:
        """The variable as Typst mathematics."""
        return self.run.objective.variables[0]

    def _hide_for_the_story(self) -> None:
        """What a full film brings in one after the other."""
        self.ground.curve.shown = 0.0
        self.ground.label.set_opacity(0.0)
        for ring in self.ground.rings:
            ring.grown = 0.0
        self.roller.ball.swell = 0.0
        self.roller.prints.set_opacity(0.0)
        self.roller.lane.set_opacity(0.0)
        self.roller.tangent.grown = 0.0
        for part in (self.chart, self.readouts, self.rule):
            part.set_opacity(0.0)

    def follow(self) -> None:
        """Bring everything that depends on the run to where it stands."""
        progress = self.progress.get_value()
        self.roller.show(progress, self.planned.get_value())
        self.chart.show(0, progress)
        step = min(int(progress + 1e-9), self.run.steps)
        point, slope, loss = self.run.points[step, 0], self.run.gradients[step, 0], self.run.losses[step]
        self.readouts.show(str(step), fixed(point, 4), fixed(slope, 4), fixed(loss, 4))
        under_way = max(0, math.ceil(progress - 1e-9) - 1)
        self.rule.say(self._numbers_source(under_way))

    # The rule

    def _letters_source(self) -> str:
        """The update rule: the slope's own name for plain descent, g for the methods that do more."""
        if not self.plain:
            return OPTIMISERS[self.run.optimiser].formula
        theme, name = self.theme, self.variable
        rate, slope = tinted("alpha", theme.rate), tinted(f"{self.run.objective.symbol}'({name})", theme.slope)
        return f"{name} arrow.l {name} - {rate} dot {slope}"

    def _numbers_source(self, step: int) -> str:
        """The rule with the numbers of step `step`; the last step's stay at the end."""
        run, theme = self.run, self.theme
        if run.steps == 0:
            return quoted("no step")
        step = min(step, run.steps - 1)
        before, after = run.points[step, 0], run.points[step + 1, 0]
        sign, then = equals(after).split(NO_BREAK, 1)
        arrival = f"{sign} {tinted(quoted(then), theme.ball)}"
        if not self.plain:
            move = after - before
            return f"{quoted(number(before))} {'-' if move < 0 else '+'} {quoted(number(abs(move)))} {arrival}"
        rate, slope = number(run.learning_rates[step]), number(run.gradients[step, 0])
        slope = f"({slope})" if run.gradients[step, 0] < 0 else slope
        product = f"{tinted(quoted(rate), theme.rate)} dot {tinted(quoted(slope), theme.slope)}"
        return f"{quoted(number(before))} - {product} {arrival}"

    # The beats

    def valley(self, beat: TimedBeat) -> None:
        """The curve draws itself, then its lowest point is ringed."""
        self.animate(1.5, self.ground.curve.animate.set(shown=1.0), fade(self.ground.label, 1.0))
        if self.ground.rings:
            self.animate(0.6, *(ring.animate.set(grown=1.0) for ring in self.ground.rings))

    def start(self, beat: TimedBeat) -> None:
        """The ball appears, and its numbers with it."""
        self.animate(0.6, self.roller.ball.animate.set(swell=1.0))
        shown = (self.readouts, self.chart, self.roller.prints, self.roller.lane)
        self.animate(0.6, *(fade(part, 1.0) for part in shown))

    def slope(self, beat: TimedBeat) -> None:
        """The tangent grows out of the ball."""
        self.animate(0.9, self.roller.tangent.animate.set(grown=1.0))

    def rule_in_letters(self, beat: TimedBeat) -> None:
        """The update rule."""
        self.animate(0.6, fade(self.rule.letters, 1.0))

    def measure(self, beat: TimedBeat) -> None:
        """This step's numbers, put into the rule; and how far it will go."""
        self.animate(0.6, fade(self.rule.figures, 1.0))
        self.animate(0.9, self.planned.animate.set_value(1.0))

    def step(self, beat: TimedBeat) -> None:
        """One step, slowly."""
        self.advance(beat.beat.steps.stop, 1.9)
        self.planned.set_value(0.0)
        self.follow()

    def arrive(self, beat: TimedBeat) -> None:
        """Time to read where the ball is."""

    def moral(self, beat: TimedBeat) -> None:
        """Time to think."""

    def walk(self, beat: TimedBeat) -> None:
        """The remaining steps in one go."""
        seconds = beat.beat.motion
        if self.spec.cut == "loop":
            self.hold(round(0.6 * self.spec.fps))
            seconds -= 0.6
        self.advance(beat.beat.steps.stop, seconds)

    def linger(self, beat: TimedBeat) -> None:
        """Time to look."""

    def again(self, beat: TimedBeat) -> None:
        """Back to the first frame: what the run drew fades, and the start appears."""
        seconds = beat.beat.motion / 2
        moving = (self.roller, self.chart, self.readouts, self.rule)
        self.animate(seconds, *(fade(part, 0.0) for part in moving))
        self.progress.set_value(0.0)
        self.follow()
        self.animate(self.left(beat), *(fade(part, 1.0) for part in moving))
