"""The laboratory for everyone: axe-core finds nothing, motion can be off, and a guest page may hold it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from scenes.page.embed import by_text
from tests.scenes.page.test_laboratory import place, readouts


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("address", ["#k=3", "#f=rosenbrock&m=gradient-descent,adam&k=9&s=cosine"])
def test_axe_finds_nothing(opened, address, theme):
    """Names, roles, contrast and order: axe-core has no violation to report, with everything unfolded."""
    page = opened(address, color_scheme=theme)
    page.click("#table summary")
    page.click("#more summary")
    page.click("article[aria-labelledby=title-predict] button[type=submit]")
    found = Axe().run(page)

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]] == []


def test_without_motion_the_ball_is_only_where_steps_are(opened):
    """For readers who prefer less motion, each frame of a run shows the ball on one of its points."""
    page = opened("#f=shifted-parabola&lr=0.1&n=12")
    page.select_option("#speed", "15")
    page.click("#run")
    seen = set()
    while page.text_content("#run") == "Pause":
        seen.add(round(place(page)[0], 2))
    page.click("#reset")
    allowed = set()
    for _ in range(12):
        allowed.add(round(place(page)[0], 2))
        page.click("#step")

    assert seen <= allowed | {round(place(page)[0], 2)}
    assert len(seen) > 3


WATCH = """() => new Promise((done) => {
  const seen = [];
  const look = () => {
    const [x, y] = document.querySelector("#plot .ball").getAttribute("transform").match(/[\\d.]+/g).map(Number);
    seen.push([x, y]);
    if (document.querySelector("#verdict strong").textContent === "Step 1:") done(seen);
    else requestAnimationFrame(look);
  };
  document.querySelector("#step").click();
  requestAnimationFrame(look);
})"""


def test_with_motion_the_ball_glides(opened):
    """Otherwise, the ball takes some tenths of a second for a step, and gets there frame by frame, never back."""
    page = opened("#f=shifted-parabola", reduced_motion="no-preference")
    seen = [x for x, _ in page.evaluate(WATCH)]

    assert readouts(page)["position"] == [7.0]
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) >= 3


def test_a_guest_page_may_hold_it(browser, laboratory):
    """In a sandboxed frame from text alone, the laboratory runs, checks answers and reports no error."""
    wrong: list[str] = []
    page = browser.new_page(reduced_motion="reduce")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_content(f"<h1>A blog</h1>{by_text(laboratory().read_text('utf-8'), 'The laboratory')}")
    frame = page.frame_locator("iframe")
    frame.locator("#step").click()
    frame.locator("#rate-number").fill("0.3")
    frame.locator("#rate-number").press("Enter")
    expect(frame.locator("#checked")).to_contain_text("runs agree")
    frame.locator("article[aria-labelledby=title-check] input").first.check()
    frame.locator("article[aria-labelledby=title-check] button[type=submit]").click()

    expect(frame.locator("article[aria-labelledby=title-check] .answer")).not_to_be_empty()
    assert wrong == []
    page.close()


def test_on_paper_the_picture_and_the_numbers_remain(opened):
    """Printed, the page is light, and holds the picture, the numbers and the chart, but no controls."""
    page = opened("#k=3", color_scheme="dark")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(251, 250, 247)"
    assert [page.is_visible(name) for name in ("#plot", "#readouts", "#chart", "#run", "#copy-link")] == [
        True,
        True,
        True,
        False,
        False,
    ]
