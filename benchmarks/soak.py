"""Everything that may befall a render, at random and for as long as is asked: a release runs it.

Run it with `make soak` or `python benchmarks/soak.py [--seconds N | --rounds N] [--seed N] [trial…]`; without words it
tries all the trials below in turn. It prints each failure with the command that showed it, then a table of what was
tried and how many failed, and ends with 1 where any did. Beside nothing else: a busy machine makes slow renders.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

HOME = Path(__file__).parent.parent
for place in (HOME, HOME / "benchmarks"):
    sys.path.insert(0, str(place))

from tools.extremes import words as extreme_words  # noqa: E402 - found from here on
from tools.oddities import HARMS, SETTINGS, spoil  # noqa: E402
from tools.program import Ended, Place, TrialError, ended, typed  # noqa: E402

SMALL = ["-r", "320,180", "--fps", "10"]
FILMS = {
    "a.mp4": ["parabola", "--voice", "none"],
    "b.mp4": ["overshoot", "--voice", "none"],
    "c.mp4": ["local-minima", "--cut", "loop"],
    "d.mp4": ["bowl", "--voice", "none"],
    "e.gif": ["parabola", "--texts"],
    "f.gif": ["local-minima"],
    "g.webp": ["overshoot"],
    "h.webm": ["parabola", "--cut", "loop"],
    "i.mp4": ["parabola", "--voice", "espeak"],
}
BEFORE = b"an earlier film"
# A film at -q l on one processor, in seconds.
LONGEST = 30.0


class Alone:
    """Films that were made alone, of nothing that was kept: what all others are held to."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.known: dict[str, bytes] = {}

    def film(self, name: str) -> bytes:
        """The bytes of one of the FILMS; it is made when it is first asked for."""
        if name not in self.known:
            words = ["render", *FILMS[name], *SMALL, "--no-cache", "--jobs", "1", "-o", name]
            self.place.run(words).check({0})
            self.known[name] = (self.place.films / name).read_bytes()
        return self.known[name]


class Ground:
    """Where a kind of trial takes place: its folders stay from round to round, so that its cache is warm."""

    def __init__(self, folder: Path, alone: Alone) -> None:
        self.place, self.alone = Place(folder), alone

    def words(self, name: str, *more: str) -> list[str]:
        """The command that makes one of the FILMS."""
        return ["render", *FILMS[name], *SMALL, *more, "-o", name]

    def check(self, name: str, *others: bytes) -> None:
        """Raises TrialError where a film has neither its own bytes nor others that are allowed."""
        if (self.place.films / name).read_bytes() not in (self.alone.film(name), *others):
            raise TrialError(f"{name} has other bytes than when it is made alone")

    def check_left(self) -> None:
        """Raises TrialError where anything but the FILMS and what stands beside them lies about."""
        self.place.check_left([name.partition(".")[0] for name in FILMS])


Trial = Callable[[Random, Ground], list[str]]


def side_by_side(random: Random, ground: Ground) -> list[str]:
    """Renders of other films, and of the same one twice, in one folder at the same time."""
    names = random.sample(list(FILMS), 3)
    names.append(names[0])
    commands = [ground.words(name, "--jobs", random.choice("12"), *_cache(random)) for name in names]
    running = [ground.place.start(words) for words in commands]
    endings = [ended(process, words) for process, words in zip(running, commands)]
    for name, ending in zip(names, endings):
        ending.check({0})
        ground.check(name)
    ground.check_left()
    return commands[0]


def cancelled(random: Random, ground: Ground) -> list[str]:
    """Ctrl-C or SIGTERM at any moment: nothing is left, and the earlier film stays or a new one is there."""
    name = random.choice(list(FILMS))
    number = random.choice((signal.SIGINT, signal.SIGTERM))
    words, ending = _stopped(random, ground, name, number)
    if ending.code not in (0, 128 + number, -number):  # the last where Python itself had not begun
        raise TrialError(f"exit code {ending.code}: {ending.said}")
    ground.check(name, BEFORE)
    ground.check_left()
    return words


def killed(random: Random, ground: Ground) -> list[str]:
    """`kill -9` at any moment: no broken film, and the next render sweeps what lies there."""
    name = random.choice(list(FILMS))
    _stopped(random, ground, name, signal.SIGKILL)
    ground.check(name, BEFORE)
    words = ground.words(name, "--jobs", random.choice("12"))
    ground.place.run(words).check({0})
    ground.check(name)
    ground.check_left()
    return words


def damaged_cache(random: Random, ground: Ground) -> list[str]:
    """Pieces and recordings that something has changed: the film is the same, and they are made anew."""
    name = random.choice(list(FILMS))
    words = ground.words(name, "--jobs", random.choice("12"))
    ground.place.run(words).check({0})
    kept = sorted(path for path in ground.place.cache.rglob("*") if path.is_file())
    for path in random.sample(kept, min(len(kept), random.randint(1, 12))):
        spoil(random, random.choice(HARMS), path, random.choice(kept))
    ground.place.run(words).check({0})
    ground.check(name)
    return words


def odd_environment(random: Random, ground: Ground) -> list[str]:
    """Variables, folders, streams and limits that few people have: a film, or one line and its exit code."""
    name = random.choice(list(FILMS))
    setting = random.choice(list(SETTINGS))
    changes, before, codes = SETTINGS[setting](ground.place.folder)
    words = ground.words(name, "--jobs", random.choice("12"))
    for command in (words, ["simulate", "parabola", "--steps", "3"]):
        ending = ground.place.run(command, changes, before)
        try:
            ending.check(codes)
        except TrialError as failure:
            raise TrialError(f"{setting}: {failure}") from None
        if command is words and ending.code == 0:
            ground.check(name)
    return words


def extreme(random: Random, ground: Ground) -> list[str]:
    """Numbers at every scale: a film within LONGEST, or a line before anything is drawn."""
    words = extreme_words(random, "film")
    try:
        ending = ground.place.run(words)
        ending.check({0, 2})
        ground.place.check_left(["film"] if ending.code == 0 else [])
        if ending.seconds > LONGEST:
            raise TrialError(f"took {ending.seconds:.0f} s of a processor")
    except TrialError as failure:
        raise TrialError(f"{failure}\n    {typed(words)}") from None
    finally:
        for path in ground.place.films.iterdir():
            path.unlink()
    return words


TRIALS: dict[str, Trial] = {
    trial.__name__.replace("_", "-"): trial
    for trial in (side_by_side, cancelled, killed, damaged_cache, odd_environment, extreme)
}


def _cache(random: Random) -> list[str]:
    return random.choice(([], ["--no-cache"]))


def _stopped(random: Random, ground: Ground, name: str, number: int) -> tuple[list[str], Ended]:
    """Render a film over an earlier one and send it a signal: at any moment, more often while it draws."""
    ground.alone.film(name)
    (ground.place.films / name).write_bytes(BEFORE)
    words = ground.words(name, "--jobs", random.choice("12"), *_cache(random))
    process = ground.place.start(words)
    drawing = random.random() < 0.7
    while drawing and process.poll() is None and not list(ground.place.temporary.glob("gdsim-work-*/*.*")):
        time.sleep(0.01)
    time.sleep(random.uniform(0.0, 1.0 if drawing else 3.0))
    process.send_signal(number)
    return words, ended(process, words)


@dataclass
class Tally:
    """A row of the table."""

    tried: int = 0
    failed: int = 0
    seconds: float = 0.0


def soak(names: list[str], seed: int, rounds: int | None, seconds: float, folder: Path) -> dict[str, Tally]:
    """Try the trials in turn until there were enough rounds or the time is over."""
    alone = Alone(folder / "alone")
    grounds = {name: Ground(folder / name, alone) for name in names}
    tallies = {name: Tally() for name in names}
    begun, number = time.monotonic(), 0
    with suppress(KeyboardInterrupt):  # what was tried so far is told
        while number < rounds if rounds is not None else time.monotonic() - begun < seconds:
            for name, tally in tallies.items():
                start = time.monotonic()
                try:
                    TRIALS[name](Random(f"{seed} {number} {name}"), grounds[name])
                except TrialError as failure:
                    tally.failed += 1
                    print(f"{name} {number}: {failure}", flush=True)
                tally.tried += 1
                tally.seconds += time.monotonic() - start
            number += 1
    return tallies


def main() -> None:
    """Try, print, and end with 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trials", nargs="*", choices=[*TRIALS, []], help=", ".join(TRIALS))
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to try (600)")
    parser.add_argument("--rounds", type=int, help="how often to try each, however long it takes")
    parser.add_argument("--seed", type=int, default=0, help="another seed tries other things (0)")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="gdsim-soak-") as folder:
        tallies = soak(given.trials or list(TRIALS), given.seed, given.rounds, given.seconds, Path(folder))
    print("\n| trial | tried | failed | seconds |\n|---|--:|--:|--:|")
    for name, tally in tallies.items():
        print(f"| {name} | {tally.tried} | {tally.failed} | {tally.seconds:.0f} |")
    sys.exit(any(tally.failed for tally in tallies.values()))


if __name__ == "__main__":
    os.environ.pop("PYTHONWARNINGS", None)
    main()
