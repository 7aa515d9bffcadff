"""Functions with forms of their own: found where they are, and as near to the truth as is said."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from codegen.pages import page
from codegen.programs import in_floats
from derived import derived
from flint import arb, ctx
from sympy import exp, log, loggamma

from cesym.codegen import export, special
from cesym.codegen.array_support import _exp_error
from cesym.codegen.bounds import Assumed, bound
from cesym.codegen.c.programs import SETTINGS
from cesym.codegen.elementary import Unbounded
from cesym.codegen.functions import functions_of
from cesym.codegen.intervals import Interval, point
from cesym.codegen.lowering import complements, lower, meaning
from cesym.codegen.nodes import argument, operation
from cesym.codegen.special import SPECIAL, expanded, special_of
from cesym.codegen.truth import truth
from cesym.errors import UnsupportedTerm
from cesym.terms import domains
from cesym.terms.context import Context
from cesym.terms.domains import REAL, UNIT, Declaration
from cesym.terms.functions import expm1, log1p

POSITIVE = domains.Interval(Fraction(0), None, lower_open=True)
NAMES = {"x": REAL, "u": POSITIVE, "v": POSITIVE, "a": UNIT, "b": UNIT}
CONTEXT = Context().declare(*(Declaration(name, domain) for name, domain in NAMES.items()))
x, u, v, a, b = (CONTEXT.symbol(name) for name in NAMES)
BEND = exp(x - exp(x)) * (exp(x) + expm1(-exp(x))) / expm1(-exp(x)) ** 2

TERMS = {
    "divergence": (u * log(u / v) - u + v,),
    "cloglog": (log1p(-exp(-exp(x))), u - log1p(-exp(-exp(x)))),
    "cloglog_slope": (exp(x) / expm1(exp(x)), v * exp(x) / expm1(exp(x))),
    "cloglog_curve": (BEND, u * BEND),
    "log_quotient": (log(u / v), log(u * (1 + v) / (v * (1 + u)))),
    "log_factorial": (loggamma(u + 1), loggamma(1 + u * v)),
    "log_gamma": (loggamma(u), loggamma(u + v)),
}
"""Row -> terms in which it is found."""

OTHERS = (
    log1p(exp(-exp(x))),
    log1p(-exp(exp(x))),
    log(2 - exp(-exp(x))),
    exp(x) / expm1(exp(-x)),
    exp(x) * expm1(exp(x)),
    log(u / 2),
    u * log(u / v) - u - v,
)
"""Terms that are nearly one of them."""


def heads(term):
    return {part.head for part in lower(term, CONTEXT).walk()}


def test_every_row_is_found():
    assert set(TERMS) == set(SPECIAL)


@pytest.mark.parametrize("head", SPECIAL)
def test_terms_are_found_and_keep_their_meaning(head):
    symbols = {name: CONTEXT.symbol(name) for name in NAMES}
    for term in TERMS[head]:
        node = lower(term, CONTEXT)
        assert head in {part.head for part in node.walk()}, term
        back = meaning(node, symbols)
        assert back == term or (back - term).expand() == 0


@pytest.mark.parametrize("term", OTHERS)
def test_what_is_nearly_one_is_not_taken_for_it(term):
    assert special_of(term) is None
    assert not heads(term) & (set(SPECIAL) - {"log_quotient"})


def spread(low, high, n=150):
    return np.random.default_rng(2).uniform(low, high, n)


SCORES = np.concatenate([spread(-740, 6.6), spread(-3, 3), spread(0, 6.6), [0.0, 5e-324, -5e-324]])
GAMMAS = np.concatenate([spread(1e-3, 9), 2.0 ** spread(-60, 900), np.nextafter([1, 2, 3, 4], 0)])
PAIRS = np.exp(np.random.default_rng(4).normal(0, [[0.001], [0.3], [2.0], [20.0]], (4, 60)))

POINTS = {
    "divergence": np.stack([PAIRS.ravel(), PAIRS.ravel() * PAIRS[::-1].ravel()], 1),
    "log_quotient": np.stack([PAIRS.ravel(), PAIRS.ravel() * PAIRS[::-1].ravel()], 1),
    "log_factorial": GAMMAS[:, None],
    "log_gamma": GAMMAS[:, None],
    **dict.fromkeys(("cloglog", "cloglog_slope", "cloglog_curve"), SCORES[:, None]),
}


def program(head):
    """The operation, of arguments; the last of three operands is a difference."""
    if head not in ("divergence", "log_quotient"):
        return operation(head, argument("x"))
    order = ("v", "u") if head == "divergence" else ("u", "v")
    return operation(head, *map(argument, "uv"), operation("-", *map(argument, order)))


@pytest.mark.parametrize("head", SPECIAL)
def test_the_bounds_of_the_table_hold(head):
    node, names = program(head), "x" if POINTS[head].shape[1] == 1 else "uv"
    written = expanded(node)
    assert not {part.head for part in written.walk()} & set(SPECIAL)
    for row in POINTS[head]:
        values = dict(zip(names, map(float, row), strict=True))
        with np.errstate(all="ignore"):
            found = in_floats(written, values)
        with ctx.workprec(3000):
            balls = [arb(value) for value in values.values()]
            if len(balls) == 2:
                balls.append(balls[1] - balls[0])
            exact = SPECIAL[head].ball(*balls)
            off = float(abs(exact - arb(float(found))))
            size = float(abs(exact))
        known = bound(node, {name: point(Fraction(value)) for name, value in values.items()})
        assert off <= known.relative * 2.0**-53 * size + known.absolute * 5e-324, (values, off)
        within = known.values.low - Fraction(1, 2**40), known.values.high + Fraction(1, 2**40)
        assert within[0] <= Fraction(float(found)) <= within[1], values


def test_a_coefficient_left_out_is_seen(monkeypatch):
    """The test above can fail."""
    wrong = replace(SPECIAL["log_factorial"], expansion=lambda y: operation("log", y))
    monkeypatch.setattr(special, "SPECIAL", {**SPECIAL, "log_factorial": wrong})
    with pytest.raises(AssertionError):
        test_the_bounds_of_the_table_hold("log_factorial")


@pytest.mark.parametrize("head", ["cloglog", "log_factorial", "log_gamma"])
def test_a_rounded_argument_has_no_bound_of_its_own(head):
    rounded = operation("+", argument("u"), argument("v"))
    box = {name: Interval(Fraction(1, 8), Fraction(8)) for name in "uv"}
    with pytest.raises(Unbounded):
        bound(operation(head, rounded), box)


def test_of_a_rounded_argument_the_error_of_log_gamma_is_counted_in_a_size():
    node = operation("log_gamma", operation("+", argument("u"), argument("v")))
    box = {name: Interval(Fraction(1, 8), Fraction(8)) for name in "uv"}
    found = bound(node, box, Assumed())
    assert found.size is not None
    for one, two in np.random.default_rng(1).uniform(0.125, 8, (60, 2)):
        values = {"u": float(one), "v": float(two)}
        with ctx.workprec(300):
            exact = (arb(values["u"]) + arb(values["v"])).lgamma()
            off = float(abs(exact - arb(float(in_floats(expanded(node), values)))))
        size = 1 + one + two + abs(float(exact))
        assert off <= found.relative * 2.0**-53 * size


def test_what_rounding_takes_from_an_exponential():
    scores = np.concatenate([spread(0, 8), np.arange(0, 8.01, 1 / 32)])
    powers = np.exp(scores)
    found = _exp_error(scores, powers)
    for score, power, rest in zip(scores, powers, found, strict=True):
        with ctx.workprec(200):
            exact = float(arb(float(score)).exp() - arb(float(power)))
        assert abs(rest - exact) <= 2.0**-62 * power, score
    outside = np.array([-1.0, 9.0, np.nan, -np.inf, np.inf])
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(_exp_error(outside, np.exp(outside)), 0)


@pytest.mark.parametrize("name", ["loss", "gradient", "hessian"])
def test_truth_is_known_however_far_the_score_is(name):
    functions = functions_of(derived("bernoulli-cloglog"))
    (function,) = (f for f in functions.functions if f.name == name)
    s = np.array([-1e300, -4e18, -1e5, -694.0, -692.0, 1e5, 1e300])
    found = truth(function, functions, np.ones_like(s), s, dtype=np.float64).nearest
    near = {"loss": -s[:5], "gradient": np.full(5, -1.0), "hessian": np.exp(s[:5]) / 2}[name]
    np.testing.assert_allclose(found[:5], near, rtol=1e-15)
    np.testing.assert_array_equal(found[5:], 0)


def test_complements_are_found_where_a_sum_is_made_of_them():
    assert complements(2 - a - b) == {a: 1, b: 1}
    for other in (2 - a + b, 3 - a - b, 1 - a, 2 - a - exp(b)):
        assert complements(other) == {}


def test_the_fast_setting_of_c_refuses_an_exponential_of_an_exponential():
    assert set(SETTINGS) == {"accurate", "fast"}
    with pytest.raises(UnsupportedTerm, match="the setting fast"):
        export(derived("bernoulli-cloglog"), to="c", setting="fast")


def test_docstrings_say_how_it_is_computed():
    assert "power series" in " ".join(export(derived("bernoulli-cloglog")).split())
    assert "Stirling" in " ".join(export(derived("poisson-log")).split())


def test_a_page_of_ones_own_may_hold_them(tmp_path):
    declared = r"$u \in [0, \infty)$"
    found = functions_of(page(tmp_path, declared, {"count": r"\log \Gamma(u + 1)"}))
    assert found.functions[0].shown.stated is None
