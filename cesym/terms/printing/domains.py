r"""Declarations as a page writes them: `q \in (0, 1)`, `z \in \mathbb{R}^K`."""

from __future__ import annotations

from fractions import Fraction

from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, FiniteSet, IndexRange, Interval, Size
from cesym.terms.printing.names import latex_of_identifier


def declared(declaration: Declaration, context: Context) -> str:
    r"""`declaration` in LaTeX, which the reader of inline mathematics reads back.

    `context` spells the sizes. Raises UnsupportedTerm for a set that has no LaTeX: integers
    between two bounds.

    >>> from cesym.terms.domains import OPEN_UNIT, REAL
    >>> print(declared(Declaration("q_hat", OPEN_UNIT), Context()))
    \hat{q} \in (0, 1)
    >>> print(declared(Declaration("z", REAL, ("K",)), Context()))
    z \in \mathbb{R}^K
    """
    name = declaration.latex or latex_of_identifier(declaration.name)
    return rf"{name} \in {_space(declaration, context)}"


def _space(declaration: Declaration, context: Context) -> str:
    sizes = [_size(size, context) for size in declaration.shape]
    if declaration.constraint == "simplex":
        domain = declaration.domain
        opened = isinstance(domain, Interval) and domain.lower_open
        simplex = r"\mathring{\Delta}" if opened else r"\Delta"
        return f"{simplex}^{{{sizes[0]}-1}}"
    if declaration.constraint == "onehot":
        return rf"\{{e_1, \dots, e_{_grouped(sizes[0])}\}}"
    power = r" \times ".join(sizes)
    return _set(declaration, context) + (f"^{_grouped(power)}" if sizes else "")


def _set(declaration: Declaration, context: Context) -> str:
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return rf"\{{{', '.join(map(_number, domain.values))}\}}"
    if isinstance(domain, IndexRange):
        return rf"\{{1, \dots, {_size(domain.size, context)}\}}"
    if domain.integer:
        return _integers(declaration.name, domain)
    if domain.lower is None and domain.upper is None:
        return r"\mathbb{R}"
    left = "(" if domain.lower is None or domain.lower_open else "["
    right = ")" if domain.upper is None or domain.upper_open else "]"
    lower = r"-\infty" if domain.lower is None else _number(domain.lower)
    upper = r"\infty" if domain.upper is None else _number(domain.upper)
    return f"{left}{lower}, {upper}{right}"


def _integers(name: str, domain: Interval) -> str:
    if domain.lower is not None and domain.upper is not None:
        raise UnsupportedTerm(
            "the set of {name} has no LaTeX that is read back",
            remedy="list its numbers, as in {example}",
            name=name,
            example="y in {0,1,2}",
        )
    if domain.upper is not None:
        return rf"\mathbb{{Z}}_{{\le {_number(domain.upper)}}}"
    if domain.lower is None:
        return r"\mathbb{Z}"
    beginnings = {Fraction(0): r"\mathbb{N}_0", Fraction(1): r"\mathbb{N}"}
    above = rf"\mathbb{{Z}}_{{\ge {_number(domain.lower)}}}"
    return beginnings.get(domain.lower, above)


def _size(size: Size, context: Context) -> str:
    if isinstance(size, int):
        return str(size)
    known = context.declarations.get(size)
    return (known.latex if known else "") or latex_of_identifier(size)


def _grouped(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _number(value: Fraction) -> str:
    r"""`-1`, `\frac{1}{2}`."""
    if value.denominator == 1:
        return str(value.numerator)
    minus = "-" if value < 0 else ""
    return rf"{minus}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
