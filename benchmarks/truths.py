"""The exact losses of a label and a logit, as Arb balls, for accuracy.py.

Written down here, apart from what is exported; no float arithmetic enters.
"""

from collections.abc import Callable, Mapping

from flint import arb


def sigmoid(s: arb) -> arb:
    return 1 / (1 + (-s).exp()) if s >= 0 else s.exp() / (1 + s.exp())


def minus_log_sigmoid(s: arb) -> arb:
    return (-s).exp().log1p() if s >= 0 else s.exp().log1p() - s


def slope(s: arb) -> arb:
    return sigmoid(s) * sigmoid(-s)


def residual(y: arb, s: arb) -> arb:
    """sigmoid(s) - y, with the cancellation for y = 1 done on paper."""
    return (1 - y) * sigmoid(s) - y * sigmoid(-s)


def bend(y: arb, s: arb) -> arb:
    """The second derivative by s of (sigmoid(s) - y)^2 / 2."""
    return slope(s) * (slope(s) + residual(y, s) * (sigmoid(-s) - sigmoid(s)))


TRUTHS: Mapping[str, Mapping[str, Callable[[arb, arb], arb]]] = {
    "binary-cross-entropy": {
        "loss": lambda y, s: y * minus_log_sigmoid(s) + (1 - y) * minus_log_sigmoid(-s),
        "gradient": residual,
        "hessian": lambda y, s: slope(s),
    },
    "squared-error": {
        "loss": lambda y, s: residual(y, s) ** 2 / 2,
        "gradient": lambda y, s: residual(y, s) * slope(s),
        "hessian": bend,
    },
}
"""Page -> function -> its value at a label and a logit."""
