"""Pieces: they cover the film without gap or overlap, and no beat disturbs another's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenes.film.pieces import LONGEST, cut
from scenes.script.beat import beat
from scenes.script.sentence import say
from scenes.script.timing import TimedBeat

LENGTHS = st.lists(st.integers(1, 900), min_size=1, max_size=8)


def beats_of(lengths: list[int]) -> list[TimedBeat]:
    """Beats of so many frames, one after the other."""
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    one = beat("A chapter", say("A sentence."))
    return [TimedBeat(one, start, frames) for start, frames in zip(starts, lengths)]


@given(LENGTHS, st.sampled_from([1, 10, 15, 30, 60]))
def test_pieces_cover_the_film(lengths, fps):
    """Each frame lies in exactly one piece, and no piece reaches over the end of its beat."""
    beats = beats_of(lengths)
    pieces = cut(beats, fps)

    assert [frame for piece in pieces for frame in range(piece.start, piece.end)] == list(range(sum(lengths)))
    assert all(beats[p.beat].start <= p.start < p.end <= beats[p.beat].end for p in pieces)
    assert [piece.number for piece in pieces] == list(range(len(pieces)))


@given(LENGTHS, st.sampled_from([10, 15, 30, 60]))
def test_no_piece_is_long(lengths, fps):
    """A piece lasts at most two seconds, of the last beat one, and those of one beat are equal to a frame."""
    pieces = cut(beats_of(lengths), fps)

    assert max(piece.frames for piece in pieces) <= LONGEST * fps
    assert max(piece.frames for piece in pieces if piece.beat == len(lengths) - 1) <= LONGEST * fps / 2 + 1
    for which in range(len(lengths)):
        own = [piece.frames for piece in pieces if piece.beat == which]
        assert max(own) - min(own) <= 1


@given(LENGTHS, st.integers(1, 900))
def test_a_beats_pieces_are_its_own_affair(lengths, other):
    """With another first beat the later beats are cut as before, only later in the film."""
    before, after = (cut(beats_of([first, *lengths]), 30) for first in (lengths[0], other))

    own = [
        [(p.beat, p.part, p.start - lengths_of, p.frames) for p in cuts if p.beat]
        for cuts, lengths_of in ((before, lengths[0]), (after, other))
    ]
    assert own[0] == own[1]
