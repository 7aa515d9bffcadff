"""The meaning of whole statements: expressions, claims, definitions and hypotheses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from sympy import Add, Expr, Integer, KroneckerDelta, Mul

from cesym.errors import CesymError, ReadError
from cesym.reader.elaboration.arrays import Array, Literals, together
from cesym.reader.elaboration.hiding import unhide
from cesym.reader.elaboration.optima import check_alone, stands_alone
from cesym.reader.elaboration.properties import meaning, square
from cesym.reader.elaboration.source import Source
from cesym.reader.elaboration.walk import Frame, Walk
from cesym.reader.syntax import Chain, Comparison, Define, Name, Node, Number, Property, Side
from cesym.reader.written import Written
from cesym.terms.binders import substitute
from cesym.terms.claim import IS, Claim
from cesym.terms.conditions import Condition, distinct
from cesym.terms.context import Context, Definition, Hypothesis
from cesym.terms.domains import Declaration, IndexRange
from cesym.terms.statements import Definite

MOST_SIDES = 100
"""Sides of which a context keeps the meaning."""

MIRRORED = {"==": "==", "<=": ">=", "<": ">", ">=": "<=", ">": "<"}
"""Operator -> the same with the sides exchanged."""


@dataclass(frozen=True, slots=True)
class Elaborated:
    """A term, the conditions under which it has a value, and those under which it is smooth besides
    (`kinks`).
    """

    term: Expr
    conditions: tuple[Condition, ...] = ()
    kinks: tuple[Condition, ...] = ()


def elaborate(node: Side, context: Context, source: Source | None = None) -> Elaborated:
    """The meaning of an expression, or of a relation beside `iff`. Raises ReadError for a vector
    where a number is expected, a wrong index, and the like.
    """
    walk = Walk(context, source or Source(""))
    term = meaning(node, walk)
    if isinstance(term, Array):
        assert not isinstance(node, Comparison | Property)
        raise walk.error(
            node,
            "a number is expected here, this is a vector",
            "write an entry of it, with an index",
        )
    return Elaborated(term, tuple(walk.frame.conditions), tuple(walk.frame.kinks))


def claims_of(chain: Chain, context: Context, source: Source) -> tuple[Claim, ...]:
    """One claim for each link of a chain; a claim between vectors is a claim about the entry at a
    new index.
    """
    walk = Walk(context, source)
    sides: list[_Side] = []
    for node in chain.operands:
        if node is None:
            raise walk.error(chain, "a claim cannot have ? for a side")
        sides.append(_side_of(node, walk))
    text = source.text.strip() if len(sides) == 2 else ""
    place = source.place(chain.at)
    try:
        return tuple(
            link
            for (left, right), operator in zip(pairwise(sides), chain.operators, strict=True)
            for link in (
                [_definite(left, right, walk, text)]
                if _says_definite(right.node)
                else _links(left, operator, right, context, text)
            )
        )
    except CesymError as error:
        raise error if error.place else error.at(place) from None


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a relation: its tree, its meaning, its conditions."""

    node: Side
    meaning: Expr | Array
    frame: Frame

    def entry(self, indices: tuple[Node, ...]) -> tuple[Node, ...]:
        """`indices` where this is an array, none for a number."""
        return indices if isinstance(self.meaning, Array) else ()


def _side_of(node: Side, walk: Walk) -> _Side:
    """A side with its meaning, which is worked out once in a context: who looks for a mistake asks
    for the same side again and again, and what the prover knows of a term it knows by its indices.
    """
    sides = walk.context.notes.setdefault(_Side, {})
    assert isinstance(sides, dict)
    known = sides.get(node)
    if known is not None:
        return replace(known, node=node)
    with walk.collect() as frame:
        found = _Side(node, meaning(node, walk), frame)
    if len(sides) >= MOST_SIDES:
        sides.clear()
    sides[node] = found
    return found


def _links(
    left: _Side, operator: str, right: _Side, context: Context, text: str
) -> Iterator[Claim]:
    """A claim between numbers, or between entries: at new indices, and for each number along an
    axis whose entries are listed.
    """
    if stands_alone(right.meaning) and not stands_alone(left.meaning):
        left, right, operator = right, left, MIRRORED[operator]
    try:
        left_term, right_term, shape = together(left.meaning, right.meaning)
    except ValueError:
        raise ReadError("the two sides have different sizes") from None
    conditions = distinct(left.frame.conditions + right.frame.conditions)
    if shape is None:
        check_alone(left_term, right_term, context)
        written = Written(left.node, right.node)
        yield Claim(left_term, operator, right_term, context, conditions, text, written)
        return
    if len(shape.sizes) > 1 and operator != "==":
        raise ReadError(
            "an inequality between matrices has two readings",
            remedy="for entries write A[i,j] >= 0, for a semidefinite matrix psd(A)",
        )
    if stands_alone(left_term):
        right_term = _by_deltas(right_term, shape)
    for literals in shape.literals(left_term, right_term):
        inner, free = free_indices(context, shape, literals)
        here, there = (substitute(term, free) for term in (left_term, right_term))
        check_alone(here, there, context)
        entry = tuple(map(index_node, (free[index] for index in shape.indices)))
        written = Written(left.node, right.node, left.entry(entry), right.entry(entry))
        yield Claim(here, operator, there, inner, conditions, text, written)


def _says_definite(node: Side | None) -> bool:
    return isinstance(node, Property) and node.kind == "definite"


def _definite(left: _Side, right: _Side, walk: Walk, text: str) -> Claim:
    """The claim that a matrix is positive (semi-)definite."""
    assert not isinstance(left.node, Comparison | Property) and isinstance(right.meaning, Expr)
    entry, said, context = _entry_of_matrix(left.node, left.meaning, right.meaning, walk)
    conditions = distinct(left.frame.conditions)
    return Claim(entry, IS, said, context, conditions, text, Written(left.node, right.node))


def _entry_of_matrix(
    node: Node, found: Expr | Array, said: Expr, walk: Walk
) -> tuple[Expr, Expr, Context]:
    """The entry of a square matrix at new indices, the property of it, and the context."""
    matrix = square(node, found, walk)
    shape = Array((matrix.size,) * 2, (matrix.row, matrix.column), matrix.entry)
    entry = _by_deltas(matrix.entry, shape)
    context, free = free_indices(walk.context, shape, {})
    row, column = free[matrix.row], free[matrix.column]
    return substitute(entry, free), Definite(row, column, matrix.size, said.args[-1]), context


def definite_of(
    node: Node, said: Property, context: Context, source: Source
) -> tuple[Elaborated, Elaborated, Context]:
    """The entry of the matrix `node` and what `said` states of it, in a context with the indices of
    the entry. Raises ReadError for what is no square matrix.
    """
    walk = Walk(context, source)
    entry, property_, inner = _entry_of_matrix(node, meaning(node, walk), meaning(said, walk), walk)
    return Elaborated(entry, tuple(walk.frame.conditions)), Elaborated(property_), inner


def index_node(term: Expr) -> Node:
    """An index as it would be written: a number or a name."""
    return Number(Fraction(int(term))) if isinstance(term, Integer) else Name(str(term))


def claim_between(
    left: Elaborated, operator: str, right: Elaborated, context: Context, text: str = ""
) -> Claim:
    """The claim `left operator right`; a limit or a minimum goes to the left.

    Raises ReadError where one of these, or infinity, stands anywhere else.
    """
    if stands_alone(right.term) and not stands_alone(left.term):
        left, right, operator = right, left, MIRRORED[operator]
    check_alone(left.term, right.term, context)
    conditions = distinct(left.conditions + right.conditions)
    return Claim(left.term, operator, right.term, context, conditions, text)


def _by_deltas(entry: Expr, shape: Array) -> Expr:
    """An entry without axes that are listed: a at 1 and b at 2 is a delta(k,1) + b delta(k,2)."""
    terms = []
    for literals in shape.literals(entry):
        here = substitute(entry, literals)
        terms.append(here * Mul(*(KroneckerDelta(k, n) for k, n in literals.items())))
    return Add(*terms)


def free_indices(
    context: Context, shape: Array, literals: Literals
) -> tuple[Context, dict[Expr, Expr]]:
    """`context` with a new free index for every axis of `shape` but those that are listed."""
    replacements: dict[Expr, Expr] = dict(literals)
    for index, size in zip(shape.indices, shape.sizes, strict=True):
        if index in literals:
            continue
        name = next(
            n for n in (*"ijklmn", *(f"i{c}" for c in range(99))) if context.kind(n) is None
        )
        length = int(size) if size.is_Integer else str(size)
        context = context.declare(Declaration(name, IndexRange(length), latex=name))
        replacements[index] = context.symbol(name)
    return context, replacements


def definition_of(
    node: Define, context: Context, source: Source, *, assumed: bool = False
) -> Definition:
    """The definition that a `:=` states. Its parameters must be declared: their domains are the
    function's domain.
    """
    parameters = []
    for name in node.parameters:
        if context.kind(name) not in ("scalar", "index"):
            raise ReadError(
                "the parameter {name} of {function} is not a declared number",
                name=name,
                function=node.name,
                place=source.place(node.at),
            )
        parameters.append(context.symbol(name))
    walk = Walk(context, source)
    term = walk.scalar(node.body)
    for parameter in parameters:
        term = unhide(term, parameter, context)
    line = source.place(node.at).line
    conditions, kinks = tuple(walk.frame.conditions), tuple(walk.frame.kinks)
    written = replace(
        node, domains=tuple(context.declarations[name].domain for name in node.parameters)
    )
    return Definition(
        node.name, tuple(parameters), term, conditions, kinks, node.latex, assumed, line, written
    )


def hypotheses_of(chain: Chain, context: Context, source: Source) -> tuple[Hypothesis, ...]:
    """One hypothesis for each link."""
    text, line = source.text.strip(), source.place(chain.at).line
    walk = Walk(context, source)
    for node in chain.operands:
        if isinstance(node, Comparison | Property):
            raise walk.error(chain, "a hypothesis is a relation between numbers")
        if node is not None:
            walk.value(node)  # a limit or a minimum is no hypothesis
    return tuple(
        Hypothesis(c.left, c.operator, c.right, c.conditions, text, line)
        for c in claims_of(chain, context, source)
    )
