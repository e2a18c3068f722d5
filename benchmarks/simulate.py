"""What a step of `simulate` costs beside a hand-written numpy loop and beside torch; what `import gdsim` costs.

Run it with `python -m benchmarks.simulate` or `python benchmarks/simulate.py`. The ways take turns, round by
round, in one process, and the median of the rounds' ratios counts, so that a busy machine slows both alike.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from gdsim import SURFACES, simulate
from gdsim.methods import build_optimiser

HOME = Path(__file__).parent.parent
OBJECTIVE = SURFACES["himmelblau"]
START = np.array([0.5, -1.25])
STEPS, ROUNDS, IMPORTS = 1000, 25, 15
RATE = 1e-5  # so small that no run comes to rest before its last step


def descent_by_hand() -> np.ndarray:
    """Plain descent as one writes it in a notebook, keeping what a run keeps, and stopping where it is flat."""
    points, losses, gradients = np.empty((STEPS + 1, 2)), np.empty(STEPS + 1), np.empty((STEPS + 1, 2))
    x = START.copy()
    for step in range(STEPS + 1):
        g = OBJECTIVE.gradient(x)
        points[step], losses[step], gradients[step] = x, OBJECTIVE.value(x), g
        if g @ g < 1e-12:
            break
        x = x - RATE * g
    return points


def momentum_by_hand() -> np.ndarray:
    """The same for the heavy ball."""
    points, losses, gradients = np.empty((STEPS + 1, 2)), np.empty(STEPS + 1), np.empty((STEPS + 1, 2))
    x, b = START.copy(), np.zeros(2)
    for step in range(STEPS + 1):
        g = OBJECTIVE.gradient(x)
        points[step], losses[step], gradients[step] = x, OBJECTIVE.value(x), g
        if g @ g < 1e-12:
            break
        b = 0.9 * b + g
        x = x - RATE * b
    return points


def adam_by_hand() -> np.ndarray:
    """The same for Adam."""
    points, losses, gradients = np.empty((STEPS + 1, 2)), np.empty(STEPS + 1), np.empty((STEPS + 1, 2))
    x, m, v = START.copy(), np.zeros(2), np.zeros(2)
    for step in range(STEPS + 1):
        g = OBJECTIVE.gradient(x)
        points[step], losses[step], gradients[step] = x, OBJECTIVE.value(x), g
        if g @ g < 1e-12:
            break
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        t = step + 1
        x = x - RATE / (1 - 0.9**t) * m / (np.sqrt(v) / (1 - 0.999**t) ** 0.5 + 1e-8)
    return points


def bare_descent_by_hand() -> np.ndarray:
    """Plain descent with nothing kept but the points, nothing checked, and no loss computed."""
    points = np.empty((STEPS + 1, 2))
    x = START.copy()
    for step in range(STEPS + 1):
        points[step] = x
        x = x - RATE * OBJECTIVE.gradient(x)
    return points


BY_HAND = {"gradient-descent": descent_by_hand, "momentum": momentum_by_hand, "adam": adam_by_hand}


def ours(name: str) -> Callable[[], np.ndarray]:
    """`simulate` for the same steps."""
    method = build_optimiser(name)
    return lambda: simulate(OBJECTIVE, method, RATE, START, STEPS).points


def with_torch(name: str) -> Callable[[], np.ndarray]:
    """torch.optim on the same problem, in double precision, with autograd's slopes, keeping the points."""
    import torch

    settings = {"gradient-descent": {}, "momentum": {"momentum": 0.9}, "adam": {}}[name]
    build = torch.optim.Adam if name == "adam" else torch.optim.SGD

    def run() -> np.ndarray:
        point = torch.tensor(START, requires_grad=True)
        method = build([point], lr=RATE, **settings)
        points = [point.tolist()]
        for _ in range(STEPS):
            method.zero_grad()
            x, y = point
            ((x * x + y - 11) ** 2 + (x + y * y - 7) ** 2).backward()
            method.step()
            points.append(point.tolist())
        return np.array(points)

    return run


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = perf_counter()
    run()
    return perf_counter() - begun


def compare(words: str, one: Callable[[], object], other: Callable[[], object], rounds: int) -> None:
    """Print the median of one's time over the other's, the two taking turns; and one's time."""
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    ratio, time = median(a / b for a, b in pairs), median(a for a, _ in pairs)
    print(f"{words:58} {ratio:6.2f} ×   ({time * 1e6 / STEPS:.1f} µs a step)")


def import_seconds(statement: str) -> float:
    """How long a fresh interpreter needs to run one import."""
    return seconds(lambda: subprocess.run([sys.executable, "-c", statement], check=True, cwd=HOME))


def main() -> None:
    """Print one line a measurement."""
    for name, by_hand in BY_HAND.items():
        if not np.allclose(ours(name)(), by_hand(), rtol=1e-10, atol=0):
            raise SystemExit(f"{name} by hand is another method")
        compare(f"simulate / numpy by hand, {name}", ours(name), by_hand, ROUNDS)
    compare("simulate / a bare loop that keeps points alone", ours("gradient-descent"), bare_descent_by_hand, ROUNDS)
    if find_spec("torch"):
        for name in BY_HAND:
            if not np.allclose(ours(name)(), with_torch(name)(), rtol=1e-10, atol=0):
                raise SystemExit(f"{name} differs from torch's")
            compare(f"simulate / torch.optim, {name}", ours(name), with_torch(name), 5)
    else:
        print("torch is not installed, so it is not compared")
    ratio = median(
        import_seconds("from gdsim import SURFACES, simulate") / import_seconds("import numpy") for _ in range(IMPORTS)
    )
    print(f"{'from gdsim import simulate / import numpy, fresh':58} {ratio:6.2f} ×")


if __name__ == "__main__":
    main()
