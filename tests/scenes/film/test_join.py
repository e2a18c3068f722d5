"""Joined films: every frame there, pieces as they are, the index in front."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.film.encoding import encoding
from scenes.film.frame_store import Area
from scenes.film.join import join
from scenes.film.pieces import Piece
from scenes.film.video import VideoSink
from scenes.spec import RenderSpec

KINDS = ("mp4", "webm")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cuts", [1, 4])
def test_a_joined_film_has_every_frame_in_its_place(kind, cuts, ball_film, tmp_path, encoded):
    """Frame n of the film is shown from n/fps on and looks like frame n of the pictures."""
    frames = [pixels for pixels, count in ball_film for _ in range(count)]
    with av.open(str(encoded(ball_film, kind, tmp_path, cuts))) as film:
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


def test_the_films_head_tells_its_colours(ball_film, tmp_path, encoded):
    """Players that do not ask the stream find BT.709 in the head of the MP4 (ISO/IEC 14496-12, colr of kind nclx)."""
    content = encoded(ball_film, "mp4", tmp_path, 3).read_bytes()
    _, _, told = content.partition(b"colrnclx")

    assert struct.unpack(">HHHB", told[:7]) == (1, 1, 1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_joining_encodes_nothing(kind, ball_film, tmp_path, encoded):
    """The film's packets are the pieces' packets, byte for byte, in their order."""
    target = encoded(ball_film, kind, tmp_path, 3)

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as film:
            return [bytes(packet) for packet in film.demux(video=0) if packet.dts is not None]

    assert packets(target) == [packet for part in range(3) for packet in packets(tmp_path / f"{part}.{kind}")]


def test_an_mp4_can_be_shown_while_it_is_loaded(ball_film, tmp_path, encoded):
    """The index (moov) stands before the pictures (mdat)."""
    content = encoded(ball_film, "mp4", tmp_path, 2).read_bytes()
    order, at = [], 0
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        order.append(content[at + 4 : at + 8])
        at += length

    assert order.index(b"moov") < order.index(b"mdat")


def test_a_gif_is_as_long_as_the_film(ball_film, stores_of, tmp_path, animated, encoded):
    """GIF and MP4 of the same frames differ by less than a frame in length."""
    from PIL import Image

    animated(stores_of(ball_film), 20, tmp_path / "film.gif")
    with Image.open(tmp_path / "film.gif") as loop:
        delays = [loop.seek(index) or loop.info["duration"] for index in range(loop.n_frames)]
    with av.open(str(encoded(ball_film, "mp4", tmp_path))) as film:
        assert abs(sum(delays) / 1000 - film.duration / 1_000_000) < 1 / 20
