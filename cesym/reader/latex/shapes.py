r"""What a finished tree means once the shapes of its parts are known.

`X w` is a matrix at a vector, `p p^\top` a matrix, `\|x\|^2` a sum of squares: which one depends on
what is declared. Whatever the shapes leave open is refused, and both readings are named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cesym.errors import ReadError
from cesym.reader.latex import arrays, norms, products
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.products import NUMBER, Shape
from cesym.reader.latex.ranges import UNSAID, find_range
from cesym.reader.latex.tables import ELEMENTARY
from cesym.reader.latex.walks import check_depth, check_power
from cesym.reader.names import Names
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
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
    Vector,
)

Shaped = tuple[Node, Shape]
"""A node and its shape."""

OF_VECTORS = ("logsumexp", "entropy", "cross_entropy", "kl", "js:")
"""Functions of whole vectors whose value is a number."""


def check(formula: Formula, names: Names, node: Node) -> Node:
    """What the node means. Raises ReadError where it is too deep, too large or ambiguous."""
    return shaped(formula, names, node)[0]


def shaped(formula: Formula, names: Names, node: Node, *, row: bool = False) -> Shaped:
    """The same with its shape. A `row` may stand on a side of an equation, and is read as its
    column: two rows are equal just where their columns are.
    """
    check_depth(formula, node)
    found, shape = Resolver(formula, names).read(node)
    if shape.row and row:
        return products.column(found), shape
    if shape.row:
        raise formula.error(
            node.at,
            "a transposed vector cannot stand alone",
            "write the column, or what the row is multiplied by",
        )
    return found, shape


@dataclass(frozen=True, slots=True)
class Resolver:
    """A walk from the leaves up. `bound` are the indices of the sums around the place."""

    formula: Formula
    names: Names
    bound: tuple[str, ...] = ()

    def read(self, node: Node) -> Shaped:
        """What a node means, and its shape. Raises ReadError."""
        match node:
            case Name(name):
                vector = name not in self.bound and self.names.kind(name) == "vector"
                return node, Shape(self.names.shape(name)) if vector else NUMBER
            case Number() | Constant():
                return node, NUMBER
            case Negate(operand):
                found, shape = self.read(operand)
                return replace(node, operand=found), shape
            case Binary("^"):
                return self.power(node)
            case Binary(operator, left, right):
                first, second = self.read(left), self.read(right)
                return products.combined(self.formula, node, operator, first, second)
            case Call():
                return self.call(node)
            case Subscript(base, indices):
                found = self.read(base)[0]
                return replace(node, base=found, indices=tuple(map(self.number, indices))), NUMBER
            case BigOperator():
                return self.big(node)
            case Derivative():
                return arrays.derivative(self, node)
            case Prime(argument=argument):
                return replace(node, argument=self.number(argument)), NUMBER
            case Evaluated(body, _, value):
                found, shape = self.read(body)
                return replace(node, body=found, value=self.read(value)[0]), shape
            case Cases(branches):
                return self.cases(node, branches)
            case Transpose(operand):
                return products.transposed(self.formula, node, self.read(operand))
            case Gradient():
                return arrays.gradient(self, node)
            case Limit(body, _, target):
                found, shape = self.read(body)
                return replace(node, body=found, target=self.read(target)[0]), shape
            case Extremum(kind, body, variable):
                shape = self.read(variable)[1] if kind == "argmin" else NUMBER
                return replace(node, body=self.number(body)), shape
            case Vector(items):
                return replace(node, items=tuple(self.number(item) for item in items)), NUMBER

    def quote(self, node: Node) -> str:
        """The text of a node."""
        return " ".join(self.formula.quote(node.at).split())

    def error(self, node: Node, template: str, remedy: str | None = None, **f: object) -> ReadError:
        """A ReadError that points at `node`."""
        return self.formula.error(node.at, template, remedy, **f)

    def number(self, node: Node) -> Node:
        """What a node means that must be a number."""
        found, shape = self.read(node)
        if shape != NUMBER:
            raise self.error(
                node,
                "a number is expected here, this is a vector",
                "write an entry of it, with an index",
            )
        return found

    # Powers.

    def power(self, node: Binary) -> Shaped:
        """`x^2`; of an array only where the text says which power."""
        if isinstance(node.left, Call) and node.left.function.startswith("norm:"):
            return norms.read(self, node.left, node)
        (base, shape), (exponent, above) = self.read(node.left), self.read(node.right)
        if shape.sizes or above.sizes:
            power = self.quote(node.right)
            text = self.quote(node.left) if shape.sizes else self.quote(node)
            if len(shape.sizes) > 1:
                first, second = f"{text}^{{{power}}}_{{ij}}", f"({text}_{{ij}})^{{{power}}}"
            elif shape.sizes:
                first = f"{text}^\\top" if power == "T" else f"{text}_k^{{{power}}}"
                second = f"\\sum_{{k=1}}^{{K}} {text}_k^{{{power}}}"
            else:
                found = replace(node, left=base, right=exponent)
                return found, products.of_entries(self.formula, node, above)
            raise self.formula.ambiguous(node.at, first, second)
        found = replace(node, left=base, right=exponent)
        check_power(self.formula, found)
        return found, NUMBER

    # Calls.

    def call(self, node: Call) -> Shaped:
        """A call: of numbers, entry by entry, or of whole vectors."""
        name = node.function
        if name.startswith("norm:"):
            return norms.read(self, node)
        if name == "ones:":
            return products.ones(self.formula, node, self.read(node.arguments[0]))
        read = [self.read(argument) for argument in node.arguments]
        found = replace(node, arguments=tuple(argument for argument, _ in read))
        shapes = [shape for _, shape in read]
        if any(shape.row for shape in shapes):
            raise self.error(node, "a transposed vector cannot be the argument of a function")
        if self.names.kind(name) == "function":
            if any(shape.sizes for shape in shapes):
                self.number(node.arguments[[bool(s.sizes) for s in shapes].index(True)])
            return found, NUMBER
        if name in OF_VECTORS:
            if name == "js:":
                norms.check_copies(self, node)
            self.check_vectors(node, shapes)
            return (norms.jensen_shannon(found) if name == "js:" else found), NUMBER
        if name == "softmax":
            self.check_vectors(node, shapes, most=2)  # of a matrix, row by row
            return found, shapes[0]
        if name == "dot":
            return found, products.inner(self.formula, node, *shapes)
        if name == "diag":
            return found, products.diagonal(self.formula, node, shapes[0])
        if name == "outer":
            return found, Shape(shapes[0].sizes + shapes[1].sizes)
        if name in ("delta", "sum"):
            return found, NUMBER
        if name in ELEMENTARY and any(len(shape.sizes) > 1 for shape in shapes):
            text = self.quote(node.arguments[0])
            raise self.formula.ambiguous(
                node.at, f"{name}(({text})_{{ij}})", f"({name}({text}))_{{ij}}"
            )
        shape = NUMBER
        for one in shapes:
            shape = products.same(self.formula, node, shape, one)
        return found, shape

    def check_vectors(self, node: Call, shapes: list[Shape], *, most: int = 1) -> None:
        """Check that a function of vectors has arrays of 1 to `most` subscripts for arguments."""
        for argument, shape in zip(node.arguments, shapes, strict=True):
            if not 1 <= len(shape.sizes) <= most:
                raise self.error(argument, "{name} takes vectors", name=node.function)

    def cases(self, node: Cases, branches: tuple[tuple[Node, Comparison | None], ...]) -> Shaped:
        """Branches, each a number."""
        found = tuple(
            (
                self.number(value),
                test and replace(test, left=self.number(test.left), right=self.number(test.right)),
            )
            for value, test in branches
        )
        return replace(node, branches=found), NUMBER

    # Binders.

    def big(self, node: BigOperator) -> Shaped:
        """A sum or product; a range that is not written is that of the vectors in its body."""
        inner = replace(self, bound=(*self.bound, node.index))
        body = inner.number(node.body)
        node = replace(node, body=body)
        if UNSAID in (node.lower, node.upper):
            node = find_range(
                self.formula, self.names, node, lambda base: inner.read(base)[1].sizes
            )
        return replace(node, lower=self.number(node.lower), upper=self.number(node.upper)), NUMBER
