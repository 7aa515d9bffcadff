"""Names that mean something already, and errors for those that mean nothing."""

from __future__ import annotations

import ast
from difflib import get_close_matches

from cesym.errors import ReadError
from cesym.reader.names import FUNCTIONS
from cesym.reader.plain.forms import FORMS, NOT_YET
from cesym.reader.plain.tree import Tree

RESERVED = frozenset({*FUNCTIONS, *FORMS, *NOT_YET, "oo", "iff"})
"""Names that mean something already."""

SPELLINGS = {
    "ln": "log",
    "expit": "sigmoid",
    "logistic": "sigmoid",
    "Abs": "abs",
    "Max": "max",
    "Min": "min",
    "gammaln": "lgamma",
}
"""Names of functions elsewhere -> what they are called here."""

ELSEWHERE = frozenset(
    {
        *("sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "atan2", "arcsin"),
        *("arccos", "arctan", "arctan2", "asinh", "acosh", "arcsinh", "arccosh", "coth", "erf"),
        *("erfc", "erfinv", "gamma", "beta", "digamma", "floor", "ceil", "round", "mod"),
    }
)
"""Functions that are known elsewhere and not here; none with a name like theirs is meant."""


def undeclared(tree: Tree, node: ast.Name, sizes: str = "") -> ReadError:
    """The error for an unknown name. It says how to declare it: with `sizes`, as an array."""
    if node.id in ("e", "E") and not sizes:
        return tree.error(
            node,
            "{name} is not declared",
            'for the number write {instead}, for a name declare it: --let "{line}"',
            name=node.id,
            instead="exp(1)",
            line=f"{node.id} in (0,1)",
        )
    return tree.error(
        node,
        "{name} is not declared",
        'declare it, for example --let "{line}"',
        name=node.id,
        line=f"{node.id} in real^{sizes}" if sizes else f"{node.id} in real",
    )


def unknown_function(tree: Tree, node: ast.Name) -> ReadError:
    """The error for a call of a name that is no function. It says which could be meant."""
    near = () if node.id in ELSEWHERE else get_close_matches(node.id, RESERVED, 1)
    close = SPELLINGS.get(node.id) or next(iter(near), None)
    if close is not None:
        return tree.error(
            node, "unknown function {name}", "write {instead}", name=node.id, instead=close
        )
    return tree.error(
        node,
        "unknown function {name}",
        "the functions are {functions}",
        name=node.id,
        functions=", ".join(FUNCTIONS),
    )
