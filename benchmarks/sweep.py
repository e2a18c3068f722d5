"""Every lesson at forty rates, on odd functions, by six methods: what fails, warns, collides, leaves the frame, rests.

    python benchmarks/sweep.py --seconds 300 [--lesson parabola] [--seed 1]

Films are taken in random order until the time is up. Nothing is drawn: words and numbers are read from the marks of a
sample of frames. One line for each kind of fault, the most frequent first, with a film that shows it.
"""

from __future__ import annotations

import argparse
import random
import time
import warnings
from collections.abc import Iterator
from itertools import product

import numpy as np

from scenes.catalogue import LESSONS
from tests.scenes.lessons.truth import Film, clashes, misplaced_balls, still_seconds, wrong_numbers

RATES = np.geomspace(1e-4, 10, 40).tolist()
METHODS = ("gradient-descent", "momentum", "adam", "newton", "rprop", "rmsprop")
CURVES = (
    *("-x**2", "exp(x)", "x**3", "abs(x)", "1/x", "log(x)", "x", "sin(x)", "1e6*x**2", "1e-6*x**2"),
    *("(x-3)**2-200", "x**4-3*x**2+x"),
)
SURFACES = (
    *("x**2 - y**2", "-x**2 - y**2", "sin(x)*cos(y)", "x**2 + 20*y**2", "1e6*(x**2 + y**2)", "(x**2 + y**2)/1e6"),
    *("exp(x) + y**2", "abs(x) + abs(y)", "1/(x**2 + y**2)", "x + y", "rosenbrock", "plateau-2d"),
)
ASPECTS = ("16:9", "9:16", "1:1")
FRAMES = 24
LONGEST_REST, MOST_STILL = 4.0, 0.34


def films(lessons: list[str]) -> list[tuple[str, dict[str, object]]]:
    """Every film of the sweep."""
    found: list[tuple[str, dict[str, object]]] = []
    for scene in lessons:
        if scene == "overshoot":
            found += [(scene, {"learning_rate": rate}) for rate in RATES]
            continue
        functions = SURFACES if scene == "bowl" else CURVES
        for rate, function, method in product(RATES, (None, *functions), METHODS):
            found.append((scene, {"learning_rate": rate, "function": function, "optimiser": method}))
    return found


def faults(scene: str, words: dict[str, object], source: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, detail) of all that is wrong with a film."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            film = Film(scene, source.choice(ASPECTS), **words)
        except ValueError as refused:
            if "elsewhere" not in str(refused) and "works" not in str(refused):
                yield "refused without a way out", str(refused)
            return
        ends = film.ends()
        for frame in sorted({*ends, *source.sample(range(film.frames), min(FRAMES, film.frames))}):
            for kind, look in (("type", clashes), ("ball", misplaced_balls), ("number", wrong_numbers)):
                if scene == "bowl" and look is not clashes:  # its numbers are read by its own tests
                    continue
                for fault in look(film, frame):
                    yield kind, fault.partition(": ")[2]
    rests = still_seconds(film)
    if max(rests, default=0.0) > LONGEST_REST:
        yield "stillness", "a rest of more than four seconds"
    if sum(rests) > MOST_STILL * film.frames / film.spec.fps + 1.5:
        yield "stillness", "more than a third of the film stands still"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--lesson", action="append", choices=list(LESSONS))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    source = random.Random(given.seed)
    asked = films(given.lesson or list(LESSONS))
    source.shuffle(asked)
    found: dict[str, list[str]] = {}
    end, seen = time.monotonic() + given.seconds, 0
    for scene, words in asked:
        if time.monotonic() > end:
            break
        seen += 1
        try:
            kinds = {(kind, _general(detail)): detail for kind, detail in faults(scene, words, source)}
        except Exception as problem:  # noqa: BLE001 - the sweep goes on: a crash is a fault like the others
            kinds = {("crash", type(problem).__name__): str(problem)[:120]}
        for (kind, general), detail in kinds.items():
            shown = {name: value for name, value in words.items() if value is not None}
            found.setdefault(f"{scene} {kind}: {general}", []).append(f"{detail}  {shown}")
    print(f"{seen} of {len(asked)} films")
    for kind, cases in sorted(found.items(), key=lambda one: -len(one[1])):
        print(f"{len(cases):5} {kind}\n      e.g. {cases[0]}")


def _general(detail: str) -> str:
    """A fault without its numbers, so that its like are counted together."""
    return "".join(sign for sign in detail if not (sign.isdigit() or sign in ".−×⁰¹²³⁴⁵⁶⁷⁸⁹⁻-"))[:90]


if __name__ == "__main__":
    main()
