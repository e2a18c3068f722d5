"""Whole films, rendered small and decoded: what the viewer gets is what the script and the run say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.film.draw import stage
from scenes.film.render import render
from scenes.spec import RenderSpec
from scenes.stage.theme import THEMES

SHAPES = {"wide": (854, 480), "tall": (480, 854), "square": (480, 480)}


def small(scene: str, **words) -> RenderSpec:
    """The lesson as a loop at 480p."""
    return RenderSpec(scene, **{"width": 854, "height": 480, "fps": 10, "cut": "loop"} | words)


@pytest.mark.parametrize("scene", LESSONS)
def test_a_film_lasts_as_long_as_its_script(scene, film_of):
    """Decoded frames × 1/fps is the script's duration, to the frame; the container says the same."""
    spec = small(scene)
    film = film_of(spec)

    with stage(spec) as (drawn, _):
        expected = drawn.beats[-1].end
    assert len(film.frames) == expected
    assert film.seconds == pytest.approx(expected / spec.fps, abs=0.5 / spec.fps)


@pytest.mark.parametrize("scene", LESSONS)
def test_a_loop_ends_where_it_begins(scene, film_of):
    """The step from the last frame back to the first is no larger than a step within the film."""
    frames = [frame.astype(float) for frame in film_of(small(scene)).frames]

    steps = [np.abs(after - before).mean() for before, after in pairwise(frames)]
    assert np.abs(frames[0] - frames[-1]).mean() <= max(steps) + 0.1


@pytest.mark.parametrize("scene", LESSONS)
def test_equal_commands_give_equal_bytes(scene, film_of, tmp_path):
    """A second render of the same spec is the same file."""
    spec = small(scene)
    again = tmp_path / "again.mp4"
    render(spec, [again], lambda frames: None)

    assert again.read_bytes() == film_of(spec).path.read_bytes()


@pytest.mark.parametrize("theme", THEMES)
def test_the_ground_has_the_colour_of_the_theme(theme, film_of):
    """Colours survive the encoder: the ground's pixels are the theme's to within two levels."""
    frame = film_of(small("parabola", theme=theme)).frames[0]

    wanted = [int(THEMES[theme].background[at : at + 2], 16) for at in (1, 3, 5)]
    np.testing.assert_allclose(np.median(frame.reshape(-1, 3), axis=0), wanted, atol=2)


@pytest.mark.parametrize("learning_rate", [0.1, 0.9])
def test_the_ball_is_where_the_run_puts_it(learning_rate, film_of, centre_of_colour):
    """At the end of every beat the ball's centre is within a pixel of the trajectory's point on the curve."""
    spec = small("parabola", cut="full", learning_rate=learning_rate)
    film = film_of(spec)

    with stage(spec) as (scene, _):
        scene.open()
        plane, run, beats = scene.roller.plane, scene.run, scene.beats
    reached = 0
    for timed in beats[1:]:
        reached = max(reached, timed.beat.steps.stop)
        x, y = plane.to_frame(run.points[reached, 0], run.losses[reached])
        found = centre_of_colour(film.frames[timed.end - 1], THEMES["dark"].ball)
        assert found == pytest.approx((427 + 60 * x, 240 - 60 * y), abs=1.0), timed.beat.act


def test_the_ball_stays_on_the_curve_between_two_steps(film_of, centre_of_colour):
    """While it moves, too, the ball's centre is within a pixel of the curve."""
    spec = small("parabola", fps=20)
    film = film_of(spec)

    with stage(spec) as (scene, _):
        scene.open()
        plane, objective = scene.roller.plane, scene.run.objective
    columns = np.linspace(*plane.across, 20_001)
    curve = plane.to_frame(columns, objective.value(columns[:, None])) * [60, -60] + [427, 240]
    for frame in film.frames[15:150:9]:
        centre = np.array(centre_of_colour(frame, THEMES["dark"].ball))
        assert np.min(np.linalg.norm(curve - centre, axis=1)) <= 1.0


def test_a_ball_off_the_scale_gives_way_to_the_marker(film_of, centre_of_colour):
    """When a diverging run leaves the plot no ball is drawn, and the marker stands inside the plot."""
    spec = small("parabola", cut="full", learning_rate=1e6)
    film = film_of(spec)

    with stage(spec) as (scene, _):
        scene.open()
        scene.progress.set_value(scene.run.steps)
        scene.follow()
        tip, _ = scene.roller.off.place()
        box = scene.roller.plane.box
        assert scene.roller.ball.place is None
    assert box.left <= tip[0] <= box.right
    assert box.bottom <= tip[1] <= box.top
    x, y = centre_of_colour(film.frames[-1], THEMES["dark"].ball)
    assert np.hypot(x - (427 + 60 * tip[0]), y - (240 - 60 * tip[1])) < 30


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("cut", ["full", "loop"])
@pytest.mark.parametrize("scene", LESSONS)
def test_captions_stand_inside_the_frame_and_off_the_picture(scene, cut, shape):
    """In every beat the caption's box lies in the caption's place, which no other box of the layout meets."""
    width, height = SHAPES[shape]
    boxes = []

    def beat_done(drawn, index):
        boxes.append(drawn.caption.box)

    with stage(small(scene, width=width, height=height, cut=cut), beat_done=beat_done) as (drawn, _):
        drawn.render()
        layout = drawn.layout
    assert layout.frame.holds(layout.caption)
    assert all(layout.caption.holds(box, slack=0.02) for box in boxes)
    assert len(boxes) == len(drawn.beats)
    assert not any(layout.caption.meets(box) for box in (layout.plot, layout.chart, layout.readouts, layout.title))


@pytest.mark.parametrize("scene", LESSONS)
def test_no_word_stands_outside_the_frame(scene):
    """Every text on the stage lies inside the frame at the end of every beat, in all shapes."""
    from scenes.stage.type import Type

    def beat_done(drawn, index):
        for top in drawn.mobjects:
            for member in top.get_family():
                if isinstance(member, Type) and member.outline.shapes and member.opacity > 0:
                    assert drawn.layout.frame.holds(member.box), (drawn.beats[index].beat.act, member.box)

    for width, height in SHAPES.values():
        spec = small(scene, width=width, height=height, cut="full")
        with stage(spec, beat_done=beat_done) as (drawn, _):
            drawn.render()
