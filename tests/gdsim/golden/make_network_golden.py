"""Numbers of a 2–8–1 network and of two regressions, computed by torch alone, for the tests to agree with.

Run once, outside the project's environment (torch is no dependency of it):
    python -m venv torch-environment
    torch-environment/bin/pip install torch==2.13.0 numpy
    torch-environment/bin/python tests/gdsim/golden/make_network_golden.py
It imports nothing of gdsim and writes network.json beside itself.
"""

import json
import math
import platform
from pathlib import Path

import torch

STEPS = 12
METHODS = {"gradient-descent": torch.optim.SGD, "adam": torch.optim.Adam}
RATES = {"gradient-descent": 0.5, "adam": 0.05}


def moons(rows, generator):
    """Two interleaved half circles with a little noise."""
    angles = torch.linspace(0, math.pi, rows // 2, dtype=torch.float64)
    upper = torch.stack([angles.cos(), angles.sin()], dim=1)
    lower = torch.stack([1 - angles.cos(), 0.5 - angles.sin()], dim=1)
    noise = 0.1 * torch.randn(rows, 2, generator=generator, dtype=torch.float64)
    answers = torch.cat([torch.zeros(rows // 2), torch.ones(rows // 2)]).double()
    return torch.cat([upper, lower]) + noise, answers


def network(start=None):
    """torch's own layers; `start` is the flat vector in the order of parameters()."""
    layers = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1)).double()
    if start is not None:
        torch.nn.utils.vector_to_parameters(start.clone(), layers.parameters())  # it keeps views
    return layers


def flat_gradient(parameters):
    return torch.cat([parameter.grad.reshape(-1) for parameter in parameters])


def trained(model, method, batches, loss_of, steps):
    """Points, losses and gradients, row 0 the start; each step's gradient is that of its own batch."""
    parameters = list(model.parameters())
    optimiser = METHODS[method](parameters, lr=RATES[method])
    points, losses, gradients = [], [], []
    for step in range(steps + 1):
        inputs, targets = batches[step % len(batches)]
        optimiser.zero_grad()
        loss = loss_of(model(inputs).squeeze(1), targets)
        loss.backward()
        points.append(torch.nn.utils.parameters_to_vector(parameters).detach().tolist())
        losses.append(loss.item())
        gradients.append(flat_gradient(parameters).tolist())
        optimiser.step()
    return {"points": points, "losses": losses, "gradients": gradients}


def main():
    generator = torch.Generator().manual_seed(2026)
    inputs, targets = moons(24, generator)
    start = 0.8 * torch.randn(33, generator=generator, dtype=torch.float64)
    cross_entropy = torch.nn.BCEWithLogitsLoss()
    passed = network(start)
    golden = {
        "provenance": {
            "script": "tests/gdsim/golden/make_network_golden.py",
            "torch": torch.__version__,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "dtype": "float64",
        },
        "rates": RATES,
        "inputs": inputs.tolist(),
        "targets": targets.tolist(),
        "start": start.tolist(),
        "hidden": passed[:2](inputs).tolist(),
        "outputs": torch.sigmoid(passed(inputs)).squeeze(1).tolist(),
        "network": {
            method: trained(network(start), method, [(inputs, targets)], cross_entropy, STEPS) for method in METHODS
        },
    }

    batches = [(inputs[rows::4, :1], targets[rows::4]) for rows in range(4)]
    golden["batches"] = [list(range(rows, 24, 4)) for rows in range(4)]
    for name, loss_of in (("logistic", cross_entropy), ("line", torch.nn.MSELoss())):
        line = torch.nn.Linear(1, 1).double()
        torch.nn.utils.vector_to_parameters(torch.zeros(2, dtype=torch.float64), line.parameters())
        golden[name] = trained(line, "gradient-descent", batches, loss_of, STEPS)

    text = json.dumps(golden, allow_nan=False, separators=(",", ":"))
    Path(__file__).with_name("network.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
