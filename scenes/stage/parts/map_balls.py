"""Balls on a map that take the colour of where they end, and paint their starts with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from gdsim import Trajectory
from scenes.phrases.basin_facts import arrival
from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.run import BALL, off_the_scale
from scenes.stage.theme import blended
from scenes.stage.write import Setting

# Half the side of a painted start, and its rim.
START, RIM = 0.13, 0.035
# A ball takes its colour within so many steps after its arrival; then its start does.
TURNS = 0.06


class MapBalls(Part):
    """Some runs on one clock. first: the index of their first among the film's. ends: colours, or none, of their ends.

    Channels: `progress`, the steps that each has made; `painted`, how much of their starts' paint is seen.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"progress": STILL, "painted": Channel((1.0,))}

    def __init__(
        self,
        setting: Setting,
        land: Land,
        runs: Sequence[Trajectory],
        first: int,
        ends: Sequence[str | None],
        name: str,
        radius: float = BALL,
    ) -> None:
        super().__init__(name)
        self.setting, self.land, self.runs, self.first, self.ends = setting, land, tuple(runs), first, tuple(ends)
        self.radius = radius
        self.arrivals = [arrival(run) for run in runs]
        self.turn = max(1.0, TURNS * max(self.arrivals, default=0))

    def marks(self, now: Now) -> Iterator[Mark]:
        progress, painted = now.of(self, "progress"), now.of(self, "painted")
        for index in range(len(self.runs)):
            yield from self._start(now, index, self._turned(index, progress) * painted)
        for index in range(len(self.runs)):
            yield from self._ball(now, index, progress)

    def _turned(self, index: int, progress: float) -> float:
        """How much of its end's colour a ball has taken, from 0 to 1."""
        return smooth(min(1.0, max(0.0, (progress - self.arrivals[index]) / self.turn)))

    def _start(self, now: Now, index: int, shown: float) -> Iterator[Mark]:
        end = self.ends[index]
        if shown > 0 and end is not None:
            place = self.land.sight(now).on_map(self.runs[index].points[0])
            corners = place + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * START
            rim = place + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (START + RIM)
            yield Area(points=rim, colour=self.setting.theme.background, opacity=shown)
            shows = Shows("painted start", self.first + index)
            yield Area(points=corners, colour=end, opacity=shown, shows=shows)

    def _ball(self, now: Now, index: int, progress: float) -> Iterator[Mark]:
        run, sight, theme = self.runs[index], self.land.sight(now), self.setting.theme
        turned, progress = self._turned(index, progress), min(progress, float(run.steps))
        landed = int(progress + 1e-9)
        part = progress - landed if progress - landed > 1e-9 else 0.0
        points: Array = run.points[: landed + 1]
        if part:
            points = np.vstack([points, points[-1] + part * (run.points[landed + 1] - points[-1])])
        colour = blended(theme.ball, self.ends[index] or theme.ball, turned)
        places, number = sight.on_map(points), self.first + index
        if len(places) > 1:
            shows = Shows("path", number, landed)
            yield Stroke(points=places, colour=theme.background, width=6.0, clip=sight.box, opacity=0.7)
            yield Stroke(points=places, colour=colour, width=3.4, clip=sight.box, opacity=0.95, shows=shows)
        x, y = places[-1].tolist()
        box = sight.box
        if not (box.left <= x <= box.right and box.bottom <= y <= box.top):
            yield from off_the_scale(self.setting, colour, places[-1], box, number, noted=False)
            return
        shows = Shows("point", number, landed if not part else None)
        radius = self.radius * (1 + 0.5 * now.of(self, "pulse"))
        yield Disc(centre=(x, y), radius=radius + 0.04, colour=theme.ink, opacity=turned)
        yield Disc(centre=(x, y), radius=radius, colour=colour, rim=theme.background, shows=shows)
