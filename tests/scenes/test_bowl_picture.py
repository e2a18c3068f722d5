"""The bowl's picture: the ball lies on the surface where the run puts it, and leaves the map honestly."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.film.draw import stage
from scenes.film.spec import RenderSpec


def small(**words) -> RenderSpec:
    """The lesson at 480p."""
    return RenderSpec("bowl", **{"width": 854, "height": 480, "fps": 10, "cut": "loop"} | words)


@pytest.mark.parametrize("step", [0, 1, 3, 15])
def test_the_ball_is_where_the_run_puts_it(step):
    """At rest the ball's centre is within a pixel of the projected point of the trajectory on the surface."""
    with stage(small(), walking=False) as (scene, _):
        scene.open()
        scene.progress.set_value(step)
        scene.clock.set_value(7 * step)
        scene.follow()
        scene.climber.shadow.set_opacity(0.0)
        with_ball = scene.renderer.draw(scene)[..., :3].astype(int)
        scene.climber.ball.set_opacity(0.0)
        without = scene.renderer.draw(scene)[..., :3].astype(int)
        world = scene.land.space.place(scene.run.points[step], scene.run.losses[step])
        x, y = scene.land.view.look(world)[0]

    rows, columns = np.nonzero(np.abs(with_ball - without).sum(axis=-1) > 24)
    found = (columns.min() + columns.max() + 1) / 2, (rows.min() + rows.max() + 1) / 2
    assert found == pytest.approx((427 + 60 * x, 240 - 60 * y), abs=1.0)


def test_the_ball_moves_over_the_surface_and_never_through_it():
    """Between two steps the ball's height is the loss at the very place it is over."""
    with stage(small()) as (scene, _):
        scene.open()
        for progress in np.linspace(0, scene.run.steps, 60):
            scene.progress.set_value(progress)
            scene.follow()
            ball, land = scene.climber.ball, scene.land
            np.testing.assert_allclose(ball.position, land.field.lift(ball.parameters), atol=1e-12)


def test_a_ball_that_leaves_the_map_gives_way_to_the_marker():
    """Off the map no ball is drawn; the marker stands inside the picture and the numbers go on."""
    with stage(small(learning_rate=1.05, cut="full")) as (scene, _):
        scene.open()
        scene.progress.set_value(scene.run.steps)
        scene.follow()
        tip, _ = scene.climber.off.place()

        assert scene.climber.ball.radius == 0
        assert scene.layout.plot.left <= tip[0] <= scene.layout.plot.right
        assert scene.layout.plot.bottom <= tip[1] <= scene.layout.plot.top


@pytest.mark.parametrize("cut", ["full", "loop"])
def test_the_eye_stands_where_the_frame_says(cut):
    """Fast-forwarded or drawn, the view after a beat is a function of the film's frame alone; a loop's eye returns."""
    poses = []

    def beat_done(scene, index):
        poses.append((scene.frame, scene.land.view.azimuth))

    with stage(small(cut=cut), beat_done=beat_done) as (scene, _):
        scene.render()
        ends = [beat.end for beat in scene.beats]
        start = scene.land.view.azimuth if cut == "loop" else None
    assert [frame for frame, _ in poses] == ends
    if cut == "loop":
        assert poses[-1][1] == pytest.approx(start)
        assert max(azimuth for _, azimuth in poses) < np.radians(-40)
