"""Fits to standardised inputs, given back in the units of the data: descent sees a round bowl, the reader own numbers.

With z = (x − m)/s, a linear model v·z + c is w·x + b for w = v/s and b = c − Σ v·m/s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from gdsim.batches import BatchRun
from gdsim.dataset import Dataset
from gdsim.model import objective_on
from gdsim.objective import Array

# The models that are linear in their inputs, with an intercept that makes up for the mean.
LINEAR = ("line", "logistic")


class Scale(NamedTuple):
    """The mean and the standard deviation of each input: (features,)."""

    mean: Array
    deviation: Array


def scale_of(data: Dataset) -> Scale:
    """What standardising takes away and divides by. Raises ValueError as `Dataset.standardised` does."""
    data.standardised()
    return Scale(data.inputs.mean(axis=0), np.sqrt(np.mean((data.inputs - data.inputs.mean(axis=0)) ** 2, axis=0)))


def to_scaled(point: Array, scale: Scale) -> Array:
    """Parameters (..., features + 1) of a linear model of x -> those of the same model of z."""
    weights, bias = point[..., :-1], point[..., -1:]
    return np.concatenate([weights * scale.deviation, bias + np.sum(weights * scale.mean, -1, keepdims=True)], -1)


def from_scaled(point: Array, scale: Scale) -> Array:
    """Parameters (..., features + 1) of a linear model of z -> those of the same model of x."""
    weights, bias = point[..., :-1] / scale.deviation, point[..., -1:]
    return np.concatenate([weights, bias - np.sum(weights * scale.mean, -1, keepdims=True)], -1)


def in_own_units(run: BatchRun, data: Dataset) -> BatchRun:
    """A fit to `data.standardised()` as one to `data`: each point is the same line; the rates stay those of z.

    Raises ValueError if the model is not linear with an intercept.
    """
    if run.model.name not in LINEAR:
        raise ValueError(f"standardising is for {' and '.join(LINEAR)}, got {run.model.name}; line works")
    points = from_scaled(run.points, scale_of(data))
    objective = objective_on(run.model, data)
    with np.errstate(all="ignore"):
        slopes = [run.model.gradient(point, data.take(rows)) for point, rows in zip(points, run.rows)]
        gradients = objective.gradient(points)
    return replace(
        run,
        objective=objective,
        points=points,
        gradients=gradients,
        data=data,
        batch_gradients=np.array(slopes, dtype=float).reshape(run.batch_gradients.shape),
    )
