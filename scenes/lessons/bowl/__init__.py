"""One ball on a landscape of two parameters: the gradient is a vector of slopes, at right angles to the contour."""
