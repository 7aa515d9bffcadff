r"""What may not stand side by side, because two people could read it in two ways.

Each function looks at the end of the last factor and at what follows, and raises a ReadError that
names both readings, or returns.
"""

from __future__ import annotations

import re

from cesym.reader.latex.cursor import Cursor
from cesym.reader.syntax import Binary, Node, Number, Span

_BARS = re.compile(r"^(?:\||\\vert)|(?:\||\\vert)$")


def refuse_open(cursor: Cursor) -> None:
    r"""Refuse a factor or a divisor after `\log x`."""
    ending = cursor.ending
    if ending.kind != "open":
        return
    sign = cursor.advance().text if cursor.at("*", "/") else ""
    joint = {"": " ", "*": " \\cdot ", "/": " / "}[sign]
    rest = cursor.following()
    raise cursor.ambiguous(
        Span(ending.start, rest.stop),
        f"{ending.head}({ending.argument}){joint}{cursor.quote(rest)}",
        f"{ending.head}({ending.argument}{joint}{cursor.quote(rest)})",
    )


def refuse_applied_quotient(cursor: Cursor) -> None:
    r"""Refuse `\log(a)/(b)`."""
    ending = cursor.ending
    if ending.kind in ("applied", "operator") and cursor.bracket_follows():
        rest = cursor.following()
        raise cursor.ambiguous(
            Span(ending.start, rest.stop),
            f"\\frac{{{ending.head}({ending.argument})}}{{{cursor.quote(rest)}}}",
            f"{ending.head}\\left(\\frac{{{ending.argument}}}{{{cursor.quote(rest)}}}\\right)",
        )


def refuse_mixed(cursor: Cursor, left: Node, right: Node) -> None:
    r"""Refuse `2\frac12`: a product, or two and a half."""
    if (
        isinstance(left, Number)
        and isinstance(right, Binary)
        and isinstance(right.left, Number)
        and isinstance(right.right, Number)
        and cursor.ending.kind == "fraction"
    ):
        first, second = cursor.quote(left.at), cursor.quote(right.at)
        at = Span(left.at.start, right.at.stop)
        raise cursor.ambiguous(at, f"{first} \\cdot {second}", f"{first} + {second}")


def refuse_quotient(cursor: Cursor, quotient: Binary) -> None:
    """Refuse `a/bc` and `a/b/c`."""
    above, below = cursor.quote(quotient.left.at), cursor.quote(quotient.right.at)
    slash = cursor.at("/")
    if slash:
        cursor.advance()
    span = cursor.following()
    rest = cursor.quote(span)
    first = f"\\frac{{{above}}}{{{below}}} {rest}"
    second = f"\\frac{{{above}}}{{{below} {rest}}}"
    if slash:
        first = f"\\frac{{{above}}}{{{below} \\cdot {rest}}}"
        second = f"\\frac{{{above} \\cdot {rest}}}{{{below}}}"
    raise cursor.ambiguous(Span(quotient.at.start, span.stop), first, second)


def refuse_entrywise(cursor: Cursor, used: set[str], at: Span) -> None:
    r"""Refuse `A b \odot c`."""
    if used - {"odot"}:
        raise cursor.error(
            at,
            "it is not clear what {sign} joins",
            "put each product in brackets",
            sign="\\odot",
        )


def check_juxtaposition(cursor: Cursor, last: Node) -> None:
    """Refuse a factor that cannot simply stand beside the one before it."""
    refuse_open(cursor)
    token, ending = cursor.token, cursor.ending
    if token.gap == "wide":
        raise cursor.error(
            token.at,
            "two formulas stand side by side",
            "write each on a row of its own; in a product leave the space out",
        )
    bracketed = ending.kind in ("applied", "derivative") and cursor.bracket_follows()
    if bracketed or ending.kind == "operator":
        refuse_bracket(cursor, last)
    if token.kind == "number":
        raise cursor.error(
            token.at,
            "a number after a factor needs a sign of multiplication",
            "write {sign} before it",
            sign="\\cdot",
        )
    if token.says("|") and not token.side and cursor.closed_bars:
        refuse_bars(cursor, cursor.closed_bars)


def refuse_bars(cursor: Cursor, before: Span) -> None:
    """Refuse `|x|z|y|`, but not `|x||y|`: between two bars side by side there is nothing whose
    absolute value it could be. `before` is where the last absolute value stands.
    """
    bar = cursor.token.at
    if not cursor.quote(Span(before.stop, bar.start)).strip():
        return
    rest = (t.at for t in cursor.tokens[cursor.position + 1 :] if t.says("|") and not t.side)
    closing = next(rest, None)
    if closing is None:
        raise cursor.error(
            bar,
            "it is not clear which bars belong together",
            "write {bars}",
            bars="\\lvert ... \\rvert",
        )
    x = _BARS.sub("", cursor.quote(before)).strip()
    spans = Span(before.stop, bar.start), Span(bar.stop, closing.start)
    z, y = (cursor.quote(span).strip() for span in spans)
    raise cursor.ambiguous(
        Span(before.start, closing.stop),
        f"\\lvert {x} \\rvert {z} \\lvert {y} \\rvert",
        f"\\lvert {x} \\lvert {z} \\rvert {y} \\rvert",
    )


def refuse_bracket(cursor: Cursor, last: Node) -> None:
    r"""Refuse `\log(x)(y)` and `\frac{\partial J}{\partial s}(y)`."""
    ending, span = cursor.ending, cursor.following()
    rest = cursor.quote(span)
    if ending.kind != "derivative":
        applied = f"{ending.head}({ending.argument})"
        inside = f"{ending.head}\\left[({ending.argument}) {rest}\\right]"
        at = Span(ending.start, span.stop)
        raise cursor.ambiguous(at, f"{applied} \\cdot {rest}", inside)
    before = cursor.quote(last.at)
    raise cursor.ambiguous(
        Span(last.at.start, span.stop),
        f"{before} \\cdot {rest}",
        f"\\left. {before} \\right|_{{\\dots}}",
    )
