"""Runs in files: JSON keeps all of a run, CSV its numbers, and both give them back to the last bit."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from gdsim.log import parse_log, to_csv
from gdsim.record import EXAMPLE, Record, record_from_dict, record_of, trajectory_to_dict
from gdsim.table import DataError, read_text
from gdsim.trajectory import Trajectory

if TYPE_CHECKING:
    from pathlib import Path

# The largest file that is read.
MAXIMAL_BYTES = 50_000_000


def save_json(run: Trajectory | Record, path: str | Path, scene: str | None = None) -> None:
    """Write all that is known of a run; `load(path).trajectory()` gives it back.

    Raises DataError where the file cannot be written; then nothing of it is there.
    """
    _publish(path, to_json(run, scene) + "\n")


def save_csv(run: Trajectory | Record, path: str | Path) -> None:
    """Write the numbers of a run as `to_csv` does, for a spreadsheet.

    Raises DataError where the file cannot be written; then nothing of it is there.
    """
    _publish(path, to_csv(record_of(run) if isinstance(run, Trajectory) else run))


def load(path: str | Path) -> Record:
    """The run in a file: JSON as `save_json` writes it, or a table as `parse_log` reads it.

    Raises DataError, one line that names the place and what works; so does a file above MAXIMAL_BYTES.
    """
    return parse(read_text(path, MAXIMAL_BYTES), str(path))


def parse(text: str, name: str = "the run") -> Record:
    """The run in a text, JSON where it begins with a bracket, else a table; errors call it `name`."""
    return parse_json(text, name) if text.lstrip().startswith(("{", "[")) else parse_log(text, name)


def to_json(run: Trajectory | Record, scene: str | None = None) -> str:
    """One line of JSON, without NaN or infinity: see `trajectory_to_dict`."""
    return json.dumps(trajectory_to_dict(run, scene), allow_nan=False)


def parse_json(text: str, name: str = "the run") -> Record:
    """The record in a text that `to_json` wrote, or anyone. Raises DataError."""
    try:
        content: Any = json.loads(text)
    except json.JSONDecodeError as fault:
        raise DataError(f"{name} line {fault.lineno}: this is not JSON ({fault.msg}); a run is {EXAMPLE}") from None
    except (RecursionError, ValueError):
        raise DataError(f"{name} is nested too deeply or holds a number too long; a run is {EXAMPLE}") from None
    return record_from_dict(content, name)


def _publish(place: str | Path, text: str) -> None:
    """Write the whole file beside its place, then rename it: it is there complete, or not at all."""
    from pathlib import Path  # it loads urllib, which `import gdsim` can do without

    path = Path(place)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(text.encode())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as fault:
        raise DataError(f"{path}: {fault.strerror or fault}") from None
