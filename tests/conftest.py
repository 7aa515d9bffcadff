"""What holds for all tests."""

import os

from hypothesis import settings

# What a test sees is worked out in it, and nothing is left behind in the user's cache.
os.environ["CESYM_CACHE"] = "off"

# The same examples in every run, and no deadline: a shared machine is no clock.
settings.register_profile("cesym", derandomize=True, deadline=None)
settings.load_profile("cesym")
