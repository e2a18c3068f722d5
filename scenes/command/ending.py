"""How a command ends if something goes wrong: with one line and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from scenes.film.problems import ran_out_of_memory, reason_of
from scenes.voice.choice import VoiceMissingError

DONE, FAILED, USAGE_ERROR, MISSING = 0, 1, 2, 3


class Ending(click.ClickException):
    """One line on standard error and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def ending(what: str) -> Iterator[None]:
    """Turns a missing package, or a failure on the way, into an Ending. what: begins the line, as in "the render"."""
    try:
        yield
    except VoiceMissingError as problem:
        raise Ending(str(problem), MISSING) from None
    except ImportError as problem:
        raise _missing(problem, what) from None
    except (OSError, RuntimeError, MemoryError, UnicodeEncodeError) as problem:
        raise Ending(f"{what} failed: {reason_of(problem)}", FAILED) from None


def _missing(problem: ImportError, what: str) -> Exception:
    """The ending for a package that is not installed or cannot be loaded."""
    from scenes.remedy import program

    name = (problem.name or str(problem)).split(".")[0]
    if name in ("gdsim", "scenes"):
        return problem
    if ran_out_of_memory(problem):
        return Ending(f"{what} failed: {reason_of(problem)}", FAILED)
    if isinstance(problem, ModuleNotFoundError):
        return Ending(f"a film needs {name}, which is not installed; {program()} doctor says what to type", MISSING)
    return Ending(f"{name} cannot be loaded: {reason_of(problem)}; {program()} doctor says what to type", MISSING)
