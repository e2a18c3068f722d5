"""Manim without the half of its import that no Scene of ours uses; for processes that do nothing but draw."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# From the first Manim takes a class, for rotations in space, and with it comes most of scipy: 0.3 s of 0.65. From the
# second it takes the layouts of its graphs: 0.04 s.
LATER = ("scipy.spatial.transform", "networkx")


def lighten() -> None:
    """Let `import manim` load these modules when anything of them is first used. To be called before that import."""
    for name in LATER:
        sys.modules.setdefault(name, _Module(name))


class _Module(ModuleType):
    """Stands for a module until something of it is used; what is taken from it before stands for itself, too."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__" and "." not in self.__name__:  # somebody imports a module in it
            return getattr(_real(self.__name__), name)
        if name.startswith("__"):
            raise AttributeError(name)
        return _Later(self.__name__, name)


class _Later:
    """Stands for a part of a module: a class, a function, or a module in it."""

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
