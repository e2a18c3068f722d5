"""Which pieces of a film are in the cache, and which still have to be made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scenes.film.cache import Cache
from scenes.film.keys import file_key
from scenes.film.pieces import Piece
from scenes.film.tasks import FRAME_STORE, Task, piece_path
from scenes.spec import RenderSpec


class PieceCache:
    """A film's pieces in the cache, and their way to and from the folder in which the film is made.

    names: the key of each piece's frames, from `piece_keys`.
    """

    def __init__(self, cache: Cache, spec: RenderSpec, names: Mapping[Piece, str], folder: Path) -> None:
        self.cache, self.spec, self.names, self.folder = cache, spec, names, folder

    def missing(self, piece: Piece, kinds: tuple[str, ...]) -> Task | None:
        """Fetch what is cached of a piece and return the task that remains; None if nothing does.

        A piece that must be drawn also keeps its frames, from which every other format can be made.
        """
        absent = tuple(kind for kind in kinds if not self._brought(piece, kind))
        if not absent:
            return None
        if FRAME_STORE not in absent and (FRAME_STORE in kinds or self._brought(piece, FRAME_STORE)):
            return Task(piece, absent, draw=False)
        return Task(piece, tuple(dict.fromkeys((*absent, FRAME_STORE))), draw=True)

    def keep(self, task: Task) -> None:
        """Put a finished task's files into the cache."""
        for kind in task.kinds:
            self.cache.keep(self._key(task.piece, kind), piece_path(self.folder, task.piece, kind))

    def _brought(self, piece: Piece, kind: str) -> bool:
        return self.cache.fetch(self._key(piece, kind), piece_path(self.folder, piece, kind))

    def _key(self, piece: Piece, kind: str) -> str:
        return file_key(self.names[piece], kind, self.spec)
