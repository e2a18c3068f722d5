"""Labels in a row, and names in the plane: moved apart until none meets another."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scenes.stage.box import Box
from scenes.stage.parts.names import free_box, groups
from scenes.stage.parts.spread import spread_apart

LABELS = some.lists(some.tuples(some.floats(0, 10), some.floats(0.2, 1.2)), min_size=1, max_size=6)


@given(LABELS)
def test_labels_keep_their_gap_their_order_and_their_room(labels):
    """Whatever they wish, labels stand in the order of their wishes, a gap apart, between low and high."""
    wishes, widths = zip(*labels)
    middles = spread_apart(wishes, widths, 0.0, 10.0, 0.1)

    order = sorted(range(len(wishes)), key=lambda index: wishes[index])
    for left, right in pairwise(order):
        assert middles[right] - middles[left] >= (widths[left] + widths[right]) / 2 + 0.1 - 1e-9
    assert min(middles[index] - widths[index] / 2 for index in order) >= -1e-9
    assert max(middles[index] + widths[index] / 2 for index in order) <= 10 + 1e-9


def test_labels_with_room_stand_where_they_wish():
    """Nobody is moved without need; two that meet share the way."""
    assert spread_apart([1.0, 5.0], [1.0, 1.0], 0.0, 10.0, 0.1) == [1.0, 5.0]
    assert spread_apart([5.0, 5.0], [1.0, 1.0], 0.0, 10.0, 0.0) == pytest.approx([4.5, 5.5])


@given(some.lists(some.tuples(some.floats(-4, 4), some.floats(-2, 2)), min_size=1, max_size=6))
def test_names_in_the_plane_meet_neither_each_other_nor_a_ball(places):
    """Six names find a free place in the picture, wherever their balls stand."""
    room, taken = Box(-6.0, -3.0, 6.0, 3.0), [Box(x - 0.2, y - 0.2, x + 0.2, y + 0.2) for x, y in places]
    names = []
    for _, place in groups(list(enumerate(places))):
        names.append(free_box(place, 1.0, 0.4, room, [*taken, *names]))

    assert all(room.holds(box) for box in names)
    assert not any(one.meets(other) for one, other in combinations(names, 2))
    assert not any(box.meets(ball) for box in names for ball in taken)


def test_balls_that_stand_together_share_a_name():
    """The first of a group says where it stands."""
    assert groups([(0, (0.0, 0.0)), (1, (3.0, 0.0)), (2, (0.1, 0.0))]) == [([0, 2], (0.0, 0.0)), ([1], (3.0, 0.0))]
