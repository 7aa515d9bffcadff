r"""Terms as textbook LaTeX that the strict reader reads back to the same term.

A table says how each head is printed; a `Writer` walks it. What comes out uses a few macros of
LaTeX and amsmath only, and brackets grow only around what is tall.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, E, Expr, IndexedBase, Mul, Pow, Rational, Symbol, exp, pi

from cesym.terms.context import Context
from cesym.terms.printing.applications import APPLICATIONS, symbol
from cesym.terms.printing.arithmetic import constant, exponential, power, product, sum_of
from cesym.terms.printing.names import Scope
from cesym.terms.printing.operators import OPERATORS
from cesym.terms.printing.optima import INFINITE, OPTIMA
from cesym.terms.printing.sayings import LATEX
from cesym.terms.printing.text import Text, Writer

PRINTERS: dict[type, Callable[[Writer, Any], Text]] = {
    Rational: product,
    type(E): constant,
    type(pi): constant,
    Symbol: symbol,
    IndexedBase: symbol,
    Add: sum_of,
    Mul: product,
    Pow: power,
    exp: exponential,
    **APPLICATIONS,
    **OPERATORS,
    **OPTIMA,
    **LATEX,
}
"""Head -> how it is printed. The most special head counts."""


def latex(term: Expr, context: Context | None = None) -> str:
    r"""`term` in LaTeX. Names are spelled as `context` declares them.

    Raises UnsupportedTerm for a head outside the whitelist.

    >>> from sympy import log, symbols
    >>> y, y_hat = symbols("y y_hat", real=True)
    >>> print(latex(-y * log(y_hat) - (1 - y) * log(1 - y_hat)))
    -[y \log \hat{y} + (1 - y) \log(1 - \hat{y})]
    """
    if term in INFINITE:
        return INFINITE[term]
    return Writer(Scope.of(term, context), PRINTERS).write(term).latex
