"""The gradient, or the rule, for any number of parameters: its vectors grow into columns, and it stays one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Plate
from scenes.stage.marks import Mark
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.landscape import Land
from scenes.stage.theme import blended
from scenes.stage.type import tinted
from scenes.stage.write import Setting

# The parameters that are named, in the order in which they appear; the dots stand for those in between.
ROWS = ("1", "2", "3", "4", "dots", "(999\\,999)", "(1\\,000\\,000)")
FEWEST, SIZE, VEIL = 2, 0.52, 0.86


class Column(Part):
    """The rule with column vectors.

    grown: 0 shows two parameters, 1 a million. symbol: the function's letter.
    alone: whether it is the gradient alone, before which a minus can appear.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "minus.shown": STILL}

    def __init__(self, setting: Setting, land: Land, symbol: str, name: str = "column", alone: bool = False) -> None:
        super().__init__(name)
        self.setting, self.land, self.symbol, self.alone = setting, land, symbol, alone

    def rows(self, grown: float) -> int:
        """How many rows there are."""
        return FEWEST + round(grown * (len(ROWS) - FEWEST))

    def marks(self, now: Now) -> Iterator[Mark]:
        theme, hero = self.setting.theme, self.land.hero(now)
        yield Plate(around=hero, colour=theme.background, radius=0.01, opacity=VEIL)
        rows = ROWS[: self.rows(now.of(self, "grown"))]
        names = ["dots.v" if row == "dots" else f"theta_{row}" for row in rows]
        slopes = [name if "dots" in name else f"partial {self.symbol} \\/ partial {name}" for name in names]
        point = tinted(f"vec({', '.join(names)})", theme.ball)
        slope = tinted(f"vec({', '.join(slopes)})", theme.slope)
        source = f"{point} arrow.l {point} - {tinted('alpha', theme.rate)} dot {slope}"
        if self.alone:
            minus = self._minus(now.of(self, "minus.shown"))
            source = f"{minus} {tinted(f'nabla {self.symbol}', theme.slope)} = {minus} {slope}"
        outline = self.setting.formula(source, 0, 0, 1.0).outline
        size = min(SIZE, 0.85 * hero.width / outline.width, 0.85 * hero.height / outline.height)
        size *= 1 + 0.1 * now.of(self, "pulse")
        yield self.setting.formula(source, *hero.centre, size, None, 0.5, 0.5)

    def _minus(self, shown: float) -> str:
        """A minus that takes its place before it is seen."""
        theme = self.setting.theme
        return tinted("-", blended(theme.background, theme.ink, shown)) if shown > 0 else "#hide[$-$]"
