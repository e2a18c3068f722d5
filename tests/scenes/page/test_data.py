"""A line through points: the engine's fits are gdsim's, and points are dragged, added and removed."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import DATASETS, build_optimiser, descend_in_batches, line, objective_on
from gdsim.dataset import Dataset, seeded
from scenes.page.contents import METHODS
from scenes.spec import RenderSpec
from tests.scenes.page.test_laboratory import address, close, readouts, seek
from tests.scenes.page.twin import in_node, program

LINES = ("doubles", "noisy-line", "centred-line", "raised-line")
SCRIPTS = ("numbers", "plot", "data", "engine")
WORK = """GIVEN.map(({ rows, orders, size, m, settings, rate, start, steps, domain }) => {
  const one = lineThrough({ domain }, rows);
  const whole = METHODS[m](settings, one);
  const method = size < rows.length ? throughBatches(whole, rows, batchesOf(orders, rows.length, size)) : whole;
  return simulate(one, method, () => rate, start, steps, []);
})"""


def rows_of(data: Dataset) -> list[list[float]]:
    """The rows as [x, y]."""
    return [list(row) for row in zip(data.inputs[:, 0].tolist(), data.targets.tolist())]


def test_fits_have_the_same_bits():
    """On every set of data, with all rows, some or one per step, fits are gdsim's to the last bit, 200 steps long."""
    given, fits = [], []
    for name in LINES:
        data = DATASETS[name](3)
        draw = seeded(3)
        orders = [draw.permutation(data.rows).tolist() for _ in range(200)]
        for size in sorted({1, 3, 9, data.rows} & set(range(1, data.rows + 1))):
            for method in ("gradient-descent", "momentum", "nesterov", "adagrad", "rmsprop", "rprop", "adadelta"):
                settings = {key: one.default for key, one in METHODS[method].settings.items()}
                rate, epochs = 0.003, -(-200 // -(-data.rows // size))
                optimiser = build_optimiser(method, settings)
                fit = descend_in_batches(line(), data, size, epochs, 3, optimiser, rate, [0.5, -1.0], rules=())
                fits.append(fit)
                one = {"rows": rows_of(data), "orders": orders, "size": size, "m": method, "settings": settings}
                given.append(one | {"rate": rate, "start": [0.5, -1.0], "steps": fit.steps, "domain": [[-9, 9]] * 2})

    for one, fit, twin in zip(given, fits, in_node(program(WORK, SCRIPTS, {}, given))):
        assert fit.steps >= 190
        found = twin["points"], twin["losses"], twin["gradients"]
        assert found == (fit.points.tolist(), fit.losses.tolist(), fit.gradients.tolist()), (one["m"], one["size"])


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 16, 17, 40, 100, 127, 128, 129, 300, 1000])
def test_means_are_numpys(count):
    """The mean of any number of values is numpy's, to the last bit: it adds in the same order."""
    values = np.random.default_rng(count).normal(size=count) * 10.0 ** np.random.default_rng(1).integers(-8, 8, count)
    mean = in_node(program("meanOf(GIVEN)", SCRIPTS, {}, values.tolist()))

    assert mean == float(np.mean(values))


def test_the_best_line_is_the_exact_one():
    """The minimum on the map is the solution of the normal equations, and its curvatures are gdsim's."""
    data = DATASETS["noisy-line"](0)
    one = objective_on(line(), data)
    work = "(({ minima, bend, height, look }) => [minima[0].point, bend(), height(2, 1), look(2, 1)])"
    given = rows_of(data)
    point, bends, height, look = in_node(program(f"{work}(lineThrough({{}}, GIVEN))", SCRIPTS, {}, given))

    assert point == pytest.approx(list(one.minima[0].point), rel=1e-12)
    assert bends == pytest.approx(one.hessian(np.zeros(2))[np.triu_indices(2)].tolist(), rel=1e-14)
    assert height == pytest.approx(look[0], rel=1e-12)


@pytest.fixture
def fit(opened):
    """The laboratory of the lesson, opened."""
    return lambda address="", **look: opened(address, RenderSpec("line-fit"), **look)


def loss_of(page) -> float:
    """The loss that gdsim has for the rows in the address at the start."""
    data = DATASETS["raised-line"](0)
    moved = address(page).get("d")
    rows = [[float(x) for x in pair.split(":")] for pair in moved.split(";")] if moved else rows_of(data)
    return float(np.mean([y * y for _, y in rows]))


def test_points_are_dragged_added_and_removed(fit):
    """Points are dragged by mouse, moved by keys, added by a click, removed by Delete; the loss is the new data's."""
    page = fit()
    before = readouts(page)["loss"][0]
    box = page.locator("#data .point .disc").nth(2).bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 4, box["y"] - 60, steps=3)
    page.mouse.up()
    dragged = readouts(page)["loss"][0]
    assert dragged > before
    assert close(dragged, loss_of(page))

    page.keyboard.press("Shift+ArrowUp")
    assert readouts(page)["loss"][0] > dragged
    area = page.locator("#data").bounding_box()
    page.mouse.click(area["x"] + 0.8 * area["width"], area["y"] + 0.75 * area["height"])
    assert page.locator("#data .point").count() == 11
    assert close(readouts(page)["loss"][0], loss_of(page))

    page.locator("#data .point").first.focus()
    page.keyboard.press("Delete")
    page.click("#remove-point")
    assert page.locator("#data .point").count() == 9
    page.click("#all-points")
    assert readouts(page)["loss"][0] == before


def test_a_step_sees_its_batch(fit):
    """The slider sets the rows per step; the rows of the next step are bright, and their number is told."""
    page = fit("#k=0")
    page.focus("#batch")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.text_content("#batch-words") == "2 of 10 rows: mini-batches"
    assert page.locator("#data .point:not(.out)").count() == 2
    page.click("#step")
    first = readouts(page)

    again = fit(f"#{page.evaluate('location.hash.slice(1)')}" if address(page) else "")
    assert readouts(again) == first
    seek(page, 10**6)
    assert page.text_content("#verdict strong") == "Noisy."


def test_the_page_of_a_line_is_whole(fit):
    """It fits a phone, its runs agree with gdsim's, and it has no challenges, which are about a curve."""
    page = fit(viewport={"width": 320, "height": 700})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert "failed" not in (page.get_attribute("#checked", "class") or "")
    assert page.is_hidden("#challenges")
    assert page.is_visible("#data")
