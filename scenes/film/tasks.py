"""The work that a film needs, as values that can be sent to another process. Imports no manim."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from scenes.film.pieces import Piece
from scenes.spec import RenderSpec

FRAME_STORE = "store"


class Task(NamedTuple):
    """Files to make for a piece.

    kinds: FRAME_STORE (its frames without loss) and kinds of film. draw: from the Scene; else from
    its store, which is there.
    """

    piece: Piece
    kinds: tuple[str, ...]
    draw: bool


class Job(NamedTuple):
    """A film's tasks, and the folder that takes their files."""

    spec: RenderSpec
    folder: Path
    tasks: tuple[Task, ...]


def piece_path(folder: Path, piece: Piece, kind: str) -> Path:
    """The path of a piece's file of a kind."""
    return folder / f"{piece.number:04d}.{kind}"


def claim(folder: Path, piece: Piece) -> bool:
    """Claim a piece; False if another process already has.

    All processes walk through the film from its start, and each draws what is unclaimed: nobody waits for a plan,
    and a slow process simply draws less.
    """
    try:
        os.close(os.open(folder / f"{piece.number:04d}.claimed", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True
