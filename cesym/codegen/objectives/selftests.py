"""The part of a module for an objective that tests it when it is run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from cesym.codegen.objectives.forms import Objective
from cesym.codegen.rowwise.selftests import BEFORE, laid_out
from cesym.codegen.rowwise.truth import Value, exact

SAMPLES: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {
        "logistic regression": {
            "X": ((1.0, -2.0), (0.5, 40.0), (-3.0, 0.25)),
            "y": (1.0, 0.0, 0.25),
            "w": (0.75, -1.0),
            "b": 0.5,
            "penalty": 0.125,
        },
        "softmax regression": {
            "X": ((1.0, -2.0), (0.5, 40.0), (-3.0, 0.25)),
            "P": ((1.0, 0.0), (0.0, 1.0), (0.25, 0.75)),
            "W": ((0.75, -0.5), (-1.0, 0.25)),
            "b": (0.5, -0.25),
        },
    }
)
"""Objective -> values of what is declared: three samples of two features."""

SIZES = {"N": 3, "D": 2, "K": 2}

MAKE = {
    "numpy": "np.array(x)",
    "torch": "torch.tensor(x, dtype=torch.float64)",
    "jax": "jnp.asarray(x)",
    "numba": "np.array(x)",
    "python": "x",
}
"""Target -> an array that holds x."""

LISTED = {"python": "_listed(found)"}
"""Target -> the numbers in what is found, for those that have no arrays."""

FLAT = "[x for part in found for x in part.reshape(-1).tolist()]"
"""The same for the others."""

MORE = {
    "python": """\
def _listed(found: Any) -> list[float]:
    if isinstance(found, (list, tuple)):
        return [x for part in found for x in _listed(part)]
    return [found]


"""
}
"""Target -> what its test needs beside."""


def self_test(found: Objective, target: str) -> str:
    """The text that holds the objective and its gradient against exact values."""
    given = SAMPLES[found.form.name]
    results = exact_results(found)
    arrays = {name: value for name, value in given.items() if name != "penalty"}
    option = ", penalty=0.125" if "penalty" in given else ""
    text = TEST.replace("BEFORE", BEFORE.get(target, "")).replace("MAKE", MAKE[target])
    text = text.replace("LISTED", LISTED.get(target, FLAT)).replace("MORE", MORE.get(target, ""))
    table, truth = "_GIVEN: tuple[Any, ...] = ", "_EXACT: tuple[float, ...] = "
    table += laid_out(tuple(arrays.values()), 0, len(table))
    truth += laid_out(tuple(results), 0, len(truth))
    return f"{table}\n{truth}\n{text.replace('OPTION', option)}"


def exact_results(found: Objective) -> list[float]:
    """The objective and the entries of its gradients at the samples, exact and rounded."""
    given = {**SAMPLES[found.form.name], **SIZES}
    values = {found.names.get(name, name): value for name, value in given.items()}
    results: list[float] = []
    for name in ("objective", "gradient", "bias_gradient"):
        results += _entries(found, name, values)
    return results


def _entries(found: Objective, name: str, values: Mapping[str, Value]) -> list[float]:
    """The exact values of every entry, row by row."""
    by = found.form.slopes.get(name, "")
    indices = [found.names[index] for index in re.findall(r"\w+", by.partition("[")[2])]
    places = product((1, 2), repeat=len(indices))
    return [
        exact(found.forms[name], values, **dict(zip(indices, place, strict=True)))
        for place in places
    ]


TEST = '''\
"""Arguments, and the objective and the entries of its gradients, exact and rounded."""


def _array(x: Any) -> Any:
    return MAKE


MOREdef _test_itself() -> None:
    found = objective_and_gradient(*map(_array, _GIVEN)OPTION)
    values = LISTED
    for ours, truth in zip(values, _EXACT, strict=True):
        if not abs(ours - truth) <= 16 * math.ulp(truth):
            raise SystemExit(f"{ours!r} was computed: expected {truth!r}")
    print(f"{len(values)} values are right")


if __name__ == "__main__":
BEFORE    _test_itself()
'''
