"""Whole vectors: `Lambda(k, z[k] / T)` is written `z / T`, as an argument of softmax."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Indexed,
    Lambda,
    Max,
    Min,
    Mul,
    Pow,
    S,
    Symbol,
    cosh,
    exp,
    log,
    loggamma,
    sign,
    sinh,
    tanh,
)

from cesym.terms.binders import freshen
from cesym.terms.context import Context
from cesym.terms.functions import Named, VectorNamed, softmax

ELEMENTWISE = (Add, Mul, Pow, exp, log, Abs, sign, Max, Min, tanh, cosh, sinh, loggamma, Named)
"""Operations that take a vector entry by entry."""


@dataclass(frozen=True, slots=True)
class Whole:
    """`body` with a symbol of `arrays` in the place of each array.

    `row` are the indices before the last one, the same in all.
    """

    body: Expr
    arrays: Mapping[Symbol, Basic]
    row: tuple[Expr, ...]


def whole(function: Lambda, size: Expr, context: Context, *, products: bool = True) -> Whole | None:
    """The vector `function`, with its index left out; None when it can only be written with it.

    Without `products`, no vector is multiplied by a vector: in LaTeX that is a scalar product.

    >>> from sympy import IndexedBase, symbols
    >>> k, K = symbols("k K", integer=True, positive=True)
    >>> z = IndexedBase("z")
    >>> found = whole(Lambda(k, 2 * z[k]), K, Context())
    >>> found.body.subs(dict.fromkeys(found.arrays, z)), whole(Lambda(k, k * z[k]), K, Context())
    (2*z, None)
    """
    function = freshen(function)
    (index,) = function.signature
    arrays: dict[Symbol, Basic] = {}
    rows: set[tuple[Expr, ...]] = set()
    body = function.expr
    for call in sorted(body.atoms(softmax), key=lambda call: -call.count_ops()):
        logits, length, entry = call.args
        if entry == index and length == size and not logits.has(index):
            inner = whole(logits, size, context, products=products)
            if inner is None:
                return None
            placeholder = Dummy("softmax", real=True)
            arrays[placeholder] = call
            rows.add(inner.row)
            body = body.xreplace({call: placeholder})
    for entry in body.atoms(Indexed):
        if entry.indices[-1] == index and _fits(entry, size, context):
            placeholder = Dummy(str(entry.base), **entry.base.assumptions0)
            arrays[placeholder] = entry.base
            rows.add(entry.indices[:-1])
            body = body.xreplace({entry: placeholder})
    if len(rows) != 1 or body.has(index):
        return None
    if not _elementwise(body, set(arrays)):
        return None
    if not products and _multiplies(body, set(arrays)):
        return None
    return Whole(body, arrays, rows.pop())


def whole_arguments(term: Basic, context: Context, *, products: bool = True) -> list[Whole] | None:
    """The vectors that a function is applied to; only softmax takes the rows of a matrix."""
    functions = [argument for argument in term.args if isinstance(argument, Lambda)]
    size = term.args[len(functions)]
    found = [whole(function, size, context, products=products) for function in functions]
    vectors = [vector for vector in found if vector is not None]
    rows = {vector.row for vector in vectors}
    if len(vectors) < len(found) or not (rows == {()} or isinstance(term, softmax)):
        return None
    return vectors


def _elementwise(body: Basic, arrays: set[Symbol]) -> bool:
    """Whether arrays stand only under operations that work entry by entry."""
    if body in arrays or not body.free_symbols & arrays:
        return True
    few = isinstance(body, Add | Mul) or len(body.args) <= 2
    known = isinstance(body, ELEMENTWISE) and not isinstance(body, VectorNamed)
    return few and known and all(_elementwise(argument, arrays) for argument in body.args)


def _multiplies(body: Basic, arrays: set[Symbol]) -> bool:
    """Whether a vector is multiplied by a vector somewhere, or raised to a power."""
    vectors = [part for part in body.args if part.free_symbols & arrays]
    if isinstance(body, Mul):
        below = [isinstance(v, Pow) and v.exp in (-1, -S.Half) for v in vectors]
        if below.count(True) > 1 or below.count(False) > 1:
            return True
    if isinstance(body, Pow) and body.exp not in (-1, S.Half, -S.Half) and body.base in vectors:
        return True
    return any(_multiplies(part, arrays) for part in vectors)


def _fits(entry: Indexed, size: Expr, context: Context) -> bool:
    """Whether `size` is the declared length of the last axis."""
    declaration = context.declarations.get(str(entry.base))
    return declaration is None or context.size(declaration.shape[-1]) == size
