"""Why a film could not be made, in one line."""

from __future__ import annotations


class RenderError(RuntimeError):
    """A film could not be made. beat: the number of the beat that failed, where that is known; −1 before the first."""

    def __init__(self, reason: str, beat: int | None = None) -> None:
        super().__init__(reason)
        self.beat = beat


def reason_of(problem: BaseException) -> str:
    """A problem in one line: its own words where they were meant for people, else its kind too."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror.lower()}{f': {problem.filename}' if problem.filename else ''}"
    words = str(problem).strip().splitlines()
    if not words:
        return type(problem).__name__
    return words[0] if isinstance(problem, RuntimeError | OSError) else f"{type(problem).__name__}: {words[0]}"
