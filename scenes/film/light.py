"""Manim without the half of its import that no Scene of ours uses; for processes that do nothing but draw."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# Manim takes one class from there, for rotations in space; with it comes most of scipy, 0.3 s of 0.65.
ROTATIONS = "scipy.spatial.transform"


class _Later:
    """Stands for scipy's Rotation until anything is asked of it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_real().Rotation, name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return _real().Rotation(*given, **named)


def lighten() -> None:
    """Let `import manim` load scipy's rotations when they are first used. To be called before that import."""
    if ROTATIONS not in sys.modules:
        module = ModuleType(ROTATIONS)
        module.__dict__["Rotation"] = _Later()
        sys.modules[ROTATIONS] = module


def _real() -> Any:
    if isinstance(getattr(sys.modules.get(ROTATIONS), "Rotation", None), _Later):
        del sys.modules[ROTATIONS]
    return import_module(ROTATIONS)
