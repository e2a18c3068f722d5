"""The types of the options' values: each value is checked, and a wrong one becomes an error of one line."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import click

from scenes.catalogue import LESSONS
from scenes.command.terminal import one_line
from scenes.voice.choice import FASTEST, SLOWEST

FORMATS = ("mp4", "gif", "webm", "webp")
SUFFIXES = tuple(f".{name}" for name in FORMATS)
LARGEST_SIZE = 10**12
LONGEST_SHOWN = 60
# A longer title would be too small to read.
LONGEST_TITLE = 48
UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
SMALLEST, LARGEST, NARROWEST = 160, 7680, 0.4


class SceneName(click.ParamType):
    """A lesson's name; for a wrong one, the error suggests the nearest."""

    name = "scene"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in LESSONS:
            return value
        plain = value.lower().replace("_", "-").replace(" ", "-")
        from difflib import get_close_matches

        near = get_close_matches(plain, LESSONS, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(LESSONS)}"
        raise click.UsageError(f"there is no scene {value!r}; {hint}")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(name, help=LESSONS[name].summary) for name in LESSONS if name.startswith(incomplete)]


class Number(click.ParamType):
    """A finite number above zero."""

    name = "number"

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(value)
        except ValueError:
            raise click.BadParameter(f"must be a number, got {_quoted(value)}; {self.example}", ctx, param) from None
        if not (math.isfinite(number) and number > 0):
            raise click.BadParameter(f"must be above 0 and finite, got {_given(value)}; {self.example}", ctx, param)
        return number


class Whole(click.ParamType):
    """A whole number in a range."""

    name = "integer"

    def __init__(self, low: int, high: int, example: str) -> None:
        self.low, self.high, self.example = low, high, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            words = f"must be a whole number from {self.low} to {self.high}, got {_given(value)}; {self.example}"
            raise click.BadParameter(words, ctx, param)
        return number


class Method(click.ParamType):
    """An optimiser's name, or another name for it; what is none is refused when the run is made."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from gdsim.methods import method_name  # numpy is loaded when there is something to compute

        return method_name(str(value))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from gdsim.methods import OPTIMISERS

        return [
            CompletionItem(name, help=one.summary) for name, one in OPTIMISERS.items() if name.startswith(incomplete)
        ]


class Methods(click.ParamType):
    """The names of several optimisers, comma-separated, each once."""

    name = "a,b,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        from gdsim.methods import OPTIMISERS, method_name
        from gdsim.setting import pick

        names = tuple(method_name(word) for word in str(value).split(",") if word.strip())
        try:
            for name in names:
                pick("optimiser", name, OPTIMISERS)
        except ValueError as problem:
            raise click.BadParameter(str(problem), ctx, param) from None
        if not names or len(set(names)) < len(names):
            raise click.BadParameter(f"must be different names, got {_quoted(value)}; gd,adam works", ctx, param)
        return names


class Schedules(click.ParamType):
    """The names of several schedules of the learning rate, comma-separated, each once."""

    name = "a,b,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        from gdsim.schedule import SCHEDULES
        from gdsim.setting import pick

        names = tuple(word.strip() for word in str(value).split(",") if word.strip())
        try:
            for name in names:
                pick("schedule", name, SCHEDULES)
        except ValueError as problem:
            raise click.BadParameter(str(problem), ctx, param) from None
        if not names or len(set(names)) < len(names):
            raise click.BadParameter(f"must be different names, got {_quoted(value)}; step,cosine works", ctx, param)
        return names


class Speed(click.ParamType):
    """How fast the voice speaks."""

    name = "factor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            speed = float(value)
        except ValueError:
            speed = math.nan
        if not SLOWEST <= speed <= FASTEST:
            raise click.BadParameter(
                f"must be from {SLOWEST:g} to {FASTEST:g}, got {_given(value)}; 1.2 is a fifth faster", ctx, param
            )
        return speed


class Size(click.ParamType):
    """A number of bytes: 2MB, 500kB, 1.5MiB, or the number alone."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"([0-9]+\.?[0-9]*|\.[0-9]+)([a-z]*)", str(value).replace(" ", "").lower())
        if found is None or found[2] not in UNITS:
            raise click.BadParameter(
                f"must be a size in bytes, kB, MB or MiB, got {_quoted(value)}; 2MB works", ctx, param
            )
        size = float(found[1]) * UNITS[found[2]]
        if not 1 <= size <= LARGEST_SIZE:
            raise click.BadParameter(f"must be from 1 byte to 1000 GB, got {_given(value)}; 2MB works", ctx, param)
        return int(size)


class Start(click.ParamType):
    """One coordinate or several, comma-separated."""

    name = "x[,y]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        try:
            start = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            raise click.BadParameter(
                f"must be comma-separated numbers, got {_quoted(value)}; 3,4 works", ctx, param
            ) from None
        if not all(map(math.isfinite, start)):
            raise click.BadParameter(f"must be finite, got {_given(value)}; 3,4 works", ctx, param)
        return start


class Resolution(click.ParamType):
    """Width and height in pixels. That a film's sides must be even is checked later, when the outputs are known."""

    name = "w,h"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        try:
            width, height = (int(part) for part in str(value).replace("x", ",").split(","))
        except ValueError:
            raise click.BadParameter(
                f"must be width,height in pixels, got {_quoted(value)}; 1280,720 works", ctx, param
            ) from None
        if not all(SMALLEST <= side <= LARGEST for side in (width, height)):
            rule = f"sides must be from {SMALLEST} to {LARGEST}"
            raise click.BadParameter(f"{rule}, got {_given(value)}; 1280,720 works", ctx, param)
        if not NARROWEST <= width / height <= 1 / NARROWEST:
            raise click.BadParameter(
                f"one side must be at most 2.5 times the other, got {_given(value)}; 1280,720 works", ctx, param
            )
        return width, height


class Assignment(click.ParamType):
    """NAME=VALUE."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        key, sign, given = value.partition("=")
        if not (sign and key.strip() and given.strip()):
            raise click.BadParameter(f"must be NAME=VALUE, got {_quoted(value)}; beta2=0.99 works", ctx, param)
        return key.strip(), given.strip()


class Formats(click.ParamType):
    """Formats, comma-separated."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",")))
        for name in names:
            if name not in FORMATS:
                raise click.BadParameter(f"must be {_either(FORMATS)}, got {_quoted(name)}; mp4,gif works", ctx, param)
        return names


class OutputPath(click.ParamType):
    """A file whose suffix names its format."""

    name = "file"

    def __init__(self, suffixes: tuple[str, ...] = SUFFIXES) -> None:
        self.suffixes = suffixes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.lower() not in self.suffixes:
            example = path.with_suffix(self.suffixes[0]) if path.name else f"film{self.suffixes[0]}"
            raise click.BadParameter(
                f"must end in {_either(self.suffixes)}, got {_quoted(value)}; {_given(example)} works", ctx, param
            )
        return path


def _either(choices: tuple[str, ...]) -> str:
    """mp4, gif or webm."""
    return " or ".join(filter(None, [", ".join(choices[:-1]), choices[-1]]))


def _given(value: Any) -> str:
    """A value as it was typed, short enough for a line."""
    text = str(value)
    return one_line(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def _quoted(value: Any) -> str:
    """The same in quotes, for words."""
    return f"'{_given(value)}'"


class Title(click.ParamType):
    """A title that fits into the picture: one line that is not too long."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the title without blanks around it; raise BadParameter if it is too long or no line of text."""
        title = str(value).strip()
        if value and not (title and len(title) <= LONGEST_TITLE and title.isprintable()):
            rule = f"must be one line of 1 to {LONGEST_TITLE} characters"
            raise click.BadParameter(f"{rule}, got {_quoted(value)}; 'Down we go' works", ctx, param)
        return title
