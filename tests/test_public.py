"""The public face: quick to import, and each name is found when it is used."""

import subprocess
import sys

import pytest

import cesym


def test_importing_cesym_loads_nothing_heavy():
    script = (
        "import sys, cesym\n"
        "heavy = {'sympy', 'flint', 'numpy', 'hypothesis', 'rich', 'babel', 'jinja2', 'yaml'}\n"
        "print(heavy & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_a_public_name_is_taken_from_its_module(monkeypatch):
    monkeypatch.setitem(cesym._PUBLIC, "gcd", "math")
    assert cesym.gcd(6, 4) == 2
    assert "gcd" in dir(cesym)


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="'cesym' has no attribute 'nothing'"):
        _ = cesym.nothing
