"""What names a piece: everything that can change its pixels, and nothing else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

import scenes
from scenes.catalogue import LESSONS
from scenes.film import keys
from scenes.film.draw import stage
from scenes.film.encoding import encoding
from scenes.film.keys import TELLERS, UNSEEN, code_digest, file_key, piece_keys
from scenes.film.pieces import cut
from scenes.film.render import told
from scenes.film.video import VideoSink
from scenes.script.beat import Script
from scenes.spec import RenderSpec

ROOT = Path(scenes.__path__[0])


def small(scene: str, **words) -> RenderSpec:
    """A film that draws in a second."""
    return RenderSpec(scene, **{"width": 320, "height": 180, "fps": 5} | words)


def named(spec: RenderSpec) -> tuple[list, list[str]]:
    """The film's pieces and their names."""
    runs, beats = told(spec)
    pieces = cut(beats, spec.fps)
    return list(pieces), piece_keys(spec, LESSONS[spec.scene], runs, beats, pieces)


def reworded(scene: str, which: int, sentence: str, monkeypatch) -> None:
    """Let one sentence of a lesson be another."""
    lesson = LESSONS[scene]

    def script(runs):
        beats = list(lesson.script(runs))
        beats[which] = replace(beats[which], sentence=sentence)
        return Script(tuple(beats))

    monkeypatch.setitem(LESSONS, scene, replace(lesson, script=script))


LONGER = "Here is a sentence that was not here before, and it takes quite a while until you have read the whole of it."


@pytest.mark.parametrize("scene", LESSONS)
@pytest.mark.parametrize("which", [0, 3])
def test_equal_names_stand_for_equal_pixels(scene, which, monkeypatch, drawn):
    """After a sentence has become longer, every piece that kept its name has kept its every pixel."""
    spec = small(scene)
    pieces, names = named(spec)
    before = drawn(spec, pieces)
    reworded(scene, which, LONGER, monkeypatch)
    new_pieces, new_names = named(spec)
    after = drawn(spec, new_pieces)

    old = dict(zip(names, pieces))
    kept = [(old[name], piece) for name, piece in zip(new_names, new_pieces) if name in old]
    assert len(kept) >= which
    for one, other in kept:
        for frame in range(one.frames):
            np.testing.assert_array_equal(before[one.start + frame], after[other.start + frame])


@pytest.mark.parametrize("scene", [name for name, lesson in LESSONS.items() if not lesson.by_the_clock])
def test_a_sentence_renames_its_own_beat_and_the_fade_after_it(scene, monkeypatch):
    """Only the changed beat's pieces get new names, and the next beat's first, in which its caption fades."""
    spec = small(scene)
    _, names = named(spec)
    reworded(scene, 2, LONGER, monkeypatch)
    new_pieces, new_names = named(spec)

    fresh = {(piece.beat, piece.part) for piece, name in zip(new_pieces, new_names) if name not in names}
    assert fresh == {(2, piece.part) for piece in new_pieces if piece.beat == 2} | {(3, 0)}


def test_without_burned_captions_words_do_not_matter(monkeypatch):
    """Where the picture holds no captions, a sentence as long as the one before renames nothing."""
    spec = small("parabola", captions="soft")
    _, names = named(spec)
    sentence = told(spec).beats[2].beat.sentence
    reworded("parabola", 2, sentence.swapcase(), monkeypatch)

    assert named(spec)[1] == names
    assert named(replace(spec, captions="both"))[1] != names


# Another value of each field of a spec, which is `small("parabola")`.
OTHER = {
    "scene": "overshoot",
    "learning_rate": 0.11,
    "steps": 9,
    "start": (2.5,),
    "optimiser": "momentum",
    "schedule": "cosine",
    "settings": (("momentum", "0.5"),),
    "function": "x^4",
    "width": 322,
    "height": 182,
    "fps": 6,
    "theme": "light",
    "cut": "loop",
    "voice": "piper",
    "voice_model": "1",
    "speed": 2.0,
    "captions": "burned",
    "speech": (1.0,),
    "transparent": True,
    "max_size": 10**6,
    "repeats": False,
}
FIELDS = [field.name for field in fields(RenderSpec)]


def test_each_field_of_a_spec_is_looked_at():
    """A new field needs another value here: either it names pieces, or it is proved that nothing draws with it."""
    assert list(OTHER) == FIELDS
    assert set(UNSEEN) <= set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_names_every_piece_or_none(field):
    """With the same runs and beats a field alone renames all frames; one that never touches the picture, none."""
    spec = small("parabola")
    runs, beats = told(spec)
    pieces = cut(beats, spec.fps)
    names = piece_keys(spec, LESSONS["parabola"], runs, beats, pieces)
    others = piece_keys(replace(spec, **{field: OTHER[field]}), LESSONS["parabola"], runs, beats, pieces)

    if field in UNSEEN:
        assert others == names
    else:
        assert set(others).isdisjoint(names)


@pytest.mark.parametrize("field", ["voice", "voice_model", "speed", "captions", "max_size", "repeats"])
def test_what_leaves_the_picture_leaves_the_names(field):
    """A voice that takes no longer than reading, captions that are there anyway, a limit of bytes: all is shared."""
    spec = small("parabola")

    assert named(replace(spec, **{field: OTHER[field]}))[1] == named(spec)[1]


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_names_the_film(field):
    """No two specs share the name of their finished film."""
    spec = small("parabola")

    assert replace(spec, **{field: OTHER[field]}).key() != spec.key()


def test_captions_that_appear_or_go_rename_every_piece():
    """Whether the picture holds captions is in the names, however the option says it."""
    names = named(small("parabola"))[1]

    assert set(named(small("parabola", captions="none"))[1]).isdisjoint(names)
    assert named(small("parabola", captions="soft"))[1] == named(small("parabola", captions="none"))[1]


class Watched(RenderSpec):
    """A spec that notes which of its fields are read.

    burned: as the spec has it, without a note: it is in the names of pieces by itself.
    """

    read: ClassVar[set[str]] = set()
    burned = property(lambda self: object.__getattribute__(self, "captions") in ("burned", "both"))

    def __getattribute__(self, name: str) -> object:
        if name in FIELDS and sys._getframe(1).f_globals["__name__"] != "dataclasses":  # a copy draws nothing
            Watched.read.add(name)
        return super().__getattribute__(name)


@pytest.fixture
def watched() -> type[Watched]:
    """The class, with nothing noted."""
    Watched.read.clear()
    return Watched


@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("scene", LESSONS)
def test_no_lesson_draws_with_what_is_not_in_its_names(scene, cut, watched):
    """A lesson that is played from its first to its last frame reads no field that leaves its pieces' names alone.

    Only `speech` is read, and is in the names by what it does to the beats: when they begin, how long they are.
    """
    spec = watched(scene, width=320, height=180, fps=10, cut=cut)
    with stage(spec) as (lesson, renderer):
        lesson.render()

    assert renderer.writer.frame == lesson.beats[-1].end
    assert {"width", "height", "fps", "theme", "cut", "learning_rate"} <= watched.read
    assert watched.read & set(UNSEEN) == {"speech"}


def test_a_voice_that_takes_longer_renames_what_it_lengthens():
    """A sentence that is spoken for longer makes its beat longer, and that beat's pieces are others."""
    spec = small("parabola")
    count = len(told(spec).beats)
    names = named(replace(spec, speech=(2.0,) * count))[1]

    assert names[-1] not in named(replace(spec, speech=(*(2.0,) * (count - 1), 20.0)))[1]


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_no_encoder_reads_what_is_not_in_its_files_names(kind, watched, tmp_path):
    """What is made of frames depends on fields that name the frames, and on `repeats`, which names the file."""
    spec = watched("parabola", width=96, height=64, fps=20)
    VideoSink(tmp_path / f"film.{kind}", spec, encoding(kind, spec)).close()

    assert watched.read & set(UNSEEN) == {"repeats"}


@pytest.mark.parametrize("kind", ["mp4", "webm", "store"])
def test_a_file_is_named_by_its_repeats_and_not_by_its_limit(kind):
    """A limit of bytes shares every piece with a film without one; without repeats the frames are shared."""
    spec = small("parabola")

    def named_with(**words) -> str:
        return file_key("0" * 32, kind, replace(spec, **words))

    assert named_with(max_size=1000) == named_with()
    assert (named_with(repeats=False) == named_with()) == (kind == "store")


def test_names_within_a_film_differ():
    """No two pieces of a film share a name."""
    _, names = named(small("overshoot"))

    assert len(set(names)) == len(names)


def test_a_file_is_named_by_its_encoding():
    """The same frames as MP4, as WebM and without loss are three files."""
    spec = small("parabola")

    assert len({file_key("0" * 32, kind, spec) for kind in ("mp4", "webm", "store")}) == 3


def test_code_that_draws_is_in_every_name(tmp_path, monkeypatch):
    """A changed line in a Scene changes the digest of the code; one in a lesson's sentences does not."""
    for place in ("parabola.py", "stage/hidden.py", "story/parabola.py", "story/facts.py", "command/options.py"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("one = 1\n")
    monkeypatch.setattr(keys.scenes, "__path__", [str(tmp_path)])
    whole = code_digest()

    changes = {}
    for path in sorted(tmp_path.rglob("*.py")):
        path.write_text("one = 2\n")
        changes[path.relative_to(tmp_path).as_posix()] = code_digest() != whole
        path.write_text("one = 1\n")
    assert changes == {
        "parabola.py": True,
        "stage/hidden.py": True,
        "story/facts.py": True,
        "story/parabola.py": False,
        "command/options.py": False,
    }


def test_no_scene_draws_with_what_only_tells():
    """The modules left out of the digest are reached by no Scene but through the catalogue, and each one exists."""
    scenes_and_stage = [*ROOT.glob("*.py"), *(ROOT / "stage").glob("*.py")]
    waiting = [path for path in scenes_and_stage if path.name != "catalogue.py"]
    reached: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in reached and path.name != "catalogue.py":
            reached.add(path)
            waiting += imported(path)

    assert {path.stem for path in reached if path.parent.name == "story"}.isdisjoint(TELLERS)
    assert [name for name in TELLERS if not (ROOT / "story" / f"{name}.py").is_file()] == []


def imported(path: Path) -> Iterator[Path]:
    """The modules of `scenes` that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scenes"):
            parts = node.module.split(".")[1:]
            for name in (parts, *([*parts, alias.name] for alias in node.names)):
                place = ROOT.joinpath(*name).with_suffix(".py")
                if place.is_file():
                    yield place
