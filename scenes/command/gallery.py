"""The gallery: the loop of every lesson as a small GIF, and the table of lessons that a README shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scenes.catalogue import LESSONS
from scenes.spec import RenderSpec

WIDTH, HEIGHT, FPS = 640, 360, 20
COLUMNS = 2
# What a page can load at ease, in bytes.
LARGEST, ALL = 700_000, 12_000_000
# A table of lessons stands between these lines.
BEGIN, END = "<!-- lessons -->", "<!-- end of the lessons -->"


def gallery_spec(name: str, theme: str = "dark") -> RenderSpec:
    """A lesson's loop as the gallery has it."""
    return RenderSpec(name, cut="loop", theme=theme, width=WIDTH, height=HEIGHT, fps=FPS, max_size=LARGEST)


def lessons_table(folder: str) -> str:
    """The lessons in Markdown, COLUMNS next to each other, in the order in which to learn them.

    Each has its picture, which is in `folder`, and below it its name and what it shows.
    """
    cells = [
        f"![{one.title}]({folder.rstrip('/')}/{one.name}.gif)<br>**`{one.name}`** {one.summary}"
        for one in LESSONS.values()
    ]
    rows = [cells[start : start + COLUMNS] for start in range(0, len(cells), COLUMNS)]
    filled = [[*row, *[""] * (COLUMNS - len(row))] for row in rows]
    lines = [[""] * COLUMNS, ["---"] * COLUMNS, *filled]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def with_table(page: str, table: str) -> str:
    """The page with the table between BEGIN and END.

    Raises ValueError if the page has no such place.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page has no place for the lessons; two lines, {BEGIN} and {END}, make one")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def render_gallery(folder: Path, theme: str, jobs: int | None, cache: bool, done: Callable[[Path], None]) -> list[Path]:
    """Render the loop of every lesson into `folder`, which is made if it is not there; returns the files.

    done: called with each finished file. Raises RenderError, or OSError if a file cannot be written.
    """
    from scenes.film.cache import Cache
    from scenes.film.render import render

    folder.mkdir(parents=True, exist_ok=True)
    files, kept = [], Cache() if cache else None
    for name in LESSONS:
        target = folder / f"{name}.gif"
        render(gallery_spec(name, theme), [target], lambda frames: None, jobs, cache=kept)
        files.append(target)
        done(target)
    return files
