"""Names that the tests know, and a plain spelling of syntax trees."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cesym.errors import ReadError
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Chain,
    Comparison,
    Constant,
    Define,
    Derivative,
    Evaluated,
    Extremum,
    Gradient,
    Limit,
    Name,
    Negate,
    Node,
    Number,
    Prime,
    Subscript,
    Transpose,
)


@dataclass(frozen=True)
class Known:
    """Names with their kinds; `sizes` are ranks of vectors and arities of functions."""

    kinds: dict[str, str]
    sizes: dict[str, int]
    layout: str | None = None

    def kind(self, name: str) -> str | None:
        return self.kinds.get(name)

    def rank(self, name: str) -> int:
        return self.sizes[name]

    def arity(self, name: str) -> int:
        return self.sizes[name]

    def is_family(self, name: str) -> bool:
        return name in ("a_tilde", "b_tilde")

    def shape(self, name: str) -> tuple[str, ...]:
        return ("N", "K")[2 - self.sizes[name] :] if name == "X" else ("K",)

    def is_distribution(self, name: str) -> bool:
        return name in "pr"

    def also(self, kind: str, *names: str, size: int = 1) -> "Known":
        return Known(
            self.kinds | dict.fromkeys(names, kind), self.sizes | dict.fromkeys(names, size)
        )


NAMES = (
    Known({}, {})
    .also("scalar", *"abcqsxyKNT", "y_hat", "gamma", "P_t", "y_max")
    .also("vector", *"pqrz".replace("q", ""), "v_hat")
    .also("vector", "X", size=2)
    .also("index", *"ijk")
    .also("function", "P", "f")
    .also("function", "J", size=2)
    .also("function", "a_tilde")
    .also("function", "b_tilde", size=2)
    .also("definition", "L")
)


def shown(node: Node | Chain | Define | None) -> str:
    """A syntax tree in one line, with every bracket."""
    match node:
        case None:
            return "?"
        case Number(value):
            return str(value)
        case Constant(name) | Name(name):
            return name
        case Negate(operand):
            return f"-({shown(operand)})"
        case Binary(operator, left, right):
            return f"({shown(left)} {operator} {shown(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(shown, arguments))})"
        case Subscript(base, indices):
            return f"{shown(base)}[{', '.join(map(shown, indices))}]"
        case BigOperator(kind, body, index, lower, upper, excluded):
            without = "" if excluded is None else f" != {shown(excluded)}"
            return f"{kind}({shown(body)}, {index}={shown(lower)}..{shown(upper)}{without})"
        case Derivative(body, variables):
            return f"D({shown(body)}, {', '.join(f'{shown(v)}:{n}' for v, n in variables)})"
        case Prime(function, order, argument):
            return f"{function}{order * chr(39)}({shown(argument)})"
        case Evaluated(body, variable, value):
            return f"at({shown(body)}, {shown(variable)}={shown(value)})"
        case Transpose(operand):
            return f"{shown(operand)}.T"
        case Gradient(kind, body, variable) | Extremum(kind, body, variable):
            return f"{kind}({shown(body)}, {shown(variable)})"
        case Limit(body, variable, target, side):
            return f"limit({shown(body)}, {shown(variable)}, {shown(target)}, {side})"
        case Cases(branches):
            return f"cases({'; '.join(_branch(v, c) for v, c in branches)})"
        case Chain(operands, operators):
            rest = (f" {o} {shown(n)}" for o, n in zip(operators, operands[1:], strict=True))
            return shown(operands[0]) + "".join(rest)
        case Define(name, _, parameters, body):
            return f"{name}({', '.join(parameters)}) := {shown(body)}"


def _branch(value: Node, condition: Comparison | None) -> str:
    if condition is None:
        return f"{shown(value)} otherwise"
    return (
        f"{shown(value)} if {shown(condition.left)} {condition.operator} {shown(condition.right)}"
    )


def refuses(read: Callable[..., object], text: str, column: int, *words: str) -> None:
    """That reading raises a ReadError at `column`, with all of `words` in its text."""
    with pytest.raises(ReadError) as caught:
        read(text)
    place = caught.value.place
    assert place is not None
    assert place.text.startswith(text.split("\n")[0][:1])
    message = str(caught.value)
    assert all(word in message for word in words), message
    assert (place.line, place.column) == (1, column), message
