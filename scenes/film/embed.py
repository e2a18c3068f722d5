"""How a page shows finished files: a figure in HTML, and the same in Markdown."""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import quote

from scenes.script.markdown import escaped

FILMS = {".mp4": "video/mp4", ".webm": "video/webm"}
# As wide as it was made, but never wider than its column; its height follows, and is known before it is loaded.
_FLUID = 'style="max-width: 100%; height: auto"'
# A browser else indents a figure by 40 pixels on either side, a fifth of a phone.
_WHOLE_COLUMN = 'style="margin-left: 0; margin-right: 0"'
_MOVING, _STILL = "(prefers-reduced-motion: no-preference)", "(prefers-reduced-motion: reduce)"


class Shown(NamedTuple):
    """Finished files as a page needs to know them: one picture, or the sources of one video.

    files, poster, captions: names beside the page; empty where there is none. Of several files a browser takes the
    first that it can play. width, height: pixels. alt: what is seen. title: the lesson's. loops: whether it plays for
    ever, without a sound. unasked: whether the captions are shown from the start, because the picture has none.
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


def html(shown: Shown) -> str:
    """A `<figure>` with its caption: a video that does not load before it is played, a loop, or a picture.

    What moves by itself stands still, as its poster, for those who have asked their system for less motion; there the
    caption leads to the film.
    """
    film = suffix(shown.files[0]) in FILMS
    title = escape(shown.title)
    if film and shown.loops:
        title = f'<a href="{_address(_for_all(shown))}">{title}</a>'
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
    """A picture; of a film its poster, which leads to the film."""
    address = quote(shown.files[0])
    if not shown.poster or suffix(shown.files[0]) not in FILMS:
        return f"![{escaped(shown.alt)}]({address})\n"
    return f"[![{escaped(shown.alt)}]({quote(shown.poster)})]({address})\n"


def suffix(name: str) -> str:
    """`.mp4` of `Film.MP4`."""
    return name[name.rfind(".") :].lower()


def _for_all(shown: Shown) -> str:
    """The file that a link leads to: an MP4 where there is one, which plays everywhere."""
    return next((file for file in shown.files if suffix(file) == ".mp4"), shown.files[0])


def _video(shown: Shown) -> list[str]:
    poster = f' poster="{_address(shown.poster)}"' if shown.poster else ""
    # A loop behaves as a GIF does; browsers let only a silent film begin by itself.
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
