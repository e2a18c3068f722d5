"""The learning rate as a function of the step number, following the conventions of torch.optim.lr_scheduler."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from gdsim.setting import COUNT, SHARE, ZERO_OR_MORE, Setting, Value, pick, read_settings

# Step number (0, 1, …) -> the rate of that step.
Schedule = Callable[[int], float]


def constant(rate: float) -> Schedule:
    """The same rate at every step: αₜ = α."""
    return lambda step: rate


def step_decay(rate: float, every: int = 30, factor: float = 0.1) -> Schedule:
    """The rate is multiplied by `factor` every `every` steps, as StepLR: αₜ = α·γ^⌊t/s⌋."""
    return lambda step: rate * factor ** (step // every)


def exponential(rate: float, factor: float = 0.95) -> Schedule:
    """The rate is multiplied by `factor` at every step, as ExponentialLR: αₜ = α·γᵗ."""
    return lambda step: rate * factor**step


def cosine(rate: float, period: int, lowest: float = 0.0) -> Schedule:
    """Half a cosine wave down to `lowest` in `period` steps (Loshchilov and Hutter, 2017), as CosineAnnealingLR.

    αₜ = α_min + ½(α − α_min)(1 + cos(πt/T)); after T steps, the wave rises again.
    """
    return lambda step: lowest + (rate - lowest) * (1 + math.cos(math.pi * step / period)) / 2


def warmup_cosine(
    rate: float, period: int, warmup: int = 5, warmup_start: float = 1 / 3, lowest: float = 0.0
) -> Schedule:
    """A linear increase for `warmup` steps from a fraction of the rate, then a cosine over the rest of `period`.

    As SequentialLR([LinearLR(start_factor, total_iters=W), CosineAnnealingLR(T − W)], milestones=[W]):
    αₜ = α·(s + (1 − s)·t/W) for t < W, then the cosine of t − W.
    Raises ValueError unless `period` is longer than `warmup`.
    """
    if period <= warmup:
        rule = f"the period must be longer than the warmup of {warmup:.15g} steps"
        raise ValueError(f"{rule}, got {period:.15g}; {warmup + 1:.15g} works")
    fall = cosine(rate, period - warmup, lowest)

    def rate_at(step: int) -> float:
        if step < warmup:
            return rate * (warmup_start + (1 - warmup_start) * step / warmup)
        return fall(step - warmup)

    return rate_at


def inverse_time(rate: float, decay: float = 0.1) -> Schedule:
    """1/t decay (Robbins and Monro, 1951), as LambdaLR(lambda t: 1 / (1 + decay·t)): αₜ = α / (1 + kt)."""
    return lambda step: rate / (1 + decay * step)


class Plan(NamedTuple):
    """A schedule as the command line knows it.

    build: takes the rate, then the settings as keywords, and returns the Schedule.
    settings: name -> Setting; `period` is by default the number of steps of the run.
    summary: one line. formula: the rate α_t of step t as Typst mathematics.
    """

    build: Callable[..., Schedule]
    settings: dict[str, Setting]
    summary: str
    formula: str


FACTOR = Setting(0.95, SHARE, "what the rate is multiplied by each time", torch="gamma")
PERIOD = Setting(100, COUNT, "number of steps the schedule spans; by default, the whole run", torch="T_max")
LOWEST = Setting(0.0, ZERO_OR_MORE, "minimum rate, at the end of the schedule", torch="eta_min")

SCHEDULES: dict[str, Plan] = {
    "constant": Plan(constant, {}, "the same rate at every step", "alpha_t = alpha"),
    "step": Plan(
        step_decay,
        {
            "every": Setting(30, COUNT, "number of steps between two drops", torch="step_size"),
            "factor": FACTOR._replace(default=0.1),
        },
        "a drop at regular intervals",
        "alpha_t = alpha gamma^floor(t \\/ s)",
    ),
    "exponential": Plan(
        exponential, {"factor": FACTOR}, "the same fraction lost at every step", "alpha_t = alpha gamma^t"
    ),
    "cosine": Plan(
        cosine,
        {"period": PERIOD, "lowest": LOWEST},
        "half a cosine wave down (Loshchilov and Hutter, 2017)",
        "alpha_t = alpha_min + 1/2 (alpha - alpha_min) (1 + cos(pi t \\/ T))",
    ),
    "warmup-cosine": Plan(
        warmup_cosine,
        {
            "period": PERIOD,
            "warmup": Setting(5, COUNT, "number of steps of the linear increase", torch="total_iters"),
            "warmup_start": Setting(1 / 3, SHARE, "fraction of the rate it starts from", torch="start_factor"),
            "lowest": LOWEST,
        },
        "a linear increase, then half a cosine wave down",
        "alpha_t = cases(alpha (s + (1 - s) t \\/ W) &quad t < W, "
        "alpha_min + 1/2 (alpha - alpha_min) (1 + cos(pi (t - W) \\/ (T - W))) &quad t >= W)",
    ),
    "inverse-time": Plan(
        inverse_time,
        {"decay": Setting(0.1, ZERO_OR_MORE, "how quickly the rate falls")},
        "1/t: ever smaller, yet enough to cover any distance (Robbins and Monro, 1951)",
        "alpha_t = alpha / (1 + k t)",
    ),
}


def build_schedule(name: str, rate: float, steps: int, settings: Mapping[str, str | Value] | None = None) -> Schedule:
    """The schedule called `name` for a run of `steps` steps with the initial learning rate `rate`.

    Raises ValueError, one line, if a name or a value is not valid.
    """
    plan = SCHEDULES[pick("schedule", name, SCHEDULES)]
    known = dict(plan.settings)
    if "period" in known:
        known["period"] = PERIOD._replace(default=max(steps, 1))
    if not math.isfinite(rate):
        raise ValueError(f"a learning rate must be finite, got {rate}; 0.1 works")
    return plan.build(rate, **read_settings(name, known, settings or {}))
