"""The Scene all lessons share: it walks the beats, keeps time in whole frames, and shows the captions."""

from __future__ import annotations

from typing import Any, ClassVar

from manim import Animation, Mobject, Scene, ValueTracker, config, linear
from manim.mobject.mobject import _AnimationBuilder

from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.cues import beat_cues
from scenes.script.timing import TimedBeat, timed
from scenes.spec import RenderSpec
from scenes.stage.camera import Painted, StageCamera
from scenes.stage.layout import frame_size, layout
from scenes.stage.theme import THEMES
from scenes.stage.type import Type, lines, words

CAPTION_FADE = 0.24


class LessonScene(Scene):
    """Draws one lesson of the catalogue.

    A subclass names its lesson, builds its picture in `open`, and has one method a kind of beat.
    It holds no numbers: it asks the runs. Rendered by plain Manim it takes size and frame rate from there.
    """

    lesson: ClassVar[str]

    def __init__(self, renderer: Any = None, spec: RenderSpec | None = None, **options: Any) -> None:
        self.spec = spec or RenderSpec(
            scene=self.lesson,
            width=config.pixel_width,
            height=config.pixel_height,
            fps=round(config.frame_rate),
        )
        self.theme = THEMES[self.spec.theme]
        if renderer is None:
            config.update(picture_options(self.spec))
        super().__init__(renderer, camera_class=StageCamera, **options)

        entry = LESSONS[self.lesson]
        self.runs = runs_of(self.spec)
        self.layout = layout(self.spec.width, self.spec.height, self.spec.cut)
        self.script = (entry.loop if self.spec.cut == "loop" else entry.script)(self.runs)
        self.beats = timed(self.script, self.spec.fps, self.spec.cut, self.spec.speech)
        self.title = entry.title
        self.frame = 0
        self.ending = 0  # the present beat's first frame after it
        self.caption: Type | None = None
        self.captions: list[tuple[int, Type]] = []  # the present beat's, each with its first frame
        self.instant = 0  # the frame that is being drawn
        self.progress = ValueTracker(0.0)

    # The film

    def construct(self) -> None:
        """Walk the beats."""
        self.open()
        for index, beat in enumerate(self.beats):
            self.next_section(f"{index:02d}-{beat.beat.act}")
            self.ending = beat.end
            self.show_caption(beat)
            getattr(self, beat.beat.act)(beat)
            self.wait_out(beat)
            self.beat_done(index)

    def open(self) -> None:
        """Put up what is there from the first frame on."""
        raise NotImplementedError

    def add_title(self) -> None:
        """The lesson's name, in a full film."""
        if self.spec.cut == "full":
            box = self.layout.title
            self.add(words(self.title, 0.5, self.theme.ink, 600).at(box.left, box.centre[1], 0.0, 0.5))

    def show_caption(self, beat: TimedBeat) -> None:
        """Replace the caption; a loop keeps its one line, and a film whose captions are not burned in has none."""
        if not self.spec.burned or (self.caption is not None and self.spec.cut == "loop"):
            return
        self.turn_caption(self.frame - 1)  # also where nobody drew the frames in which it turned
        old, gone = self.caption, self.captions
        size, box = self.layout.caption_size, self.layout.caption
        self.captions = [
            (cue.start, lines(cue.card, size, self.theme).fit(box)) for cue in beat_cues(beat, self.spec.fps)
        ]
        self.caption = first = self.captions[0][1]
        self.remove(*(caption for _, caption in gone if caption is not old))
        self.add(first)
        if old is not None:
            first.set_opacity(0.0)
            self.animate(CAPTION_FADE, *handover(old.clear_updaters(), first))
            self.remove(old)
        if len(self.captions) > 1:
            for _, caption in self.captions:
                self.add(caption.set_opacity(float(caption is first)))
            first.add_updater(lambda _: self.turn_caption(self.instant))

    def turn_caption(self, frame: int) -> None:
        """Show the one of the beat's captions that is up at `frame`."""
        for start, caption in self.captions:
            if start <= frame:
                self.caption = caption
        if len(self.captions) > 1:
            for _, caption in self.captions:
                caption.set_opacity(float(caption is self.caption))

    def beat_done(self, index: int) -> None:
        """Called when a beat's last frame is drawn; a storyboard looks at it."""

    # Time

    def animate(self, seconds: float, *animations: Animation | Mobject | _AnimationBuilder) -> None:
        """Play for a whole number of frames, at least one; where the beat has none left, be at the end at once."""
        frames = min(max(1, round(seconds * self.spec.fps)), self.ending - self.frame)
        if frames > 0:
            self.animate_frames(frames, *animations)
            return
        for animation in self.compile_animations(*animations):
            animation._setup_scene(self)
            animation.begin()
            animation.finish()
            animation.clean_up_from_scene(self)
        self.follow()

    def animate_frames(self, frames: int, *animations: Animation | Mobject | _AnimationBuilder) -> None:
        """Play for exactly `frames` frames: Manim counts them by adding up fractions, so it gets half a frame less."""
        self.instant = self.frame
        self.play(*animations, run_time=(frames - 0.5) / self.spec.fps)
        self.frame += frames

    def update_to_time(self, t: float) -> None:
        """Manim's call before each frame that it draws of an animation, `t` seconds after the first of them."""
        self.instant = self.frame + round(t * self.spec.fps)
        super().update_to_time(t)

    def hold(self, frames: int) -> None:
        """Stand still for `frames` frames; Manim rounds down, so it gets half a frame more."""
        end = min(self.frame + frames, self.ending)
        while self.frame < end:
            self.turn_caption(self.frame)
            until = min([end, *(start for start, _ in self.captions if start > self.frame)])
            self.wait((until - self.frame + 0.5) / self.spec.fps, frozen_frame=True)
            self.frame = until

    def wait_out(self, beat: TimedBeat) -> None:
        """Stand still until the beat ends."""
        if self.frame > beat.end:
            raise RuntimeError(f"{self.lesson}: {beat.beat.act} ran {self.frame - beat.end} frames over its time")
        self.hold(beat.end - self.frame)

    def conduct(self) -> None:
        """From here on `follow` runs before every frame; what is added later is drawn anew each time."""
        conductor = Mobject()
        conductor.add_updater(lambda _: self.follow())
        self.add(conductor)

    def follow(self) -> None:
        """Bring everything that depends on the runs to where `progress` stands."""
        raise NotImplementedError

    def left(self, beat: TimedBeat) -> float:
        """Seconds until the beat ends."""
        return (beat.end - self.frame) / self.spec.fps

    def advance(self, to: float, seconds: float, *others: Animation | Mobject | _AnimationBuilder) -> None:
        """Let the run go on to `to` steps, evenly: each step eases by itself (see walk.moment)."""
        self.animate(seconds, self.progress.animate(rate_func=linear).set_value(to), *others)


def picture_options(spec: RenderSpec) -> dict[str, Any]:
    """What Manim's configuration must say before a camera for `spec` is made."""
    width, height = frame_size(spec.width, spec.height)
    return {"background_color": THEMES[spec.theme].background, "frame_width": width, "frame_height": height}


def fade(mobject: Painted, opacity: float) -> _AnimationBuilder:
    """An animation of the opacity of a mobject and all that it holds."""
    return mobject.animate.set_opacity(opacity)


def handover(old: Painted, new: Painted) -> tuple[_AnimationBuilder, _AnimationBuilder]:
    """Animations in which one mobject is gone before another comes in its place: words are never mixed."""
    going = old.animate(rate_func=lambda share: min(1.0, 2 * share)).set_opacity(0.0)
    coming = new.animate(rate_func=lambda share: max(0.0, 2 * share - 1)).set_opacity(1.0)
    return going, coming
