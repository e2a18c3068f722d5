"""The challenges: their numbers vary, their answers are gdsim's, and each can be solved with keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from gdsim import parse_objective, simulate
from tests.scenes.page.test_laboratory import address, readouts, texts

CARD = "article[aria-labelledby=title-{}]"


def run_of_article():
    """(x − 7)² from 0 at 0.15, 25 steps: the exercise of the course."""
    return simulate(parse_objective("(x - 7)**2"), rate=0.15, start=[0.0], steps=25, rules=())


def check(page, name: str) -> str:
    """Press Check, and return what is said."""
    page.click(f"{CARD.format(name)} button[type=submit]")
    return page.text_content(f"{CARD.format(name)} .answer")


def code_of(page, name: str) -> list[str]:
    """The lines of a card's program."""
    return page.text_content(f"{CARD.format(name)} pre").splitlines()


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_predicted_step_is_computed_from_its_own_code(opened, seed):
    """Python runs the program that the card shows; its two numbers are the answer, and others are not."""
    page = opened(f"#seed={seed}")
    printed = []
    exec("\n".join(code_of(page, "predict")), {"print": lambda *values: printed.extend(values)})
    for field, value in zip(page.query_selector_all(f"{CARD.format('predict')} input"), printed):
        field.fill(f"{value + 0.2:.2f}")
    assert not check(page, "predict").startswith("Right")
    for field, value in zip(page.query_selector_all(f"{CARD.format('predict')} input"), printed):
        field.fill(f"{value:.2f}".replace(".", ","))

    assert check(page, "predict").startswith("Right.")
    assert f"{printed[0]:.5g}".replace("-", "−") in check(page, "predict")


def descends(lines: list[str]) -> bool:
    """Whether the program takes the twenty steps of gradient descent on (x − 3)² at rate 0.1."""
    known: dict[str, float] = {}
    try:
        exec("\n".join(lines), {"print": lambda *values: None}, known)
    except (NameError, SyntaxError):
        return False
    start = float(lines[0].removeprefix("x = "))
    return abs(known["x"] - (3 + 0.8**20 * (start - 3))) < 1e-9


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_bug_is_the_line_that_keeps_it_from_the_minimum(opened, seed):
    """As shown, the program does not descend to the minimum; with the accepted line mended, it does."""
    page = opened(f"#seed={seed}")
    card = CARD.format("bug")
    lines = texts(page, f"{card} code")
    right = []
    for i, option in enumerate(page.query_selector_all(f"{card} input")):
        option.check()
        if check(page, "bug").startswith("Right."):
            right.append(i)
    (place,) = right
    mended = {2: "    gradient = 2 * (x - 3)", 3: "    x = x - 0.1 * gradient"}[place]

    assert not descends(lines)
    assert descends([mended if i == place else line for i, line in enumerate(lines)])


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_gap_is_filled_by_one_word(opened, seed):
    """Of the words that come to mind, exactly those are right with which the program descends."""
    page = opened(f"#seed={seed}")
    lines = code_of(page, "blank")
    for word in ("-", "+", "*", "2", "3", "gradient", "x"):
        page.fill(f"{CARD.format('blank')} input", word)
        works = descends([line.replace("___", word) for line in lines])

        assert check(page, "blank").startswith("Right.") == works, (lines, word)


@pytest.mark.parametrize("seed", [1, 4])
def test_lines_are_put_in_order_by_keys(opened, seed):
    """With the keyboard alone, lines move up until the program runs; the focus stays with the line."""
    page = opened(f"#seed={seed}")
    card = CARD.format("order")
    assert not check(page, "order").startswith("Right.")
    for place, start in enumerate(("x =", "for", "    gradient", "    x", "    print")):
        lines = texts(page, f"{card} li code")
        here = next(i for i, line in enumerate(lines) if line.startswith(start) and i >= place)
        page.locator(f"{card} li").nth(here).locator("button").first.focus()
        for step in range(here - place):
            page.keyboard.press("Enter")
            assert page.text_content(f"{card} .answer") == f"Now line {here - step} of 5."

    assert check(page, "order").startswith("Right.")
    assert descends(texts(page, f"{card} li code"))


def test_the_quick_check_has_two_questions(opened):
    """Asked why the loss jumps, the rate is too large; why it hardly falls, too small; its run shows that."""
    seen = set()
    for seed in range(1, 5):
        page = opened(f"#seed={seed}")
        card = CARD.format("check")
        wild = "jumps wildly" in page.text_content(card)
        seen.add(wild)
        page.check(f"{card} input[value='{0 if wild else 1}']")
        assert check(page, "check").startswith("Right.")
        page.click(f"{card} button:text('Show the run')")
        rate = float(page.input_value("#rate-number"))

        assert rate >= 1 if wild else rate < 0.001

    assert seen == {True, False}


def test_the_exercise_is_the_articles(opened):
    """The five numbers of the course's exercise are accepted to two decimals; its run is played to the end."""
    page = opened()
    run = run_of_article()
    for field, step in zip(page.query_selector_all(f"{CARD.format('exercise')} input"), (5, 10, 15, 20, 25)):
        field.fill(f"{run.points[step, 0]:.2f}")
    assert check(page, "exercise").startswith("Right. All five")
    page.select_option("#speed", "250")
    page.click(f"{CARD.format('exercise')} button:text('Show the run')")
    expect(page.locator("#run")).to_have_text("Run again", timeout=15000)

    assert readouts(page)["position"] == [pytest.approx(run.points[25, 0], abs=6e-5)]
    assert page.text_content("#formula") == "f(x) = (x − 7)²"


def test_progress_stands_in_the_address(opened):
    """What was solved is in the address with the seed, so that a link keeps it; new numbers begin anew."""
    page = opened("#seed=3&done=order,check")
    assert page.text_content("#score") == "2 of 6 solved"
    page.check(f"{CARD.format('check')} input[value='0']")
    page.click("#another")

    assert page.text_content("#score") == "0 of 6 solved"
    assert (address(page)["seed"], "done" in address(page)) == ("4", False)
    assert re.fullmatch(r"[^✓]*", page.text_content("#cards"))
