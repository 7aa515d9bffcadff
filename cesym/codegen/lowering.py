"""From a term to a program, in the order in which a textbook writes the term; and back.

The way back exists so that nobody has to trust the way there: `lower` reads its own program as a
term again, and answers only if that is the term it was given.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    Rational,
    S,
    Symbol,
    exp,
    expand,
    log,
    pi,
    sqrt,
    tanh,
    true,
)
from sympy.core.relational import Relational

from cesym.codegen.divergence import Term, divergence_terms
from cesym.codegen.nodes import (
    ARGUMENT,
    CONSTANT,
    NUMBER,
    TESTS,
    Node,
    argument,
    constant,
    number,
    operation,
)
from cesym.codegen.special import SPECIAL, parted, special_of
from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.functions import expm1, log1p
from cesym.terms.printing.names import Scope
from cesym.terms.printing.order import (
    Monomial,
    monomial,
    ordered_arguments,
    ordered_factors,
    ordered_terms,
)

LARGEST_POWER = 8
"""Higher powers are not written out as products."""

FUNCTIONS: dict[type[Basic], str] = {
    Abs: "abs",
    exp: "exp",
    expm1: "expm1",
    log: "log",
    log1p: "log1p",
    tanh: "tanh",
}
"""SymPy head -> operation, for functions of one argument."""


CONSTANTS: dict[str, Expr] = {"pi": pi}
"""Name of a constant -> the number."""


def _product(a: Expr, b: Expr) -> Expr:
    """a b, where SymPy would multiply a number into a sum, and so make another program of it."""
    spread = (a.is_Number and b.is_Add) or (a.is_Add and b.is_Number)
    return Mul(a, b, evaluate=not spread or S.One in (a, b))


MEANING: dict[str, Callable[..., Expr]] = {
    **{name: head for head, name in FUNCTIONS.items()},
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": _product,
    "weigh": _product,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
    "max": Max,
    "min": Min,
    "sqrt": sqrt,
    "where": lambda test, a, b: Piecewise((a, test), (b, True)),
    "total": lambda *terms: Add(*terms),
    **dict.fromkeys(("sum_error", "product_error", "exp_error"), lambda _a, _b: S.Zero),
    **{head: row.meaning for head, row in SPECIAL.items()},
    **{test: lambda a, b, test=test: Relational(a, b, test) for test in TESTS},
}
"""Operation -> the term that it computes."""


def lower(term: Expr, context: Context) -> Node:
    """The program of `term`: sums and products from left to right as the textbook orders them.

    Raises UnsupportedTerm for a head that has no float operation.

    >>> x = Symbol("x", real=True)
    >>> lower(1 - x, Context()).head
    '-'
    """
    node = _Lowering(Scope.of(term, context)).node(parted(term))
    symbols = {symbol.name: symbol for symbol in term.free_symbols if isinstance(symbol, Symbol)}
    back = meaning(node, symbols)
    if back != term and not (_has_divergence(node) and expand(back - term) == 0):
        raise UnsupportedTerm("{term} does not come back from its program", term=str(term))
    return node


def _has_divergence(node: Node) -> bool:
    """In it what is added to one term is taken from another; SymPy has to add that up."""
    return any(part.head == "divergence" for part in node.walk())


def meaning(node: Node, symbols: dict[str, Symbol]) -> Expr:
    """The term that a program computes, were there no rounding."""
    if node.head == NUMBER:
        assert isinstance(node.leaf, Fraction)
        return Rational(node.leaf.numerator, node.leaf.denominator)
    if node.head == CONSTANT:
        return CONSTANTS[str(node.leaf)]
    if node.head == ARGUMENT:
        return symbols[str(node.leaf)]
    return MEANING[node.head](*(meaning(operand, symbols) for operand in node.operands))


class _Lowering:
    """One walk over a term."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def node(self, term: Basic) -> Node:
        if isinstance(term, Rational):
            return number(Fraction(int(term.p), int(term.q)))
        if isinstance(term, Symbol):
            return argument(term.name)
        for name, value in CONSTANTS.items():
            if term == value:
                return constant(name)
        if (found := special_of(term)) is not None:
            head, operands = found
            last = self.difference if head == "log_quotient" else self.node
            return operation(head, *map(self.node, operands[:-1]), last(operands[-1]))
        for head, rule in _RULES:
            if isinstance(term, head):
                return rule(self, term)
        raise UnsupportedTerm(
            "{head} has no form here that can be computed", head=type(term).__name__
        )

    def add(self, term: Add) -> Node:
        if divergences := divergence_terms(term):
            return reduce(lambda a, b: operation("+", a, b), map(self.divergence, divergences))
        if weights := complements(term):
            shares = (c * (1 - x) for x, c in weights.items())
            return reduce(lambda a, b: operation("+", a, b), map(self.node, shares))
        total, *rest = ordered_terms(term, self.scope)
        result = self.product(total)
        if total.sign < 0:
            result = operation("neg", result)
        for part in rest:
            result = operation("+" if part.sign > 0 else "-", result, self.product(part))
        return result

    def divergence(self, term: Term) -> Node:
        share, u, v, d = term
        node = operation("divergence", self.node(u), self.node(v), self.difference(d))
        return node if share == 1 else operation("*", self.node(share), node)

    def difference(self, term: Expr) -> Node:
        """A sum with what its terms have in common before it: (b - a)/2, rounded once."""
        content, rest = term.primitive()
        node = self.node(rest)
        return node if content == 1 else operation("*", self.node(content), node)

    def multiply(self, term: Expr) -> Node:
        part = monomial(term)
        return self.product(part) if part.sign > 0 else operation("neg", self.product(part))

    def product(self, part: Monomial) -> Node:
        """A monomial without its sign: one fraction, each side a product from left to right."""
        above = [self.node(f) for f in ordered_factors(part.above, self.scope)]
        below = [self.node(f) for f in ordered_factors(part.below, self.scope)]
        if part.number.p != 1:
            above.insert(0, number(int(part.number.p)))
        if part.number.q != 1:
            below.insert(0, number(int(part.number.q)))
        top = _times(above) if above else number(1)
        return operation("/", top, _times(below)) if below else top

    def power(self, term: Pow) -> Node:
        if term.exp.is_Rational and term.exp.is_negative:
            return self.multiply(term)
        if term.exp == S.Half:
            return operation("sqrt", self.node(term.base))
        if not (term.exp.is_Integer and term.exp <= LARGEST_POWER):
            raise UnsupportedTerm("the power {power} cannot be computed here", power=str(term))
        return _times([self.node(term.base)] * int(term.exp))

    def function(self, term: Basic) -> Node:
        return operation(FUNCTIONS[type(term)], self.node(term.args[0]))

    def extremum(self, term: Max | Min) -> Node:
        head = "max" if isinstance(term, Max) else "min"
        nodes = map(self.node, ordered_arguments(term, self.scope))
        return reduce(lambda a, b: operation(head, a, b), nodes)

    def cases(self, term: Piecewise) -> Node:
        *branches, (last, otherwise) = term.args
        if otherwise != true:
            raise UnsupportedTerm("the cases of {term} do not cover everything", term=str(term))
        result = self.node(last)
        for value, test in reversed(branches):
            result = operation("where", self.test(test), self.node(value), result)
        return result

    def test(self, test: Basic) -> Node:
        if not (isinstance(test, Relational) and test.rel_op in TESTS):
            raise UnsupportedTerm("the condition {condition} is not supported", condition=str(test))
        return operation(test.rel_op, self.node(test.lhs), self.node(test.rhs))


def complements(term: Add) -> dict[Symbol, Rational]:
    """The weights c of a sum of c (1 - x) that SymPy has multiplied out; else nothing.

    Of x close to 1, `2 - x - y` would lose the digits that `(1 - x) + (1 - y)` keeps.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> complements(2 - x - y)
    {x: 1, y: 1}
    """
    constant, rest = term.as_coeff_Add()
    found = {x: -c for c, x in (part.as_coeff_Mul() for part in Add.make_args(rest))}
    alike = len(found) > 1 and all(
        isinstance(x, Symbol) and isinstance(c, Rational) and c > 0 for x, c in found.items()
    )
    return found if alike and sum(found.values()) == constant else {}


def _times(factors: list[Node]) -> Node:
    return reduce(lambda a, b: operation("*", a, b), factors)


_RULES: tuple[tuple[type | tuple[type, ...], Callable[..., Node]], ...] = (
    (Add, _Lowering.add),
    (Mul, _Lowering.multiply),
    (tuple(FUNCTIONS), _Lowering.function),
    (Pow, _Lowering.power),
    ((Max, Min), _Lowering.extremum),
    (Piecewise, _Lowering.cases),
)
