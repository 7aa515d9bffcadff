"""The syntax tree that every notation is read into.

Plain text and LaTeX differ in spelling only: both are read into these nodes, and `elaborate` alone
gives them a meaning. Nothing has been simplified here, so the tree is *the text as written*: `x/x`
is still a quotient, and an evaluator that shares no code with the prover (`cesym.reader.digits`)
can compute the value that the text states.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from cesym.terms.domains import Domain


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets `start <= position < stop` into the text that was read."""

    start: int
    stop: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact rational: an integer or decimal literal, `0.1` being 1/10."""

    value: Fraction
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """`e`, `pi` or `oo`: infinity, only as the target or the value of a limit, or the value of a
    minimum.
    """

    name: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol by its canonical identifier (`y_hat` for `\\hat{y}`)."""

    name: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    r"""`-operand`."""

    operand: Node
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`, the operator being one of `+ - * / ^ @`."""

    operator: str
    left: Node
    right: Node
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A named or defined function at its arguments: `log(x)`, `sigmoid(s)`, `kl(p, q)`, `J(y, s)`.

    `delta(i, j)`, `abs(x)`, `max(a, b)` and `sqrt(x)` are calls too, and so are `dot(a, b)`,
    `outer(a, b)`, `diag(v)`, and `sum(v)`, the sum of all entries.
    """

    function: str
    arguments: tuple[Node, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Subscript:
    """An entry: `p[k]`, `X[i, d]`, `softmax(z)[j]`. Indices start at 1."""

    base: Node
    indices: tuple[Node, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BigOperator:
    """`sum` or `product` of `body` for the bound `index` from `lower` to `upper`, skipping
    `excluded` when it is given.
    """

    kind: str
    body: Node
    index: str
    lower: Node
    upper: Node
    excluded: Node | None = None
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Derivative:
    """The partial derivative of `body`, once for each `(variable, order)`; a variable is a Name or
    a Subscript of a Name.

    A body that is the bare Name of a defined function stands for that function at its own
    parameters.
    """

    body: Node
    variables: tuple[tuple[Node, int], ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Prime:
    r"""`function'(argument)`: the derivative of order `order` of a function of one variable, at
    `argument`.
    """

    function: str
    order: int
    argument: Node
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Evaluated:
    r"""`body` at `variable = value`, as in `\left. body \right|_{q = \sigma(s)}`."""

    body: Node
    variable: Name
    value: Node
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`, with one of `== <= < >= >`: a condition inside `Cases`, or a whole
    side of `iff`. Of arrays there, `==` says that all entries are equal.
    """

    operator: str
    left: Node
    right: Node
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Cases:
    """The value of the first branch whose condition holds; a last condition of None means
    `otherwise`.
    """

    branches: tuple[tuple[Node, Comparison | None], ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Vector:
    """`[a, b]`: a vector by its entries; of vectors of one size, a matrix by its rows."""

    items: tuple[Node, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Transpose:
    """`operand.T`: rows and columns of a matrix exchanged."""

    operand: Node
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Gradient:
    """The array of all partial derivatives of `body` by the entries of `variable`.

    `kind` is `grad` (first derivatives of a number), `hessian` (second derivatives of a number) or
    `jacobian` (first derivatives of a vector: a row for each entry of it).
    """

    kind: str
    body: Node
    variable: Name
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """What `body` tends to as `variable` tends to `target`: from above (`side` 1), from below (-1)
    or from both sides (0). Stands only as a whole side of `==`.
    """

    body: Node
    variable: Name
    target: Node
    side: int = 0
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Extremum:
    """Where `body` is least as `variable` runs through its domain (`kind` is `argmin`), or how
    small it gets (`minvalue`). Stands only as a whole side of `==`.
    """

    kind: str
    body: Node
    variable: Name
    at: Span = field(default=NOWHERE, compare=False)


Node = (
    Number
    | Constant
    | Name
    | Negate
    | Binary
    | Call
    | Subscript
    | BigOperator
    | Derivative
    | Prime
    | Evaluated
    | Cases
    | Vector
    | Transpose
    | Gradient
    | Limit
    | Extremum
)


@dataclass(frozen=True, slots=True)
class Property:
    """What `is` states of its left side: `convex` or `concave` in `variable`, or `definite` of a
    matrix, which is positive semi-definite; `strict` if strictly so, or positive definite.
    """

    kind: str
    variable: Name | None = None
    strict: bool = False
    at: Span = field(default=NOWHERE, compare=False)


Side = Node | Comparison | Property
"""What may stand on a side of a relation, of `iff` or of `is`."""


@dataclass(frozen=True, slots=True)
class Chain:
    """`operands[0] operators[0] operands[1] operators[1] ...`, operators as in `Comparison`;
    between comparisons `iff`, before a property `is`.

    An operand of None is a `?`: a line that the derivation fills in.
    """

    operands: tuple[Side | None, ...]
    operators: tuple[str, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Define:
    """`name(parameters) := body`. `domains` are those of the parameters, once they are known: at
    other values there is no function.
    """

    name: str
    latex: str
    parameters: tuple[str, ...]
    body: Node
    at: Span = field(default=NOWHERE, compare=False)
    domains: tuple[Domain, ...] = ()
