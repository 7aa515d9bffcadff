"""Modules for objectives: the functions of the loss of a sample, and what sums them up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from cesym.codegen import jax, numba, numpy, python, torch
from cesym.codegen.assembly import joined, support
from cesym.codegen.functions import Functions
from cesym.codegen.objectives.forms import Objective
from cesym.codegen.objectives.selftests import self_test
from cesym.codegen.objectives.words import docstring, of_function
from cesym.codegen.rowwise import RowLoss
from cesym.codegen.rowwise import module as module_of_rows
from cesym.codegen.rowwise.table import ALONG
from cesym.codegen.rowwise.targets import LIBRARIES
from cesym.codegen.words import Words
from cesym.errors import UnsupportedTerm

NAMES = ("hessian_product", "objective", "objective_and_gradient")
"""The functions of every objective."""

SAMPLES: Mapping[str, Callable[[Functions, Words | None], str]] = MappingProxyType(
    {
        "numpy": numpy.module,
        "numba": numba.module,
        "python": python.module,
        "torch": torch.module,
        "jax": jax.module,
    }
)
"""Target -> what writes the functions of the loss of a sample that is a number."""

FILES: Mapping[str, str] = MappingProxyType(
    {"logistic regression": "objective_logistic", "softmax regression": "objective_softmax"}
)
"""Objective -> the file with its functions. Targets that are no `LIBRARIES` have their own."""

SHAPES = "objective_shapes"
"""The file with what looks at the shapes of arrays."""

ARRAYS = ("numba",)
"""Targets with a file of their own whose functions take arrays."""

MATRICES: Mapping[str, str] = MappingProxyType(
    {
        "numpy": "[np.asarray(array) for array in arrays]",
        "torch": "list(arrays)",
        "jax": "[jnp.asarray(array) for array in arrays]",
    }
)
"""Library -> arrays of what is given."""

TAKE: Mapping[str, str] = MappingProxyType(
    {
        "numpy": "np.take_along_axis",
        "torch": "torch.take_along_dim",
        "jax": "jnp.take_along_axis",
    }
)
"""Library -> what takes an entry of each row."""

QUIET: Mapping[str, str] = MappingProxyType({"numpy": '@np.errstate(all="ignore")\n'})
"""Library that warns of infinite results -> what makes a function silent, as all others are."""

IMPORTS: Mapping[str, str] = MappingProxyType(
    {
        "numba": "from collections.abc import Callable, Iterable, {more}Sequence",
        "python": "from collections.abc import Iterable, Sequence",
    }
)
"""Target of its own -> the import of the types of what is given."""

TARGETS = tuple(SAMPLES)
"""Every target in Python that has objectives."""


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
    head = f"{_with_types(head, target)}__all__ = [{listed}]"
    parts = [head, _functions(found, target, documented=documented), body]
    if documented:
        parts[0] = f"{docstring(found, target)}\n\n{_with_any(_with_math(head))}"
        parts.append(self_test(found, target))
    return joined(parts)


def _with_types(head: str, target: str) -> str:
    """The imports, with those of the types of what is given."""
    if target not in IMPORTS:
        return head
    more = "Mapping, " if "Mapping, " in head else ""
    line = IMPORTS[target].format(more=more)
    if "from collections.abc import " in head:
        return re.sub(r"from collections\.abc import .*", line, head, count=1)
    return head.replace("import math\n", f"import math\n{line}\n", 1)


def _with_any(head: str) -> str:
    """The imports, with that of Any, which tests need."""
    if "import Any" in head:
        return head
    line = IMPORTS["python"]
    return head.replace(line, f"{line}\nfrom typing import Any", 1)


def _with_math(head: str) -> str:
    """The imports, with that of math."""
    if "import math\n" in head:
        return head
    first = "import functools\n" if "import functools\n" in head else ""
    return head.replace(first, f"{first}import math\n", 1) if first else f"import math\n{head}"


def _sample(found: Objective, target: str) -> str:
    """The functions of the loss of a sample."""
    if isinstance(found.sample, RowLoss):
        return module_of_rows(found.sample, target, documented=False, also=(ALONG,))
    return SAMPLES[target](found.sample, None)


def _functions(found: Objective, target: str, *, documented: bool) -> str:
    name = FILES[found.form.name]
    if target in LIBRARIES:
        text = _of_library(support(name), target, rows=isinstance(found.sample, RowLoss))
    else:
        shapes = [support(SHAPES)] if target in ARRAYS else []
        text = joined([support(f"{name}_{target}"), support(f"objective_{target}"), *shapes])
    for name, mark in zip(NAMES, ("PRODUCT", "OBJECTIVE", "GRADIENT"), strict=True):
        quoted = f'    """{mark}"""'
        written = of_function(found, name) if documented else ""
        text = text.replace(quoted, written) if written else text.replace(f"{quoted}\n", "")
    return text


def _of_library(text: str, target: str, *, rows: bool) -> str:
    """The functions in the words of a library."""
    library = LIBRARIES[target]
    words = {
        "ARRAY": library.array,
        "GIVEN": library.given,
        "NUMBER": library.number,
        "RESULT": library.result,
        "FUSED": _fused(target, rows=rows),
        "TAKE": TAKE[target],
        "LIB": library.words["LIB"],
        "ARGMAX": library.words["ARGMAX"],
    }
    text = text.replace("QUIET\n", QUIET.get(target, ""))
    text = re.sub(rf"\b({'|'.join(words)})\b", lambda word: words[word[0]], text)
    made = f"def _matrices(*arrays: Any) -> list[Any]:\n    return {MATRICES[target]}"
    return joined([text, made, support(SHAPES)])


def _fused(target: str, *, rows: bool) -> str:
    """The call that gives losses and errors, in one pass where there is one."""
    given = "_scores(X, W, b), target" if rows else "y, _scores(X, w, b)"
    if target == "numpy" and rows:  # in float64
        return "loss_and_gradient(np.asarray(_scores(X, W, b), np.float64), target)"
    if target == "numpy":
        return f"loss_and_gradient({given})"
    return f"(f({given}) for f in (loss, gradient))"
