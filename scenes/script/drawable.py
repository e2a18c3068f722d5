"""A check that a film can show a run: the squares of its numbers must be finite. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdsim import Trajectory
from gdsim.batches import BatchRun
from scenes.script.data_range import LARGEST, SMALLEST, Range, loss_range, map_domain
from scenes.script.window import first_window


def check_drawable(runs: Sequence[Trajectory]) -> None:
    """Raise ValueError, in one line, if the part of the function that a film would show cannot be drawn.

    Call it once per story, before anything is drawn. Points and losses of the runs outside that part
    may be any numbers: the ball is not in the picture there.
    """
    for name, (low, high) in _ranges(runs):
        largest, room = max(abs(low), abs(high)), high - low
        if not (largest <= LARGEST and room >= SMALLEST):
            got = f"{name} from {low:.3g} to {high:.3g}"
            works = "(x - 3)**2" if runs[0].objective.dims == 1 else "x**2 + 4*y**2"
            raise ValueError(f"a film shows ranges from {SMALLEST:g} to {LARGEST:g}, got {got}; {works} works")


def _ranges(runs: Sequence[Trajectory]) -> Iterator[tuple[str, Range]]:
    """The ranges of the picture with their names."""
    objective = runs[0].objective
    if objective.dims > 2:
        return  # no picture has an axis for each parameter
    if objective.dims == 1:
        left, right, bottom, top = first_window(runs)
        yield objective.variables[0], (left, right)
        yield "losses", (bottom, top)
        return
    domain = map_domain(objective, runs[0].points[0])
    yield from zip(objective.variables, domain)
    if isinstance(runs[0], BatchRun):
        return  # its losses are as large as its data, and a landscape of thousands of rows takes a while
    if all(abs(edge) <= LARGEST for side in domain for edge in side):
        yield "losses", loss_range(objective, domain, float(runs[0].losses[0]))[0]
