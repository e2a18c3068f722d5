"""Tables of data as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np


def write_labelled(folder: Path, tables: Mapping[str, tuple]) -> Path:
    """The folder, with a file for each table: name -> (rows of two inputs, answers of 0 or 1)."""
    for name, (inputs, answers) in tables.items():
        rows = zip(np.array(inputs, dtype=float).tolist(), np.array(answers, dtype=int).tolist())
        (folder / f"{name}.csv").write_text("x1,x2,y\n" + "".join(f"{a!r},{b!r},{y}\n" for (a, b), y in rows))
    return folder
