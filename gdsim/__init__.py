"""A deterministic simulator of gradient descent: exact trajectories, with numpy as its only dependency.

    from gdsim import SURFACES, simulate
    run = simulate(SURFACES["square"], rate=0.1, start=[10.0], steps=1000)
    print(run.points[-1], run.stop.value)

Each name is imported when it is first used, so that `gdsim --help` does not load numpy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gdsim.batches import BatchRun, descend_in_batches
    from gdsim.dataset import DATASETS, Dataset, doubles, noisy_line, read_csv, two_clouds, two_groups, two_moons
    from gdsim.ensemble import Ensemble, simulate_many, start_grid
    from gdsim.expression import ExpressionError, parse_objective
    from gdsim.film import Film, Lesson, Storyboard, lessons, render, storyboard
    from gdsim.laboratory import Laboratory, lab
    from gdsim.methods import OPTIMISERS, build_optimiser
    from gdsim.minima import find_minima
    from gdsim.model import Model, objective_on
    from gdsim.neural import decision_surface, network, training
    from gdsim.objective import Minimum, Objective
    from gdsim.optimiser import Optimiser, gradient_descent
    from gdsim.record import Record, trajectory_to_dict
    from gdsim.record_file import load, save_csv, save_json
    from gdsim.regression import MODELS, line, line_through_origin, logistic
    from gdsim.schedule import SCHEDULES, build_schedule
    from gdsim.simulate import simulate
    from gdsim.stop import Stop
    from gdsim.surfaces import SURFACES
    from gdsim.table import DataError
    from gdsim.trajectory import Trajectory

__version__ = "0.1.0"

# Public name -> the module that defines it.
_LATER = {
    "BatchRun": "batches",
    "DATASETS": "dataset",
    "DataError": "table",
    "Dataset": "dataset",
    "Ensemble": "ensemble",
    "ExpressionError": "expression",
    "Film": "film",
    "Laboratory": "laboratory",
    "Lesson": "film",
    "MODELS": "regression",
    "Minimum": "objective",
    "Model": "model",
    "OPTIMISERS": "methods",
    "Objective": "objective",
    "Optimiser": "optimiser",
    "Record": "record",
    "SCHEDULES": "schedule",
    "SURFACES": "surfaces",
    "Stop": "stop",
    "Storyboard": "film",
    "Trajectory": "trajectory",
    "build_optimiser": "methods",
    "build_schedule": "schedule",
    "decision_surface": "neural",
    "descend_in_batches": "batches",
    "doubles": "dataset",
    "find_minima": "minima",
    "gradient_descent": "optimiser",
    "lab": "laboratory",
    "lessons": "film",
    "line": "regression",
    "line_through_origin": "regression",
    "load": "record_file",
    "logistic": "regression",
    "network": "neural",
    "noisy_line": "dataset",
    "objective_on": "model",
    "parse_objective": "expression",
    "read_csv": "dataset",
    "render": "film",
    "save_csv": "record_file",
    "save_json": "record_file",
    "simulate": "simulate",
    "simulate_many": "ensemble",
    "start_grid": "ensemble",
    "storyboard": "film",
    "training": "neural",
    "trajectory_to_dict": "record",
    "two_clouds": "dataset",
    "two_groups": "dataset",
    "two_moons": "dataset",
}

__all__ = [
    "DATASETS",
    "MODELS",
    "OPTIMISERS",
    "SCHEDULES",
    "SURFACES",
    "BatchRun",
    "DataError",
    "Dataset",
    "Ensemble",
    "ExpressionError",
    "Film",
    "Laboratory",
    "Lesson",
    "Minimum",
    "Model",
    "Objective",
    "Optimiser",
    "Record",
    "Stop",
    "Storyboard",
    "Trajectory",
    "build_optimiser",
    "build_schedule",
    "decision_surface",
    "descend_in_batches",
    "doubles",
    "find_minima",
    "gradient_descent",
    "lab",
    "lessons",
    "line",
    "line_through_origin",
    "load",
    "logistic",
    "network",
    "noisy_line",
    "objective_on",
    "parse_objective",
    "read_csv",
    "render",
    "save_csv",
    "save_json",
    "simulate",
    "simulate_many",
    "start_grid",
    "storyboard",
    "training",
    "trajectory_to_dict",
    "two_clouds",
    "two_groups",
    "two_moons",
]


if not TYPE_CHECKING:  # a type checker reads the imports above, and finds a name that is not among them

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first used. Raises AttributeError if there is no such name."""
        if name not in _LATER:
            raise AttributeError(f"module 'gdsim' has no attribute {name!r}")
        return getattr(import_module(f"gdsim.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """This package, whose `simulate` is always the function, even after the module of that name was imported."""

    @property
    def simulate(self) -> Any:
        """The function `gdsim.simulate.simulate`."""
        return import_module("gdsim.simulate").simulate

    @simulate.setter
    def simulate(self, module: ModuleType) -> None:
        """Ignore Python's attempt to store the imported module `simulate` as an attribute of the package."""


sys.modules[__name__].__class__ = _Package
