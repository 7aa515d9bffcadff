r"""Functions at their arguments: `\log x`, `\max(a, b)`, `\operatorname{softmax}(z)_j`, `J(y, s)`.

`f(x)` is a call for a function that everybody knows or that was defined; for a declared number it
is a product, and `y(x)` with a single name inside, which looks like a call, is refused.
"""

from __future__ import annotations

from cesym.errors import ReadError
from cesym.messages import message
from cesym.reader.latex.brackets import braces, close
from cesym.reader.latex.cursor import Cursor, Ending
from cesym.reader.latex.names import Subscript, read_base, read_subscript
from cesym.reader.latex.tables import EXTREMA, LOG_LIKE, WORDS
from cesym.reader.latex.tokens import Token
from cesym.reader.names import FUNCTIONS
from cesym.reader.syntax import Binary, Call, Node, Number, Prime, Span

COUNTS = FUNCTIONS | {"js:": (2, 2)}
"""Name -> (fewest, most) arguments; `js:`, the Jensen-Shannon divergence, is spelled out later."""

_BASES = {"2": "log2", "10": "log10", "e": "log"}


def arguments(cursor: Cursor, *, bars: bool = False) -> tuple[Node, ...]:
    r"""The arguments in brackets; with `bars`, `\|` or `||` may part two of them.

    SymPy prints braces around the brackets, `\log{\left(x \right)}`.
    """
    braced = cursor.at("{")
    if braced:
        cursor.advance()
    opening = cursor.advance()
    found: list[Node] = []
    with cursor.enclosed():
        cursor.bars = 1 if bars else 0
        found.append(cursor.expression())
        while cursor.at(",") or (bars and len(found) == 1 and cursor.at("\\|", "|")):
            separator = cursor.advance()
            if separator.says("|"):
                cursor.expect("|")
            found.append(cursor.expression())
        close(cursor, opening)
    if braced:
        cursor.expect("}")
    return tuple(found)


def read_log_like(cursor: Cursor) -> Node:
    r"""`\log`, `\exp`, ... with brackets, or before exactly one factor."""
    token = cursor.advance()
    function = LOG_LIKE[token.text]
    if cursor.at("_"):
        function = _base(cursor, token)
    primes = count_primes(cursor)
    power = _power(cursor, token) if cursor.at("^") else None
    head = cursor.quote(cursor.since(token.at.start))
    if cursor.arguments_follow():
        return _with_brackets(cursor, token, function, head, primes, power)
    if primes or power is not None:
        raise cursor.error(
            token.at,
            "{head} needs brackets around its argument",
            "write {example}",
            head=head,
            example=f"{head}(x)",
        )
    if function == "log" and cursor.at("\\Gamma") and cursor.kind("Gamma") is None:
        return _log_gamma(cursor, token)
    return _with_one_factor(cursor, token, function, head)


def _with_brackets(
    cursor: Cursor, token: Token, function: str, head: str, primes: int, power: Number | None
) -> Node:
    found = arguments(cursor)
    at = cursor.since(token.at.start)
    _check_count(cursor, function, found, at)
    text = ", ".join(cursor.quote(argument.at) for argument in found)
    cursor.ending = Ending("applied", token.at.start, head, text)
    if primes:
        return Prime(function, primes, found[0], at)
    call = Call(function, found, at)
    return call if power is None else Binary("^", call, power, at)


def _with_one_factor(cursor: Cursor, token: Token, function: str, head: str) -> Node:
    if cursor.at("+", "-"):
        raise cursor.error(
            cursor.token.at, "{head} needs brackets around an argument with a sign", head=head
        )
    if not cursor.operand_follows():
        raise cursor.unexpected(message("the argument of {command}", command=head))
    start = cursor.token.at.start
    with cursor.deeper():
        if cursor.at("{"):
            argument = braces(cursor)
        elif cursor.at("\\sum", "\\prod"):
            argument = cursor.large(strict=True)
        else:
            argument = cursor.factor()
    text = cursor.quote(cursor.since(start))
    cursor.ending = Ending("open", token.at.start, head, text)
    return Call(function, (argument,), cursor.since(token.at.start))


def _log_gamma(cursor: Cursor, token: Token) -> Node:
    r"""`\log \Gamma(x)`."""
    gamma = cursor.advance()
    if not cursor.arguments_follow():
        raise cursor.error(gamma.at, "{head} needs brackets around its argument", head="\\Gamma")
    return _with_brackets(cursor, token, "lgamma", cursor.quote(gamma.at), 0, None)


def _base(cursor: Cursor, token: Token) -> str:
    r"""The base of a logarithm: `\log_2`, `\log_{10}`, `\log_e`."""
    subscript = read_subscript(cursor)
    names = [piece.name for piece in subscript.pieces]
    if token.text != "\\log" or len(names) != 1 or names[0] not in _BASES:
        raise cursor.error(
            subscript.at,
            "this base of the logarithm is not read",
            "write {example}",
            example="\\frac{\\log x}{\\log b}",
        )
    if names == ["e"] and cursor.kind("e") is not None:
        raise cursor.error(subscript.at, "{name} is declared, and a constant too", name="e")
    return _BASES[names[0]]


def _power(cursor: Cursor, token: Token) -> Number:
    r"""The exponent of `\log^2(x)`, which is (log x)^2."""
    cursor.advance()
    exponent = cursor.script()
    if isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value >= 2:
        return exponent
    at = cursor.since(token.at.start)
    command = token.text
    power = cursor.quote(exponent.at)
    raise cursor.ambiguous(at, f"\\left({command}(x)\\right)^{{{power}}}", f"{command}^{{{power}}}")


def read_extremum(cursor: Cursor) -> Node:
    r"""`\max(a, b)`, also with square brackets or `\{a, b\}`."""
    token = cursor.advance()
    if not cursor.arguments_follow():
        raise cursor.error(
            token.at,
            "{command} is read with its arguments in brackets only",
            "write {example}",
            command=token.text,
            example=f"{token.text}(a, b)",
        )
    found = arguments(cursor)
    at = cursor.since(token.at.start)
    if len(found) < 2:
        raise cursor.error(at, "{command} takes two or more numbers", command=token.text)
    return Call(EXTREMA[token.text], found, at)


def read_known(cursor: Cursor, name: str, start: int, primes: int) -> Node:
    """A call of a function of `WORDS`; the position is at its bracket."""
    function = WORDS[name]
    found = arguments(cursor, bars=function in ("kl", "js:"))
    at = cursor.since(start)
    if primes:
        _check_count(cursor, function, found, at, only=1)
        return Prime(function, primes, found[0], at)
    if function == "entropy" and len(found) == 2:
        function = "cross_entropy"
    if function in ("max", "min") and len(found) < 2:
        raise cursor.error(at, "{command} takes two or more numbers", command=function)
    _check_count(cursor, function, found, at)
    return Call(function, found, at)


def read_defined(cursor: Cursor, name: str, start: int, primes: int) -> Node:
    """A call of a function that was defined; the position is at its bracket."""
    arity = cursor.names.arity(name)
    found = arguments(cursor, bars=arity == 2)
    at = cursor.since(start)
    if primes and arity != 1:
        raise cursor.error(
            at,
            "a prime needs a function of one variable",
            "write it as a partial derivative",
        )
    if len(found) != arity:
        raise cursor.error(
            at,
            "{name} takes {count} arguments, not {found}",
            name=name,
            count=arity,
            found=len(found),
        )
    return Prime(name, primes, found[0], at) if primes else Call(name, found, at)


def count_primes(cursor: Cursor) -> int:
    """Step over primes, and count them."""
    count = 0
    while cursor.at("'"):
        cursor.advance()
        count += 1
    return count


def is_vector_valued(node: Node) -> bool:
    """Whether a call may carry a subscript."""
    return isinstance(node, Call) and node.function == "softmax"


def refuse_entry(cursor: Cursor, call: Node, subscript: Subscript) -> None:
    r"""Refuse a subscript on a call: `\sigma(z)_j`."""
    text = cursor.quote(call.at)
    name = text.partition("(")[0].removesuffix("\\left")
    under = cursor.quote(subscript.at)
    inside = text.partition("(")[2].rpartition(")")[0].removesuffix("\\right").strip()
    raise cursor.ambiguous(
        Span(call.at.start, subscript.at.stop),
        f"{name}({inside}{under})",
        f"\\operatorname{{softmax}}({inside}){under}",
    )


def _check_count(
    cursor: Cursor, function: str, found: tuple[Node, ...], at: Span, only: int = 0
) -> None:
    fewest, most = (only, only) if only else COUNTS[function]
    if not fewest <= len(found) <= most:
        raise cursor.error(
            at,
            "{name} takes {count} arguments, not {found}",
            name=function,
            count=fewest,
            found=len(found),
        )


def refuse_application(cursor: Cursor, latex: str, at: Span, *, always: bool = False) -> None:
    """Refuse `y(x)` and `L(y, s)` for what is not a function: a product, or a call?"""
    if not cursor.arguments_follow() or cursor.at("\\{"):
        return
    opening = cursor.peek(1) if cursor.at("{") else cursor.token
    after = _after_lone(cursor)
    if not always and after is None:
        return
    if after is None or after.says(","):
        raise cursor.error(
            Span(at.start, opening.at.stop),
            "{name}(...) looks like a call, but {name} is not a function",
            "a function is defined with {sign}, a product is written with {dot}",
            name=latex,
            sign=":=",
            dot="\\cdot",
        )
    inside = cursor.quote(Span(opening.at.stop, after.at.start))
    raise cursor.error(
        Span(at.start, after.at.stop),
        "{text} can mean the product {product}, or a function {name} at {argument}",
        "write {product}, or define the function with {sign}",
        text=cursor.quote(Span(at.start, after.at.stop)),
        product=f"{latex} \\cdot {inside}",
        name=latex,
        argument=inside,
        sign=":=",
    )


def _after_lone(cursor: Cursor) -> Token | None:
    """What follows the one name or number in the bracket ahead: its end or a comma, else None."""
    start = cursor.position
    try:
        cursor.position += 2 if cursor.at("{") else 1
        if cursor.token.kind == "number":
            cursor.advance()
        elif cursor.name_follows():
            read_base(cursor)
            if cursor.at("_"):
                read_subscript(cursor)
        else:
            return None
        return cursor.token if cursor.at(")", "]", ",") else None
    except ReadError:
        return None
    finally:
        cursor.position = start
