"""The rows of a classification as points of the plane of their two inputs, in the colours of their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from gdsim import Dataset
from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Ring
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.answers import answer_colour, rows_drawn
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import Run
from scenes.stage.theme import blended
from scenes.stage.write import SMALLEST, Setting

RADIUS, HALO, MOST = 0.1, 1.22, 600


class LabelledPoints(Part):
    """A disc for each row; of many, a sample evenly spread over the table.

    Elements: `zero` and `one`, the rows of an answer.
    judged: how far the rings around rows on the wrong side have come. lit: how much the row number `row` stands out,
    and the others are dimmed. there: 0 where all have given way to the background; hundreds of marks fade slowly.
    wrong: the step -> (rows,) of bool.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "zero.pulse": STILL,
        "one.pulse": STILL,
        "judged": STILL,
        "lit": STILL,
        "there": Channel((1.0,)),
    }

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        data: Dataset,
        clock: Run,
        wrong: Callable[[int], Array],
        row: int | None = None,
        name: str = "points",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.data, self.clock, self.wrong, self.row = setting, plane, data, clock, wrong, row
        rows = rows_drawn(data.rows, MOST).tolist()
        # The row that stands out is drawn last, over the others.
        self.rows = rows if row is None else [one for one in rows if one != row] + [row]

    def radius(self, now: Now) -> float:
        """A point's radius: smaller in a small picture, and where there are many."""
        view = self.plane.view(now)
        crowd = min(1.0, max(0.45, (120 / len(self.rows)) ** 0.5))
        return RADIUS * crowd * min(1.0, 0.3 + 0.16 * min(view.box.width, view.box.height))

    def marks(self, now: Now) -> Iterator[Mark]:
        view, theme = self.plane.view(now), self.setting.theme
        step, radius, lit, judged = (
            self.clock.instant(now).landed,
            self.radius(now),
            now.of(self, "lit"),
            now.of(self, "judged"),
        )
        swell = [1 + 0.7 * now.of(self, f"{name}.pulse") + 0.7 * now.of(self, "pulse") for name in ("zero", "one")]
        pure = [answer_colour(theme, one) for one in (False, True)]
        there = now.of(self, "there")
        dimmed = [blended(theme.background, colour, there * (1 - 0.6 * lit)) for colour in pure]
        places = view.to_frame(self.data.inputs[:, 0], self.data.inputs[:, 1])
        wrong = self.wrong(step) if judged > 0 else None
        for row in self.rows if there > 0 else ():
            (x, y), answer = places[row].tolist(), int(self.data.targets[row])
            chosen = row == self.row and lit > 0
            size = radius * swell[answer] * (1 + 0.9 * lit if chosen else 1.0)
            yield Disc(centre=(x, y), radius=HALO * size, colour=theme.background)  # far cheaper than a shaded ball
            yield Disc(
                centre=(x, y),
                radius=size,
                colour=(pure if chosen else dimmed)[answer],
                shows=Shows("labelled row", self.clock.index, row),
            )
            if chosen:
                ring = radius * (2.6 + 0.4 * now.of(self, "pulse"))
                yield Ring(centre=(x, y), radius=ring, colour=theme.ink, width=3.0, opacity=lit)
            if wrong is not None and wrong[row]:
                shows = Shows("wrong side", self.clock.index, row)
                yield Ring(
                    centre=(x, y),
                    radius=2.0 * radius * judged,
                    colour=theme.ink,
                    width=2.6,
                    opacity=judged,
                    shows=shows,
                )

    def anchor(self, now: Now, element: str) -> Anchor:
        """`row`: the row that stands out."""
        if element != "row" or self.row is None:
            return super().anchor(now, element)
        x, y = self.plane.view(now).point(*self.data.inputs[self.row].tolist())
        return Anchor(x, y, SMALLEST)
