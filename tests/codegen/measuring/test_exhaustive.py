"""Every float32, part by part: what was done is not done again, and errors agree with Arb's."""

import json

import numpy as np
import pytest

from cesym.codegen.measuring import exhaustive, places
from cesym.codegen.measuring.exhaustive import rounded, ulp_of_every_float32
from cesym.errors import OutputError, UnsupportedTerm
from cesym.floats.rounding import round_values


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(places, "CHUNK", 1 << 10)


def measure(**asked):
    return ulp_of_every_float32(
        "binary-cross-entropy", functions=["gradient"], at={"y": [1.0]}, **asked
    )


def test_parts_cover_every_finite_number_once():
    assert places.CHUNKS * (1 << 22) == 2 * 255 * 2**23
    parts = [
        places.chunk(_free(), number) for number in (places.CHUNKS // 2 - 1, places.CHUNKS // 2)
    ]
    joined = np.concatenate(parts)
    assert joined.size == 2048 and (np.diff(joined) > 0).all() and 0 in joined


def _free():
    from derived import derived

    from cesym.codegen.functions import functions_of

    return functions_of(derived("sigmoid")).arguments[0]


def test_what_was_done_is_not_done_again(tmp_path, monkeypatch):
    told, path = [], tmp_path / "kept.jsonl"
    first = measure(parts=[400, 520, 521], resume=path, progress=lambda *at: told.append(at))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)] and first.rows[0].count == 3 * 1024
    assert first.within(0.5001)

    def again(*_asked):
        raise AssertionError("done again")

    # A line that was torn when the machine went down is done again, the others are not.
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[:2]) + "\n" + lines[2][:20], encoding="utf-8")
    assert measure(parts=[400, 520, 521], resume=path) == first
    monkeypatch.setattr(exhaustive, "_row", again)
    assert measure(parts=[400, 520, 521], resume=path) == first


def test_results_for_other_code_are_not_taken(tmp_path):
    path = tmp_path / "kept.jsonl"
    measure(parts=[400], resume=path)
    record = json.loads(path.read_text("utf-8")) | {"code": "other"}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    with pytest.raises(OutputError, match="other code"):
        measure(parts=[400], resume=path)


def test_labels_without_a_bound_are_refused():
    with pytest.raises(UnsupportedTerm, match="no bound"):
        ulp_of_every_float32("binary-cross-entropy", at={"y": [0.3]}, parts=[400])


def test_rounding_agrees_with_arb():
    values = np.concatenate([np.random.default_rng(0).normal(size=300) * 1e-38, [3.5e38, 0.0]])
    exact, found = round_values(lambda x: x, values, dtype=np.float32), rounded(values)
    np.testing.assert_array_equal(found.nearest, exact.nearest)
    np.testing.assert_allclose(found.residue, exact.residue, atol=2**-39)
