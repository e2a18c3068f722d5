"""Films drawn once for the benchmarks, kept without loss."""

from __future__ import annotations

from pathlib import Path

from scenes.film.jobs import run
from scenes.film.pieces import cut
from scenes.film.render import told
from scenes.film.tasks import FRAME_STORE, Job, Task, piece_path
from scenes.spec import RenderSpec


def stores_of(spec: RenderSpec, folder: Path) -> list[Path]:
    """Draw the film into stores in a folder of its own; one that is there is taken as it is."""
    folder = folder / spec.key()
    pieces = cut(told(spec).beats, spec.fps)
    if not (folder / "drawn").exists():
        folder.mkdir(parents=True, exist_ok=True)
        tasks = tuple(Task(piece, (FRAME_STORE,), draw=True) for piece in pieces)
        run(Job(spec, folder, tasks), 1, lambda frames: None, lambda task: None)
        (folder / "drawn").touch()
    return [piece_path(folder, piece, FRAME_STORE) for piece in pieces]
