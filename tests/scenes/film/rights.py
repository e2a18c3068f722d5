"""Being somebody who may not do everything: the tests of a container run as root."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534


@contextmanager
def without_rights(folder: Path, rights: int = 0) -> Iterator[None]:
    """A folder with these rights and, for root, as a user to whom they apply."""
    before, root = folder.stat().st_mode, os.geteuid() == 0
    folder.chmod(rights)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(before)
