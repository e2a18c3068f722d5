"""The diagram of a network with two inputs, hidden units and one output, as the hero or in a box next to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

import numpy as np

from gdsim.neural import Forward, forward
from gdsim.objective import Array
from scenes.planned_network import NetworkRuns
from scenes.script.language import ENGLISH
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.answers import answer_colour
from scenes.stage.parts.decision import Classifier
from scenes.stage.parts.network_layout import Places, edges_of, placed
from scenes.stage.parts.panel import Panel, between
from scenes.stage.theme import blended
from scenes.stage.write import LEAST, SMALLEST, Setting

# Widths of edges: of a weight of zero, and how much wider the largest is; and of one whose weight is not shown.
THINNEST, WIDER, PLAIN = 1.4, 9.0, 2.0
# How much of an answer's colour a node at full activation has.
GLOW = 0.7
DIMMED = 0.8
LETTER, NUMBER = 0.42, 0.3
NAMES = ("grown", "weighed", "fed", "forward", "focus", "opened", "edges.pulse")


class Node(NamedTuple):
    """A node in a frame. value: its number. glow: from −1 to 1. arrived: how far that has come. kept: in focus.

    shown: how much of the node is there. shows: what the number stands for.
    """

    place: Array
    radius: float
    value: float
    glow: float
    arrived: float
    kept: bool
    shown: float
    shows: Shows


class Network(Part):
    """Nodes and edges. An edge is as wide as its weight is large, in the colour of the answer that it pulls towards.

    grown: how much of it is there: 1 with the hidden units, 2 with the output. weighed: whether edges show weights.
    fed: whether the followed row is in it. forward: how far that has come: 1 at the hidden units, 2 at the output.
    focus: how far all fades but the path from the followed weight to the output. opened: how far its nodes have given
    way to pictures of what they see. Element `edges` pulses.
    """

    channels: ClassVar[Mapping[str, Channel]] = dict.fromkeys(NAMES, STILL)

    def __init__(
        self,
        setting: Setting,
        leader: Panel,
        small: Box,
        classifier: Classifier,
        runs: NetworkRuns,
        name: str = "network",
    ) -> None:
        super().__init__(name)
        self.setting, self.leader, self.small, self.classifier, self.runs = setting, leader, small, classifier, runs
        self.edges = edges_of(runs.hidden)
        weights = np.abs(np.nan_to_num(runs.main.points[:, [edge.weight for edge in self.edges]]))
        self.largest = max(float(weights.max()), 1e-300)

    def box(self, now: Now) -> Box:
        """Its box in this frame."""
        hero = self.setting.composition.hero(now.of(self.leader, "strip"), now.of(self.leader, "aside"))
        return between(self.small, hero, now.of(self.leader, "swapped"))

    def places(self, now: Now) -> Places:
        """Where its nodes are in this frame."""
        return placed(self.box(now), self.runs.hidden, now.of(self, "opened"))

    def detail(self, now: Now) -> float:
        """How much of letters and numbers is shown: nothing unless it is the hero."""
        return max(0.0, 10 * now.of(self.leader, "swapped") - 9)

    def passed(self, now: Now) -> tuple[Forward, int | None]:
        """The followed row's way through the network with the weights of this frame, and their step."""
        progress, step = self.classifier.instant(now)
        row = self.runs.data.inputs[[self.runs.followed.row]]
        with np.errstate(all="ignore"):
            return forward(self.classifier.parameters(progress), row), step

    def anchor(self, now: Now, element: str) -> Anchor:
        """`error`, `unit`, `input`: the nodes on the followed path; `next`: the edge to the output."""
        places, (_, unit, feature) = self.places(now), self.runs.followed
        spots = {
            "error": places.output,
            "next": (places.hidden[unit] + places.output) / 2,
            "unit": places.hidden[unit],
            "input": places.inputs[feature],
        }
        if element not in spots:
            return super().anchor(now, element)
        x, y = spots[element].tolist()
        return Anchor(x, y, SMALLEST)

    def marks(self, now: Now) -> Iterator[Mark]:
        places = self.places(now)
        yield from self._edges(now, places)
        for node in self._nodes(now, places):
            if node.shown > 0:
                yield from (mark.faded(node.shown) for mark in self._node(now, node))
        yield from (mark.faded(self.detail(now)) for mark in self._letters(now, places))

    def _edges(self, now: Now, places: Places) -> Iterator[Mark]:
        progress, step = self.classifier.instant(now)
        point, theme, (_, unit, feature) = (
            self.classifier.parameters(progress),
            self.setting.theme,
            self.runs.followed,
        )
        grown, weighed = now.of(self, "grown"), now.of(self, "weighed")
        scale = places.slender * (1 + 0.7 * now.of(self, "edges.pulse"))
        for edge in self.edges:
            share = min(1.0, max(0.0, grown - (edge.feature is None)))
            (tail, head), weight = places.ends(edge), float(point[edge.weight])
            on_path = edge.unit == unit and edge.feature in (None, feature)
            colour = blended(theme.muted, answer_colour(theme, weight > 0), weighed)
            if share > 0:
                yield Stroke(
                    points=np.array([tail, tail + share * (head - tail)]),
                    colour=blended(theme.background, colour, 1.0 if on_path else 1 - DIMMED * now.of(self, "focus")),
                    width=scale * (weighed * self.width(weight) + (1 - weighed) * PLAIN),
                    shows=Shows("weight", self.classifier.clock.index, step if weighed == 1 else None, edge.weight),
                )

    def width(self, weight: float) -> float:
        """How wide the edge of a weight is: by its root, so that small ones can still be compared."""
        size = float(np.nan_to_num(abs(weight)))
        return THINNEST + WIDER * min(1.0, size / self.largest) ** 0.5

    def _nodes(self, now: Now, places: Places) -> Iterator[Node]:
        """All nodes, from left to right."""
        (hidden, _, outputs), step = self.passed(now)
        (row, unit, feature), clock = self.runs.followed, self.classifier.clock.index
        inputs, spread = self.runs.data.inputs[row], np.abs(self.runs.data.inputs).max(axis=0)
        fed, came, grown = now.of(self, "fed"), now.of(self, "forward"), now.of(self, "grown")
        closed = 1 - now.of(self, "opened")
        for index, value in enumerate(inputs.tolist()):
            glow, shows = value / max(float(spread[index]), 1e-300), Shows("input value", clock, row, index)
            yield Node(places.inputs[index], places.large, value, glow, fed, index == feature, 1.0, shows)
        arrived, shown = fed * _after(5 * came, 4), _after(grown, 0) * closed
        for index, value in enumerate(hidden[0].tolist()):
            shows = Shows("activation", clock, step, index)
            yield Node(places.hidden[index], places.radius, value, value, arrived, index == unit, shown, shows)
        arrived, shown, value = fed * _after(5 * came, 9), _after(grown, 1) * closed, float(outputs[0])
        shows = Shows("output", clock, step)
        yield Node(places.output, places.large, value, 2 * value - 1, arrived, True, shown, shows)

    def _node(self, now: Now, node: Node) -> Iterator[Mark]:
        """A node, lit as much as its value asks for, with the number, if there is room for that."""
        theme, (x, y) = self.setting.theme, node.place.tolist()
        seen = 1.0 if node.kept else 1 - DIMMED * now.of(self, "focus")
        strength = GLOW * min(1.0, abs(float(np.nan_to_num(node.glow)))) * node.arrived
        lit = blended(theme.panel, answer_colour(theme, node.glow > 0), strength)
        rim = blended(theme.background, theme.ink, 0.25 + 0.6 * seen)
        yield Disc(centre=(x, y), radius=node.radius, colour=lit)
        yield Ring(centre=(x, y), radius=node.radius, colour=rim, width=2.6)
        text = ENGLISH.brief(node.value)
        box, shown = self.setting.words(text, x, y, 1.0, theme.ink, weight=600).box, node.arrived * self.detail(now)
        size = min(NUMBER, 1.7 * node.radius / max(box.width if box else 0.0, 1e-9))
        if size >= LEAST and shown > 0:
            number = self.setting.words(text, x, y, size, theme.ink, 0.5, 0.5, 600, node.shows)
            yield number.faded(shown * seen)

    def _letters(self, now: Now, places: Places) -> Iterator[Mark]:
        """x₁ and x₂; and w, h, v and ŷ on the followed path while it is in focus."""
        write, ink, gap = self.setting.formula, self.setting.theme.ink, places.large + 0.16
        for index, (x, y) in enumerate(places.inputs.tolist()):
            yield write(f"x_{index + 1}", x - gap, y, LETTER, self.setting.theme.muted, 1.0, 0.5)
        focus = now.of(self, "focus")
        if focus == 0:
            return
        _, unit, feature = self.runs.followed
        (hx, hy), (ox, oy) = places.hidden[unit].tolist(), places.output.tolist()
        up = 1 if hy > oy else -1  # away from the edge to the output
        off = 0.75 * places.radius + 0.06
        yield write("h", hx + off, hy + up * off, LETTER, ink, 0.0, 0.0 if up > 0 else 1.0).faded(focus)
        yield write("hat(y)", ox, oy + gap, LETTER, ink, 0.5, 0.0).faded(focus)
        for letter, other in (("w", places.inputs[feature]), ("v", places.output)):
            way = places.hidden[unit] - other
            across = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9)
            x, y = ((places.hidden[unit] + other) / 2 + 0.34 * np.sign(across[1]) * across).tolist()
            yield write(letter, x, y, LETTER, ink, 0.5, 0.5).faded(focus)


def _after(progress: float, start: float) -> float:
    """How far a progress has come from `start` to one more, from 0 to 1."""
    return min(1.0, max(0.0, progress - start))
