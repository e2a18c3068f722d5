"""The lessons: one literal table. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gdsim import Trajectory
from scenes.film.spec import RenderSpec
from scenes.script.beat import Script
from scenes.story import alt, bowl, local_minima, overshoot, parabola

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


LESSONS: dict[str, Lesson] = {
    "parabola": Lesson(
        name="parabola",
        title="Rolling downhill",
        summary="One ball on one curve: the slope says where to go, the learning rate how far.",
        run=parabola.run,
        script=parabola.script,
        loop=parabola.loop,
        alt=alt.one_ball,
        scene=("scenes.parabola", "Parabola"),
    ),
    "bowl": Lesson(
        name="bowl",
        title="Down into the bowl",
        summary="Two parameters: the gradient points uphill, so every step goes the other way.",
        run=bowl.run,
        script=bowl.script,
        loop=bowl.loop,
        alt=alt.one_ball,
        scene=("scenes.bowl", "Bowl"),
        by_the_clock=True,
    ),
    "overshoot": Lesson(
        name="overshoot",
        title="The learning rate decides",
        summary="One start, four rates: one creeps, one walks, one jumps across, one climbs out of the valley.",
        run=overshoot.run,
        script=overshoot.script,
        loop=overshoot.loop,
        alt=alt.rates,
        scene=("scenes.overshoot", "Overshoot"),
    ),
    "local-minima": Lesson(
        name="local-minima",
        title="Stuck in a valley",
        summary="Two valleys: where the ball ends depends on where it starts, and restarts help.",
        run=local_minima.run,
        script=local_minima.script,
        loop=local_minima.loop,
        alt=alt.many_starts,
        scene=("scenes.local_minima", "LocalMinima"),
    ),
}
