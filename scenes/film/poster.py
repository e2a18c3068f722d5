"""The picture that a web page shows before a film is played, and instead of a loop that should not move."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from scenes.film.embed import FILMS
from scenes.script.timing import TimedBeat
from scenes.spec import RenderSpec
from scenes.stage.composition import compose, frame_size
from scenes.stage.theme import THEMES

QUALITY = 90
MILLISECONDS = 1000
# An encoder blurs a caption a little beyond its box, in frame units.
BLUR = 0.12


def telling_moment(beats: Sequence[TimedBeat], fps: int) -> float:
    """A moment within the last frame of the film's middle beat, in seconds.

    By then the picture has all its parts, and the ending is not given away.
    """
    return (beats[len(beats) // 2].end - 0.5) / fps


def write_poster(film: Path, seconds: float, spec: RenderSpec, target: Path) -> None:
    """Write what a finished film or animated picture shows at `seconds` as JPEG, without a burned caption."""
    decoded = _film_frame if film.suffix.lower() in FILMS else _animation_frame
    picture = decoded(film, seconds).convert("RGB")
    if spec.burned:
        _without_caption(picture, spec)
    picture.save(target, format="JPEG", quality=QUALITY, subsampling=0, optimize=True)


def _film_frame(film: Path, seconds: float) -> Image.Image:
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
    image: Image.Image = shown.to_image()
    return image


def _animation_frame(film: Path, seconds: float) -> Image.Image:
    with Image.open(film) as picture:
        left = seconds * MILLISECONDS
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            picture.load()  # a WebP's delay is known only then
            left -= picture.info.get("duration", 0)
            if left < 0:
                break
        return picture.convert("RGBA")


def _without_caption(picture: Image.Image, spec: RenderSpec) -> None:
    """Cover the bottom of the frame, where there are only captions, with the background: they are half a sentence."""
    _, height = frame_size(spec.width, spec.height)
    top = compose(spec.width, spec.height, spec.cut).caption.top + BLUR
    picture.paste(THEMES[spec.theme].background, (0, round((0.5 - top / height) * picture.height), *picture.size))
