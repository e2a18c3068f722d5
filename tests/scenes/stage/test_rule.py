"""The rule is large enough to read, whichever the method, and inside its box."""

import pytest

from gdsim.methods import OPTIMISERS
from scenes.stage.layout import layout
from scenes.stage.panel import SMALLEST
from scenes.stage.rule import LETTERS, Rule, broken, in_colours, widest
from scenes.stage.theme import THEMES
from scenes.stage.type import Type, formula_outline

THEME = THEMES["dark"]
SIZES = {"wide": (1280, 720), "tall": (720, 1280), "square": (720, 720)}
FIGURES = '("0.132", "0.176") arrow.r ("0.106", "0.141")'


@pytest.mark.parametrize("method", OPTIMISERS)
@pytest.mark.parametrize("shape", SIZES)
def test_every_method_is_read(method, shape):
    """No method's rule is set smaller than the smallest type there is, nor wider than its box."""
    places = layout(*SIZES[shape], "full")
    rule = Rule(OPTIMISERS[method].formula, FIGURES, places, THEME, "bold(x)", 0.0 if shape == "wide" else 3.0)

    assert rule.letters.size >= SMALLEST
    assert rule.letters.box.width <= places.formula.width + 1e-6


@pytest.mark.parametrize("method", ["gradient-descent", "adam", "adadelta", "nadam"])
@pytest.mark.parametrize("shape", SIZES)
def test_letters_figures_and_name_share_the_box_without_meeting(method, shape):
    """In the layout that makes room for it, nothing of the rule leaves its box or lies over another part."""
    wide = shape == "wide"
    label = Type(formula_outline("f(x) = (x - 3)^2", "#ffffff"), 0.4)
    rule = Rule(
        OPTIMISERS[method].formula, FIGURES, layout(*SIZES[shape], "full"), THEME, "x", 0.0 if wide else label.box.width
    )
    places = layout(*SIZES[shape], "full").with_formula(rule.height(0.0 if wide else label.box.height))
    rule.stand(places.formula, None if wide else label)
    parts = [rule.letters.box, *([] if rule.silent else [rule.figures.box]), *([] if wide else [label.box])]

    for index, part in enumerate(parts):
        assert places.formula.holds(part, 1e-6)
        assert not any(part.meets(other) for other in parts[index + 1 :])


def test_a_short_rule_stays_on_one_line():
    """What fits at full size is not broken."""
    outline, size = broken("x - alpha g, quad b", 4.3, 1.3, "#ffffff")

    assert size == LETTERS
    assert outline.height < 1.2


def test_a_long_rule_is_larger_in_two_lines():
    """Adam's rule is broken before its long term and gains by it."""
    source = in_colours(OPTIMISERS["adam"].formula, THEME, "x")
    in_one = 4.3 / formula_outline(source, "#ffffff").width
    _, size = broken(OPTIMISERS["adam"].formula, 4.3, 1.3, "#ffffff", lambda text: in_colours(text, THEME, "x"))

    assert size > 1.1 * in_one


def test_rate_and_slope_wear_their_colours():
    """α and g have their concepts' colours, x the name of the point; μ and the words in quotes are left alone."""
    source = in_colours("b <- mu b + g, quad x <- x - alpha b", THEME, "bold(theta)")

    assert source.count(THEME.rate) == source.count(THEME.slope) == 1
    assert source.count("bold(theta)") == 2


def test_the_widest_line_is_not_the_longest_source():
    """Lines are compared as they are set: a column is as wide as its wider number."""
    column, line = 'vec("11111", "11111")', '"1.11" + "2.2222"'

    assert len(column) > len(line)
    assert widest([column, line], "#ffffff") == line


def test_figures_keep_their_size():
    """Shorter figures are set as large as the longest."""
    rule = Rule("x", FIGURES, layout(1280, 720, "full"), THEME)
    before = rule.figures.size
    rule.say('("1", "2") arrow.r ("3", "4")')

    assert rule.figures.size == before
