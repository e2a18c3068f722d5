"""The named functions, optimisers, schedules and models, as rows for the terminal and for JSON.

All is read from the tables of the simulator, its signatures and its docstrings: nothing is written here again.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gdsim.methods import ALIASES, OPTIMISERS
from gdsim.model import Model
from gdsim.neural import network
from gdsim.regression import MODELS
from gdsim.schedule import SCHEDULES
from gdsim.setting import Setting
from gdsim.surfaces import SURFACES
from scenes.phrases.formulas import objective_text
from scenes.phrases.run_facts import variable_text
from scenes.script.plain_formula import plain_formula

# More parameters than these are told by the first and the last.
MOST_NAMES = 4
WIDTH, INDENT = 110, "    "

Row = dict[str, Any]


def functions() -> list[Row]:
    """Each objective of SURFACES with its formula, what is drawn of it, its start and its known minima."""
    return [
        {
            "name": name,
            "formula": objective_text(one),
            "typst": one.formula,
            "variables": list(map(variable_text, one.variables)),
            "domain": [list(side) for side in one.domain],
            "start": list(one.start),
            "minima": [{"point": list(minimum.point), "value": minimum.value} for minimum in one.minima],
        }
        for name, one in SURFACES.items()
    ]


def optimisers() -> list[Row]:
    """Each method of OPTIMISERS with its update, its settings, and the other names by which it is known."""
    return [
        {
            "name": name,
            "summary": one.summary,
            "formula": plain_formula(one.formula),
            "typst": one.formula,
            "aliases": [word for word, meant in ALIASES.items() if meant == name],
            "learning_rate": one.own_rate,
            "settings": _settings(one.settings),
        }
        for name, one in OPTIMISERS.items()
    ]


def schedules() -> list[Row]:
    """Each of SCHEDULES with the rate of step t, and its settings."""
    return [
        {
            "name": name,
            "summary": one.summary,
            "formula": plain_formula(one.formula),
            "typst": one.formula,
            "settings": _settings(one.settings),
        }
        for name, one in SCHEDULES.items()
    ]


def models() -> list[Row]:
    """Each model with its loss, its parameters, and what its function takes."""
    table: Mapping[str, Callable[..., Model]] = {**MODELS, "network": network}
    return [_model(name, make) for name, make in table.items()]


TABLES: dict[str, Callable[[], list[Row]]] = {
    "functions": functions,
    "optimisers": optimisers,
    "schedules": schedules,
    "models": models,
}


def table_text(kind: str) -> str:
    """A table of TABLES for reading: each name, what it is, its formula and its settings."""
    return "\n\n".join("\n".join(_lines(row)) for row in TABLES[kind]())


def _model(name: str, make: Callable[..., Model]) -> Row:
    one = make()
    names = [variable_text(variable) for variable in one.variables]
    listed = ", ".join(names) if len(names) <= MOST_NAMES else f"{names[0]}, …, {names[-1]}"
    source = one.formula("n")
    return {
        "name": name,
        "summary": " ".join((inspect.getdoc(make) or "").split("\n\n")[0].split()),
        "formula": f"J({listed}) = {plain_formula(source)}",
        "typst": source,
        "parameters": names,
        "settings": [
            {"name": word, "default": taken.default} for word, taken in inspect.signature(make).parameters.items()
        ],
    }


def _settings(table: Mapping[str, Setting]) -> list[Row]:
    return [
        {"name": name, "default": one.default, "rule": one.kind.rule, "meaning": one.meaning, "torch": one.torch}
        for name, one in table.items()
    ]


def _lines(row: Row) -> Iterator[str]:
    yield ", ".join([row["name"], *row.get("aliases", [])])
    for text in (row.get("summary"), row["formula"]):
        if text:
            yield from textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=2 * INDENT)
    if "start" in row:
        yield f"{INDENT}drawn {_ranges(row)}, from {_point(row['start'])}{_lowest(row)}"
    if row.get("learning_rate") is not None:
        yield f"{INDENT}learning rate {row['learning_rate']:g} unless another is given"
    for one in row.get("settings", []):
        yield f"{INDENT}{one['name']} = {_default(one['default'])}{_about(one)}"


def _about(setting: Row) -> str:
    """What a setting means and may be; a model's settings are its function's."""
    if "meaning" not in setting:
        return ""
    torch = f"; torch calls it {setting['torch']}" if setting["torch"] else ""
    return f"  {setting['meaning']} ({setting['rule']}{torch})"


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _ranges(row: Row) -> str:
    return " × ".join(f"{name} {low:g} … {high:g}" for name, (low, high) in zip(row["variables"], row["domain"]))


def _lowest(row: Row) -> str:
    """The known minima, lowest first: the first, and how many more there are."""
    if not row["minima"]:
        return ", no known minimum"
    first, *others = row["minima"]
    more = f" and {len(others)} more" if others else ""
    return f", minimum {first['value']:.6g} at {_point(first['point'])}{more}"


def _point(numbers: list[float]) -> str:
    return f"({', '.join(f'{number:.6g}' for number in numbers)})"
