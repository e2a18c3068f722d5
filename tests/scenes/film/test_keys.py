"""What names a piece: everything that can change its pixels, and nothing else."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import FrameType
from typing import ClassVar

import numpy as np
import pytest

import scenes
from scenes.catalogue import LESSONS
from scenes.film import closure
from scenes.film.closure import DRAWING, TABLES, code_digest
from scenes.film.encoding import encoding
from scenes.film.keys import UNSEEN, file_key, piece_keys
from scenes.film.pieces import Piece
from scenes.film.pieces import cut as cut_pieces
from scenes.film.render import told
from scenes.film.video import VideoSink
from scenes.script.beat import Beat, Script
from scenes.script.cues import beat_cues, fade_frames
from scenes.script.move import walk
from scenes.script.sentence import say
from scenes.spec import RenderSpec
from scenes.stage import lesson as stage_lesson

ROOT = Path(scenes.__path__[0])


def small(scene: str, **words) -> RenderSpec:
    """A film that draws in a second."""
    return RenderSpec(scene, **{"width": 160, "height": 90, "fps": 4} | words)


def named(spec: RenderSpec) -> tuple[list[Piece], list[str]]:
    """The film's pieces and their names."""
    story = told(spec)
    pieces = cut_pieces(story.beats, spec.fps)
    return list(pieces), piece_keys(spec, LESSONS[spec.scene], story, pieces)


def rewritten(scene: str, which: int, change, monkeypatch) -> None:
    """Let one beat of a lesson be another: change(beat)."""
    lesson = LESSONS[scene]

    def script(runs):
        whole = lesson.script(runs)
        beats = list(whole.beats)
        beats[which] = change(beats[which])
        return Script(whole.opening, tuple(beats))

    monkeypatch.setitem(LESSONS, scene, replace(lesson, script=script))


def reworded(scene: str, which: int, more: str, monkeypatch) -> None:
    """Let one sentence of a lesson say more; the words that its moves wait for are still said."""

    def change(beat: Beat) -> Beat:
        return replace(beat, words=replace(beat.words, template=beat.words.template + more))

    rewritten(scene, which, change, monkeypatch)


MORE = " Here is a sentence that was not here before, and it takes quite a while until you have read the whole of it."


@pytest.mark.parametrize(("scene", "which"), [("parabola", 3), ("bowl", 1), ("local-minima", 2)])
def test_equal_names_stand_for_equal_pixels(scene, which, monkeypatch, drawn):
    """After a sentence has become longer, every piece that kept its name has kept its every pixel."""
    spec = small(scene, fps=2)
    pieces, names = named(spec)
    before = drawn(spec, pieces)
    reworded(scene, which, MORE, monkeypatch)
    new_pieces, new_names = named(spec)
    old = dict(zip(names, pieces))
    kept = [(old[name], piece) for name, piece in zip(new_names, new_pieces) if name in old]
    after = drawn(spec, [piece for _, piece in kept])

    assert {piece.beat for _, piece in kept} >= set(range(new_pieces[-1].beat + 1)) - {which, which + 1}
    assert any(one.start != other.start for one, other in kept)
    for one, other in kept:
        for frame in range(one.frames):
            np.testing.assert_array_equal(before[one.start + frame], after[other.start + frame])


@pytest.mark.parametrize("scene", LESSONS)
def test_a_sentence_renames_its_own_beat_and_the_fade_after_it(scene, monkeypatch):
    """No other pieces get new names than the changed beat's, and the next beat's first, in which its caption fades."""
    spec = small(scene, captions="burned")
    _, names = named(spec)
    reworded(scene, 2, MORE, monkeypatch)
    new_pieces, new_names = named(spec)

    fresh = {(piece.beat, piece.part) for piece, name in zip(new_pieces, new_names) if name not in names}
    assert fresh <= {(2, piece.part) for piece in new_pieces if piece.beat == 2} | {(3, 0)}
    assert {beat for beat, _ in fresh} == {2, 3}


def test_a_move_renames_what_comes_after_it(monkeypatch):
    """A ball that has gone two steps, not one, lies elsewhere in all later pieces, and in no earlier one."""
    spec = small("parabola")
    script = told(spec).script
    which = next(index for index, beat in enumerate(script) if any(move.channel == "progress" for move in beat.moves))
    _, names = named(spec)

    def change(beat: Beat) -> Beat:
        further = walk(2, 1.3)[0]
        moves = [replace(further, cue=move.cue) if move.channel == "progress" else move for move in beat.moves]
        return replace(beat, moves=tuple(moves))

    rewritten("parabola", which, change, monkeypatch)
    new_pieces, new_names = named(spec)
    kept = {piece.beat for piece, name in zip(new_pieces, new_names) if name in names}

    assert kept >= set(range(which))
    assert which not in kept
    assert all(name not in names for piece, name in zip(new_pieces, new_names) if piece.beat == which + 1)


def test_without_burned_captions_words_do_not_matter(monkeypatch):
    """Where the picture holds no captions, a sentence as long as the one before renames nothing."""
    spec = small("parabola", captions="soft")
    _, names = named(spec)

    def change(beat: Beat) -> Beat:
        return replace(beat, words=replace(beat.words, template=beat.words.template.swapcase()))

    which = next(index for index, beat in enumerate(told(spec).script) if not beat.words.values)
    rewritten("parabola", which, change, monkeypatch)

    assert named(spec)[1] == names
    assert named(replace(spec, captions="both"))[1] != names


def test_a_caption_that_fades_across_a_cut_is_in_the_name():
    """A piece that begins while a beat's first caption is still going is named by it, too."""
    spec = small("parabola", fps=30)
    story = told(spec)
    names = []
    for word in ("one", "six"):
        words = say(f"Here is {word}. " + "Then come two, three, four, five and seven, and then an eight. " * 2)
        wordy = replace(story.beats[1], beat=replace(story.beats[1].beat, words=words))
        beats = (story.beats[0], wordy, *story.beats[2:])
        _, second, *_ = beat_cues(wordy, spec.fps)
        piece = Piece(1, 1, 1, second.start + 1, 2)
        names += piece_keys(spec, LESSONS["parabola"], story._replace(beats=beats), [piece])

    assert fade_frames(spec.fps) > 3
    assert names[0] != names[1]


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
    "words": ((0.5,),),
    "transparent": True,
    "learning_rates": (0.1, 0.2),
    "max_size": 10**6,
    "repeats": False,
    "title": "Down we go",
    "data": "doubles",
    "data_digest": "0123456789abcdef",
    "model": "line",
    "batch_size": 2,
    "epochs": 3,
    "seed": 1,
    "optimisers": ("momentum", "adam"),
    "tune": True,
    "schedules": ("cosine",),
    "hidden": 3,
    "points_a_side": 24,
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
    story = told(spec)
    pieces = cut_pieces(story.beats, spec.fps)
    names = piece_keys(spec, LESSONS["parabola"], story, pieces)
    others = piece_keys(replace(spec, **{field: OTHER[field]}), LESSONS["parabola"], story, pieces)

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
    """Whether the picture holds captions, and whether it has room for them, is in the names, however it is said."""
    both, burned, soft, none = (named(small("parabola", captions=how))[1] for how in ("both", "burned", "soft", "none"))

    assert both == burned
    assert set(both).isdisjoint(soft)
    assert set(none).isdisjoint({*both, *soft})


class Watched(RenderSpec):
    """A spec that notes which of its fields are read.

    burned, captioned: as the spec has them, without a note: they are in the names of pieces by themselves.
    """

    read: ClassVar[set[str]] = set()
    burned = property(lambda self: object.__getattribute__(self, "captions") in ("burned", "both"))
    captioned = property(lambda self: object.__getattribute__(self, "captions") != "none")

    def __getattribute__(self, name: str) -> object:
        caller = sys._getframe(1)
        if name in FIELDS and caller.f_globals["__name__"] != "dataclasses" and caller.f_code.co_name != "__hash__":
            Watched.read.add(name)  # a copy, or a key of a table, draws nothing
        return super().__getattribute__(name)


@pytest.fixture
def watched() -> type[Watched]:
    """The class, with nothing noted."""
    Watched.read.clear()
    return Watched


@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("scene", LESSONS)
def test_no_lesson_draws_with_what_is_not_in_its_names(scene, cut, watched, drawn):
    """A lesson that is drawn from its first to its last frame reads no field that leaves its pieces' names alone.

    Only `speech` and `words` are read, and are in the names by what they do to the moves: when they begin, how long
    they take.
    """
    spec = watched(scene, width=64, height=36, fps=2, cut=cut)
    frames = drawn(spec, pieces_of(small(scene, fps=2, cut=cut)))

    assert len(frames) == told(small(scene, fps=2, cut=cut)).frames
    assert {"width", "height", "fps", "theme", "cut", "learning_rate"} <= watched.read
    assert watched.read & set(UNSEEN) == {"speech", "words"}


def pieces_of(spec: RenderSpec) -> tuple[Piece, ...]:
    """The pieces of a film."""
    return cut_pieces(told(spec).beats, spec.fps)


def test_a_voice_that_takes_longer_renames_what_it_lengthens():
    """A sentence that is spoken for longer makes its beat longer, and no other beat's pieces are others."""
    spec = small("parabola")
    count = len(told(spec).beats)
    names = named(replace(spec, speech=(2.0,) * count))[1]
    pieces, others = named(replace(spec, speech=(2.0, 20.0, *(2.0,) * (count - 2))))

    assert {piece.beat for piece, name in zip(pieces, others) if name not in names} == {1}


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


@pytest.fixture
def copied(tmp_path, monkeypatch) -> Iterator[Path]:
    """A copy of the package `scenes` that the digest is made of, to be changed at will."""
    folder = tmp_path / "scenes"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(scenes, "__path__", [str(folder)])
    closure._imports.cache_clear()
    yield folder
    closure._imports.cache_clear()


def changed_by(copied: Path, edited: Iterable[str]) -> dict[str, set[str]]:
    """For each of these modules, by its path, the lessons whose code is another when it is."""
    whole = {name: code_digest(lesson.parts_module) for name, lesson in LESSONS.items()}
    changed = {}
    for place in edited:
        path = copied / place
        source = path.read_bytes()
        path.write_bytes(source + b"# more\n")
        digests = {name: code_digest(lesson.parts_module) for name, lesson in LESSONS.items()}
        changed[place] = {name for name in LESSONS if digests[name] != whole[name]}
        path.write_bytes(source)
    return changed


EVERYWHERE = (
    *("stage/lesson.py", "stage/picture.py", "stage/marks.py", "stage/part.py", "stage/captions.py", "film/draw.py"),
    *("script/timeline.py", "script/easing.py", "stage/composition.py", "film/renderer.py", "film/frame_store.py"),
)
UNDRAWN = (
    *("film/doctor.py", "film/render.py", "film/cache.py", "film/publish.py", "catalogue.py", "voice/piper.py"),
    *("command/story.py", "command/options.py", "phrases/endings.py", "phrases/outcomes.py", "phrases/felt_slope.py"),
)


def test_code_that_draws_is_in_the_names_of_its_lesson_alone(copied):
    """An edit of a lesson's parts renames that lesson's pieces; one of a story, a phrase or a command, none.

    What every film is drawn with renames all.
    """
    rooms = {name: f"lessons/{name.replace('-', '_')}" for name in LESSONS}
    own = {f"{room}/parts.py": {name} for name, room in rooms.items()}
    unseen = [*(f"{room}/story.py" for room in rooms.values()), *UNDRAWN]
    expected = own | {path: set(LESSONS) for path in EVERYWHERE} | {path: set() for path in unseen}

    assert changed_by(copied, expected) == expected


def test_every_lesson_is_drawn_with_the_modules_in_its_names(drawn, monkeypatch):
    """Whatever function of ours runs while a lesson is drawn, its module is in the digest of the lesson's code."""
    for name, lesson in LESSONS.items():
        spec = small(name, fps=1)
        story = told(spec)
        monkeypatch.setattr(stage_lesson, "tell_story", lambda lesson, spec, language=None, story=story: story)
        pieces = cut_pieces(story.beats, spec.fps)
        ran = modules_run(lambda: drawn(spec, pieces))  # noqa: B023 - called at once
        monkeypatch.undo()
        known = closure.closure((*DRAWING, lesson.parts_module)) | set(TABLES)

        assert {f"scenes.lessons.{name.replace('-', '_')}.parts", "scenes.stage.picture"} <= ran
        assert ran - known == set(), name


def modules_run(work: Callable[[], object]) -> set[str]:
    """The modules of `scenes` whose functions are called by `work`."""
    codes = {}

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            codes[frame.f_code] = frame.f_globals.get("__name__", "")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    modules = (name for code, name in codes.items() if code.co_name != "<module>")
    return {name for name in modules if name.startswith("scenes.")}
