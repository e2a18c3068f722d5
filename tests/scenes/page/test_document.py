"""The file of the laboratory: one page that loads nothing, runs nothing else, and escapes all that users type."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256

import pytest

from gdsim import SURFACES
from scenes.catalogue import LESSONS
from scenes.command.laboratory import contents_of
from scenes.page.contents import EXERCISE, TO_CHOOSE
from scenes.page.document import LARGEST, document
from scenes.spec import RenderSpec
from scenes.stage.theme import THEMES

NASTY = "</script><img src=x onerror=alert(1)>\"'&"
# Lessons that fit a line, and those whose model or function the laboratory does not have.
FITS, OTHERS = ("line-fit", "batches", "schedules"), ("classify", "network", "slingshot")


@pytest.fixture(scope="module")
def text():
    """The page as it is without options."""
    return document(contents_of(RenderSpec("")), "A laboratory")


def between(text: str, start: str, end: str) -> str:
    """What stands between two tags."""
    return text.split(start, 1)[1].split(end, 1)[0]


def test_nothing_may_be_loaded(text):
    """The policy forbids everything but the page's own style and script, which it names by their hashes."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    parts = {
        "script": between(text, '<script type="module">', "</script>"),
        "style": between(text, "<style>", "</style>"),
    }
    hashes = {name: base64.b64encode(sha256(part.encode()).digest()).decode() for name, part in parts.items()}

    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src 'sha256-{hashes['script']}'",
        f"style-src 'sha256-{hashes['style']}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_nothing_is_asked_of_a_network(text):
    """No address stands in the page but the name of SVG, and no element that fetches."""
    assert set(re.findall(r"\bhttps?://[^\"'\s]+", text)) == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"<(?:link|img|iframe|object|embed|audio|video|source)\b|@import|url\((?!#)", text) == []


def test_no_handler_stands_in_the_markup(text):
    """The markup has neither handlers nor styles of its own: all is in the script and the sheet that are named."""
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)

    assert re.findall(r"\son\w+=|\sstyle=|javascript:", markup) == []


@pytest.mark.parametrize("name", [name for name in LESSONS if name not in FITS + OTHERS])
def test_every_lesson_opens_a_small_page(name):
    """Each lesson's laboratory is at most 120,000 bytes, and opens with the lesson's own function, start and runs."""
    spec = RenderSpec(name)
    contents = contents_of(spec)
    run = LESSONS[name].run(spec)[0]

    assert len(document(contents, LESSONS[name].title).encode()) <= LARGEST == 120_000
    assert (contents.objective.name, contents.start) == (run.objective.name, tuple(run.points[0].tolist()))
    if run.steps and run.optimiser in {lane.method for lane in contents.lanes}:
        assert float(run.learning_rates[0]) in {lane.rate for lane in contents.lanes}


@pytest.mark.parametrize("name", OTHERS)
def test_other_models_are_refused_in_one_line(name):
    """A lesson with another model, or with a function that chooses between formulas, is refused, with what works."""
    refusals = r"^the laboratory (fits lines, not \w+; line-fit|cannot compute basket-miss; bowl) works$"
    with pytest.raises(ValueError, match=refusals):
        contents_of(RenderSpec(name))


@pytest.mark.parametrize("name", FITS)
def test_a_line_opens_with_its_rows(name):
    """A lesson that fits a line opens with its rows, the size of its batches, and the order that gdsim draws."""
    runs = LESSONS[name].run(RenderSpec(name))
    text = document(contents_of(RenderSpec(name)), LESSONS[name].title)
    data = json.loads(between(text, 'id="lab">', "</script>"))
    rows = data["functions"][data["state"]["function"]]

    assert len(text.encode()) <= LARGEST
    assert [row[1] for row in rows["rows"]] == runs[0].data.targets.tolist()
    sizes = {run.batch_size for run in runs}
    assert data["state"]["batch"] in sizes
    assert sorted(rows["orders"][0]) == list(range(runs[0].data.rows))


@pytest.mark.parametrize("name", SURFACES)
def test_every_function_opens_a_small_page(name):
    """So does each named function."""
    assert len(document(contents_of(RenderSpec("", function=name)), "A laboratory").encode()) <= LARGEST


def test_a_long_title_and_function_are_escaped():
    """A title with tags is text, and the data hold no sign that could end their element."""
    made = document(contents_of(RenderSpec("", function="x**2 + 1")), NASTY)

    assert NASTY not in made
    assert made.count("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;") == 2
    assert "<" not in between(made, 'id="lab">', "</script>")
    assert len(re.findall(r"</script", made, re.I)) == len(re.findall(r"<script", made, re.I)) == 2


def test_the_data_say_what_the_page_opens_with():
    """Options become the page's state: function, start, steps, method, settings, rate and schedule."""
    spec = RenderSpec(
        "",
        function="x**2 + 4*y**2",
        learning_rate=0.05,
        steps=70,
        start=(3.0, 1.0),
        optimiser="momentum",
        schedule="step",
        settings=(("decay", "0.8"), ("every", "5")),
    )
    data = json.loads(between(document(contents_of(spec), "A laboratory"), 'id="lab">', "</script>"))

    assert data["state"] == {
        "function": "x**2 + 4*y**2",
        "batch": 0,
        "start": [3.0, 1.0],
        "steps": 70,
        "lanes": [
            {"method": "momentum", "rate": 0.05, "settings": {"decay": 0.8, "dampening": 0.0, "weight_decay": 0.0}}
        ],
        "schedule": "step",
        "planned": {"every": 5},
    }
    assert set(data["functions"]) == {*TO_CHOOSE, "x**2 + 4*y**2", EXERCISE}


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (RenderSpec("", steps=5000), "takes up to 2000 steps, got 5000"),
        (RenderSpec("", optimiser="bfgs"), "has no bfgs"),
        (RenderSpec("", schedule="cosin"), "no schedule 'cosin'"),
        (RenderSpec("", function="x +"), "x"),
        (RenderSpec("parabola", function="x*y"), "parabola draws a function of one variable"),
        (RenderSpec("overshoot", optimiser="adam"), "overshoot takes no --optimiser"),
        (RenderSpec("", data="two-moons"), "fits lines, not network; line-fit works"),
        (
            RenderSpec("line-fit", model="line-through-origin"),
            "fits lines, not line-through-origin; --model line works",
        ),
    ],
    ids=["steps", "method", "schedule", "function", "variables", "option", "model", "origin"],
)
def test_a_wrong_word_is_one_line(spec, words):
    """What the laboratory cannot do is a ValueError that says so."""
    with pytest.raises(ValueError, match=re.escape(words)):
        contents_of(spec)


def test_too_many_rows_are_refused(tmp_path):
    """More rows than can be told apart are refused in one line, and a file's name is text, whatever it is."""
    file = tmp_path / "<img onerror=x>.csv"
    file.write_text("".join(f"{x},{2 * x + 1}\n" for x in range(101)))
    with pytest.raises(ValueError, match="takes up to 100 rows"):
        contents_of(RenderSpec("", data=str(file)))
    file.write_text("1,3\n2,5\n4,8\n")
    made = document(contents_of(RenderSpec("", data=str(file))), "Mine")

    assert "<img" not in made
    assert "a line through \\u003cimg onerror=x\\u003e.csv" in made


@pytest.mark.parametrize("theme", ["auto", "dark", "light"])
def test_the_colours_are_the_films(theme):
    """Each theme's colours are those of the stage, and the page says which theme it was made for."""
    made = document(contents_of(RenderSpec("")), "A laboratory", theme)

    assert f'<html lang="en" data-theme="{theme}">' in made
    for name in ("dark", "light"):
        for concept in ("ball", "slope", "step", "loss", "minimum", "background", "ink"):
            assert f"--{concept}:{getattr(THEMES[name], concept)}" in made


def test_the_scripts_are_one_module(text):
    """Together the scripts are a module without imports, exports or comments on lines of their own."""
    script = between(text, '<script type="module">', "</script>")

    assert re.findall(r"^(?:import|export|//|/\*| \*)", script, re.M) == []
    assert [line for line in script.splitlines() if line != line.strip() or not line] == []
