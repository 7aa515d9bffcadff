"""The value of a formula at a point to as many digits as wanted: the second opinion on the prover.

    >>> from fractions import Fraction
    >>> from cesym.reader.syntax import Call, Name, Number
    >>> s = Name("s")
    >>> print(evaluate(Call("sigmoid", (s,)), {"s": Fraction(-2)}))
    0.119202922022118
    >>> compare(Call("log", (s,)), Number(Fraction(0)), {"s": Fraction(-1)}).order
    'undefined'

Numbers are enclosed by intervals, so that "different" is proved; derivatives are exact too, by
forward differentiation. Nothing here is shared with the prover, and nothing of SymPy is used: what
both say is not said twice by the same code.
"""

from cesym.reader.digits.comparison import Sides, compare, evaluate, holds
from cesym.reader.digits.reals import Undecided, Undefined

__all__ = ["Sides", "Undecided", "Undefined", "compare", "evaluate", "holds"]
