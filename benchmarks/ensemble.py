"""How much quicker many runs are together than one at a time; and what a full basin map costs.

Run it with `python -m benchmarks.ensemble` or `python benchmarks/ensemble.py`.
"""

from __future__ import annotations

import sys
import tracemalloc
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from gdsim.ensemble import simulate_many, start_grid
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES

RATE, STEPS, ROUNDS = 0.01, 200, 3
SIDE, FULL_SIDE = 24, 512


def main() -> None:
    """Print one line a measurement; the two ways take turns, and the quickest round of each counts."""
    objective = SURFACES["himmelblau"]
    starts = start_grid(objective, SIDE, SIDE)
    full = start_grid(objective, FULL_SIDE, FULL_SIDE)
    singly, together, whole = [], [], []
    for _ in range(ROUNDS):
        begun = perf_counter()
        ends = [simulate(objective, rate=RATE, start=start, steps=STEPS).points[-1] for start in starts.reshape(-1, 2)]
        singly.append(perf_counter() - begun)
        begun = perf_counter()
        many = simulate_many(objective, rate=RATE, starts=starts, steps=STEPS)
        together.append(perf_counter() - begun)
        if not np.array_equal(many.points.reshape(-1, 2), ends):
            raise SystemExit("the ensemble differs from its single runs")
        begun = perf_counter()
        simulate_many(objective, rate=RATE, starts=full, steps=STEPS)
        whole.append(perf_counter() - begun)
    tracemalloc.start()
    simulate_many(objective, rate=RATE, starts=full, steps=STEPS)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    each = min(singly) / SIDE**2
    print(f"one at a time / together, {SIDE}×{SIDE} starts:    {min(singly) / min(together):7.0f} ×")
    print(f"the same, {FULL_SIDE}×{FULL_SIDE} (scaled up from those):   {each * FULL_SIDE**2 / min(whole):7.0f} ×")
    print(f"{FULL_SIDE}×{FULL_SIDE} starts, at most {STEPS} steps: {min(whole):.2f} s, {peak:.0f} MiB of arrays")


if __name__ == "__main__":
    main()
