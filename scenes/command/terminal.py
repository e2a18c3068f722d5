"""Standard output and standard error: text in any encoding, for a terminal that may have been closed."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

# Characters that we print and older encodings lack, and how to type them.
TYPED = {"θ": "theta", "α": "alpha", "β": "beta", "√": "sqrt"}
TYPED |= {"−": "-", "×": "x", "·": "*", "≈": "~", "→": "->", "…": "..."}
BLANKS = "\n\t\N{NO-BREAK SPACE}"


class OutputError(click.ClickException):
    """Standard output cannot be written; the message says why."""

    exit_code = 1

    def __init__(self, problem: OSError) -> None:
        super().__init__(f"cannot write to standard output: {(problem.strerror or str(problem)).lower()}")


def prepare() -> None:
    """Make all later writes safe: neither an odd character nor a full or closed standard error ends a command."""
    _open_closed_descriptors()
    codecs.register_error("gdsim", _typed)
    sys.stderr = _forgiving(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="gdsim")


def say(text: str, newline: bool = True) -> None:
    """Print an answer on standard output. Raises OutputError; BrokenPipeError if its reader has left."""
    try:
        click.echo(text, nl=newline)
    except BrokenPipeError:
        raise
    except OSError as problem:
        discard_output()
        raise OutputError(problem) from None


def tell(text: str) -> None:
    """Print a note on standard error, with whatever could control a terminal escaped."""
    click.echo(printable(text), err=True)


def printable(text: object) -> str:
    """The text with control characters, and bytes that are no character, as escapes: \\x1b, \\xff."""
    return "".join(sign if sign.isprintable() or sign in BLANKS else _escape(sign) for sign in str(text))


def one_line(text: object) -> str:
    """The same in a single line: line breaks become escapes, too."""
    return printable(text).replace("\n", "\\n")


def discard_output() -> None:
    """Discard what Python still holds for standard output, which cannot be written any more, not even at exit."""
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - it stands in for a stream that lives as long as the process


def _escape(sign: str) -> str:
    """Surrogates stand for bytes of a file name that are not UTF-8 (PEP 383)."""
    code = ord(sign)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else sign.encode("unicode_escape").decode()


def _typed(problem: UnicodeError) -> tuple[str, int]:
    """An error handler for codecs: characters that an encoding lacks are spelt in ASCII."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    lacking = problem.object[problem.start : problem.end]
    return "".join(TYPED.get(sign) or _ascii(sign) for sign in lacking), problem.end


def _ascii(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return plain or _escape(sign)


def _open_closed_descriptors() -> None:
    """Open something as 0, 1 and 2 if they are closed: the next file to be opened would take their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115


def _forgiving(stream: Any) -> Any:
    """The same stream, but one whose writes cannot fail: no film is lost for a line about it."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.RawIOBase):
        return stream
    with suppress(OSError, ValueError):
        stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Forgiving(raw, stream)), encoding=stream.encoding, errors=stream.errors, line_buffering=True
    )


class _Forgiving(io.RawIOBase):
    """A raw stream that accepts everything, even if it cannot be written."""

    def __init__(self, raw: io.RawIOBase, stream: Any) -> None:
        self.raw, self.stream = raw, stream  # which would close the raw one if nobody held it any more

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.raw.fileno()

    def isatty(self) -> bool:
        return self.raw.isatty()

    def write(self, data: Any) -> int:
        try:
            return self.raw.write(data) or len(data)
        except OSError:
            return len(data)
