"""Snippets that show finished files on a web page: a figure in HTML, and the same in Markdown."""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import quote

from scenes.script.markdown import escaped

FILMS = {".mp4": "video/mp4", ".webm": "video/webm"}
# At its own width, but never wider than its column; the height follows and is known before the file is loaded.
_FLUID = 'style="max-width: 100%; height: auto"'
# By default, browsers indent a figure by 40 pixels on either side, a fifth of a phone's width.
_WHOLE_COLUMN = 'style="margin-left: 0; margin-right: 0"'
TRY = "Try it yourself"
_MOVING, _STILL = "(prefers-reduced-motion: no-preference)", "(prefers-reduced-motion: reduce)"


class Shown(NamedTuple):
    """Finished files as a web page shows them: one picture, or the sources of one video.

    files, poster, captions: file names relative to the page; empty if there is none. A browser plays the
    first that it can. width, height: pixels. alt: what is seen. title: the lesson's. loops: whether it plays for ever
    and without a sound. unasked: whether the captions are shown from the start, because the picture has none.
    lab: the laboratory of the same runs, likewise relative to the page.
    """

    files: tuple[str, ...]
    title: str
    alt: str
    width: int
    height: int
    poster: str = ""
    captions: str = ""
    loops: bool = False
    unasked: bool = False
    lab: str = ""


def html(shown: Shown) -> str:
    """A `<figure>` with a caption: a video that is not loaded before it is played, a loop, or a picture.

    For readers who have asked their system for less motion, a loop stands still as its poster, and the caption links to
    the film.
    """
    film = suffix(shown.files[0]) in FILMS
    title = escape(shown.title)
    if film and shown.loops:
        title = f'<a href="{_address(_for_all(shown))}">{title}</a>'
    if shown.lab:
        title += f' · <a href="{_address(shown.lab)}">{TRY}</a>'
    body = _video(shown) if film else _picture(shown)
    lines = [
        f"<figure {_WHOLE_COLUMN}>",
        *(f"  {line}" for line in body),
        f"  <figcaption>{title}</figcaption>",
        "</figure>",
        "",
    ]
    return "\n".join(lines)


def markdown(shown: Shown) -> str:
    """A picture; for a film its poster, which links to the film. A laboratory has a line of its own."""
    address = quote(shown.files[0])
    lab = f"\n[{TRY}]({quote(shown.lab)})\n" if shown.lab else ""
    if not shown.poster or suffix(shown.files[0]) not in FILMS:
        return f"![{escaped(shown.alt)}]({address})\n{lab}"
    return f"[![{escaped(shown.alt)}]({quote(shown.poster)})]({address})\n{lab}"


def suffix(name: str) -> str:
    """`.mp4` of `Film.MP4`."""
    return name[name.rfind(".") :].lower()


def _for_all(shown: Shown) -> str:
    """The file to link to: an MP4 if there is one, which plays everywhere."""
    return next((file for file in shown.files if suffix(file) == ".mp4"), shown.files[0])


def _video(shown: Shown) -> list[str]:
    poster = f' poster="{_address(shown.poster)}"' if shown.poster else ""
    # A loop behaves like a GIF; browsers only start a silent film by themselves.
    manner = "autoplay loop muted playsinline" if shown.loops else 'controls playsinline preload="none"'
    wanted = f' media="{_MOVING}"' if shown.loops else ""
    lines = [
        f'<video width="{shown.width}" height="{shown.height}" {_FLUID}{poster} {manner}',
        f'       aria-label="{escape(shown.alt)}">',
        *(f'  <source src="{_address(file)}" type="{FILMS[suffix(file)]}"{wanted}>' for file in shown.files),
    ]
    if shown.captions:
        address, default = _address(shown.captions), " default" if shown.unasked else ""
        lines.append(f'  <track kind="captions" src="{address}" srclang="en" label="English"{default}>')
    return [*lines, f'  <a href="{_address(_for_all(shown))}">{escape(shown.title)}</a>', "</video>"]


def _picture(shown: Shown) -> list[str]:
    image = [
        f'<img src="{_address(shown.files[0])}" width="{shown.width}" height="{shown.height}" {_FLUID}',
        f'     alt="{escape(shown.alt)}">',
    ]
    if not shown.poster:
        return image
    still = f'  <source srcset="{_address(shown.poster)}" media="{_STILL}">'
    return ["<picture>", still, *(f"  {line}" for line in image), "</picture>"]


def _address(name: str) -> str:
    return escape(quote(name))
