"""What is said of Newton's method on a curve, each sentence true of its run."""

from __future__ import annotations

from gdsim import Stop, Trajectory
from scenes.phrases.formulas import ground
from scenes.phrases.newton_facts import (
    bend_at,
    comes_to,
    compares,
    fits_all,
    is_level,
    is_straight,
    on_a_hilltop,
)
from scenes.phrases.run_facts import variable_text
from scenes.planned_newton import NewtonRuns
from scenes.script.sentence import Count, Equals, Name, Sentence, Value, Words, say


def steps_of(run: Trajectory) -> Count:
    """How many steps a run took."""
    return Count(run.steps, "step", "steps")


def no_fit_words(main: Trajectory) -> Sentence:
    """Why there is no first step: no slope, or no curvature."""
    if is_level(main):
        return say("Here, the slope is as good as zero. So there's no step to take.")
    return say("Here, the curve doesn't bend. The best fit is a straight line, and a line has no bottom.")


def way_words(main: Trajectory) -> Sentence:
    """What the quotient of slope and curvature says at the start."""
    if bend_at(main, 0) > 0:
        return say("Slope divided by curvature: that's how far away its bottom is.")
    return say("It opens downward. Slope divided by curvature is how far away its top is.")


def jump_words(main: Trajectory) -> Sentence:
    """The first jump."""
    if main.steps > 1:
        return say("So jump there, and fit again. That's Newton's method.")
    if main.steps == 0:
        if main.stop is Stop.UNDEFINED:
            return say("So jump there? The curve has no value at that place.")
        if main.stop is Stop.SLOPELESS:
            return say("So jump there? The curve has no slope at that place.")
        return say("So jump there? That's far off the map.")
    if main.stop is not Stop.FLAT:
        if main.stop is Stop.DIVERGED:
            return say("So jump there: far off the map.")
        return say("So jump there. One jump further, the curve can't be followed.")
    if on_a_hilltop(main):
        return say("So jump there: one step, and it's level. But this is a hilltop!")
    if fits_all(main):
        return say("So jump there. The fit is the curve itself, so one step is enough.")
    return say("So jump there: one step, and the slope is as good as zero.")


def end_words(main: Trajectory) -> Sentence:
    """How the jumps after the first one end."""
    if main.stop is Stop.FLAT:
        if on_a_hilltop(main):
            return say("After {steps}, the slope is as good as zero. But this is a hilltop!", steps=steps_of(main))
        return (
            say("After only {steps}, the slope is as good as zero.", steps=steps_of(main))
            if main.steps < 10
            else (say("After {steps}, the slope is as good as zero.", steps=steps_of(main)))
        )
    if main.stop is Stop.DIVERGED:
        return say("Jump by jump, it leaves the map.")
    if main.stop is Stop.STEP_LIMIT:
        return say("After {steps}, it still hasn't settled.", steps=steps_of(main))
    return say("Then it's stuck: one jump further, the curve can't be followed.")


def downward_words(runs: NewtonRuns) -> Sentence:
    """Before the hump, where the curve bends down, as the main curve may have done."""
    bend = bend_at(runs[0], 0)
    if bend < 0 and not is_level(runs[0]):
        return say("Here, the curve bends down, too. Where will Newton's method go?")
    return say("But here, the curve bends down. Where will Newton's method go?")


def plain_words(runs: NewtonRuns) -> Sentence:
    """Plain descent from the same start."""
    main, plain = runs[:2]
    if comes_to(main, plain):
        return say("From the same start, [plain descent](run5) takes {steps}.", steps=steps_of(plain))
    return say("From the same start, [plain descent](run5) isn't there after {steps}.", steps=steps_of(plain))


def bargain_words(runs: NewtonRuns) -> Sentence:
    """The count of BFGS, beside the others."""
    return say("Here, [BFGS](run6) takes {steps}.", steps=steps_of(runs[2]))


def loop_words(main: Trajectory) -> Sentence:
    """One line for the loop."""
    if is_level(main):
        return say("No slope, no step.")
    if is_straight(main):
        return say("No bend, no parabola, no step.")
    return say("Fit a parabola, jump to where it's level.")


def alt(runs: NewtonRuns) -> Sentence:
    """The film in a sentence or two."""
    main = runs[0]
    name = Name(variable_text(main.objective.variables[0]))
    values: dict[str, Value] = {
        "curve": Words(ground(main)),
        "name": name,
        "start": Equals(float(main.points[0, 0])),
    }
    if not main.steps:
        return say("On {curve}, Newton's method takes no step from {name} {start}.", **values)
    values |= {"steps": steps_of(main), "end": Equals(float(main.points[-1, 0]))}
    template = "On {curve}, Newton's method takes {steps} from {name} {start} to {end}."
    if compares(runs) and comes_to(main, runs[1]):
        template += " Plain descent takes {plain}."
        values["plain"] = steps_of(runs[1])
    return say(template, **values)
