"""Harm that befalls a file, and surroundings that few people have."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

HARMS = ("flip", "cut", "longer", "empty", "swapped", "folder", "pipe", "endless", "noise", "gone")


def spoil(random: Random, harm: str, path: Path, other: Path) -> None:
    """Do some harm to the file at `path`. other: a file whose content may take its place."""
    if not path.is_file():
        return
    content = bytearray(path.read_bytes())
    path.unlink()  # it may be another's file, too, by another name
    if harm == "flip" and content:
        content[random.randrange(min(len(content), random.choice((8, 64, len(content)))))] ^= 1 << random.randrange(8)
        path.write_bytes(content)
    elif harm == "swapped" and other.is_file():
        shutil.copyfile(other, path)
    elif harm == "folder":
        path.mkdir()
    elif harm == "pipe":
        os.mkfifo(path)
    elif harm == "endless":
        path.symlink_to("/dev/zero")
    elif harm != "gone":
        cut = random.randrange(len(content) + 1)
        changed = {"cut": content[:cut], "longer": content + b"\0" * 7, "empty": b"", "noise": random.randbytes(999)}
        path.write_bytes(changed.get(harm, b""))


class Setting(NamedTuple):
    """Surroundings. changes: of the environment; None takes a variable away. before: Python to run first.

    codes: how a command may end there; 0 alone where nothing stands in its way.
    """

    changes: Mapping[str, str | None]
    before: str = ""
    codes: tuple[int, ...] = (0,)


def _variables(**changes: str | None) -> Callable[[Path], Setting]:
    return lambda folder: Setting(changes)


def _before(program: str, *codes: int, **changes: str | None) -> Callable[[Path], Setting]:
    return lambda folder: Setting(changes, program, codes or (0,))


def _manim_cfg(content: str | None) -> Callable[[Path], Setting]:
    """A manim.cfg at home; a pipe without a content."""

    def make(folder: Path) -> Setting:
        path = folder / "home" / ".config" / "manim" / "manim.cfg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if content is None:
            os.mkfifo(path)
        else:
            path.write_text(content)
        return Setting({})

    return make


def _made(name: str, variable: str, make: Callable[[Path], object], *codes: int) -> Callable[[Path], Setting]:
    """A variable that leads to something that was made."""

    def setting(folder: Path) -> Setting:
        if not os.path.lexists(folder / name):
            make(folder / name)
        return Setting({variable: str(folder / name)}, "", codes or (0,))

    return setting


_LIMIT = "import resource; resource.setrlimit(resource.{0}, ({1}, {1}))"

SETTINGS: dict[str, Callable[[Path], Setting]] = {
    "no home": _variables(HOME=None),
    "a home that is not there": _variables(HOME="/nonexistent/home", XDG_CACHE_HOME=None),
    "a home that is a device": _variables(HOME="/dev/null", XDG_CACHE_HOME=None),
    "a cache that is a file": _made("cachefile", "XDG_CACHE_HOME", Path.touch),
    "a cache that is a link to itself": _made("cachelink", "XDG_CACHE_HOME", lambda path: path.symlink_to(path)),
    "a cache in a strange place": _made("ca ché\n*[x]", "XDG_CACHE_HOME", Path.mkdir),
    "a temporary folder of a strange name": _made("té mp'\"*[x]", "TMPDIR", Path.mkdir),
    "a temporary folder that is not there": _variables(TMPDIR="/nonexistent/tmp"),
    "the C locale": _variables(LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
    "an unknown locale": _variables(LANG="xx_XX.nosuch", LC_ALL="xx_XX.nosuch"),
    "ASCII streams": _variables(PYTHONIOENCODING="ascii"),
    "Windows streams": _variables(PYTHONIOENCODING="cp1252"),
    "a Turkish locale": _variables(LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8", LANGUAGE="tr"),
    "no path": _variables(PATH=""),
    "a dumb terminal of one column": _variables(TERM="dumb", COLUMNS="1", LINES="1", NO_COLOR="1"),
    "forced colour": _variables(FORCE_COLOR="1", CLICOLOR_FORCE="1", COLUMNS="x"),
    "another time zone": _variables(TZ="Nowhere/Atlantis", SOURCE_DATE_EPOCH="-1"),
    "optimised Python": _variables(PYTHONOPTIMIZE="2", PYTHONDONTWRITEBYTECODE="1"),
    "hashes of another seed": _variables(PYTHONHASHSEED="77", PYTHONFAULTHANDLER="1"),
    "many threads asked for": _variables(OMP_NUM_THREADS="64", OPENBLAS_NUM_THREADS="64", MKL_NUM_THREADS="x"),
    "settings of Manim: preview": _manim_cfg("[CLI]\npreview = True\nrenderer = opengl\nfrom_animation_number = 3\n"),
    "settings of Manim: broken": _manim_cfg("nonsense"),
    "settings of Manim: a pipe": _manim_cfg(None),
    "no rights for others": _before("import os; os.umask(0o777 & ~0o700)"),
    "signals ignored": _before("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"),
    "standard error closed": _before("import os; os.close(2)"),
    "standard input closed": _before("import os; os.close(0)"),
    "standard error full": _before("import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 2)"),
    "standard output full": _before("import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)", 1),
    "standard output closed": _before("import os; os.close(1)", 0, 1),
    "small files only": _before(_LIMIT.format("RLIMIT_FSIZE", 20_000), 0, 1),
    "few open files": _before(_LIMIT.format("RLIMIT_NOFILE", 40), 0, 1),
    "little memory": _before(_LIMIT.format("RLIMIT_AS", 700_000_000), 0, 1, OPENBLAS_NUM_THREADS="1"),
    "a small stack": _before(_LIMIT.format("RLIMIT_STACK", 1 << 20)),
}
