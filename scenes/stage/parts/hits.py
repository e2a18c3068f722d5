"""All hits: on the map, the curve on which the loss is zero; on the range, the flights that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.ballistics import flight, hitting_speed
from scenes.phrases.shot_facts import HITS
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.cost_map import FAR, CostMap, ball_size
from scenes.stage.parts.shooting_range import Range, placed_in
from scenes.stage.parts.shots import SHARES
from scenes.stage.theme import blended
from scenes.stage.write import Setting

# Hits with angles from here to as far below 90 degrees are drawn on the map, in degrees, and in so many points.
FLATTEST, POINTS = 1.0, 140


class ShotMap(CostMap):
    """The loss over force and angle. Its lines beyond the warmest are mixed with the background, which is drawn sooner
    than what can be seen through."""

    def pen(self, now: Now) -> tuple[float, float]:
        return super().pen(now)[0], 1.0

    def colour(self, level: float) -> str:
        own = super().colour(level)
        return own if level <= self.start else blended(self.setting.theme.background, own, FAR)


class Valley(Part):
    """The curve of all hits on the map, in the minimum's colour. grown: how much of it is drawn, from flat to steep."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": Channel((1.0,))}

    def __init__(self, setting: Setting, cost: ShotMap, name: str = "valley") -> None:
        super().__init__(name)
        self.setting, self.cost = setting, cost
        self.angles = np.linspace(FLATTEST, 90 - FLATTEST, POINTS)
        self.speeds = hitting_speed(self.angles)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, swell = self.cost.view(now), 1 + 0.6 * now.of(self, "pulse")
        inside = self.speeds <= view.window[1] + 1
        count = round(now.of(self, "grown") * int(inside.sum()))
        points = view.to_frame(self.speeds[inside][:count], self.angles[inside][:count])
        width = 5.0 * min(1.0, 0.55 + 0.1 * min(view.box.width, view.box.height)) * swell
        colour, shows = self.setting.theme.minimum, Shows("hits")
        yield Stroke(points=points, colour=colour, width=width, clip=view.box, shows=shows)


class Hits(Part):
    """A hit that goes from flat to steep: its flight on the range, its place on the map; some flights stay.

    Channels: `swept`, which hit it is, from 0, the flattest, to 1, the steepest; `kept`, up to which some stay.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"swept": STILL, "kept": STILL}

    def __init__(self, setting: Setting, plane: Range, cost: ShotMap, name: str = "hits") -> None:
        super().__init__(name)
        self.setting, self.plane, self.cost = setting, plane, cost
        self.flights = [flight(float(hitting_speed(np.array(angle))), angle, SHARES) for angle in HITS]

    def marks(self, now: Now) -> Iterator[Mark]:
        view, colour = self.plane.view(now), self.setting.theme.minimum
        kept, angle = (HITS[0] + now.of(self, channel) * (HITS[-1] - HITS[0]) for channel in ("kept", "swept"))
        faint = blended(self.setting.theme.background, colour, 0.6)
        for stays, places in zip(HITS, self.flights):
            if stays <= kept:
                yield Stroke(
                    points=placed_in(view, places),
                    colour=faint,
                    width=2.4,
                    clip=view.box,
                    shows=Shows("hit", axis=stays),
                )
        speed = float(hitting_speed(np.array(angle)))
        points = placed_in(view, flight(speed, angle, SHARES))
        yield Stroke(points=points, colour=colour, width=4.5, clip=view.box, shows=Shows("swept hit"))
        here = self.cost.view(now)
        x, y = here.point(speed, angle)
        radius = ball_size(here.box) * (1 + 0.5 * now.of(self, "pulse"))
        rim = self.setting.theme.background
        yield Disc(centre=(x, y), radius=radius, colour=colour, rim=rim, shows=Shows("swept place"))
