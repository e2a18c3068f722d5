"""Reasons why a film could not be made, each in one line."""

from __future__ import annotations

OUT_OF_MEMORY = "out of memory; a lower quality (-q l) or --jobs 1 needs less"
# What the system's loader says if there is no room for a library.
_NO_ROOM = ("failed to map segment", "cannot allocate memory")


class RenderError(RuntimeError):
    """A film could not be made. beat: the number of the beat that failed, if known; −1 before the first."""

    def __init__(self, reason: str, beat: int | None = None) -> None:
        super().__init__(reason)
        self.beat = beat


def reason_of(problem: BaseException) -> str:
    """An exception in one line: its own message if it was meant for people, otherwise with its type."""
    if ran_out_of_memory(problem):
        return OUT_OF_MEMORY
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror.lower()}{f': {problem.filename}' if problem.filename else ''}"
    if isinstance(problem, UnicodeEncodeError):
        return f"the name of a file or folder must be {problem.encoding.upper()}, got {problem.object!r}"
    words = str(problem).strip().splitlines()
    if not words:
        return type(problem).__name__
    plain = isinstance(problem, RuntimeError | OSError | ImportError)
    return words[0] if plain else f"{type(problem).__name__}: {words[0]}"


def ran_out_of_memory(problem: BaseException) -> bool:
    """Whether memory ran out, for Python or for a library that was being loaded."""
    if isinstance(problem, ImportError):
        return any(words in str(problem).lower() for words in _NO_ROOM)
    return isinstance(problem, MemoryError)
