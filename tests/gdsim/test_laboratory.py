"""The laboratory in a notebook: the page of the command line, in an object that shows itself."""

from __future__ import annotations

import html
import json
import re

import pytest

from gdsim import lab


@pytest.fixture(scope="module")
def made():
    """A laboratory of a typed function."""
    return lab(function="x**2 + 1", rate=0.3, start=[2.5], steps=40, title="Yours <b>& mine</b>")


def test_a_notebook_shows_the_page(made):
    """What a notebook shows is a frame that holds the whole page as its own text, sandboxed."""
    frame = made._repr_html_()

    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == made.html
    assert 'sandbox="allow-scripts allow-forms"' in frame
    assert 'title="Yours &lt;b&gt;&amp; mine&lt;/b&gt;"' in frame


def test_it_opens_with_the_arguments(made):
    """Function, rate, start and steps are those asked for."""
    state = json.loads(re.search(r'id="lab">(.*?)</script>', made.html)[1])["state"]

    assert (state["function"], state["start"], state["steps"]) == ("x**2 + 1", [2.5], 40)
    assert [(lane["method"], lane["rate"]) for lane in state["lanes"]] == [("gradient-descent", 0.3)]
    assert repr(made).startswith("Laboratory('Yours <b>& mine</b>', ")


def test_it_is_saved_as_it_is(made, tmp_path):
    """`save` writes the same bytes that a notebook shows."""
    made.save(tmp_path / "lab.html")

    assert (tmp_path / "lab.html").read_bytes() == made.html.encode()


def test_a_wrong_argument_is_one_line():
    """What the command line refuses is a ValueError with its words."""
    with pytest.raises(ValueError, match=r"^there is no scene 'parabol'; did you mean parabola"):
        lab("parabol")
    with pytest.raises(ValueError, match="--lr"):
        lab(rate=-1)
