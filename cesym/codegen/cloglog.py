r"""The three functions of a score behind the complementary log-log link, without a loss of digits.

Label 1 has the probability 1 - e^-u with u = e^x. The loss of that label, minus its slope, and the
slope of that slope are

    A(x) = -log(1 - e^-u),    B(x) = u / (e^u - 1),    C(x) = B (u + B - 1).

For x <= 0, u <= 1, these leave 0/0 or a difference of nearly equal numbers, and u may be too small
to be held. From the power series with the numbers of Bernoulli, with w = u^2,

    A = -x + u (1/2 - u P(w)),    B = 1 - u (1/2 - u Q(w)),    C = u (1/2 - u E(w)),
    P = 1/24 - w/2880 + ...,      Q = 1/12 - w/720 + ...,      E = 1/6 - w/180 + ...

For x > 0 the exponential e^-u is what is small, and its relative error is the absolute one of u.
So what rounding took from u is made good: e^-u = e^-u' (1 - (u - u')) for the rounded u'.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, reduce

from flint import arb
from sympy import Add, Expr, Mul, Pow, exp

from cesym.codegen.elementary import Bound, Unbounded
from cesym.codegen.intervals import Interval
from cesym.codegen.nodes import Node, number, operation
from cesym.codegen.polynomials import polynomial
from cesym.terms.functions import expm1, log1p

ZERO, HALF, ONE = number(0), number(Fraction(1, 2)), number(1)

FAR = number(8)
"""e^-e^8 is below all floats."""

COEFFICIENTS = 10

TINY = arb(2) ** -1000
"""For less, Arb's expm1 leaves few bits, and a difference none."""


# What of a term is one of them, and at which score.


def find_loss(term: Expr) -> tuple[Expr, tuple[Expr, ...]] | None:
    """log1p(-e^-e^x), and x.

    >>> from sympy import Symbol
    >>> find_loss(log1p(-exp(-exp(Symbol("x")))))[1]
    (x,)
    """
    if not isinstance(term, log1p):
        return None
    inner = -term.args[0]
    power = -inner.args[0] if isinstance(inner, exp) else inner
    return (term, (power.args[0],)) if power != inner and isinstance(power, exp) else None


def find_slope(term: Expr) -> tuple[Expr, tuple[Expr, ...]] | None:
    """e^x / expm1(e^x) in a product, and x."""
    for factor in Mul.make_args(term):
        base, power = factor.as_base_exp()
        if isinstance(base, expm1) and power == -1 and isinstance(base.args[0], exp):
            u = base.args[0]
            if u in Mul.make_args(term):
                return u / base, (u.args[0],)
    return None


def find_curve(term: Expr) -> tuple[Expr, tuple[Expr, ...]] | None:
    """e^(x - e^x) (e^x + expm1(-e^x)) / expm1(-e^x)^2 in a product, and x."""
    for factor in Mul.make_args(term):
        if isinstance(factor, Pow) and factor.exp == -2 and isinstance(factor.base, expm1):
            u = -factor.base.args[0]
            if not isinstance(u, exp):
                continue
            part = curve(u.args[0])
            if {*Mul.make_args(part)} <= {*Mul.make_args(term)}:
                return part, (u.args[0],)
    return None


def curve(x: Expr) -> Expr:
    """C(x), as it is found in a term."""
    u = exp(x)
    return Mul(exp(x - u), Add(u, expm1(-u)), Pow(expm1(-u), -2))


# What they are worth, in balls.


def loss_ball(x: arb) -> arb:
    """log(1 - e^-u), for tiny u between x - u/2 and x: sinh(u/2) is at least u/2."""
    u = x.exp()
    if u < TINY:
        return x - _part(u / 2)
    return (-(-u).expm1()).log()


def slope_ball(x: arb) -> arb:
    """u e^-u / (1 - e^-u), since e^u may be too large; for tiny u between 1 - u/2 and 1."""
    u = x.exp()
    if u < TINY:
        return 1 - _part(u / 2)
    return u * (-u).exp() / -(-u).expm1()


def curve_ball(x: arb) -> arb:
    """u e^-u (u + e^-u - 1) / (1 - e^-u)^2, for tiny u between u/2 - u^2/6 and u/2: the series of E
    has alternating signs, and terms that become smaller.
    """
    u = x.exp()
    if u < TINY:
        return u * (arb(1) / 2 - _part(u / 6))
    below = (-u).expm1()
    return u * (-u).exp() * (u + below) / (below * below)


def _part(size: arb) -> arb:
    """A number between 0 and `size`."""
    return arb(0).union(size)


# How far off they are.


def _of_an_exact_score(
    ulps: float, values: Callable[[Interval], Interval]
) -> Callable[[Bound], Bound]:
    def rule(x: Bound) -> Bound:
        if not x.exact:
            raise Unbounded("too many digits may be lost")
        return Bound(values(x.values), ulps, 2.0)

    return rule


def _losses(x: Interval) -> Interval:
    return Interval(min(x.low, Fraction(0)) - 1, Fraction(0))


def _shares(_x: Interval) -> Interval:
    return Interval(Fraction(0), Fraction(1))


# With u off by 2, h by 2, and so p = h^2 by 6 and 1 - p, where p <= 0.37, by 4.5. For x > 0:
# log1p(-p) is off by 1.3 times 6 and 2; u p / (1 - p) by 2 + 6 + 1 + 4.5 + 1; and in C the factor
# u - 1 + p, of which the rounding of u is made good, by 8. For x <= 0 it is less.
loss_bound = _of_an_exact_score(10, _losses)
slope_bound = _of_an_exact_score(15, _shares)
curve_bound = _of_an_exact_score(30, _shares)


# In other operations.


def loss(x: Node) -> Node:
    """log(1 - e^-e^x).

    >>> from cesym.codegen.nodes import argument
    >>> loss(argument("x")).head
    'where'
    """
    u, _lost, root, part = _powers(x)
    near = operation("+", operation("neg", x), _less(u, "P"))
    far = operation("log1p", operation("neg", operation("*", part, root)))
    return _cases(x, operation("neg", near), far)


def slope(x: Node) -> Node:
    """e^x / (e^e^x - 1)."""
    u, _lost, root, part = _powers(x)
    rest = operation("-", ONE, operation("*", part, root))
    far = operation("/", operation("*", operation("*", u, part), root), rest)
    return _cases(x, operation("-", ONE, _less(u, "Q")), far)


def bend(x: Node) -> Node:
    """C(x). The product with e^(-u/2) comes last, so that nothing underflows before it."""
    u, lost, root, part = _powers(x)
    power = operation("*", part, root)
    rest = operation("-", ONE, power)
    bracket = operation("+", operation("-", u, ONE), operation("+", power, lost))
    above = operation("*", operation("*", operation("*", u, part), bracket), root)
    return _cases(x, _less(u, "E"), operation("/", above, operation("*", rest, rest)))


def _cases(x: Node, near: Node, far: Node) -> Node:
    return operation("where", operation("<=", x, ZERO), near, far)


def _powers(x: Node) -> tuple[Node, Node, Node, Node]:
    """u = e^x and what its rounding took, e^(-u/2), and that with the rounding made good twice.

    Of a score above 8 they are those of 8: e^-u is 0 then.
    """
    held = operation("min", x, FAR)
    u = operation("exp", held)
    lost = operation("exp_error", held, u)
    root = operation("exp", operation("neg", operation("*", HALF, u)))
    return u, lost, root, operation("-", root, operation("*", root, lost))


def _less(u: Node, name: str) -> Node:
    """u (1/2 - u S(u^2))."""
    w = operation("*", u, u)
    last, *others = (number(c) for c in reversed(_coefficients()[name]))
    series = reduce(lambda rest, c: operation("+", c, operation("*", w, rest)), others, last)
    return operation("*", u, operation("-", HALF, operation("*", u, series)))


@cache
def _coefficients() -> dict[str, tuple[Fraction, ...]]:
    """Of P, Q and E, interpolated on [0, 1]: right to 2^-60."""
    series: dict[str, Callable[[int], arb]] = {
        "P": lambda k: _bernoulli(k) / (2 * k + 2),
        "Q": _bernoulli,
        "E": lambda k: _bernoulli(k) * (2 * k + 2),
    }
    return {
        name: tuple(Fraction(float(c)) for c in polynomial(of, 60, arb(0), arb(1), COEFFICIENTS))
        for name, of in series.items()
    }


def _bernoulli(k: int) -> arb:
    """B_n / n! with n = 2 k + 2."""
    return arb.bernoulli(2 * k + 2) / arb(2 * k + 3).gamma()
