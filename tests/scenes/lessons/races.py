"""A film of several learning rates as a viewer gets it, without a pixel drawn, and its numbers as they are read."""

from __future__ import annotations

import re
from functools import cache

from gdsim import SURFACES
from scenes.catalogue import LESSONS
from scenes.planned_run import planned_race
from scenes.script.timeline import Timeline
from scenes.script.timing import timed
from scenes.spec import QUALITIES, RenderSpec, frame_pixels
from scenes.stage.composition import compose
from scenes.stage.part import Now, Stage, channels_of
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

from . import truth

LESSON = LESSONS["overshoot"]
NUMBER = r"−?(?:10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"


def raced(*rates: float, **words):
    """The runs of these rates; none are the lesson's own."""
    spec = RenderSpec("overshoot", **words)
    if not rates:
        return LESSON.run(spec)
    return planned_race(spec, SURFACES["shifted-parabola"], rates, 20)


class Film:
    """The stage of a race in every frame."""

    def __init__(self, rates=(), aspect: str = "16:9", cut: str = "full", theme: str = "dark", **words) -> None:
        width, height = frame_pixels(QUALITIES["l"], aspect)
        self.runs, self.fps = raced(*rates, **words), 10
        script = (LESSON.loop if cut == "loop" else LESSON.script)(self.runs)
        self.beats = timed(script, self.fps, cut)
        self.composition, self.theme = compose(width, height, cut), THEMES[theme]
        self.parts = LESSON.parts(self.runs, Setting(self.composition, self.theme, LESSON.title))
        segments = [segment for beat in self.beats for segment in beat.moves]
        self.timeline = Timeline(channels_of(self.parts), script.opening, segments)
        self.stage = Stage(self.parts, self.timeline, self.theme)
        self.frames = self.beats[-1].end

    def now(self, frame: int) -> Now:
        return Now(self.stage, frame)

    def value(self, part: str, channel: str, frame: int) -> float:
        return self.timeline.value((part, channel), frame)[0]


@cache
def film(rates=(), aspect="16:9", cut="full", theme="dark", words=()) -> Film:
    """The same film once for all who look at it."""
    return Film(rates, aspect, cut, theme, **dict(words))


def read(text: str) -> tuple[float, float]:
    """A number as a person reads it, with two digits for a lone power of ten."""
    value, slack = truth.read(text)
    lone_power = re.fullmatch(r"\(?−?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?", text)
    return value, 0.051 * abs(value) if lone_power else slack


def told(text: str, value: float) -> bool:
    """Whether a number was rightly rounded to what is written."""
    shown, slack = read(text)
    return abs(shown - value) <= slack
