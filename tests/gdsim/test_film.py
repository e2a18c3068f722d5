"""Films from Python: the keywords are the command's options, and what comes back shows itself."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html import unescape
from inspect import signature
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import gdsim.film
from cli import cli
from gdsim import SURFACES, Objective, lessons, parse_objective, render, simulate, storyboard
from gdsim.film_page import figure
from gdsim.process import option_of, words_of
from scenes.catalogue import LESSONS
from scenes.command.options import spec_of
from scenes.run_options import OPTIONS

# For each keyword of `render`: another value than its default, and how it is typed.
TYPED = {
    "learning_rate": ([0.1, 0.9], ["--lr", "0.1", "--lr", "0.9"]),
    "steps": (9, ["--steps", "9"]),
    "start": ([-1.5, 2], ["--start", "-1.5,2"]),
    "optimiser": ("Adam", ["--optimiser", "adam"]),
    "schedule": ("cosine", ["--schedule", "cosine"]),
    "settings": ({"beta2": 0.99, "decoupled": True}, ["--set", "beta2=0.99", "--set", "decoupled=True"]),
    "function": ("x**2 + 4*y**2", ["--function", "x**2 + 4*y**2"]),
    "data": (Path("my.csv"), ["--data", "my.csv"]),
    "model": ("line", ["--model", "line"]),
    "hidden": (4, ["--hidden", "4"]),
    "batch_size": (8, ["--batch-size", "8"]),
    "epochs": (30, ["--epochs", "30"]),
    "seed": (7, ["--seed", "7"]),
    "optimisers": (["gd", "adam"], ["--optimisers", "gd,adam"]),
    "tune": (True, ["--tune"]),
    "schedules": ("step,cosine", ["--schedules", "step,cosine"]),
    "points": (60, ["-n", "60"]),
    "quality": ("h", ["-q", "h"]),
    "resolution": ((640, 360), ["-r", "640,360"]),
    "fps": (25, ["--fps", "25"]),
    "aspect": ("1:1", ["--aspect", "1:1"]),
    "title": ("Down we go", ["--title", "Down we go"]),
    "theme": ("light", ["--theme", "light"]),
    "voice": ("none", ["--voice", "none"]),
    "voice_model": (Path("my.onnx"), ["--voice-model", "my.onnx"]),
    "speed": (1.2, ["--speed", "1.2"]),
    "captions": ("soft", ["--captions", "soft"]),
    "texts": (False, ["--no-texts"]),
    "alt": ("A ball, rolling", ["--alt", "A ball, rolling"]),
    "lab": (True, ["--lab"]),
    "cut": ("loop", ["--cut", "loop"]),
    "output": (["a.mp4", Path("b.gif")], ["-o", "a.mp4", "-o", "b.gif"]),
    "format": (["mp4", "gif"], ["--format", "mp4,gif"]),
    "max_size": (2_000_000, ["--max-size", "2MB"]),
    "transparent": (True, ["--transparent"]),
    "repeats": (False, ["--no-repeats"]),
    "jobs": (2, ["--jobs", "2"]),
    "cache": (False, ["--no-cache"]),
    "preview": (True, ["-p"]),
    "progress": (True, ["--progress"]),
    "all": (True, ["--all"]),
}
SMALL = {"resolution": (160, 160), "fps": 5, "steps": 1, "voice": "none", "cache": False}


def options(name: str) -> dict[str, click.Option]:
    """The options of a command by their longest name, but for those about what the command prints."""
    own = [one for one in cli.commands[name].params if isinstance(one, click.Option)]
    return {max(one.opts, key=len): one for one in own if "--json" not in one.opts}


def keywords(function: object) -> dict[str, object]:
    """The keywords of a function, and their defaults."""
    return {
        name: one.default for name, one in signature(function).parameters.items() if name not in ("scenes", "scene")
    }


def parsed(name: str, words: list[str]) -> dict[str, object]:
    """What the command makes of these words."""
    return cli.commands[name].make_context(name, list(words), resilient_parsing=True).params


@pytest.mark.parametrize(("name", "function"), [("render", render), ("storyboard", storyboard)])
def test_every_option_has_its_keyword(name, function):
    """Each option of the command is a keyword with the same default, and there is no other keyword."""
    named = {option_of(keyword): default for keyword, default in keywords(function).items()}
    unasked = parsed(name, [])

    assert set(named) == set(options(name))
    for option, known in options(name).items():
        assert (named[option] or ()) == (unasked[known.name] or ()), option
        assert type(named[option]) is type(unasked[known.name]) or unasked[known.name] == (), option
    assert set(TYPED) == set(keywords(render))


@pytest.mark.parametrize("keyword", TYPED)
def test_a_keyword_is_its_option(keyword):
    """What a keyword's value becomes is what the same value typed at its option becomes."""
    value, typed = TYPED[keyword]
    words = words_of({keyword: value}, keywords(render))

    assert parsed("render", words) == parsed("render", typed) != parsed("render", [])


def test_a_default_is_no_word():
    """Only what is asked for reaches the command line: 1.0 is the default of a speed, but True is not."""
    assert words_of(keywords(render), keywords(render)) == []
    assert words_of({"speed": 1.0, "seed": 0, "title": ""}, keywords(render)) == []
    assert words_of({"seed": False}, keywords(render)) == ["--seed=False"]


def test_both_make_one_spec(monkeypatch):
    """The keywords of a call and the words of a command line make the same RenderSpec."""
    asked = []

    def caught(words, told=None):
        asked.append(words)
        raise ValueError("enough")

    monkeypatch.setattr(gdsim.film, "ask", caught)
    with pytest.raises(ValueError, match="enough"):
        render("bowl", learning_rate=0.3, start=(3, 4), settings={"decay": 0.5}, optimiser="momentum", theme="light")
    typed = [
        "--lr",
        "0.3",
        "--start",
        "3,4",
        "--set",
        "decay=0.5",
        "--optimiser",
        "momentum",
        "--theme",
        "light",
        "bowl",
    ]

    own, other = (
        {name: value for name, value in parsed("render", words).items() if name in SPEC}
        for words in (asked[0][1:], typed)
    )
    assert spec_of("bowl", "full", False, own) == spec_of("bowl", "full", False, other)
    assert (asked[0][0], asked[0][-2:]) == ("render", ["--", "bowl"])


SPEC = (
    *("rates", "steps", "start", "optimiser", "schedule", "settings", "function", "data", "model", "hidden"),
    *("batch_size", "epochs", "seed", "optimisers", "tune", "schedules", "points_a_side", "quality", "resolution"),
    *("fps", "aspect", "title", "theme", "speed", "captions", "max_size", "transparent", "repeats"),
)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A small narrated film with all that comes with it."""
    return render("slope", output=tmp_path_factory.mktemp("films") / "my film.mp4", **{**SMALL, "steps": None})


def test_a_film_says_what_it_is(film):
    """Paths, length, alt text and captions are those of the finished files."""
    (path,) = film.paths

    assert path.stat().st_size == film.manifest["files"][0]["bytes"]
    assert film.seconds == pytest.approx(film.manifest["frames"] / 5)
    assert film.alt == film.manifest["alt"] != ""
    assert film.captions == path.with_suffix(".vtt").read_text("utf-8")
    assert film.captions.startswith("WEBVTT")
    assert film.poster == path.with_suffix(".poster.jpg")
    assert {film.poster, path.with_suffix(".srt")} < set(film.texts)


def test_a_notebook_shows_the_film_itself(film):
    """The figure holds the video, its poster and its captions as they are in the files; a link leads to the file."""
    page = film._repr_html_()
    held = {kind: base64.b64decode(code) for kind, code in re.findall(r'"data:([\w/]+);base64,([^"]*)"', page)}

    assert held["video/mp4"] == film.paths[0].read_bytes()
    assert held["image/jpeg"] == film.poster.read_bytes()
    assert held["text/vtt"].decode() == film.captions
    assert f'aria-label="{film.alt}"' in unescape(page)
    assert re.search(r'<a href="([^"]*)"', page)[1].endswith("my%20film.mp4")
    assert 'kind="captions"' in page


def test_a_film_is_found_from_anywhere(monkeypatch, tmp_path):
    """Paths are absolute: a notebook that has changed its folder since still shows the film."""
    file = {"path": "a.gif", "embed": {"html": '<img src="a.gif">'}}
    said = {"texts": ["a.vtt"], "files": [file], "seconds": 1, "alt": ""}
    monkeypatch.setattr(gdsim.film, "ask", lambda words, told=None: json.dumps(said))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.vtt").write_text("WEBVTT")
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    one = render("bowl", output="a.gif")
    monkeypatch.chdir("/")

    assert one.paths == (tmp_path / "a.gif",)
    assert one._repr_html_() == f'<img src="data:image/gif;base64,{base64.b64encode(b"GIF89a").decode()}">'
    assert (one.captions, "WEBVTT" in repr(one)) == ("WEBVTT", False)


def test_what_is_large_is_linked(film, monkeypatch, tmp_path):
    """A film that is too large for a page is linked from where a notebook is served; its poster is in the page."""
    monkeypatch.setattr("gdsim.film_page.LARGEST", film.paths[0].stat().st_size - 1)
    monkeypatch.chdir(film.paths[0].parent)
    page = film._repr_html_()

    assert '<source src="my%20film.mp4" type="video/mp4">' in page
    assert 'poster="data:image/jpeg;base64,' in page
    assert figure(tmp_path / "a.gif", '<img src="a.gif" alt="src=&quot;b.gif&quot;">').count("data:") == 0


def test_an_objective_is_the_function_that_made_it():
    """A typed Objective goes in as its formula with its start, a named one as its name, and text as it is."""
    mine = parse_objective("x**2 + 4*y**2", start=[1, 2])

    assert gdsim.film._as_typed(mine) == ("x**2 + 4*y**2", (1.0, 2.0))
    assert gdsim.film._as_typed(parse_objective("sin(x)")) == ("sin(x)", None)
    assert gdsim.film._as_typed(SURFACES["booth"]) == ("booth", None)
    assert gdsim.film._as_typed("x*x") == ("x*x", None)


OTHERS = {
    "a function": (
        lambda x: x * x,
        TypeError,
        "got the function <lambda>; what draws cannot be sent a Python",
    ),
    "a number": (3, TypeError, "must be a formula, a name in SURFACES or an Objective, got 3"),
    "an Objective of functions": (
        Objective("mine", abs, abs, "x", ("x",), ((0.0, 1.0),), (1.0,)),
        ValueError,
        "'mine' is made of Python functions, which cannot be sent to what draws; a formula",
    ),
    "an Objective with another value": (
        replace(SURFACES["bowl"], value=lambda points: points[..., 0]),
        ValueError,
        "'bowl' is made of Python functions",
    ),
    "an Objective with a domain": (
        parse_objective("x**2", domain=[(-1, 9)]),
        ValueError,
        r"a film chooses which part of 'x\*\*2' it draws.*; function='x\*\*2' works",
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_cannot_be_drawn_is_refused_in_one_line(case):
    """A Python function, and an Objective that no text makes, are refused with what works, before any work."""
    function, kind, says = OTHERS[case]
    with pytest.raises(kind, match=says) as refused:
        render("parabola", function=function)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("call", "kind", "says"),
    [
        (lambda: render("parabol"), ValueError, r"^there is no scene 'parabol'; did you mean parabola"),
        (lambda: render("bowl", steps=2.5), ValueError, "'--steps': must be a whole number from 1 to 100000, got 2.5"),
        (lambda: render("bowl", optimiser=3j), TypeError, "^optimiser must be text or a number, or a list.*, got 3j"),
        (lambda: storyboard("bowl", output="sheet.gif"), ValueError, "must end in .png, got 'sheet.gif'"),
    ],
)
def test_a_mistake_is_the_command_lines_own_line(call, kind, says):
    """What the command line refuses is a ValueError with its line."""
    with pytest.raises(kind, match=says) as refused:
        call()

    assert "\n" not in str(refused.value)


def test_a_storyboard_is_a_picture(tmp_path):
    """The sheet is a PNG that a notebook shows; nothing is written unless asked for, but it can be saved."""
    sheet = storyboard("slope", resolution=(160, 160), fps=5, cut="loop")
    sheet.save(tmp_path / "sheet.png")

    assert sheet._repr_png_().startswith(b"\x89PNG")
    assert (tmp_path / "sheet.png").read_bytes() == sheet.png
    assert sheet.path is None


def test_the_lessons_are_those_of_the_catalogue():
    """Each lesson is there with its title, summary and length, and with keywords that `render` has for its options."""
    known = lessons()

    assert [one.name for one in known] == list(LESSONS)
    for one in known:
        own = LESSONS[one.name]
        assert (one.title, one.summary, one.seconds) == (own.title, own.summary, own.seconds)
        assert tuple(map(option_of, one.keywords)) == own.takes
        assert set(one.keywords) <= set(keywords(render))
    assert set(OPTIONS) <= set(map(option_of, keywords(render)))


def test_a_notebook_and_a_terminal_are_watched(monkeypatch):
    """Somebody reads standard error on a terminal, and where ipykernel runs the code."""
    for terminal, modules in ((True, {}), (False, {}), (False, {"ipykernel": None})):
        stream = SimpleNamespace(isatty=lambda terminal=terminal: terminal)
        monkeypatch.setattr(gdsim.film, "sys", SimpleNamespace(stderr=stream, modules=modules))

        assert gdsim.film._is_watched() == (terminal or bool(modules))


def test_progress_is_a_bar(capsys):
    """Shares are drawn as a bar in one line; other lines are told as they are."""
    bar = gdsim.film._Bar()
    for line in ("voice: none: silent", "A bowl: 40 frames", "A bowl: 50 %", "A bowl: 100 %"):
        bar(line)

    said = capsys.readouterr().err
    assert said.startswith("voice: none: silent\nA bowl: 40 frames\n\rA bowl  ████████████░░░░░░░░░░░░  50 %\r")
    assert said.endswith("████  100 %\n")


def test_a_film_shows_its_progress_where_it_is_watched(monkeypatch):
    """Progress is asked for on a terminal and in a notebook, and can be switched on and off."""
    asked = []

    def caught(words, told=None):
        asked.append(("--progress" in words, told is not None))
        raise ValueError("enough")

    monkeypatch.setattr(gdsim.film, "ask", caught)
    for watched, progress in ((True, None), (False, None), (True, False), (False, True)):
        monkeypatch.setattr(gdsim.film, "_is_watched", lambda watched=watched: watched)
        with pytest.raises(ValueError, match="enough"):
            render("bowl", progress=progress)

    assert asked == [(True, True), (False, False), (False, False), (True, True)]


def test_simulate_and_a_film_agree(film):
    """The film's run is the one that `simulate` makes of the same words."""
    (run,) = film.manifest["trajectories"]

    assert run["digest"] == simulate("square", steps=0, start=run_start(film)).digest()


def run_start(film) -> list[float]:
    """Where the slope is looked at."""
    from scenes.lessons.slope.story import START

    return list(START)
