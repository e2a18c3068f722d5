"""Films from Python: `render`, `storyboard` and `lessons` are the commands of the same names.

Their keywords are the options of the command line, with the same defaults; both make the same film, byte for byte.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

from gdsim.objective import Objective
from gdsim.process import ask, option_of, words_of

Number = float | Sequence[float] | None
Place = str | Path
Drawable = str | Objective | None
Settings = Mapping[str, object]


@dataclass(frozen=True)
class Film:
    """Finished files. A notebook shows the first, with poster and captions.

    paths: the films and loops, absolute, in the order asked for. texts: the files beside them. poster: a picture, if
    there is one. seconds: how long they are. alt: what they show, for those who cannot see it. captions: WebVTT; empty
    for a loop, and without texts. manifest: all that `gdsim render --json` says.
    """

    paths: tuple[Path, ...]
    texts: tuple[Path, ...]
    poster: Path | None
    seconds: float
    alt: str
    captions: str = field(repr=False)
    manifest: Mapping[str, Any] = field(repr=False, compare=False)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from gdsim.film_page import figure

        return figure(self.paths[0], self.manifest["files"][0]["embed"]["html"])


@dataclass(frozen=True)
class Storyboard:
    """One picture per beat on a sheet. png: its bytes. path: where it was written, or None."""

    png: bytes = field(repr=False)
    path: Path | None = None

    def save(self, path: Place) -> None:
        """Write the sheet to a file."""
        Path(path).write_bytes(self.png)

    def _repr_png_(self) -> bytes:
        """What a notebook shows."""
        return self.png


class Lesson(NamedTuple):
    """A lesson that can be rendered.

    seconds: how long the film takes without a voice, rounded. keywords: those of `render` that change its runs.
    """

    name: str
    title: str
    summary: str
    seconds: int
    keywords: tuple[str, ...]


def render(
    *scenes: str,
    learning_rate: Number = None,
    steps: int | None = None,
    start: Number = None,
    optimiser: str | None = None,
    schedule: str | None = None,
    settings: Settings | None = None,
    function: Drawable = None,
    data: Place | None = None,
    model: str | None = None,
    hidden: int | None = None,
    batch_size: int | None = None,
    epochs: int | None = None,
    seed: int = 0,
    optimisers: str | Sequence[str] | None = None,
    tune: bool = False,
    schedules: str | Sequence[str] | None = None,
    points: int | None = None,
    quality: str = "m",
    resolution: tuple[int, int] | None = None,
    fps: int | None = None,
    aspect: str = "16:9",
    title: str = "",
    theme: str = "dark",
    voice: str = "auto",
    voice_model: Place | None = None,
    speed: float = 1.0,
    captions: str = "both",
    texts: bool | None = None,
    alt: str | None = None,
    lab: bool = False,
    cut: str | None = None,
    output: Place | Sequence[Place] | None = None,
    format: str | Sequence[str] | None = None,
    max_size: str | int | None = None,
    transparent: bool = False,
    repeats: bool = True,
    jobs: int | None = None,
    cache: bool = True,
    preview: bool = False,
    progress: bool | None = None,
    all: bool = False,
) -> Film:
    """Make a film of a lesson, or of several one after the other, as `gdsim render` does: `render("bowl", steps=9)`.

    Every keyword is the option of the same name (`gdsim render --help`), but for learning_rate, which is --lr and may
    be several, and settings, which is --set, as in {"decay": 0.5}. all: every lesson in one film.
    function: a formula, a name in SURFACES, or an Objective that either of these makes. The processes that draw cannot
    be sent a Python function, nor can the cache tell one from another.
    output: files to write; by default one in the folder media. progress: report it on standard error; by default if
    that is a terminal, or a notebook's.
    Raises ValueError with the line of the command line if an argument is off, TypeError if it is of the wrong kind, and
    RuntimeError with it if the render fails.
    """
    given = dict(locals())
    names, reported = given.pop("scenes"), given.pop("progress")
    watched = _is_watched() if reported is None else reported
    words = ["render", *_words(render, given), "--json", *(["--progress"] if watched else []), "--", *map(str, names)]
    manifest = json.loads(ask(words, _Bar() if watched else None))
    beside = tuple(Path(text).absolute() for text in manifest["texts"])
    vtt = next((path for path in beside if path.suffix == ".vtt"), None)
    return Film(
        paths=tuple(Path(file["path"]).absolute() for file in manifest["files"]),
        texts=beside,
        poster=next((path for path in beside if path.name.endswith(".poster.jpg")), None),
        seconds=manifest["seconds"],
        alt=manifest["alt"],
        captions=vtt.read_text("utf-8") if vtt else "",
        manifest=manifest,
    )


def storyboard(
    scene: str,
    *,
    output: Place | None = None,
    learning_rate: Number = None,
    steps: int | None = None,
    start: Number = None,
    optimiser: str | None = None,
    schedule: str | None = None,
    settings: Settings | None = None,
    function: Drawable = None,
    data: Place | None = None,
    model: str | None = None,
    hidden: int | None = None,
    batch_size: int | None = None,
    epochs: int | None = None,
    seed: int = 0,
    optimisers: str | Sequence[str] | None = None,
    tune: bool = False,
    schedules: str | Sequence[str] | None = None,
    points: int | None = None,
    quality: str = "m",
    resolution: tuple[int, int] | None = None,
    fps: int | None = None,
    aspect: str = "16:9",
    title: str = "",
    theme: str = "dark",
    cut: str = "full",
) -> Storyboard:
    """Draw one picture per beat with its sentence, as `gdsim storyboard` does: the whole film at a glance.

    output: the PNG to write; without one, a notebook shows the sheet and nothing is written.
    All else, and what is raised, is as in `render`.
    """
    given = dict(locals())
    words = _words(storyboard, {name: value for name, value in given.items() if name not in ("scene", "output")})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.png" if output is None else Path(output)
        ask(["storyboard", *words, f"--output={path}", "--", str(scene)])
        return Storyboard(path.read_bytes(), None if output is None else path)


def lessons() -> tuple[Lesson, ...]:
    """The lessons, in the order in which to learn them."""
    keywords = {option_of(name): name for name in signature(render).parameters if name != "scenes"}
    return tuple(
        Lesson(
            row["name"],
            row["title"],
            row["summary"],
            row["seconds"],
            tuple(keywords[option] for option in row["options"]),
        )
        for row in json.loads(ask(["list", "--json"]))
    )


def _words(function: Any, given: dict[str, Any]) -> list[str]:
    """The words of the keywords, with an Objective as the formula or the name that makes it."""
    if given["function"] is not None:
        text, start = _as_typed(given["function"])
        given["function"] = text
        given["start"] = start if given["start"] is None else given["start"]
    return words_of(given, {name: one.default for name, one in signature(function).parameters.items()})


def _as_typed(function: Any) -> tuple[str, tuple[float, ...] | None]:
    """What one would type for a function, and the start to type with it. Raises TypeError or ValueError, one line."""
    from gdsim.arguments import shown
    from gdsim.expression import parse_objective
    from gdsim.surfaces import named

    if isinstance(function, str):
        return function, None
    if not isinstance(function, Objective):
        raise TypeError(
            f"function must be a formula, a name in SURFACES or an Objective, got {shown(function)}; what draws cannot "
            "be sent a Python function, but function='x**2 + 4*y**2' works"
        )
    recipe = function.valid_recipe()
    if recipe is None or recipe.make not in (parse_objective, named):
        raise ValueError(
            f"{shown(function.name)} is made of Python functions, which cannot be sent to what draws; a formula, a "
            "name in SURFACES, or what parse_objective makes of a formula works"
        )
    text = recipe.arguments[0]
    known = recipe.make(text)
    if known.domain != function.domain:
        raise ValueError(
            f"a film chooses which part of {shown(text)} it draws, so a domain of one's own would be lost; "
            f"function={text!r} works"
        )
    return text, None if known.start == function.start else function.start


def _is_watched() -> bool:
    """Whether somebody sees what is written on standard error: on a terminal, or in a notebook."""
    return sys.stderr.isatty() or "ipykernel" in sys.modules


class _Bar:
    """Draws the share that is done as a bar, in a line that is written again and again; other lines as they are."""

    WIDTH = 24

    def __call__(self, line: str) -> None:
        title, _, share = line.rpartition(": ")
        percent = share.removesuffix(" %")
        if title and share.endswith(" %") and percent.isdecimal():
            full = self.WIDTH * int(percent) // 100
            bar = "█" * full + "░" * (self.WIDTH - full)
            end = "\n" if int(percent) == 100 else ""
            print(f"\r{title}  {bar}  {percent} %", end=end, file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)
