"""What holds for every lesson, read from its script and from the marks of its frames; nothing is drawn."""

import pytest

from scenes.catalogue import BOOKENDS, LESSONS
from scenes.script.captions import caption_cards
from scenes.script.word_clock import SILENT, placed_moves

from .truth import (
    Film,
    clashes,
    loose_paths,
    misdrawn_slopes,
    misplaced_balls,
    misplaced_ends,
    still_seconds,
    wrong_numbers,
)

ASPECTS = ("16:9", "9:16", "1:1")
FILMS = [(scene, cut, aspect) for scene in LESSONS for cut in ("full", "loop") for aspect in ASPECTS]
FILMS += [(scene, "full", aspect) for scene in BOOKENDS for aspect in ASPECTS]


@pytest.fixture(scope="module", params=FILMS, ids=lambda film: "-".join(film))
def film(request) -> Film:
    """Each lesson, both cuts, three shapes; and what a course begins and ends with."""
    scene, cut, aspect = request.param
    return Film(scene, aspect, cut=cut)


def sampled(film: Film) -> list[int]:
    """Every seventh frame, and the last of each beat."""
    return sorted({*range(0, film.frames, 7), *film.ends()})


def test_every_number_is_the_runs_own(film):
    """Each number on screen is the run's, rounded, in its quantity's colour, in every frame looked at."""
    assert [fault for frame in sampled(film) for fault in wrong_numbers(film, frame)] == []


def test_every_ball_is_where_the_axes_say(film):
    """Each resting ball stands where the axes' own numbers put the run, to a pixel and a half."""
    assert [fault for frame in sampled(film) for fault in misplaced_balls(film, frame)] == []
    assert [fault for frame in sampled(film) for fault in misplaced_ends(film, frame)] == []


def test_every_path_ends_at_its_ball(film):
    """On a map, the line that a run leaves behind goes as far as its ball, and no farther."""
    assert [fault for frame in sampled(film) for fault in loose_paths(film, frame)] == []


def test_every_tangent_and_every_steps_arrow_is_to_scale(film):
    """Each tangent is as steep, and each step's arrow as long, as the run says, measured on the axes' own numbers."""
    assert [fault for frame in sampled(film) for fault in misdrawn_slopes(film, frame)] == []


def test_no_word_meets_another_or_leaves_the_frame(film):
    """No type runs into other type, into the caption or over the frame's edge."""
    assert [fault for frame in sampled(film) for fault in clashes(film, frame)] == []


def test_the_picture_rarely_stands_still(film):
    """No stillness above four seconds, and at most a third of the film."""
    lengths = still_seconds(film)

    assert max(lengths) <= 4.0
    assert sum(lengths) <= film.frames / film.spec.fps / 3 + 1.5


def test_each_sentence_moves_something_and_each_move_arrives(film):
    """No sentence without a motion, no motion beyond its sentence, no part that enters while it is there."""
    shown = {move.part: move.to == (1.0,) for move in film.script.opening if move.channel == "shown"}
    for timed in film.beats:
        assert timed.beat.moves, timed.beat.plain
        assert placed_moves(timed.beat, SILENT)
        for segment in timed.moves:
            assert timed.start <= segment.start
            assert segment.end <= timed.end
            if segment.move.channel == "shown":
                entering = segment.move.to == (1.0,)
                assert not (entering and shown.get(segment.move.part)), f"{segment.move.part} enters twice"
                shown[segment.move.part] = entering


def test_a_loop_ends_as_it_began(film):
    """A loop's last picture is its first, and it lasts between six and twelve seconds."""
    if film.spec.cut == "loop":
        assert 6 <= film.frames / film.spec.fps <= 12
        first, last = (film.stage.marks(frame) for frame in (0, film.frames - 1))
        assert [mark.key for mark in first] == [mark.key for mark in last]


def test_a_loops_sentence_fits_one_line(film):
    """A loop keeps room for one line of caption, and that is what it needs, so that its type has full size."""
    if film.spec.cut == "loop":
        assert {len(card) for timed in film.beats for card in caption_cards(timed.beat.sentence)} == {1}


def test_the_hero_keeps_most_of_the_frame(film):
    """At least 55 % of the frame, whatever room the hero makes."""
    frame = film.composition.frame
    for strip, aside in ((0, 0), (1, 0), (0, 1)):
        hero = film.composition.hero(strip, aside)
        assert hero.width * hero.height >= 0.55 * frame.width * frame.height
    rooms = [target for target in film.timeline.channels if target[1] in ("strip", "aside")]
    for at in sampled(film):
        assert sum(film.timeline.value(target, at)[0] for target in rooms) <= 1.0 + 1e-9
