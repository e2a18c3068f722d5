"""Publishing: a file appears whole, by one rename, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenes.film.publish import DRAFT, TargetError, check_target, publishing


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
        "with publishing([pathlib.Path(sys.argv[1])]): os.kill(os.getpid(), 9)"
    )
    home = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "film.mp4")], cwd=home, check=False)
    (forsaken,) = tmp_path.iterdir()
    assert DRAFT in forsaken.name

    with publishing([tmp_path / "one.mp4"]) as (alive,):
        assert not forsaken.exists()
        with publishing([tmp_path / "two.mp4"]):
            assert alive.exists()


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
