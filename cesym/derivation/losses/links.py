"""Links: `q = sigmoid(s)` says what a symbol of the loss is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from sympy import Basic, Expr, Symbol
from sympy.core.relational import Relational

from cesym.derivation.drafting.quantities import continuous
from cesym.derivation.losses.loss import Link
from cesym.errors import CesymError, DeclarationError, DomainError, ReadError
from cesym.prover import decide
from cesym.reader import latex, plain
from cesym.reader.elaborate import Source, claims_of, elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.latex.walks import free_names
from cesym.reader.names import FUNCTIONS
from cesym.reader.syntax import (
    NOWHERE,
    Chain,
    Comparison,
    Name,
    Negate,
    Node,
    Number,
    Property,
)
from cesym.terms.context import Context
from cesym.terms.domains import REAL, Declaration, Interval
from cesym.terms.printing.names import GREEK, latex_of_identifier

LINK = "<link>"
"""How places in a link are named."""

NAMED = re.compile(r"\b(?!\d)\w+\b(?!\s*\()")
MEANT = frozenset({*FUNCTIONS, "e", "E", "I", "pi", "oo", "sigma", "Gamma"})
"""Names that are no new symbols."""

SECONDS = 4.0

Links = str | Basic | Mapping[str | Symbol, str | Expr] | Iterable[str | Basic]


def read_links(
    given: Links, loss: Node, context: Context, source: Source
) -> tuple[tuple[Link, ...], Context]:
    """The links, and the context with the symbols that they bring in.

    Raises a CesymError: for what is no link, a symbol that the loss does not have, two links of
    one symbol, and values outside the domain of the linked symbol.
    """
    links: list[Link] = []
    for one in _each(given):
        before = context
        name, node, where, context = _read(one, before)
        _check_name(name, loss, links, context, where)
        _require_inside(name, node, context, where)
        term = elaborate(node, context, where).term
        links.append(Link(name, term, _brought(node, loss, before, context)))
    return tuple(links), context


def _brought(node: Node, loss: Node, before: Context, after: Context) -> tuple[str, ...]:
    """The symbols that a link brings in: one that it made known, or else all real numbers in it
    that the loss does not have.
    """
    new = free_names(node) - free_names(loss)
    made = [n for n in new if before.kind(n) is None]
    return tuple(
        n for n in after.declarations if n in (made or new) and continuous(after.declarations[n])
    )


def _each(given: Links) -> Iterator[str | tuple[str, Basic]]:
    """Each link as a text, or as a name and a SymPy expression."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping):
        for name, right in given.items():
            yield f"{name} = {right}" if isinstance(right, str) else (str(name), right)
    elif isinstance(given, Basic):
        yield _sides(given)
    else:
        for one in given:
            yield from _each(one)


def _sides(relation: Basic) -> tuple[str, Basic]:
    """The symbol and the term of a SymPy equation."""
    if not isinstance(relation, Relational) or relation.rel_op != "==":
        raise ReadError(
            "{text} is no link",
            remedy="write {example}",
            text=str(relation),
            example="q = sigmoid(s)",
        )
    return str(relation.lhs), relation.rhs


def _read(one: str | tuple[str, Basic], context: Context) -> tuple[str, Node, Source, Context]:
    """Name, right side, place, and the context with a symbol that is new here."""
    if isinstance(one, tuple):
        name, right = one
        source = Source(f"{name} = {right}", LINK)
        try:
            node = from_sympy(right)
        except CesymError as error:
            raise error if error.place else error.at(source.place(NOWHERE)) from None
        return name, node, source, _with_new(free_names(node), context, source)
    text = one.replace(":=", "=")
    source = Source(text, LINK)
    if "\\" in text:
        chain = latex.parse_chain(text, _guessing(context), source=LINK)
        context = _with_new(_names_of(chain) - {_left_of(chain)}, context, source)
        chain = latex.parse_chain(text, _guessing(context), source=LINK)
    else:
        left, sign, right = text.partition("=")
        if not sign:
            raise _no_link(source)
        _check_declared(left.strip(), context, source)
        names = {n for n in NAMED.findall(right) if n not in MEANT}
        context = _with_new(names, context, source)
        chain = plain.parse_assumption(text, context, source=LINK)
    if not isinstance(chain, Chain) or chain.operators != ("==",) or None in chain.operands:
        raise _no_link(source)
    name, node = chain.operands
    if not isinstance(name, Name) or node is None or isinstance(node, Comparison | Property):
        raise _no_link(source)
    return name.name, node, source, context


def _no_link(source: Source) -> ReadError:
    return ReadError(
        "this is no link",
        place=source.place(NOWHERE),
        remedy="write a symbol of the loss and what it is made of, such as {example}",
        example="q = sigmoid(s)",
    )


class _Guessing(Context):
    """A context in which an undeclared letter passes for a number, until it is looked at."""

    def kind(self, name: str) -> str | None:
        """What a name is, or what it can only be."""
        known = super().kind(name)
        if known is not None or name in MEANT:
            return known
        head = name.split("_")[0]
        return "scalar" if len(head) == 1 or head in GREEK else None


def _guessing(context: Context) -> Context:
    return _Guessing(context.declarations, context.hypotheses, context.definitions)


def _names_of(chain: object) -> frozenset[str]:
    operands = chain.operands if isinstance(chain, Chain) else ()
    names: set[str] = set()
    for operand in operands:
        if operand is not None and not isinstance(operand, Comparison | Property):
            names |= free_names(operand)
    return frozenset(names)


def _left_of(chain: object) -> str:
    left = chain.operands[0] if isinstance(chain, Chain) else None
    return left.name if isinstance(left, Name) else ""


def _with_new(names: Iterable[str], context: Context, source: Source) -> Context:
    """The context, in which one name that is not declared becomes a real number."""
    new = sorted(name for name in names if context.kind(name) is None)
    if len(new) > 1:
        raise DeclarationError(
            "{names} are not declared",
            place=source.place(NOWHERE),
            remedy='one new symbol is taken for a real number; declare the others: --let "{line}"',
            names=", ".join(new),
            line=f"{new[0]} in real",
        )
    for name in new:
        context = context.declare(Declaration(name, REAL, latex=latex_of_identifier(name)))
    return context


def _check_declared(name: str, context: Context, source: Source) -> None:
    if context.kind(name) is None:
        raise DeclarationError(
            "{name} is not declared",
            place=source.place(NOWHERE),
            remedy='a link says what a symbol of the loss is made of: declare it, --let "{line}"',
            name=name,
            line=f"{name} in (0,1)",
        )


def _check_name(name: str, loss: Node, links: list[Link], context: Context, source: Source) -> None:
    """Check that a symbol of the loss is linked, one that can move, and once."""
    _check_declared(name, context, source)
    place = source.place(NOWHERE)
    if name not in free_names(loss):
        raise DeclarationError(
            "the loss has no {name}",
            place=place,
            remedy="its symbols are {names}",
            name=name,
            names=", ".join(sorted(free_names(loss))),
        )
    if any(link.name == name for link in links):
        raise DeclarationError("{name} has two links", place=place, name=name)
    if not continuous(context.declarations[name]):
        raise DeclarationError(
            "{name} takes only separate values, and cannot be linked",
            place=place,
            remedy="declare it on an interval, for example {name} in [0, 1]",
            name=name,
        )


def _require_inside(name: str, node: Node, context: Context, source: Source) -> None:
    """Check that what a symbol is made of stays in its domain."""
    place = source.place(NOWHERE)
    if name in free_names(node):
        raise DeclarationError("{name} is made of itself", place=place, name=name)
    elaborate(node, context, source)
    domain = context.declarations[name].domain
    assert isinstance(domain, Interval)
    chain = _inside(node, domain)
    for claim in claims_of(chain, context, source) if chain else ():
        verdict = decide(claim, seconds=SECONDS)
        if verdict.proved:
            continue
        point = verdict.counterexample.at if verdict.counterexample else ()
        raise DomainError(
            "the link leaves the domain of {name} at {point}"
            if verdict.refuted
            else "it is not shown that the link stays in the domain of {name}",
            place=place,
            remedy="choose another link, or declare {name} where the link leads",
            name=name,
            point=", ".join(f"{n} = {v}" for n, v in point),
        )


def _inside(node: Node, domain: Interval) -> Chain | None:
    """The claim that `node` lies in a domain; None when that is all numbers."""
    operands: list[Node | None] = [node]
    operators: list[str] = []
    if domain.lower is not None:
        operands.insert(0, _literal(domain.lower))
        operators.append("<" if domain.lower_open else "<=")
    if domain.upper is not None:
        operands.append(_literal(domain.upper))
        operators.append("<" if domain.upper_open else "<=")
    return Chain(tuple(operands), tuple(operators)) if operators else None


def _literal(value: Fraction) -> Node:
    return Number(value) if value >= 0 else Negate(Number(-value))
