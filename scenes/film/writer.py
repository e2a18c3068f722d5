"""Takes Manim's frames straight to our sinks, one closed piece after the other. No Manim movie file is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from scenes.film.frame_store import Pixels
from scenes.film.pieces import Piece


class Sink(Protocol):
    """Takes a piece's frames in their order."""

    def write(self, pixels: Pixels, frames: int) -> None:
        """Take an RGBA picture (height, width, 4) that is shown for `frames` frames; it is not kept."""

    def close(self) -> None:
        """The piece is over: finish its files."""

    def abort(self) -> None:
        """The render failed: close everything."""


class Section(NamedTuple):
    """What Manim's renderer asks of the current section."""

    name: str
    skip_animations: bool


class FilmWriter:
    """A stand-in for Manim's SceneFileWriter that knows which frame comes next and whether it is wanted.

    pieces: those that may be wanted, in order. open_sink: called for each when its first frame comes; if it
    returns a sink, the piece is drawn into it; if it returns None, another process has it.
    """

    def __init__(self, settings: Any) -> None:
        self.output_spec = settings.plan.output
        self.sections = [Section("before the first beat", False)]
        self.pieces: deque[Piece] = deque()
        self.planned = False
        self.open_sink: Callable[[Piece], Sink | None] = lambda piece: None
        self.on_frames: Callable[[int], None] = lambda frames: None
        self.frame = 0
        self.piece: Piece | None = None
        self.sink: Sink | None = None

    @property
    def beat(self) -> int:
        """The beat that is being played; −1 before the first."""
        return len(self.sections) - 2

    def plan(self, pieces: Iterable[Piece], open_sink: Callable[[Piece], Sink | None]) -> None:
        """Say what is wanted."""
        self.pieces, self.open_sink, self.planned = deque(pieces), open_sink, True

    @property
    def over(self) -> bool:
        """Whether everything planned is drawn, so that the rest of the film need not be played."""
        return self.planned and not self.pieces and self.sink is None

    def next_section(self, name: str, section_type: str, skip_animations: bool) -> None:
        """A beat begins."""
        self.sections.append(Section(name, False))

    def wants(self) -> bool:
        """Whether the next frame is to be drawn."""
        while self.sink is None and self.pieces and self.pieces[0].start <= self.frame:
            piece = self.pieces.popleft()
            self.sink = self.open_sink(piece)
            self.piece = piece if self.sink is not None else None
        return self.sink is not None

    def reach(self, frames: int) -> int:
        """How many of the next `frames` frames have the same answer to `wants`."""
        if self.piece is not None:
            return min(frames, self.piece.end - self.frame)
        return min(frames, self.pieces[0].start - self.frame) if self.pieces else frames

    def write(self, pixels: Pixels, frames: int) -> None:
        """A wanted picture."""
        assert self.sink is not None
        assert self.piece is not None
        self.sink.write(pixels, frames)
        self.on_frames(frames)
        self.pass_over(frames)
        if self.frame == self.piece.end:
            sink, self.sink, self.piece = self.sink, None, None
            sink.close()

    def pass_over(self, frames: int) -> None:
        """Skip frames that are not wanted."""
        self.frame += frames

    def finish(self) -> None:
        """The film is over; every piece must have been."""
        if self.sink is not None or self.pieces:
            self.abort_encode_jobs()
            raise RuntimeError(f"the film ended after {self.frame} frames, before its last beat was full")

    def abort_encode_jobs(self, **options: Any) -> None:
        """Called by Manim if the scene raised an exception."""
        sink, self.sink = self.sink, None
        if sink is not None:
            sink.abort()
