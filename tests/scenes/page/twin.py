"""Runs the page's scripts outside the page, in Node or in a browser, on values that Python gives."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from gdsim import Objective
from scenes.page import document
from scenes.page.javascript import objective_source
from tests.browser import the_node

FOLDER = Path(document.__file__).parent


def program(work: str, scripts: tuple[str, ...], objectives: Mapping[str, Objective], given: Any) -> str:
    """A module that computes the expression `work` from GIVEN and OBJECTIVES with the page's scripts."""
    import re

    text = "\n".join((FOLDER / f"{name}.js").read_text("utf-8") for name in scripts)
    text = re.sub(r"^import [^;]+ from \"\./\w+\.js\";\n|^export ", "", text, flags=re.M)
    functions = ",\n".join(f"{json.dumps(name)}: {objective_source(one)}" for name, one in objectives.items())
    details = {
        name: {
            "dims": one.dims,
            "domain": one.domain,
            "minima": [{"point": minimum.point, "value": minimum.value} for minimum in one.minima],
        }
        for name, one in objectives.items()
    }
    return (
        f"{text}\nconst SOURCES = {{{functions}}};\nconst DETAILS = {json.dumps(details)};\n"
        "const OBJECTIVES = Object.fromEntries(Object.keys(SOURCES).map((name) => "
        "[name, { name, ...SOURCES[name], ...DETAILS[name] }]));\n"
        # JSON has neither NaN nor infinity: both come back as words.
        'const told = (key, value) => typeof value === "number" && !Number.isFinite(value) ? String(value) : value;\n'
        f"const GIVEN = {json.dumps(given)};\nconst ANSWER = JSON.stringify({work}, told);\n"
    )


def in_node(text: str) -> Any:
    """The answer of a program in Node."""
    done = subprocess.run(
        [the_node(), "--input-type=module", "-"],
        input=f"{text}\nconsole.log(ANSWER);",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout, parse_int=float)


def in_browser(text: str, browser: Browser) -> Any:
    """The answer of a program in a browser."""
    page = browser.new_page()
    try:
        page.set_content("<title>Twin</title>")
        page.add_script_tag(content=f"{text}\nglobalThis.ANSWERED = ANSWER;", type="module")
        page.wait_for_function("globalThis.ANSWERED !== undefined")
        return json.loads(
            page.evaluate("globalThis.ANSWERED"), parse_int=float
        )  # JavaScript writes 1e20 as a whole number
    finally:
        page.close()
