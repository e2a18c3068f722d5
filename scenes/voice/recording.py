"""A spoken sentence: its samples, ready to be mixed, and the file that stores them."""

from __future__ import annotations

import os
import struct
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
# Sound below this share of the loudest sample counts as silence.
_QUIET = 0.01
_PAD_SECONDS = 0.02
# A stored recording: a digest of its name and of all that follows, samples per second, how many words, when each
# begins, the samples.
_DIGEST_BYTES = 16
_HEAD = struct.Struct("<LL")


@dataclass(frozen=True)
class Recording:
    """A spoken sentence. samples: (n,), mono, 16 bits. rate: samples per second.

    words: when each word begins, in seconds from the first sample; empty if the engine does not tell.
    """

    samples: Samples
    rate: int
    words: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return len(self.samples) / self.rate

    def trimmed(self) -> Recording:
        """The recording without the silence before and after the words."""
        size = np.abs(self.samples.astype(np.int32))
        loud = np.flatnonzero(size > _QUIET * size.max(initial=0))
        if not len(loud):
            return Recording(self.samples[:0].copy(), self.rate)
        pad = round(_PAD_SECONDS * self.rate)
        first = max(0, int(loud[0]) - pad)
        words = tuple(max(0.0, start - first / self.rate) for start in self.words)
        return Recording(self.samples[first : loud[-1] + pad + 1].copy(), self.rate, words)


def write_recording(recording: Recording, path: Path) -> None:
    """Store it in a file, which appears whole, by one rename."""
    times = np.array(recording.words, dtype="<f8").tobytes()
    content = _HEAD.pack(recording.rate, len(recording.words)) + times + recording.samples.astype("<i2").tobytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(path.name, content) + content)
        Path(draft).replace(path)
    finally:
        with suppress(OSError):
            Path(draft).unlink()


def read_recording(path: Path) -> Recording | None:
    """A stored recording; None if there is none, or if a bit of it or its name has changed."""
    try:
        content = path.read_bytes() if path.is_file() else b""  # to open a pipe could take for ever
    except OSError:
        return None
    digest, content = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if digest != _digest(path.name, content):
        return None
    rate, count = _HEAD.unpack_from(content)
    words = np.frombuffer(content, "<f8", count, _HEAD.size)
    samples = np.frombuffer(content, "<i2", offset=_HEAD.size + words.nbytes).astype(np.int16)
    return Recording(samples, rate, tuple(words.tolist()))


def _digest(name: str, content: bytes) -> bytes:
    return blake2b(name.encode() + content, digest_size=_DIGEST_BYTES).digest()
