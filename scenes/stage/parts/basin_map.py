"""Starts painted by where they lead: on the map, in a row of it, and over the learning rate."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from scenes.phrases.basin_facts import shade_of, stripes
from scenes.planned_basins import ELSEWHERE, LOST, NOWHERE, UNDER_WAY, BasinRuns, StartMap
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines, Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.sight import Sight
from scenes.stage.raster import Cells, Raster
from scenes.stage.theme import Theme
from scenes.stage.write import LABEL, Setting

# How opaque the paint is: the contour lines can be seen through it, faintly.
PAINT = 0.86
# A start whose ball is thrown off the map is dark on any background, so what is written there is light on any.
DARK, ON_DARK = "#2a3342", "#98a3b5"
# Columns are dark if so many of their starts are.
DARKEST = 0.97
# A row of starts is at least so high, in frame units.
ROW = 0.12
# The dot of a minimum, and the ring around it.
DOT, WELL = 0.13, 0.2
# A limit's number must have this much of its stripe's width.
FITS = 0.92
DIGITS = 2


def end_colours(runs: BasinRuns, theme: Theme) -> dict[int, str | None]:
    """What a start that ends so is painted with: grey while its run is under way, dark if that has left the map."""
    shades = {index: theme.concept(shade) for index, shade in shade_of(runs).items()}
    return {NOWHERE: None, ELSEWHERE: None, LOST: DARK, UNDER_WAY: theme.muted, **shades}


def table(colours: Mapping[int, str | None]) -> tuple[str | None, ...]:
    """The colours of ends from NOWHERE on, which is clear, as of `cells_of` them."""
    return tuple(colours.get(end) for end in range(NOWHERE, max([0, *colours]) + 1))


def cells_of(ends: np.ndarray) -> Cells:
    """The numbers of ends in their `table`."""
    return np.asarray(ends - NOWHERE, dtype=np.uint16)


class Paint:
    """A map of starts as its runs arrive, in the order of their steps: each start is painted with its run's end."""

    def __init__(self, found: StartMap, colours: Mapping[int, str | None]) -> None:
        self.full, self.colours = cells_of(found.ends), table(colours)
        # Runs that arrive after the same step do so in any order, so that the colour does not come in leaps.
        order = np.argsort((found.arrivals + np.random.default_rng(0).random(found.ends.shape)).ravel(), kind="stable")
        order = order[(found.ends != NOWHERE).ravel()[order]]
        when = np.ones(found.ends.size)
        when[order] = (np.arange(len(order)) + 1) / max(1, len(order))
        self.when = when.reshape(found.ends.shape)
        self._last: tuple[float, Cells] | None = None

    def after(self, arrived: float) -> Cells:
        """(rows, columns): the cells, when this share of the runs have arrived."""
        if self._last is None or self._last[0] != arrived:
            self._last = arrived, np.where(self.when <= arrived, self.full, np.uint16(0))
        return self._last[1]


class BasinMap(Part):
    """The starts of the map in the colours of their ends. arrived: the share of the runs that have arrived.

    strength: how opaque it is. above: the maps that are painted over this one.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"arrived": STILL}

    def __init__(
        self,
        setting: Setting,
        land: Land,
        found: StartMap,
        colours: Mapping[int, str | None],
        name: str = "basins",
        strength: float = PAINT,
        above: Sequence[str] = (),
    ) -> None:
        super().__init__(name)
        self.setting, self.land, self.found, self.above = setting, land, found, tuple(above)
        self.paint, self.strength = Paint(found, colours), strength

    def marks(self, now: Now) -> Iterator[Mark]:
        arrived, sight = now.of(self, "arrived"), self.land.sight(now)
        if arrived > 0:
            box = map_box(sight, self.found.sides)
            shows = Shows("starts")
            cells, colours = self.paint.after(arrived), self.paint.colours
            yield Raster(around=box, cells=cells, colours=colours, strength=self.strength, clip=sight.box, shows=shows)
        covered = any(now.of(one, "arrived") > 0 and now.of(one, "shown") > 0 for one in self.above)
        if arrived >= 1 and not covered:
            yield from self._notes(sight)

    def _notes(self, sight: Sight) -> Iterator[Mark]:
        """A word in each stretch of columns that are dark, if there is room for it."""
        box, whole = sight.box, map_box(sight, self.found.sides)
        edges = np.linspace(whole.left, whole.right, self.found.ends.shape[1] + 1)
        seen = (edges[:-1] >= box.left) & (edges[1:] <= box.right)
        rows = np.linspace(whole.bottom, whole.top, self.found.ends.shape[0])
        dark = (self.found.ends[(rows > box.bottom) & (rows < box.top)] == LOST).mean(axis=0) > DARKEST
        for left, right in stretches(seen & dark):
            middle = float(edges[left] + edges[right]) / 2
            note = self.setting.words(self.setting.label("lost"), middle, box.centre[1], LABEL, ON_DARK, 0.5, 0.5)
            if note.box is not None and note.box.width < edges[right] - edges[left]:
                yield note


def stretches(chosen: np.ndarray) -> Iterator[tuple[int, int]]:
    """The first place, and that after the last, of each stretch of places (n,) of bool that are chosen."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(int)))
    yield from zip(ends[::2].tolist(), ends[1::2].tolist())


def map_box(sight: Sight, sides: tuple[float, float, float, float]) -> Box:
    """A rectangle of the map in the frame."""
    (left, bottom), (right, top) = sight.on_map([[sides[0], sides[2]], [sides[1], sides[3]]]).tolist()
    return Box(left, bottom, right, top)


class Wells(Part):
    """A dot in its basin's colour, in a ring, at each minimum of the picture."""

    def __init__(self, setting: Setting, land: Land, colours: Mapping[int, str | None], name: str = "minimum") -> None:
        super().__init__(name)
        self.setting, self.land, self.colours = setting, land, colours

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, theme, swell = self.land.sight(now), self.setting.theme, 1 + 0.7 * now.of(self, "pulse")
        for index, known in enumerate(self.land.terrain.objective.minima):
            x, y = sight.on_map(known.point).tolist()
            if sight.box.left <= x <= sight.box.right and sight.box.bottom <= y <= sight.box.top:
                colour, shows = self.colours.get(index) or theme.minimum, Shows("minimum", step=index)
                yield Disc(centre=(x, y), radius=WELL * swell, colour=theme.background)
                yield Ring(centre=(x, y), radius=WELL * swell, colour=theme.ink, width=3.0, shows=shows)
                yield Disc(centre=(x, y), radius=DOT * swell, colour=colour, shows=shows)


class RateMap(Plane):
    """A row of starts across, learning rates upwards, each start painted by its end. arrived: as of the map.

    Elements: `limits`, the lines at which stripes end.
    """

    ticks = "stripe tick"

    def __init__(
        self, setting: Setting, runs: BasinRuns, colours: Mapping[int, str | None], name: str = "rates"
    ) -> None:
        super().__init__(setting, runs.by_rate.sides, runs[0].objective.variables[0], name)
        self.runs, self.colours, self.stripes = runs, colours, stripes(runs)
        self.paint = Paint(runs.by_rate, colours)

    def all_channels(self) -> dict[str, Channel]:
        own = {"arrived": STILL, "limits.shown": STILL, "limits.pulse": STILL}
        return {**super().all_channels(), **own}

    def view(self, now: Now) -> View:
        view = super().view(now)
        return View(view.box.inset(left=0.35, top=0.45), view.window)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, arrived = self.view(now), now.of(self, "arrived")
        if arrived > 0:
            cells, colours = self.paint.after(arrived), self.paint.colours
            yield Raster(around=view.box, cells=cells, colours=colours, shows=Shows("starts by rate"))
        yield from self._axes(view)
        shown = now.of(self, "limits.shown")
        if shown > 0:
            yield from (mark.faded(shown) for mark in self._limits(view, now.of(self, "limits.pulse")))

    def row(self, view: View) -> Box:
        """The box of the row at the map's own rate."""
        rows, height = len(self.runs.by_rate.y), view.box.height
        foot = view.box.bottom + self.runs.own_row * height / rows
        return Box(view.box.left, foot, view.box.right, foot + height / rows)

    def _axes(self, view: View) -> Iterator[Mark]:
        """Numbers of the row's parameter below, of rates at the left."""
        theme, box = self.setting.theme, view.box
        for mark in super()._axes(View(box, (*view.window[:2], 0.0, 1.0))):
            shows = mark.shows
            if not (isinstance(mark, Lines) and mark.colour == theme.faint) and not (shows and shows.axis == 1):
                yield mark
        _, _, low, high = view.window
        factors = (1, 2, 5) if high - low < 2.5 else (1,)
        for power in range(math.floor(low), math.ceil(high) + 1):
            for factor in factors:
                value = power + math.log10(factor)
                if low < value < high:
                    y = view.point(view.window[0], value)[1]
                    yield Lines(ends=np.array([[[box.left, y], [box.left - 0.09, y]]]), colour=theme.muted, width=2.0)
                    text = number(factor * 10.0**power)
                    shows = Shows("stripe tick", axis=1)
                    yield self.setting.tick(text, box.left - 0.14, y, 1.0, 0.5, shows=shows)
        name = self.setting.label("learning rate")
        yield self.setting.words(name, box.left, box.top + 0.1, LABEL, theme.rate, 0.0, 0.0, 600)

    def _limits(self, view: View, pulse: float) -> Iterator[Mark]:
        """A line across each stripe at 2 over its minimum's curvature, with that number."""
        theme, columns = self.setting.theme, len(self.runs.by_rate.x)
        for index, (first, last, limit) in self.stripes.items():
            left, right = (view.box.left + place / columns * view.box.width for place in (first, last + 1))
            y, shows = view.point(0.0, math.log10(limit))[1], Shows("stripe limit", step=index)
            ends = np.array([[left, y], [right, y]])
            yield Stroke(points=ends, colour=theme.background, width=9.0 + 5 * pulse)
            yield Stroke(points=ends, colour=theme.ink, width=4.5 + 3 * pulse, shows=shows)
            size = LABEL * (1 + 0.15 * pulse)
            text = self.setting.words(
                number(limit, DIGITS), (left + right) / 2, y - 0.16, size, theme.rate, 0.5, 1.0, 600, shows
            )
            if text.box is not None and text.box.width < FITS * (right - left):
                yield Plate(around=text.box.inset(-0.06, 0.02, -0.06, 0.0), colour=theme.background, opacity=0.72)
                yield text


class Row(Part):
    """One row of the map's starts. moved: 0 on the map, 1 at its rate in the map by rate."""

    channels: ClassVar[Mapping[str, Channel]] = {"moved": STILL}

    def __init__(self, setting: Setting, land: Land, rates: RateMap, name: str = "row") -> None:
        super().__init__(name)
        self.setting, self.land, self.rates = setting, land, rates
        runs = rates.runs
        self.cells = cells_of(runs.plain.ends[runs.row : runs.row + 1, runs.inner[1]])

    def marks(self, now: Now) -> Iterator[Mark]:
        share, sight, runs = now.of(self, "moved"), self.land.sight(now), self.rates.runs
        (left, right), y = runs[0].objective.domain[0], float(runs.plain.y[runs.row])
        pitch = float(runs.plain.x[1] - runs.plain.x[0])
        there = map_box(sight, (left, right, y - pitch / 2, y + pitch / 2))
        here = self.rates.row(self.rates.view(now))
        sides = [(1 - share) * a + share * b for a, b in zip(_sides(there), _sides(here))]
        lack = max(0.0, ROW * (1 - share) + 0.06 * share - (sides[3] - sides[1])) / 2
        box = Box(sides[0], sides[1] - lack, sides[2], sides[3] + lack)
        swell = 0.06 * now.of(self, "pulse")
        rim = box.inset(-0.035, -0.035 - swell, -0.035, -0.035 - swell)
        yield Plate(around=rim, colour=self.setting.theme.ink, radius=0.03)
        colours = self.rates.paint.colours
        yield Raster(around=box, cells=self.cells, colours=colours, shows=Shows("kept row"))


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top
