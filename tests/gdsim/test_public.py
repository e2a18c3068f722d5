"""What `import gdsim` offers."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gdsim


@pytest.mark.parametrize("name", gdsim.__all__)
def test_every_public_name_is_there_and_documented(name):
    """Each name of `__all__` can be imported, is not a module, and has a docstring if it can."""
    thing = getattr(gdsim, name)

    assert type(thing).__name__ != "module"
    assert isinstance(thing, dict) or thing.__doc__


def documented(node: ast.AST, name: str) -> Iterator[tuple[str, str, set[str]]]:
    """Of a module or class and what is public in it: name, docstring, and the errors that its own body raises."""
    if isinstance(node, ast.FunctionDef):
        inner = {id(one) for part in node.body if isinstance(part, ast.FunctionDef) for one in ast.walk(part)}
        raised = [one.exc for one in ast.walk(node) if isinstance(one, ast.Raise) and id(one) not in inner]
        yield name, ast.get_docstring(node) or "", {ast.unparse(one) for one in raised if one is not None}
        return
    yield name, ast.get_docstring(node) or "", set()
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield from documented(child, f"{name}.{child.name}")


@pytest.mark.parametrize("path", sorted(Path(gdsim.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_everything_public_says_what_it_is_and_what_it_raises(path):
    """Each module, public class and public function has a docstring that opens with a sentence and names its errors."""
    for name, text, errors in documented(ast.parse(path.read_text(encoding="utf-8")), path.stem):
        assert text.split("\n\n")[0].endswith((".", ":")), name
        assert not errors or any(word in text for word in ("Raise", "raises")), (name, errors)


def test_an_unknown_name_is_an_attribute_error():
    """An unknown name is refused as Python does it."""
    with pytest.raises(AttributeError, match="no attribute 'gradient_ascent'"):
        _ = gdsim.gradient_ascent


@pytest.mark.parametrize("first", ["import gdsim.simulate", "from gdsim.simulate import Schedule", "import gdsim"])
def test_simulate_is_the_function_whatever_was_imported_first(first):
    """The package's `simulate` runs a simulation, not only where nobody imported the module of that name."""
    script = f"{first}; import gdsim; print(gdsim.simulate is gdsim.simulate, callable(gdsim.simulate))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert done.stdout == "True True\n"


def test_import_alone_loads_no_numpy():
    """`import gdsim` costs next to nothing: numpy comes with the first name that needs it."""
    script = "import sys, gdsim; print('numpy' in sys.modules); gdsim.SURFACES; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert done.stdout == "False\nTrue\n"


def test_a_notebook_needs_three_lines():
    """Import, run, look: the example of the package's own docstring works."""
    script = "\n".join(line.strip() for line in gdsim.__doc__.splitlines() if line.startswith("    "))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert done.stdout.startswith("[4.31359147e-07]")
    assert len(script.splitlines()) == 3
