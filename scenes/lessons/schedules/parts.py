"""The parts of the film about schedules."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.schedule_facts import home_window, order
from scenes.phrases.schedule_names import COLOURS, called
from scenes.planned_schedules import ScheduleRuns
from scenes.stage.part import Part
from scenes.stage.parts.bowl_map import BowlMap, BowlMinimum, Kicks
from scenes.stage.parts.cost_map import CostBall, CostTrail
from scenes.stage.parts.rate_lanes import RateLanes, lane_boxes
from scenes.stage.parts.run import Run
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front: the map with its balls, and the lanes that follow it."""
    assert isinstance(runs, ScheduleRuns)
    colours = [setting.theme.concept(name) for name in COLOURS[: len(runs)]]
    names = [called(runs, index).plain(setting.language) for index in range(len(runs))]
    plane = BowlMap(setting, runs, home_window(runs), lane_boxes(setting.composition)[1])
    clocks = [Run(run, index, f"run{index + 1}") for index, run in enumerate(runs)]
    lanes = list(zip(clocks, colours))
    return (
        plane,
        *(CostTrail(setting, plane, clock, colour, f"trail{clock.index + 1}") for clock, colour in lanes),
        BowlMinimum(setting, plane),
        Kicks(setting, plane, runs, runs.goal, (colours[0], colours[1])),
        Kicks(setting, plane, runs, runs[0].points[0], (colours[0], colours[1]), "fan"),
        *(CostBall(setting, plane, clock, colour, f"ball{clock.index + 1}") for clock, colour in lanes),
        RateLanes(setting, plane, runs, clocks, colours, names, order(runs)),
        *clocks,
        Title(setting, setting.title),
    )
