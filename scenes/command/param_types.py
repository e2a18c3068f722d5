"""The words that options take: each checked, with one line where it is off."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import click

from scenes.catalogue import LESSONS
from scenes.voice.choice import FASTEST, SLOWEST

SUFFIXES = (".mp4", ".gif", ".webm", ".webp")
UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
SMALLEST, LARGEST, NARROWEST = 160, 7680, 0.4


class SceneName(click.ParamType):
    """A lesson's name; a wrong one is answered with the nearest."""

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
            raise click.BadParameter(f"must be a number, got {value!r}; {self.example}", ctx, param) from None
        if not (math.isfinite(number) and number > 0):
            raise click.BadParameter(f"must be above 0 and finite, got {value}; {self.example}", ctx, param)
        return number


class Whole(click.ParamType):
    """A whole number in a range."""

    name = "whole"

    def __init__(self, low: int, high: int, example: str) -> None:
        self.low, self.high, self.example = low, high, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            words = f"must be a whole number from {self.low} to {self.high}, got {value}; {self.example}"
            raise click.BadParameter(words, ctx, param)
        return number


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
                f"must be from {SLOWEST:g} to {FASTEST:g}, got {value}; 1.2 is a fifth faster", ctx, param
            )
        return speed


class Size(click.ParamType):
    """A number of bytes: 2MB, 500kB, 1.5MiB, or the number alone."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"([0-9]+\.?[0-9]*|\.[0-9]+)([a-z]*)", str(value).replace(" ", "").lower())
        if found is None or found[2] not in UNITS:
            raise click.BadParameter(f"must be a size in bytes, kB, MB or MiB, got {value!r}; 2MB works", ctx, param)
        size = int(float(found[1]) * UNITS[found[2]])
        if size < 1:
            raise click.BadParameter(f"must be above 0, got {value}; 2MB works", ctx, param)
        return size


class Start(click.ParamType):
    """One coordinate or several, by commas."""

    name = "x[,y]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        try:
            start = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            raise click.BadParameter(f"must be numbers by commas, got {value!r}; 3,4 works", ctx, param) from None
        if not all(map(math.isfinite, start)):
            raise click.BadParameter(f"must be finite, got {value}; 3,4 works", ctx, param)
        return start


class Resolution(click.ParamType):
    """Width and height in pixels; a film's must be even, which only those who know the outputs can say."""

    name = "w,h"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        try:
            width, height = (int(part) for part in str(value).replace("x", ",").split(","))
        except ValueError:
            raise click.BadParameter(
                f"must be width,height in pixels, got {value!r}; 1280,720 works", ctx, param
            ) from None
        if not all(SMALLEST <= side <= LARGEST for side in (width, height)):
            rule = f"sides must be from {SMALLEST} to {LARGEST}"
            raise click.BadParameter(f"{rule}, got {width},{height}; 1280,720 works", ctx, param)
        if not NARROWEST <= width / height <= 1 / NARROWEST:
            raise click.BadParameter(
                f"one side must be at most 2.5 times the other, got {value}; 1280,720 works", ctx, param
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
            raise click.BadParameter(f"must be NAME=VALUE, got {value!r}; beta2=0.99 works", ctx, param)
        return key.strip(), given.strip()


class Formats(click.ParamType):
    """Formats by commas."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",")))
        for name in names:
            if f".{name}" not in SUFFIXES:
                raise click.BadParameter(f"must be {_either(SUFFIXES)}, got {name!r}; mp4,gif works", ctx, param)
        return names


class OutputPath(click.ParamType):
    """A file whose suffix says what it becomes."""

    name = "file"

    def __init__(self, suffixes: tuple[str, ...] = SUFFIXES) -> None:
        self.suffixes = suffixes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.lower() not in self.suffixes:
            example = path.with_suffix(self.suffixes[0]) if path.name else f"film{self.suffixes[0]}"
            raise click.BadParameter(
                f"must end in {_either(self.suffixes)}, got {value!r}; {example} works", ctx, param
            )
        return path


def _either(suffixes: tuple[str, ...]) -> str:
    return " or ".join(suffixes)
