"""The landscape and its climber: all of it inside its box, all of it where the run is."""

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.methods import build_optimiser
from scenes.stage.data_range import FINEST, contour_levels, loss_range, map_domain, resolution
from scenes.stage.landscape import Landscape
from scenes.stage.layout import Box
from scenes.stage.surface_ball import BallWithPath
from scenes.stage.theme import THEMES

THEME = THEMES["dark"]
BOX = Box(-6.0, -2.0, 2.5, 3.0)


def run(name="bowl", rate=0.1, steps=15, start=None):
    objective = SURFACES[name]
    return simulate(objective, rate=rate, start=objective.start if start is None else start, steps=steps)


@pytest.fixture(scope="module")
def land():
    return Landscape(BOX, run(), THEME)


def climber(rate=0.1):
    one = run(rate=rate)
    return one, BallWithPath(Landscape(BOX, one, THEME), one, BOX, THEME)


@pytest.mark.parametrize("sway", [-1.0, -0.4, 0.0, 1.0])
def test_the_picture_stays_in_its_box(land, sway):
    """Surface, floor and labels are inside the box wherever the eye stands."""
    land.turn(sway)
    points = [land.view.look(land.field.mesh.world)[0], land.view.look(land.axes.grid.reshape(-1, 3))[0]]
    for label, _ in land.labels:
        points.append(np.array([[label.box.left, label.box.bottom], [label.box.right, label.box.top]]))
    points = np.concatenate(points)

    assert (points >= np.array([BOX.left, BOX.bottom]) - 0.02).all()
    assert (points <= np.array([BOX.right, BOX.top]) + 0.02).all()


def test_the_surface_rises_out_of_its_map(land):
    """At 0 the surface lies on its own contour lines and the loss has no numbers; at 1 it stands, and has them."""
    land.raise_to(0.0)
    field = land.view.look(land.field.lift([(3.0, 4.0)]))[0]
    assert np.allclose(field, land.view.look(land.space.on_floor([(3.0, 4.0)]))[0])
    assert [label.opacity for label in land.loss_labels] == [0.0] * len(land.loss_labels)

    land.raise_to(1.0)
    assert land.view.look(land.field.lift([(3.0, 4.0)]))[0][0, 1] > field[0, 1] + 1
    assert {label.opacity for label in land.loss_labels} == {1.0}


def test_the_map_holds_the_start():
    """A start far outside widens the map about its middle until it holds it."""
    domain = map_domain(SURFACES["bowl"], np.array([30.0, 0.0]))

    assert domain[0][0] == -domain[0][1]
    assert domain[0][1] > 30


def test_contours_lie_between_lowest_and_highest():
    """Levels rise, stay within the range, and are closer together near the bottom."""
    levels = contour_levels((-1.0, 3.0))

    assert levels[0] > -1
    assert levels[-1] < 3
    assert (np.diff(levels, n=2) > 0).all()


@pytest.mark.parametrize("name", ["bowl", "himmelblau", "rosenbrock"])
def test_the_start_is_on_the_drawn_part(name):
    """The highest loss shown is above the start's."""
    objective = SURFACES[name]
    start = np.array(objective.start)
    (low, high), _, _ = loss_range(objective, map_domain(objective, start), float(objective.value(start)))

    assert low <= objective.value(start) < high


def test_a_narrow_valley_is_cut_finer():
    """Rosenbrock's valley, a sliver of its map, gets more cells than the bowl, and no more than the bound."""
    cells = {}
    for name in ("bowl", "rosenbrock"):
        objective = SURFACES[name]
        start = np.array(objective.start)
        domain = map_domain(objective, start)
        (_, high), _, _ = loss_range(objective, domain, float(objective.value(start)))
        cells[name] = resolution(objective, domain, high)

    assert cells["bowl"] < cells["rosenbrock"] <= FINEST


@pytest.mark.parametrize("landed", [0, 3, 15])
def test_the_path_goes_from_the_start_to_the_ball(landed):
    """On the surface and on the map alike, the path's ends are the start and the ball; so many dots are shown."""
    one, ball = climber()
    ball.show(landed, one.points[landed])

    assert np.allclose(ball.path.path[0], ball.land.field.lift(one.points[0]))
    assert np.allclose(ball.path.path[-1], ball.ball.position)
    assert np.allclose(ball.floor_path.path[-1], ball.land.space.on_floor(one.points[landed]))
    assert ball.dots.shown == ball.floor_dots.shown == landed + 1


def test_arrows_are_the_gradient_and_its_opposite():
    """On the map the arrows point along the gradient and against it, equally long; then the second is the step."""
    one, ball = climber()
    ball.aim(0, 1.0, 1.0, 0.0)
    up = ball.floor_uphill.end - ball.floor_uphill.start
    down = ball.floor_downhill.end - ball.floor_downhill.start
    assert np.allclose(up, -down)
    assert up[1] / up[0] == pytest.approx(one.gradients[0, 1] / one.gradients[0, 0])

    ball.aim(0, 1.0, 1.0, 1.0)
    assert np.allclose(ball.floor_downhill.end, ball.land.space.on_floor(one.points[1]))


def test_arrows_are_used_up_by_the_step():
    """While the ball moves its arrow ends where it will land and begins where it is; at the end both are gone."""
    one, ball = climber()
    for moved in (0.25, 0.75):
        ball.aim(0, 1.0, 1.0, 1.0, moved)
        here = one.points[0] + moved * (one.points[1] - one.points[0])
        assert np.allclose(ball.floor_downhill.start, ball.land.space.on_floor(here))
        assert np.allclose(ball.floor_downhill.end, ball.land.space.on_floor(one.points[1]))
    ball.aim(0, 1.0, 1.0, 1.0, 1.0)
    for arrow in (ball.uphill, ball.downhill, ball.floor_uphill, ball.floor_downhill):
        assert np.allclose(arrow.start, arrow.end)


def test_a_ball_off_the_map_gives_way_to_its_marker():
    """Off the map the path ends at the last step on it, and the marker's words are inside the box."""
    one, ball = climber(1.2)
    ball.show(one.steps, one.points[-1])

    assert ball.ball.radius == 0
    assert ball.off.place() is not None
    assert BOX.left <= ball.note.box.left
    assert ball.note.box.right <= BOX.right


def test_a_ball_that_comes_back_is_where_the_run_puts_it():
    """Newton's method on Rosenbrock's valley leaves the map and returns: the ball and its dots go with it."""
    objective = SURFACES["rosenbrock"]
    one = simulate(objective, build_optimiser("newton", {}, objective), 1.0, objective.start, 15)
    land = Landscape(BOX, one, THEME)
    ball = BallWithPath(land, one, BOX, THEME)
    on_map = land.holds(one.points)
    assert on_map.tolist()[:4] == [True, True, False, True]

    for landed in (*range(one.steps + 1), 0, one.steps, 2):
        ball.show(landed, one.points[landed])
        assert (ball.ball.radius > 0) == on_map[landed]
        assert (ball.off.place() is None) == on_map[landed]
        assert ball.dots.shown == on_map[: landed + 1].sum()
        if on_map[landed]:
            assert np.allclose(ball.ball.position, land.field.lift(one.points[landed]))


def test_the_ground_ends_where_it_is_drawn():
    """A place above the surface's level rim is off the map, though inside its rectangle."""
    one = simulate(SURFACES["rosenbrock"], rate=1e-3, start=(-1.2, 1.0), steps=5)
    land = Landscape(BOX, one, THEME)

    assert land.holds(np.array([-1.2, 1.0]))
    assert not land.holds(np.array([-1.9, -0.9]))
    assert land.holds(land.field.mesh.points[land.field.mesh.faces].mean(axis=1)).mean() > 0.9
