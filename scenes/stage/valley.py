"""A curve with a ball on it: the picture that the lessons of one variable share."""

from __future__ import annotations

import numpy as np

from gdsim import Objective, Trajectory
from gdsim.behaviour import jumps
from scenes.stage.data_range import curve_window
from scenes.stage.layout import Layout
from scenes.stage.plane_marks import Arrow, Ball, Chords, Footprints, OffScale, Plate, Ring, Tangent
from scenes.stage.plot import Gathering, Line, Plane, axes, curve_points
from scenes.stage.theme import Theme
from scenes.stage.type import NOTHING, Type, formula, words_outline
from scenes.stage.walk import moment


def valley_plane(places: Layout, runs: tuple[Trajectory, ...], type_size: float, show_starts: bool = True) -> Plane:
    """The part of the plane to show, as `curve_window` has it.

    Room is taken off for the axes' numbers, and in a wide film for the formula above the plane.
    """
    window = curve_window(runs, show_starts)
    header = 1.9 * type_size if places.wide else 0.0
    inner = places.plot.inset(left=2.1 * type_size, bottom=1.45 * type_size, right=0.1, top=header)
    return Plane(inner, window.across, window.up)


def curve_label(objective: Objective, type_size: float, theme: Theme) -> Type:
    """The function's name and formula."""
    name = objective.variables[0]
    return formula(f"{objective.symbol}({name}) = {objective.formula}", 1.35 * type_size, theme.ink)


class Valley(Gathering):
    """Axes, curve and formula: all that does not move."""

    def __init__(self, plane: Plane, places: Layout, run: Trajectory, theme: Theme, type_size: float):
        super().__init__()
        objective = run.objective
        name = objective.variables[0]
        self.add(axes(plane, theme, 0.86 * type_size, formula(name, 1.15 * type_size, theme.muted)))
        self.curve = Line(curve_points(plane, objective.value), theme.ink, 4.5, plane.box)
        label = curve_label(objective, type_size, theme)
        if places.wide:
            self.label = label.at(plane.box.centre[0], places.plot.top, 0.5, 1.0)
        else:
            self.label = label.at(places.formula.right, places.formula.top - 0.25 * places.formula.height, 1.0, 0.5)
        self.rings = [
            Ring(tuple(plane.to_frame(known.point[0], known.value).tolist()), theme.minimum)
            for known in objective.minima
            if plane.holds(known.point[0], known.value)
        ]
        self.add(self.curve, self.label, *self.rings)


class Roller(Gathering):
    """The ball on the curve with its tangent, its step along the axis, where it has been, and what it jumped over.

    aids: with the tangent, the arrow and the dots along the axis.
    """

    def __init__(self, plane: Plane, run: Trajectory, theme: Theme, colour: str | None = None, aids: bool = True):
        super().__init__()
        self.plane, self.run = plane, run
        colour = colour or theme.ball
        places = plane.to_frame(run.points[:, 0], run.losses)
        self.prints = Footprints(places, colour, 0.055, plane.box)
        self.chords = Chords(places, jumps(run), theme.step, plane.box)
        self.lane = Footprints(
            plane.to_frame(run.points[:, 0], np.full(len(places), plane.up[0])), theme.step, 0.05, plane.box
        )
        self.tangent = Tangent(plane, theme.slope)
        self.arrow = Arrow(theme.step)
        self.ball = Ball(colour, rim=theme.background)
        self.off = OffScale(plane, colour)
        self.warning = words_outline("off the scale", colour, 600)
        self.note = Type(NOTHING, 0.3)
        self.plate = Plate(self.note, theme.background)
        self.add(self.chords, self.prints)
        if aids:
            self.add(self.lane, self.tangent, self.arrow)
        self.add(self.ball, self.plate, self.off, self.note)
        self.show(0.0)

    def show(self, progress: float, planned: float = 0.0) -> None:
        """The picture at `progress` steps; planned: how much of the next step's arrow is there before it is made."""
        now = moment(self.run, progress)
        x = float(now.point[0])
        inside = self.plane.holds(x, now.loss)
        place = tuple(self.plane.to_frame(x, now.loss).tolist())
        self.ball.place = self.tangent.place = place if inside else None
        self.tangent.slope = float(now.gradient[0])
        self.off.beyond = None if inside else (x, now.loss)
        self._note_place()
        self.prints.shown = self.lane.shown = now.landed + 1.0
        self.chords.shown = now.landed + now.share
        self._arrow(now.landed, now.share, planned if now.landed < self.run.steps else 0.0)

    def _arrow(self, landed: int, share: float, planned: float) -> None:
        """The step under way, from where it began to where it will end, along the axis; once made, it stays a while."""
        x = self.run.points[:, 0]
        if planned:
            share = max(share, planned / 2.5)
        elif share == 0.0:
            landed, share = landed - 1, 1.0
        if landed < 0:
            self.arrow.between(np.zeros(2), np.zeros(2))
            return
        ends = np.clip(x[landed : landed + 2], *self.plane.across)
        tail, head = self.plane.to_frame(ends, np.full(2, self.plane.up[0]))
        self.arrow.between(tail, tail + min(1.0, 2.5 * share) * (head - tail))

    def _note_place(self) -> None:
        """The words beside the marker, inside the picture."""
        found = self.off.place()
        if found is None:
            self.note.say(NOTHING)
            return
        tip, _ = found
        box = self.plane.box
        leftwards = tip[0] > box.centre[0]
        self.note.at(tip[0] + (-0.45 if leftwards else 0.45), tip[1] - 0.18, 1.0 if leftwards else 0.0, 0.5).say(
            self.warning
        )
