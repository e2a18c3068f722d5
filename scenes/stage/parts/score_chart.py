"""The accuracy of a fit over its steps: a stair, for it changes only when a point changes sides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from gdsim import Trajectory
from gdsim.batches import BatchRun
from scenes.phrases.class_facts import accuracy
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now
from scenes.stage.parts.aside import AXIS, MOST_POINTS, LossChart
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Run
from scenes.stage.write import Setting


class AccuracyChart(LossChart):
    """The share of points on their own side against steps; each share holds until the next step has landed.

    Elements `jumps`, `flats`: its upright and its level pieces, which swell; the level ones wear the slope's colour.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"jumps.pulse": STILL, "flats.pulse": STILL}

    quantity, concept = "accuracy", "ink"

    def __init__(self, setting: Setting, box: Box, clock: Run, name: str = "chart") -> None:
        run = clock.run
        assert isinstance(run, BatchRun)
        self.shares = accuracy(run)
        low = max(0.0, math.floor(10 * float(self.shares.min()) - 0.5) / 10)
        super().__init__(setting, box, [clock], 1.02, [setting.theme.ink], low, name)

    def values(self, run: Trajectory) -> Array:
        return self.shares

    def _points(self, run: Trajectory, view: View, landed: int, share: float) -> Array:
        steps = np.unique(np.linspace(0, landed, min(landed + 1, MOST_POINTS)).round().astype(np.int64))
        across = np.append(np.repeat(steps, 2)[1:], landed + share)
        return view.to_frame(across.astype(float), np.repeat(self.shares[steps], 2))

    def _line(self, now: Now, clock: Run, colour: str, view: View, width: float) -> Iterator[Mark]:
        yield from super()._line(now, clock, colour, view, width * (1 + 0.6 * now.of(self, "pulse")))
        points = self._points(clock.run, view, *clock.instant(now))
        ends = np.stack([points[:-1], points[1:]], axis=1)
        upright = np.ptp(ends[..., 1], axis=1) > 0
        theme = self.setting.theme
        for element, pieces, shade in (("jumps", upright, colour), ("flats", ~upright, theme.slope)):
            swell = now.of(self, f"{element}.pulse")
            for piece in ends[pieces] if swell > 0 else ():
                shows = Shows(f"accuracy {element}", clock.index)
                yield Stroke(
                    points=piece, colour=shade, width=width + 5 * swell, opacity=min(1.0, 3 * swell), shows=shows
                )

    def _axes(self, view: View) -> Iterator[Mark]:
        """A low chart has its name at the foot, where the stair is not."""
        foot = view.box.top - view.box.bottom - AXIS - 0.1
        for mark in super()._axes(view):
            yield replace(mark, foot=mark.foot - foot) if self.low_room and isinstance(mark, Text) else mark
