"""The set-up of a checkout, on machines made of stand-ins: what it asks for, and that it is done once."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
LIBRARIES = "pkg-config libcairo2-dev libpango1.0-dev gcc libc6-dev"
PROGRAMS = ("cat", "dirname", "env", "make", "mkdir", "mv", "rm", "sh", "test")

# A project without requirements, whose backend is its own: pip installs it without a network.
PROJECT = """
[project]
name = "gdsim"
version = "0"
optional-dependencies = { dev = [] }
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = """
from pathlib import Path
from zipfile import ZipFile

def build_editable(folder, config_settings=None, metadata_directory=None):
    assert not Path("broken").exists(), "the build was made to fail"
    name = "gdsim-0-py3-none-any.whl"
    with ZipFile(Path(folder, name), "w") as wheel:
        wheel.writestr("gdsim.pth", str(Path.cwd()))
        wheel.writestr("gdsim-0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: gdsim\\nVersion: 0\\n")
        wheel.writestr("gdsim-0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("gdsim-0.dist-info/RECORD", "")
    return name
"""


@dataclass
class Machine:
    """A checkout and a PATH of its own, where every call of apt-get and sudo is noted."""

    checkout: Path
    programs: Path

    def put(self, name: str, script: str) -> None:
        """Give the machine a program."""
        path = self.programs / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the checkout, as on a machine of its own and without a network."""
        environment = {"PATH": str(self.programs), "HOME": str(self.checkout.parent), "PIP_NO_INDEX": "1"}
        return subprocess.run(command, cwd=self.checkout, env=environment, capture_output=True, text=True, timeout=120)

    def asked_of_apt(self) -> list[str]:
        """What apt-get was asked to do, in order, without its options."""
        log = self.programs / "apt.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [" ".join(word for word in line.split() if not word.startswith(("-", "DPkg", "Dpkg"))) for line in lines]


@pytest.fixture
def machine(tmp_path):
    """A Linux machine of root's that has a Python and all the libraries; its apt-get notes, and installs nothing."""
    checkout, programs = tmp_path / "a check out", tmp_path / "programs"
    programs.mkdir()
    (checkout / ".ci").mkdir(parents=True)
    for name in ("Makefile", "constraints.txt", ".ci/setup"):
        shutil.copy(HOUSE / name, checkout / name)
    (checkout / "pyproject.toml").write_text(PROJECT)
    (checkout / "backend.py").write_text(BACKEND)
    for name in PROGRAMS:
        (programs / name).symlink_to(shutil.which(name))
    made = Machine(checkout, programs)
    made.put("uname", "case $1 in -m) echo x86_64 ;; *) echo Linux ;; esac")
    made.put("id", "echo 0")
    made.put("pkg-config", "exit 0")
    made.put("gcc", "exit 0")
    made.put("apt-get", f'echo "$@" >>"{programs}/apt.log"; exit 1')
    made.put("python3", f'exec "{sys.executable}" "$@"')
    return made


def without_libraries(machine: Machine) -> None:
    """Remove the compiler, pkg-config and the libraries."""
    (machine.programs / "pkg-config").unlink()
    (machine.programs / "gcc").unlink()


def test_a_bare_machine_is_given_what_the_compiler_asks_for(machine):
    """All that is missing is asked of apt at once; the list of packages is fetched only after a first try failed."""
    without_libraries(machine)
    done = machine.run(".ci/setup")

    assert machine.asked_of_apt() == [f"install {LIBRARIES}", "update"]
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        f"gdsim: apt-get update failed; missing: {LIBRARIES}",
    )


def test_only_what_is_missing_is_asked_for(machine):
    """With a compiler and cairo there, apt is asked for pango alone."""
    machine.put("pkg-config", '[ "$2" = cairo ]')
    machine.run(".ci/setup")

    assert machine.asked_of_apt()[0] == "install libpango1.0-dev"


def test_a_machine_without_python_is_given_one(machine):
    """Where there is no Python at all, apt is asked for it, its headers and its venv."""
    (machine.programs / "python3").unlink()
    machine.run(".ci/setup")

    assert machine.asked_of_apt()[0] == "install python3 python3-dev python3-venv"


def test_a_user_is_root_by_sudo(machine):
    """A user who is not root calls apt through sudo."""
    without_libraries(machine)
    machine.put("id", "echo 1000")
    machine.put("sudo", f'echo sudo >>"{machine.programs}/apt.log"; exec "$@"')
    machine.run(".ci/setup")

    assert machine.asked_of_apt() == ["sudo", f"install {LIBRARIES}", "sudo", "update"]


def test_without_root_and_sudo_the_command_is_told(machine):
    """A user who cannot become root is told, in one line, what root must type; nothing is begun."""
    without_libraries(machine)
    machine.put("id", "echo 1000")
    done = machine.run(".ci/setup")

    assert done.returncode == 1
    assert done.stderr == f"gdsim: missing: {LIBRARIES}. Run as root: apt-get install {LIBRARIES}\n"
    assert not (machine.checkout / ".venv").exists()


def test_a_linux_without_apt_is_told_what_is_missing(machine):
    """Where there is no apt-get, one line names what is missing."""
    without_libraries(machine)
    (machine.programs / "apt-get").unlink()
    done = machine.run(".ci/setup")

    assert done.returncode == 1
    assert done.stderr.startswith(f"gdsim: missing: {LIBRARIES}. ")


def test_macos_is_never_asked_for_apt(machine):
    """On macOS, the user is told to install a missing cairo with Homebrew; apt-get is not called, even if present."""
    machine.put("uname", "echo Darwin")
    machine.put("pkg-config", "exit 1")
    done = machine.run(".ci/setup")

    assert done.stderr == "gdsim: cairo is missing: brew install cairo pkg-config\n"
    assert machine.asked_of_apt() == []


def test_an_old_python_is_refused(machine):
    """A Python below 3.11 is never used: one line says which is required."""
    machine.put("python3", "exit 1")
    done = machine.run(".ci/setup")

    assert done.returncode == 1
    assert done.stderr.startswith("gdsim: Python 3.11 or newer is required")


def test_the_set_up_is_done_once(machine):
    """A checkout whose path contains spaces is set up, without apt if nothing is missing, and only once."""
    first, second = machine.run("make", ".venv/ready"), machine.run("make", ".venv/ready")
    os.utime(machine.checkout / "constraints.txt")
    third = machine.run("make", ".venv/ready")

    assert [first.returncode, second.returncode, third.returncode] == [0, 0, 0]
    assert machine.asked_of_apt() == []
    assert "gdsim: creating .venv" in first.stderr
    assert (second.stderr, second.stdout) == ("", "make: '.venv/ready' is up to date.\n")
    assert "creating" not in third.stderr
    assert "gdsim: installing" in third.stderr


def test_what_was_not_finished_is_begun_again(machine):
    """A set-up that failed on the way leaves no stamp, and the next run makes a new .venv."""
    (machine.checkout / "broken").touch()
    failed = machine.run("make", ".venv/ready")
    left = machine.checkout / ".venv" / "left-by-the-first"
    left.touch()
    (machine.checkout / "broken").unlink()

    assert failed.returncode != 0
    assert not (machine.checkout / ".venv" / "ready").exists()
    assert machine.run("make", ".venv/ready").returncode == 0
    assert not left.exists()


def test_a_moved_checkout_is_set_up_anew(machine):
    """The links of a .venv point to where it was made: after a move it is made again."""
    machine.run("make", ".venv/ready")
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("elsewhere"))
    again = machine.run("make", ".venv/ready")
    where = machine.run(".venv/bin/python", "-c", "import backend; print(backend.__file__)")

    assert "gdsim: creating .venv" in again.stderr
    assert Path(where.stdout.strip()).parent == machine.checkout


def test_the_tests_are_given_their_second_decoder_and_a_browser(machine):
    """What the tests alone need is asked of apt by `make test`, and by nothing else; where it is there, apt is not."""
    machine.run("make", ".venv/ready")
    assert machine.asked_of_apt() == []

    python = machine.checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    done = machine.run(".ci/setup", "for-tests")
    assert (done.returncode, machine.asked_of_apt()) == (
        1,
        ["install libopenh264-dev chromium", "update"],
    )

    python.write_text("#!/bin/sh\nexit 0\n")
    assert machine.run(".ci/setup", "for-tests").returncode == 0
    assert len(machine.asked_of_apt()) == 2


def test_where_chromium_is_a_snap_playwright_brings_one(machine):
    """Where the helper of the tests says so, the browser comes from Playwright, and apt is not asked for one."""
    machine.run("make", ".venv/ready")
    python = machine.checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text('#!/bin/sh\ncase $1 in tests/*) echo playwright ;; -m) echo "$*" ;; esac\n')
    python.chmod(0o755)
    done = machine.run(".ci/setup", "for-tests")

    assert "-m playwright install --with-deps chromium" in done.stdout.splitlines()
    assert machine.asked_of_apt() == []


def test_the_tests_begin_with_what_they_need(machine):
    """`make test` looks for the second decoder and a browser before it runs pytest."""
    asked = machine.run("make", "--dry-run", "test").stdout.splitlines()

    assert asked.index(".ci/setup for-tests") == len(asked) - 2
    assert "pytest" in asked[-1]


def test_the_build_server_runs_the_tests_and_nothing_else(machine):
    """.ci/run is `make test`: it ends with the exit code of the tests."""
    shutil.copy(HOUSE / ".ci" / "run", machine.checkout / ".ci" / "run")
    machine.put("bash", f'exec "{shutil.which("bash")}" "$@"')
    machine.put("make", 'echo "make $*"; exit 7')
    done = machine.run(".ci/run")

    assert (done.returncode, done.stdout) == (7, "make test\n")
