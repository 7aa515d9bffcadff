"""Conditions under which a term has a value: what the prover must discharge before it may say
`proved`.

They are collected while the text is read, from the text as written, since SymPy cancels `x/x`
before anybody could ask whether x may be 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sympy import (
    Abs,
    Dummy,
    E,
    Expr,
    Indexed,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    S,
    Symbol,
    sign,
)
from sympy.core.relational import Relational

from cesym.messages import N_
from cesym.terms.binders import freshen, substitute
from cesym.terms.domains import REAL, Interval


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

    def map(self, change: Callable[[Expr], Expr]) -> Binder:
        """The same index between changed ends."""
        return Binder(self.index, change(self.lower), change(self.upper))


STEP = Dummy("h", real=True)
"""A small step aside, from the point at which something is differentiated."""


@dataclass(frozen=True, slots=True)
class Kink:
    """What has a derivative by STEP at 0 if no part has a kink there, and perhaps also if one has.

    `body` is the differentiated term with `place + STEP` for the variable `place`, a number or an
    entry of a vector, that lives in `domain`: so whatever is known of the variable itself may be
    put in. All this is meant for all values of the `binders`. Without a body nothing is known.
    """

    body: Expr | None = None
    place: Expr = S.Zero
    domain: Interval = REAL
    binders: tuple[Binder, ...] = ()

    @classmethod
    def of(cls, body: Expr, variable: Expr, domain: Interval) -> Kink:
        """For the derivative of `body` by a number or an entry, in which no definition and no
        derivative is left: a step aside cannot be taken in one.

        >>> from sympy import IndexedBase, Sum
        >>> w, K = IndexedBase("w", real=True), Symbol("K", integer=True)
        >>> k = Dummy("k", integer=True)
        >>> found = Kink.of(Sum(Abs(w[k]), (k, 1, K)), w[2], REAL)
        >>> found.body.has(KroneckerDelta), found.place
        (True, w[2])
        """
        body = freshen(body)
        if isinstance(variable, Indexed):
            entries = (e for e in body.atoms(Indexed) if e.base == variable.base)
            moved = {e: e + STEP * _same(e.indices, variable.indices) for e in entries}
        else:
            moved = {variable: variable + STEP}
        return cls(body.xreplace(moved), variable, domain)

    def bind(self, index: Symbol, lower: Expr, upper: Expr) -> Kink:
        """The same for every `index` from `lower` to `upper`, where it occurs."""
        if self.body is None or index not in self.body.free_symbols | self.place.free_symbols:
            return self
        return replace(self, binders=(Binder(index, lower, upper), *self.binders))

    def map(self, change: Callable[[Expr], Expr]) -> Kink:
        """The same with every term changed."""
        if self.body is None:
            return self
        return replace(
            self,
            body=change(self.body),
            place=change(self.place),
            binders=tuple(binder.map(change) for binder in self.binders),
        )


def _same(indices: Iterable[Expr], others: Iterable[Expr]) -> Expr:
    """1 where all indices are equal to the others, and 0 elsewhere."""
    return Mul(*(KroneckerDelta(i, j) for i, j in zip(indices, others, strict=True)))


@dataclass(frozen=True, slots=True)
class Condition:
    """At least one of `alternatives` holds, for all values of the `binders`, wherever all `guards`
    hold.

    The text has no value where a condition fails; but with `kinks`, which are no part of what the
    condition says, it may have one there, unless what is differentiated has no derivative.
    """

    alternatives: tuple[Fact, ...]
    binders: tuple[Binder, ...] = ()
    guards: tuple[Fact, ...] = ()
    why: str = ""
    kinks: tuple[Kink, ...] = field(default=(), compare=False)

    def bind(self, index: Symbol, lower: Expr, upper: Expr) -> Condition:
        """The same for every `index` from `lower` to `upper`; unchanged where the index does not
        occur. What occurs in its kinks alone is bound there.
        """
        terms = [fact.term for fact in self.alternatives + self.guards]
        terms += [end for binder in self.binders for end in (binder.lower, binder.upper)]
        if not any(index in term.free_symbols for term in terms):
            return replace(self, kinks=tuple(k.bind(index, lower, upper) for k in self.kinks))
        return replace(self, binders=(Binder(index, lower, upper), *self.binders))

    def guard(self, *facts: Fact) -> Condition:
        """The same, needed only where `facts` hold."""
        return replace(self, guards=self.guards + facts)

    def map(self, change: Callable[[Expr], Expr]) -> Condition:
        """The same condition with every term changed."""
        return replace(
            self,
            alternatives=tuple(fact.map(change) for fact in self.alternatives),
            binders=tuple(binder.map(change) for binder in self.binders),
            guards=tuple(fact.map(change) for fact in self.guards),
            kinks=tuple(kink.map(change) for kink in self.kinks),
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


def distinct(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Conditions without repetitions, each with the kinks of all that say the same; with none where
    one of these has none, and is needed for a value.

    >>> x = Symbol("x")
    >>> needed = nonzero(x, "x")
    >>> smooth = replace(needed, kinks=(Kink(),))
    >>> [len(one.kinks) for one in distinct([smooth, smooth])]
    [1]
    >>> [len(one.kinks) for one in distinct([smooth, needed])]
    [0]
    """
    found: dict[Condition, tuple[Kink, ...]] = {}
    for one in conditions:
        known = found.get(one)
        kinks = one.kinks if known is None else known and one.kinks and known + one.kinks
        found[one] = tuple(dict.fromkeys(kinks))
    return tuple(replace(one, kinks=kinks) for one, kinks in found.items())


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
