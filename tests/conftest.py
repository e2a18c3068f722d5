"""Settings of all tests."""

from hypothesis import settings

# No test is timed: a busy machine may take its time, and the speed is the benchmarks' matter.
settings.register_profile("gdsim", deadline=None)
settings.load_profile("gdsim")
