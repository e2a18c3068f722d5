"""A learning rate that suits a function of one variable, for films of functions that nobody has tuned."""

from __future__ import annotations

import numpy as np

from gdsim import Objective

# A step on a valley's floor covers this share of the distance left.
SHARE = 0.3
# Where the curve bends most (without its steepest tenth), a step still comes nearer to the floor.
BEND, SHARPEST = 1.0, 0.9
# A step on middling ground crosses this share of the domain.
STRIDE = 0.05
PLACES = 4001


def suited_rate(objective: Objective) -> float:
    """The smallest of the rates suggested by slope and curvature, to two digits; 0.1 if they suggest none."""
    places = np.linspace(*objective.domain[0], PLACES)
    with np.errstate(all="ignore"):
        slopes = np.asarray(objective.gradient(places[:, None]), dtype=float)[:, 0]
        bends = np.abs(np.gradient(slopes, places))
        floors = [float(np.interp(known.point[0], places, bends)) for known in objective.minima]
        steep, bent = np.abs(slopes[np.isfinite(slopes)]), bends[np.isfinite(bends)]
        asked = [(SHARE, floor) for floor in floors]
        asked += [(BEND, float(np.quantile(bent, SHARPEST)))] if len(bent) else []
        asked += [(STRIDE * float(np.ptp(places)), float(np.median(steep)))] if len(steep) else []
    sound = [share / size for share, size in asked if np.isfinite(size) and size > 1e-300]
    return float(f"{min(sound):.1e}") if sound else 0.1
