"""What people pass to a simulation: text where they type it, and one line where it is off."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import OPTIMISERS, SURFACES, build_optimiser, gradient_descent, parse_objective, simulate, simulate_many
from gdsim.adam import adam


def test_a_formula_and_a_name_are_objectives():
    """A typed formula, a name of SURFACES and an Objective each give the run of the same function."""
    typed = simulate("x**2 + 4*y**2", rate=0.1, start=[1, 2])

    assert typed == simulate(parse_objective("x**2 + 4*y**2"), rate=0.1, start=[1, 2])
    assert typed.points[1].tolist() == pytest.approx([1 - 0.1 * 2, 2 - 0.1 * 8 * 2])
    assert simulate("rosenbrock", rate=1e-3) == simulate(SURFACES["rosenbrock"], rate=1e-3)


@pytest.mark.parametrize("name", [*OPTIMISERS, "SGD", "heavy-ball"])
def test_a_method_is_known_by_its_name(name):
    """Every optimiser's name, or another name for it, makes the run of the method with its defaults."""
    bowl = SURFACES["bowl"]

    assert simulate(bowl, name, steps=5) == simulate(bowl, build_optimiser(name, objective=bowl), steps=5)
    assert (
        simulate_many("bowl", name, steps=3, starts=[[1.0, 2.0]]).optimiser == simulate(bowl, name, steps=1).optimiser
    )


def test_a_number_is_a_start_in_one_variable():
    """For one variable, a start needs no brackets; a rate may be numpy's, and steps a numpy integer."""
    plain = simulate("x**2", start=8, rate=np.float64(0.1), steps=np.int64(3))

    assert plain == simulate("x**2", start=[8.0], rate=0.1, steps=3)
    assert plain.points[:, 0].tolist() == pytest.approx([8 * 0.8**step for step in range(4)])


WRONG = {
    "an objective that is a number": ({"objective": 3}, TypeError, r"got 3; 'x\*\*2' works"),
    "an objective that is a function": ({"objective": abs}, TypeError, r"got the function abs; 'x\*\*2' works"),
    "a name with a slip": (
        {"objective": "rosenbrok"},
        ValueError,
        "there is no function 'rosenbrok'; did you mean rose",
    ),
    "a method with a slip": ({"optimiser": "adm"}, ValueError, "there is no optimiser 'adm', did you mean adam?"),
    "a method that was not called": ({"optimiser": adam}, TypeError, r"got the function adam; adam\(\) works"),
    "a row of the table": (
        {"optimiser": OPTIMISERS["adam"]},
        TypeError,
        "name or an Optimiser, got Method.*'adam' works",
    ),
    "half a step": ({"steps": 2.5}, TypeError, "steps must be a whole number, got 2.5; 20 suits most runs"),
    "steps that are true": ({"steps": True}, TypeError, "steps must be a whole number, got True; 20 suits most runs"),
    "steps in quotes": ({"steps": "9"}, TypeError, "steps must be a whole number, got '9'"),
    "steps below zero": ({"steps": -1}, ValueError, "steps must be 0 or more, got -1"),
    "a rate in quotes": ({"rate": "0.1"}, TypeError, "the learning rate must be a number, or a function.*got '0.1'"),
    "a rate that is true": ({"rate": True}, TypeError, "the learning rate must be a number.*got True; 0.1 works"),
    "no rate": ({"rate": None}, TypeError, "the learning rate must be a number.*got None"),
    "an endless rate": ({"rate": float("inf")}, ValueError, "a learning rate must be finite"),
    "a start in quotes": ({"start": "3,4"}, TypeError, r"must be a list of numbers, got '3,4'; \[.*\] works"),
    "a start of words": ({"start": ["left", "up"]}, TypeError, r"got \['left', 'up'\]"),
    "a number for two variables": ({"start": 3.0}, ValueError, "bowl must have 2 coordinates, got 1"),
    "a table for a start": ({"start": [[1.0, 2.0]]}, ValueError, r"2 coordinates, got an array of shape \(1, 2\)"),
    "a start that is not finite": ({"start": [1.0, float("nan")]}, ValueError, "must be finite"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_one_line_that_says_what_works(case):
    """Each argument of the wrong kind is refused in one line with what was given, before a step is taken."""
    arguments, kind, says = WRONG[case]
    with pytest.raises(kind, match=says) as refused:
        simulate(**({"objective": SURFACES["bowl"]} | arguments))

    assert type(refused.value) is kind
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("case", [case for case in WRONG if not {"start"} & set(WRONG[case][0])])
def test_many_runs_refuse_the_same(case):
    """`simulate_many` refuses what `simulate` does, but a start, of which it takes many."""
    arguments, kind, says = WRONG[case]
    with pytest.raises(kind, match=says.split("; 20")[0].replace("a learning rate", ".*learning rate")):
        simulate_many(**({"objective": SURFACES["bowl"], "starts": [[1.0, 1.0]]} | arguments))


def test_an_objective_given_as_it_is_stays_as_it_is():
    """An Objective and an Optimiser are used as they are given, settings and all."""
    mine = parse_objective("x**2", domain=[(-1, 9)])

    assert simulate(mine, gradient_descent(weight_decay=1.0), steps=1, start=2).objective is mine
    assert simulate(mine, gradient_descent(weight_decay=1.0), steps=1, start=2).points[1, 0] == 2 - 0.1 * (4 + 2)
