"""The start-up benchmark passes what is within its limits and fails what is not."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "startup.py"


@pytest.fixture(scope="module")
def startup():
    spec = importlib.util.spec_from_file_location("startup", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("row", "ours", "theirs", "passes"),
    [
        (0, (0.05, 0.06, 0.05), (0.01, 0.01, 0.01), True),
        (0, (0.12, 0.12, 0.05), (0.01, 0.01, 0.01), False),
        (0, (0.05, 0.05, 9.0), (0.01, 0.01, 0.01), True),
        (1, (0.8, 0.8, 0.8), (0.3, 0.3, 0.3), True),
        (1, (1.0, 1.0, 0.8), (0.3, 0.3, 0.3), False),
        (2, (9.0, 9.0, 9.0), (0.3, 0.3, 0.3), True),
    ],
)
def test_the_median_of_the_pairs_is_judged(startup, row, ours, theirs, passes):
    assert startup.Measured(startup.LIMITS[row], ours, theirs).passes is passes


def test_a_command_that_fails_is_no_measurement(startup):
    with pytest.raises(startup.subprocess.CalledProcessError):
        startup.seconds("import sys; sys.exit(1)", cache="off")
