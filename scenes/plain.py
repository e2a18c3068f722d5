"""Every lesson as a Scene for plain Manim: `manim -ql scenes/plain.py Parabola`."""

from __future__ import annotations

from scenes.catalogue import LESSONS
from scenes.lesson import scene_name
from scenes.stage.lesson import LessonScene

# Manim lists the classes whose module is this one.
globals().update(
    {
        scene_name(name): type(scene_name(name), (LessonScene,), {"lesson": entry, "__module__": __name__})
        for name, entry in LESSONS.items()
        if entry.parts is not None
    }
)
