"""A sentence that was spoken: its samples, ready to be mixed."""

from __future__ import annotations

import os
import tempfile
import wave
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
# Below this share of the loudest sample an engine is only running in or out.
_QUIET = 0.01
_PAD_SECONDS = 0.02


@dataclass(frozen=True)
class Recording:
    """samples: (n,), mono, 16 bits. rate: samples a second."""

    samples: Samples
    rate: int

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return len(self.samples) / self.rate

    def trimmed(self) -> Recording:
        """Without the silence that the engine put before and after the words."""
        size = np.abs(self.samples.astype(np.int32))
        loud = np.flatnonzero(size > _QUIET * size.max(initial=0))
        if not len(loud):
            return Recording(self.samples[:0].copy(), self.rate)
        pad = round(_PAD_SECONDS * self.rate)
        return Recording(self.samples[max(0, loud[0] - pad) : loud[-1] + pad + 1].copy(), self.rate)


def write_recording(recording: Recording, path: Path) -> None:
    """Keep it as a WAV file, which appears whole, by one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(recording.rate)
            sound.writeframes(recording.samples.astype("<i2").tobytes())
        Path(draft).replace(path)
    finally:
        with suppress(OSError):
            Path(draft).unlink()


def read_recording(path: Path) -> Recording | None:
    """A kept recording, or None where there is none that is whole."""
    try:
        with wave.open(str(path), "rb") as sound:
            frames = sound.getnframes()
            samples = np.frombuffer(sound.readframes(frames), dtype="<i2").astype(np.int16)
            whole = (sound.getnchannels(), sound.getsampwidth()) == (1, 2) and len(samples) == frames > 0
            return Recording(samples, sound.getframerate()) if whole else None
    except (OSError, EOFError, ValueError, wave.Error):
        return None
