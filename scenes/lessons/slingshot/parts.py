"""The parts of the film about the slingshot: the range as the hero, and the map of the loss beside it."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from gdsim.ballistics import DISTANCE
from scenes.phrases.shot_facts import near_window, shots_window
from scenes.stage.part import Part
from scenes.stage.parts.cost_map import CostBall, CostTrail
from scenes.stage.parts.dial import Dial
from scenes.stage.parts.hits import Hits, ShotMap, Valley
from scenes.stage.parts.nudges import Nudges
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.shooting_range import Range
from scenes.stage.parts.shot_numbers import left_corner, shot_numbers, shot_slopes, slopes_box
from scenes.stage.parts.shot_rules import correction_rule, miss_rule
from scenes.stage.parts.shots import Aiming, Firing, Miss, Shots
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting

# A run without steps has no rate; the dial, which is then not shown, stands here.
NO_RATE = 0.1


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front. `map`, `run1`, `shots1`, `ball1`, …; a second row has its own colour."""
    main, composition, theme = runs[0], setting.composition, setting.theme
    small, colours = composition.aside, (theme.ball, theme.concept("run2"))
    plane = Range(setting, near_window(main), small)
    # The warmest colour is that of a shot that goes nowhere.
    zero, window = DISTANCE * DISTANCE, shots_window(runs)
    cost = ShotMap(setting, main.objective, window, small, plane, start=zero, equal=False)
    firings = [Firing(run, index, f"run{index + 1}") for index, run in enumerate(runs)]
    shots = [Shots(setting, plane, one, colour, f"shots{one.index + 1}") for one, colour in zip(firings, colours)]
    rate = float(main.learning_rates[0]) if main.steps else NO_RATE
    corner = left_corner(composition.hero(1.0, 0.0), 2).inset(0.35, 0.0, 0.5, 0.2)
    return (
        plane,
        Nudges(setting, shots[0], slopes_box(plane)),
        *(Miss(setting, plane, one, f"miss{one.index + 1}") for one in firings),
        *shots,
        cost,
        Valley(setting, cost),
        *_paths(setting, cost, firings, colours),
        Hits(setting, plane, cost),
        *firings,
        *shot_numbers(setting, plane, firings),
        shot_slopes(setting, plane, firings[0]),
        Dial(setting, rate, corner, plate=True),
        Title(setting, setting.title),
        Rule(
            setting,
            miss_rule(main, setting.label("miss"), setting.label("landing")),
            firings[0],
            composition.strip,
            "factors",
        ),
        Rule(setting, correction_rule(main), firings[0], composition.strip),
    )


def _paths(setting: Setting, cost: ShotMap, firings: list[Firing], colours: tuple[str, ...]) -> Iterator[Part]:
    """The shots as points on the map."""
    for firing, colour in zip(firings, colours):
        clock = Aiming(firing)
        yield CostTrail(setting, cost, clock, colour, f"trail{firing.index + 1}")
        yield CostBall(setting, cost, clock, colour, f"ball{firing.index + 1}")
