"""Every method on every problem: against torch's own numbers, and by the rules that all methods share."""

import json
import subprocess
import sys
from inspect import signature
from pathlib import Path

import numpy as np
import pytest
import typst

from gdsim.methods import ALIASES, OPTIMISERS, build_optimiser, method_name
from gdsim.schedule import SCHEDULES, build_schedule
from gdsim.simulate import simulate
from gdsim.stop import Stop
from gdsim.surfaces import SURFACES, elongated_bowl

GOLDEN = json.loads((Path(__file__).parent / "golden" / "torch.json").read_text())
TORCH_PROBLEMS = SURFACES | {"elongated-bowl": elongated_bowl(25.0)}

# The settings, where the defaults do not suit, and the rate with which a method arrives within 5000 steps.
ARRIVING = {
    "gradient-descent": ({}, 0.01),
    "momentum": ({}, 0.005),
    "nesterov": ({}, 0.005),
    "asgd": ({"scale": 1e-6}, 0.01),
    "adagrad": ({}, 0.5),
    "adadelta": ({"decay": 0.99}, 1.0),
    "rmsprop": ({}, 0.002),
    "rprop": ({}, 0.05),
    "adam": ({}, 0.02),
    "adamw": ({"weight_decay": 0}, 0.02),
    "amsgrad": ({}, 0.05),
    "nadam": ({}, 0.02),
    "radam": ({}, 0.02),
    "adamax": ({}, 0.05),
    "adafactor": ({}, 0.1),
    "newton": ({}, 1.0),
    "bfgs": ({}, 1.0),
    "lbfgs": ({}, 0.5),
}
PROBLEMS = ("square", "shifted-parabola", "bowl", "elongated-bowl", "booth", "himmelblau", "styblinski-tang")

DIGESTS = """
from gdsim import SURFACES, simulate
from gdsim.methods import OPTIMISERS, build_optimiser
surface = SURFACES["himmelblau"]
for name in OPTIMISERS:
    print(name, simulate(surface, build_optimiser(name, objective=surface), rate=0.02, steps=50).digest())
"""


def torch_words(run):
    """The name of a golden run in a test report."""
    return f"{run['torch']}-{run['problem']}"


@pytest.mark.parametrize("golden", GOLDEN["runs"], ids=torch_words)
def test_every_point_is_the_one_torch_visits(golden):
    """A method's trajectory is torch's to 1e-12 of each coordinate, step for step."""
    objective, expected = TORCH_PROBLEMS[golden["problem"]], np.array(golden["points"])
    method = build_optimiser(golden["optimiser"], golden["settings"], objective)
    run = simulate(objective, method, rate=golden["rate"], start=expected[0], steps=len(expected) - 1, rules=())

    np.testing.assert_allclose(run.points, expected, rtol=1e-12, atol=0)


@pytest.mark.parametrize("golden", GOLDEN["schedules"], ids=lambda golden: golden["schedule"])
def test_a_scheduled_run_is_the_one_torch_makes(golden):
    """Adam under a schedule uses torch's rates and visits torch's points, to 1e-12."""
    expected, rates = np.array(golden["points"]), np.array(golden["rates"])
    schedule = build_schedule(golden["schedule"], 0.1, len(rates), golden["settings"])
    run = simulate(
        SURFACES["himmelblau"], build_optimiser("adam"), schedule, start=expected[0], steps=len(rates), rules=()
    )

    np.testing.assert_allclose(run.learning_rates, rates, rtol=1e-12, atol=1e-16)
    np.testing.assert_allclose(run.points, expected, rtol=1e-12, atol=0)


def test_torch_was_asked_about_every_method_it_has():
    """Only the methods that torch lacks have no golden trajectory, and each class of torch.optim has one.

    Muon is defined for matrices only, and SparseAdam for sparse gradients; the README says so.
    """
    asked = {run["optimiser"] for run in GOLDEN["runs"]}
    classes = {run["torch"].split("(")[0] for run in GOLDEN["runs"]}

    assert {"newton", "bfgs"} == set(OPTIMISERS) - asked
    assert {"Muon", "SparseAdam"} == set(GOLDEN["provenance"]["optimisers"]) - classes
    assert GOLDEN["provenance"]["script"] == "make_torch.py"


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_method_arrives_at_a_published_minimum(name, problem):
    """With a rate that suits it, each method ends within 0.002 of a known minimum."""
    objective, (settings, rate) = SURFACES[problem], ARRIVING[name]
    run = simulate(objective, build_optimiser(name, settings, objective), rate, steps=5000)

    distances = [np.max(np.abs(run.points[-1] - minimum.point)) for minimum in objective.minima]
    assert min(distances) < 0.002


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("name", OPTIMISERS)
def test_many_points_move_as_each_would_alone(name, problem):
    """One update of (n, dims) with rates (n, 1) gives each row the bits it gets by itself, step after step."""
    objective = SURFACES[problem]
    method = build_optimiser(name, objective=objective)
    points = np.random.default_rng(7).uniform(*np.array(objective.domain).T, (5, objective.dims))
    rates = np.array([[0.001], [0.01], [0.02], [0.1], [0.3]])
    alone = [points[row] for row in range(5)]
    state, states = method.init(points), [method.init(point) for point in alone]

    with np.errstate(all="ignore"):
        for _ in range(12):
            move, state = method.update(objective.gradient(points), state, rates, points)
            points = points + move
            for row in range(5):
                gradient = objective.gradient(alone[row])
                move, states[row] = method.update(gradient, states[row], float(rates[row, 0]), alone[row])
                alone[row] = alone[row] + move

    np.testing.assert_array_equal(points, np.array(alone))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_state_says_what_it_holds(name):
    """What a method remembers is nothing, one array, or a tuple whose fields have names."""
    objective = SURFACES["bowl"]
    method = build_optimiser(name, objective=objective)
    point = np.array(objective.start)
    _, after = method.update(objective.gradient(point), method.init(point), 0.1, point)

    for state in (method.init(point), after):
        assert state is None or isinstance(state, np.ndarray) or len(state._fields) >= 2


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_method_has_no_preferred_side(name):
    """On a function that is its own mirror image, the mirrored start gives the mirrored run, bit for bit."""
    objective = SURFACES["elongated-bowl"]
    method = build_optimiser(name, objective=objective)
    left, right = (simulate(objective, method, 0.02, start=[side * 3.0, side * -1.0], steps=40) for side in (-1, 1))

    np.testing.assert_array_equal(left.points, -right.points)


@pytest.mark.parametrize("name", [name for name in OPTIMISERS if name not in {"adamw", "asgd"}])
def test_where_there_is_no_slope_nothing_moves(name):
    """At a gradient of exactly zero every method stays (but for AdamW and ASGD, whose decay pulls on)."""
    objective = SURFACES["shifted-parabola"]
    method = build_optimiser(name, objective=objective)
    run = simulate(objective, method, 0.5, start=[3.0], steps=5, rules=())

    np.testing.assert_array_equal(run.points, np.full((6, 1), 3.0))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_huge_rate_ends_in_silence(name):
    """Whatever the method, a rate of 1e200 gives no warning and only finite rows."""
    objective = SURFACES["rosenbrock"]
    run = simulate(objective, build_optimiser(name, objective=objective), 1e200, steps=50, rules=())

    assert np.isfinite(run.points).all()
    assert run.stop in {Stop.DIVERGED, Stop.UNCOMPUTABLE, Stop.STEP_LIMIT}


def test_another_process_gives_the_same_bytes():
    """Every method's run has the same digest in a fresh interpreter."""
    surface = SURFACES["himmelblau"]
    runs = {name: simulate(surface, build_optimiser(name, objective=surface), 0.02, steps=50) for name in OPTIMISERS}
    elsewhere = subprocess.run(
        [sys.executable, "-c", DIGESTS], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert elsewhere.stdout.splitlines() == [f"{name} {run.digest()}" for name, run in runs.items()]


@pytest.mark.parametrize("name", OPTIMISERS)
def test_the_table_names_every_setting_with_its_default(name):
    """A method's settings and defaults in the table are those of its function."""
    method = OPTIMISERS[name]
    parameters = list(signature(method.build).parameters.values())
    told = {parameter.name: parameter.default for parameter in parameters if parameter.name != "objective"}
    told.pop("decoupled", None) if name == "adamw" else None

    assert told == {word: setting.default for word, setting in method.settings.items()}
    assert method.needs_objective == (parameters[0].name == "objective")


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_method_quotes_its_equation_and_its_source(name):
    """A method's docstring holds an update and a year, and torch's class where torch has the method."""
    words = OPTIMISERS[name].build.__doc__

    assert "x ← " in words
    assert any(f"{century}{decade}" in words for century in (18, 19, 20) for decade in range(10))
    assert name in {"newton", "bfgs"} or "torch.optim." in words


def test_every_formula_is_typst():
    """The updates of the table compile as Typst mathematics."""
    source = "\n".join(f"$ {method.formula} $" for method in OPTIMISERS.values())

    assert typst.compile(source.encode(), format="svg")


def test_settings_may_be_typed_or_computed():
    """Text, numbers and torch's own words for a setting all build the same method."""
    typed = build_optimiser("rmsprop", {"alpha": "0.9", "centered": "yes"})
    computed = build_optimiser("rmsprop", {"decay": 0.9, "centred": True})
    bowl = SURFACES["bowl"]

    assert simulate(bowl, typed).digest() == simulate(bowl, computed).digest()
    assert simulate(bowl, typed).digest() != simulate(bowl, build_optimiser("rmsprop")).digest()


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("adm", {}, "there is no optimiser 'adm', did you mean adam? Choose from gradient-descent, momentum,"),
        ("xyzzy", {}, "there is no optimiser 'xyzzy'; choose from gradient-descent,"),
        ("adam", {"beta2": "1.5"}, "adam's beta2 must be at least 0 and below 1, got 1.5; 0.999 works"),
        ("adam", {"beta1": "much"}, "adam's beta1 must be at least 0 and below 1, got much; 0.9 works"),
        ("adam", {"epsilon": "nan"}, "adam's epsilon must be above 0 and finite, got nan; 1e-08 works"),
        ("adam", {"amsgrad": "maybe"}, "adam's amsgrad must be yes or no, got maybe; no works"),
        ("adam", {"gamma": 1}, "adam has no setting 'gamma', did you mean amsgrad? It has beta1,"),
        ("lbfgs", {"history": "2.5"}, "lbfgs's history must be a whole number, 1 or more, got 2.5; 100 works"),
        ("rmsprop", {"decay": 0.9, "alpha": 0.9}, "rmsprop's decay is given twice (alpha is another name for it)"),
        ("newton", {}, "newton needs more than the gradient; pass the objective, too"),
    ],
)
def test_a_wrong_word_is_answered_with_one_that_works(name, settings, words):
    """The message names the rule, the value, and what works, in one line."""
    with pytest.raises(ValueError, match=r"^[^\n]+$") as refusal:
        build_optimiser(name, settings)

    assert str(refusal.value).startswith(words)


FAR = ["0", "1e-320", "1e-300", "0.9999999999999999", "1.5", "7", "1e15", "1.7e308", "yes", "1e400", "9" * 400]


def refusal(run) -> str:
    """What the run was refused with; nothing where it was not."""
    try:
        run()
    except ValueError as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("rate", [1e-300, 0.1, 1e300])
@pytest.mark.parametrize("name", OPTIMISERS)
def test_no_setting_is_too_far_out(name, rate):
    """A setting that its rule allows makes a run, however far out; any other is refused in one short line."""
    objective = SURFACES["rosenbrock"]
    said = [
        refusal(lambda: simulate(objective, build_optimiser(name, {setting: value}, objective), rate, steps=5))  # noqa: B023
        for setting in OPTIMISERS[name].settings
        for value in FAR
    ]

    assert all("\n" not in line and len(line) < 200 for line in said)


@pytest.mark.parametrize("rate", [1e-300, 0.1, 1e300])
@pytest.mark.parametrize("name", SCHEDULES)
def test_no_setting_of_a_schedule_is_too_far_out(name, rate):
    """The same of schedules."""
    said = [
        refusal(lambda: simulate(SURFACES["square"], rate=build_schedule(name, rate, 5, {setting: value}), steps=5))  # noqa: B023
        for setting in SCHEDULES[name].settings
        for value in FAR
    ]

    assert all("\n" not in line and len(line) < 200 for line in said)


@pytest.mark.parametrize(
    ("word", "name"), [*ALIASES.items(), ("Adam", "adam"), ("GRADIENT_DESCENT", "gradient-descent")]
)
def test_usual_short_forms_mean_their_method(word, name):
    """A name by which people ask for a method builds that method, however it is spelled."""
    assert method_name(word) == name
    assert word not in OPTIMISERS
    assert build_optimiser(word, objective=SURFACES["bowl"]).name == name


def test_a_word_that_stands_for_no_method_is_left_as_it_is():
    """So that the error names what was typed."""
    assert method_name("adm") == "adm"
    with pytest.raises(ValueError, match="no optimiser 'adm', did you mean adam"):
        build_optimiser("adm")
