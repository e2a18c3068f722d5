"""What may be said of shots at a basket: whole sentences, each chosen by what the shots did."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from scenes.phrases.shot_facts import first_in, is_in, loss_digits, misses
from scenes.script.sentence import Count, Exact, Sentence, Value, say

# Two misses that are read as the same number differ by less than this share.
SAME = 0.02
# An angle that changes by fewer degrees hardly turns.
TURNED = 0.5


def first_shot(run: Trajectory) -> Sentence:
    """Where the first ball lands."""
    if is_in(run, 0):
        return say("First shot. It's in the basket already!")
    if misses(run)[0] < 0:
        return say("First shot. The ball lands {miss} metres short.", miss=metres(run, 0))
    return say("First shot. The ball lands {miss} metres too far.", miss=metres(run, 0))


def level(run: Trajectory) -> Sentence:
    """Why there is nothing to correct with."""
    if is_in(run, 0):
        return say("Nudge the force or the angle: both slopes are as good as zero. No error, no correction.")
    return say("Nudge the force or the angle: both slopes are as good as zero. Nothing says which way to correct.")


def unshootable() -> Sentence:
    """The first correction leads to no shot."""
    return say("Scaled by the learning rate, it asks for a shot that nobody can shoot: the rate is too large.")


def second_shot(run: Trajectory) -> Sentence:
    """What the first correction did to the miss."""
    before, after = misses(run)[:2]
    values = {"miss": metres(run, 1)}
    if is_in(run, 1):
        return say("Shoot again, and it's in!") if not is_in(run, 0) else say("Shoot again: it's in, as before.")
    if abs(abs(after) - abs(before)) <= SAME * abs(before):
        return say("Shoot again. This correction hardly changes the miss.")
    if abs(after) > abs(before):
        return say("Shoot again. Now it's {miss} metres off: the correction was too large.", **values)
    if after * before < 0:
        return say("Shoot again. Now it misses on the other side, by {miss} metres.", **values)
    if after < 0:
        return say("Shoot again. Now it's {miss} metres short: a smaller miss.", **values)
    return say("Shoot again. Now it's {miss} metres too far: a smaller miss.", **values)


def course(run: Trajectory) -> Sentence:
    """What the corrections after the first one did."""
    off, hit = np.abs(misses(run)), first_in(run)
    if run.stop is not Stop.STEP_LIMIT and run.stop is not Stop.FLAT:
        return say("Miss, correct, shoot again, until a correction asks for a shot that nobody can shoot.")
    if hit is not None and all(is_in(run, step) for step in range(hit, run.steps + 1)):
        if hit > 1:
            return say("Miss, correct, shoot again: shot number {number} is in!", number=Exact(hit + 1))
        return say("Shoot on: from here on, every shot is in.")
    shots = Count(run.steps + 1, "shot", "shots")
    if is_in(run, run.steps):
        return say("Miss, correct, shoot again: of {shots}, the last is in.", shots=shots)
    if np.all(np.diff(off) < 0):
        return say("Miss, correct, shoot again: each lands closer, but {shots} aren't enough.", shots=shots)
    return say(
        "Miss, correct, shoot again: after {shots}, it's still {miss} metres off.", shots=shots, miss=metres(run)
    )


def other_angle(run: Trajectory) -> Sentence:
    """The second row of shots: as far, from the other angle."""
    if run.points[0, 1] > 45:
        return say("Same force, same miss, but steep. What will the rule do?")
    return say("Same force, same miss, but flat. What will the rule do?")


def other_way(run: Trajectory) -> Sentence:
    """How the second row of shots hits."""
    arc, turned = "high" if run.points[-1, 1] > 45 else "low", float(run.points[-1, 1] - run.points[0, 1])
    if abs(turned) < TURNED:
        return say(f"Hardly anything: a {arc} arc hits, too.")
    return say(f"This time, it {'raises' if turned > 0 else 'lowers'} the angle, and a {arc} arc hits, too.")


def valley(runs: tuple[Trajectory, ...]) -> Sentence:
    """Where all hits are on the map."""
    if len(runs) > 1:
        return say("On the map, all hits form one curved valley, and both paths end there.")
    return say("On the map, all hits form one curved valley.")


def loop_line(run: Trajectory) -> Sentence:
    """The loop's one line."""
    if not run.steps:
        return say("Many shots hit: they form a valley.")
    return say("Miss, correct by the error, shoot again.")


def alt(runs: tuple[Trajectory, ...]) -> Sentence:
    """What the film shows, for those who cannot see it."""
    main = runs[0]
    shots = Count(main.steps + 1, "shot", "shots")
    if not main.steps:
        return say("A slingshot shoots at a basket. A map of the loss shows all hits as one curved valley.")
    values: dict[str, Value] = {"shots": shots, "first": metres(main, 0), "last": metres(main)}
    return say(
        "A slingshot takes {shots} at a basket. Each miss corrects force and angle; "
        "the miss goes from {first} to {last} metres.",
        **values,
    )


def metres(run: Trajectory, step: int = -1) -> Exact:
    """The size of a miss, in metres, as people say it: 38, 2.9, 0.33."""
    size = abs(float(misses(run)[step]))
    return Exact(size, 2 if size < 99.5 else 3)


def loss(run: Trajectory) -> Exact:
    """The first shot's loss."""
    size = float(run.losses[0])
    return Exact(size, loss_digits(size))
