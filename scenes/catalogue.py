"""The lessons: one literal table. Imports no manim, and a lesson's story only when it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gdsim import Trajectory
    from scenes.script.beat import Script
    from scenes.spec import RenderSpec
    from scenes.stage.part import Part
    from scenes.stage.write import Setting

    Runs = tuple[Trajectory, ...]


@dataclass(frozen=True)
class Lesson:
    """One film the program can make.

    run: the spec -> the runs it shows, the main one first.
    script, loop: the runs -> the narrated film and the short loop.
    alt: the runs -> what the film shows, in one or two sentences.
    scene: module and class of its Scene, loaded only to draw.
    by_the_clock: whether a picture depends on how long the film has been running, as where the eye sways.
    """

    name: str
    title: str
    summary: str
    run: Callable[[RenderSpec], Runs]
    script: Callable[[Runs], Script]
    loop: Callable[[Runs], Script]
    alt: Callable[[Runs], str]
    scene: tuple[str, str]
    by_the_clock: bool = False
    parts: Callable[[Runs, Setting], tuple[Part, ...]] | None = None


def room(name: str, title: str, summary: str) -> Lesson:
    """A lesson with a room of its own: `scenes.lessons.<name>` holds its run, its story and its parts."""
    package = name.replace("-", "_")

    def told(module: str, function: str) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            return getattr(import_module(f"scenes.lessons.{package}.{module}"), function)(*given)

        return call

    return Lesson(
        name=name,
        title=title,
        summary=summary,
        run=told("story", "run"),
        script=told("story", "script"),
        loop=told("story", "loop"),
        alt=told("story", "alt"),
        scene=("scenes.plain", "".join(word.capitalize() for word in name.split("-"))),
        parts=told("parts", "parts"),
    )


def told_by(module: str, name: str) -> Callable[..., Any]:
    """A function of a story, whose module is loaded when it is first called: a list of lessons needs no numpy."""

    def call(*given: Any) -> Any:
        return getattr(import_module(module if "." in module else f"scenes.story.{module}"), name)(*given)

    return call


LESSONS: dict[str, Lesson] = {
    "parabola": room(
        "parabola",
        "Downhill, step by step",
        "One ball on one curve: the slope says where to go, the learning rate how far.",
    ),
    "bowl": room(
        "bowl",
        "Down into the bowl",
        "Two parameters: the gradient points uphill, so every step goes the other way.",
    ),
    "overshoot": Lesson(
        name="overshoot",
        title="The learning rate decides",
        summary="One start, four rates: one creeps, one walks, one jumps across, one climbs out of the valley.",
        run=told_by("overshoot", "run"),
        script=told_by("overshoot", "script"),
        loop=told_by("overshoot", "loop"),
        alt=told_by("scenes.phrases.alt", "rates"),
        scene=("scenes.overshoot", "Overshoot"),
    ),
    "local-minima": Lesson(
        name="local-minima",
        title="Stuck in a valley",
        summary="Two valleys: where the ball ends depends on where it starts, and restarts help.",
        run=told_by("local_minima", "run"),
        script=told_by("local_minima", "script"),
        loop=told_by("local_minima", "loop"),
        alt=told_by("scenes.phrases.alt", "many_starts"),
        scene=("scenes.local_minima", "LocalMinima"),
    ),
}
