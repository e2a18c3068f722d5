"""The page in a browser, used as a reader would: by mouse, touch and keyboard, wide and narrow, in both themes."""

from __future__ import annotations

import csv
import io
import random
import re
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from gdsim import SURFACES, build_optimiser, simulate
from scenes.page.contents import is_exact
from scenes.spec import RenderSpec

MINUS, RAISED = "−", str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
BALL = "#plot .ball"


def numbers(text: str) -> list[float]:
    """The numbers of a read-out: `1.2 × 10⁻⁵` and `(3, −4)` included."""
    plain = text.replace(MINUS, "-").translate(RAISED)
    plain = re.sub(r"(-?[\d.]+) × 10(-?\d+)", r"\1e\2", plain)
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", plain)]


def readouts(page) -> dict[str, list[float]]:
    """The numbers of the read-outs: iteration, position, loss, gradient."""
    names, values = (texts(page, f"#readouts {kind}") for kind in ("dt", "dd"))
    rows = zip(names, values)
    return {name.split(" ")[0].lower(): numbers(value) for name, value in rows}


def texts(page, selector: str) -> list[str]:
    """The texts of all elements that match."""
    return page.eval_on_selector_all(selector, "all => all.map(one => one.textContent)")


def seek(page, step: int) -> None:
    """Go to a step with the slider below the picture."""
    page.eval_on_selector("#seek", f"one => {{ one.value = {step}; one.dispatchEvent(new Event('input')) }}")


def address(page) -> dict[str, str]:
    """The state in the address, once it has been written."""
    page.wait_for_timeout(340)
    return {name: one[0] for name, one in parse_qs(page.evaluate("location.hash.slice(1)")).items()}


def close(shown: float, value: float) -> bool:
    """Whether a read-out of three decimals or more, or of three digits, stands for a value."""
    return abs(shown - value) <= max(0.00051, 0.006 * abs(value))


def place(page) -> tuple[float, float]:
    """Where the ball is drawn, in pixels."""
    box = page.locator(f"{BALL} circle").last.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_it_opens_with_the_article(opened):
    """The ball waits at 8 on (x − 3)², with loss 25 and slope 10, and all runs agree with gdsim's."""
    page = opened()

    assert readouts(page) == {"iteration": [0.0], "position": [8.0], "loss": [25.0], "gradient": [10.0]}
    assert page.text_content("#formula") == "f(x) = (x − 3)²"
    assert re.fullmatch(r"Checked against gdsim [\d.]+: (\d+) of \1 runs agree\.", page.text_content("#checked"))
    assert page.text_content("#verdict").startswith("Guess first:")


def test_a_golden_run_that_differs_is_told(opened, laboratory, browser):
    """If a single run disagrees with gdsim's, the corner says so in another colour."""
    file = laboratory()
    made = file.read_text("utf-8")
    off = file.with_name("off.html")
    off.write_text(re.sub(r'(?<="ends":\[\["gradient-descent",)[\d.]+', "0.3", made, count=1), "utf-8")
    page = browser.new_page()
    page.goto(off.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")

    good, total = map(int, re.search(r"(\d+) of (\d+) runs", page.text_content("#checked")).groups())
    assert good == total - 1
    assert "failed" in page.get_attribute("#checked", "class")
    page.close()


def test_step_run_and_reset_walk_through_the_run(opened):
    """Step goes one step and says its arithmetic; Run goes to the end and says the verdict; Reset goes back."""
    page = opened("#f=shifted-parabola&lr=0.1&n=10")
    page.click("#step")
    assert readouts(page)["position"] == [7.0]
    assert page.text_content("#verdict") == "Step 1: x ← 8 − 0.1 × 10 = 7. The loss fell from 25 to 16."

    page.select_option("#speed", "250")
    page.click("#run")
    expect(page.locator("#run")).to_have_text("Run again")
    assert readouts(page) == {"iteration": [10.0], "position": [3.5369], "loss": [0.2882], "gradient": [1.0737]}
    assert page.text_content("#verdict").startswith("Goes down. After 10 steps the loss has gone from 25 to 0.288.")
    assert page.get_attribute("#step", "aria-disabled") == "true"

    page.click("#reset")
    assert readouts(page)["iteration"] == [0.0]


def test_the_last_step_keeps_the_focus(opened):
    """At the end, Step does nothing more, but who works with keys stays on it."""
    page = opened("#f=shifted-parabola&lr=0.2&n=2")
    page.focus("#step")
    for _ in range(4):
        page.keyboard.press("Enter")

    assert readouts(page)["iteration"] == [2.0]
    assert page.evaluate("document.activeElement.id") == "step"


def test_run_pauses_on_a_step(opened):
    """Pause stops the run on a whole step, and the read-outs are that step's."""
    page = opened("#f=shifted-parabola&lr=0.01&n=500", reduced_motion="no-preference")
    page.select_option("#speed", "60")
    page.click("#run")
    page.wait_for_timeout(300)
    assert page.text_content("#run") == "Pause"
    page.click("#run")
    shown = readouts(page)

    (step,) = shown["iteration"]
    assert 0 < step < 500
    run = simulate(SURFACES["shifted-parabola"], rate=0.01, start=[8.0], steps=500)
    assert shown["loss"] == [round(float(run.losses[int(step)]), 4)]


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.9, 1.05])
def test_the_slider_and_the_field_set_the_rate(opened, rate):
    """A rate typed into the field moves the slider; the run is gdsim's at that rate."""
    page = opened("#f=shifted-parabola&n=20")
    page.fill("#rate-number", str(rate))
    page.press("#rate-number", "Enter")
    before = page.input_value("#rate")
    seek(page, 20)
    run = simulate(SURFACES["shifted-parabola"], rate=rate, start=[8.0], steps=20)

    assert readouts(page)["position"] == [pytest.approx(run.points[-1, 0], abs=6e-5)]
    page.focus("#rate")
    page.keyboard.press("ArrowLeft")
    assert int(page.input_value("#rate")) == int(before) - 1
    assert float(page.input_value("#rate-number")) < rate
    assert readouts(page)["iteration"] == [0.0]


@pytest.mark.parametrize("text", ["", "0", "-1", "abc", "1e400"])
def test_a_rate_that_is_none_is_refused(opened, text):
    """A rate that is not a number above zero changes nothing, and the field says so until it is left."""
    page = opened("#lr=0.25")
    page.fill("#rate-number", text)
    page.press("#rate-number", "Enter")
    assert page.get_attribute("#rate-number", "aria-invalid") == "true"
    page.focus("#run")

    assert page.input_value("#rate-number") == "0.25"


def test_the_mark_is_two_over_the_curvature(opened):
    """The slider's mark stands at 2 / curvature: 1 for (x − 3)², with the reason below."""
    page = opened()
    mark, slider = (page.locator(name).bounding_box() for name in ("#mark", "#rate"))
    page.fill("#rate-number", "1")
    page.press("#rate-number", "Enter")
    share = int(page.input_value("#rate")) / 1000

    assert page.text_content("#mark") == "2 / curvature = 1"
    assert "Above 1, gradient-descent cannot settle at the minimum" in page.text_content("#mark-words")
    assert mark["x"] <= slider["x"] + share * slider["width"] <= mark["x"] + mark["width"]


def test_the_presets_do_what_they_say(opened):
    """Too small leaves most of the way, just right converges without a leap, too large leaps, the last diverges."""
    page = opened("#f=shifted-parabola&n=100")
    page.wait_for_selector("#presets button")
    found = {}
    for button in page.query_selector_all("#presets button"):
        label, rate = button.query_selector("b").text_content(), float(button.get_attribute("data-rate"))
        found[label] = simulate(SURFACES["shifted-parabola"], rate=rate, start=[8.0], steps=100), button
    left = {label: run.points[-1, 0] - 3 for label, (run, _) in found.items()}

    assert list(found) == ["Too small", "Just right", "Too large", "Diverging"]
    assert left["Too small"] > 2.5
    assert 0 <= left["Just right"] < 1e-3
    assert found["Too large"][0].points[1, 0] < 3
    assert abs(left["Too large"]) < 1e-3
    assert abs(left["Diverging"]) > 5
    found["Diverging"][1].click()
    assert page.input_value("#rate-number") == "1.05"
    assert page.get_attribute("#presets button:nth-child(4)", "aria-pressed") == "true"


@pytest.mark.parametrize("name", ["two-valleys", "bumpy", "plateau", "rosenbrock", "saddle", "absolute-value"])
def test_presets_elsewhere_are_in_order(opened, name):
    """On other functions, presets are rates in ascending order, each with its reason; some kinds may not occur."""
    page = opened(f"#f={name}&n=100")
    page.wait_for_timeout(300)
    given = page.eval_on_selector_all("#presets button", "all => all.map(one => one.dataset.rate)")
    rates = [float(one) for one in given]

    assert rates == sorted(rates)
    assert all(len(reason) > 8 for reason in texts(page, "#presets small"))


def test_the_ball_is_dragged_by_mouse(opened):
    """The ball follows the mouse along the curve, and a drag sets the start and begins anew."""
    page = opened("#f=shifted-parabola&k=4")
    x, y = place(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y + 40, steps=5)
    page.mouse.up()
    shown = readouts(page)

    assert shown["iteration"] == [0.0]
    assert place(page)[0] == pytest.approx(x - 200, abs=1.5)
    assert shown["loss"] == [pytest.approx((shown["position"][0] - 3) ** 2, abs=1e-4)]
    assert float(address(page)["x"]) == shown["position"][0]


def test_the_ball_is_dragged_by_a_finger(opened):
    """A finger on the ball moves it, and does not scroll the page."""
    page = opened("#f=shifted-parabola", viewport={"width": 360, "height": 500}, has_touch=True, is_mobile=True)
    x, y = place(page)
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x - 60, "y": y + 60}]),
        ("touchMove", [{"x": x - 90, "y": y + 90}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    assert place(page)[0] == pytest.approx(x - 90, abs=2)
    assert page.evaluate("scrollY") == 0


def test_the_ball_is_moved_by_keys(opened):
    """Arrow keys move the ball by about a hundredth of the view, with Shift by ten; it says where it is."""
    page = opened("#f=shifted-parabola")
    page.focus(BALL)
    page.keyboard.press("ArrowLeft")
    assert readouts(page)["position"] == [7.9]
    page.keyboard.press("Shift+ArrowLeft")
    assert readouts(page)["position"] == [6.9]
    page.keyboard.press("ArrowUp")

    assert page.get_attribute(BALL, "aria-valuetext") == "x = 7.0000"


def test_everything_is_reached_by_keyboard(opened):
    """Tab reaches every control, in the order of the page, and a run is made with keys alone."""
    page = opened("#f=shifted-parabola&n=5")
    names = []
    for _ in range(75):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"function", "g", "step", "run", "speed", "seek", "rate-number", "rate", "log", "add"} <= set(names)
    assert {"copy-link", "copy-csv", "SUMMARY"} <= set(names)

    page.focus("#step")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert readouts(page)["position"] == [6.2]


def test_a_click_on_the_map_is_a_start(opened):
    """On a map, a click sets the start there, and arrow keys move it along both axes."""
    page = opened("#f=bowl")
    box = page.locator("#plot").bounding_box()
    page.mouse.click(box["x"] + 0.35 * box["width"], box["y"] + 0.3 * box["height"])
    first = readouts(page)["position"]
    page.focus(BALL)
    page.keyboard.press("ArrowUp")
    second = readouts(page)["position"]

    assert first != [3.0, 4.0]
    assert second[0] == pytest.approx(first[0], abs=1e-3)
    assert 0.03 < second[1] - first[1] < 0.3


@pytest.mark.parametrize("name", ["square", "two-valleys", "bumpy", "bowl", "rosenbrock", "himmelblau", "beale"])
def test_the_ball_is_where_the_axes_say(opened, name):
    """The ball's centre is within a pixel of where the ticks put its numbers."""
    page = opened(f"#f={name}&n=30&k=3")
    dims = SURFACES[name].dims
    read = """(text) => Number(text.replace("−", "-"))"""
    across = page.evaluate(
        f"""() => [...document.querySelectorAll("#plot text[text-anchor=middle]")].map(one =>
        [({read})(one.textContent), Number(one.getAttribute("x"))])"""
    )
    up = page.evaluate(
        f"""() => [...document.querySelectorAll("#plot text[text-anchor=end]:not(.name)")].map(one =>
        [({read})(one.textContent), Number(one.getAttribute("y")) - 4])"""
    )
    x, y = numbers(page.get_attribute(BALL, "transform"))[:2]
    shown = readouts(page)

    def scaled(ticks, value):
        (low, start), (high, end) = ticks[0], ticks[-1]
        return start + (value - low) / (high - low) * (end - start)

    assert scaled(across, shown["position"][0]) == pytest.approx(x, abs=1)
    assert scaled(up, shown["position"][1] if dims == 2 else shown["loss"][0]) == pytest.approx(y, abs=1)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [320, 800, 1600, 3840])
def test_it_fits_every_width(opened, width, theme):
    """From 320 pixels to 4K, nothing is wider than the window, and all type and controls are large enough."""
    look = {"viewport": {"width": width, "height": 700}, "color_scheme": theme}
    page = opened("#f=rosenbrock&m=gradient-descent,momentum,adam&k=5", **look)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = page.eval_on_selector_all(
        "button, select, input[type=text]", "all => all.map(one => one.offsetHeight).filter(Boolean)"
    )
    assert min(heights) >= 40
    wide = page.eval_on_selector_all(
        "#readouts dd", "all => all.some(one => one.scrollWidth > one.closest('dl').clientWidth)"
    )
    assert not wide
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == {"dark": "rgb(16, 20, 28)", "light": "rgb(251, 250, 247)"}[theme]


def test_lanes_race(opened):
    """Methods are added, changed and removed; each lane's run is gdsim's; the end names who is lowest."""
    page = opened("#f=elongated-bowl&lr=0.05&n=60")
    page.click("#add")
    page.select_option("#lanes li:nth-child(2) select", "adam")
    page.fill("#lanes li:nth-child(2) .own", "0.3")
    page.press("#lanes li:nth-child(2) .own", "Enter")
    seek(page, 60)
    facts = [numbers(text) for text in texts(page, "#lanes .facts")]
    objective = SURFACES["elongated-bowl"]
    rates = {"gradient-descent": 0.05, "adam": 0.3}
    runs = [simulate(objective, build_optimiser(method), rate, steps=60) for method, rate in rates.items()]

    for (step, loss), run in zip(facts, runs):
        assert step == min(60, run.steps)
        assert close(loss, float(run.losses[-1]))
    lowest = min(zip(rates, runs), key=lambda pair: pair[1].losses[-1])[0]
    assert page.text_content("#verdict").startswith(f"{lowest} is lowest")
    page.click("#lanes li:nth-child(2) button")
    assert page.locator("#lanes li").count() == 1


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("f=shifted-parabola&lr=0.0005&n=100", "Creeps."),
        ("f=shifted-parabola&lr=0.2&n=200", "Converges."),
        ("f=shifted-parabola&lr=0.9&n=30", "Jumps."),
        ("f=shifted-parabola&lr=1&n=30", "Jumps back and forth."),
        ("f=shifted-parabola&lr=1.05&n=200", "Diverges."),
        ("f=two-valleys&lr=0.02&n=500", "Stuck."),
        ("f=saddle&x=1,0&lr=0.1&n=300", "Rests on a saddle."),
        ("f=square&x=0", "Rests."),
        ("f=absolute-value&x=0", "No run."),
        ("f=saddle&x=0,1&lr=0.1&n=300", "Runs away."),
    ],
)
def test_the_verdict_is_said(opened, asked, heading):
    """At the end, a polite live region says what the run did."""
    page = opened(f"#{asked}&k=2000")

    assert page.text_content("#verdict strong") == heading
    assert page.get_attribute("#verdict", "aria-live") == "polite"


def test_a_link_shows_what_was_seen(opened):
    """The address holds function, start, methods, rates, settings, schedule, step and scale: opened, it shows them."""
    race = "f=beale&x=1.5,-0.5&m=momentum,adam&lr=0.001,0.2&n=80&set=decay:0.7|beta2:0.9"
    page = opened(f"#{race}&s=step&plan=every:9&lane=1&k=7&log=1")
    seen = readouts(page), page.text_content("#verdict"), address(page)
    again = opened(f"#{page.evaluate('location.hash.slice(1)')}")

    assert (readouts(again), again.text_content("#verdict"), address(again)) == seen
    assert seen[0]["iteration"] == [7.0]
    assert {"set": "decay:0.7|beta2:0.9", "s": "step", "plan": "every:9"}.items() <= seen[2].items()


@pytest.mark.parametrize(
    "asked",
    [
        "f=__proto__&m=constructor&lr=NaN",
        "f=bowl&x=1&n=-3&k=1e9&lane=7",
        "m=,,&lr=,,&set=|||&s=toString",
        "%E0%A4%A&x=%00",
    ],
)
def test_a_spoilt_address_is_forgiven(opened, asked):
    """What an address says wrong is as the page was made."""
    page = opened(f"#{asked}")

    assert readouts(page)["iteration"] == [0.0]
    assert page.text_content("#verdict").startswith("Guess first:")


def test_a_typed_function_is_the_users(opened):
    """A page of a typed function opens with it, and its title is shown as text."""
    title = "</script><img src=x onerror=alert(1)>"
    page = opened("", RenderSpec("", function="x**4 - 3*x**2 + x", start=(1.5,)), title)
    run = simulate(SURFACES["two-valleys"], rate=0.02, start=[1.5], steps=1)

    assert page.text_content("h1") == title
    assert page.input_value("#function") == "x**4 - 3*x**2 + x"
    assert readouts(page)["loss"] == [pytest.approx(float(run.losses[0]), abs=6e-5)]


@pytest.mark.parametrize("name", ["ackley", "mccormick", "goldstein-price"])
def test_every_named_function_can_be_the_pages_own(opened, name):
    """A named function that is not in the list of all pages is in that of its own, and opens with its start."""
    page = opened("", RenderSpec("", function=name))

    assert page.input_value("#function") == name
    assert readouts(page)["position"] == list(SURFACES[name].start)


def test_the_steps_are_copied_as_csv(opened):
    """The CSV holds every step of every lane with all digits: gdsim's, to the last bit."""
    page = opened("#f=shifted-parabola&m=gradient-descent,momentum&lr=0.1,0.05&n=30")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#copy-csv")
    expect(page.locator("#copied")).to_have_text(re.compile(".*copied"))
    rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"), newline="")))
    run = simulate(SURFACES["shifted-parabola"], rate=0.1, start=[8.0], steps=30)

    assert rows[0] == ["method", "step", "x", "loss", "gradient x", "learning rate"]
    mine = [row for row in rows[1:] if row[0] == "gradient-descent"]
    assert [float(row[2]) for row in mine] == run.points[:, 0].tolist()
    assert [float(row[3]) for row in mine] == run.losses.tolist()


def test_the_table_grows_with_the_run(opened):
    """The table has a row for each step so far; the last is marked."""
    page = opened("#f=shifted-parabola&k=3")
    page.click("#table summary")
    page.wait_for_selector("#rows tbody tr")
    cells = "all => all.map(one => [...one.cells].map(cell => cell.textContent))"
    rows = page.eval_on_selector_all("#rows tbody tr", cells)

    assert [row[:2] for row in rows] == [["0", "8.000000"], ["1", "7.000000"], ["2", "6.200000"], ["3", "5.560000"]]
    assert page.locator("#rows tr.here").count() == 1


def test_the_loss_chart_has_two_scales(opened):
    """On the logarithmic scale, the losses of a parabola lie on a straight line."""
    page = opened("#f=shifted-parabola&lr=0.1&n=40&k=40")
    page.check("#log")
    path = page.get_attribute("#chart path.loss", "d")
    ys = [float(pair.split(" ")[1]) for pair in re.split("[ML]", path)[1:]]
    steps = [later - earlier for earlier, later in pairwise(ys)]

    assert max(steps) - min(steps) < 0.05
    assert address(page)["log"] == "1"


def test_a_thousand_actions_leave_no_error(opened):
    """After random actions, a thousand in all, the read-outs are gdsim's for the state in the address."""
    page = opened("#f=square", viewport={"width": 400, "height": 300})
    page.evaluate(ACTIONS)
    draw, compared = random.Random(3), 0
    for _ in range(20):
        page.evaluate("([seed, count]) => act(seed, count)", [draw.randrange(10**6), 50])
        seen, shown = address(page), readouts(page)
        chosen = int(seen.get("lane", 0))
        method, rate = seen["m"].split(",")[chosen], float(seen["lr"].split(",")[chosen])
        objective = SURFACES[seen["f"]]
        start = [float(one) for one in seen["x"].split(",")]
        if not is_exact(objective, method):
            continue
        run = simulate(objective, build_optimiser(method, {}, objective), rate, start, int(seen["n"]))
        step = min(int(seen.get("k", 0)), run.steps)
        compared += 1

        assert shown["iteration"] == [step], seen
        assert all(close(*pair) for pair in zip(shown["position"], run.points[step])), seen
        assert close(shown["loss"][0], float(run.losses[step])), seen

    assert compared >= 5


ACTIONS = """
globalThis.act = (seed, count) => {
  const random = () => (seed = (seed * 16807 + 7) % 2147483647) / 2147483647;
  const one = (list) => list[Math.floor(random() * list.length)];
  const seen = (item) => item.offsetParent !== null;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const tell = (item, kind) => item.dispatchEvent(new Event(kind, { bubbles: true }));
  const some = (selector, work) => { const found = all(selector); if (found.length) work(one(found)); };
  const click = (selector) => some(selector, (item) => item.click());
  const pick = (selector) => some(selector, (item) => {
    item.value = one([...item.options]).value;
    tell(item, "change");
  });
  const slide = (selector) => some(selector, (item) => {
    item.value = Number(item.min) + random() * (Number(item.max) - Number(item.min));
    tell(item, "input");
  });
  const ball = document.querySelector("#plot .ball");
  const key = (name) => ball.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true }));
  const actions = [
    () => click("#step"), () => click("#run"), () => click("#reset"), () => click("#log"), () => click("#add"),
    () => click("#presets button"), () => click("#lanes li button"), () => click("#lanes input[type=radio]"),
    () => pick("#function"), () => pick("#lanes select"), () => pick("#speed"),
    () => slide("#rate"), () => slide("#seek"), () => key("ArrowLeft"), () => key("ArrowUp"),
  ];
  for (let i = 0; i < count; i++) one(actions)();
  document.querySelector("#run").textContent === "Pause" && document.querySelector("#run").click();
};
"""
