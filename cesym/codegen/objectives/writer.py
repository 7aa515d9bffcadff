"""Modules for objectives: the functions of the loss of a sample, and what sums them up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from cesym.codegen import jax, numpy, torch
from cesym.codegen.assembly import joined, support
from cesym.codegen.functions import Functions
from cesym.codegen.objectives.forms import Objective
from cesym.codegen.objectives.selftests import self_test
from cesym.codegen.objectives.words import docstring, of_function
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise import module as module_of_rows
from cesym.codegen.rowwise.kernels import Kernel
from cesym.codegen.rowwise.programs import program
from cesym.codegen.rowwise.targets import LIBRARIES
from cesym.codegen.words import Words
from cesym.errors import UnsupportedTerm

NAMES = ("hessian_product", "objective", "objective_and_gradient")
"""The functions of every objective."""

SAMPLES: Mapping[str, Callable[[Functions, Words | None], str]] = MappingProxyType(
    {"numpy": numpy.module, "torch": torch.module, "jax": jax.module}
)
"""Target -> what writes the functions of the loss of a sample that is a number."""

FILES: Mapping[str, str] = MappingProxyType(
    {"logistic regression": "objective_logistic", "softmax regression": "objective_softmax"}
)
"""Objective -> the file with its functions."""

MATRICES: Mapping[str, str] = MappingProxyType(
    {
        "numpy": "[np.asarray(array) for array in arrays]",
        "torch": "list(arrays)",
        "jax": "[jnp.asarray(array) for array in arrays]",
    }
)
"""Target -> arrays of what is given."""

TARGETS = tuple(SAMPLES)
"""Every target that has objectives."""

ALONG = program("share(z)*(v - sum(share(z)*v))")
"""The second derivatives of the cross-entropy of a softmax, times a row v."""


def module(found: Objective, target: str, *, documented: bool) -> str:
    """The text of a module for an objective. Raises UnsupportedTerm for other targets.

    >>> from cesym.codegen.objectives.forms import objective_of
    >>> from cesym.derivation import derive
    >>> found = objective_of(derive("logistic-regression"))
    >>> "def hessian_product(" in module(found, "torch", documented=False)
    True
    """
    if target not in TARGETS:
        raise UnsupportedTerm(
            "the target {target} has no objectives of training",
            remedy="one of: {targets}",
            target=target,
            targets=", ".join(TARGETS),
        )
    sample = _sample(found, target)
    listed = ", ".join(f'"{name}"' for name in NAMES)
    head, _, rest = sample.partition("__all__ = ")
    body = rest.partition("]")[2]
    head = f"{head}__all__ = [{listed}]"
    parts = [head, _functions(found, target, documented=documented), body]
    if documented:
        parts[0] = f"{docstring(found, target)}\n\n{_with_math(head)}"
        parts.append(self_test(found, target))
    return joined(parts)


def _with_math(head: str) -> str:
    """The imports, with that of math."""
    if "import math\n" in head:
        return head
    first = "import functools\n" if "import functools\n" in head else ""
    return head.replace(first, f"{first}import math\n", 1) if first else f"import math\n{head}"


def _sample(found: Objective, target: str) -> str:
    """The functions of the loss of a sample."""
    if isinstance(found.sample, RowLoss):
        also: dict[str, Kernel] = {"_along": (("z", "v"), (ALONG,))}
        return module_of_rows(found.sample, target, documented=False, also=also)
    return SAMPLES[target](found.sample, None)


def _functions(found: Objective, target: str, *, documented: bool) -> str:
    library = LIBRARIES[target]
    rows = isinstance(found.sample, RowLoss)
    words = {
        "ARRAY": library.array,
        "GIVEN": library.given,
        "NUMBER": library.number,
        "RESULT": library.result,
        "FUSED": _fused(target, rows=rows),
    }
    text = support(FILES[found.form.name])
    text = re.sub(r"\b(ARRAY|GIVEN|NUMBER|RESULT|FUSED)\b", lambda word: words[word[0]], text)
    for name, mark in zip(NAMES, ("PRODUCT", "OBJECTIVE", "GRADIENT"), strict=True):
        quoted = f'    """{mark}"""'
        written = of_function(found, name) if documented else ""
        text = text.replace(quoted, written) if written else text.replace(f"{quoted}\n", "")
    parts = [
        text,
        f"def _matrices(*arrays: Any) -> list[Any]:\n    return {MATRICES[target]}",
    ]
    return joined(parts)


def _fused(target: str, *, rows: bool) -> str:
    """The call that gives losses and errors, in one pass where there is one."""
    given = "_scores(X, W, b), target" if rows else "y, _scores(X, w, b)"
    if target == "numpy" and rows:  # in float64
        return "loss_and_gradient(np.asarray(_scores(X, W, b), np.float64), target)"
    if target == "numpy":
        return f"loss_and_gradient({given})"
    return f"(f({given}) for f in (loss, gradient))"
