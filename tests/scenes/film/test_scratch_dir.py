"""Folders that do not outlive their process."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from scenes.film import scratch_dir as module
from scenes.film.scratch_dir import LOCK, WORK, scratch_dir

HOME = Path(__file__).parents[3]
KILLED = """
import os, sys
from pathlib import Path
from scenes.film.scratch_dir import scratch_dir
with scratch_dir(Path(sys.argv[1])) as folder:
    (folder / "0001.mp4").write_text("half of the n")
    os.kill(os.getpid(), 9)
"""


def killed_run(root: Path) -> list[Path]:
    """What a run leaves in `root` that is killed while it works."""
    subprocess.run([sys.executable, "-c", KILLED, str(root)], cwd=HOME, check=False)
    return list(root.iterdir())


def test_nothing_is_left(tmp_path):
    """On leaving, the folder goes with all that is in it, and its lock."""
    with scratch_dir(tmp_path) as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "film.mp4").write_text("half")
        assert folder.name.startswith(WORK)

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_swept(tmp_path):
    """The next run removes the folder of a process that is gone, and leaves that of one that lives."""
    with scratch_dir(tmp_path) as alive:
        left = killed_run(tmp_path)
        assert len(left) == 4

        with scratch_dir(tmp_path) as folder:
            assert {place.name for place in tmp_path.iterdir()} == {
                name for one in (alive, folder) for name in (one.name, f"{one.name}{LOCK}")
            }


@pytest.mark.parametrize("problem", [OSError, KeyboardInterrupt])
def test_a_removal_that_was_cut_short_is_finished_by_the_next_run(problem, tmp_path, monkeypatch):
    """However a removal ends, what remains can be told from a folder in use, and is swept."""
    removed = []

    def remove(path: Path, ignore_errors: bool) -> None:
        for file in path.iterdir():
            file.unlink()
            removed.append(file.name)
        if problem is not OSError:
            raise problem

    def work() -> None:
        with scratch_dir(tmp_path) as folder:
            (folder / "0001.mp4").write_text("half of the n")

    with monkeypatch.context() as patched:
        patched.setattr(module.shutil, "rmtree", remove)
        patched.setattr(module, "_PAUSE_SECONDS", 0.0)
        with suppress(KeyboardInterrupt):
            work()
    assert removed == ["0001.mp4"]
    assert len(list(tmp_path.iterdir())) == 2

    with scratch_dir(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_written_while_the_folder_is_removed_goes_too(tmp_path, monkeypatch):
    """A process that is just being killed may write once more: the folder is removed again."""
    remove, late = module.shutil.rmtree, iter([True])

    def raced(path: Path, ignore_errors: bool) -> None:
        remove(path, ignore_errors=ignore_errors)
        if next(late, False):
            path.mkdir()
            (path / "0002.mp4").write_text("late")

    monkeypatch.setattr(module.shutil, "rmtree", raced)
    with scratch_dir(tmp_path):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_another_run_sweeps_at_once_is_not_used(tmp_path, monkeypatch):
    """Between being made and being locked a lock file looks forsaken: where it was taken for that, there is another."""
    real, swept = module.lock_file, []

    def lock(file) -> bool:
        if not swept:
            (made,) = tmp_path.iterdir()
            made.unlink()
            swept.append(made)
        return real(file)

    monkeypatch.setattr(module, "lock_file", lock)
    with scratch_dir(tmp_path) as folder:
        assert sorted(tmp_path.iterdir()) == [folder, folder.with_name(f"{folder.name}{LOCK}")]

    assert list(tmp_path.iterdir()) == []


def test_a_place_without_locks_is_worked_in_and_never_swept(tmp_path, monkeypatch):
    """Where the file system knows no locks a run goes on, and takes nothing for forsaken."""

    def none(file) -> bool:
        raise OSError(95, "Operation not supported")

    left = killed_run(tmp_path)
    monkeypatch.setattr(module, "lock_file", none)
    with scratch_dir(tmp_path) as folder:
        assert folder.is_dir()

    assert sorted(tmp_path.iterdir()) == sorted(left)


def test_what_only_looks_like_a_lock_is_left_alone(tmp_path):
    """A link of such a name, which another user may have laid, leads nowhere; a folder of the user's stays."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes").write_text("mine")
    (tmp_path / f"{WORK}x{LOCK}").symlink_to(mine / "notes")
    (tmp_path / f"{WORK}x").symlink_to(mine)
    (tmp_path / f"{WORK}y").mkdir()
    (tmp_path / f"{WORK}z{LOCK}").mkdir()

    with scratch_dir(tmp_path):
        pass
    assert (mine / "notes").read_text() == "mine"
    assert {place.name for place in tmp_path.iterdir()} == {
        "mine", f"{WORK}x", f"{WORK}x{LOCK}", f"{WORK}y", f"{WORK}z{LOCK}"
    }  # fmt: skip
