"""The bowl's picture: the ball lies on the surface where the run puts it, and leaves the map honestly."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.film.draw import stage
from scenes.spec import RenderSpec


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


def test_the_surface_rises_while_it_is_introduced():
    """A film begins with the bare map; after its first beat the surface stands, at full height."""
    heights = []

    def beat_done(scene, index):
        heights.append((scene.land.view.rise, scene.land.field.opacity))

    with stage(small(cut="full"), beat_done=beat_done) as (scene, _):
        scene.open()
        assert (scene.land.view.rise, scene.land.field.opacity) == (0.0, 0.0)
    with stage(small(cut="full"), beat_done=beat_done) as (scene, _):
        scene.render()
    assert set(heights) == {(1.0, 1.0)}


def test_the_picture_is_as_large_as_its_box_allows():
    """In a wide film floor and surface fill nine tenths of the plot's height, and never leave it."""
    with stage(small(cut="full")) as (scene, _):
        scene.open()
        scene.rise.set_value(1.0)
        scene.follow()
        land, box = scene.land, scene.layout.plot
        seen = np.concatenate([land.view.look(part)[0] for part in (land.field.mesh.world, land.axes.grid)], axis=None)
        up = seen.reshape(-1, 2)[:, 1]

    assert up.max() - up.min() > 0.9 * box.height
    assert box.bottom - 0.01 <= up.min()
    assert up.max() <= box.top + 0.01


def test_arrows_do_not_vanish_at_once():
    """In the last moment of a step its arrows are as good as used up, so nothing pops when it ends."""
    with stage(small()) as (scene, _):
        scene.open()
        scene.walking = True
        scene.progress.set_value(0.999)
        scene.follow()
        arrows = (scene.climber.uphill, scene.climber.downhill)

        assert all(np.linalg.norm(arrow.end - arrow.start) < 0.01 for arrow in arrows)
