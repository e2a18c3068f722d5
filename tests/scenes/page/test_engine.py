"""The page's engine against gdsim: every function it offers, with every method, schedule and rule."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from gdsim import SCHEDULES, SURFACES, Stop, build_optimiser, build_schedule, simulate
from gdsim.behaviour import behaviour
from gdsim.stop import beyond, flat, settled, still
from gdsim.suiting_rate import suiting_rate
from scenes.page.contents import METHODS, is_exact
from scenes.planned_run import length_rate
from tests.scenes.page.twin import in_browser, in_node, program

STEPS = 250
CLOSE = 1e-12
# Where rounding alone makes a run drift, two right answers may differ by as much, times MARGIN; that is so in few runs:
# here in those of newton, nadam or adafactor on beale, plateau-2d and ackley. On other machines, numpy's sines and
# powers have other last bits, as other browsers' have.
MARGIN, MOST_CHAOTIC = 100, 12
RUN = (
    "GIVEN.map(({ f, m, settings, rate, start, steps, schedule, plan, rules }) => simulate(OBJECTIVES[f], "
    "METHODS[m](settings, OBJECTIVES[f]), SCHEDULES[schedule ?? 'constant'](rate, plan), start, steps, "
    "rules === undefined ? [] : rules === null ? null : rules.map(([name, size]) => RULES[name](size))))"
)


def case(function: str, method: str, rate: float | None = None, **more) -> dict:
    """One run as both sides understand it, with a rate that suits it unless it is given."""
    objective = SURFACES[function]
    if rate is None:
        with np.errstate(all="ignore"):
            rate = METHODS[method].own_rate or length_rate(objective, method) or suiting_rate(objective)
    settings = {name: one.default for name, one in METHODS[method].settings.items()}
    run = {"f": function, "m": method, "rate": rate, "settings": settings, "start": list(objective.start)}
    return run | {"steps": STEPS} | more


def in_python(one: dict, rules=()):
    """The same run by gdsim."""
    objective = SURFACES[one["f"]]
    method = build_optimiser(one["m"], one["settings"], objective)
    with np.errstate(all="ignore"):
        return simulate(objective, method, one["rate"], one["start"], one["steps"], rules)


CASES = [case(function, method) for function in SURFACES for method in METHODS]


@pytest.fixture(scope="module")
def runs():
    """gdsim's own."""
    return [in_python(one) for one in CASES]


@pytest.fixture(scope="module", params=["node", "browser"])
def twins(request):
    """The engine's, in Node and in a browser."""
    text = program(RUN, ("engine",), SURFACES, CASES)
    return in_node(text) if request.param == "node" else in_browser(text, request.getfixturevalue("browser"))


def distance(one: dict, run, twin: dict) -> float:
    """The largest difference between two runs, relative to the point or the map's side, whichever is larger."""
    side = max(abs(edge) for pair in SURFACES[one["f"]].domain for edge in pair)
    points = np.array(twin["points"])
    scale = np.maximum(side, np.abs(run.points).max(axis=1, keepdims=True))
    return float((np.abs(points - run.points) / scale).max())


def test_every_function_and_method_is_compared():
    """There are 27 functions and 16 methods: all that the page offers."""
    assert len(CASES) == 27 * 16


def test_runs_of_plain_arithmetic_have_the_same_bits(runs, twins):
    """Where only + − × ÷ √ occur, points, losses, gradients and rates are equal, and a run ends where gdsim's does."""
    compared = 0
    for one, run, twin in zip(CASES, runs, twins):
        if not is_exact(SURFACES[one["f"]], one["m"]):
            continue
        compared += 1
        assert (twin["points"], twin["losses"], twin["gradients"], twin["rates"]) == (
            run.points.tolist(),
            run.losses.tolist(),
            run.gradients.tolist(),
            run.learning_rates.tolist(),
        ), (one["f"], one["m"])
        assert twin["stop"] == run.stop.name

    assert compared > 150


def drift(one: dict, run) -> float:
    """How far gdsim's own run goes astray if each gradient is off by what rounding is to terms of size 1."""
    objective = SURFACES[one["f"]]
    optimiser, worst = build_optimiser(one["m"], one["settings"], objective), 0.0
    for off in (np.finfo(float).eps, -np.finfo(float).eps):
        moved = replace(objective, gradient=lambda point, own=objective.gradient, off=off: own(point) + off)
        with np.errstate(all="ignore"):
            beside = simulate(moved, optimiser, one["rate"], one["start"], STEPS, rules=())
        worst = max(worst, distance(one, run, {"points": beside.points.tolist()}))
    return worst


def test_all_other_runs_agree_closely(runs, twins):
    """With a power, a sine or an exponential, runs agree to 1e-12, or to what rounding alone does to a chaotic one."""
    chaotic = []
    for one, run, twin in zip(CASES, runs, twins):
        assert len(twin["points"]) == len(run.points), (one["f"], one["m"])
        assert twin["stop"] == run.stop.name
        far = distance(one, run, twin)
        if far > CLOSE:
            chaotic.append((one["f"], one["m"], far))
            assert far <= MARGIN * drift(one, run), chaotic[-1]
            assert not is_exact(SURFACES[one["f"]], one["m"])

    assert len(chaotic) <= MOST_CHAOTIC, chaotic


def test_settings_have_the_same_meaning():
    """Each setting that is not at its default changes a run as it does in gdsim, to 1e-12."""
    changed = [
        ("gradient-descent", {"weight_decay": 0.1}),
        ("momentum", {"decay": 0.5, "dampening": 0.3, "weight_decay": 0.1}),
        ("momentum", {"decay": 0.0, "dampening": 0.3}),
        ("nesterov", {"decay": 0.6, "weight_decay": 0.05}),
        ("asgd", {"scale": 0.01, "power": 0.5, "weight_decay": 0.1}),
        ("adagrad", {"accumulator": 0.5, "rate_decay": 0.1, "weight_decay": 0.1}),
        ("adadelta", {"decay": 0.8, "epsilon": 1e-4, "weight_decay": 0.1}),
        ("rmsprop", {"centred": True, "momentum": 0.5, "weight_decay": 0.1}),
        ("rprop", {"shrink": 0.3, "grow": 1.5, "smallest": 1e-3, "largest": 0.5}),
        ("adam", {"beta1": 0.8, "beta2": 0.9, "weight_decay": 0.1, "amsgrad": True}),
        ("adam", {"weight_decay": 0.1, "decoupled": True}),
        ("adamw", {"weight_decay": 0.2, "amsgrad": True}),
        ("amsgrad", {"weight_decay": 0.1}),
        ("nadam", {"momentum_decay": 0.1, "weight_decay": 0.1, "decoupled": True}),
        ("nadam", {"weight_decay": 0.1}),
        ("radam", {"beta2": 0.9, "weight_decay": 0.1, "decoupled": True}),
        ("radam", {"weight_decay": 0.1}),
        ("adamax", {"beta1": 0.5, "beta2": 0.9, "weight_decay": 0.1}),
        ("adafactor", {"beta2_decay": -0.5, "smallest_scale": 0.1, "clipping": 2.0, "weight_decay": 0.1}),
        ("newton", {"damping": 3.0}),
    ]
    given = []
    for method, settings in changed:
        for function in ("two-valleys", "elongated-bowl"):
            one = case(function, method, steps=60)
            given.append(one | {"settings": one["settings"] | settings})
    twins = in_node(program(RUN, ("engine",), SURFACES, given))

    for one, twin in zip(given, twins):
        assert distance(one, in_python(one), twin) <= CLOSE, one


def test_schedules_give_the_same_rates():
    """Each schedule, at its defaults and changed, gives gdsim's rates: to the last bit without a power or a cosine."""
    plans = [("constant", {}), ("step", {"every": 7, "factor": 0.3}), ("exponential", {"factor": 0.9})]
    plans += [("cosine", {"period": 40, "lowest": 0.01}), ("inverse-time", {"decay": 0.3})]
    plans += [("warmup-cosine", {"period": 60, "warmup": 8, "warmup_start": 0.1, "lowest": 0.02})]
    plans += [(name, {key: one.default for key, one in plan.settings.items()}) for name, plan in SCHEDULES.items()]
    work = "GIVEN.map(([name, plan]) => [...Array(120).keys()].map(SCHEDULES[name](0.37, plan)))"
    answers = in_node(program(work, ("engine",), {}, plans))

    for (name, plan), rates in zip(plans, answers):
        rate_at = build_schedule(name, 0.37, 100, plan)
        expected = [rate_at(step) for step in range(120)]
        assert rates == pytest.approx(expected, rel=1e-13), name
        assert name not in ("constant", "inverse-time") or rates == expected, name


def test_rules_stop_where_gdsim_stops():
    """Each rule ends a run at the same step for the same reason, and so do the rules that are the default."""
    made = {"flat": flat, "settled": settled, "still": still, "beyond": beyond}
    asked = [
        [["flat", 0.01]],
        [["settled", 1e-3]],
        [["still", 1e-2]],
        [["beyond", 4.0]],
        [["flat", 9.0], ["still", 9.0]],
    ]
    given = [
        case(f, "gradient-descent", rate, rules=r) for f in ("square", "bowl") for rate in (0.1, 1.05) for r in asked
    ]
    given += [case(f, "gradient-descent", rate, rules=None) for f in SURFACES for rate in (0.001, 0.1, 1.1)]
    twins = in_node(program(RUN, ("engine",), SURFACES, given))

    reasons = set()
    for one, twin in zip(given, twins):
        rules = None if one["rules"] is None else tuple(made[name](size) for name, size in one["rules"])
        run = in_python(one, rules)
        assert (twin["stop"], len(twin["points"])) == (run.stop.name, run.steps + 1), one
        reasons.add(run.stop)

    assert {Stop.FLAT, Stop.SETTLED, Stop.STILL, Stop.DIVERGED, Stop.STEP_LIMIT} <= reasons


@pytest.mark.parametrize("start", [0.0, math.nan])
def test_a_run_without_a_finite_start_has_no_rows(start):
    """Where the function has no value or slope at the start, gdsim refuses, and the engine's run is empty."""
    word = "NaN" if math.isnan(start) else start
    work = f"simulate(OBJECTIVES['absolute-value'], METHODS['gradient-descent']({{}}), () => 0.1, [{word}], 9)"
    twin = in_node(program(work, ("engine",), {"absolute-value": SURFACES["absolute-value"]}, None))

    assert (twin["points"], twin["stop"]) == ([], "UNDEFINED")
    with pytest.raises(ValueError, match="start"):
        simulate(SURFACES["absolute-value"], start=[start])


def test_the_words_are_chosen_as_in_gdsim():
    """What the page says that the ball did is gdsim's own classification, at every rate of every exact function."""
    rates = (1e-4, 0.01, 0.1, 0.5, 0.9, 1.0, 1.05, 3.0)
    pairs = [(f, m) for f in SURFACES for m in ("gradient-descent", "momentum") if is_exact(SURFACES[f], m)]
    given = [case(f, m, rate, rules=None, steps=60) for f, m in pairs for rate in rates]
    work = f"{RUN}.map(behaviour)"
    answers = in_node(program(work, ("numbers", "engine", "words"), SURFACES, given))

    kinds = [behaviour(in_python(one, None)).name for one in given]
    assert answers == kinds
    assert len(set(kinds)) >= 5


def test_whole_powers_are_rounded_once():
    """Of the powers of 0.9, 0.95 and 0.999, at most one in a hundred differs from C's in its last bit."""
    work = "GIVEN.map((base) => [...Array(2000).keys()].map((n) => roundedPower(base, n)))"
    given = [0.9, 0.999, 0.95]
    for base, answers in zip(given, in_node(program(work, ("engine",), {}, given))):
        expected = [base**n for n in range(2000)]
        assert answers == pytest.approx(expected, rel=2.3e-16)
        assert sum(one != other for one, other in zip(answers, expected)) <= 20


def test_a_wrong_engine_is_found():
    """The comparison is sharp: a curve whose minimum lies a billionth elsewhere does not pass for the parabola."""
    shifted = replace(
        SURFACES["square"],
        written=SURFACES["square"].written._replace(value=lambda x: (x - 1e-9) * (x - 1e-9)),
    )
    one = case("square", "gradient-descent")
    (twin,) = in_node(program(RUN, ("engine",), {"square": shifted}, [one]))

    assert twin["losses"] != in_python(one).losses.tolist()
