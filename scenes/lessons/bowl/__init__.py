"""One ball on a landscape of two parameters: the gradient is at right angles to the contour, and a vector of slopes."""
