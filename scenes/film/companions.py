"""The files next to a film: captions, chapters, a transcript, a poster, and snippets to embed it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote

from scenes.film.content import Content
from scenes.film.embed import FILMS, Shown, html, markdown
from scenes.film.subtitles import chapter_list, subrip, webvtt
from scenes.script.cues import film_cues
from scenes.spec import RenderSpec

POSTER, CAPTIONS, LABORATORY = ".poster.jpg", ".vtt", ".lab.html"
FORMS = {".embed.html": html, ".embed.md": markdown}


class Sized(Protocol):
    """A file that was made to fit a size limit: its sides in pixels."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


class Poster(NamedTuple):
    """The picture that the film at `film` shows at `seconds`; it is decoded when the film is finished."""

    film: Path
    seconds: float
    spec: RenderSpec


class Snippet(NamedTuple):
    """How to embed the files at `sources`, in one of FORMS, to be written when their sizes are known."""

    form: str
    shown: Shown
    sources: tuple[Path, ...]


Companion = str | Poster | Snippet


def companions(
    spec: RenderSpec, targets: Sequence[Path], content: Content, lab: Callable[[str], str] | None = None
) -> dict[Path, Companion]:
    """The files next to the targets: for each film its texts, for each file a poster and snippets to embed it.

    lab: makes the text of a laboratory, given the address of the file to which it links; None for no such page.
    """
    from scenes.film.poster import telling_moment

    found: dict[Path, Companion] = dict(laboratories(targets, lab)) if lab else {}
    for target in sorted(targets, key=lambda target: not is_film(target)):  # of two with one name, the film's poster
        if is_film(target):
            for suffix, text in _texts(spec, content).items():
                found[target.with_suffix(suffix)] = text
        found.setdefault(target.with_suffix(POSTER), Poster(target, telling_moment(content.beats, spec.fps), spec))
    for target in targets:
        shown, sources = shown_file(spec, target, targets, content, found)
        for form in FORMS:
            found[Path(f"{target}{form}")] = Snippet(form, shown, sources)
    return found


def laboratories(targets: Sequence[Path], lab: Callable[[str], str]) -> dict[Path, str]:
    """A page for each name of the targets, which links to the film of that name, an MP4 if there is one."""
    found: dict[Path, str] = {}
    for target in sorted(targets, key=lambda target: (target.suffix.lower() != ".mp4", not is_film(target))):
        found.setdefault(target.with_suffix(LABORATORY), lab(quote(target.name)))
    return found


def write_companion(
    content: Companion, draft: Path, finished: Mapping[Path, Path], fitted: Mapping[Path, Sized] | None = None
) -> None:
    """Write one of these files to `draft`.

    finished: where each target's file is at present. fitted: those that were made to fit a size limit.
    """
    if isinstance(content, Poster):
        from scenes.film.poster import write_poster

        write_poster(finished[content.film], content.seconds, content.spec, draft)
        return
    text = content if isinstance(content, str) else snippet(content, finished, fitted or {})
    draft.write_text(text, encoding="utf-8", newline="\n")


def snippet(content: Snippet, finished: Mapping[Path, Path], fitted: Mapping[Path, Sized]) -> str:
    """A snippet for finished files, as wide and high as the largest; the smallest in bytes comes first."""
    sources = sorted(content.sources, key=lambda source: finished[source].stat().st_size)
    sizes = [(fitted[source].width, fitted[source].height) for source in sources if source in fitted]
    width, height = max(sizes) if sizes else (content.shown.width, content.shown.height)
    files = tuple(source.name for source in sources)
    return FORMS[content.form](content.shown._replace(files=files, width=width, height=height))


def shown_file(
    spec: RenderSpec,
    target: Path,
    targets: Sequence[Path],
    content: Content,
    beside: Collection[Path] = (),
) -> tuple[Shown, tuple[Path, ...]]:
    """A target as a web page shows it, and its sources: for a video, all targets that differ only in their suffix.

    beside: the files that will be next to it.
    """
    poster, captions = target.with_suffix(POSTER), target.with_suffix(CAPTIONS)
    lab = target.with_suffix(LABORATORY)
    alike = (other for other in targets if is_film(other) and other.with_suffix("") == target.with_suffix(""))
    sources = tuple(alike) if is_film(target) else (target,)
    shown = Shown(
        tuple(source.name for source in sources),
        content.title,
        content.alt,
        spec.width,
        spec.height,
        poster.name if poster in beside else "",
        captions.name if is_film(target) and captions in beside else "",
        spec.cut == "loop",
        spec.soft and not spec.burned,
        lab.name if lab in beside else "",
    )
    return shown, sources


def is_film(target: Path) -> bool:
    """Whether a file is a video, which has tracks, and not an animated picture."""
    return target.suffix.lower() in FILMS


def _texts(spec: RenderSpec, content: Content) -> dict[str, str]:
    """The texts of a narrated film by suffix; a loop, which has only one line, needs none."""
    if spec.cut != "full":
        return {}
    cues = film_cues(content.beats, spec.fps)
    captions = {".srt": subrip(cues, spec.fps), CAPTIONS: webvtt(cues, spec.fps)}
    listed = chapter_list(content.chapters, spec.fps)
    return {**captions, ".chapters.txt": listed, ".transcript.md": content.transcript}
