"""What holds for all tests."""

from hypothesis import settings

# The same examples in every run, and no deadline: a shared machine is no clock.
settings.register_profile("cesym", derandomize=True, deadline=None)
settings.load_profile("cesym")
