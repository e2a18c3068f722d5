"""Pictures that repeat the last one: any decoder shows that one, to the bit, for as long as it is to stay."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import av.logging
import numpy as np
import pytest

from scenes.film import repeats_h264
from scenes.film.encoding import encoding
from scenes.film.frame_store import Area
from scenes.film.repeats_h264 import read_stream, repeats
from scenes.film.video import SETTLED, VideoSink
from scenes.spec import RenderSpec


def film_of(path: Path, width: int, height: int, moving: int, resting: int, **options: str) -> VideoSink:
    """Encode noise in which a square moves for some frames and then rests; returns the sink."""
    spec = RenderSpec("parabola", width=width, height=height, fps=30)
    chosen = encoding("mp4", spec)
    if options:
        chosen = chosen._replace(options=chosen.options | options)
    sink = VideoSink(path, spec, chosen)
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 4), dtype=np.uint8)
    for frame in range(moving):
        pixels[4:40, 2 * frame : 2 * frame + 36] = 255 - 7 * frame % 256
        sink.write(pixels, [Area(0, 0, height, width)], 1 if frame < moving - 1 else 1 + resting)
    sink.close()
    return sink


def shown(path: Path) -> tuple[list[np.ndarray], list[float]]:
    """Every decoded picture and its time; what cannot be decoded raises, and what had to be guessed fails."""
    pictures, times = [], []
    with av.open(str(path)) as film:
        film.streams.video[0].codec_context.options = {"err_detect": "+crccheck+bitstream+buffer+explode"}
        for frame in film.decode(video=0):
            pictures.append(frame.to_ndarray())
            times.append(frame.time)
    assert complaints(path) == []
    return pictures, times


def complaints(path: Path) -> list[str]:
    """What the decoder says of a film that it plays all the same: macroblocks that it missed and made up."""
    av.logging.set_level(av.logging.INFO)
    av.logging.set_skip_repeated(False)  # else it says the same of two films only once
    try:
        with av.logging.Capture(local=False) as said, av.open(str(path)) as film:
            film.streams.video[0].thread_type = "NONE"
            for _ in film.decode(video=0):
                pass
    finally:
        av.logging.set_skip_repeated(True)
        av.logging.set_level(None)
    return [text.strip() for _, _, text in said]


@pytest.mark.parametrize(("width", "height"), [(160, 90), (320, 180), (640, 480)])
def test_a_repeat_speaks_of_each_macroblock(width, height, tmp_path, monkeypatch):
    """Its code ends with the last macroblock: one fewer, and the decoder misses one."""
    written = repeats_h264._all_skipped
    film_of(tmp_path / "film.mp4", width, height, 5, 40)
    monkeypatch.setattr(repeats_h264, "_all_skipped", lambda macroblocks: written(macroblocks - 1))
    film_of(tmp_path / "short.mp4", width, height, 5, 40)

    assert complaints(tmp_path / "film.mp4") == []
    assert complaints(tmp_path / "short.mp4") != []


@pytest.mark.parametrize(("width", "height"), [(160, 90), (320, 180), (180, 320), (1920, 1080)])
def test_a_rest_is_the_last_picture_to_the_bit(width, height, tmp_path):
    """All frames are there, evenly; from where the encoder is not asked any more they are equal."""
    moving, resting = 9, 150
    film_of(tmp_path / "film.mp4", width, height, moving, resting)
    pictures, times = shown(tmp_path / "film.mp4")

    assert len(pictures) == moving + resting
    assert np.allclose(np.diff(times), 1 / 30)
    settled = moving - 1 + SETTLED
    assert all(np.array_equal(one, other) for one, other in pairwise(pictures[settled - 1 :]))
    assert not np.array_equal(pictures[0], pictures[-1])


@pytest.mark.parametrize("moving", range(1, 20))
def test_a_rest_may_begin_anywhere(moving, tmp_path):
    """Wherever among references and B pictures the motion ends, the rest shows its last picture, near to the source."""
    film_of(tmp_path / "film.mp4", 160, 90, moving, 40)
    pictures, _ = shown(tmp_path / "film.mp4")
    square = pictures[-1][8:36, 2 * moving + 2 : 2 * moving + 30]

    assert len(pictures) == moving + 40
    assert np.array_equal(pictures[-1], pictures[moving - 1 + SETTLED])
    assert abs(square.mean() - (16 + (255 - 7 * (moving - 1)) * 219 / 255)) < 4


def test_a_long_rest_outlasts_every_counter(tmp_path):
    """Numbers and orders of pictures start again at 0 many times; the last of 1000 repeats is still the picture."""
    film_of(tmp_path / "film.mp4", 160, 90, 5, 1000)
    pictures, times = shown(tmp_path / "film.mp4")

    assert len(pictures) == 1005
    assert times == sorted(times)
    assert np.array_equal(pictures[-1], pictures[4 + SETTLED])


def test_a_repeat_is_a_hundredth_of_a_picture(tmp_path):
    """A repeat at 1080p takes less than a hundred bytes."""
    film_of(tmp_path / "film.mp4", 1920, 1080, 2, 60)
    with av.open(str(tmp_path / "film.mp4")) as film:
        sizes = [packet.size for packet in film.demux(video=0) if packet.pts is not None]

    assert len(sizes) == 62
    assert max(sizes[2 + SETTLED :]) < 100


def test_a_short_rest_is_the_encoders(tmp_path):
    """Up to the frames that the encoder sees anyway, nothing is repeated; one more is one repeat."""
    for resting, expected in ((SETTLED - 1, []), (SETTLED, [14])):
        path = tmp_path / f"{resting}.mp4"
        film_of(path, 320, 180, 4, resting)
        with av.open(str(path)) as film:
            sizes = [packet.size for packet in film.demux(video=0) if packet.pts is not None]

        assert sizes[3 + SETTLED :] == expected


@pytest.mark.parametrize(
    ("words", "what"),
    [("cabac=0", "CABAC"), ("weightp=2", "no weighted prediction"), ("bframes=0", "picture order in its slices")],
)
def test_a_stream_of_another_kind_is_refused_and_encoded_to_its_end(words, what, tmp_path):
    """Where a repeat would be misread none is written: the encoder makes the rest, of another group of pictures."""
    given = encoding("mp4", RenderSpec("parabola")).options["x264-params"]
    sink = film_of(tmp_path / "film.mp4", 160, 90, 3, 40, **{"x264-params": f"{given}:{words}"})
    pictures, times = shown(tmp_path / "film.mp4")

    with pytest.raises(ValueError, match=f"repeats are written for streams with {what}"):
        list(repeats(sink.packets, bytes(sink.encoder.extradata), 1))
    assert np.allclose(times, np.arange(43) / 30)
    assert all(np.abs(picture[:90].astype(int) - pictures[2][:90]).mean() < 4 for picture in pictures[3:])


def test_a_packet_without_a_picture_is_refused():
    """What holds no unit at all is no picture to repeat."""
    stream = repeats_h264.Stream(4, 4, 60, 0, 26)
    with pytest.raises(ValueError, match="nothing before their pictures"):
        repeats_h264.read_slice(b"", stream)


def test_parameter_sets_are_needed():
    """Without them nothing is known of the stream."""
    with pytest.raises(ValueError, match="a sequence and a picture parameter set"):
        read_stream(b"\0\0\0\1\x67\x4d\x40\x28")
    with pytest.raises(ValueError, match="a sequence and a picture parameter set"):
        list(repeats([], b"", 1))
