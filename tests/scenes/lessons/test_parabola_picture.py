"""What the parabola's film draws: arrows, triangles and the dial, measured against the run."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.stage.area_marks import Disc
from scenes.stage.marks import Text

from .truth import Film, axes, read


def frames_in_which(film: Film, **channels: float) -> list[int]:
    """The frames in which the arrow is shown and its channels have these values."""
    return [
        frame
        for frame in range(film.frames)
        if film.timeline.value(("arrow", "shown"), frame)[0] == 1
        and all(film.timeline.value(("arrow", name), frame)[0] == value for name, value in channels.items())
    ]


@pytest.mark.parametrize("words", [{}, {"learning_rate": 0.9}, {"start": (-2.0,)}], ids=["default", "0.9", "left"])
def test_the_arrow_is_the_slope_then_its_opposite(words):
    """Drawn out, it is as long as the slope and points uphill; turned, it is as long and points downhill."""
    film = Film("parabola", **words)
    slope, checked = film.runs[0].gradients[0, 0], 0
    for turned, sign in ((0, 1), (1, -1)):
        for frame in frames_in_which(film, grown=1, turned=turned, scaled=0):
            scale = axes(film, frame, 0)
            arrows = [mark for mark in film.stage.marks(frame) if mark.shows and mark.shows.quantity == "slope arrow"]
            for mark in arrows if scale else ():
                assert (mark.head[0] - mark.tail[0]) * scale[1] == pytest.approx(sign * slope, rel=1e-3)
                assert mark.head[1] == pytest.approx(mark.tail[1])
                checked += 1
    assert checked > 10


@pytest.mark.parametrize("words", [{}, {"start": (-2.0,)}, {"function": "exp(x)"}], ids=["default", "left", "exp"])
def test_the_triangles_numbers_are_its_sides(words):
    """The rise is the slope times the run, and the quotient says so: rise ÷ run = slope."""
    film, seen = Film("parabola", **words), set()
    slope = film.runs[0].gradients[0, 0]
    for frame in range(film.frames):
        told = {mark.shows.quantity: mark.text for mark in film.stage.words(frame) if mark.shows and mark.opacity == 1}
        if {"run", "rise"} <= told.keys():
            (run, _), (rise, slack) = read(told["run"]), read(told["rise"])
            assert abs(rise - slope * run) <= slack
            seen.add("rise")
        for text in (mark.text for mark in film.stage.words(frame) if "÷" in mark.text):
            over, _, rest = text.partition(" ÷ ")
            under, _, whole = rest.partition(" = ")
            assert read(over)[0] / read(under)[0] == pytest.approx(read(whole)[0], rel=0.06)
            assert abs(read(whole)[0] - slope) <= read(whole)[1]
            seen.add("quotient")
    assert "rise" in seen
    assert "quotient" in seen or words


@pytest.mark.parametrize("rate", [None, 0.003, 0.9])
def test_the_dials_knob_stands_at_its_rate(rate):
    """Between the numbers of two powers of ten, in proportion to the rate's logarithm."""
    film = Film("parabola", learning_rate=rate)
    dial, checked = film.stage.part("dial"), 0
    for frame in film.ends():
        if film.timeline.value(("dial", "shown"), frame)[0] < 1:
            continue
        marks = [mark for name, mark in film.stage.named(frame) if name == dial.name]
        decades = [
            (np.log10(read(mark.text)[0]), mark.box.centre[0])
            for mark in marks
            if isinstance(mark, Text) and mark.shows is None
        ]
        (knob,) = (mark for mark in marks if isinstance(mark, Disc))
        power, offset = np.polyfit(*zip(*decades), 1)
        assert knob.centre[0] == pytest.approx(offset + power * np.log10(film.runs[0].learning_rates[0]), abs=0.03)
        checked += 1
    assert checked > 0
