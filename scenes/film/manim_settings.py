"""Manim's settings as Manim ships them: a manim.cfg in the user's folder or home has no say in a film of ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

# The module that knows where Manim looks for such files. They are read while Manim is imported: it is too late then to
# set another option, and reading some of them never ends.
SETTINGS = "manim._config.utils"


def keep_defaults() -> None:
    """Have `import manim` read no manim.cfg, from here on and in this process. To be called before that import.

    Where Manim is there already, as under its own command line, its settings stay as they are.
    """
    if SETTINGS not in sys.modules and _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


class _Finder:
    """Finds that one module, and has it loaded by our loader."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Python's question to those who find modules; None leaves it to the others."""
        if name != SETTINGS:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    """Loads the module, and leaves the user's two files out of its list."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code."""
        super().exec_module(module)
        shipped, nothing = Path(self.path).with_name("default.cfg"), Path(os.devnull)
        module.__dict__["config_file_paths"] = lambda: [shipped, nothing, nothing]
