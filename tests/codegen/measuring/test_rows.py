"""Losses of rows are measured: accurate code passes, and code that is off is found out."""

import numpy as np
import optional
import pytest
from codegen.calling import NEEDS, loaded
from derived import derived

from cesym.codegen.measuring import rows, strata, ulp
from cesym.codegen.rowwise import TARGETS
from cesym.errors import UnknownName, UnsupportedTerm

PAGE = "categorical-cross-entropy"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Two numbers of classes, so that it takes no minutes."""
    monkeypatch.setattr(strata, "CLASSES", (2, 7))


@pytest.mark.parametrize("target", (*TARGETS, "c"))
def test_every_target_is_measured(target):
    loaded(PAGE, target)
    report = ulp(derived(PAGE), target=target, points=40)
    assert report.within(4) and report.argument == "spread"
    assert len(report.rows) == 2 * 2 * 6 and {row.function for row in report.rows} == {
        "loss",
        "gradient",
    }


def test_other_formats_are_measured():
    for target, dtype, limit in (("numpy", "float32", 0.51), ("torch", "bfloat16", 0.51)):
        if target in NEEDS:
            optional.module(NEEDS[target])
        assert ulp(derived(PAGE), target=target, dtype=dtype, points=40).within(limit)


def textbook(module, target, name, arrays, dtype, *, more):
    z, c = arrays
    powers = np.exp(z - z.max(-1, keepdims=True))
    shares = powers / powers.sum(-1, keepdims=True)
    if name == "gradient":
        return shares - np.eye(z.shape[-1])[c]
    with np.errstate(divide="ignore"):
        return -np.log(np.take_along_axis(shares, c[:, None], -1)[:, 0])


def test_lost_digits_are_found(monkeypatch):
    monkeypatch.setattr(rows, "call", textbook)
    report = ulp(derived(PAGE), points=200)
    wide = {row.function: row for row in report.rows if row.grid == "wide"}
    assert wide["gradient"].zeros and wide["gradient"].largest > 1e6
    assert not report.within(1e6)
    worst = wide["gradient"].worst[0]
    assert len(worst.at) == 7 + 1 and worst.error == wide["gradient"].largest
    spread = max(worst.at[:-1]) - min(worst.at[:-1])
    assert spread > 10 and worst.at[-1] in range(7)
    far = next(row for row in report.rows if row.grid == "far apart" and row.function == "loss")
    assert far.infinities


def test_arguments_that_are_numbers_are_held():
    page = derived("temperature-and-distillation")
    report = ulp(page, functions=["loss"], at={"temperature": [0.25]}, points=20)
    assert {dict(row.fixed)["temperature"] for row in report.rows} == {0.25}
    assert report.within(4)
    with pytest.raises(UnknownName, match="pi"):
        ulp(page, at={"pi": [1.0]}, points=20)
    with pytest.raises(UnknownName, match="slope"):
        ulp(page, functions=["slope"], points=20)


def test_targets_that_are_probabilities():
    report = ulp(derived(PAGE), functions=["loss"], points=40, soft=True)
    assert report.within(4) and all("soft" in row.grid for row in report.rows)
    with pytest.raises(UnsupportedTerm, match="labels are numbers"):
        ulp(derived("sigmoid"), soft=True)


def test_pairs_of_rows_are_close_and_apart():
    report = ulp(derived("divergence-of-probabilities"), functions=["loss"], points=40)
    assert report.within(4)
    assert {row.grid.partition(", ")[2] for row in report.rows} == {"close by", "apart"}


def test_two_processes_find_the_same():
    one, two = (ulp(derived("entropy-of-logits"), points=20, jobs=jobs) for jobs in (1, 2))
    assert one == two


def test_errors_are_shown_against_the_spread():
    seen = []
    ulp(derived(PAGE), points=20, watch=lambda row, x, off: seen.append((row, x, off)))
    assert all(x.shape == off.shape and (x >= 0).all() for row, x, off in seen)
    assert max(x.max() for row, x, _ in seen if row.grid == "far apart") > 1000
