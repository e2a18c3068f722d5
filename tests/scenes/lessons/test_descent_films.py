"""What a film of gradient descent owes its viewer, after the checks that ManiBench makes of generated animations.

The ground and the start are there, an arrow comes before each move, the ball goes down the slope, the loss curve keeps
step, steps shrink, and all of it has its label; nothing points uphill, floats off the ground, or draws another run.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.part import Now

from .truth import Film, axes, read

# The lessons that show one run of plain descent from its start to its end.
LESSONS = ("parabola", "bowl")
FPS = 15


@pytest.fixture(scope="module", params=LESSONS)
def film(request) -> Film:
    """The narrated film, with frames enough that no brief arrow is missed."""
    return Film(request.param, fps=FPS)


def shown(film: Film, frame: int, *quantities: str):
    """The marks of a frame that stand for one of these quantities."""
    return [mark for mark in film.stage.marks(frame) if mark.shows is not None and mark.shows.quantity in quantities]


def first_frame(film: Film, quantity: str, step: int) -> int | None:
    """The first frame that shows a quantity of a step; None if none does."""
    for frame in range(film.frames):
        if any(mark.shows.step == step for mark in shown(film, frame, quantity)):
            return frame
    return None


def walk(film: Film) -> range:
    """The frames from the first leap to the last landing."""
    moving = [segment for segment in film.timeline.segments if segment.move.channel == "progress"]
    return range(moving[0].start, max(segment.end for segment in moving) + 1)


def words(film: Film) -> set[str]:
    """All that is written in the picture."""
    return {mark.text for frame in range(0, film.frames, 5) for mark in film.stage.words(frame)}


def test_the_ground_and_the_start_are_there_first(film):
    """At frame 0 the curve or the map is in the picture, and the ball rests at the run's first point."""
    (ball,) = shown(film, 0, "point")

    assert ball.shows.step == 0
    assert ball.opacity == 1
    assert any(isinstance(mark, Stroke) for mark in film.stage.marks(0))


def test_the_surface_rises_before_the_descent():
    """The bowl's surface is drawn before the first of the steps that are watched on it."""
    film = Film("bowl", fps=FPS)
    surface = [one for one in film.timeline.segments if one.move.channel == "surface.shown"]
    raised = [one.start for one in surface if one.move.to[0] == 1]

    assert raised
    assert raised[0] < walk(film).start


def test_an_arrow_comes_before_each_move(film):
    """Every step that is long enough to see is shown as an arrow while its ball still rests where it begins."""
    run, seen = film.runs[0], set()
    for frame in range(film.frames):
        for mark in shown(film, frame, "step arrow"):
            if mark.opacity > 0.3:
                seen.add(mark.shows.step)
                assert not any(ball.shows.step == mark.shows.step + 1 for ball in shown(film, frame, "point"))
    gradient = first_frame(film, "gradient arrow" if run.objective.dims == 2 else "slope arrow", 0)

    assert gradient is not None
    assert gradient < walk(film).start
    assert set(range(3)) <= seen
    if run.objective.dims == 2:
        assert set(range(5)) <= seen


def test_no_step_arrow_points_uphill(film):
    """Each arrow of a step leads from where the ball is to lower ground: to the left of a positive slope."""
    run = film.runs[0]
    for frame in range(film.frames):
        for mark in shown(film, frame, "step arrow"):
            if film.runs[0].objective.dims == 1:
                reach = (mark.head[0] - mark.tail[0]) * run.gradients[mark.shows.step, 0]
                assert reach <= 1e-9, f"frame {frame}"
                continue
            assert isinstance(mark, ArrowMark)
            step = run.points[mark.shows.step + 1] - run.points[mark.shows.step]
            assert step @ run.gradients[mark.shows.step] < 0
            if mark.head != mark.tail and np.hypot(*np.subtract(mark.head, mark.tail)) > 0.2:
                land = film.stage.part("land")
                now = Now(film.stage, frame)
                ends = land.terrain.space.place(run.points[mark.shows.step :][:2], run.losses[mark.shows.step :][:2])
                true = np.diff(land.sight(now).at(ends), axis=0)[0]
                drawn = np.subtract(mark.head, mark.tail)
                cosine = drawn @ true / (np.hypot(*drawn) * np.hypot(*true))
                assert cosine > 0.99, f"frame {frame}"


def test_the_ball_goes_against_the_gradient(film):
    """The run moves along −∇J, each step is shorter than the one before, and every landing is shown."""
    run = film.runs[0]
    moves = np.diff(run.points, axis=0)
    for move, gradient in zip(moves, run.gradients):
        assert np.allclose(move / np.linalg.norm(move), -gradient / np.linalg.norm(gradient))
    lengths = np.linalg.norm(moves, axis=1)
    assert all(after < before for before, after in pairwise(lengths))
    landed = {mark.shows.step for frame in walk(film) for mark in shown(film, frame, "landing")}
    assert set(range(run.steps - 3)) <= landed


def test_landings_on_the_map_lie_on_the_way_down():
    """Seen from above, the dots of two landings lie along the negative gradient, and closer together each time."""
    film = Film("bowl", fps=FPS)
    run, frame = (
        film.runs[0],
        next(
            beat.end - 1 for beat in film.beats if "right angle" in beat.beat.plain and beat.beat.chapter == "The end"
        ),
    )
    dots = {mark.shows.step: np.array(mark.centre) for mark in shown(film, frame, "landing") if isinstance(mark, Disc)}
    ways = [(step, dots[step + 1] - dots[step]) for step in sorted(dots) if step + 1 in dots]

    assert len(ways) > 5
    for step, way in ways[:6]:
        downhill = -run.gradients[step] / np.linalg.norm(run.gradients[step])
        assert way @ downhill / np.linalg.norm(way) > 0.999
    assert all(np.linalg.norm(after) < np.linalg.norm(before) for (_, before), (_, after) in pairwise(ways))


def test_the_loss_curve_keeps_step_with_the_ball(film):
    """The chart ends where the counter stands, its curve is the run's loss, and it never runs ahead."""
    run, compared = film.runs[0], 0
    for frame in walk(film):
        counters = [mark for mark in shown(film, frame, "steps") if mark.opacity == 1]
        curves = shown(film, frame, "loss curve")
        if not (counters and curves):
            continue
        step = int(read(counters[0].text)[0])
        assert {mark.shows.step for mark in curves} == {step}, f"frame {frame}"
        heights = np.asarray(curves[0].points)[: step + 1, 1]
        losses = run.losses[: step + 1]
        if len(heights) > 2:
            slope, offset = np.polyfit(losses, heights, 1)
            assert slope > 0
            assert np.allclose(heights, slope * losses + offset, atol=0.03), f"frame {frame}"
            compared += 1
    assert compared > 10


def test_everything_has_its_label(film):
    """Axes, step counter, rate and loss are named in the picture."""
    run, written = film.runs[0], words(film)

    names = {"x"} if run.objective.dims == 1 else {"theta_1", "theta_2"}
    assert names <= written
    assert {"step", "loss", "slope"} <= written
    assert any(shown(film, frame, "rate") for frame in range(film.frames))
    counted = {mark.text for frame in walk(film) for mark in shown(film, frame, "steps")}
    assert str(run.steps) in counted


def test_the_curve_has_numbered_axes():
    """A place can be read off the plane of the parabola in every frame that shows the run."""
    film = Film("parabola", fps=FPS)

    read_off = [frame for frame in walk(film) if axes(film, frame, 0) and axes(film, frame, 1)]
    assert len(read_off) > 0.9 * len(walk(film))
