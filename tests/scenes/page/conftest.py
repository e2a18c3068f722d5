"""A browser for the tests of the laboratory, started once, and pages that fail if anything goes wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scenes.command.laboratory import contents_of
from scenes.page.document import document
from scenes.spec import RenderSpec
from tests.browser import the_browser

PLAIN = RenderSpec("")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this process."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=the_browser())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory) -> Callable[..., Path]:
    """The file of the laboratory that a spec makes, each made once."""
    folder, made = tmp_path_factory.mktemp("laboratory"), dict[object, Path]()

    def file_of(spec: RenderSpec = PLAIN, title: str = "A laboratory", theme: str = "auto") -> Path:
        key = (spec, title, theme)
        if key not in made:
            made[key] = folder / f"{len(made)}.html"
            made[key].write_text(document(contents_of(spec), title, theme), "utf-8")
        return made[key]

    return file_of


@pytest.fixture
def opened(browser, laboratory) -> Iterator[Callable[..., Page]]:
    """Opens a laboratory. No error, no message in the console and no request may occur before the test ends."""
    wrong: list[str] = []
    contexts = []

    def open_page(address: str = "", spec: RenderSpec = PLAIN, title: str = "A laboratory", **look) -> Page:
        look = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | look
        context = browser.new_context(**look)
        contexts.append(context)
        page = context.new_page()
        file = laboratory(spec, title)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda asked: asked.url.startswith(file.as_uri()) or wrong.append(asked.url))
        page.goto(f"{file.as_uri()}{address}")
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
