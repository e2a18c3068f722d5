"""A small neural network (2 inputs, hidden tanh units, 1 sigmoid output) with its backpropagation written out.

Forward, for a row x: h = tanh(W₁x + b₁), z = w₂·h + b₂, ŷ = σ(z); the loss is the mean log-loss.
Backward, with n rows and δ = (σ(z) − y)/n:
    ∂J/∂w₂ = Σ δh,  ∂J/∂b₂ = Σ δ,  and with ε = δ·w₂·(1 − h²):  ∂J/∂W₁ = Σ ε xᵀ,  ∂J/∂b₁ = Σ ε.
(Rumelhart, Hinton and Williams, 1986.) The parameters are one flat vector in torch's order:
W₁ row by row, b₁, w₂, b₂; eight hidden units make 33.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gdsim.dataset import Dataset, seeded
from gdsim.model import CELLS, Model
from gdsim.objective import Array
from gdsim.regression import log_loss, log_loss_slope, sigmoid, zeros_and_ones
from gdsim.trajectory import Trajectory

FEATURES = 2


class Layers(NamedTuple):
    """Flat parameters (..., dims), or gradients with respect to them, split by layer.

    hidden_weights: (..., hidden, 2). hidden_biases: (..., hidden).
    output_weights: (..., hidden). output_bias: (...).
    """

    hidden_weights: Array
    hidden_biases: Array
    output_weights: Array
    output_bias: Array


class Forward(NamedTuple):
    """The results of one forward pass.

    hidden: (..., rows, hidden), in (−1, 1). logits: (..., rows). outputs: (..., rows), in (0, 1).
    """

    hidden: Array
    logits: Array
    outputs: Array


@dataclass(frozen=True, eq=False)
class Training:
    """What a film of a training run shows; index 0 is before the first step. The arrays are read-only.

    run: the points, losses and gradients. layers, slopes: parameters and gradients, split by layer.
    hidden: (steps + 1, rows, hidden). outputs, row_losses: (steps + 1, rows).
    accuracy: (steps + 1,), the fraction of rows classified correctly.
    """

    run: Trajectory
    data: Dataset
    layers: Layers
    slopes: Layers
    hidden: Array
    outputs: Array
    row_losses: Array
    accuracy: Array

    def __post_init__(self) -> None:
        for array in (*self.layers, *self.slopes, self.hidden, self.outputs, self.row_losses, self.accuracy):
            array.setflags(write=False)  # a frozen dataclass does not freeze its arrays


def network(hidden: int = 8, seed: int = 0) -> Model:
    """The network as a model for a dataset with two inputs and targets 0 or 1, with 4·hidden + 1 parameters.

    Its start is drawn from the seed (see `starting_parameters`); it has no exact solution.
    Raises ValueError unless there are 1 to 64 hidden units and the seed is 0 or more.
    """
    start = starting_parameters(hidden, seed)

    def check(data: Dataset) -> None:
        if data.features != FEATURES:
            raise ValueError(f"the network needs two inputs, x1,x2, got {data.features}; 0.5,-1,1 is a row that works")
        zeros_and_ones(data)

    return Model(
        name="network",
        predict=lambda points, inputs: forward(points, inputs).outputs,
        value=lambda points, data: np.mean(log_loss(forward(points, data.inputs).logits, data.targets), axis=-1),
        gradient=backward,
        check=check,
        formula=lambda rows: f"- 1/{rows} sum_(i=1)^{rows} (y_i ln hat(y)_i + (1 - y_i) ln (1 - hat(y)_i))",
        variables=tuple(f"theta_{number}" for number in range(1, len(start) + 1)),
        start=tuple(start.tolist()),
        width=4 * hidden,
        recipe=(network, (hidden, seed)),
    )


def starting_parameters(hidden: int = 8, seed: int = 0) -> Array:
    """Uniform weights within ±√(6/(inputs + outputs)) of a layer (Glorot and Bengio, 2010) and biases 0: (dims,).

    Raises ValueError unless there are 1 to 64 hidden units and the seed is 0 or more.
    """
    if not 1 <= hidden <= 64:
        raise ValueError(f"the number of hidden units must be from 1 to 64, got {hidden}; 8 works")
    draw = seeded(seed)
    first, second = np.sqrt(6 / (FEATURES + hidden)), np.sqrt(6 / (hidden + 1))
    weights = draw.uniform(-first, first, hidden * FEATURES), draw.uniform(-second, second, hidden)
    return np.concatenate([weights[0], np.zeros(hidden), weights[1], [0.0]])


def layers(parameters: Array) -> Layers:
    """(..., 4·hidden + 1) split by layer, without a copy. Raises ValueError for any other number of parameters."""
    hidden, rest = divmod(parameters.shape[-1] - 1, FEATURES + 2)
    if rest or hidden < 1:
        raise ValueError(f"the network has 4 parameters per hidden unit plus 1, got {parameters.shape[-1]}; 33 works")
    weights, biases = FEATURES * hidden, (FEATURES + 1) * hidden
    return Layers(
        parameters[..., :weights].reshape(*parameters.shape[:-1], hidden, FEATURES),
        parameters[..., weights:biases],
        parameters[..., biases:-1],
        parameters[..., -1],
    )


def forward(parameters: Array, inputs: Array) -> Forward:
    """Pass `inputs` (rows, 2) through the networks with `parameters` (..., dims)."""
    weights, biases, output_weights, output_bias = layers(parameters)
    # shape=(..., rows, hidden), summed in one order however many networks there are
    hidden = np.tanh(
        weights[..., None, :, 0] * inputs[:, :1] + weights[..., None, :, 1] * inputs[:, 1:] + biases[..., None, :]
    )
    logits = np.sum(hidden * output_weights[..., None, :], axis=-1) + output_bias[..., None]
    return Forward(hidden, logits, sigmoid(logits))


def backward(parameters: Array, data: Dataset) -> Array:
    """The gradient of the mean log-loss by backpropagation: (..., dims) -> (..., dims)."""
    passed = forward(parameters, data.inputs)
    delta = log_loss_slope(passed.logits, data.targets) / data.rows  # shape=(..., rows)
    output_weights = layers(parameters).output_weights[..., None, :]
    epsilon = delta[..., None] * output_weights * (1 - passed.hidden**2)  # shape=(..., rows, hidden)
    by_weight = [np.sum(epsilon * data.inputs[:, feature, None], axis=-2) for feature in range(FEATURES)]
    return np.concatenate(
        [
            np.stack(by_weight, axis=-1).reshape(*parameters.shape[:-1], -1),
            np.sum(epsilon, axis=-2),
            np.sum(delta[..., None] * passed.hidden, axis=-2),
            np.sum(delta, axis=-1)[..., None],
        ],
        axis=-1,
    )


def training(run: Trajectory, data: Dataset) -> Training:
    """Everything that happened inside the network at each step of `run`, recomputed from its points.

    It has (steps + 1) · rows · (hidden + 2) numbers; raises ValueError if that is more than CELLS, 64 MB.
    """
    hidden = layers(run.points).output_weights.shape[-1]
    size = len(run.points) * data.rows * (hidden + 2)
    if size > CELLS:
        most = CELLS // (data.rows * (hidden + 2)) - 1
        raise ValueError(f"{run.steps} steps on {data.rows} rows are too many to keep; up to {most} steps work")
    passed = forward(run.points, data.inputs)
    return Training(
        run=run,
        data=data,
        layers=layers(run.points),
        slopes=layers(run.gradients),
        hidden=passed.hidden,
        outputs=passed.outputs,
        row_losses=log_loss(passed.logits, data.targets),
        accuracy=np.mean((passed.outputs > 0.5) == (data.targets > 0.5), axis=-1),
    )


def decision_surface(
    parameters: Array, domain: tuple[tuple[float, float], tuple[float, float]], resolution: int = 64
) -> tuple[Array, Array, Array]:
    """The network's output on a grid over a rectangle: x (resolution,), y (resolution,) and the outputs.

    outputs: (..., resolution, resolution), rows along y, columns along x, for parameters (..., dims).
    domain: (low, high) of x and of y.
    """
    x, y = (np.linspace(low, high, resolution) for low, high in domain)
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, FEATURES)
    outputs = forward(parameters, corners).outputs
    return x, y, outputs.reshape(*outputs.shape[:-1], resolution, resolution)
