"""The boxes of the frame: nothing overlaps, nothing leaves, in any shape."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scenes.spec import ASPECTS, QUALITIES, frame_pixels
from scenes.stage.layout import layout

NAMES = ("title", "plot", "formula", "readouts", "chart", "caption")


@given(
    ratio=some.floats(0.4, 2.5),
    short=some.integers(160, 2160),
    cut=some.sampled_from(["full", "loop"]),
    captions=some.booleans(),
)
def test_no_two_boxes_meet_and_all_lie_in_the_frame(ratio, short, cut, captions):
    """In a frame of any shape the boxes are apart, inside, and not turned inside out."""
    width, height = (round(short * ratio), short) if ratio > 1 else (short, round(short / ratio))
    places = layout(width, height, cut, captions)
    boxes = [getattr(places, name) for name in NAMES]

    assert all(places.frame.holds(box) for box in boxes)
    assert all(box.width > 0 and box.height >= 0 for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_picture_gets_a_good_part_of_the_frame(aspect, cut):
    """In every shape that has a name the plot takes at least a fifth of the frame."""
    places = layout(*frame_pixels(QUALITIES["m"], aspect), cut)

    assert places.plot.width * places.plot.height >= 0.2 * places.frame.width * places.frame.height


@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("aspect", ASPECTS)
def test_without_captions_the_picture_has_their_room(aspect, cut):
    """Where no caption will stand, the picture reaches down to the margin, and the plot is no smaller for it."""
    size = frame_pixels(QUALITIES["m"], aspect)
    bare, captioned = layout(*size, cut, captions=False), layout(*size, cut)

    assert min(bare.plot.bottom, bare.chart.bottom) == bare.caption.bottom == captioned.caption.bottom
    assert bare.chart.bottom < captioned.chart.bottom
    assert bare.plot.height > captioned.plot.height
    assert bare.chart.bottom - bare.frame.bottom < 0.13 * bare.frame.height


@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_phones_buttons_cover_nothing(aspect, cut):
    """In a 9:16 film the outer 7 % of the height stay free at both ends; other shapes use that room."""
    places = layout(*frame_pixels(QUALITIES["m"], aspect), cut)
    ends = 0.07 * places.frame.height
    safe = places.frame.inset(bottom=ends, top=ends)

    assert all(safe.holds(getattr(places, name)) for name in NAMES) == (aspect == "9:16")


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("quality", QUALITIES)
def test_frames_are_even_and_have_the_shape_asked_for(quality, aspect):
    """The encoder needs even sides; the shape is right to a pixel."""
    width, height = frame_pixels(QUALITIES[quality], aspect)
    across, up = ASPECTS[aspect]

    assert width % 2 == height % 2 == 0
    assert abs(width * up / across - height) <= 2


def test_captions_can_be_read_at_480p():
    """A line of 42 characters fits the width, and its letters are at least 20 pixels high at 480p."""
    for aspect in ASPECTS:
        places = layout(*frame_pixels(QUALITIES["l"], aspect), "full")
        assert places.caption_size * 60 >= 20
        assert 42 * 0.5 * places.caption_size <= places.caption.width * 1.05
