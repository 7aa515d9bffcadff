"""Ten losses that the library does not have, and what textbooks and papers say of their slopes."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """A loss as a user brings it; `gradients` are right sides, in the plain language."""

    given: dict[str, Any]
    gradients: dict[str, str] = field(default_factory=dict)
    sign: str | None = None


Q, Y, LOGIT = "q in (0,1)", "y in {0,1}", "q = sigmoid(s)"

TEN = {
    "tsallis": Case(
        {"loss": "(1 - q**(a-1))/(a-1)", "let": [Q, "a in (1,oo)"], "link": LOGIT},
        {"gradient": "-sigmoid(s)**(a-1)*sigmoid(-s)"},
        ">",
    ),
    "generalised-cross-entropy": Case(
        {"loss": "(1 - q**a)/a", "let": [Q, "a in (0,1]"], "link": LOGIT},
        {"gradient": "-sigmoid(s)**a*sigmoid(-s)"},
        ">",
    ),
    "symmetric-cross-entropy": Case(
        {
            "loss": "-a*(y*log(q) + (1-y)*log(1-q)) + b*(y*(1-q) + (1-y)*q)",
            "let": [Y, Q, "a in (0,oo)", "b in (0,oo)"],
            "link": LOGIT,
        },
        {"gradient": "a*(sigmoid(s) - y) + b*(1 - 2*y)*sigmoid(s)*sigmoid(-s)"},
        ">",
    ),
    "asymmetric-focal": Case(
        {
            "loss": "-y*(1-q)**g*log(q) - (1-y)*q**h*log(1-q)",
            "let": [Y, Q, "g in [0,oo)", "h in [0,oo)"],
            "link": LOGIT,
        },
        {
            "gradient": "y*sigmoid(-s)**g*(g*sigmoid(s)*log(sigmoid(s)) - sigmoid(-s))"
            " - (1-y)*sigmoid(s)**h*(h*sigmoid(-s)*log(sigmoid(-s)) - sigmoid(s))"
        },
        ">",
    ),
    "log-cosh": Case(
        {"loss": "log(cosh(m - y))", "let": ["y in real", "m in real"], "by": "m"},
        {"gradient": "tanh(m - y)", "hessian": "1 - tanh(m - y)**2"},
        ">=",
    ),
    "tversky": Case(
        {
            "loss": "1 - t/(t + a*f + b*n)",
            "let": ["t in (0,oo)", "f in [0,oo)", "n in [0,oo)", "a in (0,oo)", "b in (0,oo)"],
            "by": ["t", "f", "n"],
        },
        {
            "gradient_t": "-(a*f + b*n)/(t + a*f + b*n)**2",
            "gradient_f": "a*t/(t + a*f + b*n)**2",
            "gradient_n": "b*t/(t + a*f + b*n)**2",
        },
        ">=",
    ),
    "poly-1": Case(
        {"loss": "-log(q) + e1*(1-q)", "let": [Q, "e1 in [0,oo)"], "link": LOGIT},
        {"gradient": "-sigmoid(-s)*(1 + e1*sigmoid(s))"},
        ">",
    ),
    "temperature-cross-entropy": Case(
        {
            "loss": "-(y*log(q) + (1-y)*log(1-q))",
            "let": ["y in [0,1]", Q, "T in (0,oo)"],
            "link": "q = sigmoid(s/T)",
        },
        {
            "gradient": "(sigmoid(s/T) - y)/T",
            "hessian": "sigmoid(s/T)*sigmoid(-s/T)/T**2",
        },
        ">",
    ),
    "brier": Case(
        {"loss": "(q - y)**2", "let": ["y in [0,1]", Q], "link": LOGIT},
        {"gradient": "2*(sigmoid(s) - y)*sigmoid(s)*sigmoid(-s)"},
        ">=",
    ),
    "beta-divergence": Case(
        {
            "loss": "y**b/(b*(b-1)) + q**b/b - y*q**(b-1)/(b-1)",
            "let": ["y in (0,oo)", "q in (0,oo)", "b in (1,oo)"],
            "link": "q = exp(s)",
        },
        {"gradient": "exp((b-1)*s)*(exp(s) - y)"},
    ),
}
"""Tsallis 1988; Zhang & Sabuncu 2018; Wang et al. 2019; Yeung et al. 2022; Salehi et al. 2017 on
soft counts; Leng et al. 2022; Guo et al. 2017; Brier 1950; Eguchi & Kano 2001.
"""
