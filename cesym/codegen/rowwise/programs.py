"""Row programs: what is computed of whole rows, and the formulas that say what it is.

A row program is an expression over rows, which have an entry for every class, and numbers, of
which each row has one. `+ - * /` act entry by entry. Every other operation is an entry of
`OPERATIONS`, which says what it means, so that what a program computes can be proved; the helper of
the same name in `support/rows.txt` computes it. The text of every target and the formula that is
proved are written from the same program.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from cesym.codegen.nodes import ARGUMENT, NUMBER, Node, argument, number

ARITHMETIC: Mapping[type[ast.operator], str] = MappingProxyType(
    {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
)


def program(text: str) -> Node:
    """The program that a text of the table says.

    What is asked of logits, as in `share(z)` or, with a temperature, `share(z, T)`, is asked of
    their differences to the largest one, which are worked out once for all that needs them.

    >>> program("share(z)").operands[0].head
    'rows'
    """
    return _read(ast.parse(text, mode="eval").body)


def _read(tree: ast.expr) -> Node:
    match tree:
        case ast.Name(id=name):
            return argument(name)
        case ast.Constant(value=int(value)):
            return number(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Node("neg", (_read(operand),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return Node(ARITHMETIC[type(op)], (_read(left), _read(right)))
        case ast.Call(func=ast.Name(id=name), args=given) if name in OPERATIONS:
            operands = tuple(map(_read, given))
            if name in OF_LOGITS:
                return Node(name, (Node("rows", operands),))
            if name == "gap":  # of the rows, and of the logits themselves
                return Node(name, (*(Node("rows", (o,)) for o in operands), *operands))
            return Node(name, operands)
        case _:
            raise ValueError(f"no row program: {ast.unparse(tree)}")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Writes programs as formulas in the plain language.

    `inputs` says what an argument is at the class {i}, and `size` how many classes there are. The
    place of the largest entry of a row of logits has the name that `places` gives to the argument;
    the formula holds for any class in its place. `bound` are names for the indices of sums. If the
    `known` argument, a target, is 1 at `known_class` and 0 elsewhere, its sums have one term.
    """

    inputs: Mapping[str, str]
    size: str
    places: Mapping[str, str]
    bound: tuple[str, ...]
    known: str | None = None
    known_class: str = ""

    def at(self, node: Node, index: str) -> str:
        """The entry of a row at the class `index`; of a number, the number.

        >>> z = Meaning({"z": "z[{i}]"}, "K", {"z": "a"}, ("k", "l"))
        >>> z.at(program("power(z)"), "j")
        'exp(z[j] - z[a])'
        """
        if node.head == NUMBER:
            return str(node.leaf)
        if node.head == ARGUMENT:
            return self.inputs[str(node.leaf)].format(i=index)
        if node.head in OPERATIONS:
            return OPERATIONS[node.head](self, node.operands, index)
        first, *second = (self.at(operand, index) for operand in node.operands)
        if node.head == "neg":
            return f"(-{first})"
        if node.head in ("+", "-"):
            return f"({first} {node.head} {second[0]})"
        product = node.operands[1].head in ("*", "/", "weigh", "tilt", "excess", "pull")
        return f"{first}{node.head}({second[0]})" if product else f"{first}{node.head}{second[0]}"

    def sum(self, entry: Callable[[Meaning, str], str]) -> str:
        """The sum over all classes, over an index that `entry` binds nowhere else."""
        index, *left = self.bound
        inner = replace(self, bound=tuple(left))
        return f"sum({entry(inner, index)}, ({index}, 1, {self.size}))"

    def logit(self, rows: Node, index: str) -> str:
        """The logit of a class, or of the class of the largest one; at a temperature."""
        logits, *temperature = (self.at(operand, index) for operand in rows.operands)
        return f"{logits}/{temperature[0]}" if temperature else logits

    def largest(self, rows: Node) -> str:
        """The largest logit."""
        return self.logit(rows, self.places[str(rows.operands[0].leaf)])


Operands = tuple[Node, ...]
Operation = Callable[[Meaning, Operands, str], str]


def _power(m: Meaning, o: Operands, i: str) -> str:
    return f"exp({m.logit(o[0], i)} - {m.largest(o[0])})"


def _powers(m: Meaning, o: Operands) -> str:
    """The sum of all powers."""
    return m.sum(lambda inner, index: _power(inner, o, index))


def _rest(m: Meaning, o: Operands, i: str) -> str:
    return f"({_powers(m, o)} - 1)"


def _total(m: Meaning, o: Operands, i: str) -> str:
    return f"(1 + {_rest(m, o, i)})"


def _others(m: Meaning, o: Operands, i: str) -> str:
    return f"({_powers(m, o)} - {_power(m, o, i)})"


def _below(m: Meaning, o: Operands, i: str) -> str:
    return f"({m.largest(o[0])} - {m.logit(o[0], i)})"


def _surprise(m: Meaning, o: Operands, i: str) -> str:
    return f"({_below(m, o, i)} + log1p({_rest(m, o, i)}))"


def _share(m: Meaning, o: Operands, i: str) -> str:
    return f"({_power(m, o, i)}/{_total(m, o, i)})"


def _softmax(m: Meaning, o: Operands, i: str) -> str:
    total = m.sum(lambda inner, index: f"exp({inner.at(o[0], index)})")
    return f"(exp({m.at(o[0], i)})/{total})"


def _log_softmax(m: Meaning, o: Operands, i: str) -> str:
    total = m.sum(lambda inner, index: f"exp({inner.at(o[0], index)})")
    return f"({m.at(o[0], i)} - log({total}))"


def _sum(m: Meaning, o: Operands, i: str) -> str:
    return m.sum(lambda inner, index: inner.at(o[0], index))


def _chosen(m: Meaning, o: Operands, i: str) -> str:
    target, values = o
    if target.leaf is not None and target.leaf == m.known:
        return m.at(values, m.known_class)
    return m.sum(lambda inner, k: f"{inner.at(target, k)}*{inner.at(values, k)}")


def _against(m: Meaning, o: Operands, i: str) -> str:
    target, one, others = (m.at(operand, i) for operand in o)
    if o[0].leaf is not None and o[0].leaf == m.known:
        return f"(-{others})" if i == m.known_class else one
    return f"((1 - {target})*{one} - {target}*{others})"


def _weigh(m: Meaning, o: Operands, i: str) -> str:
    return f"{m.at(o[0], i)}*{m.at(o[1], i)}"


def _gap(m: Meaning, o: Operands, i: str) -> str:
    return f"({_surprise(m, o[:1], i)} - {_surprise(m, o[1:2], i)})"


def _excess(m: Meaning, o: Operands, i: str) -> str:
    p, q = (m.at(operand, i) for operand in o)
    ratio = f"({q} - {p})/{p}"
    return f"{p}*({ratio} - log1p({ratio}))"


def _excess_of_logs(m: Meaning, o: Operands, i: str) -> str:
    p, q, d = (m.at(operand, i) for operand in o)
    return f"({q} - {p} - {p}*{d})"


def _tilt(m: Meaning, o: Operands, i: str) -> str:
    p, q, d = (m.at(operand, i) for operand in o)
    return f"({p} + {q})*(expm1({d})/(expm1({d}) + 2))"


def _pull(m: Meaning, o: Operands, i: str) -> str:
    p, q = (m.at(operand, i) for operand in o)
    return f"({q} - {p})/{q}"


def _log(m: Meaning, o: Operands, i: str) -> str:
    return f"log({m.at(o[0], i)})"


def _log1p(m: Meaning, o: Operands, i: str) -> str:
    return f"log1p({m.at(o[0], i)})"


OF_LOGITS: Mapping[str, Operation] = MappingProxyType(
    {
        "power": _power,
        "rest": _rest,
        "total": _total,
        "others": _others,
        "below": _below,
        "surprise": _surprise,
        "share": _share,
    }
)
"""What is asked of rows of logits. With the largest of them, z_a: e^(z - z_a); the sum of these but
the largest; the sum; the sum but that of the class itself; z_a - z; minus the logarithm of the
softmax; the softmax.
"""

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        **OF_LOGITS,
        "softmax": _softmax,
        "log_softmax": _log_softmax,
        "sum": _sum,
        "plain_sum": _sum,
        "chosen": _chosen,
        "against": _against,
        "weigh": _weigh,
        "gap": _gap,
        "excess": _excess,
        "excess_of_logs": _excess_of_logs,
        "tilt": _tilt,
        "pull": _pull,
        "log": _log,
        "log1p": _log1p,
    }
)
"""Operation -> its formula at a class.

`plain_sum` is the sum of the library, which is linear in what is summed, so that it can be
differentiated. `chosen(p, x)` is the sum of p x, and `against(p, x, o)` is (1 - p) x - p o, where
the target p may be a class; `weigh(p, x)` is p x, and 0 for p = 0. `gap(w, z)` is the difference of
the logarithms of two softmaxes, that of z minus that of w. The others are the terms of divergences
and their gradients.
"""
