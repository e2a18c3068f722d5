"""What a user installs: the wheel and the sdist, built here and used away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from build import ProjectBuilder

import gdsim
from scenes.catalogue import LESSONS

HOUSE = Path(__file__).parents[1]


class Installed:
    """An environment that holds the wheel, and this one's distributions, but not this one's gdsim."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.cwd = folder / "somewhere"
        self.cwd.mkdir()
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
        self.programs = folder / "venv" / Path(sysconfig.get_path("scripts")).name
        pip = [sys.executable, "-m", "pip", "--python", self.programs / "python", "install"]
        subprocess.run([*pip, "--quiet", "--no-index", "--no-deps", wheel], check=True)
        # A path that a .pth file adds is searched, but its own .pth files are not read:
        # so the link that an editable install leaves there leads nowhere.
        site = Path(self.python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
        (site / "neighbours.pth").write_text(sysconfig.get_path("purelib"))

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("python", *words)

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, away from the checkout."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [self.programs / program, *words]
        return subprocess.run(command, cwd=self.cwd, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by the backend that pyproject.toml names."""
    return Path(ProjectBuilder(HOUSE).build("wheel", tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def installed(tmp_path_factory, wheel):
    """The wheel in an environment of its own."""
    return Installed(tmp_path_factory.mktemp("user"), wheel)


def test_a_wheel_holds_one_package(wheel):
    """The wheel has gdsim with the command line and the scenes inside, and no other top-level name."""
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names} == {"gdsim", f"gdsim-{gdsim.__version__}.dist-info"}
    assert {"gdsim/_app/cli.py", "gdsim/_app/scenes/catalogue.py", "gdsim/__main__.py", "gdsim/py.typed"} <= set(names)
    assert [name for name in names if {"tests", "__pycache__"} & set(name.split("/"))] == []


def test_the_version_has_one_source(wheel):
    """The version that pip knows is gdsim.__version__; the licence comes along."""
    names = zipfile.ZipFile(wheel).namelist()

    assert wheel.name == f"gdsim-{gdsim.__version__}-py3-none-any.whl"
    assert f"gdsim-{gdsim.__version__}.dist-info/licenses/LICENSE" in names


def test_an_sdist_builds_the_same_wheel(tmp_path, wheel):
    """The sdist holds all that the tests and the set-up need, and its wheel has the same files with the same bytes."""
    sdist = ProjectBuilder(HOUSE).build("sdist", tmp_path)
    subprocess.run([sys.executable, "-m", "tarfile", "-e", sdist, tmp_path], check=True, capture_output=True)
    unpacked = tmp_path / f"gdsim-{gdsim.__version__}"
    again = ProjectBuilder(unpacked).build("wheel", tmp_path)

    for name in ("Makefile", "constraints.txt", ".ci/setup", "README.md", "LICENSE", "tests/test_packaging.py"):
        assert (unpacked / name).exists(), name
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert {name: first.read(name) for name in first.namelist()} == {
            name: second.read(name) for name in second.namelist()
        }


@pytest.mark.parametrize("program", [["gdsim"], ["python", "-m", "gdsim"]], ids=" ".join)
def test_an_installed_gdsim_answers(installed, program):
    """`gdsim` and `python -m gdsim` answer with their version, help and lessons, wherever they are called."""
    version, usage, lessons = (installed.run(*program, word) for word in ("--version", "--help", "list"))

    assert version.stdout.split()[-1] == gdsim.__version__, version.stderr
    assert usage.stdout.startswith("Usage: gdsim "), usage.stderr
    assert [line.split()[0] for line in lessons.stdout.splitlines()] == list(LESSONS), lessons.stderr


@pytest.mark.parametrize("name", ["cli", "scenes"])
def test_no_common_name_is_taken(installed, name):
    """A wheel leaves the names `cli` and `scenes` to the user."""
    done = installed.python("-c", f"import gdsim, importlib.util; print(importlib.util.find_spec({name!r}))")

    assert done.stdout == "None\n", done.stderr


def test_a_namesake_in_the_users_folder_is_not_run(installed):
    """A cli.py and a scenes folder of the user's own do not stand in for the program's."""
    (installed.cwd / "cli.py").write_text("raise SystemExit('the cli of the user')")
    (installed.cwd / "scenes").mkdir()
    (installed.cwd / "scenes" / "__init__.py").write_text("raise SystemExit('the scenes of the user')")
    done = installed.python("-m", "gdsim", "list")

    assert done.returncode == 0, done.stderr


def test_an_installed_gdsim_renders(installed):
    """The wheel draws a GIF without the checkout: all that a film needs is inside, or is a dependency."""
    done = installed.run("gdsim", "render", "parabola", "-q", "l", "--cut", "loop", "-o", "loop.gif")

    assert done.returncode == 0, done.stderr
    assert (installed.cwd / "loop.gif").read_bytes().startswith(b"GIF89a")
    assert sorted(path.name for path in installed.cwd.glob("*.gif*")) == ["loop.gif"]


def test_an_installed_gdsim_renders_from_python(installed):
    """`gdsim.render` makes a film away from the checkout, and its Film shows it."""
    words = "'bowl', cut='loop', resolution=(160, 160), fps=5, steps=1, output='from python.mp4', cache=False"
    script = f"import gdsim; film = gdsim.render({words}); print(film.paths[0].stat().st_size, film._repr_html_()[:7])"
    done = installed.python("-c", script)

    assert done.stdout.split() == [str((installed.cwd / "from python.mp4").stat().st_size), "<figure"], done.stderr
    assert done.stderr == ""


def test_an_installed_gdsim_writes_a_laboratory(installed):
    """The wheel holds the page's scripts, style and template: `gdsim lab` and `gdsim.lab` make the same page."""
    done = installed.run("gdsim", "lab", "-o", "lab.html")
    shown = installed.python("-c", "import gdsim; gdsim.lab().save('shown.html')")

    assert (done.returncode, shown.returncode) == (0, 0), done.stderr + shown.stderr
    assert (installed.cwd / "lab.html").read_bytes() == (installed.cwd / "shown.html").read_bytes()
    assert b"</html>" in (installed.cwd / "lab.html").read_bytes()
