"""See-through films: alpha and colours are right in the files that can hold them."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scenes.film.alpha import rgba, straight
from scenes.film.frame_store import Area
from scenes.film.picture import Picture
from scenes.film.render import render
from scenes.spec import RenderSpec
from scenes.stage.theme import THEMES

GROUND = rgba(THEMES["dark"].background)


@given(st.integers(0, 2**32 - 1))
def test_colours_are_divided_by_their_alpha(seed):
    """Multiplying back gives cairo's own numbers, at every alpha; where nothing is seen stands the ground."""
    generator = np.random.default_rng(seed)
    alpha = generator.integers(0, 256, (20, 20, 1))
    seen = np.rint(generator.integers(0, 256, (20, 20, 3)) * alpha / 255)
    pixels = np.concatenate([seen, alpha], axis=2).astype(np.uint8)
    found = straight(pixels, GROUND)

    assert np.array_equal(found[..., 3:], alpha)
    assert np.abs(found[..., :3] * (alpha / 255) - seen).max() <= 0.5
    assert (found[alpha[..., 0] == 0] == GROUND).all()


@given(st.data())
def test_the_alpha_plane_follows_what_is_new(data):
    """After any changes in any areas the plane holds the picture's alpha, and nothing else."""
    width, height = 2 * data.draw(st.integers(8, 50)), 2 * data.draw(st.integers(8, 50))
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    pixels = generator.integers(0, 256, (height, width, 4), dtype=np.uint8)
    picture = Picture(width, height, "yuva420p")
    picture.update(pixels, Area(0, 0, height, width))
    top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    area = Area(top, left, data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width)))
    pixels[area.part] = generator.integers(0, 256, pixels[area.part].shape, dtype=np.uint8)
    picture.update(pixels, area)
    plane = picture.frame.planes[3]
    found = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:height, :width]

    assert np.array_equal(found, pixels[..., 3])


def decoded(path: Path) -> list[np.ndarray]:
    """RGBA pictures by libvpx, which minds the alpha (libav's own decoder of VP9 does not)."""
    decoder, frames = av.CodecContext.create("libvpx-vp9", "r"), []
    with av.open(str(path)) as film:
        for packet in film.demux(video=0):
            if packet.size:
                frames += [frame.reformat(format="rgba").to_ndarray() for frame in decoder.decode(packet)]
    return frames


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> dict[str, Path]:
    """The same loop three times: opaque, and see-through in both kinds of file."""
    folder = tmp_path_factory.mktemp("clear")
    words = {"width": 480, "height": 270, "fps": 10, "cut": "loop", "steps": 4}
    paths = {name: folder / name for name in ("opaque.webm", "clear.webm", "clear.webp")}
    render(RenderSpec("parabola", **words), [paths["opaque.webm"]], lambda frames: None)
    clear = RenderSpec("parabola", **words, transparent=True)
    render(clear, [paths["clear.webm"], paths["clear.webp"]], lambda frames: None)
    return paths


def on_ground(pixels: np.ndarray) -> np.ndarray:
    """RGBA laid over the theme's ground: RGB."""
    alpha = pixels[..., 3:] / 255
    return pixels[..., :3] * alpha + GROUND[:3] * (1 - alpha)


def test_over_its_own_ground_it_is_the_opaque_film(films):
    """Every frame, laid over the theme's ground, looks like the opaque film's."""
    clear, opaque = decoded(films["clear.webm"]), decoded(films["opaque.webm"])

    for ours, expected in zip(clear, opaque, strict=True):
        assert np.abs(on_ground(ours) - expected[..., :3]).mean() < 1.5


def test_the_ground_is_see_through_and_the_ball_is_not(films):
    """Alpha is 0 in the corners and 255 all over the ball, whose pixels have the ball's colour."""
    ball = np.array([*bytes.fromhex(THEMES["dark"].ball[1:])])
    frames = decoded(films["clear.webm"])
    middle = frames[len(frames) // 2]  # near the loop's ends the ball fades
    yellow = np.abs(middle[..., :3].astype(int) - ball).max(axis=-1) < 40

    assert all(frame[[0, 0, -1, -1], [0, -1, 0, -1], 3].tolist() == [0, 0, 0, 0] for frame in frames)
    assert (yellow & (middle[..., 3] == 255)).sum() > 30
    assert (middle[..., 3][yellow] > 0).mean() > 0.95


def test_webp_and_webm_show_the_same(films):
    """The lossless WebP agrees with the WebM: the same alpha to a few levels, the same colours where they are seen."""
    shown = []
    with Image.open(films["clear.webp"]) as film:
        for index in range(film.n_frames):
            film.seek(index)
            film.load()
            shown += [np.asarray(film.convert("RGBA"))] * round(film.info["duration"] / 100)

    for ours, expected in zip(decoded(films["clear.webm"]), shown, strict=True):
        assert np.abs(ours[..., 3].astype(int) - expected[..., 3]).mean() < 1.5
        assert np.abs(on_ground(ours) - on_ground(expected)).mean() < 1.5


@pytest.mark.parametrize("cut", ["loop", "full"])
def test_a_browser_is_told_of_the_alpha(cut, tmp_path):
    """The track says that it has an alpha channel, in the joined film and in the one with captions and chapters."""
    spec = RenderSpec("parabola", width=160, height=160, fps=10, cut=cut, steps=1, transparent=True)
    render(spec, [tmp_path / "film.webm"], lambda frames: None)

    with av.open(str(tmp_path / "film.webm")) as film:
        assert film.streams.video[0].metadata["ALPHA_MODE"] == "1"
    assert min(frame[0, 0, 3] for frame in decoded(tmp_path / "film.webm")) == 0
