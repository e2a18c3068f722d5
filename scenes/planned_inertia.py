"""From the user's options to the runs of a heavy ball and of plain descent, in a valley and on a curve with a bump."""

from __future__ import annotations

from collections.abc import Iterable

from gdsim import OPTIMISERS, SURFACES, Objective, Trajectory, simulate
from gdsim.optimiser import momentum
from gdsim.setting import read_settings
from gdsim.suiting_rate import zigzag_rate
from scenes.planned_run import asked_objective, sound_start
from scenes.spec import RenderSpec

# A ball that keeps this much of its last move hardly slows down.
HEAVY = 0.99
# On the curve with a bump the rate and the steps are always these.
BUMP_RATE, BUMP_STEPS = 0.3, 60


class HeavyRuns(tuple[Trajectory, ...]):
    """Plain descent, momentum and too much of it, from one start at one rate; then the first two on the bump.

    decay: the share of its last move that the ball with momentum keeps.
    """

    decay: float

    def __new__(cls, runs: Iterable[Trajectory], decay: float) -> HeavyRuns:
        made = super().__new__(cls, runs)
        made.decay = decay
        return made


def planned_inertia(
    spec: RenderSpec, own: Objective, rate: float, decay: float, start: tuple[float, ...], steps: int
) -> HeavyRuns:
    """The runs that `spec` asks for, with the lesson's own function, rate, decay, start and steps as defaults.

    Raises ValueError with one line where a value is off.
    """
    objective = asked_objective(spec, own)
    known = {"decay": OPTIMISERS["momentum"].settings["decay"]._replace(default=decay)}
    kept = float(read_settings("momentum", known, dict(spec.settings))["decay"])
    steps = steps if spec.steps is None else spec.steps
    begin = spec.start if spec.start is not None or spec.function is not None else start
    if spec.learning_rate is not None:
        rate = spec.learning_rate
    elif spec.function is not None and sound_start(objective, begin):
        rate = zigzag_rate(objective, begin, steps)
    runs = [simulate(objective, method, rate, begin, steps) for method in (None, momentum(kept), momentum(HEAVY))]
    bump = SURFACES["speed-bump"]
    runs += [simulate(bump, method, BUMP_RATE, steps=BUMP_STEPS) for method in (None, momentum(kept))]
    return HeavyRuns(runs, kept)
