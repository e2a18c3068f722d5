"""The next move of a heavy ball on a map, put together tip to tail: what it keeps of its last move, and the push."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.phrases.inertia_facts import kept_and_pushed
from scenes.script.timeline import Channel
from scenes.stage.line_marks import ArrowMark
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.sight import Sight
from scenes.stage.write import Setting

# The width of the arrows.
WIDTH = 7.0


class TipToTail(Part):
    """Three arrows to scale at a ball that rests after a step: kept, push, and the move that is their sum.

    decay: the share of its last move that the ball keeps.

    kept.grown: how much of the last move is drawn, where it was made. kept.slid: how far it has gone to the ball, and
    shrunk to the part that is kept. push.grown, move.grown: how much of these is drawn. All of them can pulse.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "kept.grown": STILL,
        "kept.slid": STILL,
        "kept.pulse": STILL,
        "push.grown": STILL,
        "push.pulse": STILL,
        "move.grown": STILL,
        "move.pulse": STILL,
    }

    def __init__(self, setting: Setting, ball: LandBall, decay: float, name: str = "velocity") -> None:
        super().__init__(name)
        self.setting, self.ball, self.decay = setting, ball, decay

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        run, theme = self.ball.clock.run, self.setting.theme
        if share > 0 or not 0 < landed < run.steps or sight.tilt > 0.5:
            return
        before, here, after = run.points[landed - 1 : landed + 2]
        kept, push = kept_and_pushed(run, landed, self.decay)
        slid = now.of(self, "kept.slid")
        root = before + slid * (here - before)
        whole = here - before + slid * (kept - (here - before))
        yield self._arrow(now, sight, "kept", root, whole, self.ball.colour, landed)
        yield self._arrow(now, sight, "push", here + kept, push, theme.slope, landed)
        yield self._arrow(now, sight, "move", here, after - here, theme.step, landed)

    def _arrow(self, now: Now, sight: Sight, kind: str, tail: Array, way: Array, colour: str, step: int) -> ArrowMark:
        """One of the three, as far as it is drawn."""
        ends = sight.on_map(np.array([tail, tail + now.of(self, f"{kind}.grown") * way]))
        (left, bottom), (right, top) = ends.tolist()
        return ArrowMark(
            tail=(left, bottom),
            head=(right, top),
            colour=colour,
            width=WIDTH + 4.0 * now.of(self, f"{kind}.pulse"),
            clip=sight.box,
            shows=Shows(kind, self.ball.clock.index, step),
        )
