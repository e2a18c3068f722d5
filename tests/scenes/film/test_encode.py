"""Encoded films: every frame there, colours right, pieces joined as they are, the index in front."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.encode import Picture, VideoSink, encoding, join
from scenes.film.pieces import Piece
from scenes.film.reel import Area, read_reel
from scenes.film.spec import RenderSpec
from scenes.stage.theme import THEMES

KINDS = ("mp4", "webm")


def planes(frame: av.VideoFrame) -> list[np.ndarray]:
    """The pixels of each plane, without what pads its lines."""
    views = [np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size) for plane in frame.planes]
    return [view[: plane.height, : plane.width].copy() for view, plane in zip(views, frame.planes)]


@given(st.data())
def test_converting_what_is_new_is_converting_the_whole(data):
    """After any changes in any areas the picture is, to the bit, what converting all of it gives."""
    width, height = 2 * data.draw(st.integers(8, 70)), 2 * data.draw(st.integers(8, 50))
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    pixels = generator.integers(0, 256, (height, width, 4), dtype=np.uint8)
    picture = Picture(width, height)
    picture.update(pixels, Area(0, 0, height, width))
    for _ in range(data.draw(st.integers(1, 3))):
        top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        area = Area(top, left, data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width)))
        pixels[area.part] = generator.integers(0, 256, pixels[area.part].shape, dtype=np.uint8)
        picture.update(pixels, area)
    whole = av.VideoFrame.from_ndarray(pixels, format="rgba")
    whole = whole.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)

    for ours, expected in zip(planes(picture.frame), planes(whole), strict=True):
        assert np.array_equal(ours, expected)


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


def film_of(shots, kind: str, folder: Path, cuts: int = 1, fps: int = 20) -> Path:
    """The shots encoded in `cuts` pieces and joined."""
    height, width = shots[0][0].shape[:2]
    spec = RenderSpec("parabola", width=width, height=height, fps=fps)
    settings = encoding(kind, spec)
    paths, pieces, start = [], [], 0
    for part in range(cuts):
        own = shots[len(shots) * part // cuts : len(shots) * (part + 1) // cuts]
        paths.append(folder / f"{part}.{kind}")
        sink = VideoSink(paths[-1], spec, settings)
        for pixels, frames in own:
            sink.write(pixels, [Area(0, 0, height, width)], frames)
        sink.close()
        pieces.append(Piece(part, 0, part, start, sum(frames for _, frames in own)))
        start = pieces[-1].end
    target = folder / f"film.{kind}"
    join(paths, pieces, fps, target, settings)
    return target


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_the_theme_survive(kind, theme, tmp_path):
    """Each of the theme's colours, flat, decodes to within two levels of itself."""
    pixels, places = swatches(theme)
    with av.open(str(film_of([(pixels, 5)], kind, tmp_path))) as film:
        frame = next(film.decode(video=0))
        levels = planes(frame)

    for row, column in places.values():
        shown = as_seen(int(levels[0][row, column]), *(int(plane[row // 2, column // 2]) for plane in levels[1:]))
        assert np.abs(shown - pixels[row, column, :3]).max() <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_film_says_which_colours_it_means(kind, tmp_path, ball_film):
    """Primaries, transfer and matrix are tagged BT.709 (1), the range limited (1)."""
    with av.open(str(film_of(ball_film, kind, tmp_path))) as film:
        frame = next(film.decode(video=0))

        assert (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range) == (1, 1, 1, 1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cuts", [1, 4])
def test_a_joined_film_has_every_frame_in_its_place(kind, cuts, ball_film, tmp_path):
    """Frame n of the film is shown from n/fps on and looks like frame n of the pictures."""
    frames = [pixels for pixels, count in ball_film for _ in range(count)]
    with av.open(str(film_of(ball_film, kind, tmp_path, cuts))) as film:
        seconds = film.duration / 1_000_000
        shown = [(float(frame.time), frame.to_ndarray(format="rgb24")) for frame in film.decode(video=0)]

    assert [time for time, _ in shown] == pytest.approx([index / 20 for index in range(len(frames))], abs=0.001)
    assert seconds == pytest.approx(len(frames) / 20, abs=1 / 20)
    for (_, pixels), expected in zip(shown, frames, strict=True):
        assert np.abs(pixels.astype(float) - expected[..., :3]).mean() < 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_pieces_of_any_length_are_joined(kind, seed, ball_film, tmp_path):
    """Pieces of one frame, of two, of many, moving or at rest: each frame is decoded and shown after the one before."""
    generator = np.random.default_rng(seed)
    spec = RenderSpec("parabola", width=ball_film[0][0].shape[1], height=ball_film[0][0].shape[0], fps=10)
    paths, pieces, start = [], [], 0
    for part in range(9):
        paths.append(tmp_path / f"{part}.{kind}")
        sink, frames = VideoSink(paths[-1], spec, encoding(kind, spec)), 0
        for _ in range(generator.integers(1, 5)):
            pixels, stays = ball_film[generator.integers(len(ball_film))][0], int(generator.choice([1, 1, 1, 2, 30]))
            sink.write(pixels, [Area(0, 0, spec.height, spec.width)], stays)
            frames += stays
        sink.close()
        pieces.append(Piece(part, part, 0, start, frames))
        start += frames
    join(paths, pieces, 10, tmp_path / f"film.{kind}", encoding(kind, spec))

    with av.open(str(tmp_path / f"film.{kind}")) as film:
        packets = [packet for packet in film.demux(video=0) if packet.dts is not None]
        decoded = [float(packet.dts * packet.time_base) for packet in packets]
        assert len(packets) == start
        assert all(one < other for one, other in pairwise(decoded))
    with av.open(str(tmp_path / f"film.{kind}")) as film:
        times = [frame.time for frame in film.decode(video=0)]
    assert times == pytest.approx([index / 10 for index in range(start)], abs=0.001)


def test_the_films_head_tells_its_colours(ball_film, tmp_path):
    """Players that do not ask the stream find BT.709 in the head of the MP4 (ISO/IEC 14496-12, colr of kind nclx)."""
    content = film_of(ball_film, "mp4", tmp_path, 3).read_bytes()
    _, _, told = content.partition(b"colrnclx")

    assert struct.unpack(">HHHB", told[:7]) == (1, 1, 1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_joining_encodes_nothing(kind, ball_film, tmp_path):
    """The film's packets are the pieces' packets, byte for byte, in their order."""
    target = film_of(ball_film, kind, tmp_path, 3)

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as film:
            return [bytes(packet) for packet in film.demux(video=0) if packet.dts is not None]

    assert packets(target) == [packet for part in range(3) for packet in packets(tmp_path / f"{part}.{kind}")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_piece_begins_with_a_picture_of_its_own(kind, ball_film, tmp_path):
    """A player can start at every piece: its first packet needs no earlier one."""
    film_of(ball_film, kind, tmp_path, 3)
    for part in range(3):
        with av.open(str(tmp_path / f"{part}.{kind}")) as film:
            assert next(film.demux(video=0)).is_keyframe


def test_an_mp4_can_be_shown_while_it_is_loaded(ball_film, tmp_path):
    """The index (moov) stands before the pictures (mdat)."""
    content = film_of(ball_film, "mp4", tmp_path, 2).read_bytes()
    order, at = [], 0
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        order.append(content[at + 4 : at + 8])
        at += length

    assert order.index(b"moov") < order.index(b"mdat")


def test_a_gif_is_as_long_as_the_film(ball_film, reels_of, tmp_path, animated):
    """GIF and MP4 of the same frames differ by less than a frame in length."""
    from PIL import Image

    animated(reels_of(ball_film), 20, tmp_path / "film.gif")
    with Image.open(tmp_path / "film.gif") as loop:
        delays = [loop.seek(index) or loop.info["duration"] for index in range(loop.n_frames)]
    with av.open(str(film_of(ball_film, "mp4", tmp_path))) as film:
        assert abs(sum(delays) / 1000 - film.duration / 1_000_000) < 1 / 20


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_encoded_from_a_reel_is_the_same_file(kind, ball_film, reels_of, tmp_path):
    """What the encoder is told is new (a rectangle) makes the same bytes as all of each picture."""
    spec = RenderSpec("parabola", width=96, height=64, fps=20)
    (reel,) = reels_of(ball_film)
    sink = VideoSink(tmp_path / "reel", spec, encoding(kind, spec))
    for pixels, area, frames in read_reel(reel):
        sink.write(pixels, [area] if area else [], frames)
    sink.close()
    film_of(ball_film, kind, tmp_path)

    assert (tmp_path / "reel").read_bytes() == (tmp_path / f"0.{kind}").read_bytes()


@pytest.mark.parametrize(
    ("extensions", "kept_off"),
    [
        ({}, False),
        ({"baseline": ["NEON", "ASIMD"]}, False),
        ({"baseline": ["X86_V2"], "found": ["X86_V3"]}, False),
        ({"baseline": ["X86_V2"], "found": ["X86_V3", "X86_V4"]}, True),
        ({"baseline": ["SSE", "AVX512F"]}, True),
        ({"baseline": ["SSE"], "found": ["AVX2", "AVX512F", "AVX512CD"]}, True),
    ],
    ids=str,
)
def test_x264_keeps_off_avx512_where_there_is_any(extensions, kept_off, monkeypatch):
    """Instructions are named only on a machine that has AVX-512; one of which numpy says nothing is left alone."""
    config = {"SIMD Extensions": extensions} if extensions else {}
    monkeypatch.setattr("scenes.film.encode.np.show_config", lambda mode: config)

    assert ("asm=AVX2" in encoding("mp4", RenderSpec("bowl")).options["x264-params"]) is kept_off
