"""Imports Manim without the half of it that no Scene of ours uses; for processes that only draw."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# From the first, Manim takes a class for rotations in space, which brings most of scipy: 0.3 s of 0.65. From the
# second, it takes layouts for graphs: 0.04 s.
LATER = ("scipy.spatial.transform", "networkx")


def lighten() -> None:
    """Have `import manim` load these modules only when they are first used. Call it before that import."""
    for name in LATER:
        sys.modules.setdefault(name, _Module(name))


class _Module(ModuleType):
    """A stand-in for a module that is loaded on first use; attributes taken from it before that are stand-ins, too."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__" and "." not in self.__name__:  # someone imports a submodule
            return getattr(_real(self.__name__), name)
        if name.startswith("__"):
            raise AttributeError(name)
        return _Later(self.__name__, name)


class _Later:
    """A stand-in for a part of a module: a class, a function, or a submodule."""

    def __init__(self, module: str, *names: str) -> None:
        self._module, self._names = module, names

    def __getattr__(self, name: str) -> Any:
        return _Later(self._module, *self._names, name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._found()(*given, **named)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, self._found())

    def _found(self) -> Any:
        found = _real(self._module)
        for name in self._names:
            found = getattr(found, name)
        return found


def _real(name: str) -> Any:
    if isinstance(sys.modules.get(name), _Module):
        del sys.modules[name]
    return import_module(name)
