"""Write torch.json: trajectories of every optimiser, and rates of every schedule, as torch computes them.

Run it in an environment of its own, since torch is no dependency of the project:

    python -m venv /tmp/golden && /tmp/golden/bin/pip install torch==2.13.0 numpy
    /tmp/golden/bin/python tests/gdsim/golden/make_torch.py

Slopes come from torch's autograd, in double precision. The default type is double too: NAdam and ASGD
keep a scalar of their state in the default type, and single precision would show in the ninth digit.
"""

import json
from pathlib import Path

import torch
from torch.optim import lr_scheduler

STEPS = 30

PROBLEMS = {
    "bowl": ((3.0, 4.0), lambda x, y: x**2 + y**2),
    "elongated-bowl": ((-4.5, 1.5), lambda x, y: (x**2 + 25 * y**2) / 2),
    "rosenbrock": ((-1.2, 1.0), lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    "himmelblau": ((0.5, -1.25), lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2),
}

# Our name and settings, torch's class and settings, and the rate for each of the four problems: calm enough
# that the last bit of a sum, which may differ, does not grow to more than 1e-12 in so many steps.
CASES = [
    ("gradient-descent", {}, "SGD", {}, (0.1, 0.03, 0.001, 0.01)),
    ("gradient-descent", {"weight_decay": 0.05}, "SGD", {"weight_decay": 0.05}, (0.3, 0.05, 0.0005, 0.005)),
    ("momentum", {}, "SGD", {"momentum": 0.9}, (0.05, 0.01, 0.0003, 0.002)),
    (
        "momentum",
        {"decay": 0.5, "dampening": 0.3},
        "SGD",
        {"momentum": 0.5, "dampening": 0.3},
        (0.2, 0.03, 0.001, 0.01),
    ),
    (
        "momentum",
        {"decay": 0.0, "dampening": 0.3},
        "SGD",
        {"momentum": 0.0, "dampening": 0.3},
        (0.1, 0.03, 0.001, 0.01),
    ),
    ("momentum", {"weight_decay": 0.1}, "SGD", {"momentum": 0.9, "weight_decay": 0.1}, (0.05, 0.01, 0.0003, 0.002)),
    ("nesterov", {}, "SGD", {"momentum": 0.9, "nesterov": True}, (0.05, 0.01, 0.0003, 0.002)),
    (
        "nesterov",
        {"decay": 0.6, "weight_decay": 0.02},
        "SGD",
        {"momentum": 0.6, "nesterov": True, "weight_decay": 0.02},
        (0.1, 0.02, 0.0005, 0.005),
    ),
    ("asgd", {}, "ASGD", {}, (0.1, 0.03, 0.001, 0.01)),
    (
        "asgd",
        {"scale": 0.1, "power": 0.5, "weight_decay": 0.01},
        "ASGD",
        {"lambd": 0.1, "alpha": 0.5, "weight_decay": 0.01},
        (0.1, 0.03, 0.001, 0.01),
    ),
    ("adagrad", {}, "Adagrad", {}, (0.5, 0.5, 0.1, 0.3)),
    (
        "adagrad",
        {"accumulator": 0.5, "rate_decay": 0.05, "epsilon": 1e-6, "weight_decay": 0.03},
        "Adagrad",
        {"initial_accumulator_value": 0.5, "lr_decay": 0.05, "eps": 1e-6, "weight_decay": 0.03},
        (0.5, 0.5, 0.1, 0.3),
    ),
    ("adadelta", {}, "Adadelta", {}, (1.0, 1.0, 1.0, 1.0)),
    (
        "adadelta",
        {"decay": 0.7, "epsilon": 1e-3, "weight_decay": 0.05},
        "Adadelta",
        {"rho": 0.7, "eps": 1e-3, "weight_decay": 0.05},
        (2.0, 1.0, 0.3, 1.0),
    ),
    ("rmsprop", {}, "RMSprop", {}, (0.05, 0.05, 0.005, 0.03)),
    ("rmsprop", {"decay": 0.9, "momentum": 0.8}, "RMSprop", {"alpha": 0.9, "momentum": 0.8}, (0.02, 0.02, 0.002, 0.02)),
    ("rmsprop", {"centred": True}, "RMSprop", {"centered": True}, (0.02, 0.02, 0.005, 0.03)),
    (
        "rmsprop",
        {"centred": True, "momentum": 0.5, "decay": 0.95, "epsilon": 1e-4, "weight_decay": 0.02},
        "RMSprop",
        {"centered": True, "momentum": 0.5, "alpha": 0.95, "eps": 1e-4, "weight_decay": 0.02},
        (0.02, 0.02, 0.005, 0.02),
    ),
    ("rprop", {}, "Rprop", {}, (0.1, 0.1, 0.01, 0.05)),
    (
        "rprop",
        {"shrink": 0.3, "grow": 1.5, "smallest": 0.01, "largest": 0.5},
        "Rprop",
        {"etas": (0.3, 1.5), "step_sizes": (0.01, 0.5)},
        (0.1, 0.1, 0.02, 0.05),
    ),
    ("adam", {}, "Adam", {}, (0.1, 0.1, 0.02, 0.025)),
    ("adam", {"beta1": 0.8, "beta2": 0.99}, "Adam", {"betas": (0.8, 0.99)}, (0.3, 0.2, 0.02, 0.1)),
    ("adam", {"epsilon": 0.01, "weight_decay": 0.1}, "Adam", {"eps": 0.01, "weight_decay": 0.1}, (0.1, 0.1, 0.02, 0.1)),
    (
        "adam",
        {"weight_decay": 0.1, "decoupled": True},
        "Adam",
        {"weight_decay": 0.1, "decoupled_weight_decay": True},
        (0.1, 0.1, 0.02, 0.1),
    ),
    ("adamw", {}, "AdamW", {}, (0.1, 0.1, 0.02, 0.1)),
    (
        "adamw",
        {"beta1": 0.7, "weight_decay": 0.2, "amsgrad": True},
        "AdamW",
        {"betas": (0.7, 0.999), "weight_decay": 0.2, "amsgrad": True},
        (0.2, 0.1, 0.02, 0.1),
    ),
    ("amsgrad", {}, "Adam", {"amsgrad": True}, (0.3, 0.2, 0.02, 0.1)),
    (
        "amsgrad",
        {"beta2": 0.9, "weight_decay": 0.05},
        "Adam",
        {"amsgrad": True, "betas": (0.9, 0.9), "weight_decay": 0.05},
        (0.3, 0.2, 0.02, 0.1),
    ),
    ("nadam", {}, "NAdam", {}, (0.1, 0.1, 0.02, 0.05)),
    (
        "nadam",
        {"momentum_decay": 0.02, "beta2": 0.98, "weight_decay": 0.05},
        "NAdam",
        {"momentum_decay": 0.02, "betas": (0.9, 0.98), "weight_decay": 0.05},
        (0.1, 0.1, 0.02, 0.1),
    ),
    (
        "nadam",
        {"weight_decay": 0.1, "decoupled": True},
        "NAdam",
        {"weight_decay": 0.1, "decoupled_weight_decay": True},
        (0.1, 0.1, 0.02, 0.1),
    ),
    ("radam", {}, "RAdam", {}, (0.1, 0.02, 0.0005, 0.005)),
    (
        "radam",
        {"beta2": 0.9, "weight_decay": 0.05},
        "RAdam",
        {"betas": (0.9, 0.9), "weight_decay": 0.05},
        (0.1, 0.02, 0.0005, 0.005),
    ),
    (
        "radam",
        {"weight_decay": 0.1, "decoupled": True},
        "RAdam",
        {"weight_decay": 0.1, "decoupled_weight_decay": True},
        (0.1, 0.02, 0.0005, 0.005),
    ),
    ("adamax", {}, "Adamax", {}, (0.1, 0.1, 0.02, 0.1)),
    (
        "adamax",
        {"beta1": 0.8, "beta2": 0.95, "weight_decay": 0.05},
        "Adamax",
        {"betas": (0.8, 0.95), "weight_decay": 0.05},
        (0.1, 0.1, 0.02, 0.1),
    ),
    ("adafactor", {}, "Adafactor", {}, (0.05, 0.05, 0.01, 0.05)),
    (
        "adafactor",
        {"beta2_decay": -0.5, "epsilon": 1e-3, "smallest_scale": 0.5, "clipping": 1.5, "weight_decay": 0.05},
        "Adafactor",
        {"beta2_decay": -0.5, "eps": (1e-3, 0.5), "d": 1.5, "weight_decay": 0.05},
        (0.3, 0.1, 0.005, 0.1),
    ),
    # One inner iteration per step, and no early return, so that each of its steps is one of ours.
    ("lbfgs", {}, "LBFGS", {"max_iter": 1, "tolerance_grad": 0, "tolerance_change": 0}, (0.5, 0.5, 0.3, 0.3)),
    (
        "lbfgs",
        {"history": 3},
        "LBFGS",
        {"max_iter": 1, "tolerance_grad": 0, "tolerance_change": 0, "history_size": 3},
        (0.3, 0.3, 0.1, 0.2),
    ),
]

# Our name and settings, and torch's scheduler of an optimiser; rates start at 0.1.
SCHEDULES = [
    ("constant", {}, lambda torch_optimiser: lr_scheduler.ConstantLR(torch_optimiser, factor=1.0)),
    ("step", {"every": 7, "factor": 0.3}, lambda torch_optimiser: lr_scheduler.StepLR(torch_optimiser, 7, 0.3)),
    ("exponential", {"factor": 0.9}, lambda torch_optimiser: lr_scheduler.ExponentialLR(torch_optimiser, 0.9)),
    ("cosine", {}, lambda torch_optimiser: lr_scheduler.CosineAnnealingLR(torch_optimiser, STEPS)),
    (
        "cosine",
        {"period": 12, "lowest": 0.01},
        lambda torch_optimiser: lr_scheduler.CosineAnnealingLR(torch_optimiser, 12, 0.01),
    ),
    (
        "warmup-cosine",
        {"warmup": 6, "warmup_start": 0.2, "lowest": 0.003},
        lambda torch_optimiser: lr_scheduler.SequentialLR(
            torch_optimiser,
            [
                lr_scheduler.LinearLR(torch_optimiser, 0.2, total_iters=6),
                lr_scheduler.CosineAnnealingLR(torch_optimiser, STEPS - 6, 0.003),
            ],
            milestones=[6],
        ),
    ),
    (
        "inverse-time",
        {"decay": 0.25},
        lambda torch_optimiser: lr_scheduler.LambdaLR(torch_optimiser, lambda step: 1 / (1 + 0.25 * step)),
    ),
]


def points(problem, start, torch_optimiser_of, scheduler_of=None):
    """Every point of a run, from the start, and the rate each step used."""
    parameters = torch.tensor(start, requires_grad=True)
    torch_optimiser = torch_optimiser_of([parameters])
    scheduler = scheduler_of(torch_optimiser) if scheduler_of else None
    visited, rates = [parameters.tolist()], []

    def closure():
        torch_optimiser.zero_grad()
        loss = problem(*parameters)
        loss.backward()
        return loss

    for _ in range(STEPS):
        rates.append(float(torch_optimiser.param_groups[0]["lr"]))
        torch_optimiser.step(closure)
        if scheduler:
            scheduler.step()
        visited.append(parameters.tolist())
    return visited, rates


def is_method(thing):
    """Whether a name of torch.optim is one of its methods, not their base class, a module or a function."""
    return isinstance(thing, type) and issubclass(thing, torch.optim.Optimizer) and thing is not torch.optim.Optimizer


def main():
    torch.set_default_dtype(torch.float64)
    runs, schedules = [], []
    for name, settings, torch_name, torch_settings, rates in CASES:
        for (problem, (start, function)), rate in zip(PROBLEMS.items(), rates):
            torch_class = getattr(torch.optim, torch_name)
            visited, _ = points(function, start, lambda p: torch_class(p, lr=rate, **torch_settings))  # noqa: B023
            words = ", ".join(f"{key}={value!r}" for key, value in torch_settings.items())
            run = {"optimiser": name, "settings": settings, "torch": f"{torch_name}({words})"}
            runs.append(run | {"problem": problem, "rate": rate, "points": visited})
    start, function = PROBLEMS["himmelblau"]
    for name, settings, scheduler_of in SCHEDULES:
        visited, rates = points(function, start, lambda p: torch.optim.Adam(p, lr=0.1), scheduler_of)
        schedules.append({"schedule": name, "settings": settings, "rates": rates, "points": visited})
    provenance = {"script": Path(__file__).name, "torch": torch.__version__, "precision": "float64", "steps": STEPS}
    provenance["optimisers"] = sorted(name for name in dir(torch.optim) if is_method(getattr(torch.optim, name)))
    lines = [f'{{"provenance": {json.dumps(provenance)},', '"runs": [']
    lines += [",\n".join(json.dumps(run) for run in runs), '], "schedules": [']
    lines += [",\n".join(json.dumps(schedule) for schedule in schedules), "]}"]
    Path(__file__).with_name("torch.json").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
