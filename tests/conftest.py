"""Settings of all tests."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

# What a user has drawn and heard before must not decide a test: each test process has a cache of its own.
_CACHE = tempfile.mkdtemp(prefix="gdsim-tests-")
atexit.register(shutil.rmtree, _CACHE, ignore_errors=True)
os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = _CACHE

# No test is timed: a busy machine may take its time, and the speed is the benchmarks' matter.
settings.register_profile("gdsim", deadline=None)
settings.load_profile("gdsim")
