"""The files that stand beside a film: captions, chapters, a transcript, a poster, and how to embed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

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


class Poster(NamedTuple):
    """The picture that the film at `film` shows at `seconds`, to be decoded when that is finished."""

    film: Path
    seconds: float


Companion = str | Poster


def companions(
    spec: RenderSpec, targets: Sequence[Path], beats: Sequence[TimedBeat], runs: tuple[Trajectory, ...]
) -> dict[Path, Companion]:
    """What stands beside the targets: for each film its texts and its poster, for each file how to embed it."""
    from scenes.film.poster import telling_moment

    found: dict[Path, Companion] = {}
    for film in targets:
        if is_film(film):
            for suffix, text in _texts(spec, beats, runs).items():
                found[film.with_suffix(suffix)] = text
            found.setdefault(film.with_suffix(POSTER), Poster(film, telling_moment(beats, spec.fps)))
    for target in targets:
        shown = shown_file(spec, target, runs, found)
        found[Path(f"{target}.embed.html")] = html(shown)
        found[Path(f"{target}.embed.md")] = markdown(shown)
    return found


def write_companion(content: Companion, draft: Path, finished: Mapping[Path, Path]) -> None:
    """Write one of them to `draft`. finished: where each target's film lies at present."""
    if isinstance(content, Poster):
        from scenes.film.poster import write_poster

        write_poster(finished[content.film], content.seconds, draft)
    else:
        draft.write_text(content, encoding="utf-8", newline="\n")


def shown_file(spec: RenderSpec, target: Path, runs: tuple[Trajectory, ...], beside: Collection[Path] = ()) -> Shown:
    """A target as a page needs to know it; `beside`: the files that will stand beside it."""
    poster, captions = target.with_suffix(POSTER), target.with_suffix(CAPTIONS)
    return Shown(
        target.name,
        LESSONS[spec.scene].title,
        alt_text(spec, runs),
        spec.width,
        spec.height,
        poster.name if is_film(target) and poster in beside else "",
        captions.name if is_film(target) and captions in beside else "",
        spec.cut == "loop",
        spec.soft and not spec.burned,
    )


def alt_text(spec: RenderSpec, runs: tuple[Trajectory, ...]) -> str:
    """What the film shows, for those who cannot see it."""
    return LESSONS[spec.scene].alt(runs).replace(NO_BREAK, " ")


def is_film(target: Path) -> bool:
    """Whether a file is a video, with a poster and tracks, and not a picture that moves."""
    return target.suffix.lower() in FILMS


def _texts(spec: RenderSpec, beats: Sequence[TimedBeat], runs: tuple[Trajectory, ...]) -> dict[str, str]:
    """The texts of a narrated film by their suffixes; a loop has one line, and needs none."""
    if spec.cut != "full":
        return {}
    cues = film_cues(beats, spec.fps)
    captions = {".srt": subrip(cues, spec.fps), CAPTIONS: webvtt(cues, spec.fps)}
    return {
        **captions,
        ".chapters.txt": chapter_list(chapters(beats), spec.fps),
        ".transcript.md": transcript(
            LESSONS[spec.scene].title, beats, spec.fps, runs, [function_text(runs[0]), rule_text(runs[0])]
        ),
    }
