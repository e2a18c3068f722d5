"""Type: the letters have the size and the place they are given, and are the same on every machine."""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from scenes.script.spans import coloured_spans
from scenes.stage.box import Box
from scenes.stage.theme import THEMES
from scenes.stage.type import NOTHING, Type, formula, lines, tinted, words, words_outline

DARK = THEMES["dark"]


def ink(type_: Type, side: int = 400) -> np.ndarray:
    """The drawn pixels (side, side) of a frame that is 8 units wide and high: how much ink each has."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, side, side)
    context = cairo.Context(surface)
    context.set_matrix(cairo.Matrix(side / 8, 0, 0, -side / 8, side / 2, side / 2))
    context.translate(*type_.points[0, :2])
    type_.paint(context, None)
    return np.ndarray((side, side, 4), np.uint8, surface.get_data())[..., 3].copy()


@pytest.mark.parametrize("text", ["Rolling downhill", "x = −3.058 × 10⁻⁵", "[a_b] *c* #d $e$ @f `g` <h> ~ // ≈ ∞ θ₁"])
def test_ink_stays_in_its_box(text):
    """Every drawn pixel of a line lies in the type's box, whatever signs the text has."""
    type_ = words(text, 0.4, DARK.ink).at(0, 0, 0.5, 0.5)
    rows, columns = np.nonzero(ink(type_))

    left, right = columns.min() / 50 - 4, (columns.max() + 1) / 50 - 4
    bottom, top = 4 - (rows.max() + 1) / 50, 4 - rows.min() / 50
    assert type_.box.holds(Box(left, bottom, right, top), slack=0.06)


def test_every_sign_of_a_text_is_set():
    """Signs that mean something to the typesetter are printed as they are: no width is lost."""
    for sign in "[]#$*_`@<>~/=+-\\":
        assert words(f"a{sign}b", 1.0, DARK.ink).outline.width > words("ab", 1.0, DARK.ink).outline.width


def test_words_stand_on_their_baseline():
    """Placed at a height, letters without descenders have their feet there."""
    rows, _ = np.nonzero(ink(words("xHm", 0.8, DARK.ink).at(0, 1.0)))

    assert 4 - (rows.max() + 1) / 50 == pytest.approx(1.0, abs=0.03)


def test_figures_are_equally_wide():
    """Numbers do not jump while they count: all figures have one width."""
    widths = {round(words_outline(figure * 8, DARK.ink).width, 6) for figure in "0123456789"}

    assert len(widths) == 1


def test_a_concept_wears_its_colour():
    """`[10](slope)` is drawn in the slope's colour, the rest in ink."""
    type_ = lines([coloured_spans("The slope is [10](slope).")], 0.4, DARK)

    shades = {tuple(round(255 * part) for part in shape.colour) for shape in type_.outline.shapes}
    expected = {tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (DARK.ink, DARK.slope)}
    assert shades == expected


def test_type_that_is_too_wide_shrinks():
    """`widest` and `fit` keep a long formula inside its place."""
    wide = formula("x <- x - alpha f'(x) + sqrt(x^2 + theta_1 / 2)", 0.6, DARK.ink)
    wide.widest = 2.0
    assert wide.at(0, 0).box.width <= 2.0 + 1e-9

    place = Box(-1, -0.2, 1, 0.2)
    assert place.holds(words("a rather long line of words", 0.6, DARK.ink).fit(place).box, slack=1e-6)


def test_another_text_stays_at_its_place():
    """`say` keeps the anchor: right-aligned numbers stay right-aligned."""
    type_ = words("1", 0.4, DARK.ink).at(2.0, 1.0, 1.0, 0.5)
    type_.say(words_outline("1000", DARK.ink))

    assert type_.box.right == pytest.approx(2.0)
    assert type_.say(NOTHING).box.width == 0


def test_tinted_mathematics_has_two_colours():
    """A piece of a formula may have a colour of its own."""
    shades = {shape.colour for shape in formula(f"x - {tinted('alpha', DARK.rate)} x", 0.5, DARK.ink).outline.shapes}

    assert len(shades) == 2
