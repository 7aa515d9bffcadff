"""export and lambdify."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from derived import derived

import cesym
from cesym.codegen import TARGETS, export, lambdify
from cesym.derivation import derive
from cesym.errors import UnknownName

ROOT = Path(__file__).parents[2]


def test_what_is_written_and_what_is_returned_are_the_same_functions(tmp_path):
    file = tmp_path / "written.py"
    file.write_text(export("binary-cross-entropy"), encoding="utf-8")
    written = runpy.run_path(str(file))
    returned = lambdify("binary-cross-entropy")
    assert set(written["__all__"]) == set(returned.__all__)
    rng = np.random.default_rng(0)
    y, s = rng.integers(0, 2, 1000), rng.normal(0, 100, 1000)
    for name in returned.__all__:
        np.testing.assert_array_equal(getattr(returned, name)(y, s), written[name](y, s))


def test_the_public_functions():
    assert cesym.export is export and cesym.lambdify is lambdify


def test_an_unknown_target_names_those_there_are():
    with pytest.raises(UnknownName, match="numpy"):
        export("sigmoid", to="fortran")
    assert "numpy" in TARGETS


def test_a_derivation_will_do():
    derivation = derived("sigmoid")
    assert export(derivation) == export("sigmoid")
    assert float(lambdify(derivation).value(0.0)) == 0.5


def test_writing_is_repeatable():
    assert export(derived("squared-error")) == export(derive("squared-error"))


def test_no_words_of_the_page_are_run():
    module = lambdify(derived("binary-cross-entropy"))
    assert module.__doc__ is None and module.loss.__doc__ is None


def test_the_benchmark_measures_what_export_writes():
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "accuracy.py"), "-n", "300", "-j", "1"],
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout and done.stdout.count(" ok ") == 3 * 2 * 2 * 5
