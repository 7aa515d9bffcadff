"""Entries of arrays: made once, and otherwise SymPy's."""

from sympy import Indexed, IndexedBase, Sum, default_sort_key, diff, latex, symbols

from cesym.terms.entries import ArrayOfNumbers

x = symbols("x", real=True)
j, k, K = symbols("j k K", integer=True, positive=True)
OURS, THEIRS = ArrayOfNumbers("z", positive=True), IndexedBase("z", positive=True)


def test_an_entry_is_made_once():
    assert OURS[j] is OURS[j]
    assert OURS[j].xreplace({j: k}) is OURS[k]
    assert OURS[1, k] is OURS[1, k]


def test_arrays_of_other_assumptions_have_other_entries():
    other = ArrayOfNumbers("z", real=True)
    assert OURS[j] != other[j]
    assert OURS[j].is_positive and other[j].is_positive is None


def test_sorted_and_printed_like_any_other():
    assert isinstance(OURS[j], Indexed) and isinstance(OURS, IndexedBase)
    assert default_sort_key(OURS[j]) == default_sort_key(THEIRS[j])
    assert str(OURS[j] + x) == str(THEIRS[j] + x)
    assert latex(OURS[j, k]) == latex(THEIRS[j, k])


def test_differentiated_like_any_other():
    ours = diff(Sum(OURS[k] ** 2, (k, 1, K)), OURS[j])
    assert str(ours) == str(diff(Sum(THEIRS[k] ** 2, (k, 1, K)), THEIRS[j]))
