"""Functions that are computed by forms of their own: a table, and walks over it.

A row finds a function in a term, where its usual form would lose digits. It says what the function
is, of terms and of balls, how far off the form of its own is, and what that form is in other
operations. So `lowering` and `truth` need not know how it is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flint import arb
from sympy import Expr, Function, Mul, exp, log, loggamma

from cesym.codegen import cloglog, divergence, log_gamma, quotients
from cesym.codegen.elementary import Bound
from cesym.codegen.nodes import Node
from cesym.messages import N_
from cesym.terms.functions import expm1, log1p

Found = tuple[Expr, tuple[Expr, ...]]
"""The part of a term that is the function, and its operands."""


@dataclass(frozen=True, slots=True)
class Special:
    """A function: `find` it, its `meaning`, its `ball`, its `bound`, its `expansion`.

    `words` say in a docstring how it is computed.
    """

    head: str
    find: Callable[[Expr], Found | None]
    meaning: Callable[..., Expr]
    ball: Callable[..., arb]
    bound: Callable[..., Bound]
    expansion: Callable[..., Node]
    words: str


CLOGLOG_WORDS = N_(
    "What is made of exp(-exp(x)) is computed by power series for x <= 0, and else with what"
    " rounding takes from exp(x) made good."
)
GAMMA_WORDS = N_(
    "The logarithm of the gamma function is computed by polynomials with its roots as factors, and"
    " by the series of Stirling from 5 on."
)

ROWS = (
    Special(
        "divergence",
        lambda term: None,  # it stands in a sum with others, which the lowering takes apart
        lambda u, v, d: d + u * log(u / v),
        lambda u, v, d: d + u * (u / v).log(),
        divergence.divergence_bound,
        divergence.divergence,
        N_(
            "Terms u*log(u/v) + v - u are computed by a series in (v - u)/(v + u) where u and v are"
            " close, so that nothing cancels."
        ),
    ),
    Special(
        "cloglog",
        cloglog.find_loss,
        lambda x: log1p(-exp(-exp(x))),
        cloglog.loss_ball,
        cloglog.loss_bound,
        cloglog.loss,
        CLOGLOG_WORDS,
    ),
    Special(
        "cloglog_slope",
        cloglog.find_slope,
        lambda x: exp(x) / expm1(exp(x)),
        cloglog.slope_ball,
        cloglog.slope_bound,
        cloglog.slope,
        CLOGLOG_WORDS,
    ),
    Special(
        "cloglog_curve",
        cloglog.find_curve,
        cloglog.curve,
        cloglog.curve_ball,
        cloglog.curve_bound,
        cloglog.bend,
        CLOGLOG_WORDS,
    ),
    Special(
        "log_quotient",
        quotients.find_quotient,
        lambda u, v, d: log(u / v),
        lambda u, v, d: (u / v).log(),
        quotients.quotient_bound,
        quotients.quotient,
        N_("Logarithms of u/v are computed as log1p((u - v)/v) where u and v are close."),
    ),
    Special(
        "log_factorial",
        log_gamma.find_log_factorial,
        lambda y: loggamma(y + 1),
        lambda y: (y + 1).lgamma(),
        log_gamma.log_factorial_bound,
        log_gamma.log_factorial,
        GAMMA_WORDS,
    ),
    Special(
        "log_gamma",
        log_gamma.find_log_gamma,
        loggamma,
        lambda x: x.lgamma(),
        log_gamma.log_gamma_bound,
        log_gamma.log_gamma,
        GAMMA_WORDS,
    ),
)

SPECIAL: Mapping[str, Special] = MappingProxyType({row.head: row for row in ROWS})
"""Operation -> its row."""


class Part(Function):
    """A function in a product, in its place: `Part(number of its row, operands)`."""


def parted(term: Expr) -> Expr:
    """`term` with every product in it in which a part is one of the functions so that it shows.

    >>> from sympy import Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> parted(y * exp(x) / expm1(exp(x)))
    y*Part(2, x)
    """
    if not term.args:
        return term
    if isinstance(term, Mul):
        for place, row in enumerate(ROWS):
            if (found := row.find(term)) is not None:
                part, operands = found
                rest = Mul(*(f for f in term.args if f not in Mul.make_args(part)))
                return parted(rest) * Part(place, *operands)
    return term.func(*(parted(a) if isinstance(a, Expr) else a for a in term.args))


def special_of(term: Expr) -> tuple[str, tuple[Expr, ...]] | None:
    """The operation that a term as a whole is, and its operands."""
    if isinstance(term, Part):
        return ROWS[int(term.args[0])].head, term.args[1:]
    for row in ROWS:
        found = row.find(term)
        if found is not None and found[0] == term:
            return row.head, found[1]
    return None


def expanded(node: Node) -> Node:
    """`node` with its special functions written out in other operations.

    >>> from cesym.codegen.nodes import argument, operation
    >>> expanded(operation("log_factorial", argument("y"))).head
    'where'
    """
    if node.is_leaf:
        return node
    operands = [expanded(operand) for operand in node.operands]
    row = SPECIAL.get(node.head)
    return Node(node.head, tuple(operands)) if row is None else row.expansion(*operands)
