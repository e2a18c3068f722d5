"""Several methods on one surface, from one start, on one clock: which is first depends on the surface."""
