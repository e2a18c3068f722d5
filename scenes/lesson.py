"""A lesson, and the one place where a spec becomes runs, a script and timed beats. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from scenes.run_options import ONE_RUN

if TYPE_CHECKING:
    from gdsim import Trajectory
    from scenes.script.beat import Script
    from scenes.script.language import Language
    from scenes.script.timing import TimedBeat
    from scenes.spec import RenderSpec
    from scenes.stage.part import Part
    from scenes.stage.write import Setting

    Runs = tuple[Trajectory, ...]


@dataclass(frozen=True)
class Lesson:
    """One film the program can make.

    run: the spec -> the runs it shows, the main one first.
    script, loop: the runs -> the narrated film and the short loop.
    alt: the runs -> what the film shows, as a sentence in one or two.
    parts: the runs and what all parts share -> what is on the stage, from back to front; loaded only to draw.
    scene: module and class of its Scene.
    seconds: how long the narrated film takes without a voice, rounded.
    takes: the options of a run that it has a use for; it refuses all others.
    most_rates: how many learning rates it shows at once.
    parts_module: where `parts` is, whose imports are the code that the lesson draws with.
    """

    name: str
    title: str
    summary: str
    run: Callable[[RenderSpec], Runs]
    script: Callable[[Runs], Any]
    loop: Callable[[Runs], Any]
    alt: Callable[[Runs], Any]
    scene: tuple[str, str]
    seconds: int
    takes: tuple[str, ...] = ONE_RUN
    most_rates: int = 1
    parts: Callable[[Runs, Setting], tuple[Part, ...]] | None = None
    parts_module: str = ""


class Told(NamedTuple):
    """A lesson's story for a spec, before anything is drawn."""

    runs: Runs
    script: Script
    beats: tuple[TimedBeat, ...]

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return self.beats[-1].end if self.beats else 0


def tell_story(lesson: Lesson, spec: RenderSpec, language: Language | None = None) -> Told:
    """Run the lesson and lay out its script, in English or the language given.

    Raises ValueError, in one line, where the spec does not suit it.
    """
    import numpy as np

    from scenes.runs import runs_of
    from scenes.script.timing import timed

    with np.errstate(all="ignore"):  # at the ends of the doubles' range infinity and NaN are answers, not surprises
        runs = runs_of(lesson, spec)
        script = (lesson.loop if spec.cut == "loop" else lesson.script)(runs)
    script = script if language is None else script.told_in(language)
    return Told(runs, script, timed(script, spec.fps, spec.cut, spec.speech, spec.words))


def room(
    name: str, title: str, summary: str, seconds: int, takes: tuple[str, ...] = ONE_RUN, most_rates: int = 1
) -> Lesson:
    """A lesson whose run, story and parts are in `scenes.lessons.<name>`."""
    package = f"scenes.lessons.{name.replace('-', '_')}"
    return Lesson(
        name=name,
        title=title,
        summary=summary,
        run=later(f"{package}.story", "run"),
        script=later(f"{package}.story", "script"),
        loop=later(f"{package}.story", "loop"),
        alt=later(f"{package}.story", "alt"),
        scene=("scenes.plain", scene_name(name)),
        seconds=seconds,
        takes=takes,
        most_rates=most_rates,
        parts=later(f"{package}.parts", "parts"),
        parts_module=f"{package}.parts",
    )


def later(module: str, name: str) -> Callable[..., Any]:
    """A function whose module is loaded when it is first called, so that a list of lessons needs no numpy."""

    def call(*given: Any) -> Any:
        return getattr(import_module(module), name)(*given)

    return call


def scene_name(lesson: str) -> str:
    """`local-minima` -> LocalMinima."""
    return "".join(word.capitalize() for word in lesson.split("-"))
