"""Opening a finished file in the system's own viewer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# A launcher that has not failed after this time, in seconds, is taken to work.
PATIENCE_SECONDS = 5.0


def opened(path: Path, patience: float = PATIENCE_SECONDS) -> bool:
    """Open the file in the system's viewer, which prints nothing here; False if there is none."""
    if sys.platform == "win32":
        try:
            os.startfile(path)
        except OSError:
            return False
        return True
    try:
        viewer = subprocess.Popen(
            ["open" if sys.platform == "darwin" else "xdg-open", path.absolute()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return viewer.wait(patience) == 0
    except subprocess.TimeoutExpired:
        return True
