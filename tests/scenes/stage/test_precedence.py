"""Type that would meet other type gives way by its rank, and by one frame alone."""

from itertools import pairwise

import pytest

from scenes.stage.composition import compose
from scenes.stage.precedence import given_way, letters_box
from scenes.stage.theme import THEMES
from scenes.stage.write import AXIS, LEAST, Setting

SETTING = Setting(compose(854, 480, "full"), THEMES["dark"])
LABEL = SETTING.words("0.25", 0.0, 0.0)
NAME = SETTING.axis_name("x", 0.2, 0.2)
TICK = SETTING.tick("10", 0.0, 0.1, 0.5, 0.5)


def opacities(*marks) -> list[float]:
    """The opacity of each of the marks in their picture; 0 for those that are not in it."""
    left = dict(given_way(list(enumerate(marks))))
    return [left[index].opacity if index in left else 0.0 for index in range(len(marks))]


@pytest.mark.parametrize("order", [(LABEL, TICK), (LABEL, NAME), (NAME, TICK)], ids=["label", "name", "tick"])
def test_the_higher_rank_gives_way(order):
    """A tick gives way to an axis' name and to a label, and a name to a label, whichever is painted first."""
    assert opacities(*order) == [1.0, 0.0]
    assert opacities(*order[::-1]) == [0.0, 1.0]


def test_labels_stay():
    """Two labels that meet are both seen, for neither says less: their own part has to place them."""
    assert opacities(LABEL, LABEL) == [1.0, 1.0]


def test_of_two_ticks_the_one_further_back_stays():
    """Two numbers that would meet are never both there."""
    assert opacities(TICK, TICK) == [1.0, 0.0]


def test_what_has_given_way_hides_nothing():
    """A tick next to a name that gave way to a label stays."""
    label = SETTING.words("0.25", -0.1, 0.0, across=1.0)
    name = SETTING.axis_name("x", 0.0, 0.25)
    tick = SETTING.tick("10", 0.01, 0.1, 0.0, 0.5)

    assert opacities(name, tick) == [1.0, 0.0]
    assert opacities(label, name, tick) == [1.0, 0.0, 1.0]


def test_a_label_that_is_not_there_yet_hides_nothing():
    """What is invisible leaves a tick alone, and by the time that it can be read, the tick is gone."""
    assert opacities(LABEL.faded(0.0), TICK)[1] == 1.0
    assert opacities(LABEL.faded(0.5), TICK)[1] == 0.0


def test_what_comes_near_fades_and_does_not_flicker():
    """As a label moves away from a tick, that returns by degrees."""
    seen = [opacities(SETTING.words("0.25", 0.01 * place, 0.0, across=0.0), TICK)[1] for place in range(60)]

    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    assert seen == sorted(seen)
    assert max(b - a for a, b in pairwise(seen)) < 0.3


def test_no_tick_leaves_the_frame():
    """Near the edge a long number is smaller, and not there where it could not be read."""
    frame = SETTING.composition.frame
    sizes = []
    for tenth in range(30):
        for across, x in ((1.0, frame.left + 0.1 * tenth), (0.0, frame.right - 0.1 * tenth)):
            mark = SETTING.tick("−2 × 10⁻⁶", x, 0.0, across, 0.5)
            assert mark.opacity == 0 or (frame.holds(mark.box) and mark.size >= LEAST)
            sizes.append(mark.size)
    assert min(sizes) < LEAST < max(sizes) == AXIS


def test_air_is_no_letter():
    """The box of the letters is within that of their type, and holds the figures."""
    assert LABEL.box.holds(letters_box(LABEL.box))
    assert letters_box(LABEL.box).height == pytest.approx(0.58 * LABEL.box.height)
