"""What passes through a network: values forwards, the error backwards, and a gradient for each edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.neural import layers
from gdsim.objective import Array
from scenes.script.language import ENGLISH
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.answers import answer_colour
from scenes.stage.parts.network import Network
from scenes.stage.parts.network_layout import Edge, Places
from scenes.stage.theme import blended
from scenes.stage.write import LABEL, SMALLEST, Setting

# A comet's head and tail: how far behind, how large and how bright each disc is.
COMET = ((0.0, 1.0, 1.0), (0.035, 0.8, 0.55), (0.07, 0.6, 0.25))
SMALL, LARGE = 0.05, 0.11
# Numbers on edges need so much room between two hidden units.
ROOM = 0.78
THINNEST, WIDER = 1.2, 8.0
AIR, CLEAR = 0.05, 0.4


class Flow(Part):
    """Comets along the edges: as large as what they carry, forwards in its colours, backwards in the loss's.

    back: how far the error has come: 1 at the hidden units, 2 at the inputs. Forwards they go with the network's own
    channel `forward`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"back": STILL}

    def __init__(self, setting: Setting, network: Network, name: str = "flow") -> None:
        super().__init__(name)
        self.setting, self.network = setting, network

    def marks(self, now: Now) -> Iterator[Mark]:
        places = self.network.places(now)
        came, back = now.of(self.network, "forward"), now.of(self, "back")
        if 0 < came < 2:
            carried = self.carried(now, False)
            for edge, value in zip(self.network.edges, carried):
                share = came - (edge.feature is None)
                theme = self.setting.theme
                yield from self._comet(places, edge, share, value, answer_colour(theme, value > 0))
        if 0 < back < 2:
            for edge, value in zip(self.network.edges, self.carried(now, True)):
                share = 1 - (back - (edge.feature is not None))
                yield from self._comet(places, edge, share, value, self.setting.theme.loss)

    def carried(self, now: Now, back: bool) -> Array:
        """(edges,): each edge's weight times the value that it passes on, or the followed row's gradient of it.

        The largest of each layer is 1.
        """
        (hidden, _, _), _ = self.network.passed(now)
        runs, progress = self.network.runs, self.network.classifier.instant(now)[0]
        weights = layers(self.network.classifier.parameters(progress))
        inputs, row = runs.data.inputs[runs.followed.row], runs.followed.row
        first, second = weights.hidden_weights * inputs, weights.output_weights * hidden[0]
        if back:
            first, second = runs.row_gradients.hidden_weights[row], runs.row_gradients.output_weights[row]
        flat = [_evened(first).ravel(), _evened(second)]
        return np.concatenate(flat)

    def _comet(self, places: Places, edge: Edge, share: float, size: float, colour: str) -> Iterator[Mark]:
        if not 0 < share < 1:
            return
        tail, head = places.between_rims(edge)
        forwards = 1 if colour != self.setting.theme.loss else -1
        for behind, smaller, seen in reversed(COMET):
            at = share - forwards * behind
            if 0 < at < 1:
                x, y = (tail + at * (head - tail)).tolist()
                radius = smaller * (SMALL + LARGE * abs(size)) * places.slender
                yield Disc(centre=(x, y), radius=radius, colour=blended(self.setting.theme.background, colour, seen))


def _evened(values: Array) -> Array:
    values = np.nan_to_num(values)
    return values / max(float(np.abs(values).max(initial=0.0)), 1e-300)


class EdgeGradients(Part):
    """The gradient of the loss over all rows with respect to each weight, as it is before the first step.

    Each edge is as wide as its gradient is large, and has the number, where there is room for it.
    """

    def __init__(self, setting: Setting, network: Network, name: str = "gradients") -> None:
        super().__init__(name)
        self.setting, self.network = setting, network
        self.values = np.nan_to_num(network.runs.main.gradients[0])
        own = np.abs(self.values[[edge.weight for edge in network.edges]])
        self.largest = max(float(own.max()), 1e-300)

    def marks(self, now: Now) -> Iterator[Mark]:
        places, theme = self.network.places(now), self.setting.theme
        for edge in self.network.edges:
            size = abs(float(self.values[edge.weight])) / self.largest
            swell = 1 + 0.6 * now.of(self, "pulse")
            shows = Shows("edge gradient line", self.network.classifier.clock.index, 0, edge.weight)
            yield Stroke(
                points=places.between_rims(edge),
                colour=theme.slope,
                width=(THINNEST + WIDER * size**0.5) * swell * places.slender,
                shows=shows,
            )
        shown = self.network.detail(now)
        if places.pitch >= ROOM and shown > 0:
            for edge in self.network.edges:
                yield from (mark.faded(shown) for mark in self._number(places, edge))

    def _number(self, places: Places, edge: Edge) -> Iterator[Mark]:
        """On its edge, where two edges are equally far apart all along a column."""
        tail, head = places.ends(edge)
        gap = abs(float(places.inputs[0, 1] - places.inputs[1, 1]))
        near = (places.radius + CLEAR) / max(abs(float(head[0] - tail[0])), 1e-9)  # as near to a unit as it may be
        share = max(0.3, near) if edge.feature is None else min(gap / (gap + places.pitch / 2), 1 - near)
        x, y = (tail + share * (head - tail)).tolist()
        shows = Shows("edge gradient", self.network.classifier.clock.index, 0, edge.weight)
        text = ENGLISH.brief(float(self.values[edge.weight]))
        yield from on_plate(
            self.setting, self.setting.words(text, x, y, 0.27, self.setting.theme.slope, 0.5, 0.5, 600, shows)
        )


def on_plate(setting: Setting, text: Text) -> Iterator[Mark]:
    """Words with the background behind them."""
    if text.box is not None:
        around = text.box.inset(-AIR, 0.12 * text.box.height, -AIR, 0.1 * text.box.height)
        yield Plate(around=around, colour=setting.theme.background)
    yield text


class Verdict(Part):
    """Below the output, what it should have been, and the loss of the followed row; elements `answer` and `loss`."""

    channels: ClassVar[Mapping[str, Channel]] = {
        f"{name}.{channel}": STILL for name in ("answer", "loss") for channel in ("shown", "pulse")
    }

    def __init__(self, setting: Setting, network: Network, name: str = "verdict") -> None:
        super().__init__(name)
        self.setting, self.network = setting, network

    def marks(self, now: Now) -> Iterator[Mark]:
        detail, theme, runs = self.network.detail(now), self.setting.theme, self.network.runs
        step, row = self.network.classifier.instant(now)[1], runs.followed.row
        if detail == 0 or step is None:
            return
        answer, loss = int(runs.data.targets[row]), float(runs.inside.row_losses[step, row])
        colour = answer_colour(theme, answer == 1)
        yield from self._line(now, 0, "answer", str(answer), colour, Shows("answer", 0, step, row))
        yield from self._line(now, 1, "loss", ENGLISH.brief(loss), theme.loss, Shows("row loss", 0, step, row))

    def _line(self, now: Now, line: int, name: str, text: str, colour: str, shows: Shows) -> Iterator[Mark]:
        shown = now.of(self, f"{name}.shown") * self.network.detail(now)
        if shown == 0:
            return
        places = self.network.places(now)
        x, y = places.output.tolist()
        y -= places.large + 0.42 + 0.46 * line
        size = LABEL * (1 + 0.25 * now.of(self, f"{name}.pulse"))
        word = self.setting.words(
            self.setting.label(name), x, y, max(SMALLEST, 0.85 * LABEL), self.setting.theme.muted, 1.0
        )
        yield from (mark.faded(shown) for mark in on_plate(self.setting, word))
        number = self.setting.words(text, x + 0.12, y, size, colour, 0.0, None, 600, shows)
        yield from (mark.faded(shown) for mark in on_plate(self.setting, number))
