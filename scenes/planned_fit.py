"""From the user's options to a model fitted to data: the spec's values replace the lesson's own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from gdsim.batches import BatchRun, descend_in_batches, steps_per_epoch
from gdsim.dataset import DATASETS, Dataset, read_csv
from gdsim.model import Model, objective_on
from gdsim.neural import network
from gdsim.optimiser import Optimiser
from gdsim.regression import MODELS, logistic
from gdsim.schedule import Schedule
from gdsim.setting import pick
from gdsim.standardised import LINEAR, in_own_units, scale_of, to_scaled
from scenes.planned_run import asked_optimiser, asked_rate
from scenes.spec import RenderSpec

LEARNING_RATE, EPOCHS, HIDDEN = 0.01, 20, 8
# The share of the largest rate at which descent still converges that suits data of any scale.
GENTLE = 0.125


Arguments = tuple[Model, Dataset, int | None, int, int, Optimiser, float | Schedule, tuple[float, ...] | None]


class Training(NamedTuple):
    """A model, the data it is fitted to, and how: the arguments of `descend_in_batches` in their order.

    own: the data before they were standardised; None if they were not.
    """

    model: Model
    data: Dataset
    batch_size: int | None
    epochs: int
    seed: int
    optimiser: Optimiser
    rate: float | Schedule
    start: tuple[float, ...] | None
    own: Dataset | None = None

    @property
    def arguments(self) -> Arguments:
        """The arguments of `descend_in_batches` in their order."""
        return self[:-1]

    def in_own_units(self, run: BatchRun) -> BatchRun:
        """A run of this training in the units of the data before they were standardised, if they were."""
        return run if self.own is None else in_own_units(run, self.own)

    @property
    def steps(self) -> int:
        """The maximum number of steps."""
        return self.epochs * steps_per_epoch(self.data.rows, self.batch_size or self.data.rows)


def planned_fit(
    spec: RenderSpec,
    data: str,
    learning_rate: float = LEARNING_RATE,
    epochs: int = EPOCHS,
    model: str | None = None,
    batch_size: int | None = None,
) -> BatchRun:
    """The fit that `spec` asks for, with the lesson's own data, rate, epochs, model and batch size as defaults.

    Raises ValueError with one line where a name, a value or the file is off.
    """
    return descend_in_batches(*asked_training(spec, data, learning_rate, epochs, model, batch_size).arguments)


def asked_training(
    spec: RenderSpec,
    data: str = "doubles",
    learning_rate: float = LEARNING_RATE,
    epochs: int = EPOCHS,
    model: str | None = None,
    batch_size: int | None = None,
) -> Training:
    """The arguments of that fit. Raises ValueError as `planned_fit` does."""
    rows = asked_data(spec, data)
    fitted = asked_model(spec, rows, model)
    size = spec.batch_size or batch_size
    each = steps_per_epoch(rows.rows, size or rows.rows)
    passes = spec.epochs or (epochs if spec.steps is None else -(-spec.steps // each))
    optimiser = asked_optimiser(spec, objective_on(fitted, rows))
    rate = asked_rate(spec, learning_rate, passes * each)
    return Training(fitted, rows, size, passes, spec.seed, optimiser, rate, spec.start)


def standardised_training(spec: RenderSpec) -> Training:
    """The fit that `spec` asks for, to standardised inputs, from the same line, at a rate that suits them.

    Raises ValueError as `planned_fit` does, and if the model is not linear with an intercept.
    """
    plain = asked_training(spec)
    if plain.model.name not in LINEAR:
        raise ValueError(f"--standardise is for {' and '.join(LINEAR)}, got {plain.model.name}; --model line works")
    data = plain.data.standardised()
    start = None if plain.start is None else tuple(to_scaled(np.array(plain.start), scale_of(plain.data)).tolist())
    rate = asked_rate(spec, gentle_rate(plain.model, data), plain.steps)
    optimiser = asked_optimiser(spec, objective_on(plain.model, data))
    return plain._replace(data=data, start=start, rate=rate, optimiser=optimiser, own=plain.data)


def asked_data(spec: RenderSpec, own: str) -> Dataset:
    """The data that the user named, by default the lesson's own.

    Raises ValueError if there are none of that name, or if the file is not the one that the spec was made for.
    """
    name = spec.data or own
    if name in DATASETS:
        return DATASETS[name](spec.seed)
    if not Path(name).suffix and not Path(name).exists():
        pick("dataset", name, DATASETS)
    if spec.data_digest and spec.data_digest != file_digest(name):
        raise ValueError(f"{name} has changed since the command began; type the command again")
    return read_csv(name)


def asked_model(spec: RenderSpec, data: Dataset, own: str | None = None) -> Model:
    """The model that the user named; by default the lesson's own, or the one that suits the data."""
    answers = bool(np.isin(data.targets, (0.0, 1.0)).all())
    name = (
        spec.model
        or own
        or ("line" if data.features == 1 and not answers else "network" if data.features == 2 else "logistic")
    )
    if name == "network":
        return network(spec.hidden or HIDDEN, spec.seed)
    if spec.hidden is not None:
        raise ValueError(f"--hidden is for a network, {name} has no hidden units; --model network works")
    if name == "logistic":
        return logistic(data.features)
    return MODELS[pick("model", name, [*MODELS, "network"])]()


def gentle_rate(model: Model, data: Dataset) -> float:
    """An eighth of the largest rate at which plain descent converges, with one digit: 0.01 for y = 2x at 1 … 5.

    Raises ValueError as `objective_on` does, and if the model has no Hessian.
    """
    model.check(data)
    if model.hessian is None:
        raise ValueError(f"no rate is known to suit {model.name}")
    steepest = float(np.linalg.eigvalsh(model.hessian(np.array(model.start), data))[-1])
    rate = GENTLE * 2 / steepest if steepest > 0 else LEARNING_RATE
    return float(f"{rate:.0e}") if np.isfinite(rate) and rate > 0 else LEARNING_RATE


def file_digest(name: str | None) -> str:
    """Sixteen hexadecimal digits of a file's content; empty if the name is no file's, or it cannot be read."""
    from hashlib import sha256

    if name is None or name in DATASETS:
        return ""
    try:
        return sha256(Path(name).read_bytes()).hexdigest()[:16] if Path(name).is_file() else ""
    except OSError:
        return ""  # reading it will say why
