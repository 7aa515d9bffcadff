"""Terms in the plain language, for messages, JSON and residues.

Its reader reads them back. The order of terms and factors is that of the LaTeX.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    E,
    Expr,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    cosh,
    exp,
    log,
    loggamma,
    pi,
    sign,
    sinh,
    tanh,
)
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.differentiation import At, Diff
from cesym.terms.functions import TABLE, Named, VectorNamed, softmax
from cesym.terms.printing import sayings
from cesym.terms.printing.names import Scope, Spelling
from cesym.terms.printing.operators import branches, steps_of
from cesym.terms.printing.order import (
    Monomial,
    is_negative,
    monomial,
    ordered_arguments,
    ordered_factors,
    ordered_terms,
)
from cesym.terms.printing.plain_optima import INFINITE, OPTIMA
from cesym.terms.printing.plain_text import Level, Text
from cesym.terms.printing.whole import Whole, whole_arguments
from cesym.terms.statements import ConvexIn

CALLS: dict[type[Basic], str] = {
    exp: "exp",
    log: "log",
    Abs: "abs",
    sign: "sign",
    tanh: "tanh",
    cosh: "cosh",
    sinh: "sinh",
    loggamma: "lgamma",
    KroneckerDelta: "delta",
}
"""Head -> function of the plain language, with the same arguments."""


def plain(term: Expr, context: Context | None = None) -> str:
    """`term` in the plain language. Raises UnsupportedTerm for a head outside the whitelist.

    >>> from sympy import symbols
    >>> y, s = symbols("y s", real=True)
    >>> plain(-y * log(s) - (1 - y) * log(1 - s))
    '-(y*log(s) + (1 - y)*log(1 - s))'
    """
    if term in INFINITE:
        return INFINITE[term]
    return Writer(Scope.of(term, context)).write(term).plain


def claim_in_plain(left: Expr, operator: str, right: Expr) -> str:
    """A claim in the plain language.

    >>> from sympy import symbols
    >>> from cesym.terms.statements import ConvexIn
    >>> s = symbols("s", real=True)
    >>> claim_in_plain(s**2, "is", ConvexIn(s, 1, 0))
    'convex(s**2, s)'
    """
    if isinstance(right, ConvexIn):
        return f"{sayings.call_of(right)}({plain(left)}, {plain(right.args[0])})"
    return f"{plain(left)} {operator} {plain(right)}"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the terms of one scope."""

    scope: Scope

    def write(self, term: Basic) -> Text:
        """Any term."""
        for head in type(term).__mro__:
            if head in PRINTERS:
                return PRINTERS[head](self, term)
        raise UnsupportedTerm("{term} cannot be written in plain text", term=str(term))

    def call(self, function: str, *arguments: Basic | str) -> Text:
        """`f(x, y)`."""
        texts = [a if isinstance(a, str) else self.write(a).plain for a in arguments]
        return Text(f"{function}({', '.join(texts)})")

    # Arithmetic.

    def sum(self, term: Add) -> Text:
        """A sum; a sign that all terms have is pulled out."""
        if not is_negative(term):
            return self.terms(term)
        return Text(f"-({self.terms(Add(*(-part for part in term.args))).plain})", Level.SUM)

    def terms(self, term: Add) -> Text:
        """The terms of a sum with their signs between them."""
        first, *others = ordered_terms(term, self.scope)
        written = self.product(first).plain
        for part in others:
            written += (
                f" {'-' if part.sign < 0 else '+'} {self.unsigned(part).at_least(Level.PRODUCT)}"
            )
        return Text(written, Level.SUM)

    def product(self, term: Expr | Monomial) -> Text:
        """A product, a quotient or a rational number, with its sign."""
        part = term if isinstance(term, Monomial) else monomial(term)
        text = self.unsigned(part)
        if part.sign > 0:
            return text
        # Python would take the sign to the bracket alone in -(1 - y)*x.
        bare = text.level > Level.SUM and not text.plain.startswith("(")
        return Text(f"-{text.plain}" if bare else f"-({text.plain})", Level.SUM)

    def unsigned(self, part: Monomial) -> Text:
        """`number * above / below`."""
        above = [self.factor(factor) for factor in ordered_factors(part.above, self.scope)]
        below = [self.factor(factor) for factor in ordered_factors(part.below, self.scope)]
        top = ([] if part.number.p == 1 and above else [Text(str(part.number.p))]) + above
        bottom = ([] if part.number.q == 1 else [Text(str(part.number.q))]) + below
        text = self.times(top)
        if not bottom:
            return text
        under = self.times(bottom)
        return Text(f"{text.at_least(Level.PRODUCT)}/{under.at_least(Level.POWER)}", Level.PRODUCT)

    def factor(self, term: Expr) -> Text:
        """A factor, before it gets brackets."""
        return self.terms(term) if isinstance(term, Add) else self.write(term)

    @staticmethod
    def times(factors: Sequence[Text]) -> Text:
        """Factors, with a star between them."""
        if len(factors) == 1:
            return factors[0]
        return Text("*".join(factor.at_least(Level.POWER) for factor in factors), Level.PRODUCT)

    def power(self, term: Pow) -> Text:
        """A power, a square root, or a quotient when the exponent is negative."""
        base, exponent = term.args
        if exponent.is_Rational and exponent.is_negative:
            return self.product(term)
        if exponent == S.Half:
            return self.call("sqrt", base)
        written = (
            f"{self.write(base).at_least(Level.ATOM)}**{self.write(exponent).at_least(Level.ATOM)}"
        )
        return Text(written, Level.POWER)

    def constant(self, term: Expr) -> Text:
        """e and pi. Raises UnsupportedTerm where `pi` is a declared name."""
        if term == E:
            return Text("exp(1)")
        if "pi" in self.scope.taken:
            raise UnsupportedTerm("{term} cannot be written in plain text", term=str(term))
        return Text("pi")

    # Names and functions.

    def symbol(self, term: Basic) -> Text:
        """A symbol or a whole vector."""
        return Text(self.scope.spelling(term).plain)

    def entry(self, term: Indexed) -> Text:
        """`p[k]`."""
        return Text(self.write(term.base).plain + self.below(term.indices))

    def below(self, indices: Sequence[Basic]) -> str:
        """`[i, k]`."""
        return f"[{', '.join(self.write(index).plain for index in indices)}]"

    def function(self, term: Expr) -> Text:
        """An elementary function."""
        arguments = term.args
        if isinstance(term, KroneckerDelta):
            arguments = sorted(arguments, key=lambda index: self.write(index).plain)
        return self.call(CALLS[type(term)], *arguments)

    def extremum(self, term: Max | Min) -> Text:
        """`max(s, 0)`."""
        name = "max" if isinstance(term, Max) else "min"
        return self.call(name, *ordered_arguments(term, self.scope))

    def defined(self, term: AppliedUndef) -> Text:
        """A definition, at its arguments."""
        name = self.scope.spelling(term).plain
        return self.call(name, *term.args) if term.args else Text(name)

    def named(self, term: Named) -> Text:
        """A function of numbers of the table."""
        return self.call(type(term).__name__, *term.args)

    def of_vectors(self, term: VectorNamed) -> Text:
        """`kl(p, q)`, `softmax(z)[j]`; by its definition where a vector needs its index."""
        name, vectors = type(term).__name__, whole_arguments(term, self.scope.context)
        if vectors is None:
            return self.write(TABLE[name].definition(*term.args))
        text = self.call(name, *(self.vector(vector) for vector in vectors))
        if not isinstance(term, softmax):
            return text
        return Text(text.plain + self.below((*vectors[0].row, term.args[2])))

    def vector(self, vector: Whole) -> str:
        """A whole vector."""
        scope = self.scope
        for placeholder, array in vector.arrays.items():
            inner = array if isinstance(array, IndexedBase) else None
            text = self.write(inner).plain if inner else self.whole_softmax(array)
            scope = scope.naming(placeholder, Spelling(text, text))
        return replace(self, scope=scope).write(vector.body).plain

    def whole_softmax(self, term: Basic) -> str:
        """The vector softmax(z), without an index."""
        (vector,) = whole_arguments(term, self.scope.context) or [None]
        if vector is None:
            raise UnsupportedTerm("{term} cannot be written in plain text", term=str(term))
        return f"softmax({self.vector(vector)})"

    # Binders.

    def big(self, term: Sum | Product) -> Text:
        """`sum(e, (k, 1, K))`, the last limits outermost."""
        name = "sum" if isinstance(term, Sum) else "product"
        writer, tails = self, []
        for index, lower, upper in reversed(term.limits):
            outside, writer = writer, replace(writer, scope=writer.scope.binding(index))
            ends = ", ".join(outside.write(end).plain for end in (lower, upper))
            tails.append(f", ({writer.write(index).plain}, {ends}))")
        body = writer.write(term.function).plain
        return Text(f"{name}(" * len(tails) + body + "".join(reversed(tails)))

    def derivative(self, term: Diff) -> Text:
        """`diff(e, s)`, `diff(e, s, 2)`, the variable taken first coming first."""
        body, steps = steps_of(term)
        variables = []
        for variable, order in reversed(steps):
            variables += [self.write(variable).plain] + ([] if order == 1 else [str(order)])
        return self.call("diff", body, *variables)

    def evaluated(self, term: At) -> Text:
        """`at(e, q, value)`."""
        function, value = term.args
        if not isinstance(function, Lambda):
            raise UnsupportedTerm("{term} cannot be written in plain text", term=str(term))
        (variable,) = function.signature
        scope = self.scope.standing_for(variable, function.expr)
        inside = replace(self, scope=scope)
        return self.call(
            "at", inside.write(function.expr).plain, inside.write(variable).plain, value
        )

    def cases(self, term: Piecewise) -> Text:
        """`where(x > 0, a, where(x > -1, b, c))`."""
        *cases, (last, _) = branches(term)
        written = self.write(last)
        for value, test in reversed(cases):
            written = self.call("where", self.test(test), value, written.plain)
        return written

    def test(self, test: Basic) -> str:
        """`x > 0`."""
        if not isinstance(test, Relational):
            raise UnsupportedTerm("{term} cannot be written in plain text", term=str(test))
        left, right = (self.write(side).plain for side in test.args)
        return f"{left} {test.rel_op} {right}"


PRINTERS: dict[type, Callable[[Writer, Any], Text]] = {
    Rational: Writer.product,
    type(E): Writer.constant,
    type(pi): Writer.constant,
    Symbol: Writer.symbol,
    IndexedBase: Writer.symbol,
    Indexed: Writer.entry,
    Add: Writer.sum,
    Mul: Writer.product,
    Pow: Writer.power,
    **dict.fromkeys(CALLS, Writer.function),
    Max: Writer.extremum,
    Min: Writer.extremum,
    Named: Writer.named,
    VectorNamed: Writer.of_vectors,
    AppliedUndef: Writer.defined,
    Sum: Writer.big,
    Product: Writer.big,
    Diff: Writer.derivative,
    At: Writer.evaluated,
    Piecewise: Writer.cases,
    **OPTIMA,
    **sayings.PLAIN,
}
"""Head -> how it is printed. The most special head counts."""
