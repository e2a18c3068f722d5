"""A network worked out number by number, and its gradients by differences: nothing here is backpropagation's."""

from __future__ import annotations

from math import exp, log1p, tanh

import numpy as np

STEP = 1e-6


def sent_through(point, inputs) -> tuple[list[float], float, float]:
    """One row's hidden values, logit and output, from a flat list of parameters: weights, biases, weights, bias."""
    hidden = (len(point) - 1) // 4
    point, (x1, x2) = [float(one) for one in point], inputs
    values = [
        tanh(point[2 * unit] * x1 + point[2 * unit + 1] * x2 + point[2 * hidden + unit]) for unit in range(hidden)
    ]
    logit = point[-1] + sum(point[3 * hidden + unit] * value for unit, value in enumerate(values))
    return values, logit, 1 / (1 + exp(-logit)) if logit > -700 else 0.0


def row_loss(point, inputs, target) -> float:
    """Minus the logarithm of the probability that the row's answer gets."""
    _, logit, _ = sent_through(point, inputs)
    away = logit if target == 0 else -logit
    return max(away, 0.0) + log1p(exp(-abs(away)))


def mean_loss(point, data) -> float:
    """The mean over all rows."""
    rows = zip(data.inputs.tolist(), data.targets.tolist())
    return sum(row_loss(point, inputs, target) for inputs, target in rows) / data.rows


def difference(loss, point, index: int) -> float:
    """The slope of a loss along one parameter, from two places beside the point."""
    more, less = np.array(point), np.array(point)
    more[index] += STEP
    less[index] -= STEP
    return (loss(more) - loss(less)) / (2 * STEP)


def wrong_rows(run, step: int) -> list[int]:
    """The rows whose output is on the other side of a half than their answer."""
    outputs = [sent_through(run.points[step], inputs)[1] for inputs in run.data.inputs.tolist()]
    return [row for row, logit in enumerate(outputs) if (logit > 0) != (run.data.targets[row] > 0.5)]
