"""One process or several: the same film, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.film.cache import Cache
from scenes.film.pieces import cut
from scenes.film.render import render, told
from scenes.script.beat import Script
from scenes.script.cues import beat_cues, fade_frames
from scenes.script.move import Move
from scenes.spec import RenderSpec
from scenes.stage.composition import compose, frame_size


def tiny(scene: str, **words) -> RenderSpec:
    """The lesson at a size and rate that draw in a second."""
    return RenderSpec(scene, **{"width": 160, "height": 90, "fps": 5, "cut": "loop"} | words)


@pytest.mark.parametrize("scene", LESSONS)
def test_several_processes_give_the_bytes_of_one(scene, tmp_path):
    """MP4 and GIF of a loop are the same files from one process and from three."""
    spec = tiny(scene)
    files = {}
    for jobs in (1, 3):
        files[jobs] = [tmp_path / f"{jobs}.mp4", tmp_path / f"{jobs}.gif"]
        render(spec, files[jobs], lambda frames: None, jobs)

    one, three = ([path.read_bytes() for path in files[jobs]] for jobs in (1, 3))
    assert one == three


@pytest.mark.parametrize("scene", LESSONS)
def test_a_piece_drawn_alone_is_as_it_was_in_the_film(scene, drawn):
    """Whatever pieces of a full film are left out, the others' pixels do not change."""
    spec = tiny(scene, cut="full", fps=2)
    pieces = cut(told(spec).beats, spec.fps)
    whole = drawn(spec, pieces)

    for some in (pieces[::2], pieces[1::2]):
        alone = drawn(spec, some)
        assert alone.keys() == {frame for piece in some for frame in range(piece.start, piece.end)}
        assert [frame for frame, pixels in alone.items() if not np.array_equal(pixels, whole[frame])] == []


LONG = (
    " First it rolls to the left, then it slows down, then it creeps along the ground, "
    "then it stands still, then nothing is left to do, and at last it rests."
)


@pytest.mark.parametrize("scene", ["parabola", "local-minima"])
def test_a_caption_turns_on_its_frame_while_something_moves(scene, drawn, monkeypatch):
    """A sentence of several captions turns to each on its cue's frame, and on no other, also during a motion."""
    lesson = LESSONS[scene]
    script = lesson.script(lesson.run(tiny(scene)))
    which = max(range(len(script)), key=lambda index: max(move.seconds for move in script.beats[index].moves))
    beats = list(script.beats)
    words = replace(beats[which].words, template=beats[which].words.template + LONG)
    beats[which] = replace(beats[which], words=words, moves=tuple(slower(move) for move in beats[which].moves))
    monkeypatch.setitem(LESSONS, scene, replace(lesson, script=lambda runs: Script(script.opening, tuple(beats))))
    spec = tiny(scene, cut="full", fps=10)
    story = told(spec)
    beat = story.beats[which]
    frames = drawn(spec, [piece for piece in cut(story.beats, spec.fps) if piece.beat == which])

    top = round(spec.height * (0.5 - compose(spec.width, spec.height, spec.cut).caption.top / frame_size(160, 90)[1]))
    turns = [cue.start for cue in beat_cues(beat, spec.fps)[1:]]
    changed = [
        frame
        for frame in range(beat.start + fade_frames(spec.fps), beat.end)
        if not np.array_equal(frames[frame][top:], frames[frame - 1][top:])
    ]
    assert len(turns) > 1
    assert changed == [frame for turn in turns for frame in range(turn, turn + fade_frames(spec.fps))]
    assert any(segment.start < turns[0] < segment.end for segment in beat.moves)


def slower(move: Move) -> Move:
    """It takes as long as the captions take to read."""
    return replace(move, seconds=10.0 * (move.seconds > 0))


ENCODE = """
import sys
import numpy as np
from pathlib import Path
from scenes.film.encoding import encoding
from scenes.film.frame_store import Area
from scenes.spec import RenderSpec
from scenes.film.video import VideoSink

spec = RenderSpec("bowl", width=320, height=180, fps=10)
across, up = np.meshgrid(np.arange(320), np.arange(180))
sink = VideoSink(Path(sys.argv[1]), spec, encoding("mp4", spec))
for number in range(24):
    waves = 127 + 100 * np.sin(0.05 * across + 0.3 * number) * np.cos(0.07 * up - 0.2 * number)
    picture = np.stack([waves, 255 - waves, 0 * waves + 5 * number, 0 * waves + 255], axis=-1).astype(np.uint8)
    sink.write(picture, [Area(0, 0, 180, 320)], 1)
sink.close()
"""


def test_what_memory_held_before_does_not_matter(tmp_path):
    """The encoder's bytes are the same whatever fresh memory is filled with (glibc does that on request)."""
    files = [tmp_path / f"{filling}.mp4" for filling in (0, 85, 170, 255)]
    for file in files:
        environment = {**os.environ, "MALLOC_PERTURB_": file.stem, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", ENCODE, file], env=environment, check=True)

    assert len({file.read_bytes() for file in files}) == 1


# Runs that leave their map and come back, jump, climb out, or lie on odd ground.
RESTLESS = [
    {"scene": "bowl", "function": "rosenbrock", "optimiser": "newton"},
    {"scene": "bowl", "function": "log(x*y)", "start": (1.0, 1.0), "learning_rate": 3.0},
    {"scene": "bowl", "learning_rate": 1.05, "steps": 60},
    {"scene": "parabola", "function": "1/x+x", "start": (0.3,), "learning_rate": 0.4, "steps": 40},
    {"scene": "parabola", "function": "x**4-3*x**2+x", "learning_rate": 0.155, "steps": 400},
    {"scene": "parabola", "optimiser": "nesterov", "learning_rate": 0.9, "steps": 60},
    {"scene": "overshoot", "learning_rate": 1.0, "steps": 600},
    {"scene": "local-minima", "function": "bumpy", "optimiser": "rmsprop", "learning_rate": 1.5, "steps": 300},
]


@pytest.mark.parametrize("words", RESTLESS, ids=str)
def test_restless_runs_look_the_same_in_any_order(words, drawn):
    """A piece of a run that leaves the map and comes back has the pixels that it has in the whole film."""
    spec = RenderSpec(width=96, height=54, fps=2 if words["scene"] == "bowl" else 4, cut="loop", **words)
    pieces = cut(told(spec).beats, spec.fps)
    whole = drawn(spec, pieces)

    for some in (pieces[::2], pieces[1::2]):
        alone = drawn(spec, some)
        assert [frame for frame, pixels in alone.items() if not np.array_equal(pixels, whole[frame])] == []


def test_a_ball_that_comes_back_has_the_same_bytes_from_any_process_and_the_cache(tmp_path):
    """Newton's method on Rosenbrock's valley: one process, two, and a cache with gaps make one and the same film."""
    spec = RenderSpec("bowl", function="rosenbrock", optimiser="newton", width=96, height=54, fps=2, cut="loop")
    cache = Cache(tmp_path / "cache")
    films = [tmp_path / f"{name}.mp4" for name in ("one", "two", "kept", "mended")]
    for film, jobs, kept in zip(films, (1, 2, 1, 1), (None, None, cache, cache)):
        render(spec, [film], lambda frames: None, jobs, cache=kept)
        for number, entry in enumerate(sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file())):
            if number % 2:
                entry.unlink()

    assert len({film.read_bytes() for film in films}) == 1
