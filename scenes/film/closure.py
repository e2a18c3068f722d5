"""The code that draws a lesson: all modules that its parts and the Scene import, found by reading their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import gdsim
import scenes

# What draws every film, whatever the lesson.
DRAWING = ("scenes.stage.lesson", "scenes.film.draw", "scenes.film.sinks")
# Tables of names: their contents enter a key as values.
TABLES = ("scenes.catalogue", "scenes.lesson")


def code_digest(parts_module: str) -> str:
    """Sixteen hexadecimal digits that change with any line of code that draws the lesson, and with no other."""
    digest = sha256()
    for path in sorted({*_simulator(), *(_path(name) for name in closure((*DRAWING, parts_module)))}):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def closure(roots: tuple[str, ...]) -> frozenset[str]:
    """The modules of this project that `roots` import, directly or indirectly, including the roots themselves."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found or name in TABLES:
            continue
        found.add(name)
        waiting += _imports(name)
    return frozenset(found)


@cache
def _imports(name: str) -> tuple[str, ...]:
    """The modules of `scenes` that a module imports, including imports inside functions."""
    return tuple(_named(ast.parse(_path(name).read_bytes()), name))


def _named(tree: ast.Module, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = name.split(".")[: -node.level]
                base = ".".join([*package, base] if base else package)
            if _is_ours(base):
                yield base
            for alias in node.names:
                if _is_ours(f"{base}.{alias.name}"):
                    yield f"{base}.{alias.name}"


def _is_ours(name: str) -> bool:
    return name.startswith("scenes.") and _path(name).is_file()


def _path(name: str) -> Path:
    """Where a module's source is; a package's is its __init__."""
    place = Path(scenes.__path__[0]).joinpath(*name.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _simulator() -> list[Path]:
    """All of the simulator: curves and surfaces are drawn from its functions."""
    root = Path(gdsim.__path__[0])
    return [path for path in root.rglob("*.py") if "_app" not in path.relative_to(root).parts]
