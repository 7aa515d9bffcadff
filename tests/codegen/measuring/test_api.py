"""What is measured: accurate code passes, and code that is off is found out, with the place."""

import numpy as np
import pytest
from codegen.calling import loaded, targets
from derived import derived

import cesym
from cesym.codegen.functions import functions_of
from cesym.codegen.measuring import api, ulp
from cesym.codegen.measuring.calling import FORMATS_OF
from cesym.codegen.measuring.places import AROUND, settings
from cesym.errors import UnsupportedTerm
from cesym.terms.domains import FiniteSet

BCE = derived("binary-cross-entropy")


@targets
def test_every_target_is_measured(target):
    loaded("sigmoid", target)
    report = ulp(derived("sigmoid"), target=target, points=60)
    assert report.within(3) and report.argument == "s"
    assert len(report.rows) == 10 and all(row.count >= 10 for row in report.rows)


def test_the_public_function():
    assert cesym.ulp is ulp


def off(module, target, name, columns, dtype):
    """The textbook's gradient: it loses everything for a confident right answer."""
    y, s = columns
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-s)) - y


def test_lost_digits_are_found(monkeypatch):
    monkeypatch.setattr(api, "call", off)
    report = ulp(BCE, functions=["gradient"], at={"y": [1.0]}, points=200)
    assert not report.within(3)
    wide = next(row for row in report.rows if row.grid == "±40")
    assert wide.zeros > 0 and wide.largest > 1e10 and wide.worst[0].at[1] > 30
    assert wide.worst[0].error == wide.largest
    assert [bad.error for bad in wide.worst] == sorted((b.error for b in wide.worst), reverse=True)


def test_nan_and_infinity_are_counted(monkeypatch):
    def broken(module, target, name, columns, dtype):
        found = np.full_like(columns[0], np.inf)
        found[::2] = np.nan
        return found

    monkeypatch.setattr(api, "call", broken)
    row = ulp(derived("sigmoid"), functions=["value"], points=100).rows[0]
    assert (row.nans, row.infinities) == (50, 50) and not row.within(np.inf)


def test_every_number_of_16_bits_is_looked_at():
    report = ulp(derived("sigmoid"), dtype="float16", functions=["value"])
    (row,) = report.rows
    assert row.count == 63487 and row.grid == "every" and row.largest <= 0.5


def test_roots_are_found_and_surrounded():
    report = ulp(BCE, functions=["gradient"], at={"y": [0.3]}, points=100)
    (roots,) = (row for row in report.rows if row.grid == "roots")
    assert roots.count == 2 * AROUND + 1
    assert abs(roots.worst[0].at[1] - np.log(0.3 / 0.7)) < 1e-14


def test_formats_and_arguments_that_do_not_go_are_refused():
    for target, known in FORMATS_OF.items():
        assert "float64" in known, target
    with pytest.raises(UnsupportedTerm, match="float32"):
        ulp(BCE, target="python", dtype="float32")
    with pytest.raises(UnsupportedTerm, match="free"):
        ulp(BCE, at={"s": [1.0]})


def test_labels_take_the_ends_of_their_domain():
    found = settings(functions_of(BCE), {})
    assert [dict(s.fixed) for s in found] == [{"y": 0.0}, {"y": 1.0}]
    assert all(s.free.name == "s" and not isinstance(s.free.domain, FiniteSet) for s in found)
