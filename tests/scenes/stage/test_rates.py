"""Gauge, flags and names of learning rates stand where the numbers put them."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from scenes.stage.chart import LossChart
from scenes.stage.endpoint_labels import EndpointLabels, named, together
from scenes.stage.layout import Box
from scenes.stage.plane_marks import Chords
from scenes.stage.plot import Plane
from scenes.stage.rates import GAUGE_END, RateGauge, RateTable, Row, shades
from scenes.stage.theme import THEMES

THEME = THEMES["dark"]
BOX = Box(0.0, 0.0, 5.0, 2.0)
SHIFTED = SURFACES["shifted-parabola"]


def runs(*rates):
    return [simulate(SHIFTED, rate=rate, start=[8.0], steps=20) for rate in rates]


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.5, 1.0, 1.2])
def test_a_rate_stands_in_proportion_on_the_gauge(rate):
    """Zero is at the left end, the threshold at 1/GAUGE_END of the width."""
    gauge = RateGauge(BOX, [rate], 1.0, shades(THEME, 1), THEME)

    assert gauge.across(rate) == pytest.approx(5.0 * rate / GAUGE_END)


@pytest.mark.parametrize("rate", [1.3, 1e6, 1e308, None])
def test_a_rate_beyond_the_gauge_points_off_its_end(rate):
    """Too large a rate, or one without a number, stands at the right end and points outwards."""
    gauge = RateGauge(BOX, [rate], 1.0, shades(THEME, 1), THEME)

    assert gauge.across(rate) == 5.0
    assert gauge.pointers[0].beyond


@pytest.mark.parametrize("rate", [1e-4, 0.1, 1.0, 1e6])
def test_the_gauges_name_stays_within_its_box(rate):
    """The written rate never leaves the gauge sideways."""
    gauge = RateGauge(BOX, [rate], 1.0, shades(THEME, 1), THEME)
    gauge.call(0)

    assert BOX.left - 1e-9 <= gauge.name.box.left
    assert gauge.name.box.right <= BOX.right + 1e-9


def test_ends_near_each_other_share_a_name():
    """0.1 and 0.9 end at one place after 20 steps: one flag names both; 0.01 keeps its own."""
    rates = [0.01, 0.1, 0.9]
    plane = Plane(Box(-6.0, -2.0, 2.0, 3.0), (-3.0, 9.0), (-2.0, 40.0))
    flags = EndpointLabels(plane, runs(*rates), rates, shades(THEME, 3), THEME, 0.3)

    assert flags.mates == [[], [], [1]]
    assert together([(0.0, 0.0), (3.0, 0.0), (0.1, 0.0)], 0.35) == [[0, 2], [1]]
    assert named(rates) == "0.01, 0.1 and 0.9"


def test_a_line_that_leaves_the_chart_ends_at_its_edge():
    """A diverging loss is named where it crosses the top, a falling one at its last step."""
    chart = LossChart(Box(-4.0, -2.0, 4.0, 3.0), runs(1.05, 0.1), shades(THEME, 2), THEME, 0.3, 60.0, 0.0)

    assert chart.end(0)[1] == pytest.approx(chart.plane.box.top)
    assert chart.end(1)[0] == pytest.approx(chart.plane.box.right)
    step = float((chart.end(0)[0] - chart.plane.box.left) / chart.plane.box.width * 20)
    losses = runs(1.05)[0].losses
    assert np.interp(step, range(21), losses) == pytest.approx(60.0)


def test_chords_are_drawn_for_jumps_that_touch_the_picture():
    """Of three steps the walking one and the one far outside leave no line."""
    places = np.array([[1.0, 1.0], [2.0, 1.0], [4.0, 1.5], [1e9, 1e9], [-1e9, 1e9]])

    drawn = Chords(places, np.array([False, True, True, True]), THEME.step, BOX).drawn
    assert drawn.tolist() == [1, 2]


def test_a_rates_row_is_found_by_its_rate():
    """Each rate has its row in the table; another one has none."""
    rows = [Row(0.1, 0.8, "#111111"), Row(0.9, -0.8, "#222222")]
    table = RateTable(BOX, rows, THEME)

    assert [table.row(0.1), table.row(0.9), table.row(0.5), table.row(None)] == [*table.rows, None, None]
