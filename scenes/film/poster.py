"""The picture that a page shows before a film is played."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image

from scenes.script.timing import TimedBeat

QUALITY = 90


def telling_frame(beats: Sequence[TimedBeat]) -> int:
    """The last frame of the film's middle beat: by then the picture has all its parts, and the end is not told."""
    return beats[len(beats) // 2].end - 1


def write_poster(film: Path, frame: int, target: Path) -> None:
    """Decode one frame of a finished film and write it as JPEG."""
    image: Image.Image | None = None
    with av.open(str(film)) as source:
        for number, picture in enumerate(source.decode(video=0)):
            if number == frame:
                image = picture.to_image()
                break
    if image is None:
        raise RuntimeError(f"{film.name} has no frame {frame}")
    image.save(target, format="JPEG", quality=QUALITY, subsampling=0, optimize=True)
