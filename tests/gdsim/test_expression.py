"""A function that a person typed is the function they meant, or one clear refusal."""

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sympy
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from gdsim.adam import adam
from gdsim.ensemble import simulate_many
from gdsim.expression import ExpressionError, graph, parse_objective
from gdsim.methods import build_optimiser
from gdsim.simulate import simulate
from gdsim.stop import Stop
from gdsim.surfaces import SURFACES
from gdsim.syntax import parse
from gdsim.tokens import read_words

# A formula and all its first and second derivatives take at most this many steps per word, and a few more.
STEPS_PER_WORD, STEPS_MORE = 10, 20
ROOT = Path(__file__).parents[2]
TORCH = Path(__file__).parent / "golden" / "torch.json"

TYPED = {
    "square": "x**2",
    "shifted-parabola": "(x-3)**2",
    "two-valleys": "x^4 - 3x^2 + x",
    "double-well": "(x**2-1)**2 + 0.3*x",
    "bumpy": "sin(3*x) + 0.1*x**2",
    "plateau": "x**2/(1+x**2)",
    "absolute-value": "abs(x)",
    "bowl": "theta1**2 + theta2**2",
    "elongated-bowl": "(x**2 + 15*y**2)/2",
    "saddle": "x**2 - y**2",
    "monkey-saddle": "x**3 - 3*x*y**2",
    "rosenbrock": "(1 - x)**2 + 100*(y - x**2)**2",
    "himmelblau": "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    "beale": "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
    "booth": "(x + 2*y - 7)**2 + (2*x + y - 5)**2",
    "matyas": "0.26*(x**2 + y**2) - 0.48*x*y",
    "three-hump-camel": "2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
    "six-hump-camel": "(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2",
    "mccormick": "sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1",
    "goldstein-price": (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
        "*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))"
    ),
    "styblinski-tang": "(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2",
    "rastrigin": "20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)",
    "ackley": "20 + e - 20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
}

# Every operation, against a computer algebra system, where the function is defined.
OPERATIONS = [
    "-x**3 + 2/x - x/4",
    "sin(x)*cos(2*x) + tan(x/3)",
    "asin(x/5) + acos(x/5)*atan(x)",
    "sinh(x/2)*cosh(x/3) + tanh(x)**2",
    "exp(-x**2) + exp(x)/(1 + exp(x))",
    "log(1 + x**2)**2 + ln(x**2)",
    "sqrt(1 + x**2) + (1 + x**2)**0.3 + (x**2)**-1.5",
    "2**x + (1 + x**2)**x + e**(x/2)",
    "x**2*y + y**3/(1 + x**2) + x*y",
    "sin(x*y) + exp(x - y) + (x**2 + 1)**(y/3)",
    "log(3 + cos(w1*w2)) + 7*w1",
    "--x + +y**2 - (x - (y - 1))**5",
]

# Each with words of the rule, and the faulty place.
REFUSED = [
    ("", "empty", ""),
    ("   ", "empty", ""),
    ("3 + 4", "no variable", "3 + 4"),
    ("x - x", "this is constant", "x - x"),
    ("log(-1 - x**2)", "no value anywhere", "log(-1 - x**2)"),
    ("x.real", "'.' has no meaning", "."),
    ("x[0]", "'[' has no meaning", "["),
    ("(x:=2)", "':' has no meaning", ":"),
    ("[x for x in y]", "'[' has no meaning", "["),
    ("'x'", '"\'" has no meaning', "'"),
    ("x @ y", "'@' has no meaning", "@"),
    ("x == 2", "'=' has no meaning", "="),
    ("x\n+1", "has no meaning", "\n"),
    ("x + \x00", "has no meaning", "\x00"),
    ("ｘ**2", "'ｘ' has no meaning", "ｘ"),
    ("x²", "write **2", "²"),
    ("x − 2", "write -", "−"),
    ("lambda x", "'lambda' has no meaning", "lambda"),
    ("x if y else 2", "'if' has no meaning", "if"),
    ("not x", "'not' has no meaning", "not"),
    ("__import__(x)", "there is no '__import__'", "__import__"),
    ("eval(x)", "there is no 'eval'", "eval"),
    ("sine(x)", "did you mean sin?", "sine"),
    ("z**2", "there is no 'z'", "z"),
    ("xy + x", "write x*y", "xy"),
    ("x*y + sin", "sin needs parentheses", "sin"),
    ("sin x", "sin needs parentheses", "sin"),
    ("sin()+x", "sin needs one argument", "sin()"),
    ("x + ()", "nothing between these parentheses", "()"),
    ("sin(x, y)", "a comma has no meaning", ","),
    ("0,5*x", "write decimals with a point", ","),
    ("x y", "write x*y", "x y"),
    ("x(x + 1)", "write x*(…)", "x("),
    ("(x + 1)(x - 1)", "write (…)*(…)", ")("),
    ("1/2x", "write 2*x", "2x"),
    ("y + x^2y", "write 2*y", "2y"),
    ("1.2.3*x", "write 1.2*.3", "1.2.3"),
    ("x // 2", "write / for division", "//"),
    ("x +", "missing or out of place", "+"),
    ("sin(*x)", "no meaning", "*x"),
    ("sin(**x)", "sin needs one argument", "sin(**x)"),
    ("* x", "missing or out of place", "*"),
    ("x ^^ 2", "missing or out of place", "^"),
    ("(x", "not closed", "("),
    ("x)", "has no opening one", ")"),
    ("(" * 30 + "x" + ")" * 30, "20 deep", "("),
    ("x" + "+x" * 200, "250 tokens", "x"),
    ("x" * 10_000, "500 characters", "x" * 60),
    ("1e999*x", "too large", "1e999"),
    ("9**9**9 + x", "too large", "9**9**9"),
    ("exp(1000)*x", "too large", "exp(1000)"),
    ("x**1000000", "at most 100", "1000000"),
    ("x**-101", "at most 100", "-101"),
    ("((x**50)**50)", "nested powers multiply", "50"),
    ("log(-1)*x", "no real value", "log(-1)"),
    ("(-8)**(1/3)*x", "not a finite real number", "(-8)**(1/3)"),
    ("x + 1/0", "divides by zero", "1/0"),
    ("y**2", "y goes with x", "y"),
    ("w2**2", "w2 goes with w1", "w2"),
    ("x + w", "x and w do not go together", "w"),
    ("x + y + theta1", "x and theta1 do not go together", "theta1"),
]


def places(dims: int, count: int = 40) -> np.ndarray:
    """(count, dims): points around zero, the same every time."""
    return np.random.default_rng(0).uniform(-3, 3, (count, dims))


@pytest.mark.parametrize("name", TYPED)
def test_a_typed_function_is_the_named_one(name):
    """What is typed for a named objective has its values, gradients and Hessians to the last digits."""
    typed, named = parse_objective(TYPED[name]), SURFACES[name]
    points = places(named.dims)
    scale = 1 + np.abs(named.hessian(points)).max()

    assert typed.value(points) == pytest.approx(named.value(points), rel=1e-13, abs=1e-13)
    assert typed.gradient(points) == pytest.approx(named.gradient(points), rel=1e-12, abs=1e-13 * scale)
    assert typed.hessian(points) == pytest.approx(named.hessian(points), rel=1e-12, abs=1e-13 * scale)


def test_himmelblau_as_typed_has_the_named_ones_bits():
    """The value follows the order of operations that was typed, so not even the last bit differs."""
    points = places(2, 500)
    typed = parse_objective(TYPED["himmelblau"])

    assert np.array_equal(typed.value(points), SURFACES["himmelblau"].value(points))


def test_himmelblau_as_typed_trains_like_the_named_one():
    """Forty steps of Adam on the typed function stay within 1e-12 of those on the named one."""
    runs = [
        simulate(objective, adam(), 0.025, [0.5, -1.25], 40)
        for objective in (parse_objective(TYPED["himmelblau"]), SURFACES["himmelblau"])
    ]

    assert runs[0].points == pytest.approx(runs[1].points, rel=1e-12)


@pytest.mark.parametrize("problem", ["himmelblau", "rosenbrock"])
def test_typed_functions_give_torchs_numbers(problem):
    """Every method of torch.optim walks on the typed function as torch does, to 1e-12."""
    objective = parse_objective(TYPED[problem])
    runs = [run for run in json.loads(TORCH.read_text())["runs"] if run["problem"] == problem]
    assert runs
    for run in runs:
        points = np.array(run["points"])
        method = build_optimiser(run["optimiser"], run["settings"], objective)
        ours = simulate(objective, method, run["rate"], points[0], len(points) - 1, rules=()).points

        assert ours == pytest.approx(points[: len(ours)], rel=1e-12), run["torch"]


@pytest.mark.parametrize("text", OPERATIONS)
def test_derivatives_are_those_of_a_computer_algebra_system(text):
    """Gradient and Hessian agree with sympy's for every operation and function."""
    objective = parse_objective(text)
    names = [name.replace("_", "") for name in objective.variables]
    symbols = sympy.symbols(names)
    expression = sympy.sympify(text.replace("e**", "E**").replace("ln(", "log("), dict(zip(names, symbols)))
    slopes = [sympy.diff(expression, symbol) for symbol in symbols]
    bends = [[sympy.diff(slope, symbol) for symbol in symbols] for slope in slopes]
    for point in places(objective.dims, 10):
        there = dict(zip(symbols, point.tolist()))
        exact = np.array([float(slope.evalf(30, there)) for slope in slopes])
        bent = np.array([[float(bend.evalf(30, there)) for bend in row] for row in bends])

        assert objective.value(point) == pytest.approx(float(expression.evalf(30, there)), rel=1e-12, abs=1e-12)
        assert objective.gradient(point) == pytest.approx(exact, rel=1e-11, abs=1e-11)
        assert objective.hessian(point) == pytest.approx(bent, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize(("text", "rule", "place"), REFUSED, ids=[text[:30] for text, _, _ in REFUSED])
def test_a_refusal_names_the_rule_and_underlines_the_place(text, rule, place):
    """A text that is not a function of one or two variables is refused, with the faulty place underlined."""
    with pytest.raises(ExpressionError) as refusal:
        parse_objective(text)

    assert rule in str(refusal.value)
    assert text[refusal.value.start : refusal.value.stop].startswith(place)
    shown, caret = str(refusal.value).splitlines()[-2:]
    assert len(caret.strip()) == refusal.value.stop - refusal.value.start
    assert shown[caret.index("^") : len(caret)].strip() in text


def test_a_refusal_reads_like_this():
    """The rule, the text, the underline."""
    with pytest.raises(ExpressionError) as refusal:
        parse_objective("2 + foo(x)")

    rule, text, caret = str(refusal.value).splitlines()
    assert rule.startswith("there is no 'foo'")
    assert text == "  2 + foo(x)"
    assert caret == "      ^^^"


def test_a_long_text_is_shown_around_its_faulty_place():
    """Of a long text, the error shows the part that matters."""
    with pytest.raises(ExpressionError) as refusal:
        parse_objective("x + " * 60 + "foo")

    _, text, caret = str(refusal.value).splitlines()
    assert len(text) < 130
    assert text[caret.index("^") :].startswith("foo")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x^2", "x**2"),
        ("-x^2", "-(x**2)"),
        ("2^x^2", "2**(x**2)"),
        ("2x^2", "2*(x**2)"),
        ("3 x + 2(x + 1)", "3*x + 2*(x + 1)"),
        ("2sin(x)", "2*sin(x)"),
        ("2pi*x", "2*pi*x"),
        ("007*x", "7*x"),
        ("x^-2", "1/(x*x)"),
        (".5*x + 1.*x", "1.5*x"),
        ("ln(x) + arctan(x)", "log(x) + atan(x)"),
        ("1e-3x", "0.001*x"),
        ("1 - 2 - x", "(1 - 2) - x"),
        ("8/4/x", "(8/4)/x"),
    ],
)
def test_ways_of_writing_mean_what_they_mean_on_paper(text, same):
    """^ binds as ** does, from the right and before a minus; a number may stand before what it multiplies."""
    points = np.abs(places(1))

    assert parse_objective(text).value(points) == pytest.approx(parse_objective(same).value(points), rel=1e-15)


def test_a_corner_has_no_slope_and_a_run_says_so():
    """At 0, |x| has a value and no slope; a run that would step onto it stops before."""
    objective = parse_objective("abs(x)")

    assert objective.value(np.array([0.0])) == 0
    assert np.isnan(objective.gradient(np.array([0.0]))).all()
    assert np.isnan(objective.hessian(np.array([0.0]))).all()
    assert simulate(objective, rate=0.5, start=[1.0], steps=9).stop is Stop.SLOPELESS


@pytest.mark.parametrize(
    ("text", "slopes"),
    [
        ("abs(x)**3", [0, 12, -12]),
        ("abs(2x)^2", [0, 16, -16]),
        ("abs(-x)**3", [0, 12, -12]),
        ("abs(x)", [math.nan, 1, -1]),
    ],
)
def test_a_power_takes_the_corner_off(text, slopes):
    """At 0, |x| to a power above 1 has the slope 0, and |x| itself has none."""
    points = np.array([[0.0], [2.0], [-2.0]])

    assert parse_objective(text).gradient(points).ravel() == pytest.approx(slopes, nan_ok=True)


def test_where_there_is_no_value_there_is_no_slope_and_no_warning():
    """The logarithm of a negative number has neither value nor slope nor bend; a run into it stops honestly."""
    objective = parse_objective("x - log(x)")
    point = np.array([[-1.0], [2.0]])

    assert np.isnan(objective.value(point)).tolist() == [True, False]
    assert np.isnan(objective.gradient(point)).ravel().tolist() == [True, False]
    assert np.isnan(objective.hessian(point)).ravel().tolist() == [True, False]
    assert simulate(objective, rate=5.0, start=[3.0], steps=9).stop is Stop.UNDEFINED


def test_overflow_does_not_warn():
    """Far off the map numbers grow to infinity in silence."""
    objective = parse_objective("exp(x**10) + cosh(x)")

    assert objective.value(np.array([1e200])) == math.inf
    objective.gradient(np.array([1e200]))


def test_shapes_follow_the_points():
    """Points (…, dims) give values (…), gradients (…, dims) and Hessians (…, dims, dims), also of a constant slope."""
    objective = parse_objective("2*x + y")
    for leading in ((), (1,), (2, 3), (0,)):
        points = np.ones((*leading, 2))

        assert np.shape(objective.value(points)) == leading
        assert np.shape(objective.gradient(points)) == (*leading, 2)
        assert np.shape(objective.hessian(points)) == (*leading, 2, 2)


def test_a_typed_function_runs_in_ensembles_bit_for_bit():
    """One point and many give the same bits, sines and powers included."""
    objective = parse_objective("sin(3*x)*exp(-y/9) + 0.1*x**4 + sqrt(1 + y**2)**3")
    starts = places(2)
    many = simulate_many(objective, None, 0.01, starts, 30)

    assert np.array_equal(
        many.points, [simulate(objective, rate=0.01, start=one, steps=30).points[-1] for one in starts]
    )


@pytest.mark.parametrize(
    "text", ["2**(x/x/2) + y", "(1 + x**2)**(y/y/2)", "(1 + x*x)**0.3 + y", "(1 + x*x)**-1.5 + y**3"]
)
def test_one_point_and_many_give_the_same_bits(text):
    """However a power is written, a point's numbers do not depend on the other points."""
    objective, points = parse_objective(text), places(2, 300)
    for function in (objective.value, objective.gradient, objective.hessian):
        assert np.array_equal(np.array([function(point) for point in points]), function(points))


def test_reading_a_function_imports_no_algebra_system():
    """A typed function costs no more to import than numpy and gdsim: sympy stays where it belongs, in this test."""
    code = "import sys, gdsim.expression as e; e.parse_objective('x**2'); print('sympy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert run.stdout.strip() == "False"


def test_details_of_the_objective():
    """Name, symbol, variables and formula are what a film needs to show."""
    bowl, line = parse_objective(" theta1^2 + 4*theta2**2 "), parse_objective("(w - 3)**2")

    assert (bowl.name, bowl.symbol, bowl.variables) == ("theta1^2 + 4*theta2**2", "J", ("theta_1", "theta_2"))
    assert bowl.formula == "theta_1^2 + 4 theta_2^2"
    assert (line.symbol, line.variables, line.dims) == ("f", ("w",), 1)


@st.composite
def formulas(draw, depth=4):
    """Arbitrary texts that follow the grammar."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(["x", "y", "2", "0.5", "1e-3", "pi", "e", "100", "x"]))
    inner = formulas(depth=depth - 1)
    shape = draw(
        st.sampled_from(["({})+({})", "{}-{}", "({})*({})", "({})/({})", "({})**({})", "({})^{}", "call", "-{}"])
    )
    if shape == "call":
        name = draw(st.sampled_from(["sin", "acos", "tan", "tanh", "cosh", "exp", "log", "sqrt", "abs", "ln"]))
        return f"{name}({draw(inner)})"
    return shape.format(*(draw(inner) for _ in range(shape.count("{}"))))


def check_size(text: str) -> None:
    """A formula's value, gradient and Hessian share their steps, so that their number grows with its words alone."""
    steps = graph(*parse(text)).program.steps

    assert len(set(steps)) == len(steps) <= STEPS_PER_WORD * len(read_words(text)[0]) + STEPS_MORE


def read_or_refuse(text: str) -> None:
    """Understand or refuse the text, and evaluate what was understood in few steps, without a warning."""
    try:
        objective = parse_objective(text)
    except ExpressionError:
        pass
    else:
        points = places(objective.dims, 3)
        objective.value(points), objective.gradient(points), objective.hessian(points)
        assert typst.compile(f"$ {objective.formula} $".encode(), format="svg").startswith(b"<svg")
        check_size(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    """No text raises anything but the one clear error."""
    read_or_refuse(text)


@settings(max_examples=300, deadline=None)
@given(st.text("xyw12.e+-*/^() ,sincoexplgabt_θ²[]='", max_size=30))
def test_almost_formulas_are_read_or_refused(text):
    """Nor does any text made of the characters of formulas."""
    read_or_refuse(text)


@settings(max_examples=100, deadline=None)
@given(formulas())
def test_wild_formulas_are_read_or_refused(text):
    """Formulas that nobody would write are understood or refused, and their Typst source compiles."""
    read_or_refuse(text)


@pytest.mark.parametrize(
    "text",
    [
        "tanh(cos((x*x)**-100))",
        "*".join(f"(x+{count})" for count in range(41)),
        "sin(" * 20 + "x" + ")" * 20,
        "-" * 240 + "x",
        "**".join(["x"] * 80),
        "+".join(["abs(x)*y"] * 35),
    ],
)
def test_long_and_deep_formulas_have_short_derivatives(text):
    """A long or deep formula needs steps in proportion to its words: nothing is expanded or computed twice."""
    check_size(text)

    objective = parse_objective(text)
    assert objective.hessian(places(objective.dims)).shape == (40, objective.dims, objective.dims)
