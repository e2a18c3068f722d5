"""Publishing: a file appears whole, by one rename, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from scenes.film.publish import DRAFT, TargetError, check_target, publishing
from tests.scenes.film.rights import without_rights

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


def test_a_link_is_followed(tmp_path):
    """A target that is a symbolic link stays one, what it leads to is replaced, and nothing else is left."""
    (tmp_path / "films").mkdir()
    link, real = tmp_path / "latest.gif", tmp_path / "films" / "first.gif"
    link.symlink_to("films/first.gif")
    for content in ("one", "two"):  # the first time the link leads nowhere yet
        check_target(link)
        with publishing([link]) as (draft,):
            draft.write_text(content)

        assert link.readlink() == Path("films/first.gif")
        assert real.read_text() == content
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "films", real, link]


def test_a_pipe_is_refused(tmp_path):
    """A film cannot be written into a pipe: it is left as it is, and the error says what works."""
    os.mkfifo(tmp_path / "film.gif")
    with pytest.raises(TargetError, match=r"film\.gif is a pipe or a device; film\.gif works"):
        check_target(tmp_path / "film.gif")

    assert (tmp_path / "film.gif").is_fifo()


@pytest.mark.parametrize("length", [255, 300])
def test_a_name_too_long_is_told_before_the_work(length, tmp_path):
    """A name for which the file system, or that of a file beside it, has no room: its length is told."""
    name = "n" * (length - 4) + ".gif"
    with pytest.raises(TargetError, match=f"name of {length} bytes is too long"):
        check_target(tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_a_long_name_is_published(tmp_path):
    """The longest name that is taken has room for its draft, too."""
    target = tmp_path / ("é" * 110 + ".gif")
    check_target(target)
    with publishing([target]) as (draft,):
        draft.write_text("film")

    assert target.read_text() == "film"


def test_a_name_that_is_not_utf_8_is_refused(tmp_path):
    """Bytes that are no text can stand in no page and no caption's address: told before the work."""
    with pytest.raises(TargetError, match="must be UTF-8"):
        check_target(tmp_path / "bad\udcff.gif")


@pytest.mark.parametrize("rights", [0o000, 0o500])
def test_a_folder_without_rights_is_told(rights, tmp_path):
    """A folder that may not be searched, or not be written: one line."""
    with without_rights(tmp_path, rights), pytest.raises(TargetError, match=r"cannot write .*: permission denied"):
        check_target(tmp_path / "film.gif")
