"""The program itself, asked from Python: each call is one command, run in a process of its own.

So this package knows nothing of the command line or the scenes, a notebook may have modules called `cli` and `scenes`
already, and what is drawn does not depend on what a session has done before.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gdsim.arguments import shown

USAGE_ERROR = 2
# Keywords whose options are called otherwise.
OPTIONS = {"learning_rate": "--lr", "settings": "--set"}
# Options that are given once for each value; any other takes several values with commas.
REPEATED = ("learning_rate", "settings", "output")
CLAIM = "gdsim: "


def words_of(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[str]:
    """The words of a command line for these keywords; those that have their default are left out.

    Raises TypeError, in one line, if a value can stand for no word.
    """
    words: list[str] = []
    for keyword, value in given.items():
        if value is defaults[keyword] or (type(value) is type(defaults[keyword]) and value == defaults[keyword]):
            continue
        option = option_of(keyword)
        if isinstance(value, bool) and isinstance(defaults[keyword], bool | None):
            words.append(option if value else option.replace("--", "--no-"))
        else:
            words += [f"{option}={word}" for word in _values(keyword, value)]
    return words


def option_of(keyword: str) -> str:
    """The option that a keyword stands for: `max_size` is --max-size."""
    return OPTIONS.get(keyword, f"--{keyword.replace('_', '-')}")


def ask(words: Sequence[str], told: Callable[[str], None] | None = None) -> str:
    """Run `gdsim` with these words; returns what it printed.

    told: called with each line that it writes on standard error on the way.
    Raises ValueError with the program's own line if the words are off, and RuntimeError with it if the work fails.
    """
    command = [sys.executable, "-m", "gdsim", *words]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    with subprocess.Popen(command, encoding="utf-8", env=_environment(), **pipes) as process:
        try:
            printed, lines = _followed(process, told)
        except BaseException:  # a notebook's stop button, for example
            process.terminate()
            raise
    if process.returncode:
        first = next((place for place, line in enumerate(lines) if line.startswith(CLAIM)), 0)
        reason = "\n".join(lines[first:]).removeprefix(CLAIM) or f"gdsim {words[0]} failed"
        raise (ValueError if process.returncode == USAGE_ERROR else RuntimeError)(reason)
    return printed


def _followed(process: subprocess.Popen[str], told: Callable[[str], None] | None) -> tuple[str, list[str]]:
    """What a process prints, and the lines that it writes on standard error.

    What it prints is a description or a list, which comes last: until then, its errors are read as they come.
    """
    from threading import Thread

    printed: list[str] = []
    reader = Thread(target=lambda: printed.append(process.stdout.read() if process.stdout else ""), daemon=True)
    reader.start()
    lines: list[str] = []
    for line in process.stderr or ():
        lines.append(line.rstrip("\n"))
        if told is not None and not line.startswith(CLAIM):
            told(lines[-1])
    reader.join()
    return "".join(printed), lines


def _values(keyword: str, value: Any) -> list[str]:
    """The values of an option as words, one for each time it is given."""
    if isinstance(value, Mapping):
        return [f"{name}={_word(keyword, one)}" for name, one in value.items()]
    if isinstance(value, str | bytes | os.PathLike) or not hasattr(value, "__iter__"):
        return [_word(keyword, value)]
    each = [_word(keyword, one) for one in value]
    return each if keyword in REPEATED else [",".join(each)]


def _word(keyword: str, value: Any) -> str:
    if isinstance(value, str | os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, bool | int):
        return str(value)
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        raise TypeError(f"{keyword} must be text or a number, or a list of these, got {shown(value)}") from None


def _environment() -> dict[str, str]:
    """This process's environment, in which this package is found and speaks UTF-8."""
    home = str(Path(__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
