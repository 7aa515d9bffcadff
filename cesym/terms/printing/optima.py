r"""Limits, minimisers and minima as textbook LaTeX."""

from __future__ import annotations

from dataclasses import replace

from sympy import Basic, oo

from cesym.terms.optimisation import ArgMin, LimitOf, MinValue
from cesym.terms.printing.text import Level, Text, Writer

SIDES = {1: "^+", -1: "^-", 0: ""}
"""Side of a limit -> what is written above its target."""

INFINITE: dict[Basic, str] = {oo: r"\infty", -oo: r"-\infty"}
"""What stands alone: the target of a limit, or what a limit or a minimum equals."""


def limit(writer: Writer, term: LimitOf) -> Text:
    r"""`\lim_{x \to 0^+} x \log x`."""
    body, variable, target, side = term.args
    end = INFINITE.get(target) or _end(writer, target, side)
    return _before(writer, rf"\lim_{{{writer.write(variable).latex} \to {end}}}", body)


def _end(writer: Writer, target: Basic, side: Basic) -> str:
    """The target with its side, in brackets where the sign would go to a part of it."""
    above = SIDES[int(str(side))]
    level = Level.ATOM if above else Level.SUM
    return writer.at_least(level, target).latex + above


def minimiser(writer: Writer, term: ArgMin) -> Text:
    r"""`\arg\min_{s} J`, and in brackets with an index for an entry of a vector."""
    body, variable, *indices = term.args
    text = _before(writer, rf"\arg\min_{{{writer.write(variable).latex}}}", body)
    if not indices:
        return text
    inside = text.enclosed()
    below = ",".join(writer.write(index).latex for index in indices)
    return replace(inside, latex=rf"{inside.latex}_{{{below}}}")


def minimum(writer: Writer, term: MinValue) -> Text:
    r"""`\min_{q} H(p, q)`."""
    body, variable = term.args
    return _before(writer, rf"\min_{{{writer.write(variable).latex}}}", body)


def _before(writer: Writer, operator: str, body: Basic) -> Text:
    """An operator before a product; before a sum, that is in brackets."""
    inside = writer.at_least(Level.PRODUCT, body)
    return replace(inside, latex=f"{operator} {inside.latex}", level=Level.OPEN, tall=True)


OPTIMA = {LimitOf: limit, ArgMin: minimiser, MinValue: minimum}
"""Head -> printer."""
