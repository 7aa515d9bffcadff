"""Accurate forms pass, the textbook's unstable ones do not, and labels are judged at their ends."""

import math

import pytest
from sympy import Abs, Max, exp, log

from cesym.codegen.elementary import Unbounded
from cesym.codegen.lowering import lower
from cesym.codegen.stability import Shown, show_stable, values, whole
from cesym.terms.context import Context
from cesym.terms.domains import OPEN_UNIT, REAL, UNIT, Declaration, FiniteSet
from cesym.terms.functions import expm1, log1p

CONTEXT = Context().declare(
    Declaration("y", UNIT),
    Declaration("s", REAL),
    Declaration("q", OPEN_UNIT),
    Declaration("z", FiniteSet((-1, 1))),
)
y, s, q, z = (CONTEXT.symbol(name) for name in "ysqz")
t = exp(-Abs(s))
sigmoid = exp(-Max(-s, 0)) / (1 + t)

STABLE = {
    "loss": ((1 - y) * Max(s, 0) + y * Max(-s, 0) + log1p(t), ()),
    "gradient": (((1 - y) * exp(-Max(-s, 0)) - y * exp(-Max(s, 0))) / (1 + t), ("y",)),
    "hessian": (t / (1 + t * (2 + t)), ()),
    "sigmoid": (sigmoid, ()),
    "loss in the prediction": (-y * log(q) - (1 - y) * log1p(-q), ()),
    "logit": (log(q) - log1p(-q), None),
    "margin": (Max(-z * s, 0) + log1p(exp(-Abs(s))), ()),
    "growth": (expm1(y), ()),
    "growth at 0 and 1": (exp(y) - 1, ("y",)),
}
UNSTABLE = {
    "loss by logarithms": -y * log(sigmoid) - (1 - y) * log(1 - sigmoid),
    "loss by log(1 + t)": Max(-s, 0) + log(1 + t),
    "loss minus y s": Max(s, 0) - y * s + log1p(t),
    "loss by log(1 - q)": -log(1 - q),
    "gradient": sigmoid - y,
    "hessian": sigmoid * (1 - sigmoid),
    "sigmoid": 1 / (1 + exp(-s)),
    "other sigmoid": exp(s) / (1 + exp(s)),
    "growth": exp(q) - 1,
    "gradient in the prediction": (q - y) / (q * (1 - q)),
}


def shown(term):
    names = {symbol.name for symbol in term.free_symbols}
    return show_stable(lower(term, CONTEXT), [d for d in CONTEXT if d.name in names])


@pytest.mark.parametrize("name", STABLE)
def test_accurate_forms_pass(name):
    term, ends = STABLE[name]
    if ends is None:  # a root at q = 1/2
        with pytest.raises(Unbounded):
            shown(term)
    else:
        found = shown(term)
        assert found.hard == ends and found.ulps < 20


@pytest.mark.parametrize("name", UNSTABLE)
def test_unstable_forms_do_not(name):
    with pytest.raises(Unbounded):
        shown(UNSTABLE[name])


def test_a_bound_that_is_too_large_is_none():
    with pytest.raises(Unbounded, match="digits"):
        shown(exp(-Abs(s) / 3))
    assert shown(exp(-y / 3)).ulps < 5


def test_open_ends_are_not_values():
    (found,) = (whole(d) for d in CONTEXT if d.name == "q")
    assert 0 < found.low <= 5e-324 and found.high == math.nextafter(1, 0)
    assert show_stable(lower(log(q), CONTEXT), [CONTEXT.declarations["q"]]) == Shown(2.0)


def test_values_are_found_on_the_whole_domain():
    found = values(lower(1 - y, CONTEXT), [CONTEXT.declarations["y"]])
    assert found is not None and (found.low, found.high) == (0, 1)
    assert values(lower(1 / y, CONTEXT), [CONTEXT.declarations["y"]]) is None
