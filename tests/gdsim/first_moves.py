"""How a method begins."""

import numpy as np


def first_move(optimiser, gradient, rate=0.1):
    """The first move, from the origin, at this gradient."""
    point = np.zeros(len(gradient))
    return optimiser.update(np.array(gradient), optimiser.init(point), rate, point)[0]
