"""Speaks each sentence once: recordings are cached by everything that determines their sound."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from scenes.voice.choice import Voice, installed
from scenes.voice.recording import Recording, read_recording, write_recording

# A change of any of these may change the sound of the same words.
_PACKAGES = {"piper": ("piper-tts", "onnxruntime", "onnx"), "espeak": ("espeakng-loader",)}
_FORM = "3"
# A place that stores nothing.
NOWHERE = Path(os.devnull) / "gdsim"


def recorded(sentences: Sequence[str], voice: Voice, speed: float, folder: Path | None = None) -> list[Recording]:
    """Each sentence as sound, from the cache folder, or else spoken and stored there.

    folder: by default the user's cache; one that cannot be written is not used.
    Raises VoiceError if the voice cannot speak.
    """
    folder = folder or cache_folder() / "speech"
    heard: dict[str, Recording] = {}
    missing = []
    for words in dict.fromkeys(sentences):
        kept = read_recording(_place(folder, words, voice, speed))
        if kept is None:
            missing.append(words)
        else:
            heard[words] = kept
    # Each sentence is computed on one thread, whatever the machine; several can be computed at a time.
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for words, recording in zip(missing, pool.map(lambda words: voice.speak(words, speed), missing)):
            heard[words] = recording
            try:
                write_recording(recording, _place(folder, words, voice, speed))
            except OSError:
                continue
    finally:
        pool.shutdown(cancel_futures=True)  # stopping the program only waits for the sentences that have begun
    return [heard[words] for words in sentences]


def cache_folder() -> Path:
    """The user's cache folder; NOWHERE for a user without a home folder."""
    named = {"win32": "LOCALAPPDATA", "darwin": ""}.get(sys.platform, "XDG_CACHE_HOME")
    if base := os.environ.get(named):
        return Path(base) / "gdsim"
    usual = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
    try:
        return Path.home() / usual / "gdsim"
    except RuntimeError:
        return NOWHERE


def _place(folder: Path, words: str, voice: Voice, speed: float) -> Path:
    versions = [f"{package} {installed(package)}" for package in _PACKAGES.get(voice.engine, ())]
    name = "|".join([_FORM, voice.engine, voice.model, *versions, repr(speed), words])
    return folder / f"{sha256(name.encode()).hexdigest()[:32]}.speech"
