"""However a render ends: no broken file is published, no process and no temporary file is left behind."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from scenes.film import publish, scratch_dir

ROOT = Path(__file__).parents[3]
BEFORE = b"an earlier film"
# A film that two processes draw in a few seconds, long enough to be disturbed at any moment.
OPTIONS = {"--cut": "loop", "-r": "640,360", "--fps": "60", "--jobs": "2"}


class Render:
    """`gdsim render` in a process of its own, with a temporary folder of its own."""

    def __init__(self, folder: Path, *words: str, path: str = "") -> None:
        self.temporary, self.films = folder / "temporary", folder / "films"
        for place in (self.temporary, self.films):
            place.mkdir(exist_ok=True)
        self.target = self.films / "film.mp4"
        environment = {
            **os.environ,
            "TMPDIR": str(self.temporary),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT)))),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gdsim", "render", "parabola", "--no-cache", *asked(words), "-o", str(self.target)],
            env=environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            cwd=folder,
        )

    def ended(self) -> tuple[int, str]:
        """Its exit code and what it said last."""
        _, said = self.process.communicate(timeout=120)
        return self.process.returncode, (said.strip().splitlines() or [""])[-1]

    def workers(self) -> list[int]:
        """Processes that work in its temporary folder."""
        found = []
        for line in listed():
            number, _, command = line.strip().partition(" ")
            if "scenes.film.worker" in command and str(self.temporary) in command:
                found.append(int(number))
        return found

    def wait_for_workers(self) -> list[int]:
        """The workers, as soon as there are two."""
        while self.process.poll() is None and len(found := self.workers()) < 2:
            time.sleep(0.02)
        return found

    def gone(self) -> bool:
        """Whether its workers are gone; they may take a moment to notice."""
        for _ in range(250):
            if not self.workers():
                return True
            time.sleep(0.02)
        return False

    def left(self) -> list[str]:
        """What it left behind, but for the film and what Python's own tools leave."""
        places = [*self.temporary.iterdir(), *self.films.iterdir()]
        return [place.name for place in places if place != self.target and place.suffix not in (".srt", ".vtt", ".txt")]


def asked(words: tuple[str, ...]) -> list[str]:
    """The usual options, but for those that the words give: each stands once."""
    usual = [word for option, value in OPTIONS.items() if option not in words for word in (option, value)]
    return [*usual, *words]


def listed() -> list[str]:
    """A line a process: its number and its command."""
    if Path("/proc/self/cmdline").exists():
        lines = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                lines.append(f"{entry.parent.name} {entry.read_bytes().replace(bytes(1), b' ').decode()}")
            except OSError:
                continue  # it has just ended
        return lines
    return subprocess.run(
        ["ps", "-ax", "-o", "pid=,command="], capture_output=True, text=True, check=True
    ).stdout.splitlines()


def whole(path: Path) -> bool:
    """Whether a film can be decoded to its last frame."""
    with av.open(str(path)) as film:
        return sum(1 for _ in film.decode(video=0)) == film.streams.video[0].frames > 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_render_that_is_asked_to_stop_leaves_nothing(number, code, jobs, tmp_path):
    """Ctrl-C and SIGTERM: the exit code says so, the earlier film stays, all else is cleaned up."""
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "film.mp4").write_bytes(BEFORE)
    render = Render(tmp_path, "--jobs", jobs, "--fps", "120", "-q", "h")
    if jobs == "2":
        render.wait_for_workers()
    else:
        while not list(render.temporary.glob("gdsim-work-*/*.store")) and not list(
            render.temporary.glob("gdsim-work-*/*.mp4")
        ):
            time.sleep(0.02)
    render.process.send_signal(number)
    ended, _ = render.ended()

    assert ended == code
    assert render.gone()
    assert render.left() == []
    assert render.target.read_bytes() == BEFORE


def test_ctrl_c_ends_with_its_code_also_inside_an_exec(tmp_path):
    """Python would end by the signal, not with 130, if Ctrl-C fell into an exec of a string (as dataclasses use)."""
    (tmp_path / "caught.py").write_text(
        "import cli\n"
        "line = 'import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)'\n"
        "cli._run = lambda name: exec(line)\n"
        "cli.main('gdsim')\n"
    )
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))
    ended = subprocess.run(
        [sys.executable, "-m", "caught"], env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr) == (130, "gdsim: stopped; nothing was written\n")


@pytest.mark.parametrize("seed", range(3))
def test_a_worker_that_is_killed_ends_the_render(seed, tmp_path):
    """A worker dies at any moment: one line says so, the other is ended, nothing is published."""
    render = Render(tmp_path, "--cut", "full", "--voice", "none", "--fps", "120")  # long enough for a fast machine, too
    victim = random.Random(seed).choice(render.wait_for_workers())
    time.sleep(random.Random(seed).uniform(0, 1.2))
    os.kill(victim, signal.SIGKILL)
    code, said = render.ended()

    assert code == 1
    assert said == "gdsim: the render failed: a worker was killed by signal 9"
    assert render.gone()
    assert render.left() == []
    assert not render.target.exists()


@pytest.mark.parametrize("seed", range(4))
def test_a_render_that_is_killed_publishes_nothing_broken(seed, tmp_path):
    """`kill -9` at any moment: the target holds the film before or a whole new one; the next run sweeps."""
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "film.mp4").write_bytes(BEFORE)
    render = Render(tmp_path)
    time.sleep(random.Random(seed).uniform(0.1, 4.0))
    render.process.kill()
    render.ended()

    assert render.gone()
    assert render.target.read_bytes() == BEFORE or whole(render.target)
    again = Render(tmp_path)
    assert again.ended()[0] == 0
    assert whole(again.target)
    assert again.left() == []


@pytest.mark.parametrize("words", [("--optimiser", "nosuch"), ("--schedule", "nosuch"), ("--start", "1,2,3")])
def test_a_mistake_found_while_workers_stand_by_ends_them(words, tmp_path):
    """What only the story can find wrong is one line and exit code 2, and nothing stays behind."""
    render = Render(tmp_path, *words)
    code, said = render.ended()

    assert code == 2
    assert said.startswith("gdsim: ")
    assert render.gone()
    assert render.left() == []


STEEP = """
import sys
if "scenes.film.worker" in sys.orig_argv:
    from scenes.stage.parts.plane import Plane
    def fail(self, now):
        raise ValueError("the hill is too steep")
    Plane.marks = fail
"""


def test_a_worker_that_raises_says_where(tmp_path):
    """A fault in a beat is told with the beat's number and chapter; the other worker is ended."""
    (tmp_path / "sitecustomize.py").write_text(STEEP)
    render = Render(tmp_path, path=str(tmp_path))
    code, said = render.ended()

    assert code == 1
    assert re.fullmatch(r"gdsim: the render failed: beat 1 \(.+\): ValueError: the hill is too steep", said)
    assert render.gone()
    assert render.left() == []
    assert not render.target.exists()


def test_a_disk_that_is_full_is_one_line(tmp_path):
    """No room for the film: the reason in a line, exit code 1, nothing left behind."""
    limit = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    target = tmp_path / "film.mp4"
    words = ["render", "parabola", "--cut", "loop", "-q", "l", "--no-cache", "--jobs", "1", "-o", str(target)]
    start = f"{limit}sys.argv = ['gdsim', *{words!r}]; runpy.run_module('gdsim', run_name='__main__')"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", start], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("gdsim: the render failed: file too large")
    assert [place.name for place in tmp_path.iterdir()] == []


def test_a_live_run_is_not_swept(tmp_path, monkeypatch):
    """The folder and the draft of a run that is still at work are left alone by another."""
    monkeypatch.setattr(scratch_dir.tempfile, "gettempdir", lambda: str(tmp_path))
    target = tmp_path / "film.mp4"
    with scratch_dir.scratch_dir() as mine, publish.publishing([target]) as (draft,):
        draft.write_text("mine")
        environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
        other = (
            "from pathlib import Path\n"
            "from scenes.film import publish, scratch_dir\n"
            f"with scratch_dir.scratch_dir(), publish.publishing([Path({str(target)!r})]) as (draft,):\n"
            "    draft.write_text('theirs')\n"
        )
        subprocess.run([sys.executable, "-c", other], env=environment, check=True)

        assert mine.is_dir()
        assert draft.exists()
