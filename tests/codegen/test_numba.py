"""What is special to the target numba: it stands alone, its loops are vectors, and have threads."""

import subprocess
import sys

import numpy as np
import optional
import pytest
from codegen.calling import loaded
from derived import derived

from cesym.codegen import export

PAGE = "binary-cross-entropy"


@pytest.fixture(scope="module")
def bce():
    return loaded(PAGE, "numba")


def test_the_module_stands_alone(tmp_path):
    optional.module("numba")
    (tmp_path / "alone.py").write_text(export(derived(PAGE), to="numba"), encoding="utf-8")
    code = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import alone
print(alone.loss([0, 1], 0.5), alone.loss_and_gradient(1, -800.0))
assert "cesym" not in sys.modules and "sympy" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "0.974" in done.stdout and "800.0" in done.stdout


def test_its_loops_are_vectors(bce):
    y = np.zeros(100)
    bce.loss_and_gradient(y, y)
    (code,) = bce._loss_and_gradient.inspect_asm().values()
    registers = {"x86_64": ("ymm", "zmm"), "aarch64": (".2d",)}
    import platform

    wanted = registers.get(platform.machine(), ("",))
    assert any(code.count(name) > 20 or not name for name in wanted)
    assert " exp" not in code and "log1p" not in code


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_threads_make_no_difference(bce, dtype):
    s = np.random.default_rng(2).normal(0, 9, 70_001).astype(dtype)
    y = (s > 1).astype(dtype)
    expected = bce.loss_and_gradient(y, s)
    room = (np.empty_like(s), np.empty_like(s))
    for threads in (2, 5):
        found = bce.loss_and_gradient(y, s, out=room, num_threads=threads)
        assert found[0] is room[0]
        for a, b in zip(found, expected, strict=True):
            assert a.dtype == dtype
            np.testing.assert_array_equal(a, b)


def test_arrays_that_are_not_alike(bce):
    s = np.random.default_rng(2).normal(0, 9, (40, 30))
    y = (s > 1).astype(float)
    expected = bce.gradient(y, s)
    np.testing.assert_array_equal(bce.gradient(y.T, s.T).T, expected)
    np.testing.assert_array_equal(bce.gradient(y.astype(int), s), expected)
    place = s.copy()
    assert bce.gradient(y, place, out=place) is place
    np.testing.assert_array_equal(place, expected)
    assert bce.gradient(np.empty(0), np.empty(0)).shape == (0,)
    assert bce.loss(1, 0.0) == np.log(2)
