"""When each word of a sentence begins."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.voice.word_times import Group, word_starts


def test_a_group_a_word():
    """Where every word is a group of its own, it begins with its group."""
    groups = [Group(0.0, 3), Group(0.5, 4), Group(1.0, 2)]

    assert word_starts(groups, 1.5, [3, 4, 2]) == (0.0, 0.5, 1.0)


def test_words_that_run_together_share_their_group():
    """`of the` is one group: it goes to the two words whose sounds fit, the second in proportion to its sounds."""
    groups = [Group(0.0, 5), Group(0.6, 4), Group(1.0, 6)]

    assert word_starts(groups, 2.0, [5, 2, 2, 6]) == pytest.approx((0.0, 0.6, 0.8, 1.0))


def test_more_groups_than_words_tell_nothing():
    """An engine that says more than was written cannot be followed."""
    assert word_starts([Group(0.0, 1), Group(1.0, 1)], 2.0, [2]) == ()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.data())
def test_words_begin_in_their_order_within_the_sentence(sounds, data):
    """However words run together, none begins before the one in front of it, nor after the sentence."""
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sounds) - 1)))) if len(sounds) > 1 else []
    edges = [0, *cuts, len(sounds)]
    groups = [Group(float(start), sum(sounds[start:stop])) for start, stop in pairwise(edges)]

    starts = word_starts(groups, float(len(sounds)), sounds)

    assert len(starts) == len(sounds)
    assert list(starts) == sorted(starts)
    assert starts[0] == 0.0
    assert starts[-1] < len(sounds)
