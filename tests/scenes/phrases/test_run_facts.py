"""What may be said of a run, at any scale and on either side of zero."""

from __future__ import annotations

import numpy as np

from gdsim import simulate
from gdsim.behaviour import jumps, lengths
from gdsim.expression import parse_objective
from scenes.phrases.run_facts import falling, rising


def test_equal_numbers_neither_fall_nor_rise():
    """Below zero as above it: a loss that stays at −1 has not fallen, and one that falls to −2 has not risen."""
    for value in (1.0, -1.0, -1e200, 0.0):
        assert not falling(np.array([value, value]))
        assert not rising(np.array([value, value]))
    assert falling(np.array([-1.0, -2.0]))
    assert not rising(np.array([-1.0, -2.0]))
    assert rising(np.array([-2.0, -1.0]))


def test_lengths_and_jumps_are_told_at_any_scale():
    """A vector of 1e300 has its length, and steps between slopes of ±1e-200 jump, though no square is a double."""
    assert lengths(np.array([3e300, 4e300])) == 5e300
    steep = simulate(parse_objective("abs(x)*1e-200"), rate=1.5e200, start=(1.0,), steps=3, rules=())

    assert jumps(steep).tolist() == [True, True, True]
