"""Reads small tables of numbers; every error names the faulty line."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

# The number of faults that one message names; the rest are counted.
NAMED_FAULTS = 3


class DataError(ValueError):
    """A file that cannot be read or written; the message is one line: the place, the fault, and what works."""


class Table(NamedTuple):
    """A table of comma-separated columns.

    header: the fields of its first line, or None if that line already contains numbers.
    rows: (line number, fields) of every other line that is not blank; lines are numbered from 1.
    """

    header: tuple[str, ...] | None
    rows: list[tuple[int, list[str]]]


def read_text(path: str | Path, limit: int) -> str:
    """The file's text, without a byte order mark.

    Raises DataError if the file cannot be read, is larger than `limit` bytes, or is not UTF-8.
    """
    from pathlib import Path  # it loads urllib, which `import gdsim` does not need

    try:
        with Path(path).open("rb") as file:
            content = file.read(limit + 1)
    except OSError as fault:
        raise DataError(f"{path}: {fault.strerror or fault}") from None
    if len(content) > limit:
        raise DataError(f"{path} is larger than {limit / 1e6:g} MB; keep every tenth row, for example")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise DataError(f"{path} line {line}: this is not UTF-8 text; save the file as UTF-8") from None


def parse_table(text: str, name: str, example: str) -> Table:
    """The rows of `text`, whose first line is a header if none of its fields is a number.

    `name` is what errors call the file, `example` a row that works.
    Raises DataError if the text has no rows or its columns are not separated by commas.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    for number, line in rows:
        for separator, called in ((";", "semicolons"), ("\t", "tabs")):
            if separator in line:
                raise DataError(
                    f"{name} line {number}: columns are separated by {called}; use commas between columns"
                    f" and decimal points in numbers: {example} works"
                )
    fields = [(number, [field.strip().strip('"').strip() for field in line.split(",")]) for number, line in rows]
    headed = bool(fields) and not any(looks_like_a_number(field) for field in fields[0][1])
    if len(fields) <= headed:
        raise DataError(f"{name} has no rows of numbers; a row such as {example} works")
    return Table(tuple(fields[0][1]), fields[1:]) if headed else Table(None, fields)


def looks_like_a_number(field: str) -> bool:
    """Whether a field is meant as a number, finite or not."""
    try:
        float(field)
    except ValueError:
        return False
    return True


def number(field: str) -> float:
    """The finite number in a field. Raises ValueError, which says what is wrong, if there is none."""
    if not field:
        raise ValueError("a field is empty")
    if not (field.isascii() and "_" not in field and looks_like_a_number(field)):
        raise ValueError(f"{shown(field)} is not a number")
    value = float(field)
    if not isfinite(value):
        raise ValueError(f"{shown(field)} is not finite")
    return value


def refuse(name: str, faults: Iterable[tuple[int, str]], example: str) -> None:
    """Raise one DataError that names the first faults by line and counts the rest; do nothing if there are none."""
    faults = list(faults)
    if not faults:
        return
    named = "; ".join(f"line {line}: {fault}" for line, fault in faults[:NAMED_FAULTS])
    rest = len(faults) - NAMED_FAULTS
    more = f"; and {rest} more line{'s' if rest > 1 else ''}" if rest > 0 else ""
    raise DataError(f"{name} {named}{more}; a row such as {example} works")


def shown(field: str) -> str:
    """A field as quoted in an error: short, and on one line."""
    return ascii(field if len(field) <= 24 else field[:21] + "...")
