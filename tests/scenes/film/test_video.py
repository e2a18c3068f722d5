"""Encoded pieces: colours right, each with a beginning of its own."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from scenes.film import video
from scenes.film.encoding import encoding
from scenes.film.frame_store import read_store
from scenes.film.video import VideoSink
from scenes.spec import RenderSpec
from scenes.stage.theme import THEMES

KINDS = ("mp4", "webm")


def planes(frame: av.VideoFrame) -> list[np.ndarray]:
    """The pixels of each plane, without what pads its lines."""
    views = [np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size) for plane in frame.planes]
    return [view[: plane.height, : plane.width].copy() for view, plane in zip(views, frame.planes)]


def as_seen(luma: int, blueness: int, redness: int) -> np.ndarray:
    """Red, green, blue of a pixel, by the equations of BT.709 with limited range (libav's own rounding is off by 2)."""
    bright, blue, red = (luma - 16) / 219, (blueness - 128) / 224, (redness - 128) / 224
    red, blue = bright + 1.5748 * red, bright + 1.8556 * blue
    return 255 * np.array([red, (bright - 0.2126 * red - 0.0722 * blue) / 0.7152, blue])


def swatches(theme: str) -> tuple[np.ndarray, dict[str, tuple[int, int]]]:
    """RGBA with a flat square of each of a theme's colours, and the place of each colour's middle."""
    names = [name for name, value in vars(THEMES[theme]).items() if isinstance(value, str)]
    pixels = np.full((64, 32 * len(names), 4), 255, np.uint8)
    for index, name in enumerate(names):
        colour = getattr(THEMES[theme], name)
        pixels[:, 32 * index : 32 * index + 32, :3] = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return pixels, {name: (32, 32 * index + 16) for index, name in enumerate(names)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_the_theme_survive(kind, theme, tmp_path, encoded):
    """Each of the theme's colours, flat, decodes to within two levels of itself."""
    pixels, places = swatches(theme)
    with av.open(str(encoded([(pixels, 5)], kind, tmp_path))) as film:
        frame = next(film.decode(video=0))
        levels = planes(frame)

    for row, column in places.values():
        shown = as_seen(int(levels[0][row, column]), *(int(plane[row // 2, column // 2]) for plane in levels[1:]))
        assert np.abs(shown - pixels[row, column, :3]).max() <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_film_says_which_colours_it_means(kind, tmp_path, ball_film, encoded):
    """Primaries, transfer and matrix are tagged BT.709 (1), the range limited (1)."""
    with av.open(str(encoded(ball_film, kind, tmp_path))) as film:
        frame = next(film.decode(video=0))

        assert (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range) == (1, 1, 1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_piece_begins_with_a_picture_of_its_own(kind, ball_film, tmp_path, encoded):
    """A player can start at every piece: its first packet needs no earlier one."""
    encoded(ball_film, kind, tmp_path, 3)
    for part in range(3):
        with av.open(str(tmp_path / f"{part}.{kind}")) as film:
            assert next(film.demux(video=0)).is_keyframe


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_encoded_from_a_store_is_the_same_file(kind, ball_film, stores_of, tmp_path, encoded):
    """What the encoder is told is new (a rectangle) makes the same bytes as all of each picture."""
    spec = RenderSpec("parabola", width=96, height=64, fps=20)
    (store,) = stores_of(ball_film)
    sink = VideoSink(tmp_path / "store", spec, encoding(kind, spec))
    for pixels, area, frames in read_store(store):
        sink.write(pixels, [area] if area else [], frames)
    sink.close()
    encoded(ball_film, kind, tmp_path)

    assert (tmp_path / "store").read_bytes() == (tmp_path / f"0.{kind}").read_bytes()


def no_repeats(packets, parameter_sets, count):
    """A codec's repeats that fit for a while, and then do not."""
    yield b"never to be seen"
    raise ValueError("repeats are written for other streams")


@pytest.mark.parametrize("kind", KINDS)
def test_where_a_repeat_does_not_fit_the_encoder_goes_on(kind, tmp_path, monkeypatch, encoded):
    """Each frame of the film is there at its time, and the last picture stays to its end, in any piece."""
    monkeypatch.setitem(video.REPEATS, encoding(kind, RenderSpec("parabola")).codec, no_repeats)
    shots = [(np.roll(swatches("dark")[0], 8 * step, axis=1), 40 if step in (7, 15) else 1) for step in range(16)]
    path = encoded(shots, kind, tmp_path, 2)
    with av.open(str(path)) as film:
        frames = [(frame.time, frame.to_ndarray(format="rgb24")) for frame in film.decode(video=0)]

    pictures = [pixels for pixels, count in shots for _ in range(count)]
    np.testing.assert_allclose([time for time, _ in frames], np.arange(len(pictures)) / 20, atol=1e-3)
    for (_, frame), pixels in zip(frames, pictures):
        assert np.abs(frame.astype(int) - pixels[..., :3]).mean() < 8


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_without_repeats_is_the_encoders_alone(kind, tmp_path, monkeypatch, encoded):
    """With --no-repeats each frame of a rest is asked of the encoder: the film is as long, and has no repeat."""
    shots = [(swatches("dark")[0], 60)]
    (tmp_path / "repeated").mkdir()
    repeated = sizes(encoded(shots, kind, tmp_path / "repeated"))
    monkeypatch.setitem(video.REPEATS, encoding(kind, RenderSpec("parabola")).codec, None)
    plain = sizes(encoded(shots, kind, tmp_path, repeats=False))

    assert len(plain) == len(repeated) == 60
    assert plain[-30:] != repeated[-30:]


def sizes(path: Path) -> list[int]:
    """The bytes of each packet."""
    with av.open(str(path)) as film:
        return [packet.size for packet in film.demux(video=0) if packet.pts is not None]
