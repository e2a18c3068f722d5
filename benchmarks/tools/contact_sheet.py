"""A contact sheet of a film: one frame per second, fifteen on a page, each with the caption of that moment.

Run it with `python benchmarks/tools/contact_sheet.py FOLDER LESSON [render options…]`; it writes `FOLDER/LESSON-1.png`
and so on. Unless the options say otherwise, the film is silent and small.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import av
from PIL import Image

HOUSE = Path(__file__).resolve().parents[2]
COLUMNS, ROWS, GAP = 3, 5, 6
SMALL = {"-q": "l", "--fps": "10", "--voice": "none"}


def frames(film: Path) -> list[Image.Image]:
    """The last frame of each second, and of the film."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        rate = round(float(stream.average_rate or 1))
        pictures = [frame.to_image() for frame in container.decode(stream)]
    picked = pictures[rate - 1 :: rate]
    return picked if len(pictures) % rate == 0 else [*picked, pictures[-1]]


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """The pictures in rows, from left to right."""
    width, height = pictures[0].width + GAP, pictures[0].height + GAP
    page = Image.new("RGB", (COLUMNS * width, -(-len(pictures) // COLUMNS) * height), "#888888")
    for index, picture in enumerate(pictures):
        page.paste(picture, ((index % COLUMNS) * width, (index // COLUMNS) * height))
    return page


def main(folder: Path, lesson: str, *options: str) -> None:
    """Render the film with these options and write its pages."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        film = Path(scratch) / "film.mp4"
        # An option given twice is refused, so ours give way to the caller's.
        small = [word for name, value in SMALL.items() if name not in options for word in (name, value)]
        command = [sys.executable, str(HOUSE / "cli.py"), "render", lesson, *small, *options]
        subprocess.run([*command, "--no-texts", "-o", str(film)], check=True)
        pictures = frames(film)
    for number, start in enumerate(range(0, len(pictures), COLUMNS * ROWS), 1):
        target = folder / f"{lesson}-{number}.png"
        sheet(pictures[start : start + COLUMNS * ROWS]).save(target)
        print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
