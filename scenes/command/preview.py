"""Opening a finished file in whatever this system shows such files with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# A viewer's launcher that has not failed by then is at work.
PATIENCE_SECONDS = 5.0


def opened(path: Path, patience: float = PATIENCE_SECONDS) -> bool:
    """Open the file with the system's viewer, which prints nothing here; False where there is none."""
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
