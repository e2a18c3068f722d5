"""What of a film is there already, and what is still to be made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scenes.film.cache import Cache
from scenes.film.keys import file_key
from scenes.film.pieces import Piece
from scenes.film.tasks import FRAME_STORE, Task, piece_path
from scenes.spec import RenderSpec


class PieceCache:
    """A film's pieces in the cache, and the way from there to the folder where it is made and back.

    names: of each piece's frames, as `piece_keys` gives them.
    """

    def __init__(self, cache: Cache, spec: RenderSpec, names: Mapping[Piece, str], folder: Path) -> None:
        self.cache, self.spec, self.names, self.folder = cache, spec, names, folder

    def missing(self, piece: Piece, kinds: tuple[str, ...]) -> Task | None:
        """What is to be done for a piece, after what is kept of it was brought; None where nothing is.

        A piece that must be drawn has its frames kept too: from them every other format can be made.
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
