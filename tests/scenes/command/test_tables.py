"""What else can be listed: functions, optimisers, schedules and models, each with its formula and its settings."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from click.testing import CliRunner

from cli import cli
from gdsim import MODELS, OPTIMISERS, SCHEDULES, SURFACES, build_optimiser, build_schedule, parse_objective
from gdsim.methods import method_name
from scenes.command.tables import TABLES

KINDS = {
    "functions": [*SURFACES],
    "optimisers": [*OPTIMISERS],
    "schedules": [*SCHEDULES],
    "models": [*MODELS, "network"],
}


def listed(*words: str) -> str:
    """What `gdsim list` prints."""
    done = CliRunner().invoke(cli, ["list", *words])
    assert done.exit_code == 0, done.output
    return done.output


def rows(kind: str) -> list[dict]:
    return json.loads(listed(f"--{kind}", "--json"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_its_table(kind):
    """Each list has the names of its table in their order, as text and as JSON; each has a formula without Typst."""
    paragraphs = listed(f"--{kind}").strip().split("\n\n")

    assert [row["name"] for row in rows(kind)] == KINDS[kind]
    assert [part.splitlines()[0].split(",")[0] for part in paragraphs] == KINDS[kind]
    for row, part in zip(rows(kind), paragraphs):
        plain = " ".join(part.split())
        assert row["formula"] in plain
        assert row["summary"] in plain if "summary" in row else True
        assert not re.search(r"\\|&|quad|cases|alpha|beta|gamma|epsilon|hat\(|<-|>=|dot\b|op\(", row["formula"]), row
        assert all(f"{setting['name']} = " in part for setting in row.get("settings", []))


@pytest.mark.parametrize("row", rows("optimisers"), ids=lambda row: row["name"])
def test_an_optimisers_settings_are_those_it_takes(row):
    """The defaults that are listed make the same method, also by torch's names; each alias stands for it."""
    own = SURFACES["bowl"]
    given = {setting["torch"] or setting["name"]: setting["default"] for setting in row["settings"]}
    built, plain = build_optimiser(row["name"], given, own), build_optimiser(row["name"], objective=own)

    point, slope = np.array([3.0, 4.0]), np.array([6.0, 8.0])
    move, bare = (one.update(slope, one.init(point), 0.1, point)[0].tolist() for one in (built, plain))
    assert move == bare
    assert {method_name(alias) for alias in row["aliases"]} <= {row["name"]}


@pytest.mark.parametrize("row", rows("schedules"), ids=lambda row: row["name"])
def test_a_schedules_settings_are_those_it_takes(row):
    """The defaults that are listed make the same schedule for a run of a hundred steps."""
    given = {setting["name"]: setting["default"] for setting in row["settings"]}
    built, plain = build_schedule(row["name"], 0.1, 100, given), build_schedule(row["name"], 0.1, 100)

    assert [built(step) for step in range(100)] == [plain(step) for step in range(100)]


SIGNS = {"−": "-", " ": "", "θ₁": "x", "θ₂": "y", "²": "**2", "³": "**3", "⁴": "**4", "⁶": "**6", "×": "*"}


@pytest.mark.parametrize("row", rows("functions"), ids=lambda row: row["name"])
def test_a_functions_formula_is_its_own(row):
    """Typed again as it is listed, the formula has the function's values; start, domain and minima are its own."""
    typed = (
        row["formula"]
        .split(" = ")[1]
        .replace("2 π x", "(2*pi*x)")
        .replace("2 π y", "(2*pi*y)")
        .replace("|x|", "abs(x)")
    )
    typed = typed.replace("cos (", "cos(").replace("√", "sqrt").replace("1/2 (", "0.5*(")
    typed = re.sub(r"(?<=[\d)xy²³⁴⁶e]) (?=[\dxyec(])", "*", typed)
    for sign, plain in SIGNS.items():
        typed = typed.replace(sign, plain)
    own, again = SURFACES[row["name"]], parse_objective(typed)
    places = np.array(np.meshgrid(*[np.linspace(-1.3, 1.7, 5)] * own.dims)).reshape(own.dims, -1).T

    np.testing.assert_allclose(again.value(places), own.value(places), rtol=1e-9, atol=1e-9)
    assert [tuple(side) for side in row["domain"]] == list(own.domain)
    assert row["start"] == list(own.start)
    assert [one["value"] for one in row["minima"]] == [one.value for one in own.minima]


def test_models_say_what_they_take():
    """A model's parameters are named, and a network's settings are the ones of the command."""
    by_name = {row["name"]: row for row in rows("models")}

    assert by_name["line"]["parameters"] == ["w", "b"]
    assert by_name["line"]["formula"].startswith("J(w, b) = 1/n ")
    assert "ŷ = w·x + b with the mean squared error" in by_name["line"]["summary"]
    assert by_name["network"]["settings"] == [{"name": "hidden", "default": 8}, {"name": "seed", "default": 0}]
    assert "yᵢ ln ŷᵢ" in by_name["logistic"]["formula"]


def test_one_list_at_a_time():
    """Two lists at once are refused with one that works."""
    done = CliRunner().invoke(cli, ["list", "--models", "--functions"])

    assert done.exit_code == 2
    assert "got --functions and --models; --functions alone works" in done.output
    assert list(TABLES) == list(KINDS)
