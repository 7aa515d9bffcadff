"""How a program is written as text: a table of spellings, and the walk that is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from cesym.codegen.bounds import CONSTANTS
from cesym.codegen.nodes import ARGUMENT, CONSTANT, NUMBER, Node

TEST, SUM, PRODUCT, SIGN, ATOM = range(5)
"""How tightly a text holds together, as in Python and C."""

Spelling = tuple[str, int, tuple[int, ...]]
"""A text, how tightly it holds, and how tightly its operands must. `{*}` takes all operands."""

ARITHMETIC: Mapping[str, Spelling] = {
    "+": ("{} + {}", SUM, (SUM, PRODUCT)),
    "-": ("{} - {}", SUM, (SUM, PRODUCT)),
    "*": ("{} * {}", PRODUCT, (PRODUCT, SIGN)),
    "/": ("{} / {}", PRODUCT, (PRODUCT, SIGN)),
    "neg": ("-{}", SIGN, (ATOM,)),
    "weigh": ("_weigh({}, {})", ATOM, (TEST, TEST)),
    "total": ("_total({*})", ATOM, (TEST,)),
    "sum_error": ("_sum_error({}, {})", ATOM, (TEST, TEST)),
    "product_error": ("_product_error({}, {})", ATOM, (TEST, TEST)),
    "exp_error": ("_exp_error({}, {})", ATOM, (TEST, TEST)),
    ">=": ("{} >= {}", TEST, (SUM, SUM)),
    "<=": ("{} <= {}", TEST, (SUM, SUM)),
    ">": ("{} > {}", TEST, (SUM, SUM)),
    "<": ("{} < {}", TEST, (SUM, SUM)),
}
"""What Python and the libraries that overload its operators share."""


def calls(names: Mapping[str, str]) -> dict[str, Spelling]:
    """Spellings of functions: operation -> the name of the function, of as many operands."""
    return {head: (f"{name}({{*}})", ATOM, (TEST,)) for head, name in names.items()}


def numeral(value: Fraction) -> str:
    """A number: whole if it is, else the nearest float.

    >>> numeral(Fraction(1, 4)), numeral(Fraction(-3))
    ('0.25', '(-3)')
    """
    whole = value.denominator == 1 and abs(value) <= 2**53
    text = str(value.numerator) if whole else repr(float(value))
    return f"({text})" if value < 0 else text


def spell(
    node: Node,
    table: Mapping[str, Spelling],
    level: int = TEST,
    number: Callable[[Fraction], str] = numeral,
) -> str:
    """The text of a program, in brackets where it does not hold together as `level` asks.

    >>> from cesym.codegen.nodes import argument, operation
    >>> x = argument("x")
    >>> spell(operation("*", operation("neg", x), operation("+", x, x)), ARITHMETIC)
    '-x * (x + x)'
    """
    if node.head == NUMBER:
        assert isinstance(node.leaf, Fraction)
        return number(node.leaf)
    if node.head == CONSTANT:
        return number(Fraction(CONSTANTS[str(node.leaf)]))
    if node.head == ARGUMENT:
        return str(node.leaf)
    text, own, levels = table[node.head]
    levels = levels * len(node.operands) if "{*}" in text else levels
    parts = [spell(o, table, at, number) for o, at in zip(node.operands, levels, strict=True)]
    text = text.replace("{*}", ", ".join(parts)) if "{*}" in text else text.format(*parts)
    return text if own >= level else f"({text})"
