"""A finished film is opened where something can show it; where nothing can, one line says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.command import preview, story


def opener(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Have the system's opener be this script."""
    for name in ("xdg-open", "open"):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_a_viewer_gets_the_file(tmp_path, monkeypatch):
    """The system's opener is called with the file's whole path."""
    opener(tmp_path, monkeypatch, f'echo "$1" > {tmp_path}/seen')

    assert preview.opened(Path("film.mp4"))
    assert (tmp_path / "seen").read_text().strip() == str(Path("film.mp4").absolute())


@pytest.mark.parametrize("script", ["echo a; echo b >&2; exit 3", None])
def test_no_viewer_is_one_line(script, tmp_path, monkeypatch, capfd):
    """An opener that fails, whatever it prints, or none at all: one line on standard error, nothing else."""
    if script is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        opener(tmp_path, monkeypatch, script)
    story.preview(Path("film.mp4"))

    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == ["cannot open film.mp4: this system has no viewer for it; the file is finished"]
