"""How much of a run is shown: its part of the plane or the map, its losses, its contours. Nothing is drawn here.

Every range is a pair (low, high) of finite, distinct numbers, whatever the function; whether a film can
show it is decided by `drawable`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim import Objective
from gdsim.objective import Array

Stretch = Callable[[Array], Array]
Range = tuple[float, float]

# A start is within this share of the way from the map's middle to its rim.
WELL_INSIDE = 0.87
# The map shows losses up to this many times the start's height above the lowest.
HEADROOM = 1.35
# A map whose median loss is below this share of its highest is drawn on a logarithmic scale.
STEEP = 0.16
# The maximum number of cells along a side, for a narrow valley.
FINEST = 132
# Drawing squares lengths and divides by them: both must stay well inside the range of a double.
LARGEST, SMALLEST = 1e150, 1e-150
# Two numbers nearer to each other than this, relative to the larger, are too close to be a range.
LEVEL = 1e-12


def map_domain(objective: Objective, start: Array) -> tuple[Range, Range]:
    """The objective's domain, widened about its middle until the start is well inside its ellipse."""
    low, high = np.array(objective.domain).T
    with np.errstate(all="ignore"):
        middle, half = (low + high) / 2, (high - low) / 2
        reach = float(np.hypot(*((start - middle) / half)))
        half = half * max(1.0, reach / WELL_INSIDE)
        (a, b), (c, d) = np.stack([middle - half, middle + half], axis=-1).tolist()
    return (a, b), (c, d)


def loss_range(objective: Objective, domain: tuple[Range, Range], start: float) -> tuple[Range, bool, Stretch | None]:
    """(lowest, highest) loss to show, whether the surface is cut off level at the highest, and how it is stretched."""
    axes = [np.linspace(*pair, 161) for pair in domain]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    circle = np.hypot(*np.meshgrid(*[np.linspace(-1, 1, 161)] * 2, indexing="ij")) <= 1
    with np.errstate(all="ignore"):
        losses = np.asarray(objective.value(grid))[circle]
        losses = losses[np.isfinite(losses)]
        losses = losses if len(losses) else np.array([start])
        low, rim = float(losses.min()), float(losses.max())
        high = min(rim, low + HEADROOM * max(start - low, 0.25 * (rim - low) if start - low < 1e-9 else 0.0))
        cut = rim > high * (1 + 1e-9) + 1e-12
        shown = losses[losses <= high]
        low, high = roomy(low, high)
        steep = float(np.median(shown) - low) < STEEP * (high - low)
    return (low, high), cut, logarithmic(1.2) if steep else None


def resolution(objective: Objective, domain: tuple[Range, Range], high: float) -> int:
    """Cells along a side: the less of the map is below the highest loss shown, the more there are."""
    axes = [np.linspace(*pair, 81) for pair in domain]
    with np.errstate(all="ignore"):
        losses = objective.value(np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1))
    share = float(np.mean(losses <= high))
    return int(np.clip(48 / max(share, 1e-9) ** 0.8, 48, FINEST))


def contour_levels(losses: Range) -> list[float]:
    """Nine levels from low to high, closer together near the bottom."""
    low, high = losses
    return [low + (high - low) * share**2 for share in np.linspace(0.15, 0.97, 8).tolist()]


def roomy(low: float, high: float) -> Range:
    """The range, extended upwards if its ends are too close together."""
    return (low, high) if high - low > LEVEL * max(abs(low), abs(high)) else (low, low + max(1.0, abs(low)))


def logarithmic(decades: float = 3.0) -> Stretch:
    """Heights that show a valley's floor and its walls at once: the lowest 10^-decades of the range stays linear."""
    steepness = 10.0**decades
    return lambda fraction: np.log1p(steepness * fraction) / np.log1p(steepness)
