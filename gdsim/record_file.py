"""Saves and loads runs: JSON keeps everything, CSV only the numbers; both restore them to the last bit."""

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
    """Write everything known about a run as JSON; `load(path).trajectory()` restores it.

    Raises DataError if the file cannot be written; then no part of it is left behind.
    """
    _publish(path, to_json(run, scene) + "\n")


def save_csv(run: Trajectory | Record, path: str | Path) -> None:
    """Write the numbers of a run as a table, as `to_csv` does, for example for a spreadsheet.

    Raises DataError if the file cannot be written; then no part of it is left behind.
    """
    _publish(path, to_csv(record_of(run) if isinstance(run, Trajectory) else run))


def load(path: str | Path) -> Record:
    """The run in a file: JSON as written by `save_json`, or a table as read by `parse_log`.

    Raises DataError, one line that names the place and what works, also if the file exceeds MAXIMAL_BYTES bytes.
    """
    return parse(read_text(path, MAXIMAL_BYTES), str(path))


def parse(text: str, name: str = "the run") -> Record:
    """The run in a text: JSON if it begins with a bracket, otherwise a table; errors call it `name`.

    Raises DataError as `load` does.
    """
    return parse_json(text, name) if text.lstrip().startswith(("{", "[")) else parse_log(text, name)


def to_json(run: Trajectory | Record, scene: str | None = None) -> str:
    """The run as one line of JSON, without NaN or infinity: see `trajectory_to_dict`."""
    return json.dumps(trajectory_to_dict(run, scene), allow_nan=False)


def parse_json(text: str, name: str = "the run") -> Record:
    """The record in a JSON text, from `to_json` or elsewhere; errors call it `name`. Raises DataError."""
    try:
        content: Any = json.loads(text)
    except json.JSONDecodeError as fault:
        raise DataError(f"{name} line {fault.lineno}: this is not JSON ({fault.msg}); a run is {EXAMPLE}") from None
    except (RecursionError, ValueError):
        raise DataError(
            f"{name} is nested too deeply or contains a number that is too long; a run is {EXAMPLE}"
        ) from None
    return record_from_dict(content, name)


def _publish(place: str | Path, text: str) -> None:
    """Write the file under another name, then rename it, so that it appears whole or not at all."""
    from pathlib import Path  # it loads urllib, which `import gdsim` does not need

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
