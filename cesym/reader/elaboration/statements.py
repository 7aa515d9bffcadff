"""The meaning of whole statements: expressions, claims, definitions and hypotheses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sympy import Expr

from cesym.errors import ReadError
from cesym.reader.elaboration.arrays import Array, together
from cesym.reader.elaboration.hiding import unhide
from cesym.reader.elaboration.source import Source
from cesym.reader.elaboration.walk import Frame, Walk
from cesym.reader.syntax import Chain, Define, Node, Span
from cesym.terms.binders import substitute
from cesym.terms.claim import Claim
from cesym.terms.conditions import Condition
from cesym.terms.context import Context, Definition, Hypothesis
from cesym.terms.domains import Declaration, IndexRange


@dataclass(frozen=True, slots=True)
class Elaborated:
    """A term, the conditions under which it has a value, and those under which it is smooth besides
    (`kinks`).
    """

    term: Expr
    conditions: tuple[Condition, ...] = ()
    kinks: tuple[Condition, ...] = ()


def elaborate(node: Node, context: Context, source: Source | None = None) -> Elaborated:
    """The meaning of an expression. Raises ReadError for a vector where a number is expected, a
    wrong index, and the like.
    """
    walk = Walk(context, source or Source(""))
    term = walk.scalar(node)
    return Elaborated(term, tuple(walk.frame.conditions), tuple(walk.frame.kinks))


def claims_of(chain: Chain, context: Context, source: Source) -> tuple[Claim, ...]:
    """One claim for each link of a chain; a claim between vectors is a claim about the entry at a
    new index.
    """
    walk = Walk(context, source)
    sides: list[tuple[Expr | Array, Frame]] = []
    for node in chain.operands:
        if node is None:
            raise walk.error(chain, "a claim cannot have ? for a side")
        with walk.collect() as frame:
            sides.append((walk.value(node), frame))
    text = source.text.strip() if len(sides) == 2 else ""
    return tuple(
        _link(left, operator, right, context, text, source, chain.at)
        for (left, right), operator in zip(pairwise(sides), chain.operators, strict=True)
    )


def _link(
    left: tuple[Expr | Array, Frame],
    operator: str,
    right: tuple[Expr | Array, Frame],
    context: Context,
    text: str,
    source: Source,
    at: Span,
) -> Claim:
    try:
        left_term, right_term, shape = together(left[0], right[0])
    except ValueError:
        raise ReadError("the two sides have different sizes", place=source.place(at)) from None
    if shape is not None:
        context, free = _free_indices(context, shape)
        left_term, right_term = substitute(left_term, free), substitute(right_term, free)
    conditions = dict.fromkeys(left[1].conditions + right[1].conditions)
    return Claim(left_term, operator, right_term, context, tuple(conditions), text)


def _free_indices(context: Context, shape: Array) -> tuple[Context, dict[Expr, Expr]]:
    """`context` with a new free index for every axis of `shape`."""
    replacements: dict[Expr, Expr] = {}
    for index, size in zip(shape.indices, shape.sizes, strict=True):
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
    body = elaborate(node.body, context, source)
    term = body.term
    for parameter in parameters:
        term = unhide(term, parameter, context)
    line = source.place(node.at).line
    return Definition(
        node.name, tuple(parameters), term, body.conditions, body.kinks, node.latex, assumed, line
    )


def hypotheses_of(chain: Chain, context: Context, source: Source) -> tuple[Hypothesis, ...]:
    """One hypothesis for each link."""
    text, line = source.text.strip(), source.place(chain.at).line
    return tuple(
        Hypothesis(c.left, c.operator, c.right, c.conditions, text, line)
        for c in claims_of(chain, context, source)
    )
