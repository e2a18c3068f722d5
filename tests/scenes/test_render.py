"""Whole films, rendered small and decoded: what the viewer gets is what the script and the run say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.film.companions import companions
from scenes.film.content import content_of
from scenes.film.draw import stage
from scenes.film.render import render, told
from scenes.spec import RenderSpec
from scenes.stage.lesson import LessonScene
from scenes.stage.marks import Text
from scenes.stage.part import Now
from scenes.stage.theme import THEMES

# Frame units to pixels: the shorter side has eight units.
WIDTH, HEIGHT = 480, 270
UNIT = HEIGHT / 8
SHAPES = {"wide": (480, 270), "tall": (270, 480), "square": (270, 270)}


def small(scene: str, **words) -> RenderSpec:
    """The lesson as a loop."""
    return RenderSpec(scene, **{"width": WIDTH, "height": HEIGHT, "fps": 5, "cut": "loop"} | words)


def pixel(place) -> tuple[float, float]:
    """Frame units to pixels."""
    return WIDTH / 2 + UNIT * float(place[0]), HEIGHT / 2 - UNIT * float(place[1])


@pytest.mark.parametrize("scene", LESSONS)
def test_a_film_lasts_as_long_as_its_script(scene, film_of):
    """Decoded frames × 1/fps is the script's duration, to the frame; the container says the same."""
    spec = small(scene)
    film, expected = film_of(spec), told(spec).frames

    assert len(film.frames) == expected
    assert film.seconds == pytest.approx(expected / spec.fps, abs=0.5 / spec.fps)


@pytest.mark.parametrize("scene", LESSONS)
def test_a_loop_ends_where_it_begins(scene, film_of):
    """The step from the last frame back to the first is no larger than a step within the film."""
    frames = [frame.astype(float) for frame in film_of(small(scene)).frames]

    steps = [np.abs(after - before).mean() for before, after in pairwise(frames)]
    assert np.abs(frames[0] - frames[-1]).mean() <= max(steps) + 0.1


def test_equal_commands_give_equal_bytes(film_of, tmp_path):
    """A second render of the same spec is the same file."""
    spec = small("bowl")
    again = tmp_path / "again.mp4"
    render(spec, [again], lambda frames: None)

    assert again.read_bytes() == film_of(spec).path.read_bytes()


@pytest.mark.parametrize("theme", THEMES)
def test_the_ground_has_the_colour_of_the_theme(theme, film_of):
    """Colours survive the encoder: the ground's pixels are the theme's to within two levels."""
    frame = film_of(small("parabola", theme=theme)).frames[0]

    wanted = [int(THEMES[theme].background[at : at + 2], 16) for at in (1, 3, 5)]
    np.testing.assert_allclose(np.median(frame.reshape(-1, 3), axis=0), wanted, atol=2)


class Sight:
    """Where a film's plane shows places of the run, frame by frame."""

    def __init__(self, spec: RenderSpec) -> None:
        with stage(spec) as (scene, _):
            self.scene: LessonScene = scene
        self.run = scene.runs[0]

    def now(self, frame: int) -> Now:
        """The stage in that frame."""
        return Now(self.scene.stage, frame)

    def steps(self, frame: int) -> float:
        """How many steps are done, a fraction while one is under way."""
        return self.scene.timeline.value(("run", "progress"), frame)[0]

    def at(self, frame: int, x, y):
        """Frame units of places of the plane."""
        return self.scene.stage.part("plane").view(self.now(frame)).to_frame(x, y)


@pytest.mark.parametrize("learning_rate", [0.1, 0.9])
def test_the_ball_is_where_the_run_puts_it(learning_rate, film_of, centre_of_colour):
    """At the end of every beat the ball's centre is within a pixel of the trajectory's point on the curve."""
    spec = small("parabola", cut="full", steps=4, fps=4, learning_rate=learning_rate)
    film, sight = film_of(spec), Sight(spec)

    reached = []
    for beat in sight.scene.beats:
        step = round(sight.steps(beat.end - 1))
        wanted = pixel(sight.at(beat.end - 1, sight.run.points[step, 0], sight.run.losses[step]))
        found = centre_of_colour(film.frames[beat.end - 1], THEMES["dark"].ball)
        assert found == pytest.approx(wanted, abs=1.0), beat.beat.plain
        reached.append(step)
    assert set(reached) >= {0, 1, 2, 4}


def test_a_ball_leaps_over_the_curve(film_of, centre_of_colour):
    """Between two steps the ball is above the curve, never in it, and at a step it lies on it, to a pixel."""
    spec = small("parabola", fps=20, steps=6)
    film, sight = film_of(spec), Sight(spec)
    objective, heights, resting = sight.run.objective, [], []
    columns = np.linspace(*objective.domain[0], 4001)
    for number, frame in enumerate(film.frames):
        found = centre_of_colour(frame, THEMES["dark"].ball)
        if found is None or sight.now(number).of("ball", "shown") < 1:
            continue
        curve = np.array([pixel(place) for place in sight.at(number, columns, objective.value(columns[:, None]))])
        height = np.interp(found[0], curve[:, 0], curve[:, 1]) - found[1]
        (resting if sight.steps(number) % 1 == 0 else heights).append(height)

    assert len(heights) > 20
    assert max(heights) > 3.0
    assert min(heights) >= -1.0
    assert np.abs(resting).max() <= 1.0


def test_a_ball_off_the_scale_gives_way_to_the_marker(film_of, centre_of_colour):
    """When a diverging run leaves the plot no ball is drawn, and the marker stands inside the plot."""
    spec = small("parabola", learning_rate=1e6)
    film, sight = film_of(spec), Sight(spec)
    number = next(frame for frame in range(len(film.frames)) if sight.steps(frame) == sight.run.steps)

    box = sight.scene.stage.part("plane").view(sight.now(number)).box
    shown = [mark for mark in sight.scene.marks(number) if mark.shows is not None]
    (marker,) = (mark for mark in shown if mark.shows.quantity == "off the scale")
    assert not [mark for mark in shown if mark.shows.quantity == "point"]
    assert box.holds(marker.box)
    assert centre_of_colour(film.frames[number], THEMES["dark"].ball) == pytest.approx(pixel(marker.box.centre), abs=20)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scene", LESSONS)
def test_captions_stand_inside_the_frame_and_off_the_picture(scene, shape):
    """In every beat each caption lies in the captions' place, which nothing else on the stage meets."""
    width, height = SHAPES[shape]
    for cut in ("full", "loop"):
        with stage(small(scene, width=width, height=height, cut=cut)) as (drawn, _):
            composition = drawn.captions.setting.composition
            assert composition.frame.holds(composition.caption)
            for beat in drawn.beats:
                captions = list(drawn.captions.marks(beat.end - 1))
                assert len(captions) == 1
                assert composition.caption.holds(captions[0].box, slack=0.02)
                for name, mark, box in drawn.stage.boxes(beat.end - 1):
                    if isinstance(mark, Text):
                        assert composition.frame.holds(box), (name, mark.text)
                        assert not composition.caption.meets(box), (name, mark.text)


def test_a_film_may_have_a_title_of_its_own():
    """`--title` stands in the picture and above the transcript in the place of the lesson's own title."""
    spec = RenderSpec("parabola", width=160, height=90, fps=5, title="Down we go")
    with stage(spec) as (scene, _):
        words = {mark.text for mark in scene.marks(0) if isinstance(mark, Text)}
        texts = companions(spec, [Path("film.mp4")], content_of(spec, told(spec)))

    assert "Down we go" in words
    assert LESSONS["parabola"].title not in words
    assert str(texts[Path("film.transcript.md")]).startswith("# Down we go\n")
