"""Finds a browser of the Chromium family, and Node, for the tests of the laboratory.

As a program, `python tests/browser.py missing` prints nothing if there is a browser, and otherwise where one should
come from: apt, or Playwright.
"""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "chromium-browser")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
INSTALL = "no browser for the tests: Debian: apt-get install chromium; elsewhere: python -m playwright install chromium"


def find_browser() -> Path | None:
    """An installed browser, or the one that Playwright downloaded, if any. A snap may not read a test's files."""
    named = [Path(found) for name in NAMES if (found := shutil.which(name))]
    for path in [*named, *map(Path, PLACES)]:
        if path.exists() and not is_snap(path):
            return path
    return _own_of_playwright()


def is_snap(path: Path) -> bool:
    """Whether a program is a snap, or the script that stands in for one."""
    with path.open("rb") as file:
        script = file.read(4096)
    return "snap" in path.resolve().parts or (script.startswith(b"#!") and b"/snap/bin" in script)


def _own_of_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        own = Path(driver.chromium.executable_path)
    return own if own.exists() else None


def the_browser() -> Path:
    """The browser that the tests use. Raises RuntimeError, in one line, if there is none."""
    found = find_browser()
    if found is None:
        raise RuntimeError(INSTALL)
    return found


def the_node() -> Path:
    """Node: Playwright brings its own."""
    from playwright._impl._driver import compute_driver_executable

    return Path(compute_driver_executable()[0])


def source_of(system: str) -> str:
    """Where a browser comes from on a system with apt, by its ID in os-release."""
    return "playwright" if system == "ubuntu" else "apt"


if __name__ == "__main__" and sys.argv[1:] == ["missing"] and find_browser() is None:
    print(source_of(platform.freedesktop_os_release().get("ID", "")))
