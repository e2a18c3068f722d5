"""Speaking needs no network, and leaves files nowhere but in our own cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
# Any socket that this process, a library in it, or a process that it starts asks for ends that process at once: on
# Linux the kernel sees to that (seccomp, see linux/filter.h and linux/seccomp.h), elsewhere Python does for itself.
WITHOUT_SOCKETS = """
import ctypes, platform, runpy, struct, sys

def refuse(event, given):
    if event == "socket.__new__":
        sys.exit("a socket")

sys.addaudithook(refuse)
if sys.platform == "linux":
    machine, call = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}[platform.machine()]
    LOAD, JUMP_IF_EQUAL, RETURN, ALLOW, KILL = 0x20, 0x15, 0x06, 0x7FFF0000, 0x80000000
    steps = [
        (LOAD, 0, 0, 4), (JUMP_IF_EQUAL, 0, 3, machine),  # the machine's kind, then the number of the system call
        (LOAD, 0, 0, 0), (JUMP_IF_EQUAL, 0, 1, call), (RETURN, 0, 0, KILL), (RETURN, 0, 0, ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HP", len(steps), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    assert prctl(38, 1, 0, 0, 0) == 0, "no new privileges"
    assert prctl(22, 2, program, 0, 0) == 0, f"no filter: error {ctypes.get_errno()}"
"""
RENDER = "sys.argv[0] = 'gdsim'; runpy.run_module('gdsim', run_name='__main__')"
CALL = "import socket; socket.getaddrinfo('example.invalid', 80)"


def without_sockets(folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program that may open no socket, with a home, a cache and a temporary folder of its own."""
    places = {"HOME": "home", "USERPROFILE": "home", "XDG_CACHE_HOME": "cache", "LOCALAPPDATA": "cache"}
    places |= {"XDG_CONFIG_HOME": "home", "XDG_DATA_HOME": "home", "XDG_STATE_HOME": "home"}
    places |= {"TMPDIR": "temporary", "TEMP": "temporary", "TMP": "temporary"}
    for place in {*places.values(), "here", "films"}:
        (folder / place).mkdir()
    environment = {**os.environ, **{name: str(folder / place) for name, place in places.items()}}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_SOCKETS + program, *words],
        cwd=folder / "here",
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


def test_a_spoken_film_asks_for_no_socket_and_writes_only_where_it_says(tmp_path):
    """With every socket forbidden a film is spoken and made; beside it only our own folder of the cache is there."""
    film = tmp_path / "films" / "film.mp4"
    words = ["render", "parabola", "--voice", "piper", "-r", "160,160", "--fps", "5", "--jobs", "2", "--no-texts"]
    done = without_sockets(tmp_path, RENDER, *words, "-o", str(film))

    assert done.returncode == 0, done.stderr
    found = {place.name: [path.name for path in place.iterdir()] for place in tmp_path.iterdir()}
    assert found == {"home": [], "cache": ["gdsim"], "temporary": [], "here": [], "films": ["film.mp4"]}


def test_a_program_that_asks_for_a_socket_is_noticed(tmp_path):
    """The test above would see one: a program that looks up a host does not come to its end."""
    assert without_sockets(tmp_path, CALL).returncode != 0
