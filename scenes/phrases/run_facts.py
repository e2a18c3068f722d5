"""Facts about a run, each read off its numbers: they decide what may be said."""

from __future__ import annotations

import numpy as np

from gdsim import Minimum, Objective, Stop, Trajectory
from gdsim.behaviour import Behaviour, behaviour, jumps, lengths
from gdsim.objective import Array

# Two numbers this near to each other, relative to the larger, count as equal.
SAME = 1e-9
# A ball this near to a minimum, in the objective's units, is on it.
ARRIVED = 5e-7
# A step that covers less than this share of the way is tiny.
TINY_STEP = 0.1
_NAMES = {
    "gradient-descent": "Gradient descent",
    "asgd": "Averaged descent",
    "adagrad": "AdaGrad",
    "adadelta": "AdaDelta",
    "rmsprop": "RMSProp",
    "rprop": "Rprop",
    "adamw": "AdamW",
    "amsgrad": "AMSGrad",
    "nadam": "NAdam",
    "radam": "RAdam",
    "adamax": "AdaMax",
    "newton": "Newton's method",
    "bfgs": "BFGS",
    "lbfgs": "L-BFGS",
}
_LETTERS = {"theta": "θ", "alpha": "α"}
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def follows_the_slope(run: Trajectory) -> bool:
    """Whether every step is minus the rate times the slope: plain gradient descent."""
    with np.errstate(all="ignore"):
        moves = np.diff(run.points, axis=0)
        plain = -run.learning_rates[:, None] * run.gradients[:-1]
        return bool(np.allclose(moves, plain, rtol=1e-6, atol=1e-9 * float(np.abs(run.points).max() + 1)))


def crosses_squarely(run: Trajectory, most: float = 2.0) -> bool:
    """Whether every straight step crosses each contour within `most` degrees of a right angle."""
    shares = np.linspace(0.0, 1.0, 9)[:, None, None]
    moves = np.diff(run.points, axis=0)
    slopes = np.asarray(run.objective.gradient(run.points[:-1] + shares * moves))
    lengths = np.linalg.norm(slopes, axis=-1) * np.linalg.norm(moves, axis=-1)
    return bool(np.all(-np.sum(slopes * moves, axis=-1) >= np.cos(np.radians(most)) * lengths))


def rate_suits(run: Trajectory) -> bool:
    """Whether the run used the one rate that its function suggests, and no step of it overshoots."""
    from gdsim.suiting_rate import suiting_rate  # here: most films never ask

    known = run.objective.name in ("bowl", "shifted-parabola")
    if known or not run.steps or not constant_rate(run) or not follows_the_slope(run):
        return False
    own = suiting_rate(run.objective, run.points[0], run.steps)
    return bool(run.learning_rates[0] == own and falling(run.losses) and not jumps(run).any())


def step_lengths(run: Trajectory) -> Array:
    """(steps,): how far each step went."""
    with np.errstate(over="ignore"):
        return lengths(np.diff(run.points, axis=0))


def falling(values: Array) -> bool:
    """Whether each value is below the one before."""
    return bool(np.all(values[1:] < values[:-1] - _slack(values)))


def rising(values: Array) -> bool:
    """Whether each value is above the one before."""
    return bool(np.all(values[1:] > values[:-1] + _slack(values)))


def _slack(values: Array) -> Array:
    """The difference that counts as none, for each value but the last."""
    return SAME * np.abs(values[:-1])


def constant_rate(run: Trajectory) -> bool:
    """Whether all steps used the same learning rate."""
    return bool(np.all(run.learning_rates == run.learning_rates[0]))


def nearest_minimum(run: Trajectory) -> Minimum | None:
    """The known minimum nearest to the end of the run; None if none is known."""
    last = run.points[-1]
    return min(run.objective.minima, key=lambda one: float(lengths(last - np.array(one.point))), default=None)


def off_the_map(run: Trajectory) -> bool:
    """Whether the run ended outside the part of the function that is drawn."""
    return any(not low <= value <= high for value, (low, high) in zip(run.points[-1], run.objective.domain))


def halted(run: Trajectory) -> bool:
    """Whether the run ended because its next step has no value, no slope, or is not a number."""
    return run.stop in (Stop.UNDEFINED, Stop.SLOPELESS, Stop.UNCOMPUTABLE)


def stays(run: Trajectory) -> bool:
    """Whether the ball never moved although the ground is not flat, because its first step leads nowhere."""
    return run.steps == 0 and (halted(run) or run.stop is Stop.DIVERGED)


def course(run: Trajectory) -> Behaviour:
    """What may be said of the run: where no minimum is near, or none was to be reached, it just descends."""
    kind, lower = behaviour(run), run.losses[-1] <= run.losses[0]
    if kind is Behaviour.DIVERGES and lower:
        return Behaviour.DESCENDS
    unknown = not run.objective.minima or off_the_map(run) or halted(run)
    if kind is Behaviour.CREEPS and not unknown and not _tiny_steps(run):
        return Behaviour.DESCENDS
    if kind in (Behaviour.CREEPS, Behaviour.LANDS) and unknown:
        return Behaviour.DESCENDS
    return kind


def _tiny_steps(run: Trajectory) -> bool:
    """Whether every step is tiny beside the way that is left to the next minimum."""
    goal = nearest_minimum(run)
    assert goal is not None
    left = float(lengths(run.points[-1] - np.array(goal.point)))
    return bool(step_lengths(run).max() < TINY_STEP * left)


def variable_text(name: str) -> str:
    """A variable in plain text: `theta_1` -> θ₁."""
    letter, _, index = name.partition("_")
    return _LETTERS.get(letter, letter) + index.translate(_LOWERED)


def variable_names(objective: Objective) -> tuple[str, ...]:
    """All of them so: (θ₁, θ₂)."""
    return tuple(map(variable_text, objective.variables))


def starts_level(run: Trajectory) -> bool:
    """Whether the slope at the start is zero in every direction."""
    return not run.gradients[0].any()


def method_title(name: str) -> str:
    """A method's name as people write it: `rmsprop` -> RMSProp."""
    return _NAMES.get(name, name.capitalize())
