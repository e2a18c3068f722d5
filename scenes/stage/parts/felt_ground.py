"""What a ball in the fog can feel: how the ground rises and falls in every direction, and which way is steepest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.sight import Sight
from scenes.stage.terrain import Terrain
from scenes.stage.write import LABEL, Setting, at_tip

# Directions, fifteen degrees apart; number 0 is the steepest way down. The fan opens from this one on.
WAYS, FIRST = 24, 7
# The steepest slope at the start has a line this long, in world units, and no line is so many times as long.
REACH, LONGEST = 1.0, 1.2
# A line of less than this share of the longest is not drawn, and an arrow of less has no number.
SHORTEST = 0.02
# The fan has folded when this share of a step is done.
FOLDED = 0.25
# How much fainter the others are beside the winner.
DIMMED = 0.55


class FeltGround(Part):
    """A line in each direction from the ball, along the ground, as long as the ground is steep there.

    grown: how far the fan has opened, direction by direction. up, down: the lines that rise, and those that fall,
    can pulse. winner: the steepest way down, an arrow with its slope; grown: how much of it.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "grown": STILL,
        "up.pulse": STILL,
        "down.pulse": STILL,
        "winner.shown": STILL,
        "winner.grown": STILL,
        "winner.pulse": STILL,
    }

    def __init__(self, setting: Setting, ball: LandBall, name: str = "fan") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball
        self.steepest = float(np.hypot(*ball.clock.run.gradients[0]))

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight, run = self.ball.clock.instant(now), self.ball.land.sight(now), self.ball.clock.run
        here = sight.on_ground(run.points[landed], float(run.losses[landed]))
        fold = max(0.0, 1 - share / FOLDED) * max(0.0, 2 * sight.tilt - 1)
        if not 0 < self.steepest < math.inf or fold == 0 or self.ball.gone(now, sight, here):
            return
        tips, shown, part = self.tips(sight, landed), now.of(self, "winner.shown") * fold, now.of(self, "winner.grown")
        faint = 1 - DIMMED * shown * min(1.0, part)
        grown, index = now.of(self, "grown"), self.ball.clock.index
        for way in sorted(range(WAYS), key=lambda one: tips[one, 1], reverse=True):
            opened = min(1.0, max(0.0, grown * (WAYS + 4) - (way - FIRST) % WAYS) / 4)
            if opened > 0 and float(np.hypot(*(tips[way] - here))) > SHORTEST:
                ends = np.array([here, here + opened * (tips[way] - here)])
                yield from (
                    replace(mark.faded(fold * faint), clip=sight.box)
                    for mark in self._line(now, ends, way, index, landed)
                )
        if shown > 0 and part > 0:
            head = here + part * (tips[0] - here)
            yield from (
                replace(mark.faded(shown), clip=sight.box) for mark in self._winner(now, sight, here, head, landed)
            )

    def tips(self, sight: Sight, landed: int) -> Array:
        """(WAYS, 2): where each direction's line ends in the frame."""
        terrain, run = sight.terrain, self.ball.clock.run
        gradient = run.gradients[landed]
        here = terrain.space.place(run.points[landed], float(run.losses[landed]))
        steepness = float(np.hypot(*gradient))
        if steepness == 0:
            return np.asarray(sight.at(np.repeat(here[None], WAYS, axis=0)))
        turns = 2 * math.pi * np.arange(WAYS) / WAYS
        down = -gradient / steepness
        ways = np.cos(turns)[:, None] * down + np.sin(turns)[:, None] * np.array([-down[1], down[0]])
        lengths = REACH * np.abs(np.cos(turns)) * min(LONGEST, steepness / self.steepest)
        return np.asarray(sight.at(here + lengths[:, None] * ground_ways(terrain, run, landed, ways)))

    def _line(self, now: Now, ends: Array, way: int, index: int, landed: int) -> Iterator[Mark]:
        theme, falls = self.setting.theme, way < WAYS // 4 or way > 3 * WAYS // 4
        width = 4.0 * (1 + 0.9 * now.of(self, "down.pulse" if falls else "up.pulse"))
        shows = Shows("felt slope", index, landed, way)
        yield Stroke(points=ends, colour=theme.background, width=width + 3.0, opacity=0.7)
        yield Stroke(points=ends, colour=theme.step if falls else theme.slope, width=width, shows=shows)

    def _winner(self, now: Now, sight: Sight, tail: Array, head: Array, landed: int) -> Iterator[Mark]:
        theme, run, index = self.setting.theme, self.ball.clock.run, self.ball.clock.index
        length, pulse = float(np.hypot(*(head - tail))), now.of(self, "winner.pulse")
        if length < SHORTEST:
            return
        width, shows = 9.0 + 3.5 * pulse, Shows("steepest way", index, landed)
        yield Stroke(points=np.array([tail, head]), colour=theme.background, width=width + 4, opacity=0.6)
        yield ArrowMark(tail=_pair(tail), head=_pair(head), colour=theme.step, width=width, shows=shows)
        if now.of(self, "winner.grown") < 1:
            return  # its number stands at its tip
        text = self.setting.language.brief(-float(np.hypot(*run.gradients[landed])))
        size, shows = LABEL * (1.15 + 0.4 * pulse), Shows("steepest slope", index, landed)
        label = self.setting.words(text, 0.0, 0.0, size, theme.slope, 0.5, 0.5, 600, shows)
        yield from plated(at_tip(label, _pair(head), _pair((head - tail) / length), sight.box), theme.background)


def ground_ways(terrain: Terrain, run: Trajectory, landed: int, ways: Array) -> Array:
    """(n, 3): the directions, of length 1, in which the ground leaves a landing above the map's `ways` (n, 2)."""
    small = 1e-4 * float(np.ptp(terrain.space.domain, axis=1).min())
    here, loss = run.points[landed], float(run.losses[landed])
    rises = small * (ways @ run.gradients[landed])
    ends = [terrain.space.place(here + side * small * ways, loss + side * rises) for side in (-1, 1)]
    along = ends[1] - ends[0]
    return np.asarray(along / np.maximum(np.linalg.norm(along, axis=1), 1e-12)[:, None])


def _pair(point: Array) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y
