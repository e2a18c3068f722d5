"""The Scene of every lesson: it plays the script, and has no pictures or numbers of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

import numpy as np
from manim import Animation, Scene, config

from scenes.lesson import Lesson, tell_story
from scenes.script.cues import film_cues
from scenes.script.language import ENGLISH, Language
from scenes.script.timeline import Timeline
from scenes.script.timing import total_frames
from scenes.spec import RenderSpec
from scenes.stage.camera import StageCamera
from scenes.stage.captions import Captions
from scenes.stage.composition import compose, frame_size
from scenes.stage.marks import Mark
from scenes.stage.part import Stage, channels_of
from scenes.stage.picture import Picture
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting


class Span(NamedTuple):
    """Consecutive frames. still: whether they all show one picture."""

    start: int
    end: int
    still: bool


class Playing(Animation):
    """An animation in which time passes; the picture only depends on the frame."""

    def interpolate_mobject(self, alpha: float) -> None:
        """Do nothing: LessonScene sets the frame."""


class LessonScene(Scene):
    """Plays the lesson that a subclass names.

    Under plain Manim, size and frame rate are Manim's.
    """

    lesson: ClassVar[Lesson]
    language: ClassVar[Language] = ENGLISH

    def __init__(self, renderer: Any = None, spec: RenderSpec | None = None, **options: Any) -> None:
        self.spec = spec or RenderSpec(
            scene=self.lesson.name,
            width=config.pixel_width,
            height=config.pixel_height,
            fps=round(config.frame_rate),
        )
        if renderer is None:
            config.update(picture_options(self.spec))
        super().__init__(renderer, camera_class=StageCamera, **options)

        self.runs, script, self.beats = tell_story(self.lesson, self.spec, self.language)
        composition = compose(self.spec.width, self.spec.height, self.spec.cut, self.spec.captioned)
        setting = Setting(
            composition,
            THEMES[self.spec.theme],
            self.spec.title or self.language.translated(self.lesson.title),
            self.language,
        )
        assert self.lesson.parts is not None
        with np.errstate(all="ignore"):
            parts = self.lesson.parts(self.runs, setting)
        segments = [segment for beat in self.beats for segment in beat.moves]
        self.timeline = Timeline(channels_of(parts), script.opening, segments)
        self.stage = Stage(parts, self.timeline, setting.theme)
        cues = film_cues(self.beats, self.spec.fps) if self.spec.burned else []
        self.captions = Captions(setting, cues, self.spec.fps)
        self.picture = Picture(self.marks)

    def marks(self, frame: int) -> list[Mark]:
        """The whole picture of a frame, captions included."""
        return [*self.stage.marks(frame), *self.captions.marks(frame)]

    def construct(self) -> None:
        """Play the beats."""
        self.add(self.picture)
        changing = self._changing()
        for index, beat in enumerate(self.beats):
            self.next_section(f"{index:02d}-{beat.beat.chapter}")
            for span in spans(changing, beat.start, beat.end):
                self._play(span)
            self.beat_done(index)

    def beat_done(self, index: int) -> None:
        """Called when a beat's last frame has been drawn; the storyboard overrides it."""

    def _play(self, span: Span) -> None:
        """Draw a span. Manim counts frames by adding fractions, so its time is half a frame longer or shorter."""
        self.picture.frame = self.instant = span.start
        frames = span.end - span.start
        if span.still:
            self.wait((frames + 0.5) / self.spec.fps, frozen_frame=True)
        else:
            self.play(Playing(self.picture), run_time=(frames - 0.5) / self.spec.fps)
        self.picture.frame = span.end - 1

    def update_to_time(self, t: float) -> None:
        """Called by Manim before each frame of an animation, `t` seconds after the first one."""
        self.picture.frame = self.instant + round(t * self.spec.fps)
        super().update_to_time(t)

    def _changing(self) -> set[int]:
        """The frames that differ from the one before."""
        frames = set(self.timeline.changes(0, total_frames(self.beats)))
        return frames | set(self.captions.fading())


def spans(changing: set[int], start: int, end: int) -> Iterator[Span]:
    """The frames from `start` up to `end` as spans that move and spans that stand still."""
    frame = start
    while frame < end:
        # The first frame of a beat may be drawn by a process that has drawn nothing before.
        still = frame + 1 < end and frame + 1 not in changing
        last = frame + 1
        while last < end and (last not in changing) == still:
            last += 1
        if not still and last < end:
            last -= 1  # the frame that a still span repeats belongs to that span
        last = max(last, frame + 1)
        yield Span(frame, last, still)
        frame = last


def picture_options(spec: RenderSpec) -> dict[str, Any]:
    """The options that Manim's configuration needs before a camera for `spec` is made."""
    width, height = frame_size(spec.width, spec.height)
    return {"background_color": THEMES[spec.theme].background, "frame_width": width, "frame_height": height}
