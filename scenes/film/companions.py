"""The files next to a film: captions, chapters, a transcript, a poster, and snippets to embed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from gdsim import Trajectory
from scenes.catalogue import LESSONS
from scenes.film.embed import FILMS, Shown, html, markdown
from scenes.film.subtitles import chapter_list, chapters, subrip, webvtt
from scenes.phrases.formulas import function_text, rule_text
from scenes.script.cues import film_cues
from scenes.script.numbers import NO_BREAK
from scenes.script.timing import TimedBeat
from scenes.script.transcript import transcript
from scenes.spec import RenderSpec

POSTER, CAPTIONS = ".poster.jpg", ".vtt"
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
    spec: RenderSpec,
    targets: Sequence[Path],
    beats: Sequence[TimedBeat],
    runs: tuple[Trajectory, ...],
    alt: str | None = None,
) -> dict[Path, Companion]:
    """The files next to the targets: for each film its texts, for each file a poster and snippets to embed it.

    alt: the user's description of the picture; by default the lesson's.
    """
    from scenes.film.poster import telling_moment

    found: dict[Path, Companion] = {}
    for target in sorted(targets, key=lambda target: not is_film(target)):  # of two with one name, the film's poster
        if is_film(target):
            for suffix, text in _texts(spec, beats, runs).items():
                found[target.with_suffix(suffix)] = text
        found.setdefault(target.with_suffix(POSTER), Poster(target, telling_moment(beats, spec.fps), spec))
    for target in targets:
        shown, sources = shown_file(spec, target, targets, runs, found, alt)
        for form in FORMS:
            found[Path(f"{target}{form}")] = Snippet(form, shown, sources)
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
    runs: tuple[Trajectory, ...],
    beside: Collection[Path] = (),
    alt: str | None = None,
) -> tuple[Shown, tuple[Path, ...]]:
    """A target as a web page shows it, and its sources: for a video, all targets that differ only in their suffix.

    beside: the files that will be next to it.
    """
    poster, captions = target.with_suffix(POSTER), target.with_suffix(CAPTIONS)
    alike = (other for other in targets if is_film(other) and other.with_suffix("") == target.with_suffix(""))
    sources = tuple(alike) if is_film(target) else (target,)
    shown = Shown(
        tuple(source.name for source in sources),
        spec.title or LESSONS[spec.scene].title,
        alt_text(spec, runs, alt),
        spec.width,
        spec.height,
        poster.name if poster in beside else "",
        captions.name if is_film(target) and captions in beside else "",
        spec.cut == "loop",
        spec.soft and not spec.burned,
    )
    return shown, sources


def alt_text(spec: RenderSpec, runs: tuple[Trajectory, ...], alt: str | None = None) -> str:
    """What the film shows, for those who cannot see it: in the user's words or the lesson's."""
    if alt is not None:
        return " ".join(alt.split())
    return LESSONS[spec.scene].alt(runs).plain().replace(NO_BREAK, " ")


def is_film(target: Path) -> bool:
    """Whether a file is a video, which has tracks, and not an animated picture."""
    return target.suffix.lower() in FILMS


def _texts(spec: RenderSpec, beats: Sequence[TimedBeat], runs: tuple[Trajectory, ...]) -> dict[str, str]:
    """The texts of a narrated film by suffix; a loop, which has only one line, needs none."""
    if spec.cut != "full":
        return {}
    cues = film_cues(beats, spec.fps)
    captions = {".srt": subrip(cues, spec.fps), CAPTIONS: webvtt(cues, spec.fps)}
    return {
        **captions,
        ".chapters.txt": chapter_list(chapters(beats), spec.fps),
        ".transcript.md": transcript(
            spec.title or LESSONS[spec.scene].title, beats, spec.fps, runs, [function_text(runs[0]), rule_text(runs[0])]
        ),
    }
