"""Conditions under which a term has a value: what the prover must discharge before it may say
`proved`.

They are collected while the text is read, from the text as written, since SymPy cancels `x/x`
before anybody could ask whether x may be 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sympy import Abs, Dummy, E, Expr, Max, Min, Piecewise, Symbol, sign
from sympy.core.relational import Relational

from cesym.messages import N_
from cesym.terms.binders import substitute


@dataclass(frozen=True, slots=True)
class Fact:
    """`term relation 0`, the relation being one of `>`, `>=`, `!=`, `==`, `<`, `<=`."""

    term: Expr
    relation: str

    def map(self, change: Callable[[Expr], Expr]) -> Fact:
        """The same relation of the changed term."""
        return Fact(change(self.term), self.relation)

    def __str__(self) -> str:
        return f"{self.term} {self.relation} 0"


@dataclass(frozen=True, slots=True)
class Binder:
    """`for all index in lower..upper`."""

    index: Symbol
    lower: Expr
    upper: Expr


@dataclass(frozen=True, slots=True)
class Kink:
    """What has a derivative by `variable` at `at` if no part has a kink there, and perhaps also if
    one has. Without a body nothing is known of it.
    """

    body: Expr | None = None
    variable: Symbol | None = None
    at: Expr | None = None

    @classmethod
    def of(cls, body: Expr | None, variable: Expr) -> Kink:
        """For the derivative of `body` by a number. By an entry of a vector nothing is known."""
        if body is None or not isinstance(variable, Symbol):
            return cls()
        fresh = Dummy(variable.name, **variable.assumptions0)
        return cls(substitute(body, {variable: fresh}), fresh, variable)

    def map(self, change: Callable[[Expr], Expr]) -> Kink:
        """The same with every term changed."""
        if self.body is None or self.at is None:
            return self
        return replace(self, body=change(self.body), at=change(self.at))


@dataclass(frozen=True, slots=True)
class Condition:
    """At least one of `alternatives` holds, for all values of the `binders`, wherever all `guards`
    hold.

    The text has no value where a condition fails; but with a `kink`, which is no part of what the
    condition says, it may have one there.
    """

    alternatives: tuple[Fact, ...]
    binders: tuple[Binder, ...] = ()
    guards: tuple[Fact, ...] = ()
    why: str = ""
    kink: Kink | None = field(default=None, compare=False)

    def bind(self, index: Symbol, lower: Expr, upper: Expr) -> Condition:
        """The same for every `index` from `lower` to `upper`; unchanged where the index does not
        occur.
        """
        terms = [fact.term for fact in self.alternatives + self.guards]
        terms += [end for binder in self.binders for end in (binder.lower, binder.upper)]
        if not any(index in term.free_symbols for term in terms):
            return self
        return replace(self, binders=(Binder(index, lower, upper), *self.binders))

    def guard(self, *facts: Fact) -> Condition:
        """The same, needed only where `facts` hold."""
        return replace(self, guards=self.guards + facts)

    def map(self, change: Callable[[Expr], Expr]) -> Condition:
        """The same condition with every term changed."""
        return replace(
            self,
            alternatives=tuple(fact.map(change) for fact in self.alternatives),
            binders=tuple(Binder(b.index, change(b.lower), change(b.upper)) for b in self.binders),
            guards=tuple(fact.map(change) for fact in self.guards),
            kink=self.kink and self.kink.map(change),
        )

    def instantiate(self, replacements: dict[Expr, Expr]) -> Condition:
        """The same condition with free symbols replaced."""
        return self.map(lambda term: substitute(term, replacements))

    def mentions(self, what: Expr) -> bool:
        """Whether `what` occurs in a term of the condition."""
        return any(fact.term.has(what) for fact in self.alternatives + self.guards)

    def __str__(self) -> str:
        text = " or ".join(map(str, self.alternatives)) or "never"
        for binder in reversed(self.binders):
            text = f"{text} for all {binder.index} from {binder.lower} to {binder.upper}"
        if self.guards:
            text = f"{text} where {' and '.join(map(str, self.guards))}"
        return text


def positive(term: Expr, why: str) -> Condition:
    """term > 0. The largest of some numbers is positive when one of them is."""
    terms = term.args if isinstance(term, Max) else (term,)
    return Condition(tuple(Fact(one, ">") for one in terms), why=why)


def nonnegative(term: Expr, why: str) -> Condition:
    """term >= 0."""
    return Condition((Fact(term, ">="),), why=why)


def nonzero(term: Expr, why: str) -> Condition:
    """term != 0."""
    return Condition((Fact(term, "!="),), why=why)


def zero(term: Expr, why: str) -> Condition:
    """term = 0."""
    return Condition((Fact(term, "=="),), why=why)


def of_power(base: Expr, exponent: Expr) -> tuple[Condition, ...]:
    """Where base^exponent has a real value (0^0 = 1 for an integer exponent; no roots of negative
    numbers).

    >>> from sympy import Integer, Rational
    >>> x = Symbol("x", real=True)
    >>> [str(c) for c in of_power(x, Integer(-1))]
    ['x != 0']
    >>> [str(c) for c in of_power(x, Rational(1, 2))]
    ['x >= 0']
    """
    if base == E or (base.is_Rational and base > 0):
        return ()
    if exponent.is_integer:
        if exponent.is_nonnegative:
            return ()
        return (nonzero(base, N_("denominator")),)
    why = N_("base of a power")
    if base.is_zero:
        return (positive(exponent, N_("exponent of zero")),)
    if exponent.is_Rational:
        return (nonnegative(base, why) if exponent > 0 else positive(base, why),)
    return (nonnegative(base, why), Condition((Fact(base, ">"), Fact(exponent, ">")), why=why))


def strict(condition: Condition) -> Condition:
    """The condition for a *neighbourhood*: what makes the term smooth where it is needed, not only
    defined there.

    An alternative `== 0` does not hold in a neighbourhood and is dropped. Without any alternative
    left, nothing meets the condition.
    """
    opened = {">=": ">", "<=": "<"}
    kept = tuple(
        Fact(fact.term, opened.get(fact.relation, fact.relation))
        for fact in condition.alternatives
        if fact.relation != "=="
    )
    return replace(condition, alternatives=kept)


def kinks_of(term: Expr) -> tuple[Condition, ...]:
    """Where the top operation of `term` is smooth: `Abs(u)` and `sign(u)` at u != 0, `Max(a, b)` at
    a != b.
    """
    if isinstance(term, Abs | sign):
        return (nonzero(term.args[0], N_("derivative of an absolute value or a sign")),)
    if isinstance(term, Max | Min):
        arguments = term.args
        return tuple(
            nonzero(a - b, N_("derivative of a maximum or minimum"))
            for i, a in enumerate(arguments)
            for b in arguments[i + 1 :]
        )
    if isinstance(term, Piecewise):
        return tuple(
            nonzero(test.lhs - test.rhs, N_("derivative of a case distinction"))
            for _, test in term.args
            if isinstance(test, Relational)
        )
    return ()
