"""Puts the laboratory together: template, style, scripts and data become one HTML file that fetches nothing."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from gdsim import __version__
from scenes.page.contents import Contents, page_data, sources
from scenes.stage.theme import THEMES, Theme

FOLDER = Path(__file__).parent
# In this order, each script knows those before it.
SCRIPTS = ("numbers", "engine", "words", "plot", "data", "state", "stage", "challenges", "app")
# What stands in for a script that a page has no use for: a page of data has no challenges, all others no data.
WITHOUT = {
    "data": "export const [FEWEST_POINTS, MOST_POINTS] = [2, 100];\n"
    "export class DataPlot {}\n"
    "export const [batchWords, batchesOf, lineThrough, throughBatches] = [];\n",
    "challenges": "export const challenges = () => [];\nexport const drawChallenges = () => {};\n",
}
PAGE_THEMES = ("auto", "dark", "light")
LARGEST = 120_000
# Small text needs more contrast than a ball: on a light page, darker shades of the same colours.
INKS = {"dark": {}, "light": {"ball": "#8f5600", "slope": "#0369a0", "step": "#b93a24", "minimum": "#00714f"}}
EDGES = {"dark": "#3a4659", "light": "#c4bfb2"}


def document(contents: Contents, title: str, theme: str = "auto", film: str = "") -> str:
    """The whole page as text.

    theme: one of PAGE_THEMES; auto follows the reader's system. film: the address of the film that tells the same
    story, to which the page links; empty if there is none.
    """
    style, script = _style(), _script(contents)
    words = {
        "theme": theme,
        "policy": _policy(script, style),
        "version": __version__,
        "title": escape(title),
        "film": f'<a href="{escape(film)}">Watch the film</a>' if film else "",
        "style": style,
        "data": _inert(page_data(contents)),
        "script": script,
    }
    template = (FOLDER / "page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: words[found[1]], template)


def _policy(script: str, style: str) -> str:
    """Nothing may be loaded or run but what stands in the page, to the byte."""
    allowed = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _inert(value: Any) -> str:
    """JSON that ends no element and opens no comment, whatever the words in it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub(r"[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def script_parts(contents: Contents) -> dict[str, str]:
    """The scripts by name, with the functions' own JavaScript before the page that uses it."""
    left_out = "challenges" if contents.fit else "data"
    parts = {name: (FOLDER / f"{name}.js").read_text("utf-8") for name in SCRIPTS[:-1]} | {left_out: WITHOUT[left_out]}
    functions = "".join(f"{_inert(name)}: {source},\n" for name, source in sources(contents).items())
    parts["functions"] = (
        f"// gdsim's own functions, as its expression graph computes them.\nconst SOURCES = {{\n{functions}}};\n"
    )
    return parts | {SCRIPTS[-1]: (FOLDER / f"{SCRIPTS[-1]}.js").read_text("utf-8")}


def _script(contents: Contents) -> str:
    """All scripts as one module: what they import from each other stands in it already."""
    text = "\n".join(script_parts(contents).values())
    text = re.sub(r"^import [^;]+ from \"\./\w+\.js\";\n", "", text, flags=re.M)
    text = re.sub(r"^export ", "", text, flags=re.M)
    text = _packed(text)
    if re.search(r"</script|<!--", text, re.I):
        raise ValueError("a script must not hold the end of a script")
    return text


def _packed(text: str) -> str:
    """The same lines without what only its authors read: indents, blank lines, and comments on lines of their own.

    No string or template of ours spans lines, so no line begins inside one.
    """
    text = re.sub(r"^\s*/\*\*?(?:[^*]|\*(?!/))*\*/\n", "", text, flags=re.M)
    lines = (line.strip() for line in text.splitlines())
    text = "\n".join(_tight(line) for line in lines if line and not line.startswith("//")) + "\n"
    return re.sub(r"(?<=[;{,(])\n", "", text)


# What is left as it is: strings, templates without one inside, and lines on which a regular expression stands.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`')

_AROUND, _BEFORE = re.compile(r" ?(=>|===|!==|&&|\|\||\?\?|[=,;:?{}<>*]) "), re.compile(r" ([{})?:=])")


def _tight(line: str) -> str:
    """A line without the spaces that only please the eye; + and − keep theirs, for `a - -b` is not `a--b`."""
    if "/^" in line or "(/" in line or line.count("`") > 2:
        return line
    parts, quoted = _QUOTED.split(line), _QUOTED.findall(line)
    parts = [_AROUND.sub(r"\1", _BEFORE.sub(r"\1", part)) for part in parts]
    return "".join(part + text for part, text in zip(parts, [*quoted, ""]))


def _style() -> str:
    """The style sheet, with the films' colours in front: dark, and light where it is asked for."""
    own = {name: _colours(name) for name in ("dark", "light")}
    dark = "; ".join(own["dark"])
    light = "; ".join(colour for colour in own["light"] if colour not in own["dark"])
    asked = f':root[data-theme="light"] {{ color-scheme: light; {light} }}\n'
    auto = f'@media (prefers-color-scheme: light) {{ :root[data-theme="auto"] {{ color-scheme: light; {light} }} }}\n'
    printed = f"@media print {{ :root[data-theme] {{ color-scheme: light; {light} }} }}\n"
    sheet = (FOLDER / "style.css").read_text("utf-8")
    return _packed(f":root {{ color-scheme: dark; {dark} }}\n{asked}{auto}{printed}{sheet}")


def _colours(name: str) -> list[str]:
    """A theme's colours as declarations."""
    theme: Theme = THEMES[name]
    plain = ("background", "panel", "ink", "muted", "faint", "ball", "slope", "step", "loss", "minimum", "rate")
    colours = {key: getattr(theme, key) for key in plain} | {"edge": EDGES[name]}
    for key in ("ball", "slope", "step", "loss", "minimum"):
        colours[f"{key}-ink"] = INKS[name].get(key, colours[key])
    colours |= {f"run{i + 1}": colour for i, colour in enumerate(theme.rates)}
    colours |= {f"height{i}": colour for i, colour in enumerate(theme.heights)}
    return [f"--{key}: {colour}" for key, colour in colours.items()]
