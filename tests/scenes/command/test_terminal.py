"""Text on the terminal: nothing in it controls the terminal, and nothing about it ends a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scenes.command.terminal import one_line, printable

ROOT = Path(__file__).parents[3]
CLI = [sys.executable, str(ROOT / "cli.py")]
SMALL = ["--steps", "1", "--cut", "loop", "-r", "160,160", "--fps", "10", "--jobs", "1"]


def shell(command: str, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line under sh, its words in the place of "$@"."""
    return subprocess.run(
        ["sh", "-c", command, "sh", *CLI, *words], capture_output=True, env={**os.environ, **environment}, timeout=300
    )


@given(text=some.text())
def test_nothing_printed_controls_the_terminal(text):
    """Whatever a text holds, what is shown of it has no control character, and is a single line."""
    shown = one_line(text)

    assert all(sign.isprintable() or sign in "\t\N{NO-BREAK SPACE}" for sign in shown)
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("bad\udcff.gif", "bad\\xff.gif"),
        ("\u202egnp.mlif", "\\u202egnp.mlif"),
        ("θ₁ ≈ 3\N{NO-BREAK SPACE}m", "θ₁ ≈ 3\N{NO-BREAK SPACE}m"),
    ],
)
def test_escapes_say_what_was_there(text, shown):
    """Control characters, bytes that are no text and marks that turn its direction are escapes; words stay."""
    assert shown == one_line(text)


@pytest.mark.parametrize("words", [["rendr\x1b[2J"], ["render", "parabola", "\x1b[2J"], ["list", "--\x1b[2J"]])
def test_an_escape_in_an_argument_is_shown_escaped(words):
    """A mistake is told with the word that was typed, but no escape of it reaches the terminal."""
    done = shell('"$@"', *words)

    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert b"\\x1b[2J" in done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437", "utf-8", "utf-16"])
@pytest.mark.parametrize(
    "words",
    [["simulate", "--function", "theta**2"], ["simulate", "bowl"], ["simulate", "--data", "doubles"], ["render", "-h"]],
    ids=" ".join,
)
def test_no_character_ends_a_command(encoding, words):
    """In an encoding that lacks θ, ₁ or … the answer is there all the same, spelt in what the encoding has."""
    done = shell('"$@"', *words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")

    assert (done.returncode, done.stderr) == (0, b"")
    # Click takes an output that claims to be ASCII for one that nobody set up, and writes UTF-8.
    assert len(done.stdout.decode("utf-8" if encoding == "ascii" else encoding).splitlines()) > 3


def test_what_an_encoding_lacks_is_spelt():
    """θ is theta where there is no θ, as it is typed."""
    done = shell('"$@"', "simulate", "bowl", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")

    assert done.stdout.decode("cp1252").split()[:3] == ["step", "theta1", "theta2"]


@pytest.mark.parametrize(
    "words", [["list"], ["--help"], [], ["simulate", "parabola"], ["doctor", "--json"]], ids=" ".join
)
def test_an_answer_that_cannot_be_written_is_one_line(words):
    """Standard output on a full disk: one line that says so, exit code 1."""
    done = shell('"$@" >/dev/full', *words)

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["cli.py: cannot write to standard output: no space left on device"]


def test_a_reader_that_leaves_is_no_fault():
    """`gdsim simulate | head -1`: nothing is said on standard error."""
    done = shell('"$@" | head -1', "simulate", "parabola", "--steps", "30000", "--lr", "1e-6")

    assert (len(done.stdout.splitlines()), done.stderr) == (1, b"")


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", ">&- 2>&- <&-"])
def test_a_film_needs_no_standard_error(where, tmp_path):
    """Standard error closed or full, or nothing open at all: the film is made and the exit code is 0."""
    film = tmp_path / "film.gif"
    done = shell(f'"$@" {where}', "render", "parabola", *SMALL, "-o", str(film))

    assert done.returncode == 0
    assert film.read_bytes().startswith(b"GIF89a")


def test_a_mistake_needs_no_standard_error():
    """Where the line about a mistake cannot be written the exit code still tells it."""
    assert shell('"$@" 2>/dev/full', "render", "parabla").returncode == 2
