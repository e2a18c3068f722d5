"""A finished film inside a notebook's page: its files become part of the page, or are linked if they are large."""

from __future__ import annotations

import base64
import os
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote

# A page that holds more bytes than these is slow to open and to save.
LARGEST = 12_000_000
TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt",
}


def figure(film: Path, snippet: str) -> str:
    """The snippet for a web page next to `film`, as one for a page anywhere: what it names goes into it.

    Files are embedded until they are LARGEST bytes together; then, and where a reader is to follow a link, their
    addresses are relative to the current folder, from which a notebook is served.
    """
    left = LARGEST

    def placed(match: re.Match[str]) -> str:
        nonlocal left
        attribute, path = match[1], film.parent / unquote(unescape(match[2]))
        size = path.stat().st_size if path.is_file() else left + 1
        if attribute == "href" or size > left:
            return f'{attribute}="{escape(quote(_from_here(path)))}"'
        left -= size
        content = base64.b64encode(path.read_bytes()).decode("ascii")
        return f'{attribute}="data:{TYPES[path.suffix.lower()]};base64,{content}"'

    return re.sub(r'\b(poster|srcset|src|href)="([^"]*)"', placed, snippet)


def _from_here(path: Path) -> str:
    """A path relative to the current folder, if there is one on the same drive."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()
