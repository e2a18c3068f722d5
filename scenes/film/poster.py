"""The picture that a page shows before a film is played."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scenes.script.timing import TimedBeat

QUALITY = 90


def telling_moment(beats: Sequence[TimedBeat], fps: int) -> float:
    """Within the last frame of the film's middle beat, in seconds.

    By then the picture has all its parts, and the end is not told.
    """
    return (beats[len(beats) // 2].end - 0.5) / fps


def write_poster(film: Path, seconds: float, target: Path) -> None:
    """Decode the frame of a finished film that is shown at `seconds` and write it as JPEG."""
    import av  # choosing a poster's moment needs none of it

    shown: Any = None
    with av.open(str(film)) as source:
        source.streams.video[0].thread_type = "AUTO"
        source.seek(round(seconds * av.time_base))  # to the whole picture before it: what came earlier is not decoded
        for picture in source.decode(video=0):
            if shown is not None and picture.time > seconds:
                break
            shown = picture
    if shown is None:
        raise RuntimeError(f"{film.name} has no picture")
    shown.to_image().save(target, format="JPEG", quality=QUALITY, subsampling=0, optimize=True)
