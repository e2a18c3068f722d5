"""One file from picture, sound, captions and chapters."""

from __future__ import annotations

from itertools import pairwise

import av
import numpy as np
import pytest

from scenes.film.mp4_boxes import CAPTIONS, ENABLED, boxes
from scenes.film.mux import Tracks, mux
from scenes.film.sound import SAMPLE_RATE
from scenes.film.subtitles import Chapter
from scenes.script.cues import Cue
from scenes.script.spans import Span

FPS, FRAMES = 10, 30


@pytest.fixture(params=[".mp4", ".webm"])
def picture(request, tmp_path):
    """A silent film of three seconds."""
    path = tmp_path / f"picture{request.param}"
    codec = {".mp4": "libx264", ".webm": "libvpx-vp9"}[request.param]
    with av.open(str(path), "w") as film:
        stream = film.add_stream(codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for index in range(FRAMES):
            pixels = np.full((64, 64, 3), 8 * index, np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        film.mux(stream.encode(None))
    return path


def card(words: str):
    """A caption of one line."""
    return [[Span(words, None)]]


def tracks(**changes) -> Tracks:
    """Sound, two captions and two chapters."""
    sound = (0.2 * np.sin(np.arange(3 * SAMPLE_RATE) * 0.06)).astype(np.float32)
    cues = [Cue(card("One & two, {three}"), 0, 12), Cue(card("<b>Four</b>"), 12, 30)]
    parts = [Chapter("The start", 0, 12), Chapter("The “end”", 12, 30)]
    return Tracks(FPS, "A title", sound, cues, parts)._replace(**changes)


def packets(path, kind: str) -> list[tuple[float, bytes]]:
    """The packets of a stream: when and what."""
    with av.open(str(path)) as film:
        stream = next(one for one in film.streams if one.type == kind)
        return [(float(one.pts * one.time_base), bytes(one)) for one in film.demux(stream) if one.pts is not None]


def caption_flags(path) -> int:
    """The flags of the caption track of an MP4."""
    with path.open("rb") as file:
        (movie,) = [box for box in boxes(file, 0, path.stat().st_size) if box.name == b"moov"]
        for track in [box for box in boxes(file, movie.start, movie.end) if box.name == b"trak"]:
            file.seek(track.start)
            content = file.read(track.end - track.start)
            if CAPTIONS in content:
                at = content.index(b"tkhd") + 4
                return int.from_bytes(content[at + 1 : at + 4], "big")
    raise AssertionError("there is no caption track")


def test_the_picture_is_not_encoded_anew(picture, tmp_path):
    """Every packet of the picture goes over as it is, at its time."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(), target)

    before, after = packets(picture, "video"), packets(target, "video")
    assert [content for _, content in after] == [content for _, content in before]
    assert [time for time, _ in after] == pytest.approx([time for time, _ in before], abs=0.001)


def test_packets_lie_in_the_order_of_time(picture, tmp_path):
    """A player that reads the file once finds sound and words beside the picture: no packet is a second late."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(), target)

    with av.open(str(target)) as film:
        times = [
            float(one.dts * one.time_base) for one in film.demux() if one.dts is not None and one.stream.type != "data"
        ]
    assert all(after > before - 1.0 for before, after in pairwise(times))


def test_a_silent_film_has_no_sound_track(picture, tmp_path):
    """Where nothing is said there is nothing to hear; captions and chapters are there."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(sound=None), target)

    with av.open(str(target)) as film:
        assert [one.type for one in film.streams if one.type != "data"] == ["video", "subtitle"]
        assert [one["metadata"]["title"] for one in film.chapters()] == ["The start", "The “end”"]


def test_without_captions_there_is_no_caption_track(picture, tmp_path):
    """No captions, no track."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(cues=[]), target)

    with av.open(str(target)) as film:
        assert not film.streams.subtitles


def test_captions_say_what_was_written(picture, tmp_path):
    """Signs that mean something to some format arrive as they were written, or escaped where the format asks it."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(), target)

    said = b" ".join(content for _, content in packets(target, "subtitle")).decode("utf-8", "replace")
    for words in ("One & two, {three}", "<b>Four</b>"):
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert (escaped if picture.suffix == ".webm" else words) in said


def test_captions_last_as_long_as_their_cues_and_tracks_name_their_language(picture, tmp_path):
    """A caption is up from its cue's first frame to its last; sound, captions and title say what they are."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(), target)

    with av.open(str(target)) as film:
        (stream,) = film.streams.subtitles
        up = [
            (float(one.pts * one.time_base), float(one.duration * one.time_base))
            for one in film.demux(stream)
            if one.duration
        ]
        assert film.metadata["title"] == "A title"
        assert [one.metadata["language"] for one in film.streams if one.type in ("audio", "subtitle")] == ["eng", "eng"]
    np.testing.assert_allclose(up, [(0.0, 1.2), (1.2, 1.8)], atol=1e-6)


@pytest.mark.parametrize("shown", [False, True])
def test_a_player_shows_captions_unasked_only_where_it_should(shown, picture, tmp_path):
    """The container's flag and, in MP4, the track's own header say so."""
    target = tmp_path / f"film{picture.suffix}"
    mux(picture, tracks(shown=shown), target)

    with av.open(str(target)) as film:
        words = film.streams.subtitles[0]
        assert bool(words.disposition & words.disposition.default) == shown
    if picture.suffix == ".mp4":
        assert bool(caption_flags(target) & ENABLED) == shown


def test_the_same_tracks_are_the_same_bytes(picture, tmp_path):
    """Nothing of the clock or of chance enters the file."""
    films = [tmp_path / f"{name}{picture.suffix}" for name in ("one", "two")]
    for film in films:
        mux(picture, tracks(), film)

    assert films[0].read_bytes() == films[1].read_bytes()


@pytest.mark.parametrize("picture", [".mp4"], indirect=True)
def test_an_mp4_can_play_while_it_loads(picture, tmp_path):
    """The index of an MP4 lies before its frames."""
    target = tmp_path / "film.mp4"
    mux(picture, tracks(), target)

    with target.open("rb") as file:
        names = [box.name for box in boxes(file, 0, target.stat().st_size)]
    assert names.index(b"moov") < names.index(b"mdat")
