"""Ticks: few, round, inside, at every scale."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scenes.stage.ticks import ticks


@given(shift=some.floats(-100, 100), size=some.floats(1e-6, 1e6), most=some.integers(2, 10))
def test_ticks_are_few_round_and_inside(shift, size, most):
    """At most so many ticks, evenly spaced by 1, 2 or 5 times a power of ten, none outside."""
    low = shift * size
    found = ticks(low, low + size, most)

    assert len(found) <= most
    assert all(low - 1e-6 * size <= tick <= low + size * (1 + 1e-6) for tick in found)
    if len(found) > 1:
        step = found[1] - found[0]
        lead = float(f"{step:e}".split("e")[0])
        assert min(abs(lead - whole) for whole in (1, 2, 5, 10)) < 1e-3


@pytest.mark.parametrize("most", [4, 6])
def test_ordinary_axes_get_enough_ticks(most):
    """From 0 to 20 or −3 to 9 there are numbers to read, and no zero has a sign."""
    assert len(ticks(0, 20, most)) >= 3
    assert len(ticks(-3, 9, most)) >= 2
    assert "-0.0" not in map(str, ticks(-3, 9, most))


@given(exponent=some.integers(-300, 300), shift=some.floats(-3, 3), most=some.integers(2, 10))
def test_every_scale_has_its_ticks(exponent, shift, most):
    """From 1e-300 to 1e300 there is a tick or more, each a short decimal inside the range."""
    size = 10.0**exponent
    found = ticks(shift * size, (shift + 1) * size, most)

    assert 1 <= len(found) <= most
    assert all(len(f"{tick:.4g}") <= len(repr(tick)) and float(f"{tick:.3g}") == tick for tick in found)


@pytest.mark.parametrize(
    ("low", "high"), [(-1.7e308, 1.7e308), (0.0, 5e-324), (0.0, math.inf), (math.nan, 1.0), (1.0, 1.0), (2.0, 1.0)]
)
def test_a_range_without_room_has_no_ticks_beyond_it(low, high):
    """What no axis can show gives few ticks or none, and no error."""
    assert all(low <= tick <= high for tick in ticks(low, high))
