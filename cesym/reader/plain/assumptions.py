"""What may follow `--let`: a declaration such as `y in [0,1]`, or a relation over declared names.

`x > 2` declares x when x is not declared yet, and is a hypothesis when it is.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from keyword import iskeyword

from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.names import Names
from cesym.reader.plain.domains import NAME, bounded, parts_of, read_domain, trim
from cesym.reader.plain.formulas import RELATIONS, Reading, check_length
from cesym.reader.plain.scan import Token, scan, word_of_python
from cesym.reader.plain.tree import Tree, exact, tree_of
from cesym.reader.plain.unknown import RESERVED
from cesym.reader.syntax import Chain, Name, Negate, Node, Number, Span
from cesym.terms.domains import REAL, Declaration, Interval

_MEMBER = re.compile(
    r"(?P<names>.*?)(?:\s+in\s*(?=[\s(\[{=<>])|\s+(?=(?:real|integers?)\b))(?P<domain>.*)",
    re.DOTALL,
)
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

HYPOTHESES: dict[type[ast.cmpop], str] = {**RELATIONS, ast.NotEq: "!="}
"""A hypothesis may also say that two values differ."""


def parse_assumption(
    text: str, names: Names, *, source: str = "<assumption>"
) -> tuple[Declaration, ...] | Chain:
    """The declarations that `text` makes, or the chain of relations that it takes for granted.

    `y in [0,1]` and `a, b in real` declare. A relation between a name that is not declared and
    numbers, `0 < q < 1`, declares that name; any other relation, and an interval said of a declared
    name, is a hypothesis. `x = y` is `x == y`. Raises ReadError.
    """
    formula = Formula(text, source).limited(LONGEST_FORMULA)
    match = _MEMBER.fullmatch(text)
    if match is None:
        return _relation(formula, names)
    members = parts_of(formula, Span(*match.span("names")))
    for member in members:
        _check_name(formula, member)
    domain = trim(formula, Span(*match.span("domain")))
    known = [member for member in members if names.kind(formula.quote(member)) is not None]
    if known:
        return _membership(formula, names, known[0], domain, alone=len(members) == 1)
    home = read_domain(formula, domain)
    return tuple(Declaration(formula.quote(member), *home) for member in members)


def _check_name(formula: Formula, at: Span) -> None:
    """Check that the text there can be a new name."""
    name = formula.quote(at)
    if not NAME.fullmatch(name):
        raise formula.error(
            at,
            "a name is expected here, {found} is none",
            "a name is made of the letters a-z, digits and _, and begins with a letter",
            found=name,
        )
    if iskeyword(name):
        raise word_of_python(formula, at)
    if name in RESERVED:
        raise formula.error(
            at,
            "{name} means something already",
            "use another name, such as {instead}",
            name=name,
            instead=f"{name}_0",
        )


def _membership(formula: Formula, names: Names, name: Span, domain: Span, *, alone: bool) -> Chain:
    """`x in (0,1)` for a declared x, as the chain `0 < x < 1`."""
    text = formula.quote(name)
    home = read_domain(formula, domain)
    interval = home[0]
    plain = home == (interval, (), None) and interval != REAL and names.kind(text) == "scalar"
    if not (alone and plain and isinstance(interval, Interval) and not interval.integer):
        raise formula.error(
            name,
            "{name} is declared already",
            "a hypothesis about it is a relation or an interval, such as {example}",
            name=text,
            example="0 < x < 1",
        )
    operands: list[Node | None] = [Name(text, name)]
    operators: list[str] = []
    if interval.lower is not None:
        operands.insert(0, _literal(interval.lower, domain))
        operators.append("<" if interval.lower_open else "<=")
    if interval.upper is not None:
        operands.append(_literal(interval.upper, domain))
        operators.append("<" if interval.upper_open else "<=")
    return Chain(tuple(operands), tuple(operators), Span(name.start, domain.stop))


def _literal(value: Fraction, at: Span) -> Node:
    return Number(value, at) if value >= 0 else Negate(Number(-value, at), at)


@dataclass(frozen=True, slots=True)
class _Operand:
    tree: Tree
    node: ast.expr

    def name(self) -> str | None:
        """The name that this operand is, if it is nothing but one."""
        return self.node.id if isinstance(self.node, ast.Name) else None

    def value(self) -> Fraction | None:
        return exact(self.tree, self.node)

    def infinite(self) -> str:
        """`oo` or `-oo`."""
        text = self.tree.quote(self.node).replace(" ", "")
        return text if text in ("oo", "-oo") else ""


def _relation(formula: Formula, names: Names) -> tuple[Declaration, ...] | Chain:
    operands, operators = _links(formula)
    if not operators:
        raise formula.error(
            Span(0, len(formula.text)),
            "this neither declares a name nor relates any",
            "write for example {declaration} or {relation}",
            declaration="y in [0,1]",
            relation="x > 2",
        )
    whole = trim(formula, Span(0, len(formula.text)))
    check_length(formula, whole, len(operators))
    declaration = _bounds(formula, names, operands, operators)
    if declaration is not None:
        return (declaration,)
    nodes = tuple(Reading(operand.tree, names).node(operand.node) for operand in operands)
    return Chain(nodes, tuple(operators), whole)


def _links(formula: Formula) -> tuple[list[_Operand], list[str]]:
    """Operands and relations; a single = outside brackets parts them like ==."""
    operands: list[_Operand] = []
    operators: list[str] = []
    start = 0
    for sign in [*_single_equals(scan(formula)), None]:
        stop = len(formula.text) if sign is None else sign.at.start
        tree = tree_of(formula, Span(start, stop))
        compared = tree.root if isinstance(tree.root, ast.Compare) else None
        nodes = [compared.left, *compared.comparators] if compared else [tree.root]
        operands += [_Operand(tree, node) for node in nodes]
        operators += [HYPOTHESES[type(op)] for op in (compared.ops if compared else ())]
        if sign is not None:
            operators.append("==")
            start = sign.at.stop
    return operands, operators


def _single_equals(tokens: tuple[Token, ...]) -> list[Token]:
    found: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if token.text == "=" and not depth:
            found.append(token)
    return found


def _bounds(
    formula: Formula, names: Names, operands: list[_Operand], operators: list[str]
) -> Declaration | None:
    """The declaration that a relation between one new name and numbers is; None for any other."""
    known = ("oo", "pi")
    fresh = [o for o in operands if (n := o.name()) and n not in known and not names.kind(n)]
    if len(fresh) != 1 or len(operands) > 3 or (len(operands) == 3 and operands[1] is not fresh[0]):
        return None
    relations: list[tuple[str, Fraction]] = []
    for (left, right), operator in zip(pairwise(operands), operators, strict=True):
        other = right if left is fresh[0] else left
        seen = operator if left is fresh[0] else _MIRRORED[operator]
        value = other.value()
        if value is not None and seen != "!=":
            relations.append((seen, value))
        elif (seen, other.infinite()) not in (("<", "oo"), (">", "-oo")):
            return None
    at = fresh[0].tree.span(fresh[0].node)
    _check_name(formula, at)
    whole = trim(formula, Span(0, len(formula.text)))
    return Declaration(formula.quote(at), bounded(formula, whole, relations))
