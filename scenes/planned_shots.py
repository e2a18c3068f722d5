"""The shots of the lesson about the slingshot: each corrects the one before by its miss."""

from __future__ import annotations

import numpy as np

from gdsim import Trajectory, simulate
from gdsim.ballistics import basket_miss
from scenes.phrases.shot_facts import ends_in, steep_angle
from scenes.spec import RenderSpec

LEARNING_RATE, STEPS, START = 0.02, 4, (25.0, 10.0)
# The fastest first shot that a picture can show, in metres per second, and the most corrections.
FASTEST, MOST = 60.0, 40
# Shots whose angles differ by less are no two ways to hit.
APART = 10.0


def planned_shots(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The shots that `spec` asks for; where they end in the basket, also those from the other of two equal angles.

    θ and 90° − θ carry a ball equally far, so the second run begins with the same force and the same miss.
    Raises ValueError, in one line, if the start is no shot, or if there are more corrections than a film can show.
    """
    steps, start = STEPS if spec.steps is None else spec.steps, START if spec.start is None else spec.start
    if steps > MOST:
        raise ValueError(f"{spec.scene} shows up to {MOST} corrections, got {steps}; {STEPS} works")
    if len(start) == 2 and np.isfinite(start).all() and not (0 <= start[0] <= FASTEST and 0 <= start[1] <= 180):
        raise ValueError(
            f"a shot has a speed from 0 to {FASTEST:g} m/s and an angle from 0 to 180 degrees, "
            f"got {start[0]:g},{start[1]:g}; {START[0]:g},{START[1]:g} works"
        )
    rate = LEARNING_RATE if spec.learning_rate is None else spec.learning_rate
    objective = basket_miss()
    main = simulate(objective, rate=rate, start=start, steps=steps)
    other = 90 - float(start[1])
    if not (main.steps and ends_in(main) and 0 <= other <= 90 and abs(steep_angle(main) - 45) >= APART / 2):
        return (main,)
    second = simulate(objective, rate=rate, start=(float(start[0]), other), steps=steps)
    return (main, second) if ends_in(second) else (main,)
