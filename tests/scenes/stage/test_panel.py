"""Read-outs: large enough to read, one beside the other, and still while they change."""

import pytest

from scenes.stage.layout import Box, layout
from scenes.stage.panel import SMALLEST, Field, Readouts
from scenes.stage.theme import THEMES

THEME = THEMES["dark"]
FIELDS = [Field("step", None), Field("rate α", "rate"), Field("loss", "loss")]
FIELDS += [Field("θ₁", "ball"), Field("θ₂", "ball"), Field("|gradient|", "slope")]


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (720, 720), (720, 900)])
@pytest.mark.parametrize("fields", [4, 6])
def test_read_outs_are_read_and_do_not_meet(size, fields):
    """Names and nine-character numbers are inside the box's width, not too small, and never one over another."""
    box = layout(*size, "full").readouts
    readouts = Readouts(box, FIELDS[:fields], THEME, most_columns=3)
    readouts.show(*["−1131.481"] * fields)
    boxes = [part.box for part in readouts.submobjects]

    for index, one in enumerate(boxes):
        assert readouts.submobjects[index].size >= SMALLEST - 0.02
        assert box.left - 1e-9 <= one.left
        assert one.right <= box.right + 0.02
        assert not any(one.inset(bottom=0.06).meets(other.inset(bottom=0.06)) for other in boxes[index + 1 :])


def test_columns_are_as_many_as_make_the_numbers_largest():
    """Six read-outs stand three and three in a wide box, two by two by two in a tall one."""
    wide = Readouts(Box(0, 0, 4.3, 1.5), FIELDS, THEME, most_columns=3)
    tall = Readouts(Box(0, 0, 3.3, 3.4), FIELDS, THEME, most_columns=3)

    assert len({value.box.left for value in wide.values}) == 3
    assert len({value.box.left for value in tall.values}) == 2


def test_numbers_stand_still():
    """Another number of as many digits begins and ends where the last one did."""
    readouts = Readouts(Box(0, 0, 4, 1.5), FIELDS[:4], THEME)
    readouts.show("1", "1111", "1", "1")
    before = readouts.values[1].box
    readouts.show("1", "8888", "1", "1")

    assert readouts.values[1].box == before


def test_a_field_may_have_a_colour_of_its_own():
    """A read-out wears its concept's colour, or its own, or ink."""
    assert Field("loss", "loss").worn(THEME) == THEME.loss
    assert Field("other valley", None, "#123456").worn(THEME) == "#123456"
    assert Field("step", None).worn(THEME) == THEME.ink
