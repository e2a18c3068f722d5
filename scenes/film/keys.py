"""What names a piece of film: everything that can change its pixels, and nothing else. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import cairo

import gdsim
import scenes
from gdsim import Trajectory
from scenes.catalogue import Lesson
from scenes.film.encoding import encoding
from scenes.film.pieces import Piece
from scenes.film.tasks import FRAME_STORE
from scenes.script.cues import beat_cues
from scenes.script.timing import TimedBeat
from scenes.spec import RenderSpec

# Fields of a spec that never touch the picture: what they do to its timing is in the beats, whether it holds captions
# is told apart, and the last two are about what becomes of finished frames.
UNSEEN = ("voice", "voice_model", "speed", "speech", "captions", "max_size", "repeats")
DRAWN_WITH = ("manim", "numpy", "pycairo", "typst", "font-source-sans-pro")
ENCODED_WITH = ("av",)
# Only the script and the runs come from these, and both are in the key by what they say: no Scene imports them.
TELLERS = ("alt", "bowl", "formulas", "local_minima", "one_rate", "overshoot", "parabola", "plain", "run")


def piece_keys(
    spec: RenderSpec,
    lesson: Lesson,
    runs: Sequence[Trajectory],
    beats: Sequence[TimedBeat],
    pieces: Sequence[Piece],
) -> list[str]:
    """The name of each piece's frames, 32 hexadecimal digits: equal names stand for equal pixels.

    A piece depends on its own beat, on what the beats before it did to the stage (their acts and steps, not their
    words), on the caption that fades as it begins, and, in a lesson that moves by the film's clock, on when it is.
    """
    seen = [getattr(spec, field.name) for field in fields(spec) if field.name not in UNSEEN]
    acts = [(beat.beat.act, beat.beat.steps, beat.beat.subject, beat.beat.motion) for beat in beats]
    common = repr((code_digest(), _versions(DRAWN_WITH), seen, spec.burned, [run.digest() for run in runs], acts))
    captions = [[(cue.start - beat.start, cue.card) for cue in beat_cues(beat, spec.fps)] for beat in beats]
    names = []
    for piece in pieces:
        beat = beats[piece.beat]
        own: list[object] = [piece.beat, piece.start - beat.start, piece.frames, beat.frames]
        if spec.cut == "loop":
            own.append([beat.frames for beat in beats])
        if lesson.by_the_clock:
            own.append(beat.start)
        if spec.burned:
            fading = captions[piece.beat - 1][-1][1] if piece.part == 0 and piece.beat > 0 else None
            own += [captions[piece.beat], fading]
        names.append(sha256(f"{common}|{own!r}".encode()).hexdigest()[:32])
    return names


def file_key(name: str, kind: str, spec: RenderSpec) -> str:
    """The name of one of a piece's files: of its frames, or of what an encoder makes of them."""
    if kind == FRAME_STORE:
        return name
    words = f"{name}|{encoding(kind, spec)!r}|{spec.fps}|{_versions(ENCODED_WITH)}"
    return sha256(words.encode()).hexdigest()[:32]


def code_digest() -> str:
    """Changes with every line of code that draws; a sentence of a lesson is not one."""
    digest = sha256()
    for package in (gdsim, scenes):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*.py")):
            place = path.relative_to(root)
            if package is scenes and (place.parts[0] == "command" or _tells(place)):
                continue
            if "_app" not in place.parts:
                digest.update(f"{place.as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _tells(place: Path) -> bool:
    return place.parts[0] == "story" and place.stem in TELLERS


def _versions(packages: Sequence[str]) -> list[str]:
    """The system's cairo draws too."""
    return [*(f"{name} {_version(name)}" for name in packages), cairo.cairo_version_string()]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
