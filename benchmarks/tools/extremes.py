"""Random words for the command line: functions, starts, rates, methods and steps at every scale of a double."""

from __future__ import annotations

from random import Random

from gdsim import OPTIMISERS, SCHEDULES, SURFACES

SPECIAL = ("0", "1", "-1", "3", "0.1", "5e-324", "2.2250738585072014e-308", "1e-300", "1e300", "1.7976931348623157e308")
CURVES = (
    "{a}*x", "{a}*x**2", "{a}*(x - {b})**2 + {c}", "abs({a}*x)**{p}", "x**{p}", "exp({a}*x)", "exp(exp({a}*x))",
    "atan({a}*x)", "log({a}*x)", "sqrt({a}*x)", "{a}/x", "sin({a}*x) + {b}*x", "{a}*cosh({b}*x)", "tan({a}*x)",
    "{a}*x**3 - {b}*x", "x**4 - {a}*x**2", "{a} + {b}*abs(x)", "tanh({a}*x)*{b}", "asin({a}*x)", "exp(-{a}/x**2)",
)  # fmt: skip
PLAINS = (
    "{a}*x + {b}*y", "{a}*x**2 + {b}*y**2", "{a}/(x*y)", "log({a}*x*y)", "exp({a}*x*y)", "{a}*(x**2 + y**2)",
    "({a} - x)**2 + {b}*(y - x**2)**2", "sin({a}*x)*cos({b}*y)", "sqrt({a}*x**2 + y**2)", "x**{p} + {a}*y", "{a}*x*y",
    "abs(x - {a}) + abs(y - {b})", "exp(-{a}*x**2 - {b}*y**2)", "x**{p}*y**{p}", "atan({a}*x*y)", "{a}*x**2 + {b}",
)  # fmt: skip
# What a lesson can be told about: its kinds of function, and whether it takes a method.
LESSONS = {
    "slope": (CURVES, 1),
    "parabola": (CURVES, 1),
    "local-minima": (CURVES, 1),
    "bowl": (PLAINS, 2),
    "overshoot": ((), 1),
}
STEPS = (1, 1, 2, 3, 5, 20, 60, 500, 10_000, 100_000)


def number(random: Random, positive: bool = False) -> str:
    """A number of any size: one in five special, two in five from a thousandth to a thousand."""
    if random.random() < 0.2:
        return random.choice(SPECIAL).lstrip("-" if positive else "")
    reach = random.choice((3, 3, 30, 300))
    sign = "" if positive or random.random() < 0.7 else "-"
    return f"{sign}{random.uniform(1, 10):.{random.randrange(4)}f}e{random.randint(-reach, reach)}"


def function(random: Random, forms: tuple[str, ...]) -> str:
    """An expression of one of the forms."""
    constants = {name: number(random) for name in "abc"}
    power = random.choice(("0", "0.5", "1", "2", "3", "-1", "-2", "1.5", "40", "0.001", "1001"))
    return random.choice(forms).format(p=f"({power})", **{name: f"({value})" for name, value in constants.items()})


def words(random: Random, output: str) -> list[str]:
    """A whole command: a loop, a film, a storyboard or the bare numbers."""
    command = random.choice(("loop", "loop", "full", "storyboard", "storyboard", "simulate"))
    lesson = random.choice(list(LESSONS))
    forms, dims = LESSONS[lesson]
    said: list[str] = []
    if forms and random.random() < 0.8:
        named = [name for name, surface in SURFACES.items() if surface.dims == dims]
        said += ["--function", random.choice(named) if random.random() < 0.1 else function(random, forms)]
    if random.random() < 0.7:
        said.append(f"--start={','.join(number(random) for _ in range(dims))}")
    if random.random() < 0.7:
        said.append(f"--lr={number(random, positive=random.random() < 0.95)}")
    if random.random() < 0.5:
        said += ["--steps", str(random.choice(STEPS))]
    if forms and random.random() < 0.5:
        said += ["--optimiser", random.choice(list(OPTIMISERS))]
    if random.random() < 0.1:
        said += ["--schedule", random.choice(list(SCHEDULES))]
    if command == "simulate":
        return ["simulate", lesson, *said, "--format", random.choice(("table", "json", "csv"))]
    size = ["-q", "l"] if random.random() < 0.2 else ["-r", "320,180", "--fps", "10"]
    if command == "storyboard":
        return ["storyboard", lesson, *said, *size, "-o", f"{output}.png"]
    kind = random.choice(("mp4", "mp4", "mp4", "gif", "webp")) if command == "loop" else "mp4"
    how = ["--cut", command, "--voice", "none", "--no-cache", "--jobs", "1"]
    return ["render", lesson, *said, *(size if kind != "gif" else size[:2]), *how, "-o", f"{output}.{kind}"]
