"""A check that there is memory for the libraries that draw, made before they are loaded."""

from __future__ import annotations

import mmap
import sys

# Address space that manim and its dependencies take; without it, one of them (OpenBLAS) tries for ever.
LIBRARY_BYTES = 400_000_000


def check_room(needed: int = LIBRARY_BYTES) -> None:
    """Raise MemoryError if this many bytes are not available. They are not touched, so the check costs nothing."""
    if sys.platform == "win32":
        return
    try:
        mmap.mmap(-1, needed, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except OSError:
        raise MemoryError from None
