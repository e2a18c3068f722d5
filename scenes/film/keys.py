"""Cache keys of a piece of film: everything that can change its pixels, and nothing else. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

import cairo

from gdsim import Objective
from scenes.film.closure import code_digest
from scenes.film.encoding import encoding
from scenes.film.pieces import Piece
from scenes.film.tasks import FRAME_STORE
from scenes.lesson import Lesson, Told
from scenes.script.cues import beat_cues, fade_frames
from scenes.script.slices import visible
from scenes.spec import RenderSpec

# Fields of a spec that do not touch the picture: their effect on timing is in the moves, captions have a place of their
# own in the key, and the last two only concern finished frames.
UNSEEN = ("voice", "voice_model", "speed", "speech", "words", "captions", "max_size", "repeats")
DRAWN_WITH = ("manim", "numpy", "pycairo", "typst", "font-source-sans-pro")
ENCODED_WITH = ("av",)


def piece_keys(spec: RenderSpec, lesson: Lesson, told: Told, pieces: Sequence[Piece]) -> list[str]:
    """The key of each piece's frames, 32 hexadecimal digits: equal keys mean equal pixels.

    The key comes from the script: the state before the piece, the moves in it, and its captions.
    """
    seen = [getattr(spec, field.name) for field in fields(spec) if field.name not in UNSEEN]
    runs = [(run.digest(), run.optimiser, _ground(run.objective)) for run in told.runs]
    code = code_digest(lesson.parts_module)
    common = repr((code, lesson.title, _versions(DRAWN_WITH), seen, spec.burned, spec.captioned, runs))
    segments = [segment for beat in told.beats for segment in beat.moves]
    names = []
    for piece in pieces:
        own: list[object] = [piece.frames, visible(told.script.opening, segments, piece.start, piece.end)]
        if spec.burned:
            own.append(_captions(spec, told, piece))
        names.append(sha256(f"{common}|{own!r}".encode()).hexdigest()[:32])
    return names


def _ground(objective: Objective) -> object:
    """What is drawn of a function, apart from its run."""
    return objective.name, objective.symbol, objective.formula, objective.variables, objective.domain, objective.minima


def _captions(spec: RenderSpec, told: Told, piece: Piece) -> list[object]:
    """The captions of a piece's frames, and the one that gives way to the next as it begins."""
    before = [beat_cues(told.beats[piece.beat - 1], spec.fps)[-1]] if piece.beat > 0 else []
    cues = [*before, *beat_cues(told.beats[piece.beat], spec.fps)]
    fade = fade_frames(spec.fps)
    return [
        (max(cue.start - piece.start, -fade), cue.card)
        for cue in cues
        if cue.start < piece.end and cue.end + fade > piece.start
    ]


def file_key(name: str, kind: str, spec: RenderSpec) -> str:
    """The key of one of a piece's files: its lossless frames, or what an encoder made from them."""
    if kind == FRAME_STORE:
        return name
    words = f"{name}|{encoding(kind, spec)!r}|{spec.fps}|{_versions(ENCODED_WITH)}"
    return sha256(words.encode()).hexdigest()[:32]


def _versions(packages: Sequence[str]) -> list[str]:
    """Versions of what draws, including the system's cairo."""
    return [*(f"{name} {_version(name)}" for name in packages), cairo.cairo_version_string()]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
