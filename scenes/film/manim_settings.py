"""Manim's settings as Manim ships them: no manim.cfg, in the working folder or the user's home, affects our films."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

# The module that knows where Manim looks for such files. They are read while Manim is being imported: afterwards it is
# too late to set another option, and reading some of them never ends.
SETTINGS = "manim._config.utils"


def keep_defaults() -> None:
    """Have `import manim` read no manim.cfg in this process. Call it before that import.

    If Manim has already been imported, as under its own command line, its settings stay as they are.
    """
    if SETTINGS not in sys.modules and _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


class _Finder:
    """Finds that one module and has our loader load it."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Called by Python for each import; None leaves it to the other finders."""
        if name != SETTINGS:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    """Loads the module and removes the user's two files from its list."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code."""
        super().exec_module(module)
        shipped, nothing = Path(self.path).with_name("default.cfg"), Path(os.devnull)
        module.__dict__["config_file_paths"] = lambda: [shipped, nothing, nothing]
