"""The film of a ball on a surface over two parameters."""

from __future__ import annotations

import math
from typing import Any

from manim import ValueTracker, linear

from gdsim.behaviour import lengths
from gdsim.methods import OPTIMISERS
from scenes.script.numbers import fixed, number
from scenes.script.timing import TimedBeat
from scenes.stage.chart import LossChart
from scenes.stage.landscape import Landscape
from scenes.stage.layout import GAP
from scenes.stage.lesson import LessonScene, fade
from scenes.stage.panel import Field, Readouts
from scenes.stage.rule import Rule, widest
from scenes.stage.surface_ball import BallWithPath, parts_to_fade
from scenes.stage.type import formula, quoted, tinted, words
from scenes.stage.visible_steps import sampled_steps
from scenes.stage.walk import moment
from scenes.story.run_facts import follows_the_slope, variable_text

TYPE_SIZE = 0.3
# The eye sways to and fro once in so many seconds.
SWAY_SECONDS = 36.0
# Within a step of the walk: the gradient's arrow grows, then the step's, then the ball moves.
UPHILL, DOWNHILL, MOVE = (0.0, 0.25), (0.2, 0.45), (0.45, 1.0)
# A walk of more steps shows no gradients: they would flicker.
FOLLOWABLE = 16


class Bowl(LessonScene):
    """Surface, ball, gradient, path, floor map, rule, read-outs and loss, all from one run."""

    lesson = "bowl"

    def open(self) -> None:
        """The picture before the first word."""
        (self.run,) = self.runs
        self.plain = follows_the_slope(self.run)
        theme = self.theme
        self._rule_lines()
        places = self.layout
        header = 1.8 * TYPE_SIZE if places.wide and self.spec.cut == "loop" else 0.0
        box = places.plot.inset(top=header)
        self.clock = ValueTracker(0.0)
        self.up, self.down, self.length = (ValueTracker(0.0) for _ in range(3))
        self.rise = ValueTracker(0.0 if self.spec.cut == "full" else 1.0)
        self.walking = self.spec.cut == "loop"
        self.land = Landscape(box, self.run, theme)
        self.climber = BallWithPath(self.land, self.run, box, theme)
        top = max(float(self.run.losses[0]), self.land.space.losses[1])
        self.chart = LossChart(places.chart, self.runs, [theme.loss], theme, TYPE_SIZE, top)
        names = [variable_text(name) for name in self.run.objective.variables]
        fields = [Field("step", None), Field("rate α", "rate"), Field("loss", "loss")]
        fields += [Field(names[0], "ball"), Field(names[1], "ball"), Field("|gradient|", "slope")]
        self.readouts = Readouts(places.readouts, fields, theme, most_columns=3)
        self.add_title()
        self.add(self.label)
        self.conduct()
        self.add(self.land.floor, self.climber.below, self.land.field, self.climber)
        self.add(self.chart, self.readouts, self.rule)
        if self.spec.cut == "full":
            for part in (
                self.label,
                self.land.field,
                *parts_to_fade(self.climber),
                self.chart,
                self.readouts,
                self.rule,
            ):
                part.set_opacity(0.0)
        self.follow()

    # Time: the eye moves in every frame, so every frame is drawn, and where it stands is a matter of the frame alone

    def animate_frames(self, frames: int, *animations: Any) -> None:
        """Play for exactly `frames` frames while the eye sways on."""
        end = self.frame + frames

        def even(share: float) -> float:
            return share * (frames - 0.5) / frames

        self.clock.set_value(self.frame)
        super().animate_frames(frames, *animations, self.clock.animate(rate_func=even).set_value(end))
        self.clock.set_value(end)
        self.follow()

    def hold(self, frames: int) -> None:
        """Stand still, but for the eye."""
        frames = min(frames, self.ending - self.frame)
        if frames > 0:
            self.animate_frames(frames)

    def follow(self) -> None:
        """Bring everything that depends on the run to where it stands."""
        period = self.beats[-1].end if self.spec.cut == "loop" else SWAY_SECONDS * self.spec.fps
        self.land.raise_to(self.rise.get_value())
        self.land.turn(math.sin(2 * math.pi * self.clock.get_value() / period))
        progress = min(self.progress.get_value(), float(self.run.steps))
        landed = int(progress + 1e-9)
        part = progress - landed if progress - landed > 1e-9 else 0.0
        up, down, length, move = self.up.get_value(), self.down.get_value(), self.length.get_value(), part
        if self.walking:
            many = self.run.steps > FOLLOWABLE
            up = 0.0 if many or not part else _within(part, UPHILL)
            down, length = 0.0 if not part else 1.0 if many else _within(part, DOWNHILL), 1.0
            move = part if many else _within(part, MOVE)
        now = moment(self.run, landed + min(move, 1 - 1e-6) if move else float(landed))
        self.climber.show(landed, now.point)
        self.climber.aim(landed, up, down, length, now.share)
        self.chart.show(0, landed + now.share)
        self._numbers(landed, move > 0)

    # Words and numbers

    def _numbers(self, landed: int, under_way: bool) -> None:
        """Read-outs of the last step that is complete, and the rule of the one under way or just made."""
        run = self.run
        step = landed if under_way or landed == 0 else landed - 1
        rate = float(run.learning_rates[min(step, run.steps - 1)]) if run.steps else 0.0
        first, second = run.points[landed]
        steepness = float(lengths(run.gradients[landed]))
        values = (fixed(run.losses[landed], 3), fixed(first, 3), fixed(second, 3), fixed(steepness, 3))
        self.readouts.show(str(landed), number(rate), *values)
        self.rule.say(self._figures_source(step))

    def _rule_lines(self) -> None:
        """The function's label, the rule in letters, and below it the same with this step's numbers."""
        theme, places, objective = self.theme, self.layout, self.run.objective
        names = ", ".join(objective.variables)
        self.label = formula(f"{objective.symbol}({names}) = {objective.formula}", 0.4, theme.ink)
        longest = widest(map(self._figures_source, sampled_steps(self.run.steps).tolist()), theme.ink)
        self.label.widest = 0.58 * places.formula.width
        beside = (0.0, 0.0) if places.wide else (self.label.box.width, self.label.box.height)
        self.rule = Rule(self._letters_source(), longest, places, theme, self.point, beside[0])
        self.layout = places = places.with_formula(self.rule.height(beside[1]))
        self.rule.stand(places.formula, None if places.wide else self.label)
        if places.wide and self.spec.cut == "full":  # beside the title, so that the surface has all the height
            self.label.widest = places.title.width - words(self.title, 0.5, theme.ink, 600).box.width - GAP
            fits = self.label.box.width < self.label.widest - (places.title.right - places.plot.right)
            self.label.at(places.plot.right if fits else places.title.right, places.title.centre[1], 1.0, 0.5)
        elif places.wide:
            self.label.widest = places.plot.width
            self.label.at(places.plot.centre[0], places.plot.top, 0.5, 1.0)

    @property
    def point(self) -> str:
        """The point of the plane as Typst mathematics."""
        return "bold(theta)" if self.run.objective.variables[0].startswith("theta") else "bold(x)"

    def _letters_source(self) -> str:
        """The update rule: the gradient's own name for plain descent, g for the methods that do more."""
        theme, objective = self.theme, self.run.objective
        if not self.plain:
            return OPTIMISERS[self.run.optimiser].formula
        point = self.point
        rate, slope = tinted("alpha", theme.rate), tinted(f"nabla {objective.symbol}", theme.slope)
        return f"{point} arrow.l {point} - {rate} {slope}"

    def _figures_source(self, step: int) -> str:
        """The rule with the numbers of step `step`."""
        run, theme = self.run, self.theme
        if run.steps == 0:
            return quoted("no step")
        step = min(step, run.steps - 1)
        column = self.layout.wide and self.plain
        before, after, slope = (
            _pair(values[at], column)
            for values, at in ((run.points, step), (run.points, step + 1), (run.gradients, step))
        )
        arrival = f"arrow.r {tinted(after, theme.ball)}"
        if not self.plain:
            return f"{before} {arrival}"
        rate = tinted(quoted(number(run.learning_rates[step])), theme.rate)
        return f"{before} - {rate} dot {tinted(slope, theme.slope)} {arrival}"

    # The beats

    def landscape(self, beat: TimedBeat) -> None:
        """The map is there; its colours come, and it rises to the surface that it is the map of."""
        self.animate(0.6, fade(self.label, 1.0))
        self.animate(0.7, fade(self.land.field, 1.0))
        self.animate(2.0, self.rise.animate.set_value(1.0))

    def start(self, beat: TimedBeat) -> None:
        """The ball appears, above and on the map, and its numbers with it."""
        self.animate(0.7, *(fade(part, 1.0) for part in parts_to_fade(self.climber)))
        self.animate(0.6, fade(self.readouts, 1.0), fade(self.chart, 1.0))

    def gradient(self, beat: TimedBeat) -> None:
        """The arrow uphill."""
        self.animate(1.2, self.up.animate.set_value(1.0))

    def opposite(self, beat: TimedBeat) -> None:
        """Its opposite, equally long; and the rule."""
        self.animate(
            1.2,
            self.down.animate.set_value(1.0),
            fade(self.rule, 1.0),
            fade(self.rule.letters, 1.0),
            fade(self.rule.figures, 0.0),
        )

    def measure(self, beat: TimedBeat) -> None:
        """The learning rate makes a step of it."""
        self.animate(1.2, self.length.animate.set_value(1.0), fade(self.rule.figures, 1.0))

    def step(self, beat: TimedBeat) -> None:
        """One step, slowly: gradient, opposite, move."""
        if beat.beat.steps.start > 0:
            self.animate(0.5, self.up.animate.set_value(1.0))
            self.animate(0.4, self.down.animate.set_value(1.0))
        seconds = 1.6 if beat.beat.steps.start else 1.8
        self.up.set_value(0.0) if beat.beat.steps.start == 0 and self.up.get_value() < 1 else None
        self.advance(beat.beat.steps.stop, seconds)
        self.up.set_value(0.0)
        self.down.set_value(0.0)

    def walk(self, beat: TimedBeat) -> None:
        """The remaining steps, each with its arrows."""
        seconds = beat.beat.motion
        if self.spec.cut == "loop":
            self.hold(round(0.6 * self.spec.fps))
            seconds -= 0.6
        self.walking = True
        self.animate(seconds, self.progress.animate(rate_func=linear).set_value(beat.beat.steps.stop))

    def arrive(self, beat: TimedBeat) -> None:
        """Time to read, to think, to look."""

    moral = linger = arrive

    def again(self, beat: TimedBeat) -> None:
        """Back to the first frame: what the run drew fades, and the start appears."""
        moving = (*parts_to_fade(self.climber), self.chart, self.readouts, self.rule)
        self.animate(beat.beat.motion / 2, *(fade(part, 0.0) for part in moving))
        self.progress.set_value(0.0)
        self.follow()
        self.animate(self.left(beat), *(fade(part, 1.0) for part in moving))


def _within(part: float, span: tuple[float, float]) -> float:
    """How far into a span of the step, 0 to 1."""
    return min(1.0, max(0.0, (part - span[0]) / (span[1] - span[0])))


def _pair(vector: Any, column: bool) -> str:
    """A vector of two numbers as Typst mathematics, upright or lying."""
    first, second = (quoted(number(value, 3)) for value in vector)
    return f"vec({first}, {second})" if column else f"({first}, {second})"
