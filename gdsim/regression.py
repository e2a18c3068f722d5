"""Linear and logistic regression: mean losses with exact solutions.

The conventions are those of torch: MSELoss and BCEWithLogitsLoss, both with reduction "mean".
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim.dataset import Dataset
from gdsim.model import Model
from gdsim.objective import Array

# Newton's method on a log-loss that has a minimum converges in about ten steps.
NEWTON_STEPS = 60


def line_through_origin() -> Model:
    """ŷ = w·x with the mean squared error J = 1/n Σ(ŷ − y)², ∂J/∂w = 2/n Σ(ŷ − y)·x, J″ = 2/n Σx²; parameter w."""

    def check(data: Dataset) -> None:
        _one_feature(data)
        if not data.inputs.any():
            raise ValueError(f"every x of {data.name} is 0, so no slope is best; 1,2 is a row that works")

    return Model(
        name="line-through-origin",
        predict=lambda points, inputs: points[..., :1] * inputs[:, 0],
        value=lambda points, data: np.mean((points[..., :1] * data.inputs[:, 0] - data.targets) ** 2, axis=-1),
        gradient=lambda points, data: (
            2 * _mean_times_inputs(points[..., :1] * data.inputs[:, 0] - data.targets, data.inputs)
        ),
        hessian=lambda points, data: np.broadcast_to(
            2 * np.mean(data.inputs[:, 0] ** 2), (*np.shape(points)[:-1], 1, 1)
        ),
        check=check,
        exact=lambda data: np.array([data.inputs[:, 0] @ data.targets / (data.inputs[:, 0] @ data.inputs[:, 0])]),
        formula=lambda rows: f"1/{rows} sum_(i=1)^{rows} (w x_i - y_i)^2",
        variables=("w",),
        start=(0.0,),
        recipe=(line_through_origin, ()),
    )


def line() -> Model:
    """ŷ = w·x + b with the mean squared error, ∂J/∂w = 2/n Σ(ŷ − y)·x, ∂J/∂b = 2/n Σ(ŷ − y); parameters w, b."""

    def check(data: Dataset) -> None:
        _one_feature(data)
        if np.ptp(data.inputs[:, 0]) == 0:
            x = data.inputs[0, 0]
            raise ValueError(
                f"every x of {data.name} is {x:g}, so no line is best; at least two different x are needed"
            )

    def exact(data: Dataset) -> Array:
        """The solution of the normal equations, for centred x, which makes their matrix diagonal."""
        x, y = data.inputs[:, 0], data.targets
        centred = x - x.mean()
        slope = centred @ y / (centred @ centred)
        return np.array([slope, y.mean() - slope * x.mean()])

    def errors(points: Array, data: Dataset) -> Array:
        return points[..., :1] * data.inputs[:, 0] + points[..., 1:] - data.targets

    return Model(
        name="line",
        predict=lambda points, inputs: points[..., :1] * inputs[:, 0] + points[..., 1:],
        value=lambda points, data: np.mean(errors(points, data) ** 2, axis=-1),
        gradient=lambda points, data: 2 * _mean_times_inputs(errors(points, data), _with_ones(data.inputs)),
        hessian=lambda points, data: np.broadcast_to(
            2 * _with_ones(data.inputs).T @ _with_ones(data.inputs) / data.rows, (*np.shape(points)[:-1], 2, 2)
        ),
        check=check,
        exact=exact,
        formula=lambda rows: f"1/{rows} sum_(i=1)^{rows} (w x_i + b - y_i)^2",
        variables=("w", "b"),
        start=(0.0, 0.0),
        recipe=(line, ()),
    )


def logistic(features: int = 1) -> Model:
    """ŷ = σ(w·x + b) with the log-loss J = −1/n Σ(y ln ŷ + (1 − y) ln(1 − ŷ)) and ∂J/∂w = 1/n Σ(ŷ − y)·x.

    features: 1 (parameters w, b) or 2 (w₁, w₂, b). If the groups can be separated without an error, the loss keeps
    falling as the weights grow, and there is no exact solution.
    Raises ValueError for any other number of features.
    """
    if features not in (1, 2):
        raise ValueError(f"the number of features must be 1 or 2, got {features}; 1 works")

    def check(data: Dataset) -> None:
        if data.features != features:
            columns = "1 column" if features == 1 else f"{features} columns"
            raise ValueError(f"logistic regression here needs {columns} of x, {data.name} has {data.features}")
        zeros_and_ones(data)

    def logits(points: Array, inputs: Array) -> Array:
        return _weighted(points[..., :-1], inputs) + points[..., -1:]

    def hessian(points: Array, data: Dataset) -> Array:
        inputs = _with_ones(data.inputs)
        certainty = sigmoid(logits(points, data.inputs)) * sigmoid(-logits(points, data.inputs))
        columns = [_mean_times_inputs(certainty * column, inputs) for column in inputs.T]
        return np.stack(columns, axis=-2)

    model = Model(
        name="logistic",
        predict=lambda points, inputs: sigmoid(logits(points, inputs)),
        value=lambda points, data: np.mean(log_loss(logits(points, data.inputs), data.targets), axis=-1),
        gradient=lambda points, data: _mean_times_inputs(
            log_loss_slope(logits(points, data.inputs), data.targets), _with_ones(data.inputs)
        ),
        hessian=hessian,
        check=check,
        formula=lambda rows: f"- 1/{rows} sum_(i=1)^{rows} (y_i ln hat(y)_i + (1 - y_i) ln (1 - hat(y)_i))",
        variables=("w", "b") if features == 1 else ("w_1", "w_2", "b"),
        start=(0.0,) * (features + 1),
        recipe=(logistic, (features,)),
    )
    return model._replace(exact=lambda data: _newton(model, hessian, data))


MODELS: dict[str, Callable[[], Model]] = {
    "line-through-origin": line_through_origin,
    "line": line,
    "logistic": logistic,
}
"""Every regression model by name."""


def sigmoid(logits: Array) -> Array:
    """σ(z) = 1/(1 + e⁻ᶻ), accurate to the last digits for every finite z: (...) -> (...)."""
    return np.exp(-np.logaddexp(0.0, -logits))


def log_loss(logits: Array, targets: Array) -> Array:
    """−ln of the probability given to each target (0 or 1), without overflow: (..., rows) -> (..., rows)."""
    return np.logaddexp(0.0, (1 - 2 * targets) * logits)


def log_loss_slope(logits: Array, targets: Array) -> Array:
    """The derivative of `log_loss` with respect to the logit, σ(z) − y, without cancellation: the same shapes."""
    wrong = 1 - 2 * targets
    return wrong * sigmoid(wrong * logits)


def zeros_and_ones(data: Dataset) -> None:
    """Raise ValueError unless every target is 0 or 1 and both occur."""
    if set(np.unique(data.targets).tolist()) != {0.0, 1.0}:
        raise ValueError(f"the targets of {data.name} must be 0 or 1, and both must occur; 1.5,1 is a row that works")


def _one_feature(data: Dataset) -> None:
    if data.features != 1:
        raise ValueError(f"a line needs one column of x, {data.name} has {data.features}; 1.5,3 is a row that works")


def _with_ones(inputs: Array) -> Array:
    """(rows, features) -> (rows, features + 1): a column of ones for the intercept."""
    return np.concatenate([inputs, np.ones((len(inputs), 1))], axis=1)


def _weighted(weights: Array, inputs: Array) -> Array:
    """(..., features), (rows, features) -> (..., rows), summed in the same order however many points there are."""
    total = weights[..., :1] * inputs[:, 0]
    for feature in range(1, inputs.shape[1]):
        total = total + weights[..., feature : feature + 1] * inputs[:, feature]
    return total


def _mean_times_inputs(slopes: Array, inputs: Array) -> Array:
    """(..., rows), (rows, features) -> (..., features): the mean over the rows of slope times input."""
    return np.stack([np.mean(slopes * column, axis=-1) for column in inputs.T], axis=-1)


def _newton(model: Model, hessian: Callable[[Array, Dataset], Array], data: Dataset) -> Array | None:
    """The parameters of minimum loss by Newton's method with step halving, or None if they grow without bound."""
    point = np.zeros(len(model.start))
    for _ in range(NEWTON_STEPS):
        curvatures = hessian(point, data)
        if not np.linalg.cond(curvatures) < 1e14:
            return None
        step = np.linalg.solve(curvatures, model.gradient(point, data))
        ceiling = model.value(point, data) * (1 + 1e-12)  # rounding must not reject the last steps
        while not model.value(point - step, data) <= ceiling and np.abs(step).max() > 1e-12:
            step = step / 2
        point = point - step
        if np.all(np.abs(step) <= 1e-12 * np.maximum(1.0, np.abs(point))):
            return point
    return None
