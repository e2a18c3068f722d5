"""How a page shows a film: HTML and Markdown that hold whatever is put into them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.embed import Shown, html, markdown

FILM = Shown(("film.mp4",), "Rolling downhill", "A ball rolls.", 1280, 720, "film.poster.jpg", "film.vtt")
LOOP = Shown(("loop.gif",), "Rolling downhill", "A ball rolls.", 854, 480, loops=True)
VIDEO_LOOP = LOOP._replace(files=("loop.webm", "loop.mp4"), poster="loop.poster.jpg")
NASTY = st.text(alphabet="ab\"'<>&/=\\`[]()*_| é×", max_size=30)
EMPTY = {"img", "source", "track"}


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text; open tags must be closed in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: dict[str, dict[str, str | None]] = {}
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.words, self.open = "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = dict(attributes)
        self.all.append((tag, dict(attributes)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def test_a_film_is_a_video_with_all_it_needs():
    """Size, poster, controls, alt text, source with its type, captions, a link for old browsers, a caption."""
    page = Page(html(FILM))

    video = page.tags["video"]
    assert (video["width"], video["height"], video["poster"]) == ("1280", "720", "film.poster.jpg")
    assert {"controls", "playsinline"} <= video.keys()
    assert video["aria-label"] == "A ball rolls."
    assert page.tags["source"] == {"src": "film.mp4", "type": "video/mp4"}
    assert page.tags["track"] == {"kind": "captions", "src": "film.vtt", "srclang": "en", "label": "English"}
    assert page.tags["a"] == {"href": "film.mp4"}
    assert {"figure", "figcaption"} <= page.tags.keys()
    assert page.open == []


def test_captions_that_are_not_burned_in_are_on_from_the_start():
    """Where the picture has no words the page shows the track's."""
    assert "default" in Page(html(FILM._replace(unasked=True))).tags["track"]


def test_a_loop_as_a_video_behaves_like_a_gif():
    """It begins by itself, without sound, and never ends; of its sources a browser takes the first that it can."""
    page = Page(html(VIDEO_LOOP))
    video = page.tags["video"]

    assert {"autoplay", "loop", "muted", "playsinline"} <= video.keys()
    assert "controls" not in video
    sources = [(one["src"], one["type"]) for tag, one in page.all if tag == "source"]
    assert sources == [("loop.webm", "video/webm"), ("loop.mp4", "video/mp4")]


def test_a_loop_stands_still_for_who_wants_no_motion():
    """No source of a loop is for those who prefer reduced motion: its poster stays, and a link leads to the MP4."""
    page = Page(html(VIDEO_LOOP))

    wishes = {one.get("media") for tag, one in page.all if tag == "source"}
    assert wishes == {"(prefers-reduced-motion: no-preference)"}
    assert page.tags["video"]["poster"] == "loop.poster.jpg"
    assert [one["href"] for tag, one in page.all if tag == "a"] == ["loop.mp4", "loop.mp4"]
    assert html(VIDEO_LOOP).splitlines()[-2] == '  <figcaption><a href="loop.mp4">Rolling downhill</a></figcaption>'


@pytest.mark.parametrize("file", ["loop.gif", "loop.webp"])
def test_a_gif_is_an_image(file):
    """With its alt text and its size, so that the page does not jump."""
    page = Page(html(LOOP._replace(files=(file,))))

    picture = page.tags["img"]
    assert (picture["src"], picture["alt"]) == (file, "A ball rolls.")
    assert (picture["width"], picture["height"]) == ("854", "480")
    assert "video" not in page.tags


def test_an_image_with_a_poster_stands_still_for_who_wants_no_motion():
    """Where motion is not wanted the poster is loaded, and the GIF is not."""
    page = Page(html(LOOP._replace(poster="loop.poster.jpg")))

    assert page.tags["source"] == {"srcset": "loop.poster.jpg", "media": "(prefers-reduced-motion: reduce)"}
    assert [tag for tag, _ in page.all] == ["figure", "picture", "source", "img", "figcaption"]


@pytest.mark.parametrize(("shown", "tag"), [(FILM, "video"), (VIDEO_LOOP, "video"), (LOOP, "img")])
def test_no_picture_is_wider_than_its_column(shown, tag):
    """Its sides keep the place free, and its style has it shrink with its column, which the figure fills."""
    page = Page(html(shown))

    assert page.tags[tag]["style"] == "max-width: 100%; height: auto"
    assert page.tags["figure"]["style"] == "margin-left: 0; margin-right: 0"
    assert (page.tags[tag]["width"], page.tags[tag]["height"]) == (str(shown.width), str(shown.height))


@given(NASTY, NASTY)
def test_html_holds_any_words(alt, title):
    """Quotation marks, tags and ampersands arrive as they were written, and open nothing."""
    for shown in (FILM._replace(alt=alt, title=title), LOOP._replace(alt=alt, title=title)):
        page = Page(html(shown))
        found = page.tags["video"]["aria-label"] if "video" in page.tags else page.tags["img"]["alt"]
        assert found == alt
        assert title in page.words
        assert page.tags.keys() <= {"figure", "video", "source", "track", "a", "img", "figcaption", "picture"}
        assert page.open == []


def test_addresses_are_addresses():
    """A name with spaces, brackets or quotation marks is written as a link needs it."""
    shown = FILM._replace(files=('a "b" (c).mp4',), poster="p q.jpg", captions="a.vtt")

    assert Page(html(shown)).tags["source"]["src"] == "a%20%22b%22%20%28c%29.mp4"
    assert markdown(shown) == "[![A ball rolls.](p%20q.jpg)](a%20%22b%22%20%28c%29.mp4)\n"


def test_markdown_of_a_gif_is_a_picture():
    """The form that blogs and forges take."""
    assert markdown(LOOP) == "![A ball rolls.](loop.gif)\n"


@given(NASTY)
def test_markdown_holds_any_words(alt):
    """No bracket ends the alt text before its time."""
    text = markdown(LOOP._replace(alt=alt))
    inner = text.removeprefix("![").removesuffix("](loop.gif)\n")

    at = 0
    while at < len(inner):
        assert inner[at] not in "[]<>*_`|"
        at += 2 if inner[at] == "\\" else 1


@pytest.mark.parametrize("shown", [FILM, VIDEO_LOOP, LOOP])
def test_a_laboratory_is_linked_below(shown):
    """Where a page of the same runs lies beside, the caption and the Markdown lead to it; elsewhere nothing does."""
    linked = shown._replace(lab="my film.lab.html")

    links = [one["href"] for tag, one in Page(html(linked)).all if tag == "a"]
    assert links[-1] == "my%20film.lab.html"
    assert markdown(linked) == markdown(shown) + "\n[Try it yourself](my%20film.lab.html)\n"
    assert "lab.html" not in html(shown)
