"""The curve and the ball on it: everything stands where the run's numbers put it."""

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from scenes.stage.chart import LossChart
from scenes.stage.layout import Box, layout
from scenes.stage.plane_marks import Chords, OffScale
from scenes.stage.plot import Plane
from scenes.stage.theme import THEMES
from scenes.stage.valley import Roller, Valley, valley_plane

THEME, PLACES = THEMES["dark"], layout(854, 480, "full")
SHIFTED = SURFACES["shifted-parabola"]


def run(rate=0.1, steps=20):
    return simulate(SHIFTED, rate=rate, start=[8.0], steps=steps)


def roller(rate=0.1):
    one = run(rate)
    return one, Roller(valley_plane(PLACES, (one,), 0.3), one, THEME)


@pytest.mark.parametrize("progress", [0.0, 0.3, 1.0, 1.5, 7.9, 20.0])
def test_the_ball_is_on_the_curve(progress):
    """At every moment the ball's centre is on the objective's own graph."""
    _, one = roller()
    one.show(progress)
    plane = one.plane
    x = plane.across[0] + (one.ball.place[0] - plane.box.left) / plane.box.width * np.ptp(plane.across)

    assert one.ball.place == pytest.approx(plane.to_frame(x, (x - 3) ** 2))


def test_the_plane_holds_every_landing_of_a_run_that_stays():
    """Domain, start and all landings are inside; the minimum is ringed where it is."""
    one = run(0.9)
    plane = valley_plane(PLACES, (one,), 0.3)
    ground = Valley(plane, PLACES, one, THEME, 0.3)

    assert all(plane.holds(x, loss) for x, loss in zip(one.points[:, 0], one.losses))
    assert ground.rings[0].place == pytest.approx(tuple(plane.to_frame(3.0, 0.0)))


def test_the_arrow_is_the_step():
    """Before a step it may be planned; under way and after, it runs from where the step began to where it ends."""
    one, ball = roller()
    ends = ball.plane.to_frame(one.points[:3, 0], np.full(3, ball.plane.up[0]))

    ball.show(0.0)
    assert np.array_equal(ball.arrow.tail, ball.arrow.head)
    ball.show(0.0, planned=1.0)
    assert np.allclose([ball.arrow.tail, ball.arrow.head], ends[:2])
    ball.show(1.0)
    assert np.allclose([ball.arrow.tail, ball.arrow.head], ends[:2])
    ball.show(1.9)
    assert np.allclose([ball.arrow.tail, ball.arrow.head], ends[1:])


def test_a_planned_arrow_never_shrinks_when_the_step_begins():
    """The arrow that was planned is whole while the ball follows it."""
    _, ball = roller()
    lengths = []
    for progress in np.linspace(0.0, 0.99, 12):
        ball.show(progress, planned=1.0)
        lengths.append(float(np.hypot(*(ball.arrow.head - ball.arrow.tail))))

    assert min(lengths) == pytest.approx(max(lengths))


def test_a_ball_off_the_scale_has_a_marker_inside():
    """Beyond the plane no ball is drawn; the marker and its words stand within the plane's box."""
    one, ball = roller(1.05)
    ball.show(one.steps)
    box = ball.plane.box

    assert ball.ball.place is None
    assert box.holds(ball.note.box.inset(bottom=0.1))
    assert ball.note.outline.shapes


def test_a_marker_points_to_where_the_ball_is():
    """The marker's tip is at the edge nearest to the ball, and points outwards."""
    marker = OffScale(Plane(Box(0, 0, 4, 4), (0, 1), (0, 1)), "#ffffff")
    assert marker.place() is None

    marker.beyond = (0.5, 9.0)
    tip, along = marker.place()
    assert tip == pytest.approx((2.0, 3.88))
    assert along == pytest.approx((0.0, 1.0))


def test_only_jumps_are_chords():
    """A chord is drawn for each step that crosses the minimum, and no other."""
    places = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]])

    assert Chords(places, np.array([False, True]), "#ffffff", Box(-1, -1, 3, 1)).drawn.tolist() == [1]


@pytest.mark.parametrize("progress", [0.0, 0.5, 3.25, 20.0])
def test_the_loss_is_drawn_up_to_now(progress):
    """The line's head is on the polyline of losses at `progress` steps, and nothing is drawn beyond."""
    one = run()
    chart = LossChart(Box(0, 0, 4, 3), [one], [THEME.loss], THEME, 0.3, 25.0)
    chart.show(0, progress)
    loss = np.interp(progress, np.arange(21), one.losses)

    assert chart.heads[0].place == pytest.approx(tuple(chart.plane.to_frame(progress, loss)))
    assert chart.lines[0].shown == pytest.approx(progress / 20)


def test_a_loss_above_the_chart_has_no_head():
    """A run that leaves the chart ends at its top; its head is not drawn in thin air."""
    one = run(1.05)
    chart = LossChart(Box(0, 0, 4, 3), [one], [THEME.loss], THEME, 0.3, 60.0)
    chart.show(0, 20.0)

    assert chart.heads[0].place is None
    assert chart.end(0)[1] == pytest.approx(chart.plane.box.top)
