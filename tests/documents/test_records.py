"""How the steps were decided, gathered."""

import pytest
from derived import LIBRARY, derived, oddities

from cesym.documents.records import by_way, ranges, records


def numbers(text):
    found = []
    for part in filter(None, text.split(", ")):
        first, _, last = part.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


@pytest.mark.parametrize("page", LIBRARY, ids="-".join)
def test_every_step_is_in_one_record(page):
    derivation = derived(*page)
    found = sorted(n for record in records(derivation) for n in numbers(record.steps))
    assert found == list(range(1, len(derivation.steps) + 1))
    derived_steps, checked = by_way(derivation.steps)
    assert sorted(numbers(derived_steps) + numbers(checked)) == found


def test_hypotheses_are_named():
    assert records(oddities())[-1].hypotheses == ("y = 1",)


@pytest.mark.parametrize(
    ("given", "text"), [([], ""), ([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3, 7], "1–3, 7")]
)
def test_ranges(given, text):
    assert ranges(given) == text
