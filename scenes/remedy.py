"""What to type to install what is missing into the Python that runs this, in a checkout or elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path


def pip_install(*requirements: str) -> str:
    """The command that installs these requirements, each a name with its versions.

    Double quotes mean the same to sh, PowerShell and cmd.
    """
    wanted = " ".join(f'"{one}"' if set(one) & set("<>[]=!~") else one for one in requirements)
    if find_spec("pip") is None and shutil.which("uv"):
        return f"uv pip install --python {_python()} {wanted}"
    return f"{_python()} -m pip install {wanted}"


def program() -> str:
    """The command that starts this program: its script if that is on the path, otherwise Python's command line."""
    script = shutil.which("gdsim")
    if script and Path(script).parent == Path(sys.executable).parent:
        return "gdsim"
    if Path(sys.argv[0]).name == "cli.py":
        return f"{_python()} {_quoted(sys.argv[0])}"
    return f"{_python()} -m gdsim"


def libraries() -> str:
    """What to type for the libraries with which pycairo and ManimPango are compiled; empty if there are wheels."""
    if sys.platform == "win32":
        return ""
    if sys.platform == "darwin":
        return "brew install cairo pkg-config"
    return "sudo apt-get install libcairo2-dev libpango1.0-dev pkg-config python3-dev gcc"


def _python() -> str:
    """This interpreter, as short as it can be typed here."""
    found = Path(sys.executable)
    try:
        near = os.path.relpath(found)
    except ValueError:  # Windows: it is on another drive
        return _quoted(str(found))
    return _quoted(near if not near.startswith(os.pardir) and os.sep in near else str(found))


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
