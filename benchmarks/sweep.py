"""Every lesson with random options of those that it takes: what fails, warns, collides, leaves the frame, stands still.

    python benchmarks/sweep.py --seconds 300 [--lesson parabola] [--seed 1] [--all]

Lessons take turns until the time is up. Nothing is drawn: words and numbers are read from the marks of a sample of
frames. One line for each kind of fault, the most frequent first, with a film that shows it, or with each one.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from itertools import count
from random import Random

from scenes.catalogue import LESSONS
from scenes.spec import CUTS
from tests.scenes.lessons.asked import Values, asked
from tests.scenes.lessons.truth import (
    Film,
    clashes,
    misplaced_balls,
    misplaced_ends,
    spills,
    still_seconds,
    wrong_numbers,
)

ASPECTS = ("16:9", "9:16", "1:1")
FRAMES = 24
LONGEST_REST, MOST_STILL = 4.0, 0.34
LOOKS = {"type": clashes, "spill": spills, "ball": misplaced_balls, "end": misplaced_ends, "number": wrong_numbers}


def film(lesson: str, number: int, seed: int) -> tuple[str, Values, Random]:
    """(shape, options, source of more) of a film of the sweep, whatever was looked at before it."""
    source = Random(f"{seed} {number} {lesson}")
    shape, cut = source.choice(ASPECTS), source.choice((*CUTS, "full"))
    return shape, asked(lesson, source) | {"cut": cut}, source


def faults(lesson: str, shape: str, words: Values, source: Random) -> Iterator[tuple[str, str]]:
    """(kind, detail) of all that is wrong with a film."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            made = Film(lesson, shape, **words)
        except ValueError as refused:
            known = any(word in str(refused) for word in ("elsewhere", "work", "takes", "--"))
            yield "refused" if known else "refused without a way out", str(refused)
            return
        for frame in sorted({*made.ends(), *source.sample(range(made.frames), min(FRAMES, made.frames))}):
            for kind, look in LOOKS.items():
                yield from ((kind, fault.partition(": ")[2] + f" @{frame}") for fault in look(made, frame))
    rests = still_seconds(made)
    if max(rests, default=0.0) > LONGEST_REST:
        yield "stillness", f"a rest of {max(rests):.1f} seconds"
    if sum(rests) > MOST_STILL * made.frames / made.spec.fps + 1.5:
        yield "stillness", f"{10 * sum(rests) / made.frames:.0%} of the film stands still"


def seen_faults(lesson: str, number: int, seed: int) -> dict[tuple[str, str], str]:
    """(kind, fault without numbers) -> an example, with what to ask for to see it."""
    shape, words, source = film(lesson, number, seed)
    shown = f"  {shape} {words}"
    try:
        return {(kind, _general(detail)): detail + shown for kind, detail in faults(lesson, shape, words, source)}
    except Exception as problem:  # noqa: BLE001 - the sweep goes on: a crash is a fault like the others
        return {("crash", type(problem).__name__): str(problem)[:120] + shown}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--lesson", action="append", choices=list(LESSONS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="print every film with a fault")
    given = parser.parse_args()
    found: dict[str, list[str]] = {}
    seen: Counter[str] = Counter()
    end = time.monotonic() + given.seconds
    turns = ((lesson, number) for number in count() for lesson in given.lesson or LESSONS)
    for lesson, number in turns:
        if time.monotonic() > end:
            break
        seen[lesson] += 1
        for (kind, general), example in seen_faults(lesson, number, given.seed).items():
            found.setdefault(f"{lesson} {kind}: {general}", []).append(example)
    print(*(f"{lesson}: {films} films" for lesson, films in seen.items()), sep="\n")
    for kind, cases in sorted(found.items(), key=lambda one: (" refused: " in one[0], -len(one[1]))):
        print(f"{len(cases):5} {kind}")
        print(*(f"      e.g. {case}" for case in (cases if given.all else cases[:1])), sep="\n")


def _general(detail: str) -> str:
    """A fault without its numbers, so that its like are counted together."""
    return "".join(sign for sign in detail if not (sign.isdigit() or sign in ".−×⁰¹²³⁴⁵⁶⁷⁸⁹⁻-@"))[:90]


if __name__ == "__main__":
    main()
