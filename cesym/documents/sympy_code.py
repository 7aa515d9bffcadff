"""Terms as Python code for SymPy alone: the plain language, with the words of SymPy where they
differ.

The plain text is parsed by Python's own parser, changed node by node, and written again. Nothing is
run here.
"""

from __future__ import annotations

import ast
import keyword
from collections.abc import Callable

from sympy import Basic, Expr, FiniteSet, Symbol

from cesym.errors import OutputError
from cesym.terms.context import Context
from cesym.terms.functions import TABLE, Named, VectorNamed
from cesym.terms.optimisation import ArgMin, MinValue
from cesym.terms.printing import plain

RENAMED = {
    "abs": "Abs",
    "max": "Max",
    "min": "Min",
    "lgamma": "loggamma",
    "delta": "KroneckerDelta",
}
"""Function of the plain language -> function of SymPy, where the names differ."""

_NAMES = (
    "Abs Max Min loggamma KroneckerDelta exp log sqrt "
    "sign tanh cosh sinh pi diff limit oo Piecewise Rational"
)
FROM_SYMPY = frozenset(_NAMES.split())
"""Names that a script imports from SymPy when it uses them."""

NUMERIC_FUNCTIONS = frozenset(
    row.head.__name__ for row in TABLE.values() if row.head.nargs == FiniteSet(1)
)
"""Named functions of one number, whose definitions a script writes out when it uses them."""


def definition(name: str) -> str:
    """The definition of a named function of `x`, as Python code.

    >>> definition("sigmoid")
    '1 / (1 + exp(-x))'
    """
    return python(TABLE[name].definition(Symbol("x", real=True)), Context())


def python(
    term: Expr,
    context: Context,
    taken: frozenset[str] = frozenset(),
    *,
    called: frozenset[str] = frozenset(),
) -> str:
    """The term as Python code. A name that is in `taken`, or a word of Python or SymPy, gets an
    underscore; one that is in `called` is a function without arguments.

    Raises OutputError for functions of whole vectors and for minima, which have no counterpart.

    >>> from sympy import Rational, symbols
    >>> from cesym.terms.functions import sigmoid
    >>> x, y = symbols("x y", real=True)
    >>> python(Rational(1, 2) * abs(x) - sigmoid(x)**2 / 3, Context())
    'Abs(x) / 2 - sigmoid(x) ** 2 / 3'
    """
    calls = term.atoms(Named, ArgMin, MinValue)
    unknown = sorted(type(call).__name__ for call in calls if not _known(call))
    if unknown:
        raise OutputError("{name} cannot be written for SymPy alone yet", name=unknown[0])
    tree = ast.parse(plain(term, context), mode="eval")
    names = frozenset({*context.declarations, *context.definitions})
    return ast.unparse(_Rewriter(names, taken, called).visit(tree))


def _known(call: Basic) -> bool:
    return not isinstance(call, VectorNamed) and type(call).__name__ in NUMERIC_FUNCTIONS


def identifier(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A name of the page as a name of the script.

    >>> identifier("y_hat"), identifier("lambda"), identifier("log")
    ('y_hat', 'lambda_', 'log_')
    """
    if not name.isidentifier():
        raise OutputError("{name} is no name for Python", name=name)
    reserved = keyword.iskeyword(name) or name in FROM_SYMPY or name in TABLE or name in taken
    return f"{name}_" if reserved else name


class _Rewriter(ast.NodeTransformer):
    """Changes the tree of the plain language into that of a script."""

    def __init__(
        self, names: frozenset[str], taken: frozenset[str], called: frozenset[str]
    ) -> None:
        self.names = names
        self.taken = taken
        self.called = called

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """A name of the page."""
        if node.id not in self.names:
            return node
        name = ast.Name(identifier(node.id, self.taken))
        return ast.Call(name, [], []) if node.id in self.called else name

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """A quotient of two integers would be a float in Python."""
        self.generic_visit(node)
        if (
            isinstance(node.op, ast.Div)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.right, ast.Constant)
        ):
            return ast.Call(ast.Name("Rational"), [node.left, node.right], [])
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A function, a sum, a derivative."""
        self.generic_visit(node)
        if not isinstance(node.func, ast.Name) or node.func.id in self.names:
            return node
        name = node.func.id
        if name in CHANGED:
            return CHANGED[name](*node.args)
        return ast.Call(ast.Name(RENAMED.get(name, name)), node.args, [])


def _over_an_index(function: str) -> Callable[[ast.expr, ast.expr], ast.expr]:
    """`sum(e, (k, 1, K))` as `sum(e for k in indices(1, K))`."""

    def write(body: ast.expr, limits: ast.expr) -> ast.expr:
        assert isinstance(limits, ast.Tuple)
        index, lower, upper = limits.elts
        values = ast.Call(ast.Name("indices"), [lower, upper], [])
        loop = ast.comprehension(index, values, [], 0)
        return ast.Call(ast.Name(function), [ast.GeneratorExp(body, [loop])], [])

    return write


def _at(body: ast.expr, variable: ast.expr, value: ast.expr) -> ast.expr:
    """`at(e, q, v)` as `e.subs(q, v)`."""
    return ast.Call(ast.Attribute(body, "subs"), [variable, value], [])


def _where(test: ast.expr, value: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`where(t, a, b)` as `Piecewise((a, t), (b, True))`."""
    pairs: list[ast.expr] = [ast.Tuple([value, test]), ast.Tuple([otherwise, ast.Constant(True)])]
    return ast.Call(ast.Name("Piecewise"), pairs, [])


CHANGED: dict[str, Callable[..., ast.expr]] = {
    "sum": _over_an_index("sum"),
    "product": _over_an_index("prod"),
    "at": _at,
    "where": _where,
}
"""Function of the plain language -> how its call is written for SymPy."""
