"""Where a network's nodes and edges are in a box. Nothing is drawn here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim.neural import FEATURES
from gdsim.objective import Array
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.parts.panel import panel_boxes

# A node's radius: at most this, and this share of the distance between two.
RADIUS, SHARE = 0.46, 0.36
# Room for letters and results beside the first and the last column, as a share of the box; at most so much.
BESIDE, MOST_BESIDE = 0.15, 1.15
# How far apart the two inputs are: so many times as far as two hidden units, and within these bounds.
APART, NEAREST, FARTHEST = 1.25, 1.4, 2.6
# How far columns move to the left where nodes become pictures, which are wider: as a share of the box.
ROOM = 0.035
# More hidden units than this then move to two sides, by this share of the box.
FEW, STAGGER = 8, 0.075
# The height of the picture next to the hero, as a share of its width.
LOW = 0.78


class Edge(NamedTuple):
    """A connection. weight: its number among all parameters. unit: its hidden unit. feature: its input, or None."""

    weight: int
    unit: int
    feature: int | None


class Places(NamedTuple):
    """Frame points of the nodes: (2, 2), (hidden, 2), (2,).

    radius: of a hidden unit. large: of the others. pitch: between two hidden units.
    staggered: how far many units have moved to two sides, where there is more room for pictures of them.
    """

    inputs: Array
    hidden: Array
    output: Array
    radius: float
    large: float
    pitch: float
    staggered: float

    def ends(self, edge: Edge) -> Array:
        """(2, 2): the nodes of an edge, from its beginning to its end."""
        if edge.feature is None:
            return np.array([self.hidden[edge.unit], self.output])
        return np.array([self.inputs[edge.feature], self.hidden[edge.unit]])

    def between_rims(self, edge: Edge) -> Array:
        """(2, 2): the part of an edge that no node covers."""
        tail, head = self.ends(edge)
        way = (head - tail) / max(float(np.hypot(*(head - tail))), 1e-9)
        first, second = (self.large, self.radius) if edge.feature is not None else (self.radius, self.large)
        return np.array([tail + first * way, head - second * way])

    @property
    def slender(self) -> float:
        """How much narrower lines are in a small picture, or among many."""
        return min(1.0, 0.35 + self.radius / RADIUS)


def placed(box: Box, hidden: int, opened: float) -> Places:
    """A network of so many hidden units in a box. opened: how far its nodes have given way to pictures."""
    beside, pitch = min(BESIDE * box.width, MOST_BESIDE), box.height / hidden
    left, right, middle = box.left + beside, box.right - beside, box.centre[1]
    gap = min(max(APART * pitch, NEAREST), FARTHEST, 0.5 * box.height)
    centre = (left + right) / 2 - ROOM * opened * box.width
    staggered = opened if hidden > FEW else 0.0
    side = STAGGER * staggered * box.width
    row = box.height / (hidden + staggered)  # a picture on a side is twice as high as a row
    top = middle + 0.5 * (hidden - 1) * row
    units = [[centre + side * (-1) ** unit, top - unit * row] for unit in range(hidden)]
    return Places(
        inputs=np.array([[left, middle + gap / 2], [left, middle - gap / 2]]),
        hidden=np.array(units),
        output=np.array([right - 1.6 * ROOM * opened * box.width, middle]),
        radius=min(RADIUS, SHARE * pitch, 0.12 * box.height),
        large=min(RADIUS, SHARE * gap, 0.12 * box.height),
        pitch=row,
        staggered=staggered,
    )


def edges_of(hidden: int) -> list[Edge]:
    """All connections, those from the inputs first."""
    first = [Edge(FEATURES * unit + feature, unit, feature) for unit in range(hidden) for feature in range(FEATURES)]
    return first + [Edge((FEATURES + 1) * hidden + unit, unit, None) for unit in range(hidden)]


def network_boxes(composition: Composition) -> tuple[Box, Box]:
    """The aside's two boxes: for the picture that is not the hero, and for the chart."""
    small, chart = panel_boxes(composition)
    if not composition.wide:
        return small, chart
    small = Box(small.left, small.top - LOW * small.width, small.right, small.top)
    return small, Box(chart.left, chart.bottom, chart.right, small.bottom - 0.3)
