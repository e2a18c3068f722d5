"""What the program tells people to type can be typed as it stands, in a checkout and elsewhere."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from scenes import remedy

ROOT = Path(__file__).parents[2]


def test_what_is_told_to_type_runs():
    """The command's interpreter is this one and its pip answers, from the folder where it was told."""
    words = shlex.split(remedy.pip_install("numpy>=2.0"))
    done = subprocess.run([*words[:3], "--version"], capture_output=True, text=True, check=True)

    assert words[1:] == ["-m", "pip", "install", "numpy>=2.0"]
    assert Path(words[0]).resolve() == Path(sys.executable).resolve()
    assert done.stdout.startswith("pip ")


def test_without_pip_another_installer_is_named(monkeypatch):
    """A virtual environment that uv made has no pip: uv's own command is told."""
    monkeypatch.setattr(remedy, "find_spec", lambda name: None)
    monkeypatch.setattr(remedy.shutil, "which", lambda name: f"/usr/bin/{name}")

    assert remedy.pip_install("rich").startswith("uv pip install --python ")


@pytest.mark.parametrize(("start", "expected"), [("cli.py", "cli.py"), ("/x/gdsim/__main__.py", "-m gdsim")])
def test_a_program_without_a_script_is_started_as_it_was(start, expected, monkeypatch):
    """In a checkout without the installed script the doctor is called the way this program was."""
    monkeypatch.setattr(remedy.shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "argv", [start])

    assert remedy.program().endswith(expected)


def test_a_doctor_is_named_that_runs(monkeypatch):
    """The program that is named answers."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(remedy.shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["-m"])
    done = subprocess.run([*shlex.split(remedy.program()), "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("gdsim")


@pytest.mark.parametrize(("system", "tool"), [("linux", "apt-get"), ("darwin", "brew"), ("win32", "")])
def test_libraries_are_this_systems(system, tool, monkeypatch):
    """Each system's own installer, and none where wheels have the libraries."""
    monkeypatch.setattr(sys, "platform", system)

    assert tool in remedy.libraries()
    assert bool(tool) == bool(remedy.libraries())
