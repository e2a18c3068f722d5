"""The loss of a point over the probability of its true answer, −ln p, and the points of a fit on that curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from gdsim.batches import BatchRun
from scenes.phrases.class_facts import loss_top, picks, row_losses
from scenes.script.easing import smooth
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc, Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now
from scenes.stage.parts.answers import answer_colour
from scenes.stage.parts.classes import ClassModel, class_rows
from scenes.stage.parts.panel import BARE, Panel, between
from scenes.stage.parts.plane import ABOVE, BELOW, LEFT, RIGHT, Plane, View
from scenes.stage.write import LABEL, NAME, SMALLEST, Setting, within

DOT = 0.085
SAMPLES = 160
# A box at least so high has numbers; one that is so much lower has none.
ENOUGH, FADED = 2.2, 0.3


class DataPlane(Panel):
    """The plane of the points; in a tall or square film it makes way where the curve of the loss leads."""

    def hero(self, now: Now) -> Box:
        composition, box = self.setting.composition, super().hero(now)
        if composition.wide:
            return box
        below = between(composition.aside, self.small, now.of("curve", "tucked"))
        return between(box, below, now.of("curve", "leads"))


class LossCurve(Plane):
    """−ln p, the loss of a point whose true answer gets the probability p.

    grown: how much of the curve is drawn, from the right. dots: how far the points have risen from the axis to the
    curve. tucked: 0 in the first of its boxes, 1 in the second. Elements `sure`, `unsure`, `wrong`: the row of that
    name, with its loss as a stick and a number; `mean`: the mean of all losses as a level line.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "axes": Channel((1.0,)),
        **dict.fromkeys(("grown", "dots", "tucked", "leads", "mean.grown", "mean.pulse"), STILL),
        **{f"{name}.{channel}": STILL for name in ("sure", "unsure", "wrong") for channel in ("grown", "pulse")},
    }
    ticks = "chance tick"

    def __init__(self, setting: Setting, model: ClassModel, small: Box, name: str = "curve") -> None:
        run = model.clock.run
        assert isinstance(run, BatchRun)
        super().__init__(setting, (0.0, 1.0, 0.0, loss_top(run)), "p", name)
        self.model, self.small, self.run = model, small, run
        self.rows, self.picked = class_rows(run), picks(run)

    def hero(self, now: Now) -> Box:
        composition = self.setting.composition
        large = composition.aside if composition.wide else composition.hero(0.0, 1.0)
        return between(large, self.small, now.of(self, "tucked"))

    def view(self, now: Now) -> View:
        box = self.hero(now)
        share = numbered(box)
        sides = (BARE + share * (side - BARE) for side in (LEFT, BELOW, RIGHT, ABOVE))
        return View(box.inset(*sides), self.window)

    def marks(self, now: Now) -> Iterator[Mark]:
        share = numbered(self.hero(now))
        for mark in super().marks(now):
            if not isinstance(mark, Text):
                yield mark
            elif share > 0:
                yield mark.faded(share)
        view, theme, grown = self.view(now), self.setting.theme, now.of(self, "grown")
        least = float(np.exp(-1.1 * self.window[3]))
        p = np.exp(np.linspace(0.0, np.log(least), SAMPLES))[: max(2, round(grown * SAMPLES))]
        shows = Shows("point loss curve")
        width = 4.5 * (1 + 0.6 * now.of(self, "pulse"))
        if grown > 0:
            yield Stroke(
                points=view.to_frame(p, -np.log(p)), colour=theme.loss, width=width, clip=view.box, shows=shows
            )
        size = min(0.8, max(LABEL, 0.12 * view.box.height))
        x, y = view.point(0.62, 0.86 * self.window[3])
        if share > 0:
            yield replace(self.setting.formula("-ln p", x, y, size, theme.loss), rank=NAME).faded(share)
        yield from self._dots(now, view)
        yield from self._mean(now, view)
        sticks = [(name, row) for name, row in zip(self.picked._fields, self.picked) if now.of(self, f"{name}.grown")]
        for name, row in sticks:
            assert row is not None
            yield from self._stick(now, view, name, row, last=name == sticks[-1][0])

    def _places(self, now: Now) -> tuple[Array, Array, int | None]:
        """(rows,) probabilities of the true answers and their losses in this frame, and the step they follow."""
        point, step = self.model.parameters(now)
        losses = row_losses(self.run, point)
        return np.exp(-losses), losses, step

    def _dots(self, now: Now, view: View) -> Iterator[Mark]:
        risen = now.of(self, "dots")
        if risen == 0:
            return
        p, losses, step = self._places(now)
        top, yes = self.window[3], self.run.data.targets == 1
        radius = DOT * min(1.0, max(0.5, (60 / len(self.rows)) ** 0.5)) * min(1.0, 0.45 + 0.14 * view.box.height)
        for row in self.rows.tolist():
            colour = answer_colour(self.setting.theme, bool(yes[row]))
            if not risen * losses[row] <= top:
                x, y = view.point(float(p[row]), top)
                yield Area(points=np.array([[x, y], [x - 0.1, y - 0.2], [x + 0.1, y - 0.2]]), colour=colour)
                continue
            shows = Shows("point cost", self.model.clock.index, step if risen == 1 else None, axis=row)
            centre = view.point(float(p[row]), float(risen * losses[row]))
            yield Disc(centre=centre, radius=radius, colour=colour, shows=shows)

    def _mean(self, now: Now, view: View) -> Iterator[Mark]:
        grown, theme = now.of(self, "mean.grown"), self.setting.theme
        if grown == 0:
            return
        _, losses, step = self._places(now)
        index, mean = self.model.clock.index, float(losses.mean())
        landed = self.model.clock.instant(now).landed
        left, y = view.point(0.0, mean)
        if y <= view.box.top:
            points = np.array([[left, y], [left + grown * view.box.width, y]])
            shows = Shows("mean loss", index, step if grown == 1 else None)
            yield Stroke(points=points, colour=theme.loss, width=3.0, dash=(0.14, 0.1), clip=view.box, shows=shows)
        if grown == 1:
            text = short(float(self.run.losses[landed]))
            size = max(SMALLEST, LABEL) * (1 + 0.3 * now.of(self, "mean.pulse"))
            shows = Shows("loss", index, landed)
            yield from self._plated(text, view.box.right - 0.05, y + 0.08, 1.0, view, size, shows)

    def _stick(self, now: Now, view: View, name: str, row: int, last: bool) -> Iterator[Mark]:
        """A row's loss from the axis up; the last one has its number at the top."""
        p, losses, step = self._places(now)
        grown, theme, index = now.of(self, f"{name}.grown"), self.setting.theme, self.model.clock.index
        swell = 1 + 0.6 * now.of(self, f"{name}.pulse")
        foot, tip = np.array(view.point(float(p[row]), 0.0)), np.array(view.point(float(p[row]), float(losses[row])))
        end = foot + grown * (tip - foot)
        shows = Shows("row stick", index, step if grown == 1 else None, axis=row)
        yield Stroke(points=np.array([foot, end]), colour=theme.loss, width=6.0 * swell, clip=view.box, shows=shows)
        colour = answer_colour(theme, bool(self.run.data.targets[row] == 1))
        if end[1] <= view.box.top:
            shows = Shows("point cost", index, step if grown == 1 else None, axis=row)
            centre, radius = (float(end[0]), float(end[1])), 1.25 * DOT * swell
            yield Disc(centre=centre, radius=radius, colour=colour, rim=theme.background, shows=shows)
        if grown == 1 and step is not None and last:
            shows = Shows("point cost", index, step, axis=row)
            text, x = short(float(losses[row])), float(tip[0]) + 0.16
            y = min(float(tip[1]), view.box.top - 0.4) + 0.1
            yield from self._plated(text, x, y, 0.0, view, LABEL * (1 + 0.3 * (swell - 1)), shows)

    def _plated(
        self, text: str, x: float, y: float, across: float, view: View, size: float, shows: Shows
    ) -> Iterator[Mark]:
        """A loss as a number over whatever is behind it, within the picture."""
        words = self.setting.words(text, x, y, size, self.setting.theme.loss, across, 0.0, 600, shows)
        words = within(words, view.box)
        if words.box is not None:
            around = words.box.inset(-0.05, 0.04, -0.05, 0.04)
            yield Plate(around=around, colour=self.setting.theme.background, opacity=0.75)
        yield words


def numbered(box: Box) -> float:
    """How much of the numbers is shown in a box."""
    return smooth(min(1.0, max(0.0, 1 + (box.height - ENOUGH) / FADED)))


def short(loss: float) -> str:
    """A loss with three digits, or with those before its point."""
    return number(loss, 3 if loss < 1000 else 5)
