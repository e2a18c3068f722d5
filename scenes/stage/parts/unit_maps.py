"""What each unit of a network makes of the plane: small pictures in place of its nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.neural import forward, layers
from gdsim.objective import Array
from scenes.phrases.network_facts import alike
from scenes.script.timeline import Channel
from scenes.script.window import Window
from scenes.stage.box import Box
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.decision import cell_middles, shaded
from scenes.stage.parts.network import Network
from scenes.stage.parts.network_layout import Places
from scenes.stage.parts.plane import View
from scenes.stage.raster import levels_of
from scenes.stage.write import Setting

CELLS = (40, 28)
STRENGTH = 0.72
# A picture fills at most this share of a hidden unit's row, and of the way to the next column.
ROW, COLUMN = 0.84, 0.62
TALLEST, OUTPUT, SWELL = 1.5, 2.4, 1.12


class UnitMaps(Part):
    """A picture for each hidden unit and one for the output, which open with the network's channel `opened`.

    In each, every place of the window has the colour of the unit's value there; a line is where that changes sign.
    Elements: `hidden` and `output`, which pulse.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"hidden.pulse": STILL, "output.pulse": STILL}

    def __init__(self, setting: Setting, network: Network, window: Window, name: str = "maps") -> None:
        super().__init__(name)
        self.setting, self.network, self.window = setting, network, window
        left, right, bottom, top = window
        self.ratio = (right - left) / (top - bottom) if alike(window) else 1.4

    def marks(self, now: Now) -> Iterator[Mark]:
        opened = now.of(self.network, "opened")
        if opened == 0:
            return
        progress, step = self.network.classifier.instant(now)
        point, clock = self.network.classifier.parameters(progress), self.network.classifier.clock
        places = self.network.places(now)
        with np.errstate(all="ignore"):
            hidden, _, outputs = forward(point, cell_middles(self.window, CELLS))
        height = self.height(places)
        for unit, centre in enumerate(places.hidden):
            size = height * opened * (1 + (SWELL - 1) * now.of(self, "hidden.pulse"))
            view = View(_around(centre, self.ratio * size, size), self.window)
            shows = Shows("unit map", clock.index, step, unit)
            lines = [split_line(point, unit, self.window)]
            yield from self._picture(view, (hidden[:, unit] + 1) / 2, shows, lines, opened)
        room = 2 * float(self.network.box(now).right - places.output[0]) / self.ratio
        size = min(OUTPUT, room / SWELL) * opened * (1 + (SWELL - 1) * now.of(self, "output.pulse"))
        view = View(_around(places.output, self.ratio * size, size), self.window)
        boundary = self.network.classifier.boundary(progress, self.window, CELLS)
        yield from self._picture(view, outputs, Shows("small output map", clock.index, step), boundary, opened)

    def height(self, places: Places) -> float:
        """A hidden unit's picture's."""
        column = float(places.output[0] - places.hidden[0, 0])
        return min(ROW * places.pitch * (1 + places.staggered), TALLEST, COLUMN * column / self.ratio)

    def _picture(self, view: View, shares: Array, shows: Shows, lines: list[Array], opened: float) -> Iterator[Mark]:
        levels = levels_of(shares.reshape(CELLS[1], CELLS[0]))
        box, theme = view.box, self.setting.theme
        yield shaded(self.setting, view, levels, STRENGTH, shows).faded(opened)
        for line in lines:
            if len(line):
                points = view.to_frame(line[:, 0], line[:, 1])
                yield Stroke(points=points, colour=theme.ink, width=2.6, clip=box, opacity=opened)
        corners = [[box.left, box.bottom], [box.right, box.bottom], [box.right, box.top], [box.left, box.top]]
        yield Stroke(points=np.array(corners), colour=theme.muted, width=2.0, closed=True, opacity=opened)


def split_line(point: Array, unit: int, window: Window) -> Array:
    """(2, 2): where a hidden unit's value is zero, from one side of the window to the other; (0, 2) if nowhere."""
    first, biases, _, _ = layers(point)
    (a, b), c = first[unit].tolist(), float(biases[unit])
    left, right, bottom, top = window
    with np.errstate(all="ignore"):
        if abs(a) * (right - left) < abs(b) * (top - bottom):
            ends = np.array([[x, -(a * x + c) / b] for x in (left, right)])
            low, high, axis = bottom, top, 1
        elif a:
            ends = np.array([[-(b * y + c) / a, y] for y in (bottom, top)])
            low, high, axis = left, right, 0
        else:
            return np.zeros((0, 2))
    outside = (ends[:, axis] < low).all() or (ends[:, axis] > high).all() or not np.isfinite(ends).all()
    return np.zeros((0, 2)) if outside else ends


def _around(centre: Array, width: float, height: float) -> Box:
    x, y = centre.tolist()
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
