"""One walk over a syntax tree, and `value`, the meaning of a node.

Conditions are collected node by node, before SymPy sees the term as a whole, so that `x/x` still
asks for x != 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any, TypeVar

from sympy import Dummy, Expr, S

from cesym.errors import DomainError, ReadError
from cesym.reader.elaboration.arrays import Array, together
from cesym.reader.elaboration.source import Source
from cesym.reader.syntax import Chain, Node
from cesym.terms.binders import substitute
from cesym.terms.building import UNREAL, contains
from cesym.terms.conditions import Condition
from cesym.terms.context import Context
from cesym.terms.differentiation import evaluate

Value = TypeVar("Value", Expr, Array, Expr | Array)


@dataclass(slots=True)
class Frame:
    """The conditions of one part of a text, and those under which it is smooth besides
    (`kinks`).
    """

    conditions: list[Condition] = field(default_factory=list)
    kinks: list[Condition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bound:
    """The index of a sum or product, which runs from `lower` to `upper`."""

    symbol: Dummy
    lower: Expr
    upper: Expr


class Walk:
    """Walks one text. Conditions go to the innermost frame; a binder or a branch collects those of
    its body and wraps them.
    """

    def __init__(self, context: Context, source: Source) -> None:
        self.context = context
        self.source = source
        self.scope: dict[str, Bound] = {}
        self.frames = [Frame()]

    @property
    def frame(self) -> Frame:
        """The innermost frame."""
        return self.frames[-1]

    @contextmanager
    def collect(self) -> Iterator[Frame]:
        """The conditions of what is read inside, apart from the rest."""
        self.frames.append(Frame())
        try:
            yield self.frame
        finally:
            self.frames.pop()

    def require(self, *conditions: Condition) -> None:
        """The text has a value only where `conditions` hold."""
        self.frame.conditions.extend(self.settled(condition) for condition in conditions)

    def kinked(self, *kinks: Condition) -> None:
        """The text is smooth only where `kinks` hold besides."""
        self.frame.kinks.extend(self.settled(kink) for kink in kinks)

    def settled(self, condition: Condition) -> Condition:
        """With definitions unfolded and derivatives taken, so that substitution into it is safe."""
        ranges = self.context.ranges()
        ranges |= {b.index: b.upper for b in condition.binders if b.lower == 1}
        return condition.map(lambda term: evaluate(self.context.unfold_definitions(term), ranges))

    def error(
        self, node: Node | Chain, message: str, remedy: str | None = None, **params: object
    ) -> ReadError:
        """An error at the place of `node`."""
        return ReadError(message, place=self.source.place(node.at), remedy=remedy, **params)

    def value(self, node: Node) -> Expr | Array:
        """The meaning of a node."""
        return value(node, self)

    def scalar(self, node: Node) -> Expr:
        """The term of a node that must be a number."""
        found = value(node, self)
        if isinstance(found, Array):
            raise self.error(
                node,
                "a number is expected here, this is a vector",
                "write an entry of it, with an index",
            )
        return found

    def real(self, node: Node, term: Value) -> Value:
        """`term`, unless SymPy found out that it has no real value at all."""
        entry: Any = term.entry if isinstance(term, Array) else term
        if contains(entry, UNREAL):
            raise DomainError("this has no real value", place=self.source.place(node.at))
        return term

    def elementwise(
        self, node: Node, function: Callable[..., Expr], *operands: Expr | Array
    ) -> Expr | Array:
        """`function` of one or two numbers, or of vectors entry by entry."""
        try:
            if len(operands) == 1:
                (only,) = operands
                return only.map(function) if isinstance(only, Array) else function(only)
            left, right, shape = self.together(node, *operands)
            if shape is None:
                return function(left, right)
            return shape.filled(
                lambda at: function(substitute(left, at), substitute(right, at)), left, right
            )
        except ValueError:  # SymPy compares numbers, and finds one that is not real
            raise DomainError("this has no real value", place=self.source.place(node.at)) from None

    def require_of_entries(
        self, node: Node, conditions: Callable[..., tuple[Condition, ...]], *operands: Expr | Array
    ) -> None:
        """Require `conditions` of one or two numbers, or of every entry."""
        self.require(*self.of_entries(node, conditions, *operands))

    def of_entries(
        self, node: Node, conditions: Callable[..., tuple[Condition, ...]], *operands: Expr | Array
    ) -> tuple[Condition, ...]:
        """`conditions` of one or two numbers, or of every entry."""
        if len(operands) == 1:
            (only,) = operands
            shape = only if isinstance(only, Array) else None
            terms = (only.entry if isinstance(only, Array) else only,)
        else:
            left, right, shape = self.together(node, *operands)
            terms = (left, right)
        if shape is None:
            return conditions(*terms)
        return tuple(
            condition
            for at in shape.literals(*terms)
            for condition in for_all_entries(
                conditions(*(substitute(term, at) for term in terms)), shape
            )
        )

    def together(
        self, node: Node, left: Expr | Array, right: Expr | Array
    ) -> tuple[Expr, Expr, Array | None]:
        """Two operands under common indices."""
        try:
            return together(left, right)
        except ValueError:
            raise self.error(node, "the two operands have different sizes") from None


def for_all_entries(
    conditions: tuple[Condition, ...], shape: Array | None
) -> tuple[Condition, ...]:
    """`conditions` of an entry, for all entries of an array (None: a number)."""
    if shape is not None:
        for index, size in zip(shape.indices, shape.sizes, strict=True):
            conditions = tuple(condition.bind(index, S.One, size) for condition in conditions)
    return conditions


@singledispatch
def value(node: Node, walk: Walk) -> Expr | Array:
    """The meaning of a node. Each kind of node registers its own."""
    raise walk.error(node, "{kind} cannot be used here", kind=type(node).__name__)
