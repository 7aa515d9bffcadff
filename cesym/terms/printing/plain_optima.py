"""Limits, minimisers and minima in the plain language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Basic, oo

from cesym.terms.optimisation import ArgMin, LimitOf, MinValue
from cesym.terms.printing.plain_text import Text

if TYPE_CHECKING:
    from cesym.terms.printing.plain import Writer

SIDES = {1: ("'+'",), -1: ("'-'",), 0: ()}
"""Side of a limit -> last arguments of the call."""

INFINITE: dict[Basic, str] = {oo: "oo", -oo: "-oo"}
"""What stands alone: the target of a limit, or what a limit or a minimum equals."""


def limit(writer: Writer, term: LimitOf) -> Text:
    """`limit(e, x, 0, '+')`."""
    body, variable, target, side = term.args
    end = INFINITE.get(target, target)
    return writer.call("limit", body, variable, end, *SIDES[int(str(side))])


def minimiser(writer: Writer, term: ArgMin) -> Text:
    """`argmin(e, x)`, and `argmin(e, q)[j]` for an entry of a vector."""
    body, variable, *indices = term.args
    text = writer.call("argmin", body, variable)
    return Text(text.plain + writer.below(indices)) if indices else text


def minimum(writer: Writer, term: MinValue) -> Text:
    """`minvalue(e, x)`."""
    return writer.call("minvalue", *term.args)


OPTIMA = {LimitOf: limit, ArgMin: minimiser, MinValue: minimum}
"""Head -> printer."""
