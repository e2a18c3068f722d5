"""What runs with a schedule are called, in a sentence and beside a lane, and their colours."""

from __future__ import annotations

from scenes.planned_schedules import CONSTANTS, ScheduleRuns
from scenes.script.sentence import Brief, Sentence, Tinted, Value, Words, say

# Colours of the runs: warm for the large constant rate, cool for the small one, then those of the schedules.
COLOURS = ("run5", "run1", "run6", "run3", "run4", "run2")
_CALLED = {
    "step": say("step"),
    "exponential": say("exponential"),
    "cosine": say("cosine"),
    "warmup-cosine": say("warm-up"),
    "inverse-time": say("one over t"),
}


def called(runs: ScheduleRuns, index: int) -> Sentence:
    """What a run is called: `cosine`, `constant 0.3`."""
    if index < CONSTANTS:
        return say("constant {rate}", rate=Brief(float(runs.rates[index, 0])))
    return _CALLED[runs.names[index]]


def named(runs: ScheduleRuns, index: int) -> Value:
    """The same in its run's colour."""
    return Tinted(Words(called(runs, index)), COLOURS[index])
