"""The value of every channel at every frame, and what of a script decides a piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.script.easing import EASES
from scenes.script.move import Move
from scenes.script.slices import visible
from scenes.script.timeline import Channel, Segment, Timeline

CHANNELS = {("a", "x"): Channel((0.0,)), ("b", "x"): Channel((1.0, 2.0))}


def move(to, part="a", seconds=1.0, ease="even") -> Move:
    return Move(part, "x", to if isinstance(to, tuple) else (float(to),), seconds, ease)


def test_a_channel_goes_from_value_to_value():
    """Before a move its channel rests, in its last frame it has arrived, and there it stays."""
    timeline = Timeline(CHANNELS, (), [Segment(move(8), 2, 4)])

    assert [timeline.value(("a", "x"), frame)[0] for frame in range(8)] == [0, 0, 2, 4, 6, 8, 8, 8]
    assert timeline.changes(0, 8) == [2, 3, 4, 5]


def test_an_opening_is_there_before_the_first_frame():
    """What a film opens with is no motion."""
    timeline = Timeline(CHANNELS, (move(3, seconds=0),), [])

    assert timeline.value(("a", "x"), 0) == (3.0,)
    assert timeline.changes(0, 5) == []


def test_there_and_back_leaves_nothing_behind():
    """A pulse ends where it began."""
    timeline = Timeline(CHANNELS, (move(2, seconds=0),), [Segment(move(5, ease="there and back"), 1, 3)])

    assert timeline.value(("a", "x"), 2)[0] > 2
    assert timeline.value(("a", "x"), 3) == timeline.value(("a", "x"), 9) == (2.0,)


@pytest.mark.parametrize("part", ["c", "a"])
def test_a_move_of_nothing_is_refused(part):
    """A move names a part and a channel that are there; the error says which there are."""
    wrong = Move(part, "y", (1.0,), 1.0)
    with pytest.raises(ValueError, match="it has x" if part == "a" else "only a, b"):
        Timeline(CHANNELS, (), [Segment(wrong, 0, 1)])


@pytest.mark.parametrize("ease", EASES)
def test_eases_begin_and_end_at_rest_places(ease):
    """Every ease starts at 0 and ends at 1, but for the one that comes back."""
    assert EASES[ease](0.0) == pytest.approx(0.0)
    assert EASES[ease](1.0) == pytest.approx(0.0 if ease == "there and back" else 1.0)


SEGMENTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(-3, 3), st.booleans()), max_size=5)


def laid(rows) -> list[Segment]:
    """Segments of one channel, one after the other."""
    found, free = [], 0
    for wait, frames, to, back in rows:
        start = free + wait
        found.append(
            Segment(
                move(to, seconds=float(frames), ease="there and back" if back and frames else "even"), start, frames
            )
        )
        free = start + max(frames, 1)
    return found


@given(SEGMENTS, st.integers(0, 40), st.integers(1, 10), st.integers(0, 20))
def test_equal_slices_are_equal_pictures(rows, start, length, moved):
    """Two pieces with the same slice have the same values in every frame, wherever in the film they lie."""
    segments = laid(rows)
    later = [segment._replace(start=segment.start + moved) for segment in segments]
    one, other = Timeline(CHANNELS, (), segments), Timeline(CHANNELS, (), later)

    assert visible((), segments, start, start + length) == visible((), later, start + moved, start + moved + length)
    for frame in range(start, start + length):
        assert one.value(("a", "x"), frame) == other.value(("a", "x"), frame + moved)


@given(SEGMENTS, SEGMENTS, st.integers(0, 40), st.integers(1, 10))
def test_unequal_pictures_have_unequal_slices(rows, others, start, length):
    """Where any value of a piece differs, so does its slice."""
    first, second = laid(rows), laid(others)
    values = [
        [Timeline(CHANNELS, (), segments).value(("a", "x"), frame) for frame in range(start, start + length)]
        for segments in (first, second)
    ]
    if values[0] != values[1]:
        assert visible((), first, start, start + length) != visible((), second, start, start + length)
