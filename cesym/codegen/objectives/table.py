"""The objectives that are known: what they and their derivatives are, sample by sample.

An objective is the mean over samples of the loss of a score, or of a row of logits, that is linear
in the weights. Its gradient and the products with its second derivatives are sums over the samples
of what the loss of one sample gives, which is computed by code that is exported for that loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ObjectiveForm:
    """An objective in the plain language; its symbols are the keys of `declared`.

    `exports` are what a page must export, and what that is, and `slopes` say which of them is the
    derivative of the objective in what. `more` are entries of the second derivatives, with indices
    that are declared in `second`. `sample` is the page of the loss of a sample;
    `lemmas` say that what stands in the forms for a sample is what is computed: pairs of a formula
    and of the name of the export of that page that it is, with the declarations of its symbols.
    `along` is the product of the second derivatives of the loss of a row with a row v, if the
    sample is a row: what the program `cesym.codegen.rowwise.table.ALONG` computes.
    """

    name: str
    declared: Mapping[str, str]
    exports: Mapping[str, str]
    slopes: Mapping[str, str]
    second: Mapping[str, str]
    more: tuple[tuple[str, str], ...]
    sample: str
    variables: tuple[str, ...]
    lemmas: tuple[tuple[str, str], ...]
    along: str = ""


SCORE = "(b + sum(X[i, m]*w[m], (m, 1, D)))"
LOGISTIC_LOSS = "(-({y}*log(sigmoid({s})) + (1 - {y})*log(1 - sigmoid({s}))))"
SLOPE = "(sigmoid({s}) - {y})"
CURVE = "(sigmoid({s})*(1 - sigmoid({s})))"


def _of_sample(text: str) -> str:
    return text.format(y="y[i]", s=SCORE)


LOGISTIC = ObjectiveForm(
    "logistic regression",
    {
        "X": "real^(N, D)",
        "y": "[0, 1]^N",
        "w": "real^D",
        "b": "real",
        "penalty": "(0, oo)",
        "j": "index(D)",
    },
    {
        "objective": f"1/N*sum({_of_sample(LOGISTIC_LOSS)}, (i, 1, N))"
        " + penalty/2*sum(w[m]**2, (m, 1, D))",
        "gradient": f"1/N*sum(X[i, j]*{_of_sample(SLOPE)}, (i, 1, N)) + penalty*w[j]",
        "bias_gradient": f"1/N*sum({_of_sample(SLOPE)}, (i, 1, N))",
    },
    {"gradient": "w[j]", "bias_gradient": "b"},
    {"k": "index(D)"},
    (
        (
            "diff({objective}, w[j], w[k])",
            f"1/N*sum(X[i, j]*{_of_sample(CURVE)}*X[i, k], (i, 1, N)) + penalty*delta(j, k)",
        ),
        ("diff({objective}, w[j], b)", f"1/N*sum(X[i, j]*{_of_sample(CURVE)}, (i, 1, N))"),
        ("diff({objective}, b, b)", f"1/N*sum({_of_sample(CURVE)}, (i, 1, N))"),
    ),
    "binary-cross-entropy",
    ("y in [0, 1]", "s in real"),
    (
        (LOGISTIC_LOSS.format(y="y", s="s"), "loss"),
        (SLOPE.format(y="y", s="s"), "gradient"),
        (CURVE.format(y="y", s="s"), "hessian"),
    ),
)
"""The mean of the binary cross-entropy of linear scores, and a penalty on the weights."""


def _logit(k: str) -> str:
    return f"(sum(X[i, m]*W[m, {k}], (m, 1, D)) + b[{k}])"


def _share(k: str) -> str:
    return f"(exp({_logit(k)})/sum(exp({_logit('l')}), (l, 1, K)))"


SOFTMAX = ObjectiveForm(
    "softmax regression",
    {
        "X": "real^(N, D)",
        "P": "[0, 1]^(N, K)",
        "W": "real^(D, K)",
        "b": "real^K",
        "d": "index(D)",
        "j": "index(K)",
    },
    {
        "objective": f"1/N*sum(log(sum(exp({_logit('l')}), (l, 1, K)))"
        f" - sum(P[i, k]*{_logit('k')}, (k, 1, K)), (i, 1, N))",
        "gradient": f"1/N*sum(X[i, d]*({_share('j')} - P[i, j]), (i, 1, N))",
        "bias_gradient": f"1/N*sum({_share('j')} - P[i, j], (i, 1, N))",
    },
    {"gradient": "W[d, j]", "bias_gradient": "b[j]"},
    {"c": "index(D)", "k": "index(K)"},
    (
        (
            "diff({objective}, W[d, j], W[c, k])",
            f"1/N*sum(X[i, d]*X[i, c]*{_share('j')}*(delta(j, k) - {_share('k')}), (i, 1, N))",
        ),
        (
            "diff({objective}, W[d, j], b[k])",
            f"1/N*sum(X[i, d]*{_share('j')}*(delta(j, k) - {_share('k')}), (i, 1, N))",
        ),
        (
            "diff({objective}, b[j], b[k])",
            f"1/N*sum({_share('j')}*(delta(j, k) - {_share('k')}), (i, 1, N))",
        ),
    ),
    "categorical-cross-entropy",
    ("z in real^K", "p in simplex(K)", "j in index(K)", "v in real^K"),
    (
        ("log(sum(exp(z[l]), (l, 1, K))) - sum(p[k]*z[k], (k, 1, K))", "loss"),
        ("exp(z[j])/sum(exp(z[l]), (l, 1, K)) - p[j]", "gradient"),
    ),
    "exp(z[j])/sum(exp(z[l]), (l, 1, K))"
    "*sum((delta(j, k) - exp(z[k])/sum(exp(z[l]), (l, 1, K)))*v[k], (k, 1, K))",
)
"""The mean of the cross-entropy of targets and of softmaxes of linear logits."""

OBJECTIVES: tuple[ObjectiveForm, ...] = (LOGISTIC, SOFTMAX)
"""Every objective that is known."""
