"""How a page shows a finished film: a figure in HTML, and the same in Markdown."""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import quote

from scenes.script.markdown import escaped

FILMS = {".mp4": "video/mp4", ".webm": "video/webm"}


class Shown(NamedTuple):
    """A finished file as a page needs to know it.

    file, poster, captions: names beside the page; empty where there is none. width, height: pixels.
    alt: what it shows. title: the lesson's. loops: whether it plays for ever, without a sound.
    unasked: whether the captions are shown from the start, because the picture has none.
    """

    file: str
    title: str
    alt: str
    width: int
    height: int
    poster: str = ""
    captions: str = ""
    loops: bool = False
    unasked: bool = False


def html(shown: Shown) -> str:
    """A `<figure>`: a video that does not load before it is played, or a picture, with its caption."""
    suffix = shown.file[shown.file.rfind(".") :].lower()
    body = _video(shown, FILMS[suffix]) if suffix in FILMS else _picture(shown)
    return "\n".join(
        [
            "<figure>",
            *(f"  {line}" for line in body),
            f"  <figcaption>{escape(shown.title)}</figcaption>",
            "</figure>",
            "",
        ]
    )


def markdown(shown: Shown) -> str:
    """A picture; of a film its poster, which leads to the film."""
    address = quote(shown.file)
    if not shown.poster:
        return f"![{escaped(shown.alt)}]({address})\n"
    return f"[![{escaped(shown.alt)}]({quote(shown.poster)})]({address})\n"


def _video(shown: Shown, kind: str) -> list[str]:
    poster = f' poster="{_address(shown.poster)}"' if shown.poster else ""
    # A loop behaves as a GIF does; browsers let only a silent film begin by itself.
    manner = "autoplay loop muted playsinline" if shown.loops else 'controls playsinline preload="none"'
    lines = [
        f'<video width="{shown.width}" height="{shown.height}"{poster} {manner}',
        f'       aria-label="{escape(shown.alt)}">',
        f'  <source src="{_address(shown.file)}" type="{kind}">',
    ]
    if shown.captions:
        address, default = _address(shown.captions), " default" if shown.unasked else ""
        lines.append(f'  <track kind="captions" src="{address}" srclang="en" label="English"{default}>')
    return [*lines, f'  <a href="{_address(shown.file)}">{escape(shown.title)}</a>', "</video>"]


def _picture(shown: Shown) -> list[str]:
    size = f'width="{shown.width}" height="{shown.height}"'
    return [f'<img src="{_address(shown.file)}" {size}', f'     alt="{escape(shown.alt)}">']


def _address(name: str) -> str:
    return escape(quote(name))
