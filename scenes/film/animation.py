"""Animated pictures from shots: chooses the writer for a file's suffix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from scenes.film import gif, webp
from scenes.film.fit import Fitted, fit
from scenes.film.frame_store import Shot, read_film
from scenes.film.palette import Colours, film_palette
from scenes.spec import RenderSpec


def animate(stores: Sequence[Path], spec: RenderSpec, target: Path) -> Fitted | None:
    """Write the film in the stores as the animation that the target's suffix names.

    If the spec limits the file's size, it is made to fit, and the settings chosen are returned. Raises
    UnreachableSizeError if nothing fits.
    """

    def write(shots: Iterable[Shot], palette: Colours) -> None:
        if target.suffix.lower() == ".gif":
            gif.write_shots(shots, palette, gif.HUNDREDTHS // spec.fps, target)
        elif spec.transparent:
            webp.write_clear_shots(shots, spec.fps, target)
        else:
            webp.write_shots(shots, palette, spec.fps, target)

    if spec.max_size is not None:
        return fit(stores, spec.fps, write, target, spec.max_size)
    write(read_film(stores), film_palette(stores, gif.MOST_COLOURS))
    return None
