"""Facts about Newton's method on a curve, each read off its runs: they decide what may be said."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from scenes.planned_newton import NewtonRuns, steepness
from scenes.script.window import Window, first_window

# Newton's method, plain descent and BFGS: the colours of their balls and words.
WEARS = ("run3", "run5", "run6")
# Curvatures below this share of the start's are as good as none; places nearer than this share of the map are one.
STRAIGHT, SAME = 1e-3, 1e-3
# A parabola that leaves the curve by less than this share of the picture's height is the curve.
TOGETHER = 1e-6
# The tip of the first parabola is shown if it is at most this share of the picture's height below it.
BELOW = 0.8


def bend_at(run: Trajectory, step: int) -> float:
    """The second derivative after a step."""
    assert run.objective.hessian is not None
    return float(np.asarray(run.objective.hessian(run.points[step]))[0, 0])


def is_level(main: Trajectory) -> bool:
    """Whether the run has no slope to begin with."""
    return main.steps == 0 and main.stop is Stop.FLAT


def is_straight(main: Trajectory) -> bool:
    """Whether there is no parabola at the start: no curvature at all, so that no step follows."""
    bend = bend_at(main, 0)
    return not np.isfinite(bend) or bend == 0


def fits_all(main: Trajectory) -> bool:
    """Whether the parabola at the start is the curve itself, all over the picture."""
    left, right, *_ = first_window((main,))
    x, y, slope, bend = float(main.points[0, 0]), main.losses[0], main.gradients[0, 0], bend_at(main, 0)
    across = np.linspace(left, right, 101)
    with np.errstate(all="ignore"):
        values = np.asarray(main.objective.value(across[:, None]), dtype=float)
        apart = np.abs(values - y - slope * (across - x) - bend / 2 * (across - x) ** 2)
        size = max(float(np.ptp(values)), 1e-12 * float(np.abs(values).max()))
        return bool(np.all(apart <= TOGETHER * size))


def on_a_hilltop(main: Trajectory) -> bool:
    """Whether the run ends where the curve is level and bends down."""
    return main.stop is Stop.FLAT and bend_at(main, -1) < -STRAIGHT * abs(bend_at(main, 0))


def comes_to(main: Trajectory, other: Trajectory) -> bool:
    """Whether both runs end where the slope is as good as zero, at the same place."""
    low, high = main.objective.domain[0]
    apart = abs(float(main.points[-1, 0] - other.points[-1, 0]))
    return main.stop is other.stop is Stop.FLAT and apart <= SAME * (high - low)


def compares(runs: NewtonRuns) -> bool:
    """Whether plain descent can be set beside Newton's method: it comes to the same place, or is still on its way."""
    main, plain = runs[:2]
    if not main.steps or main.stop is not Stop.FLAT or on_a_hilltop(main):
        return False
    left = abs(float(plain.gradients[-1, 0]))
    undone = plain.stop is Stop.STEP_LIMIT and left > steepness(main.objective) * 1e-9
    return comes_to(main, plain) or undone


def counts_the_bargain(runs: NewtonRuns) -> bool:
    """Whether BFGS can be set beside both."""
    return compares(runs) and comes_to(runs[0], runs[2])


def main_window(runs: NewtonRuns) -> Window:
    """The curve, the landings, and where the first parabola is level, unless that is far below."""
    left, right, bottom, top = first_window(runs[:1])
    main = runs[0]
    if main.steps and not is_straight(main):
        slope, bend = float(main.gradients[0, 0]), bend_at(main, 0)
        tip = float(main.losses[0]) - slope * slope / (2 * bend)
        height = top - bottom
        if bottom - BELOW * height < tip < bottom + 0.05 * height:
            bottom = tip - 0.06 * height
        if top < tip < top + BELOW * height:
            top = tip + 0.1 * height
    return left, right, bottom, top


def hump_windows() -> tuple[Window, Window, Window]:
    """Near the hump, as far as the level place of an almost straight parabola, and as high as the leap from there."""
    return (-0.55, 1.65, -1.25, 0.62), (-0.9, 3.5, -3.3, 1.9), (-2.6, 3.9, -9.0, 92.0)
