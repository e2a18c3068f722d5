"""Points of two kinds, yes and no, and a logistic model among them: its line of one half, and its shades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.batches import BatchRun
from scenes.phrases.class_facts import logits, picks
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.answers import answer_colour, rows_drawn
from scenes.stage.parts.fitted_line import cut
from scenes.stage.parts.panel import Panel
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Run
from scenes.stage.ramp import Ramp, Stop
from scenes.stage.write import Setting

# How far `turn` turns the line, in radians, and how far `shift` moves it, as a share of the picture's size.
TURN, SHIFT = 0.7, 0.16
# At these logits there are shades, at one half none, where the colour changes; so strong is it where the model is sure.
SHADES, STRONG = np.linspace(-6.0, 6.0, 26), 0.42
TENTHS = np.log(np.arange(1, 10) / np.arange(9, 0, -1))
WIDTH, RADIUS = 5.5, 0.115
# Of more rows than this, so many are drawn.
MOST = 400


class ClassModel(Part):
    """A logistic model's parameters at each instant of its fit. It draws nothing.

    turn, shift: change w₁ and w₂ together, or b, to show what each does.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"turn": STILL, "shift": STILL}

    def __init__(self, plane: Panel, clock: Run, name: str = "model") -> None:
        super().__init__(name)
        self.plane, self.clock = plane, clock

    def marks(self, now: Now) -> Iterator[Mark]:
        return iter(())

    def parameters(self, now: Now) -> tuple[Array, int | None]:
        """w₁, w₂ and b (3,) in this frame, and the step that ended with them; None between two."""
        landed, share = self.clock.instant(now)
        points = self.clock.run.points
        if share > 0:
            return points[landed] + share * (points[landed + 1] - points[landed]), None
        turn, shift = TURN * now.of(self, "turn"), now.of(self, "shift")
        if turn == 0 and shift == 0:
            return points[landed], landed
        w, b = points[landed, :2], points[landed, 2]
        left, right, bottom, top = self.plane.view(now).window
        size = SHIFT * min(right - left, top - bottom)
        turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ w
        return np.array([*turned, b + shift * size * float(np.hypot(*w))]), None

    def in_frame(self, now: Now) -> Array:
        """(3,): the logit at frame places is the first times across, plus the second times up, plus the third."""
        (w1, w2, b), view = self.parameters(now)[0], self.plane.view(now)
        (left, right, bottom, top), box = view.window, view.box
        across, up = w1 * (right - left) / box.width, w2 * (top - bottom) / box.height
        return np.array([across, up, b + w1 * left + w2 * bottom - across * box.left - up * box.bottom])


class Shading(Part):
    """The model's probability of yes at each place of the plane: one colour where it is 1, the other where it is 0.

    banded: 1 for ten bands of one shade each, a tenth of the probability wide, which animated pictures compress.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"banded": STILL}

    def __init__(self, setting: Setting, model: ClassModel, name: str = "shading") -> None:
        super().__init__(name)
        self.setting, self.model = setting, model

    def marks(self, now: Now) -> Iterator[Mark]:
        box, (_, step) = self.model.plane.view(now).box, self.model.parameters(now)
        slopes, clock = self.model.in_frame(now), self.model.clock
        steep, (x, y) = float(np.hypot(*slopes[:2])), box.centre
        middle, reach = slopes[0] * x + slopes[1] * y + slopes[2], float(np.hypot(box.width, box.height)) / 2
        if not (np.isfinite(middle) and np.isfinite(steep)):
            return
        way = slopes[:2] / steep if steep > 0 else np.array([1.0, 0.0])
        banded = now.of(self, "banded") == 1
        levels = TENTHS if banded else SHADES
        places = np.clip((levels - middle) / steep, -reach, reach) if steep > 0 else np.zeros(len(levels))
        places = np.concatenate([[-reach], places, [reach]])
        tail, head = np.array(box.centre) - reach * way, np.array(box.centre) + reach * way
        yield Ramp(
            around=box,
            tail=(float(tail[0]), float(tail[1])),
            head=(float(head[0]), float(head[1])),
            stops=tuple(
                (self._bands if banded else self._stops)((places + reach) / (2 * reach), middle + steep * places)
            ),
            shows=Shows("probability", clock.index, step),
        )

    def _bands(self, shares: Array, heights: Array) -> Iterator[Stop]:
        """One shade between each two of the logits: that of the tenth in which the probability is."""
        for start, end, height in zip(shares, shares[1:], (heights[:-1] + heights[1:]) / 2):
            if end > start:
                tenth = min(9, int(10 * np.exp(-np.logaddexp(0.0, -height))))
                shade = answer_colour(self.setting.theme, tenth >= 5), STRONG * abs(2 * (tenth + 0.5) / 10 - 1)
                yield Stop(float(start), *shade)
                yield Stop(float(end), *shade)

    def _stops(self, shares: Array, heights: Array) -> Iterator[Stop]:
        """The shade at each logit; at one half, where there is none, it changes its colour."""
        theme, last = self.setting.theme, (0.0, -0.0)
        for share, height in zip(shares.tolist(), heights.tolist()):
            if last[1] < 0 < height:
                half = last[0] + (share - last[0]) * last[1] / (last[1] - height)
                yield Stop(half, answer_colour(theme, False), 0.0)
                yield Stop(half, answer_colour(theme, True), 0.0)
            chance = float(np.exp(-np.logaddexp(0.0, -height)))
            yield Stop(share, answer_colour(theme, height > 0), STRONG * abs(2 * chance - 1))
            last = share, height


class Boundary(Part):
    """The line on which yes and no are equally probable; grown: how much of it is drawn."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(self, setting: Setting, model: ClassModel, name: str = "line") -> None:
        super().__init__(name)
        self.setting, self.model = setting, model

    def marks(self, now: Now) -> Iterator[Mark]:
        box, grown, (_, step) = self.model.plane.view(now).box, now.of(self, "grown"), self.model.parameters(now)
        ends = half_line(self.model.in_frame(now), box)
        if ends is None or grown == 0:
            return
        yield Stroke(
            points=np.array([ends[0], ends[0] + grown * (ends[1] - ends[0])]),
            colour=self.setting.theme.ball,
            width=WIDTH * (1 + 0.6 * now.of(self, "pulse")) * min(1.0, 0.4 + 0.2 * box.height),
            clip=box,
            shows=Shows("boundary", self.model.clock.index, step),
        )


class ClassPoints(Part):
    """A disc for each yes and a circle for each no; element `yes`, `no`: the points of one kind.

    missed: how far those on the wrong side of the line are ringed. Elements `sure`, `unsure`, `wrong`: the ring around
    the row of that name among `picks`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        **{f"{kind}.pulse": STILL for kind in ("yes", "no", "sure", "unsure", "wrong")},
        **{f"{kind}.shown": STILL for kind in ("sure", "unsure", "wrong")},
        "missed": STILL,
    }

    def __init__(self, setting: Setting, model: ClassModel, name: str = "points") -> None:
        super().__init__(name)
        self.setting, self.model = setting, model
        self.run = model.clock.run
        assert isinstance(self.run, BatchRun)
        self.rows, self.picked = class_rows(self.run), picks(self.run)

    def marks(self, now: Now) -> Iterator[Mark]:
        assert isinstance(self.run, BatchRun)
        view, theme, data = self.model.plane.view(now), self.setting.theme, self.run.data
        places, yes = view.to_frame(data.inputs[:, 0], data.inputs[:, 1]), data.targets == 1
        size = point_size(view.box, len(self.rows))
        swell = [1 + 0.7 * max(now.of(self, "pulse"), now.of(self, f"{kind}.pulse")) for kind in ("no", "yes")]
        for row in self.rows.tolist():
            centre, radius = (float(places[row, 0]), float(places[row, 1])), size * swell[int(yes[row])]
            colour, shows = answer_colour(theme, bool(yes[row])), Shows("sample", self.model.clock.index, row)
            ground = colour if yes[row] else theme.background
            yield Disc(centre=centre, radius=radius, colour=ground, rim=None, shows=shows)
            edge = theme.background if yes[row] else colour
            yield Ring(centre=centre, radius=radius, colour=edge, width=1.2 if yes[row] else 3.2 * size / RADIUS)
        yield from self._rings(now, view, places, size)

    def _rings(self, now: Now, view: View, places: Array, size: float) -> Iterator[Mark]:
        """Around the points that are looked at, and around those on the wrong side."""
        assert isinstance(self.run, BatchRun)
        missed, colour = now.of(self, "missed"), self.setting.theme.loss
        point, step = self.model.parameters(now)
        if missed > 0:
            with np.errstate(all="ignore"):
                wrong = (logits(point, self.run.data.inputs) > 0) != (self.run.data.targets == 1)
            for row in self.rows[wrong[self.rows]].tolist():
                x, y = places[row].tolist()
                shows = Shows("missed row", self.model.clock.index, step, axis=row)
                yield Ring(centre=(x, y), radius=1.9 * size, colour=colour, width=2.6, opacity=missed, shows=shows)
        for name, picked in zip(self.picked._fields, self.picked):
            shown = now.of(self, f"{name}.shown")
            if picked is not None and shown > 0:
                x, y = places[picked].tolist()
                radius = 2.1 * size * (1 + 0.7 * now.of(self, f"{name}.pulse"))
                shows = Shows("picked row", self.model.clock.index, 0, axis=picked)
                yield Ring(centre=(x, y), radius=radius, colour=colour, width=4.0, opacity=shown, shows=shows)


def class_rows(run: BatchRun) -> np.ndarray:
    """The numbers of the rows that are drawn, those that are looked at among them."""
    return rows_drawn(run.data.rows, MOST, [row for row in picks(run) if row is not None])


def point_size(box: Box, rows: int) -> float:
    """The radius of a point: smaller in a small picture, and among many."""
    return RADIUS * min(1.0, max(0.4, (60 / rows) ** 0.5)) * min(1.0, 0.3 + 0.16 * min(box.width, box.height))


def half_line(slopes: Array, box: Box) -> Array | None:
    """The ends (2, 2), in a box of the frame, of the line on which a logit of such slopes is 0; None if it is outside.

    The yes is on its left, seen from its first end to its second.
    """
    steep = float(np.hypot(*slopes[:2]))
    if not (np.isfinite(slopes).all() and steep > 0):
        return None
    way, middle = slopes[:2] / steep, np.array(box.centre)
    off = float(slopes[:2] @ middle + slopes[2]) / steep
    reach = box.width + box.height
    if abs(off) > reach:
        return None
    foot, along = middle - off * way, np.array([way[1], -way[0]])
    return cut(foot - reach * along, foot + reach * along, box)
