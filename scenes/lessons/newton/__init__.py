"""More than the slope: the parabola that fits a curve's slope and curvature, where it leads, and what it costs."""
