"""Publishing: a file appears whole, by one rename, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from scenes.film.publish import DRAFT, TargetError, check_target, publishing

HOME = Path(__file__).parents[3]


def test_a_target_appears_when_all_is_done(tmp_path):
    """While drafts are written the targets are untouched; afterwards they are whole and alone."""
    targets = [tmp_path / "film.mp4", tmp_path / "film.gif"]
    targets[0].write_text("older")
    with publishing(targets) as drafts:
        for draft in drafts:
            draft.write_text("new")

        assert targets[0].read_text() == "older"
        assert not targets[1].exists()
    assert [target.read_text() for target in targets] == ["new", "new"]
    assert sorted(tmp_path.iterdir()) == sorted(targets)


@pytest.mark.parametrize("problem", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_what_was_there(problem, tmp_path):
    """Whatever ends the work, the older file stays and no draft is left."""
    target = tmp_path / "film.mp4"
    target.write_text("older")

    def fail() -> None:
        with publishing([target]) as (draft,):
            draft.write_text("half of the n")
            raise problem

    with pytest.raises(problem):
        fail()

    assert target.read_text() == "older"
    assert list(tmp_path.iterdir()) == [target]


def test_a_draft_keeps_the_targets_suffix(tmp_path):
    """Writers that go by the suffix write into a draft what they would write into the target."""
    with publishing([tmp_path / "film.webm"]) as (draft,):
        assert draft.suffix == ".webm"
        draft.write_text("film")


def test_a_published_file_has_the_users_mode(tmp_path):
    """The umask decides who may read it, as for any file."""
    mask = os.umask(0o027)
    try:
        with publishing([tmp_path / "film.mp4"]) as (draft,):
            draft.write_text("film")
    finally:
        os.umask(mask)

    assert (tmp_path / "film.mp4").stat().st_mode & 0o777 == 0o640


def test_what_a_killed_render_left_is_swept(tmp_path):
    """A draft whose process is gone vanishes with the next film; one that is being written stays."""
    code = (
        "import os, sys, pathlib; from scenes.film.publish import publishing\n"
        "with publishing([pathlib.Path(sys.argv[1])]) as (draft,):\n"
        "    draft.write_text('half of the n')\n"
        "    os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "film.mp4")], cwd=HOME, check=False)
    left = list(tmp_path.iterdir())
    assert left != []
    assert all(place.name.startswith(DRAFT) for place in left)

    with publishing([tmp_path / "one.mp4"]) as (alive,):
        alive.write_text("one")
        assert not any(place.exists() for place in left)
        with publishing([tmp_path / "two.mp4"]) as (other,):
            other.write_text("two")
        assert alive.exists()
    assert sorted(tmp_path.iterdir()) == [tmp_path / "one.mp4", tmp_path / "two.mp4"]


WRITER = """
import sys, time
from pathlib import Path
from scenes.film.publish import publishing

folder, name = Path(sys.argv[1]), sys.argv[2]
for number in range(60):
    with publishing([folder / f"{name}.mp4", folder / "shared.mp4"]) as drafts:
        for draft in drafts:
            first = draft.with_name(f"{draft.stem}-silent.mp4")
            first.write_text("half")
            draft.write_text("new")
            first.write_text(name)
            first.replace(draft)
"""


def test_films_beside_each_other_leave_each_others_drafts_alone(tmp_path):
    """Six processes publish into one folder, also under one name; what they write beside a draft and rename is safe."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), f"film-{number}"], cwd=HOME, stderr=PIPE)
        for number in range(6)
    ]
    said = [writer.communicate()[1].decode() for writer in writers]

    assert said == [""] * 6
    names = [f"film-{number}" for number in range(6)]
    assert sorted(path.stem for path in tmp_path.iterdir()) == [*names, "shared"]
    assert [(tmp_path / f"{name}.mp4").read_text() for name in names] == names
    assert (tmp_path / "shared.mp4").read_text() in names


def test_a_missing_folder_is_made(tmp_path):
    """A target in a folder that is not there yet is fine."""
    check_target(tmp_path / "a" / "b" / "film.mp4")

    assert (tmp_path / "a" / "b").is_dir()


def test_a_place_that_takes_no_file_is_told(tmp_path):
    """A folder as a file, and a file as a folder, are named."""
    (tmp_path / "film.mp4").mkdir()
    (tmp_path / "notes").write_text("mine")

    with pytest.raises(TargetError, match="is a folder"):
        check_target(tmp_path / "film.mp4")
    with pytest.raises(TargetError, match="notes is a file"):
        check_target(tmp_path / "notes" / "film.mp4")
