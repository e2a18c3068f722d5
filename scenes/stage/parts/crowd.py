"""Many balls on one curve: white on their way, then in the colour of their valley and stacked to be counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from gdsim import Objective, Trajectory
from scenes.phrases.valley_facts import HOP, arrival, as_deep, last_arrival, valley_of, valleys
from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc, Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import HIGHEST_HOP, INSIDE, leap
from scenes.stage.parts.valleys import valley_colours
from scenes.stage.theme import blended
from scenes.stage.write import LABEL, Setting, within

RADIUS, PITCH = 0.14, 0.29
# A column of a stack is ten balls high, if that many fit.
COLUMN = 10


class Crowd(Part):
    """The balls of a crowd.

    progress: steps that each ball has made. kept: 0 all are bright, 1 only the valley of the one that is kept.

    first: the index of the first of `runs` among the lesson's. best: the index of the run that is kept.
    counted: whether stacks have numbers. Elements: `deepest`, `others`: the numbers above the stacks.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "progress": STILL,
        "kept": STILL,
        "restless.pulse": STILL,
        "deepest.pulse": STILL,
        "others.pulse": STILL,
    }

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        objective: Objective,
        runs: Sequence[Trajectory],
        first: int,
        best: int | None = None,
        radius: float = RADIUS,
        counted: bool = True,
        name: str = "crowd",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.runs, self.first, self.best = setting, plane, tuple(runs), first, best
        self.radius, self.counted = radius, counted
        self.objective = objective
        self.lowest = as_deep(objective)
        self.colours = valley_colours(objective, setting.theme)
        self.valleys = [valley_of(run) for run in runs]
        self.arrivals = [arrival(run) for run in runs]
        self.hop = HOP * max(1.0, last_arrival(runs) / (1 + HOP))
        order = sorted(range(len(runs)), key=lambda index: self.arrivals[index])
        seen: Counter[int | None] = Counter()
        self.places = [0] * len(runs)
        for index in order:
            self.places[index] = seen[self.valleys[index]]
            seen[self.valleys[index]] += 1
        self.sizes = seen

    def stacked(self, index: int, progress: float) -> float:
        """How far a ball has come from the valley's floor onto its stack, from 0 to 1."""
        if self.valleys[index] is None:
            return 0.0
        return smooth(min(1.0, max(0.0, (progress - self.arrivals[index]) / self.hop)))

    def marks(self, now: Now) -> Iterator[Mark]:
        view, progress = self.plane.view(now), now.of(self, "progress")
        out: Counter[tuple[int, int]] = Counter()
        for index in range(len(self.runs)):
            yield from self._ball(now, view, index, progress, out)
        yield from self._labels(now, view, progress, out)

    def _ball(self, now: Now, view: View, index: int, progress: float, out: Counter[tuple[int, int]]) -> Iterator[Mark]:
        run, share, valley = self.runs[index], self.stacked(index, progress), self.valleys[index]
        reached = min(progress, float(run.steps))
        landed = int(reached + 1e-9)
        part = reached - landed if reached - landed > 1e-9 else 0.0
        place = view.to_frame(*_within_reach(view, run.points[landed, 0], run.losses[landed]))
        if (side := _side(view.box, place)) != (0, 0):
            out[side] += 1
            return
        if part > 0 and share == 0:
            there = view.to_frame(*_within_reach(view, run.points[landed + 1, 0], run.losses[landed + 1]))
            place = leap(place, there, smooth(part))
            if _side(view.box.inset(top=-HIGHEST_HOP), place) != (0, 0):  # on its way out
                return
        colour = self.setting.theme.ink
        shows = Shows("point", self.first + index, landed if part == 0 else None)
        if valley is not None and share > 0:
            place = leap(place, self._slot(view, valley, self.places[index]), share)
            colour = blended(colour, self.colours[valley], share)
            shows = Shows("stacked", self.first + index, valley)
        swell = now.of(self, "pulse") + (now.of(self, "restless.pulse") if valley is None else 0.0)
        radius = self.radius * (1 + 0.5 * swell)
        centre = float(place[0]), float(place[1])
        mark = Disc(centre=centre, radius=radius, colour=colour, rim=self.setting.theme.background, shows=shows)
        yield mark.faded(self._brightness(now, index))

    def _brightness(self, now: Now, index: int) -> float:
        best = None if self.best is None else self.valleys[self.best]
        same = self.lowest if best in self.lowest else (best,)
        kept = self.best is None or index == self.best or (best is not None and self.valleys[index] in same)
        return 1.0 if kept else 1 - 0.82 * now.of(self, "kept")

    def _slot(self, view: View, valley: int, place: int) -> Array:
        """The middle (2,) of a place in a stack: columns on the curve, beginning with the one on the valley's floor."""
        known = valleys(self.objective)[valley]
        x, y = view.point(known.point[0], known.value)
        high = max(1, min(COLUMN, int((view.box.top - y - 2 * LABEL) / PITCH)))
        column, row = divmod(place, high)
        across = x + PITCH * ((column + 1) // 2) * (1 if column % 2 else -1)
        return np.array([across, self._ground(view, across, y) + row * PITCH])

    def _ground(self, view: View, x: float, floor: float) -> float:
        """The height of the curve under a column, but never far above the valley's floor."""
        box, (left, right, _, _) = view.box, view.window
        value = left + (x - box.left) / box.width * (right - left)
        with np.errstate(all="ignore"):
            loss = float(self.objective.value(np.array([value])))
        return min(max(view.point(value, loss)[1], floor), floor + PITCH) if np.isfinite(loss) else floor

    def _labels(self, now: Now, view: View, progress: float, out: Counter[tuple[int, int]]) -> Iterator[Mark]:
        """The counts: above each stack, and at each edge that balls have crossed."""
        placed: list[Box] = []
        found: list[tuple[Text, float]] = []
        for side, amount in sorted(out.items()):
            marker, label = self._marker(view, side, amount, 1 + 0.5 * now.of(self, "restless.pulse"))
            yield marker
            found.append((label, 1.0))
        for valley in sorted(set(self.sizes) - {None}, key=lambda one: -self.sizes[one]) if self.counted else ():
            there = [index for index, one in enumerate(self.valleys) if one == valley]
            landed = sum(self.stacked(index, progress) == 1 for index in there)
            if landed and valley is not None:
                found.append((self._count(now, view, valley, landed), self._brightness(now, there[0])))
        for label, bright in found:
            if label.box is not None and not any(label.box.meets(other) for other in placed):
                placed.append(label.box)
                yield Plate(around=label.box, colour=self.setting.theme.background, opacity=0.8 * bright)
                yield label.faded(bright)

    def _count(self, now: Now, view: View, valley: int, landed: int) -> Text:
        """The count of a stack, above the place of the next ball."""
        places = range(min(landed + 1, self.sizes[valley]))
        slots = np.array([self._slot(view, valley, place) for place in places])
        element = "deepest" if valley in self.lowest else "others"
        size = 0.46 * (1 + 0.5 * now.of(self, f"{element}.pulse"))
        known = valleys(self.objective)[valley]
        x, y = view.point(known.point[0], known.value)[0], slots[:, 1].max() + RADIUS + 0.1
        text, shows = self.setting.language.whole(landed), Shows("count", step=valley)
        mark = self.setting.words(text, float(x), float(y), size, self.colours[valley], 0.5, 0.0, 600, shows)
        return within(mark, view.box)

    def _marker(self, view: View, side: tuple[int, int], amount: int, swell: float) -> tuple[Area, Text]:
        """A triangle at the edge that points to where balls have gone, with their count."""
        box = view.box.inset(INSIDE, INSIDE, INSIDE, INSIDE)
        middle = box.centre
        along = np.array(side, dtype=float) / math.hypot(*side)
        across = np.array([-along[1], along[0]])
        tip = np.array([(box.left, middle[0], box.right)[side[0] + 1], (box.bottom, middle[1], box.top)[side[1] + 1]])
        corners = np.array([tip, tip - 0.3 * along + 0.2 * across, tip - 0.3 * along - 0.2 * across])
        colour, shows = self.setting.theme.ink, Shows("out", step=None, axis=3 * side[0] + side[1])
        text = self.setting.language.whole(amount)
        at = tip - 0.62 * along
        label = self.setting.words(text, float(at[0]), float(at[1]), LABEL * swell, colour, 0.5, 0.5, 600, shows)
        return Area(points=corners, colour=colour, shows=shows), within(label, view.box)


def _side(box: Box, place: Array) -> tuple[int, int]:
    """On which sides of a box a place is: (-1, 0) is left of it."""
    x, y = place.tolist()
    return (x > box.right) - (x < box.left), (y > box.top) - (y < box.bottom)


def _within_reach(view: View, x: float, y: float) -> tuple[float, float]:
    """The place, but no further than ten windows away, beyond which nothing can be drawn."""
    left, right, bottom, top = view.window
    wide, tall = 10 * (right - left), 10 * (top - bottom)
    return float(np.clip(x, left - wide, right + wide)), float(np.clip(y, bottom - tall, top + tall))
