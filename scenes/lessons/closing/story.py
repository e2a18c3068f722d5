"""What a course ends with, after its last lesson."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.lessons.opening.story import alt, loop, room, run, standing
from scenes.script.beat import Script, beat, film
from scenes.script.move import both, enter, leave, present, pulse, shift, tilt, walk
from scenes.script.sentence import say

__all__ = ["alt", "loop", "run", "script"]


def script(runs: tuple[Trajectory, ...]) -> Script:
    """Back to the first picture, which the viewer now understands."""
    (main,) = runs
    return film(
        both(present("land", "ball"), standing(), shift("land", "axes", 0, 0)),
        beat("Closing", say("You have seen this ball before."), pulse("ball", seconds=1.2) @ "ball"),
        beat(
            "Closing",
            say("Now you know what it does: feel the slope, take a step, repeat."),
            both(enter("trail", seconds=0.1), walk(1, 0.9)) @ "feel",
            walk(2, 0.9) @ "step",
            walk(main.steps, 3.6) @ "repeat",
        ),
        beat(
            "Closing",
            say("With two numbers or a million, the rule stays the same."),
            both(tilt(0, 1.6), shift("land.surface", "shown", 0, 1.2), leave("trail")) @ "With",
            enter("column", seconds=0.6),
            shift("column", "grown", 1, 1.8) @ "million",
            pulse("column", seconds=1.2) @ "same",
        ),
        beat(
            "Closing",
            say("Your turn: choose another learning rate, and watch what happens."),
            both(leave("column"), tilt(1).late(0.4), room(strip=1), enter("title", "trail").late(0.8)) @ "Your",
            shift("land.surface", "shown", 1, 1.0) @ "choose",
            shift("run", "progress", 0, 0.6) @ "another",
            walk(main.steps, 3.0) @ "watch",
            rest=1.0,
        ),
    )
