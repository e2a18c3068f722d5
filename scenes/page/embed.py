"""Snippets that put a laboratory into another page: the file beside it, or all of it in the page's own text."""

from __future__ import annotations

from html import escape

# Scripts to run, forms for the challenges' answers: nothing else is allowed to a guest.
SANDBOX = "allow-scripts allow-forms"
HEIGHT = 900


def by_address(address: str, title: str) -> str:
    """An `<iframe src>` for a page next to which the file lies."""
    return _frame(f'src="{escape(address)}" loading="lazy"', title)


def by_text(document: str, title: str) -> str:
    """An `<iframe srcdoc>` that needs no file."""
    return _frame(f'srcdoc="{escape(document)}"', title)


def _frame(source: str, title: str) -> str:
    size = f'width="100%" height="{HEIGHT}" style="border: 0"'
    return f'<iframe title="{escape(title)}" {size} sandbox="{SANDBOX}" allow="clipboard-write" {source}></iframe>'
