"""Frame stores: what goes in comes out, and no more is called new than is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scenes.film.frame_store import GAP, Differ, FrameStoreWriter, read_film, read_store


@st.composite
def films(draw):
    """A few pictures of one size, each differing from the last in a random rectangle, or not at all."""
    width, height = draw(st.integers(1, 25)), draw(st.integers(1, 12))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pixels = generator.integers(0, 256, (height, width, 4), dtype=np.uint8)
    shots = [(pixels, draw(st.integers(1, 70_000)))]
    for _ in range(draw(st.integers(0, 5))):
        pixels = pixels.copy()
        top, bottom = sorted(draw(st.tuples(st.integers(0, height), st.integers(0, height))))
        left, right = sorted(draw(st.tuples(st.integers(0, width), st.integers(0, width))))
        pixels[top:bottom, left:right] = generator.integers(0, 256, (bottom - top, right - left, 4), dtype=np.uint8)
        shots.append((pixels, draw(st.integers(1, 3))))
    return shots


def unrolled(shots):
    """One picture a frame."""
    return [pixels for pixels, frames in shots for _ in range(frames)]


@given(films())
def test_a_store_gives_back_every_frame(tmp_path_factory, shots):
    """Random pictures and random changes come back bit for bit, each for as long as it stayed."""
    path = tmp_path_factory.mktemp("store") / "one.store"
    writer, differ = FrameStoreWriter(path, shots[0][0].shape[1], shots[0][0].shape[0]), Differ()
    for pixels, frames in shots:
        writer.write(differ.changed(pixels), frames)
    writer.close()
    back = [(pixels.copy(), frames) for pixels, _, frames in read_store(path)]

    assert sum(frames for _, frames in back) == sum(frames for _, frames in shots)
    back[0] = back[0][0], back[0][1] - shots[0][1] + 1
    assert np.array_equal(unrolled(back), unrolled([(shots[0][0], 1), *shots[1:]]))


@given(films())
def test_what_is_called_new_is_the_smallest_rectangle(shots):
    """Outside the area nothing differs from the picture before; each of its four edges holds a difference."""
    differ = Differ()
    differ.changed(shots[0][0])
    for (before, _), (after, _) in pairwise(shots):
        found = differ.changed(after)
        differs = (before != after).any(axis=-1)

        if found is None:
            assert not differs.any()
            continue
        area, _ = found
        inside = differs[area.part]
        assert inside.sum() == differs.sum()
        assert all(edge.any() for edge in (inside[0], inside[-1], inside[:, 0], inside[:, -1]))


@pytest.mark.parametrize("stores", [1, 2, 5])
def test_a_film_is_the_same_however_it_was_cut(stores, ball_film, stores_of):
    """Frames and their lengths do not depend on where one store ends and the next begins."""
    frames = [pixels.copy() for pixels, _, count in read_film(stores_of(ball_film, stores)) for _ in range(count)]

    assert np.array_equal(frames, [pixels for pixels, count in ball_film for _ in range(count)])


def test_where_stores_meet_only_what_changed_is_new(ball_film, stores_of):
    """The first picture of the second store is whole in its file, and small in the film."""
    areas = [area for _, area, _ in read_film(stores_of(ball_film, 2))]

    assert areas[0].part == (slice(0, 64), slice(0, 96))
    assert all(area is None or (area.bottom - area.top) * (area.right - area.left) < 1500 for area in areas[1:])


def test_a_store_that_goes_on_as_the_last_ended_says_so(stores_of):
    """A held picture that crosses the border of two stores is nothing new."""
    still = np.full((4, 6, 4), 200, np.uint8)

    assert [(area is None, frames) for _, area, frames in read_film(stores_of([(still, 3), (still, 4)], 2))] == [
        (False, 3),
        (True, 4),
    ]


def test_a_file_that_is_no_store_is_refused(tmp_path):
    """Another file is named in one line."""
    other = tmp_path / "film.gif"
    other.write_bytes(b"GIF89a and so on")

    with pytest.raises(RuntimeError, match="holds no frames of ours"):
        next(read_store(other))


@given(arrays(np.uint32, (12, 400), elements=st.sampled_from([0, 0, 0, 7])), st.integers(0, 5))
def test_the_parts_of_a_change_hold_all_of_it(change, gap_start):
    """Every changed pixel lies in a part, each part is as small as can be, and no part touches another."""
    change[:, 100 + 10 * gap_start : 260] = 0
    before = np.zeros((12, 400), np.uint32)
    differ = Differ()
    differ.changed(before.view(np.uint8).reshape(12, 400, 4))
    found = differ.changed((before ^ change).view(np.uint8).reshape(12, 400, 4))

    if found is None:
        assert not change.any()
        return
    left_over = change.copy()
    parts = differ.parts(found)
    for area in parts:
        inside = change[area.part]
        assert inside[0].any()
        assert inside[-1].any()
        assert inside[:, 0].any()
        assert inside[:, -1].any()
        left_over[area.part] = 0
    assert not left_over.any()
    assert all(before.right + GAP <= after.left for before, after in pairwise(parts))
