"""Whether there is memory for the libraries that draw, asked before they are loaded."""

from __future__ import annotations

import mmap
import sys

# Addresses that manim and what it brings take: some of it (OpenBLAS) tries for ever where it finds no room.
LIBRARY_BYTES = 400_000_000


def check_room(needed: int = LIBRARY_BYTES) -> None:
    """Raises MemoryError where so many bytes cannot be had. Nothing of them is touched, so asking costs nothing."""
    if sys.platform == "win32":
        return
    try:
        mmap.mmap(-1, needed, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except OSError:
        raise MemoryError from None
