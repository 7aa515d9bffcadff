"""Claims and expressions: Python's tree, node by node, into the nodes of `cesym.reader.syntax`.

The walk knows arithmetic, names, entries and ordinary calls; the calls with a grammar of their own,
such as `sum(e, (k,1,K))`, are in `cesym.reader.plain.forms`. What is in neither is refused.
"""

from __future__ import annotations

import ast

from cesym.errors import ReadError
from cesym.reader.latex.formula import LONGEST_FORMULA, Formula
from cesym.reader.names import FUNCTIONS, Names
from cesym.reader.plain import forms
from cesym.reader.plain.scan import not_yet
from cesym.reader.plain.statements import PROPERTIES, read_statement
from cesym.reader.plain.tree import Tree, tree_of
from cesym.reader.plain.unknown import RESERVED, undeclared, unknown_function
from cesym.reader.syntax import (
    Binary,
    Call,
    Chain,
    Comparison,
    Constant,
    Name,
    Negate,
    Node,
    Number,
    Span,
    Subscript,
    Transpose,
    Vector,
)

LONGEST_CHAIN = 20
"""Relations of one chain."""

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
    ast.MatMult: "@",
}

RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.LtE: "<=",
    ast.Lt: "<",
    ast.GtE: ">=",
    ast.Gt: ">",
}


def parse_claim(text: str, names: Names, *, source: str = "<claim>") -> Chain:
    """A relation, or a chain of them such as `1 - f <= x <= -log(f)`, over declared names.

    Raises ReadError, at once and with the place, for what is no claim of the plain language.
    """
    formula = Formula(text, source).limited(LONGEST_FORMULA)
    tree = tree_of(formula)
    chain = read_chain(tree, names)
    if chain is None:
        Reading(tree, names).node(tree.root)
        raise formula.error(
            tree.span(tree.root),
            "this is not a claim, it has no relation",
            "write what it equals with ==, or use <=, <, >= or >",
        )
    return chain


def parse_expression(text: str, names: Names, *, source: str = "<expression>") -> Node:
    """A formula without relation, over declared names. Raises ReadError."""
    tree = tree_of(Formula(text, source).limited(LONGEST_FORMULA))
    return Reading(tree, names).node(tree.root)


def read_chain(tree: Tree, names: Names) -> Chain | None:
    """The chain of relations, or the statement, that a tree is; None when it has no relation."""
    statement = read_statement(Reading(tree, names))
    if statement is not None:
        check_length(tree.formula, tree.span(tree.root), len(statement.operators))
        return statement
    if not isinstance(tree.root, ast.Compare):
        return None
    check_length(tree.formula, tree.span(tree.root), len(tree.root.ops))
    operators = tuple(_relation(tree, tree.root, op) for op in tree.root.ops)
    reading = Reading(tree, names)
    operands = (tree.root.left, *tree.root.comparators)
    return Chain(tuple(map(reading.side, operands)), operators, tree.span(tree.root))


def check_length(formula: Formula, at: Span, count: int) -> None:
    """Check that a chain has no more relations than anybody would write."""
    if count > LONGEST_CHAIN:
        raise formula.error(
            at,
            "a chain of more than {count} relations is not read",
            "divide it",
            count=LONGEST_CHAIN,
        )


def _relation(tree: Tree, node: ast.Compare, op: ast.cmpop) -> str:
    if type(op) in RELATIONS:
        return RELATIONS[type(op)]
    if isinstance(op, ast.NotEq):
        raise tree.error(
            node,
            "{relation} is not a relation of a claim",
            "write ==, <=, <, >= or >",
            relation="!=",
        )
    raise tree.error(node, "this is not a formula")


class Reading:
    """A walk over one tree. `bound` are the indices of the sums around the place."""

    def __init__(self, tree: Tree, names: Names) -> None:
        self.tree = tree
        self.names = names
        self.bound: list[str] = []

    def kind(self, name: str) -> str | None:
        """What a name stands for here: `bound` for the index of a sum, else as it is declared."""
        return "bound" if name in self.bound else self.names.kind(name)

    def error(
        self, node: ast.expr, template: str, remedy: str | None = None, **fields: object
    ) -> ReadError:
        """A ReadError that points at `node`."""
        return self.tree.error(node, template, remedy, **fields)

    def side(self, node: ast.expr) -> Node:
        """A whole side of a relation, or the target of a limit: these may be infinite."""
        at = self.tree.span(node)
        match node:
            case ast.Name(id="oo"):
                return Constant("oo", at)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Name(id="oo") as name):
                return Negate(self.side(name), at)
        return self.node(node)

    def node(self, node: ast.expr) -> Node:
        """The node of the language for one of Python's."""
        at = self.tree.span(node)
        match node:
            case ast.Constant(value=str()):
                raise self.refused(node)
            case ast.Constant():
                return Number(self.tree.literal(node), at)
            case ast.Name():
                return self.name(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negate(self.node(operand), at)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand)
            case ast.BinOp(left=left, op=op, right=right):
                if type(op) not in OPERATORS:
                    raise self.refused(node)
                return Binary(OPERATORS[type(op)], self.node(left), self.node(right), at)
            case ast.Subscript():
                return self.entry(node)
            case ast.List(elts=items) if items:
                return Vector(tuple(map(self.node, items)), at)
            case ast.Attribute(value=operand, attr="T"):
                return Transpose(self.node(operand), at)
            case ast.Call(func=ast.Name(id=name)):
                return forms.FORMS[name](self, node) if self.is_form(name) else self.call(node)
        raise self.refused(node)

    def refused(self, node: ast.expr) -> ReadError:
        """The error for a node that is not on the list."""
        match node:
            case ast.Compare():
                return self.error(
                    node, "a relation cannot stand inside a formula", "one claim has one chain"
                )
            case ast.BoolOp():
                return self.error(
                    node, "iff joins two whole relations", "such as A == B iff C == D"
                )
            case ast.List():
                return self.error(node, "a vector has at least one entry", "such as [1/2, 1/2]")
            case ast.Constant():
                return self.error(
                    node,
                    "{text} stands only at the end of a limit",
                    "write limit(e, v, to, '+')",
                    text=self.tree.quote(node),
                )
            case ast.Tuple():
                return self.error(
                    node,
                    "a list with commas stands only inside a call",
                    "decimal numbers are written with a point, entries as X[i,d]",
                )
        return self.error(node, "this is not a formula")

    def is_form(self, name: str) -> bool:
        """Whether a call of `name` has a grammar of its own. A defined function goes first."""
        return name in forms.FORMS and self.names.kind(name) != "function"

    # Names.

    def name(self, node: ast.Name) -> Node:
        """A name that stands alone."""
        at, name, kind = self.tree.span(node), node.id, self.kind(node.id)
        if kind == "function":
            raise self.error(
                node, "{name} is a function", "write {name}(...) with its arguments", name=name
            )
        if kind is not None:
            return Name(name, at)
        if name == "pi":
            return Constant("pi", at)
        if name == "oo":
            raise self.error(
                node,
                "infinity is not a number",
                "it can only be the target of a limit, or what a limit or minimum equals",
            )
        if name in RESERVED:
            raise self.error(
                node, "{name} is a function", "write {name}(...) with its arguments", name=name
            )
        raise undeclared(self.tree, node)

    def check_new(self, index: ast.Name) -> None:
        """Check that a sum may call its index so."""
        if index.id in RESERVED:
            raise self.error(
                index,
                "{name} means something already",
                "use another name, such as {instead}",
                name=index.id,
                instead="k",
            )

    # Entries.

    def entry(self, node: ast.Subscript) -> Node:
        """`p[k]`, `X[i,d]`, `softmax(z)[j]`."""
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(node.value, ast.Name):
            self.check_rank(node, node.value, len(inside))
        elif isinstance(node.value, ast.Subscript):
            raise self.error(node, "an entry has no entries", "write X[i,d] for a matrix")
        indices = tuple(self.node(index) for index in inside)
        return Subscript(self.node(node.value), indices, self.tree.span(node))

    def check_rank(self, node: ast.Subscript, base: ast.Name, count: int) -> None:
        """Check that `base` is an array with `count` subscripts."""
        name, kind = base.id, self.kind(base.id)
        if kind is None and name not in RESERVED:
            raise undeclared(self.tree, base, "K" if count == 1 else "(N,K)")
        if kind in ("scalar", "index", "bound"):
            raise self.error(
                node,
                "{name} is a number and has no entries",
                "declare it as a vector, for example {line}",
                name=name,
                line=f"{name} in real^K",
            )
        if kind == "vector" and self.names.rank(name) != count:
            raise self.error(
                node,
                "{name} has {rank} subscripts, not {count}",
                name=name,
                rank=self.names.rank(name),
                count=count,
            )

    # Calls.

    def call(self, node: ast.Call) -> Node:
        """A function at its arguments."""
        assert isinstance(node.func, ast.Name)
        name, count = node.func.id, len(node.args)
        fewest, most = self.arities(node.func)
        if not fewest <= count <= most:
            raise self.error(
                node,
                "{name} takes {arity} arguments, not {count}",
                name=name,
                arity=fewest if fewest == most else f"{fewest}-{most}",
                count=count,
            )
        return Call(name, tuple(map(self.node, node.args)), self.tree.span(node))

    def arities(self, function: ast.Name) -> tuple[int, int]:
        """The fewest and the most arguments of a function."""
        name, kind = function.id, self.kind(function.id)
        if kind == "function":
            return self.names.arity(name), self.names.arity(name)
        if name in FUNCTIONS:
            return FUNCTIONS[name]
        if name in forms.NOT_YET:
            raise not_yet(self.tree.formula, self.tree.span(function), forms.NOT_YET[name])
        if kind is not None:
            raise self.error(
                function,
                "{name} is not a function",
                "to multiply, write {name}*(...)",
                name=name,
            )
        if name in PROPERTIES:
            raise self.error(function, "{name}(...) stands alone as a claim", name=name)
        raise unknown_function(self.tree, function)

    # For the forms.

    def test(self, node: ast.expr) -> Comparison:
        """One relation, as the condition of a branch."""
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            raise self.error(
                node,
                "one relation is expected here",
                "for two, nest where(...), or write two claims",
            )
        operator = _relation(self.tree, node, node.ops[0])
        (right,) = node.comparators
        return Comparison(operator, self.node(node.left), self.node(right), self.tree.span(node))
