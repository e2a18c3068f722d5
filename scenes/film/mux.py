"""One file from picture, sound, captions and chapters; the picture is not encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av.codec.context import Flags
from av.stream import Disposition
from av.subtitles.subtitle import SubtitleSet

from scenes.film.mp4_boxes import disable_captions
from scenes.film.sound import SAMPLE_RATE, Track
from scenes.film.subtitles import Chapter, webvtt_text
from scenes.script.cues import Cue

LANGUAGE = "eng"
_MILLISECOND = Fraction(1, 1000)
_STYLES = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


class Container(NamedTuple):
    """How a container stores sound and captions."""

    audio: str
    bit_rate: int
    subtitles: str
    options: dict[str, str]


CONTAINERS = {
    ".mp4": Container("aac", 96_000, "mov_text", {"movflags": "+faststart", "fflags": "+bitexact"}),
    ".webm": Container("libopus", 64_000, "webvtt", {"fflags": "+bitexact"}),
}


class Tracks(NamedTuple):
    """What a film has besides its picture.

    sound: (samples,), None for a silent film. shown: whether a player should show the captions by default.
    """

    fps: int
    title: str
    sound: Track | None
    cues: Sequence[Cue]
    chapters: Sequence[Chapter]
    shown: bool = False


def mux(picture: Path, tracks: Tracks, target: Path) -> None:
    """Write the film at `picture` with the tracks to `target`, whose suffix is that of a film."""
    container = CONTAINERS[target.suffix.lower()]
    with av.open(str(picture)) as source, av.open(str(target), "w", options=container.options) as film:
        film.metadata["title"] = tracks.title
        film.set_chapters([_chapter(index, part, tracks.fps) for index, part in enumerate(tracks.chapters)])
        video = film.add_stream_from_template(source.streams.video[0])
        video.time_base = source.streams.video[0].time_base
        if alpha := source.streams.video[0].metadata.get("ALPHA_MODE"):
            video.metadata["alpha_mode"] = alpha
        video.disposition = Disposition.default
        flows = [_picture(source, video)]
        if tracks.sound is not None:
            flows.append(_sound(tracks.sound, _sound_stream(film, container)))
        if tracks.cues:
            flows.append(_captions(tracks, container, _caption_stream(film, container, tracks.shown)))
        # In the order of time, so that a player finds sound and words next to the picture.
        for _, _, packet in merge(
            *(_numbered(flow, index) for index, flow in enumerate(flows)), key=lambda one: one[:2]
        ):
            film.mux(packet)
    if target.suffix.lower() == ".mp4" and not tracks.shown:
        disable_captions(target)


def _numbered(flow: Iterator[Any], index: int) -> Iterator[tuple[float, int, Any]]:
    for packet in flow:
        yield float(packet.dts * packet.time_base), index, packet


def _chapter(index: int, part: Chapter, fps: int) -> Any:
    start, end = (round(1000 * frame / fps) for frame in (part.start, part.end))
    return {"id": index, "start": start, "end": end, "time_base": _MILLISECOND, "metadata": {"title": part.title}}


def _picture(source: Any, video: Any) -> Iterator[Any]:
    for packet in source.demux(source.streams.video[0]):
        if packet.dts is not None:
            packet.stream = video
            yield packet


def _sound_stream(film: Any, container: Container) -> Any:
    stream = film.add_stream(container.audio, rate=SAMPLE_RATE)
    stream.layout, stream.bit_rate = "mono", container.bit_rate
    stream.disposition = Disposition.default
    stream.codec_context.flags |= Flags.bitexact
    stream.metadata["language"] = LANGUAGE
    return stream


def _sound(track: Track, stream: Any) -> Iterator[Any]:
    """The sound, encoded a little at a time."""
    layout = stream.codec_context.format.name
    for start in range(0, len(track), 960):
        piece = np.ascontiguousarray(track[None, start : start + 960])
        frame = av.AudioFrame.from_ndarray(piece, format=layout if "flt" in layout else "flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _caption_stream(film: Any, container: Container, shown: bool) -> Any:
    stream = film.add_stream(container.subtitles)
    stream.codec_context.time_base = _MILLISECOND
    stream.codec_context.subtitle_header = _STYLES.encode()
    stream.metadata["language"] = LANGUAGE
    stream.disposition = Disposition.default if shown else Disposition(0)
    return stream


def _captions(tracks: Tracks, container: Container, stream: Any) -> Iterator[Any]:
    for cue in tracks.cues:
        start, end = (round(1000 * frame / tracks.fps) for frame in (cue.start, cue.end))
        text = (webvtt_text(cue) if container.subtitles == "webvtt" else cue.text).replace("\n", "\\N")
        event = SubtitleSet.create(f"0,0,Default,,0,0,0,,{text}".encode(), 0, end - start, pts=1000 * start)
        packet = stream.codec_context.encode_subtitle(event)
        packet.stream, packet.time_base = stream, _MILLISECOND
        packet.pts = packet.dts = start
        packet.duration = end - start
        yield packet
