"""The film of learning rates: what stands on the stage in a frame is what the runs did, whatever the rates."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from gdsim.behaviour import Behaviour, behaviour
from scenes.film.render import render
from scenes.script.concepts import run_concept
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Text

from .races import Film, film, raced, told

SIX = (0.003, 0.05, 0.45, 0.5, 0.95, 1.3)
FAR = (("start", (-40.0,)),)
# rates, shape, cut, more of the spec
FILMS = [
    ((), "16:9", "full", ()),
    ((), "9:16", "full", ()),
    ((), "1:1", "full", ()),
    ((), "16:9", "loop", ()),
    (SIX, "16:9", "full", ()),
    (SIX, "9:16", "full", FAR),
    ((0.5,), "16:9", "full", ()),
    ((1e6,), "1:1", "full", ()),
    ((1.0, 1.05, 1.1), "1:1", "full", ()),
    ((0.123456, 0.123457, 0.876543), "9:16", "full", (("start", (3.5,)), ("steps", 12))),
    ((0.5, 0.4999999), "16:9", "full", (("steps", 300),)),
    ((), "16:9", "full", (("start", (3.0,)),)),
    ((), "16:9", "loop", (("start", (3.0,)),)),
    ((1e308,), "1:1", "full", ()),
]
MINIMUM, CURVATURE = 3.0, 2.0


@pytest.fixture(scope="module", params=FILMS, ids=str)
def seen(request) -> Film:
    """A film of one race or another."""
    rates, aspect, cut, words = request.param
    return film(rates, aspect, cut, "dark", words)


def sampled(seen: Film, every: int = 7) -> list[int]:
    """Every few frames, and the last of each beat."""
    return sorted({*range(0, seen.frames, every), *(beat.end - 1 for beat in seen.beats)})


def own_colour(seen: Film, index: int, alone: str = "ball") -> str:
    """The colour of a run's ball, trail, curve and name."""
    return (
        seen.theme.ball
        if len(seen.runs) == 1 and alone == "ball"
        else seen.theme.concept(run_concept(index, len(seen.runs), alone))
    )


def test_each_ball_is_where_its_run_is_in_its_runs_colour(seen):
    """In the valley and in the lanes: a disc of run k after step n is at the window's place of x_n, in colour k."""
    for frame in sampled(seen):
        now = seen.now(frame)
        view = seen.stage.part("plane").view(now)
        for mark in seen.stage.marks(frame):
            if not isinstance(mark, Disc) or mark.shows is None or mark.shows.step is None:
                continue
            kind, index, step = mark.shows.quantity, mark.shows.run, mark.shows.step
            run = seen.runs[index]
            if kind in ("point", "landing", "offset", "offset landing"):
                x, y = view.to_frame(run.points[step, 0], run.losses[step])
                assert mark.centre[0] == pytest.approx(x, abs=1e-6)
                if kind in ("point", "landing"):
                    assert mark.centre[1] == pytest.approx(y, abs=1e-6)
                yellow = kind == "point" and mark.colour == seen.theme.ball and step == 0
                assert mark.colour == own_colour(seen, index) or yellow
            if kind in ("offset", "loss head"):
                assert mark.colour in (own_colour(seen, index), seen.theme.loss if len(seen.runs) == 1 else None)
                assert step == int(min(seen.value(f"run{index + 1}", "progress", frame), run.steps) + 1e-9)


def test_all_balls_walk_on_one_clock():
    """While the race is on, every run has taken as many steps as the others, up to its own last."""
    seen = film()
    for beat in (beat for beat in seen.beats if beat.beat.chapter == "The test"):
        for frame in range(beat.start, beat.end):
            assert len({seen.value(f"run{index + 1}", "progress", frame) for index in range(4)}) == 1


def test_every_number_is_the_runs_own(seen):
    """Rates, distances, factors, offsets, slopes and what the dial shows are the runs' and the channels' numbers."""
    for frame in sampled(seen):
        for mark in (mark for mark in seen.stage.words(frame) if mark.shows is not None):
            value, text = expected(seen, mark, frame), mark.text.removeprefix("× ").rpartition("= ")[2]
            if value is not None:
                assert told(text, value), (frame, mark.shows, mark.text, value)


def expected(seen: Film, mark: Text, frame: int) -> float | None:
    """What a number on the screen stands for."""
    quantity, index, step = mark.shows.quantity, mark.shows.run, mark.shows.step or 0
    run = seen.runs[index]
    offsets = run.points[:, 0] - MINIMUM
    knob = seen.value("dial", "value", frame)
    if quantity in ("run rate", "factor") and not run.steps:
        return None
    return {
        "run rate": lambda: run.learning_rates[0],
        "factor": lambda: 1 - run.learning_rates[0] * CURVATURE,
        "distance": lambda: abs(offsets[step]),
        "offset": lambda: offsets[step],
        "next offset": lambda: offsets[1],
        "slope": lambda: run.gradients[step, 0],
        "curvature": lambda: CURVATURE,
        "limit": lambda: 2 / CURVATURE,
        "knob": lambda: knob,
        "dialled length": lambda: round(knob * abs(run.gradients[0, 0]), 2),
        "steps": lambda: float(step),
    }.get(quantity, lambda: None)()


def test_names_and_numbers_of_a_run_wear_its_colour(seen):
    """A run's name, factor and distance have its colour, in the dial, the lanes, the standings and the valley."""
    for frame in sampled(seen, 8):
        for mark in seen.stage.words(frame):
            if mark.shows is not None and mark.shows.quantity in ("run rate", "factor", "distance"):
                alone = {seen.theme.rate, seen.theme.minimum} if len(seen.runs) == 1 else set()
                assert mark.colour in {own_colour(seen, mark.shows.run)} | alone
        for mark in seen.stage.marks(frame):
            told_of = mark.shows is not None and mark.shows.quantity in ("off the scale", "loss curve")
            if isinstance(mark, (Area, Stroke)) and told_of:
                lone = len(seen.runs) == 1 and mark.shows.quantity == "loss curve"
                assert mark.colour == (seen.theme.loss if lone else own_colour(seen, mark.shows.run))


@pytest.mark.parametrize("rate", [0.001, 0.01, 0.3, 0.5, 0.7, 0.9, 1.0, 1.05, 3.0])
def test_the_factor_is_what_each_step_does(rate):
    """The number behind a lane is 1 − rate × curvature, and each step of the run multiplies the offset by it."""
    (run,) = raced(rate)
    offsets, seen = run.points[:, 0] - MINIMUM, film((rate,))
    told_factors = [
        mark.text
        for mark in seen.stage.words(last_of(seen, "The reason"))
        if mark.shows and mark.shows.quantity == "factor"
    ]

    np.testing.assert_allclose(offsets[1:], (1 - rate * CURVATURE) * offsets[:-1], rtol=1e-9, atol=1e-14)
    assert len(told_factors) == 1
    assert told(told_factors[0].removeprefix("× "), 1 - rate * CURVATURE)


def discs_of(seen: Film, frame: int, *quantities: str) -> list[Disc]:
    """The balls that show one of these quantities, from back to front."""
    marks = [mark for mark in seen.stage.marks(frame) if isinstance(mark, Disc) and mark.shows is not None]
    return [mark for mark in marks if mark.shows.quantity in quantities]


def last_of(seen: Film, chapter: str) -> int:
    """The last frame of a chapter."""
    return max(beat.end for beat in seen.beats if beat.beat.chapter == chapter) - 1


def test_no_word_meets_another_or_leaves_the_frame(seen):
    """Type runs into no other type, nor into the caption, nor over the frame's edge, but for numbers that fly."""
    for frame in sampled(seen, 5):
        flying = {
            segment.move.part
            for segment in seen.timeline.segments
            if segment.move.channel.endswith("flown") and segment.start <= frame < segment.end
        }
        words = [
            (name, mark, box.inset(bottom=0.22 * box.height, top=0.2 * box.height))
            for name, mark, box in seen.stage.boxes(frame)
            if isinstance(mark, Text) and mark.opacity > 0.3 and name not in flying
        ]
        for name, mark, box in words:
            assert seen.composition.frame.holds(box), (frame, name, mark.text)
            assert not box.meets(seen.composition.caption), (frame, name, mark.text)
        for (name, mark, box), (other_name, other, other_box) in combinations(words, 2):
            assert not box.meets(other_box), (frame, name, mark.text, other_name, other.text)


def test_nothing_that_must_be_read_is_too_small(seen):
    """No type is smaller than a forty-fifth of the frame's shorter side."""
    for frame in sampled(seen, 10):
        assert all(mark.size >= 8 / 45 for mark in seen.stage.words(frame) if mark.opacity == 1)


def test_the_hero_keeps_most_of_the_frame(seen):
    """At least 55 % of the frame in every frame, and strip and aside are never both there."""
    frame = seen.composition.frame
    for at in sampled(seen):
        hero = seen.stage.part("plane").hero(seen.now(at))
        assert hero.width * hero.height >= 0.55 * frame.width * frame.height
        assert seen.value("plane", "strip", at) + seen.value("plane", "aside", at) <= 1 + 1e-9


def test_the_picture_rarely_stands_still(seen):
    """No stillness above four seconds, and at most a third of the film, captions aside."""
    changing = set(seen.timeline.changes(0, seen.frames))
    lengths, run = [0], 0
    for frame in range(seen.frames):
        run = 0 if frame in changing else run + 1
        lengths.append(run)
    still = seen.frames - len(changing)
    assert max(lengths) / seen.fps <= 4.0
    assert still <= seen.frames / 3 + 1.5 * seen.fps


def test_moves_keep_within_their_beats_and_nothing_enters_twice(seen):
    """Each sentence moves something, its moves end before it does, and only what is away can enter."""
    shown = {}
    for beat in seen.beats:
        assert beat.moves, beat.beat.plain
        for segment in beat.moves:
            move = segment.move
            assert beat.start <= segment.start <= segment.end <= beat.end
            if move.channel == "shown" and move.to == (1.0,):
                before = shown.get(move.part, seen.timeline.value((move.part, "shown"), -1)[0])
                assert before == 0.0, (beat.beat.plain, move.part)
            if move.channel == "shown":
                shown[move.part] = move.to[0]


def test_a_loop_ends_as_it_began():
    """Its last picture is its first, for several rates, for one and where nothing moves."""
    for rates, words in (((), ()), (SIX, ()), ((0.9,), ()), ((), (("start", (3.0,)),))):
        seen = film(rates, cut="loop", words=words)
        first, last = (seen.stage.marks(frame) for frame in (0, seen.frames - 1))
        assert [mark.key for mark in first] == [mark.key for mark in last]


def test_the_valley_collapses_without_a_jump():
    """As the valley becomes lanes, no ball moves more than a fifth of a unit from one frame to the next."""
    seen = film()
    swap = next(
        s.start for beat in seen.beats for s in beat.moves if (s.move.part, s.move.channel) == ("lanes", "shown")
    )
    before, after = (
        {mark.shows.run: mark.centre for mark in discs_of(seen, frame, "point", "offset")} for frame in (swap - 1, swap)
    )
    assert before.keys() == after.keys() == {0, 1, 2, 3}
    for index in before:
        assert np.hypot(*np.subtract(before[index], after[index])) < 0.2


def test_balls_at_one_place_are_all_seen():
    """Before the race four balls lie on each other: each is wider than the one above it."""
    seen = film()
    frame = last_of(seen, "The guess")
    balls = discs_of(seen, frame, "point")

    assert len(balls) == 4
    assert all(below.radius >= above.radius + 0.05 for below, above in pairwise(balls))


def test_equal_curves_are_both_seen():
    """0.1 and 0.9 have one loss curve: the one below is drawn wider."""
    seen = film()
    curves = {
        mark.shows.run: mark.width
        for mark in seen.stage.marks(last_of(seen, "The test"))
        if isinstance(mark, Stroke) and mark.shows and mark.shows.quantity == "loss curve"
    }
    assert np.allclose(seen.runs[1].losses, seen.runs[2].losses)
    assert curves[1] > 2 * curves[2]
    assert curves[0] == curves[2] == curves[3]


def test_the_camera_follows_the_ball_that_climbs():
    """When the race is over, the ball of the diverging rate stands in the picture, and all the others too."""
    seen = film()
    discs = [mark.shows.run for mark in discs_of(seen, last_of(seen, "The test"), "point")]
    assert sorted(discs) == [0, 1, 2, 3]


def test_the_dialled_step_lands_as_high_at_the_limit():
    """At 2 over the curvature the arrow ends at the other wall: its landing has the start's height."""
    seen = film()
    frame = next(beat.end for beat in seen.beats if "exactly as high" in beat.beat.plain) - 1
    ring = next(mark for mark in seen.stage.marks(frame) if mark.shows and mark.shows.quantity == "dialled landing")
    ball = next(mark for mark in seen.stage.marks(frame) if mark.shows and mark.shows.quantity == "point")

    assert seen.value("dial", "value", frame) == 2 / CURVATURE
    assert ring.centre[1] == pytest.approx(ball.centre[1], abs=1e-9)


def test_the_four_rates_end_at_the_printed_places():
    """After 20 steps: 6.3380, 3.0576, 3.0576, and far away; one creeps, walks, leaps across, climbs out."""
    runs = raced()

    assert [f"{run.points[-1, 0]:.4f}" for run in runs[:3]] == ["6.3380", "3.0576", "3.0576"]
    assert [behaviour(run) for run in runs] == [
        Behaviour.CREEPS,
        Behaviour.DESCENDS,
        Behaviour.OSCILLATES,
        Behaviour.DIVERGES,
    ]


@pytest.mark.parametrize(
    ("rates", "words", "rule"),
    [
        ((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), {}, "up to 6 learning rates, got 7"),
        ((0.1, 1e308), {}, "must allow a step, got 1e\\+308"),
    ],
)
def test_what_the_film_cannot_tell_is_refused(rates, words, rule):
    """More rates than colours, a rate without a step: one line each."""
    with pytest.raises(ValueError, match=rule):
        raced(*rates, **words)


def test_two_processes_draw_the_film_of_one(tmp_path):
    """The loop, rendered small, is the same file from one process and from two."""
    spec = RenderSpec("overshoot", width=192, height=108, fps=5, cut="loop")
    paths = [tmp_path / f"{jobs}.mp4" for jobs in (1, 2)]
    for jobs, path in enumerate(paths, start=1):
        render(spec, [path], lambda frames: None, jobs)

    assert paths[0].read_bytes() == paths[1].read_bytes()
