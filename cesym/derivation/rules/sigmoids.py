"""Rules about the sigmoid and the softplus."""

from __future__ import annotations

from sympy import Abs, Add, Basic, Expr, Max, exp, log

from cesym.derivation.rules.rule import Situation, each
from cesym.terms.binders import freshen
from cesym.terms.differentiation import At, Diff
from cesym.terms.functions import sigmoid, softplus


def derivative_of_sigmoid(term: Expr, situation: Situation) -> Expr:
    r"""sigma'(x) = sigma(x) (1 - sigma(x)), and no other derivative."""

    def at_value(e: At) -> Expr:
        return sigmoid(e.args[1]) * (1 - sigmoid(e.args[1]))

    # Not innermost first: at a value, the derivative is taken before the value is put in.
    term = freshen(term).replace(
        lambda e: isinstance(e, At) and _is_slope(e.args[0].expr), at_value
    )
    return each(term, _is_slope, lambda e: e.args[0] * (1 - e.args[0]))


def _is_slope(e: Basic) -> bool:
    return (
        isinstance(e, Diff)
        and isinstance(e.args[0], sigmoid)
        and e.args[0].args[0] == e.args[1]
        and e.args[2] == 1
    )


def symmetry_of_sigmoid(term: Expr, situation: Situation) -> Expr:
    r"""1 - sigma(x) = sigma(-x)."""

    def flip(e: Add) -> Basic:
        for s in e.atoms(sigmoid):
            if e == 1 - s:
                return sigmoid(-s.args[0])
        return e

    return each(term, lambda e: isinstance(e, Add), flip)


def logarithm_of_sigmoid(term: Expr, situation: Situation) -> Expr:
    r"""log sigma(x) = -softplus(-x) and log(1 - sigma(x)) = -softplus(x)."""

    def softened(e: log) -> Expr:
        inside = symmetry_of_sigmoid(e.args[0], situation)
        return -softplus(-inside.args[0]) if isinstance(inside, sigmoid) else e

    return each(term, lambda e: isinstance(e, log), softened)


def sigmoid_without_overflow(term: Expr, situation: Situation) -> Expr:
    r"""sigma(x) = e^{-max(-x, 0)} / (1 + e^{-|x|}), and the same for 1 - sigma(x) = sigma(-x).

    Above and below multiplied by e^{-max(-x, 0)}; then no exponent is positive.
    """

    def safe(e: sigmoid) -> Expr:
        x = e.args[0]
        return exp(-Max(-x, 0)) / (1 + exp(-Abs(x)))

    return each(symmetry_of_sigmoid(term, situation), lambda e: isinstance(e, sigmoid), safe)


def split_softplus(term: Expr, situation: Situation) -> Expr:
    r"""softplus(x) = max(x, 0) + log(1 + e^{-|x|}), in which no exponent is positive."""

    def split(e: softplus) -> Expr:
        x = e.args[0]
        return Max(x, 0) + log(1 + exp(-Abs(x)))

    return each(term, lambda e: isinstance(e, softplus), split)


def split_error(term: Expr, situation: Situation) -> Expr:
    r"""sigma(x) - y = (1 - y) sigma(x) - y (1 - sigma(x)): each part is for one label.

    Where the label is 1 or 0 one of the two parts vanishes, and nothing cancels. Multiples of the
    sigmoid are taken together with it, and a sum that does not cancel is left alone.
    """

    def split(e: Add) -> Expr:
        found = [part for part in e.args if isinstance(part, sigmoid)]
        if len(found) != 1:
            return e
        (error,) = found
        label = Add(*(part for part in e.args if not part.has(sigmoid)))
        factors = [part / error for part in e.args if part.has(sigmoid)]
        factor = Add(*(one for one in factors if not one.has(sigmoid)))
        others = e - Add(*(error * one for one in factors if not one.has(sigmoid))) - label
        if label.is_nonnegative:
            return e
        if label == -1:  # SymPy would multiply the -1 into the sum again
            return others + (factor - 1) * error - sigmoid(-error.args[0])
        return others + (factor + label) * error + label * (1 - error)

    return each(term, lambda e: isinstance(e, Add), split)
