"""The parts of the race of methods."""

from __future__ import annotations

from scenes.phrases.method_facts import lap_end
from scenes.planned_methods import MethodRace
from scenes.script.map_window import race_window
from scenes.stage.part import Part
from scenes.stage.parts.method_lap import method_lap
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting


def parts(race: MethodRace, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    window = race_window(race)
    return (
        *(
            part
            for lap in race.laps
            for part in method_lap(lap, setting, window, lap_end(lap), lap is not race.laps[-1])
        ),
        Title(setting, setting.title),
    )
