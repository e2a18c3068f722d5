"""Where Manim's frames go: straight to our encoders, one closed segment a beat. No Manim movie file is written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple, Protocol

import numpy as np
from manim import CairoRenderer
from numpy.typing import NDArray

from scenes.stage.camera import StageCamera

Pixels = NDArray[np.uint8]


class Sink(Protocol):
    """Takes a beat's frames in their order."""

    def write(self, pixels: Pixels, repeat: int) -> None:
        """Take an RGBA frame (height, width, 4), to be shown for `repeat` frames."""

    def close(self) -> None:
        """The beat is over: finish the file."""

    def abort(self) -> None:
        """The render failed: let go of everything."""


class Section(NamedTuple):
    """What Manim's renderer asks of the present section."""

    name: str
    skip_animations: bool


class FilmWriter:
    """Stands in for Manim's SceneFileWriter.

    `wanted` beats are drawn and written to the sinks that `open_sinks(beat)` gives; Manim fast-forwards the others.
    """

    def __init__(self, settings: Any) -> None:
        self.output_spec = settings.plan.output
        self.sections = [Section("before the first beat", True)]
        self.wanted: Collection[int] = ()
        self.open_sinks: Callable[[int], list[Sink]] = lambda beat: []
        self.on_frames: Callable[[int], None] = lambda frames: None
        self.sinks: list[Sink] = []

    def next_section(self, name: str, section_type: str, skip_animations: bool) -> None:
        """A beat begins: the former one's files are closed."""
        self._close()
        beat = len(self.sections) - 1
        wanted = beat in self.wanted
        self.sections.append(Section(name, not wanted))
        if wanted:
            self.sinks = self.open_sinks(beat)

    def write_frame(self, pixels: Pixels, repeat: int = 1) -> None:
        """A frame of the present beat."""
        for sink in self.sinks:
            sink.write(pixels, repeat)
        self.on_frames(repeat)

    def finish(self) -> None:
        """The film is over."""
        self._close()

    def abort_encode_jobs(self, **options: Any) -> None:
        """Manim says that the scene raised."""
        sinks, self.sinks = self.sinks, []
        for sink in sinks:
            sink.abort()

    def _close(self) -> None:
        sinks, self.sinks = self.sinks, []
        for sink in sinks:
            sink.close()

    # What Manim also calls, and we have no use for

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        """No cache of Manim's."""

    def begin_animation(self, allow_write: bool = False, animation_index: int | None = None) -> None:
        """A segment is a beat, not an animation."""

    def end_animation(self, allow_write: bool = False) -> None:
        """A segment is a beat, not an animation."""


class FilmRenderer(CairoRenderer):
    """Manim's Cairo renderer, which draws nothing while it fast-forwards."""

    def __init__(self) -> None:
        super().__init__(file_writer_class=FilmWriter, camera_class=StageCamera)

    def update_frame(self, scene: Any, mobjects: Any = None, **options: Any) -> None:
        if not self.skip_animations:
            super().update_frame(scene, mobjects, **options)

    def get_frame(self) -> Pixels:
        return self.camera.pixel_array if self.skip_animations else super().get_frame()

    def draw(self, scene: Any) -> Pixels:
        """The whole picture as it stands, even while fast-forwarding: RGBA (height, width, 4)."""
        self.static_image = None
        super().update_frame(scene)
        return super().get_frame()
