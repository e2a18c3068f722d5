"""The parts of a course's closing: those of its opening."""

from scenes.lessons.opening.parts import parts

__all__ = ["parts"]
