"""The accuracy benchmark passes code that is accurate and fails code that is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "benchmarks" / "accuracy.py"

GOOD = """
import numpy as np


def loss(y, s):
    return np.maximum(s, 0) * (1 - y) + np.maximum(-s, 0) * y + np.log1p(np.exp(-np.abs(s)))


def gradient(y, s):
    t = np.exp(-np.abs(s))
    return np.where(s >= 0, (1 - y) - y * t, (1 - y) * t - y) / (1 + t)


def hessian(y, s):
    t = np.exp(-np.abs(s))
    return t / (1 + t * (2 + t))
"""
FAULTS = {
    "cancels": (
        "np.where(s >= 0, (1 - y) - y * t, (1 - y) * t - y) / (1 + t)",
        "_cancelling(y, s)",
    ),
    "overflows": ("np.exp(-np.abs(s)))", "np.exp(s)) - s * (s > 0)"),
    "widens": ("t / (1 + t * (2 + t))", "(t / (1 + t * (2 + t))).astype(np.float64)"),
}
HELPER = """

def _cancelling(y, s):
    return np.where(s >= 0, 1, np.exp(-np.abs(s))) / (1 + np.exp(-np.abs(s))) - y
"""


def run(tmp_path: Path, source: str) -> subprocess.CompletedProcess[str]:
    module = tmp_path / "module.py"
    module.write_text(source, encoding="utf-8")
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(module), "-n", "200", "-j", "1", "--limit", "4"],
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_accurate_code_passes(tmp_path: Path) -> None:
    done = run(tmp_path, GOOD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout and done.stdout.count(" ok ") == 3 * 2 * 2 * 5


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_fails(fault: str, tmp_path: Path) -> None:
    right, wrong = FAULTS[fault]
    assert right in GOOD
    done = run(tmp_path, GOOD.replace(right, wrong) + HELPER)
    assert done.returncode == 1, done.stdout + done.stderr


def test_all_systems_stand_side_by_side() -> None:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(SCRIPT), "--all", "-n", "20", "-j", "1"]
    done = subprocess.run(
        [*command, "--systems", "numpy", "NumPy, textbook", "SciPy, softmax"],
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout and done.stdout.count(" ok ") == 12
    assert done.stdout.count("NumPy, textbook") == 4 and done.stdout.count("SciPy, softmax") == 4
