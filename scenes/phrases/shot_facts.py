"""Facts about shots at a basket: where each lands, which are in, and how much of range and map is seen."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.ballistics import DISTANCE, apex, landing
from gdsim.objective import Array
from scenes.phrases.run_facts import starts_level
from scenes.script.window import Window

# Half the basket's width in metres: a ball that lands no farther from its middle is in.
RIM = 2.5
# What is seen of the range at least, in metres: left, right, bottom, top; and at most.
RANGE: Window = (-16.0, 74.0, -9.0, 50.0)
FARTHEST: Window = (-120.0, 260.0, -9.0, 160.0)
# From near by, so many metres up are enough.
NEAR = 16.0
# The angles of hits that are drawn, in degrees, and the map's least part, in metres per second and degrees.
HITS = tuple(range(18, 73, 9))
MAP: Window = (16.0, 46.0, 0.0, 90.0)
FASTEST = 120.0


def landings(run: Trajectory) -> Array:
    """(steps + 1,): where each shot lands, in metres from the slingshot."""
    return landing(*run.points.T)


def misses(run: Trajectory) -> Array:
    """(steps + 1,): by how many metres each shot is too long; negative where it is too short."""
    return landings(run) - DISTANCE


def is_in(run: Trajectory, step: int) -> bool:
    """Whether the ball of this shot lands in the basket."""
    return bool(abs(misses(run)[step]) <= RIM)


def ends_in(run: Trajectory) -> bool:
    """Whether the last ball does."""
    return is_in(run, run.steps)


def first_in(run: Trajectory) -> int | None:
    """The first shot in the basket, counted from 0."""
    inside = np.flatnonzero(np.abs(misses(run)) <= RIM)
    return int(inside[0]) if len(inside) else None


def nothing_to_correct(run: Trajectory) -> bool:
    """Whether the first shot's loss has no slope, or none to speak of."""
    return starts_level(run) or (not run.steps and run.stop is Stop.FLAT)


def steep_angle(run: Trajectory) -> float:
    """The angle of the first shot, or of the one that carries as far, whichever is steeper."""
    angle = float(run.points[0, 1])
    return max(angle, 90 - angle)


def loss_digits(loss: float) -> int:
    """How many digits of a loss are told: four, or all before the point."""
    return 5 if 9999.5 <= loss < 99_999.5 else 4


def range_window(runs: tuple[Trajectory, ...]) -> Window:
    """The slingshot, the basket, and every flight that is not far away."""
    ends = np.concatenate([landings(run) for run in runs])
    tops = np.concatenate([apex(*run.points.T) for run in runs])
    tops = np.concatenate([tops, np.abs(ends[np.abs(ends) <= FARTHEST[1]] - DISTANCE)])
    left = float(np.min(1.1 * ends[ends >= FARTHEST[0]], initial=RANGE[0]))
    right = float(np.max(1.06 * ends[ends <= FARTHEST[1]], initial=RANGE[1]))
    return left, right, RANGE[2], float(np.max(1.06 * tops[tops <= FARTHEST[3]], initial=RANGE[3]))


def near_window(run: Trajectory) -> Window:
    """The slingshot, the basket and the first flight, from near by."""
    (left, right, bottom, _), high = RANGE, float(apex(*run.points[0]))
    return left, right, bottom, max(NEAR, 1.1 * high if high <= FARTHEST[3] else FARTHEST[3])


def shots_window(runs: tuple[Trajectory, ...]) -> Window:
    """The part of the map with the hits, and every shot of the runs that is not out of all measure."""
    points = np.concatenate([run.points for run in runs])
    points = points[points[:, 0] <= FASTEST]
    slow, fast = float(points[:, 0].min(initial=np.inf)), float(points[:, 0].max(initial=0.0))
    high = float(points[:, 1].max(initial=0.0))
    return min(MAP[0], max(0.0, slow - 3)), max(MAP[1], fast + 3), MAP[2], max(MAP[3], min(180.0, high + 8))
