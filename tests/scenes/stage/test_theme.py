"""The colours: read on their ground, and told apart, also by colour-blind viewers."""

from itertools import combinations

import numpy as np
import pytest

from scenes.script.concepts import MOST_RUNS, run_concept
from scenes.stage.theme import THEMES, along, blended

CONCEPTS = ("ball", "slope", "step", "loss", "minimum", "rate")
# Linear light as protanopes and deuteranopes see it (Machado, Oliveira and Fernandes, 2009, severity 1).
SIGHTS = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
# sRGB's linear light -> CIE XYZ (IEC 61966-2-1).
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def light(colour):
    """`#rrggbb` -> linear red, green and blue (3,)."""
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(colour, sight):
    """`#rrggbb` through a sight (3, 3) -> CIE L*, a*, b* (3,)."""
    share = XYZ @ np.clip(sight @ light(colour), 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one, other):
    """The ratio of two colours' luminances, as WCAG 2 counts it."""
    dark, bright = sorted(float(XYZ[1] @ light(colour)) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def nearest(colours, sight):
    """The least CIE 1976 distance between any two of the colours."""
    return min(np.linalg.norm(lab(one, sight) - lab(other, sight)) for one, other in combinations(colours, 2))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_are_read_and_marks_are_seen(theme):
    """Ink and grey are read on their ground (4.5), concepts and rates stand out from it (3, or 2.5 for the ball)."""
    assert min(contrast(theme.ink, theme.background), contrast(theme.muted, theme.background)) > 4.5
    for concept in CONCEPTS:
        assert contrast(theme.concept(concept), theme.background) > (2.5 if concept == "ball" else 3), concept
    assert min(contrast(shade, theme.background) for shade in theme.rates) > 3


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_rates_are_told_apart(theme, sight):
    """Any two shades of rates differ by 20 and more, for colour-blind viewers too."""
    assert nearest(theme.rates, sight) > 20


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_rate_is_taken_for_no_concept(theme):
    """A shade of a rate is far from the colours of what stands in the picture beside it."""
    for shade in theme.rates:
        for concept in ("ball", "step", "minimum", "rate", "loss"):
            assert nearest((shade, theme.concept(concept)), np.eye(3)) > 20, (shade, concept)


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_concepts_are_told_apart(theme, sight):
    """Any two concepts differ by 15 and more, for colour-blind viewers too."""
    assert nearest([theme.concept(concept) for concept in CONCEPTS], sight) > 15


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_each_run_has_a_colour_of_its_own(theme):
    """Of two to six runs each wears its own shade; one alone wears the concept that it is."""
    for count in range(2, MOST_RUNS + 1):
        worn = [theme.concept(run_concept(index, count)) for index in range(count)]
        assert worn == list(theme.rates[:count])
    assert theme.concept(run_concept(0, 1)) == theme.ball
    assert theme.concept(run_concept(0, 1, alone="rate")) == theme.rate


def test_a_blend_is_a_share_of_the_way():
    """A share of the way from one colour to another; of several colours, each is at its own share."""
    assert blended("#000000", "#ff8000", 0.0) == "#000000"
    assert blended("#000000", "#ff8000", 0.25) == "#402000"
    assert blended("#000000", "#ff8000", 1.0) == "#ff8000"

    ramp = ("#000000", "#ff8000", "#ffffff")
    assert [along(ramp, share) for share in (-1.0, 0.0, 0.5, 1.0, 2.0)] == ["#000000", *ramp, "#ffffff"]
    assert along(ramp, 0.25) == blended(*ramp[:2], 0.5)
