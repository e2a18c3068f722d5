"""Type: the letters have the size and the place they are given, and are the same on every machine."""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from scenes.script.spans import coloured_spans
from scenes.stage.box import Box
from scenes.stage.marks import Text
from scenes.stage.theme import THEMES
from scenes.stage.type import formula_outline, lines_outline, tinted, words_outline
from scenes.stage.write import placed

DARK = THEMES["dark"]


def words(text: str, size: float, y: float = 0.0, up: float | None = 0.5) -> Text:
    """One line in the middle of the frame."""
    return placed(words_outline(text, DARK.ink), 0.0, y, size, 0.5, up, text, DARK.ink)


def ink(mark: Text, side: int = 400) -> np.ndarray:
    """The drawn pixels (side, side) of a frame that is 8 units wide and high: how much ink each has."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, side, side)
    context = cairo.Context(surface)
    context.set_matrix(cairo.Matrix(side / 8, 0, 0, -side / 8, side / 2, side / 2))
    mark.paint(context)
    return np.ndarray((side, side, 4), np.uint8, surface.get_data())[..., 3].copy()


@pytest.mark.parametrize("text", ["Rolling downhill", "x = −3.058 × 10⁻⁵", "[a_b] *c* #d $e$ @f `g` <h> ~ // ≈ ∞ θ₁"])
def test_ink_stays_in_its_box(text):
    """Every drawn pixel of a line lies in its box, whatever signs the text has."""
    mark = words(text, 0.4)
    rows, columns = np.nonzero(ink(mark))

    left, right = columns.min() / 50 - 4, (columns.max() + 1) / 50 - 4
    bottom, top = 4 - (rows.max() + 1) / 50, 4 - rows.min() / 50
    assert mark.box.holds(Box(left, bottom, right, top), slack=0.06)


def test_every_sign_of_a_text_is_set():
    """Signs that mean something to the typesetter are printed as they are: no width is lost."""
    for sign in "[]#$*_`@<>~/=+-\\":
        assert words_outline(f"a{sign}b", DARK.ink).width > words_outline("ab", DARK.ink).width


def test_words_stand_on_their_baseline():
    """Placed at a height, letters without descenders have their feet there."""
    rows, _ = np.nonzero(ink(words("xHm", 0.8, y=1.0, up=None)))

    assert 4 - (rows.max() + 1) / 50 == pytest.approx(1.0, abs=0.03)


def test_figures_are_equally_wide():
    """Numbers do not jump while they count: all figures have one width."""
    widths = {round(words_outline(figure * 8, DARK.ink).width, 6) for figure in "0123456789"}

    assert len(widths) == 1


def test_a_concept_wears_its_colour():
    """`[10](slope)` is drawn in the slope's colour, the rest in ink."""
    outline = lines_outline([coloured_spans("The slope is [10](slope).")], DARK)

    shades = {tuple(round(255 * part) for part in shape.colour) for shape in outline.shapes}
    expected = {tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (DARK.ink, DARK.slope)}
    assert shades == expected


def test_tinted_mathematics_has_two_colours():
    """A piece of a formula may have a colour of its own."""
    shades = {shape.colour for shape in formula_outline(f"x - {tinted('alpha', DARK.rate)} x", DARK.ink).shapes}

    assert len(shades) == 2
