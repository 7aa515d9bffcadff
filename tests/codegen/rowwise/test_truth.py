"""Exact values of forms, rounded correctly."""

import math

import pytest

from cesym.codegen.rowwise.truth import exact, rounded

LSE = "log(sum(exp(z[k]), (k, 1, K)))"


def test_all_entries_are_those_that_are_found_alone():
    values = {"z": [0.0, 3.5, -700.0], "K": 3}
    form = f"exp(z[j] - {LSE})"
    pairs = rounded(form, values, "float64", "j", [1, 2, 3])
    assert [nearest for nearest, _ in pairs] == [exact(form, values, j=j) for j in (1, 2, 3)]
    assert all(abs(rest) <= 0.5 for _, rest in pairs)


def test_sums_that_depend_on_an_entry_are_kept_for_each():
    values = {"z": [1.0, 2.0], "K": 2}
    pairs = rounded("sum(z[k]*z[j], (k, 1, K))", values, "float64", "j", [1, 2])
    assert [nearest for nearest, _ in pairs] == [3.0, 6.0]


def test_what_cancels_is_worked_out_with_more_digits():
    values = {"z": [1000.0, 0.0], "K": 2}
    ((nearest, _),) = rounded(f"{LSE} - z[j]", values, "float64", "j", [1])
    assert nearest == 0.0  # e^-1000 rounds to 0
    ((nearest, _),) = rounded(f"{LSE} - z[j]", {"z": [700.0, 0.0], "K": 2}, "float64", "j", [1])
    assert nearest == math.exp(-700.0)


def test_what_no_precision_tells_from_zero_is_zero():
    ((nearest, rest),) = rounded(f"{LSE} - {LSE}", {"z": [0.5], "K": 1}, "float64", "j", [1])
    assert (nearest, rest) == (0.0, 0.0)


def test_another_format():
    ((nearest, rest),) = rounded("z[j]", {"z": [1 + 2.0**-25], "K": 1}, "float32", "j", [1])
    assert (nearest, rest) == (1.0, pytest.approx(0.25))
