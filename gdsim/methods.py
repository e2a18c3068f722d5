"""The methods by name: one literal table, and the way from what a user typed to an Optimiser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from gdsim.adam import adam, adamax, adamw, amsgrad, nadam, radam
from gdsim.adaptive import adadelta, adagrad, rmsprop, rprop
from gdsim.curvature import bfgs, lbfgs, newton
from gdsim.objective import Objective
from gdsim.optimiser import Optimiser, asgd, gradient_descent, momentum, nesterov
from gdsim.setting import ABOVE_ZERO, COUNT, FRACTION, SWITCH, ZERO_OR_MORE, Kind, Setting, Value, pick, read_settings


class Method(NamedTuple):
    """A method of descent as the command line knows it.

    build: settings -> Optimiser, as keywords; where `needs_objective`, the objective comes first.
    settings: name -> Setting. summary: one line.
    formula: the update as Typst mathematics, in x, g (the slope) and α (the rate).
    own_rate: the learning rate that belongs to the method; None where the scene's own suits.
    """

    build: Callable[..., Optimiser]
    settings: dict[str, Setting]
    summary: str
    formula: str
    own_rate: float | None = None
    needs_objective: bool = False


ABOVE_ONE = Kind("above 1 and finite", ABOVE_ZERO.read, lambda value: 1 < value < float("inf"))
BELOW_ONE = Kind("above 0 and below 1", ABOVE_ZERO.read, lambda value: 0 < value < 1)

BETA1 = Setting(0.9, FRACTION, "how much of the mean slope is kept a step")
BETA2 = Setting(0.999, FRACTION, "how much of the mean squared slope is kept a step")
EPSILON = Setting(1e-8, ABOVE_ZERO, "keeps the division away from zero", torch="eps")
HEAVY = Setting(0.9, FRACTION, "how much of the velocity is kept a step", torch="momentum")
WEIGHT_DECAY = Setting(0.0, ZERO_OR_MORE, "pull towards zero, a unit of distance")
DECOUPLED = Setting(False, SWITCH, "whether the decay bypasses the averages", torch="decoupled_weight_decay")
AMSGRAD = Setting(False, SWITCH, "whether the mean squared slope may never fall")

OPTIMISERS: dict[str, Method] = {
    "gradient-descent": Method(
        gradient_descent,
        {"weight_decay": WEIGHT_DECAY},
        "straight down the slope (Cauchy, 1847)",
        "x <- x - alpha g",
    ),
    "momentum": Method(
        momentum,
        {
            "decay": HEAVY,
            "dampening": Setting(0.0, FRACTION, "how much of each new slope is held back"),
            "weight_decay": WEIGHT_DECAY,
        },
        "a heavy ball that keeps part of its velocity (Polyak, 1964)",
        "b <- mu b + g, quad x <- x - alpha b",
    ),
    "nesterov": Method(
        nesterov,
        {"decay": HEAVY, "weight_decay": WEIGHT_DECAY},
        "a heavy ball that looks one step ahead (Nesterov, 1983)",
        "b <- mu b + g, quad x <- x - alpha (g + mu b)",
    ),
    "asgd": Method(
        asgd,
        {
            "scale": Setting(1e-4, ZERO_OR_MORE, "how fast the rate fades", torch="lambd"),
            "power": Setting(0.75, ZERO_OR_MORE, "how the rate fades in the end", torch="alpha"),
            "weight_decay": WEIGHT_DECAY,
        },
        "descent with a fading rate, made for averaging (Polyak and Juditsky, 1992)",
        "x <- (1 - lambda eta) x - eta g, quad eta <- alpha / (1 + lambda alpha t)^p",
    ),
    "adagrad": Method(
        adagrad,
        {
            "epsilon": EPSILON._replace(default=1e-10),
            "accumulator": Setting(0.0, ZERO_OR_MORE, "what the sum starts from", torch="initial_accumulator_value"),
            "rate_decay": Setting(0.0, ZERO_OR_MORE, "how fast the rate fades", torch="lr_decay"),
            "weight_decay": WEIGHT_DECAY,
        },
        "each coordinate's rate shrinks with the slopes it has met (Duchi et al., 2011)",
        "v <- v + g^2, quad x <- x - alpha g / (sqrt(v) + epsilon)",
    ),
    "adadelta": Method(
        adadelta,
        {
            "decay": Setting(0.9, FRACTION, "how much of the mean squares is kept a step", torch="rho"),
            "epsilon": EPSILON._replace(default=1e-6),
            "weight_decay": WEIGHT_DECAY,
        },
        "steps as long as recent steps were, no rate to choose (Zeiler, 2012)",
        "v <- rho v + (1 - rho) g^2, quad d = sqrt(u + epsilon) / sqrt(v + epsilon) g, quad "
        "u <- rho u + (1 - rho) d^2, quad x <- x - alpha d",
        own_rate=1.0,
    ),
    "rmsprop": Method(
        rmsprop,
        {
            "decay": Setting(0.99, FRACTION, "how much of the mean squared slope is kept a step", torch="alpha"),
            "epsilon": EPSILON,
            "centred": Setting(False, SWITCH, "whether the mean slope is taken out", torch="centered"),
            "momentum": Setting(0.0, FRACTION, "how much of the velocity is kept a step"),
            "weight_decay": WEIGHT_DECAY,
        },
        "each step divided by the size of recent slopes (Tieleman and Hinton, 2012)",
        "v <- rho v + (1 - rho) g^2, quad x <- x - alpha g / (sqrt(v) + epsilon)",
    ),
    "rprop": Method(
        rprop,
        {
            "shrink": Setting(0.5, BELOW_ONE, "a step's factor where the slope turned"),
            "grow": Setting(1.2, ABOVE_ONE, "a step's factor where the slope kept its sign"),
            "smallest": Setting(1e-6, ABOVE_ZERO, "no step is shorter"),
            "largest": Setting(50.0, ABOVE_ZERO, "no step is longer"),
        },
        "only the slope's sign counts; steps grow until it turns (Riedmiller and Braun, 1993)",
        's <- cases(eta_+ s &quad "slope kept its sign", eta_- s &quad "slope turned"), quad x <- x - s op("sgn")(g)',
    ),
    "adam": Method(
        adam,
        {
            "beta1": BETA1,
            "beta2": BETA2,
            "epsilon": EPSILON,
            "weight_decay": WEIGHT_DECAY,
            "amsgrad": AMSGRAD,
            "decoupled": DECOUPLED,
        },
        "momentum and a rate for each coordinate (Kingma and Ba, 2015)",
        "x <- x - alpha / (1 - beta_1^t) dot m / (sqrt(v) \\/ sqrt(1 - beta_2^t) + epsilon)",
    ),
    "adamw": Method(
        adamw,
        {
            "beta1": BETA1,
            "beta2": BETA2,
            "epsilon": EPSILON,
            "weight_decay": WEIGHT_DECAY._replace(default=0.01),
            "amsgrad": AMSGRAD,
        },
        "Adam with a separate pull towards zero (Loshchilov and Hutter, 2019)",
        "x <- x - alpha lambda x - alpha / (1 - beta_1^t) dot m / (sqrt(v) \\/ sqrt(1 - beta_2^t) + epsilon)",
    ),
    "amsgrad": Method(
        amsgrad,
        {"beta1": BETA1, "beta2": BETA2, "epsilon": EPSILON, "weight_decay": WEIGHT_DECAY},
        "Adam whose rates only ever shrink (Reddi et al., 2018)",
        "w <- max(w, v), quad x <- x - alpha / (1 - beta_1^t) dot m / (sqrt(w) \\/ sqrt(1 - beta_2^t) + epsilon)",
    ),
    "nadam": Method(
        nadam,
        {
            "beta1": BETA1,
            "beta2": BETA2,
            "epsilon": EPSILON,
            "momentum_decay": Setting(0.004, ZERO_OR_MORE, "how fast the momentum warms up"),
            "weight_decay": WEIGHT_DECAY,
            "decoupled": DECOUPLED,
        },
        "Adam that looks ahead along its momentum (Dozat, 2016)",
        "x <- x - alpha ((1 - mu_t) / (1 - p_t) g + mu_(t+1) / (1 - p_(t+1)) m) / "
        "(sqrt(v \\/ (1 - beta_2^t)) + epsilon)",
    ),
    "radam": Method(
        radam,
        {"beta1": BETA1, "beta2": BETA2, "epsilon": EPSILON, "weight_decay": WEIGHT_DECAY, "decoupled": DECOUPLED},
        "Adam that waits until it has seen enough slopes (Liu et al., 2020)",
        "x <- x - alpha r_t dot m / (1 - beta_1^t) dot sqrt(1 - beta_2^t) / (sqrt(v) + epsilon)",
    ),
    "adamax": Method(
        adamax,
        {"beta1": BETA1, "beta2": BETA2, "epsilon": EPSILON, "weight_decay": WEIGHT_DECAY},
        "Adam with the largest slope in place of the mean square (Kingma and Ba, 2015)",
        "u <- max(beta_2 u, |g| + epsilon), quad x <- x - alpha / (1 - beta_1^t) dot m / u",
    ),
    "newton": Method(
        newton,
        {"damping": Setting(1e-3, ABOVE_ZERO, "the least curvature a step reckons with")},
        "to the bottom of the bowl that fits here (Newton, 1685; damped off the bowl)",
        "x <- x - alpha |H|^(-1) g",
        own_rate=1.0,
        needs_objective=True,
    ),
    "bfgs": Method(
        bfgs,
        {"sufficient": Setting(1e-4, FRACTION, "the share of the promised fall that a step must keep")},
        "Newton's step with the curvature learned, never uphill (Broyden and others, 1970)",
        "x <- x - t H g, quad H approx (nabla^2 f)^(-1)",
        own_rate=1.0,
        needs_objective=True,
    ),
    "lbfgs": Method(
        lbfgs,
        {"history": Setting(100, COUNT, "how many past steps it learns the curvature from", torch="history_size")},
        "the same with a short memory and a fixed rate, as torch's (Liu and Nocedal, 1989)",
        "x <- x - alpha H g, quad H approx (nabla^2 f)^(-1)",
        own_rate=1.0,
    ),
}


def build_optimiser(
    name: str, settings: Mapping[str, str | Value] | None = None, objective: Objective | None = None
) -> Optimiser:
    """The method called `name`, with the given settings (as typed, or as numbers) and defaults for the rest.

    objective: what is descended; only the methods that look beyond the slope use it.
    Raises ValueError with one line where a name or a value is off.
    """
    method = OPTIMISERS[pick("optimiser", name, OPTIMISERS)]
    values = read_settings(name, method.settings, settings or {})
    if not method.needs_objective:
        return method.build(**values)
    if objective is None:
        raise ValueError(f"{name} looks beyond the slope; give the objective too")
    return method.build(objective, **values)
