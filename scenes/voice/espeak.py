"""eSpeak NG: a small, quick, robotic voice that speaks on any machine."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenes.voice.choice import VoiceError, VoiceMissingError, check_alphabet, install_voice, installed
from scenes.voice.recording import Recording

WORDS_A_MINUTE = 160
_PROGRAM = Path(__file__).with_name("espeak_program.py")
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class EspeakVoice:
    """The engine and the data from the package espeakng-loader.

    Its library carries state from one sentence to the next, so the same words sound a little different each
    time. Therefore each sentence is spoken in a process of its own.
    """

    library: str
    data: str
    engine: str = "espeak"
    model: str = ""
    language: str = "en-us"
    described: str = "espeak"

    @classmethod
    def found(cls) -> EspeakVoice:
        """The installed engine. Raises VoiceMissingError if the package is missing."""
        if installed("espeakng-loader") is None:
            raise VoiceMissingError(f"the voice espeak is not installed; {install_voice('espeak')} installs it")
        import espeakng_loader

        return cls(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())

    def speak(self, words: str, speed: float) -> Recording:
        """The words as sound, about 160 per minute at speed 1."""
        check_alphabet(words, self.described)
        command = [sys.executable, "-I", "-S", str(_PROGRAM), self.library, self.data]
        command.append(str(round(WORDS_A_MINUTE * speed)))
        try:
            done = subprocess.run(command, input=words.encode(), capture_output=True, timeout=_TIMEOUT_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise VoiceError(f"espeak does not run: {problem}") from None
        head, _, samples = done.stdout.partition(b"\n")
        if done.returncode or not samples:
            reason = done.stderr.decode(errors="replace").strip().splitlines()
            raise VoiceError(f"espeak says nothing: {reason[-1] if reason else f'exit code {done.returncode}'}")
        rate, *times = head.decode().split()
        sound = np.frombuffer(samples, dtype="<i2").astype(np.int16)
        return Recording(sound, int(rate), _starts(words, times)).trimmed()


def _starts(words: str, times: list[str]) -> tuple[float, ...]:
    """When each word begins, in seconds, from the engine's reports `characters before it:milliseconds`.

    A word without a report is placed between its neighbours, in proportion to letters.
    """
    told = dict(sorted((int(place), int(moment) / 1000) for place, moment in (one.split(":") for one in times)))
    if not told:
        return ()
    places, moments = list(told), list(told.values())
    starts = [match.start() for match in re.finditer(r"\S+", words)]
    return tuple(float(moment) for moment in np.interp(starts, places, moments))
