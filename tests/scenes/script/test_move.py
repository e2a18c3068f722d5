"""Stage directions and their times."""

import pytest

from scenes.script.beat import beat
from scenes.script.move import both, enter, grow, pulse, shift, walk
from scenes.script.sentence import Brief, say
from scenes.script.word_clock import SILENT, SPEECH_LEAD, Speech, placed_moves, said_at, unhurried

SENTENCE = say("The minus flips the {name}.", name=Brief(12.0))


def starts(*moves, speech=SILENT) -> list[float]:
    """When each move begins."""
    return [placed.start for placed in placed_moves(beat("c", SENTENCE, *moves), speech)]


def test_moves_without_a_cue_follow_one_another():
    """Each begins when the one before it has arrived."""
    assert starts(enter("a", seconds=0.5), grow("b", seconds=1.0), pulse("c")) == [0.0, 0.5, 1.5]


def test_moves_that_are_one_begin_together():
    """`both` begins all of its moves at once, and what follows waits for the longest."""
    assert starts(both(enter("a", seconds=0.5), grow("b", seconds=1.0)), pulse("c")) == [0.0, 0.0, 1.0]


def test_a_move_begins_on_its_word_as_the_voice_says_it():
    """With the voice's own times a move begins with its word, a value with the first of its words."""
    speech = Speech(2.0, (0.0, 0.2, 0.7, 1.1, 1.4))

    assert starts(enter("a") @ "minus", enter("b") @ "flips", speech=speech) == [SPEECH_LEAD + 0.2, SPEECH_LEAD + 0.7]
    assert starts(enter("a") @ "{name}", speech=speech) == [SPEECH_LEAD + 1.4]


def test_without_a_voice_a_move_begins_where_reading_gets():
    """In silence a word's place in the sentence decides, at fifteen characters per second."""
    assert said_at(beat("c", SENTENCE), SENTENCE.place("flips"), SILENT) == pytest.approx(SPEECH_LEAD + 10 / 15)


def test_no_channel_is_moved_twice_at_once():
    """A second move of the same channel waits for the first."""
    assert starts(shift("a", "x", 1, 3.0) @ "The", shift("a", "x", 2, 1.0) @ "minus")[1] == SPEECH_LEAD + 3.0


def test_a_move_takes_the_time_that_it_is_given():
    """A move slows down until the next begins or the beat ends, at most to twice its time, and starts as before."""
    moves = placed_moves(beat("c", SENTENCE, pulse("a", seconds=0.5), walk(3, 1.0).late(0.2)), SILENT)
    slower = unhurried(moves, 10.0)

    assert [placed.start for placed in slower] == [placed.start for placed in moves]
    assert [round(placed.seconds, 9) for placed in slower] == [0.7, 2.0]


def test_a_move_for_a_word_that_is_not_said_is_refused():
    """A cue that the sentence lacks is a fault of the script."""
    with pytest.raises(ValueError, match="'valley'"):
        starts(enter("a") @ "valley")


def test_moves_that_wait_together_begin_together():
    """A group that begins later begins as one, with a word or without: runs on one clock have one start."""
    race = both(walk(3, 1.0, "run1"), walk(3, 1.0, "run2"), walk(3, 1.0, "run3")).late(0.5)

    assert starts(race) == pytest.approx([0.5] * 3)
    assert starts(pulse("a", seconds=0.4), race) == pytest.approx([0.0, 0.9, 0.9, 0.9])
    assert len(set(starts(race @ "flips"))) == 1


def test_each_move_of_a_group_waits_for_itself():
    """Where only the first of a group waits, the others do not."""
    assert starts(both(pulse("a").late(0.5), pulse("b"), pulse("c").late(0.2))) == pytest.approx([0.5, 0.0, 0.2])
