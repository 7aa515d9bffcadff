"""What a drafted page speaks of: a function that it defined, or a derivative of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from sympy import Poly

from cesym.derivation.drafting.draft import Draft
from cesym.terms.context import Hypothesis
from cesym.terms.domains import Declaration

Point = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Quantity:
    """`function`, a letter, at its `parameters`, differentiated by each variable of `by`."""

    function: str
    parameters: tuple[str, ...]
    by: tuple[str, ...] = ()

    def derived(self, *variables: str) -> Quantity:
        """The derivative by one more variable, or several."""
        return replace(self, by=(*self.by, *variables))

    def latex(self, draft: Draft) -> str:
        r"""`L(q, g)`, `\frac{\partial^2 L}{\partial q^2}`."""
        if not self.by:
            return self.call(draft, {})
        above, below = self.bars(draft)
        return rf"\frac{{{above} {self.function}}}{{{below}}}"

    def call(self, draft: Draft, point: Point) -> str:
        """The function itself, with numbers for what `point` says."""
        arguments = [
            number(point[name]) if name in point else draft.spelled(name)
            for name in self.parameters
        ]
        return f"{self.function}({', '.join(arguments)})"

    def at(self, draft: Draft, point: Point) -> str | None:
        """The value at a point; None for a mixed derivative."""
        if not self.by:
            return self.call(draft, point)
        variable, *others = dict.fromkeys(self.by)
        if others or variable not in point:
            return None
        above, below = self.bars(draft)
        rest = {name: value for name, value in point.items() if name != variable}
        body = rf"\frac{{{above}}}{{{below}}} {self.call(draft, rest)}"
        where = rf"{draft.spelled(variable)} = {number(point[variable])}"
        return rf"\left. {body} \right|_{{{where}}}"

    def bars(self, draft: Draft) -> tuple[str, str]:
        """What stands above and below the bar of the derivative."""
        count = len(self.by)
        below = []
        for name, group in groupby(self.by):
            power = len(list(group))
            exponent = f"^{power}" if power > 1 else ""
            below.append(rf"\partial {draft.spelled(name)}{exponent}")
        return r"\partial" + (f"^{count}" if count > 1 else ""), " ".join(below)

    @property
    def name(self) -> str:
        """What a page exports it as, of several variables."""
        kind = ("loss", "gradient", "hessian")[len(self.by)]
        return "_".join((kind, *self.by))


def number(value: Fraction) -> str:
    r"""`-1`, `\frac{1}{2}`."""
    if value.denominator == 1:
        return str(value.numerator)
    minus = "-" if value < 0 else ""
    return rf"{minus}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def supposed_of(draft: Draft, variable: str) -> list[Hypothesis]:
    """The hypotheses that speak of a variable."""
    symbol = draft.context.symbol(variable)
    return [one for one in draft.context.hypotheses if (one.left - one.right).has(symbol)]


def may_have_gaps(draft: Draft, variable: str) -> bool:
    """Whether the values of a variable may be no interval, as for x^2 > 1; for x > y they are."""
    symbol = draft.context.symbol(variable)
    return any(
        one.operator not in ("<", "<=", ">", ">=")
        or not (one.left - one.right).is_polynomial(symbol)
        or Poly(one.left - one.right, symbol).degree() > 1
        for one in supposed_of(draft, variable)
    )


def continuous(declaration: Declaration) -> bool:
    """Whether it is a number that a derivative can be taken by."""
    from cesym.terms.domains import Interval

    domain = declaration.domain
    return not declaration.shape and isinstance(domain, Interval) and not domain.integer
