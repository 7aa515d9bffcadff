"""What a reader must know of the names that are declared already, and the functions that everybody
knows.
"""

from __future__ import annotations

from typing import Protocol


class Names(Protocol):
    """The declared names. `cesym.terms.Context` is one."""

    @property
    def layout(self) -> str | None:
        """`numerator` or `denominator`, the layout of derivatives by whole vectors; None where
        nobody said.
        """
        ...

    def kind(self, name: str) -> str | None:
        """One of `scalar`, `vector`, `index`, `function`, `definition`; None when `name` is not
        declared.

        A `vector` has one or more subscripts, an `index` lives in `index(K)`, a `function` was
        defined with parameters and a `definition` without.
        """
        ...

    def rank(self, name: str) -> int:
        """How many subscripts an entry of the vector `name` has."""
        ...

    def arity(self, name: str) -> int:
        """How many arguments the defined function `name` takes."""
        ...

    def is_family(self, name: str) -> bool:
        """Whether the defined function `name` takes indices only, so that `s_i` calls it."""
        ...

    def shape(self, name: str) -> tuple[str, ...]:
        """The sizes of the vector or matrix `name`, the same text for the same size; of an index
        the one size that it goes up to.
        """
        ...

    def is_distribution(self, name: str) -> bool:
        """Whether the vector `name` is declared as probabilities that sum to 1."""
        ...


FUNCTIONS: dict[str, tuple[int, int]] = {
    "exp": (1, 1),
    "log": (1, 1),
    "log2": (1, 1),
    "log10": (1, 1),
    "sqrt": (1, 1),
    "abs": (1, 1),
    "sign": (1, 1),
    "max": (1, 99),
    "min": (1, 99),
    "tanh": (1, 1),
    "cosh": (1, 1),
    "sinh": (1, 1),
    "atanh": (1, 1),
    "lgamma": (1, 1),
    "sigmoid": (1, 1),
    "softplus": (1, 1),
    "logit": (1, 1),
    "log1p": (1, 1),
    "expm1": (1, 1),
    "xlogy": (2, 2),
    "softmax": (1, 1),
    "logsumexp": (1, 1),
    "entropy": (1, 1),
    "cross_entropy": (2, 2),
    "kl": (2, 2),
    "delta": (2, 2),
    "dot": (2, 2),
    "outer": (2, 2),
    "diag": (1, 1),
}
"""Name -> (fewest, most) arguments. The vector functions `softmax`, `entropy`, `dot`, ... take
whole vectors.
"""
