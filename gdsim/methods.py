"""The table of optimisers, and how a name and settings as typed become an Optimiser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from gdsim.adam import adam, adamax, adamw, amsgrad, nadam, radam
from gdsim.adaptive import DOUBLE_EPSILON, adadelta, adafactor, adagrad, rmsprop, rprop
from gdsim.curvature import bfgs, lbfgs, newton
from gdsim.objective import Objective
from gdsim.optimiser import Optimiser, asgd, gradient_descent, momentum, nesterov
from gdsim.setting import ABOVE_ZERO, COUNT, FRACTION, SWITCH, ZERO_OR_MORE, Kind, Setting, Value, pick, read_settings


class Method(NamedTuple):
    """An optimiser as the command line knows it.

    build: takes the settings as keywords and returns the Optimiser; if `needs_objective`, its first argument is that.
    settings: name -> Setting. summary: one line, with the source in parentheses.
    formula: the update as Typst mathematics, in x, g (the gradient) and α (the learning rate), with default settings;
    Adafactor's lower limit on the root mean square of x is left out.
    own_rate: the learning rate that suits the method on every function; None if the scene's default suits it.
    """

    build: Callable[..., Optimiser]
    settings: dict[str, Setting]
    summary: str
    formula: str
    own_rate: float | None = None
    needs_objective: bool = False


ABOVE_ONE = Kind("above 1 and finite", ABOVE_ZERO.read, lambda value: 1 < value < float("inf"))
ONE_OR_MORE = Kind("1 or more and finite", ABOVE_ZERO.read, lambda value: 1 <= value < float("inf"))
BELOW_ONE = Kind("above 0 and below 1", ABOVE_ZERO.read, lambda value: 0 < value < 1)
ZERO_OR_LESS = Kind("0 or less and finite", ABOVE_ZERO.read, lambda value: float("-inf") < value <= 0)

BETA1 = Setting(0.9, FRACTION, "fraction of the mean gradient kept at each step")
BETA2 = Setting(0.999, FRACTION, "fraction of the mean squared gradient kept at each step")
EPSILON = Setting(1e-8, ABOVE_ZERO, "small number that prevents division by zero", torch="eps")
MOMENTUM = Setting(0.9, FRACTION, "fraction of the velocity kept at each step", torch="momentum")
WEIGHT_DECAY = Setting(0.0, ZERO_OR_MORE, "strength of the pull towards zero, per unit of distance")
DECOUPLED = Setting(
    False, SWITCH, "whether weight decay acts on x directly, not through the gradient", torch="decoupled_weight_decay"
)
AMSGRAD = Setting(False, SWITCH, "whether the largest mean squared gradient so far is used")

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
            "decay": MOMENTUM,
            "dampening": Setting(0.0, FRACTION, "fraction of each new gradient that is left out"),
            "weight_decay": WEIGHT_DECAY,
        },
        "a heavy ball that keeps part of its velocity (Polyak, 1964)",
        "b <- mu b + g, quad x <- x - alpha b",
    ),
    "nesterov": Method(
        nesterov,
        {"decay": MOMENTUM, "weight_decay": WEIGHT_DECAY},
        "a heavy ball that looks one step ahead (Nesterov, 1983)",
        "b <- mu b + g, quad x <- x - alpha (g + mu b)",
    ),
    "asgd": Method(
        asgd,
        {
            "scale": Setting(1e-4, ZERO_OR_MORE, "how quickly the rate decreases", torch="lambd"),
            "power": Setting(
                0.75, ZERO_OR_MORE, "the power of time with which the rate decreases in the long run", torch="alpha"
            ),
            "weight_decay": WEIGHT_DECAY,
        },
        "descent with a decreasing rate, designed for averaging (Polyak and Juditsky, 1992)",
        "x <- (1 - lambda eta) x - eta g, quad eta <- alpha / (1 + lambda alpha t)^p",
    ),
    "adagrad": Method(
        adagrad,
        {
            "epsilon": EPSILON._replace(default=1e-10),
            "accumulator": Setting(
                0.0, ZERO_OR_MORE, "starting value of the sum of squared gradients", torch="initial_accumulator_value"
            ),
            "rate_decay": Setting(0.0, ZERO_OR_MORE, "how quickly the rate decreases", torch="lr_decay"),
            "weight_decay": WEIGHT_DECAY,
        },
        "each coordinate's rate shrinks with the slopes it has seen (Duchi et al., 2011)",
        "v <- v + g^2, quad x <- x - alpha g / (sqrt(v) + epsilon)",
    ),
    "adadelta": Method(
        adadelta,
        {
            "decay": Setting(0.9, FRACTION, "fraction of the mean squares kept at each step", torch="rho"),
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
            "decay": Setting(0.99, FRACTION, "fraction of the mean squared gradient kept at each step", torch="alpha"),
            "epsilon": EPSILON,
            "centred": Setting(False, SWITCH, "whether the mean gradient is subtracted", torch="centered"),
            "momentum": Setting(0.0, FRACTION, "fraction of the velocity kept at each step"),
            "weight_decay": WEIGHT_DECAY,
        },
        "each step divided by the size of recent slopes (Tieleman and Hinton, 2012)",
        "v <- rho v + (1 - rho) g^2, quad x <- x - alpha g / (sqrt(v) + epsilon)",
    ),
    "rprop": Method(
        rprop,
        {
            "shrink": Setting(0.5, BELOW_ONE, "factor of the step size where the slope turned"),
            "grow": Setting(1.2, ABOVE_ONE, "factor of the step size where the slope kept its sign"),
            "smallest": Setting(1e-6, ABOVE_ZERO, "minimum step size"),
            "largest": Setting(50.0, ABOVE_ZERO, "maximum step size"),
        },
        "only the slope's sign counts; steps grow until it changes (Riedmiller and Braun, 1993)",
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
            "momentum_decay": Setting(0.004, ZERO_OR_MORE, "how quickly the momentum warms up"),
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
    "adafactor": Method(
        adafactor,
        {
            "beta2_decay": Setting(-0.8, ZERO_OR_LESS, "exponent of the step number in the second moment's decay"),
            "epsilon": EPSILON._replace(default=DOUBLE_EPSILON),
            "smallest_scale": Setting(1e-3, ABOVE_ZERO, "minimum root mean square of x that scales a step"),
            "clipping": Setting(1.0, ONE_OR_MORE, "maximum root mean square of a step, before scaling", torch="d"),
            "weight_decay": WEIGHT_DECAY,
        },
        "each step is a fraction of x itself, divided by recent slopes (Shazeer and Stern, 2018)",
        'x <- x - rho op("rms")(x) u / max(1, op("rms")(u)), quad '
        "rho = min(alpha, 1 \\/ sqrt(t)), quad u = g / sqrt(v)",
    ),
    "newton": Method(
        newton,
        {"damping": Setting(1e-3, ABOVE_ZERO, "minimum curvature that a step assumes")},
        "to the bottom of the bowl that fits here (Newton, 1685; damped elsewhere)",
        "x <- x - alpha |H|^(-1) g",
        own_rate=1.0,
        needs_objective=True,
    ),
    "bfgs": Method(
        bfgs,
        {"sufficient": Setting(1e-4, FRACTION, "fraction of the predicted decrease that a step must achieve")},
        "Newton's step with estimated curvature, never uphill (Broyden and others, 1970)",
        "x <- x - t H g, quad H approx (nabla^2 f)^(-1)",
        own_rate=1.0,
        needs_objective=True,
    ),
    "lbfgs": Method(
        lbfgs,
        {
            "history": Setting(
                100, COUNT, "number of past steps that the curvature is estimated from", torch="history_size"
            )
        },
        "BFGS with a short memory and a fixed rate, as in torch (Liu and Nocedal, 1989)",
        "x <- x - alpha H g, quad H approx (nabla^2 f)^(-1)",
        own_rate=1.0,
    ),
}


# Other names by which people ask for a method; `method_name` also forgives capitals and underscores.
ALIASES = {
    "gd": "gradient-descent",
    "sgd": "gradient-descent",
    "descent": "gradient-descent",
    "vanilla": "gradient-descent",
    "heavy-ball": "momentum",
    "polyak": "momentum",
    "nag": "nesterov",
    "rms-prop": "rmsprop",
    "r-prop": "rprop",
    "ada-grad": "adagrad",
    "ada-delta": "adadelta",
    "ada-factor": "adafactor",
    "ams-grad": "amsgrad",
    "newton-raphson": "newton",
    "l-bfgs": "lbfgs",
}


def method_name(word: str) -> str:
    """The name in OPTIMISERS that `word` stands for; `word` itself if it stands for none."""
    plain = word.strip().lower().replace("_", "-").replace(" ", "-")
    name = ALIASES.get(plain, plain)
    return name if name in OPTIMISERS else word


def build_optimiser(
    name: str, settings: Mapping[str, str | Value] | None = None, objective: Objective | None = None
) -> Optimiser:
    """The optimiser called `name`, with the given settings (as typed, or as numbers) and defaults for the rest.

    name: one of OPTIMISERS, or another name for it in ALIASES.
    objective: the function to minimise; only methods that need more than its gradient use it.
    Raises ValueError, one line, if a name or a value is not valid.
    """
    name = pick("optimiser", method_name(name), OPTIMISERS)
    method = OPTIMISERS[name]
    values = read_settings(name, method.settings, settings or {})
    if not method.needs_objective:
        return method.build(**values)
    if objective is None:
        raise ValueError(f"{name} needs more than the gradient; pass the objective, too")
    return method.build(objective, **values)
