"""A deterministic simulator of gradient descent: exact trajectories, numpy alone."""

from gdsim.objective import Minimum, Objective
from gdsim.optimiser import Optimiser, gradient_descent
from gdsim.simulate import simulate
from gdsim.stop import Stop
from gdsim.surfaces import SURFACES
from gdsim.trajectory import Trajectory

__all__ = ["SURFACES", "Minimum", "Objective", "Optimiser", "Stop", "Trajectory", "gradient_descent", "simulate"]
__version__ = "0.1.0"
