"""The options that determine a lesson's runs, and the line that refuses one the lesson has no use for."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.spec import RenderSpec

# Each option, and the fields of a spec that it sets.
OPTIONS: dict[str, tuple[str, ...]] = {
    "--lr": ("learning_rate", "learning_rates"),
    "--steps": ("steps",),
    "--start": ("start",),
    "--optimiser": ("optimiser",),
    "--schedule": ("schedule",),
    "--set": ("settings",),
    "--function": ("function",),
    "--data": ("data",),
    "--model": ("model",),
    "--batch-size": ("batch_size",),
    "--epochs": ("epochs",),
    "--hidden": ("hidden",),
    "--seed": ("seed",),
    "--optimisers": ("optimisers",),
    "--tune": ("tune",),
    "--schedules": ("schedules",),
    "--points": ("points_a_side",),
}
# What a lesson of one run of any method takes.
ONE_RUN = ("--lr", "--steps", "--start", "--optimiser", "--schedule", "--set", "--function")
# Values that ask for what every lesson does anyway.
PLAIN = {"optimiser": "gradient-descent", "schedule": "constant"}
_UNASKED = RenderSpec("")


def refuse_other_options(spec: RenderSpec, taken: Sequence[str]) -> None:
    """Raise ValueError, in one line, if the spec has a value for an option that is not among `taken`."""
    for option, names in OPTIONS.items():
        asked = any(getattr(spec, name) not in (getattr(_UNASKED, name), PLAIN.get(name, ())) for name in names)
        if asked and option not in taken:
            raise ValueError(f"{spec.scene} takes no {option}; {_listed(taken)}")


def _listed(taken: Sequence[str]) -> str:
    """What works instead."""
    if len(taken) < 2:
        return f"it takes {taken[0]} alone" if taken else "it takes no options of a run"
    return f"it takes {', '.join(taken[:-1])} and {taken[-1]}"
