r"""Sums, products, quotients and powers as textbook LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Add, E, Expr, Pow, Rational, S, exp, pi

from cesym.errors import UnsupportedTerm
from cesym.terms.printing.order import (
    BIG,
    Monomial,
    flat,
    is_negative,
    monomial,
    ordered_factors,
    ordered_terms,
)
from cesym.terms.printing.text import Level, Text, Writer, beside, braced, joined

LONG_EXPONENT = 40
r"""Characters of LaTeX: a longer exponent of e is written in the line, by `\exp`."""


def sum_of(writer: Writer, term: Add) -> Text:
    """A sum; a sign that all its terms have is pulled out of it where it stands alone."""
    if writer.pulled and is_negative(term):
        inside = writer.enclosed(Add(*(-part for part in term.args)))
        return replace(inside, latex="-" + inside.latex, level=Level.SUM)
    writer = replace(writer, pulled=True)
    texts, written = [], ""
    for part in ordered_terms(term, writer.scope):
        text = _unsigned(writer, part)
        texts.append(text)
        mark = (
            ("-" if part.sign < 0 else "") if not written else (" - " if part.sign < 0 else " + ")
        )
        written += mark + text.latex
    return replace(joined("", texts, Level.SUM), latex=written)


def product(writer: Writer, term: Expr) -> Text:
    """A product, a quotient or a rational number, with its sign."""
    part = monomial(term)
    text = _unsigned(writer, part)
    return text if part.sign > 0 else replace(text, latex="-" + text.latex, level=Level.SUM)


def _unsigned(writer: Writer, part: Monomial) -> Text:
    """`number * above / below`."""
    above = ordered_factors(part.above, writer.scope)
    below = ordered_factors(part.below, writer.scope)
    top, bottom = Rational(part.number.p), Rational(part.number.q)
    if not below and bottom == 1:
        row = _row(writer, top, above)
        return row.enclosed() if row.level == Level.SUM else row
    over = [factor for factor in above if writer.inline or flat(factor, below=bool(below))]
    after = [factor for factor in above if factor not in over]
    if not below and after:
        over, after = [], above
    fraction = _fraction(writer, _row(writer, top, over), _row(writer, bottom, below))
    return beside([fraction, *_factors(writer, after)])


def _fraction(writer: Writer, above: Text, below: Text) -> Text:
    """One text over another, or before it with a slash."""
    if not writer.inline:
        depth = max(above.brackets, below.brackets)
        return Text(rf"\frac{{{above.latex}}}{{{below.latex}}}", Level.FRACTION, depth, True)
    above = (
        above if above.level >= Level.PRODUCT and above.level != Level.OPEN else above.enclosed()
    )
    below = below if below.level >= Level.POWER else below.enclosed()
    return joined("/", [above, below], Level.PRODUCT)


def _row(writer: Writer, number: Rational, factors: Sequence[Expr]) -> Text:
    """`number * factors` in one row, without a sign."""
    if not factors:
        return Text(str(number))
    if number == 1 and len(factors) == 1:
        return writer.write(factors[0])
    first = [] if number == 1 else [Text(str(number))]
    return beside([*first, *_factors(writer, factors)])


def _factors(writer: Writer, factors: Sequence[Expr]) -> list[Text]:
    """The factors of a product; only the last one may be open at its end."""
    if not factors:
        return []
    *others, last = factors
    return [
        *(writer.at_least(Level.APPLIED, factor) for factor in others),
        writer.at_least(Level.OPEN, last),
    ]


def power(writer: Writer, term: Pow) -> Text:
    """A power, a square root, or a quotient when the exponent is negative."""
    base, exponent = term.args
    if exponent.is_Rational and exponent.is_negative:
        return product(writer, term)
    if exponent == S.Half:
        inside = writer.write(base)
        return Text(rf"\sqrt{{{inside.latex}}}", Level.POWER, 0, inside.tall)
    text = writer.at_least(Level.ATOM, base)
    script = replace(writer, inline=not exponent.has(*BIG)).write(exponent)
    return replace(text, latex=text.latex + "^" + braced(script.latex), level=Level.POWER)


def exponential(writer: Writer, term: exp) -> Text:
    """e^x, or exp(x) for a long or tall exponent and where `e` is a declared name."""
    (exponent,) = term.args
    inside = replace(writer, inline=True).write(exponent)
    long = inside.tall or len(inside.latex) > LONG_EXPONENT or exponent.has(exp, *BIG)
    if long or "e" in writer.scope.taken:
        return applied(writer, r"\exp", exponent)
    return Text(f"e^{braced(inside.latex)}", Level.POWER)


def applied(writer: Writer, command: str, argument: Expr) -> Text:
    r"""`\log(1 - x)`, `\log[x (1 - x)]`."""
    inside = writer.write(argument).enclosed()
    return replace(inside, latex=command + inside.latex, level=Level.APPLIED)


def constant(writer: Writer, term: Expr) -> Text:
    r"""e and \pi. Raises UnsupportedTerm where `pi` is a declared name."""
    if term == E:
        return Text(r"\exp(1)", Level.APPLIED) if "e" in writer.scope.taken else Text("e")
    if term == pi and "pi" not in writer.scope.taken:
        return Text(r"\pi")
    raise UnsupportedTerm("{term} cannot be written in LaTeX", term=str(term))
