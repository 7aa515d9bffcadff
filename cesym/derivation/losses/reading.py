"""Formulas, declarations and links, as text or from SymPy, read into a `Loss`.

What is wrong with them is said here, with its place: an unknown symbol, a vector, a loss without a
value somewhere, or without a derivative for more than a kink.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Basic, Expr

from cesym.derivation.drafting.quantities import continuous
from cesym.derivation.losses.links import Links, read_links
from cesym.derivation.losses.loss import Link, Loss, names_in, names_of
from cesym.derivation.losses.trouble import kinks_by, require_value
from cesym.derivation.verification import Assumptions, context_of
from cesym.errors import CesymError, DeclarationError, ReadError, UnsupportedTerm
from cesym.reader import latex, plain
from cesym.reader.elaborate import Source, elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.latex.walks import children, free_names
from cesym.reader.syntax import NOWHERE, Name, Node, Span
from cesym.terms.context import Context

LOSS = "<loss>"
"""How places in a loss are named."""

Formula = str | Expr


def read_loss(
    loss: Formula, *, let: Assumptions = (), link: Links = (), by: str | Iterable[str] = ()
) -> Loss:
    """The loss that the user means.

    `loss` is plain text, LaTeX (a text with a backslash), or a SymPy expression, whose symbols are
    matched to the declarations `let` by name; so is the right side of a `link`, `q = sigmoid(s)`.
    One new symbol in a link is a real number. `by` names the symbols to differentiate by; without
    it these are the linked ones, or else all real numbers of the loss.

    Raises a CesymError with its place: for what cannot be read, an undeclared symbol, a vector, a
    link of a symbol that the loss does not have, a loss without a value somewhere in its domain, or
    without a derivative there for another reason than up to three kinks, or with kinks and links.

    >>> found = read_loss("-log(q)", let=["q in (0,1)"], link="q = sigmoid(s)")
    >>> found.variables, found.links[0].new
    (('q',), ('s',))
    """
    context = _context(let)
    node, source = _formula(loss, context)
    _require_number(node, context, source)
    require_value(node, context, source)
    links, context = read_links(link, node, context, source)
    asked = (by,) if isinstance(by, str) else tuple(by)
    scores = _scores(asked, links)
    variables = _variables([n for n in asked if n not in scores], links, node, context, source)
    found = {variable: kinks_by(node, variable, context, source) for variable in variables}
    kinks = {variable: terms for variable, terms in found.items() if terms}
    if kinks and links:
        raise UnsupportedTerm(
            "the loss has a kink in {name}, and is derived without links only",
            place=source.place(_first(node, next(iter(kinks)))),
            remedy="put what its symbols are made of into the loss",
            name=next(iter(kinks)),
        )
    term = elaborate(node, context, source).term
    return Loss(term, _only(context, term, links), variables, links, scores, kinks)


def _context(let: Assumptions) -> Context:
    context = context_of(let)
    if context.definitions:
        raise DeclarationError(
            "{name} is defined, but here symbols are only declared",
            remedy="put what it stands for into the loss",
            name=next(iter(context.definitions)),
        )
    return context


def _formula(formula: Formula, context: Context) -> tuple[Node, Source]:
    """A formula as a tree, and where it stands."""
    if isinstance(formula, str):
        read = latex.parse_expression if "\\" in formula else plain.parse_expression
        return read(formula, context, source=LOSS), Source(formula, LOSS)
    source = Source(str(formula), LOSS)
    if not isinstance(formula, Basic):
        raise ReadError(
            "a loss is a text or a SymPy expression, not {kind}",
            remedy="write {example}",
            kind=type(formula).__name__,
            example="-log(q)",
        )
    try:
        node = from_sympy(formula)
    except CesymError as error:
        raise error if error.place else error.at(source.place(NOWHERE)) from None
    for name in sorted(free_names(node)):
        if context.kind(name) is None:
            raise ReadError(
                "{name} is not declared",
                place=source.place(NOWHERE),
                remedy="declare it, for example let={line}",
                name=name,
                line=f'["{name} in real"]',
            )
    return node, source


def _require_number(node: Node, context: Context, source: Source) -> None:
    """Check that the loss is a number, made of numbers."""
    elaborate(node, context, source)
    for name in sorted(free_names(node)):
        if context.declarations[name].shape:
            raise UnsupportedTerm(
                "{name} is a vector, and only a loss of numbers can be derived like this",
                place=source.place(_first(node, name)),
                remedy="bring the loss of one entry, or write a page (docs/page-format.md)",
                name=name,
            )


def _first(node: Node, name: str) -> Span:
    """Where a name first stands in a tree."""
    if isinstance(node, Name) and node.name == name:
        return node.at
    found = (_first(part, name) for part in children(node))
    return next((at for at in found if at != NOWHERE), NOWHERE)


def _scores(asked: tuple[str, ...], links: tuple[Link, ...]) -> tuple[str, ...]:
    """The symbols that links bring in, or those of them that are asked for."""
    brought = tuple(dict.fromkeys(name for link in links for name in link.new))
    return tuple(name for name in brought if name in asked) or brought


def _variables(
    asked: list[str], links: tuple[Link, ...], node: Node, context: Context, source: Source
) -> tuple[str, ...]:
    """The symbols of the loss to differentiate by."""
    for name in asked:
        if name not in free_names(node):
            raise DeclarationError(
                "the loss has no {name}",
                place=source.place(NOWHERE),
                remedy="its symbols are {names}",
                name=name,
                names=", ".join(sorted(free_names(node))),
            )
        if not continuous(context.declarations[name]):
            raise DeclarationError(
                "there is no derivative by {name}: it takes only separate values",
                place=source.place(_first(node, name)),
                remedy="declare it on an interval, for example {name} in [0, 1]",
                name=name,
            )
    numbers = [d.name for d in context if d.name in free_names(node) and continuous(d)]
    found = tuple(asked) or tuple(link.name for link in links) or tuple(numbers)
    if not found:
        raise DeclarationError(
            "the loss has no symbol to differentiate by",
            place=source.place(NOWHERE),
            remedy='declare one on an interval: --let "{line}"',
            line="q in (0,1)",
        )
    return found


def _only(context: Context, term: Expr, links: tuple[Link, ...]) -> Context:
    """The declarations that are used, and all hypotheses."""
    used = names_of(term).union(
        *(names_of(link.term) for link in links), *map(names_in, context.hypotheses)
    )
    return Context({d.name: d for d in context if d.name in used}, context.hypotheses)
