"""What tells the libraries apart in code for losses of rows: tables of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cesym.codegen.nodes import Node
from cesym.codegen.rowwise.programs import OPERATIONS
from cesym.codegen.spelling import ARITHMETIC, ATOM, TEST, Spelling, calls

FIRST = "first"
"""The operation that makes one number of a row of one."""

HELPERS: Mapping[str, Spelling] = {
    **ARITHMETIC,
    **calls({name: f"_{name}" for name in (*OPERATIONS, "rows")}),
    **calls({"sum": "_row_sum"}),
    FIRST: ("{}[..., 0]", ATOM, (ATOM,)),
}
"""Operation -> the call of its helper."""


def _of_library(lib: str, softmax: str, log_softmax: str) -> dict[str, Spelling]:
    return {
        **HELPERS,
        **calls({name: f"{lib}.{name}" for name in ("log", "log1p")}),
        "softmax": (softmax, ATOM, (TEST,)),
        "log_softmax": (log_softmax, ATOM, (TEST,)),
    }


@dataclass(frozen=True, slots=True)
class RowTarget:
    """A library: what stands for the capital words of `support/rows.txt`, and how it is called.

    `given` is the type of an argument, `number` that of one that may be a plain number, and
    `result` that of what public functions return.
    """

    words: Mapping[str, str]
    spelling: Mapping[str, Spelling]
    imports: str
    given: str
    number: str
    weight: str
    result: str

    def type_of(self, kind: str) -> str:
        """The type of a parameter: a "number", or one for each row; a "float"; else an array."""
        return {"number": self.number, "float": "float"}.get(kind, self.given)

    @property
    def array(self) -> str:
        """The type of an array."""
        return self.words["ARRAY"]


NUMPY = RowTarget(
    {
        "ARRAY": "Any",
        "LIB": "np",
        "EXP": "np.exp",
        "PLACES": "np.arange(x.shape[-1])",
        "ARGMAX": "np.argmax(z, axis=-1)[..., None]",
        "MAX": "z.max(-1, keepdims=True)",
        "CLASSES": 'p.dtype.kind == "i"',
        "CONCATENATE": "np.concatenate",
        "NAN": "np.nan",
    },
    _of_library("np", "_softmax({})", "_log_softmax({})"),
    "import math\nfrom collections.abc import Callable, Sequence\nfrom typing import Any\n\n"
    "import numpy as np\nimport numpy.typing as npt\n",
    *("npt.ArrayLike", "npt.ArrayLike", "npt.ArrayLike", "Any"),
)
TORCH = RowTarget(
    {
        "ARRAY": "Tensor",
        "LIB": "torch",
        "EXP": "torch.exp",
        "PLACES": "torch.arange(x.shape[-1], device=x.device)",
        "ARGMAX": "z.argmax(-1, keepdim=True)",
        "MAX": "z.amax(-1, keepdim=True)",
        "CLASSES": "not p.is_floating_point()",
        "CONCATENATE": "torch.cat",
        "NAN": "torch.nan",
    },
    _of_library("torch", "torch.softmax({}, -1)", "torch.log_softmax({}, -1)"),
    "import functools\nimport math\nfrom collections.abc import Callable\n"
    "from typing import Any, NoReturn\n\n"
    "import torch\nfrom torch import Tensor\n",
    *("Tensor", "Tensor | float", "Tensor | float", "Tensor"),
)
JAX = RowTarget(
    {
        "ARRAY": "Array",
        "LIB": "jnp",
        "EXP": "_exp",
        "PLACES": "jnp.arange(x.shape[-1])",
        "ARGMAX": "jnp.argmax(z, axis=-1)[..., None]",
        "MAX": "jnp.max(z, axis=-1, keepdims=True)",
        "CLASSES": "jnp.issubdtype(p.dtype, jnp.integer)",
        "CONCATENATE": "jnp.concatenate",
        "NAN": "jnp.nan",
    },
    _of_library("jnp", "jax.nn.softmax({}, axis=-1)", "jax.nn.log_softmax({}, axis=-1)"),
    "import math\nfrom collections.abc import Callable, Sequence\n"
    "from typing import Any, NoReturn\n\n"
    "import jax\nimport jax.numpy as jnp\nfrom jax import Array\n"
    "from jax.custom_derivatives import SymbolicZero\nfrom jax.typing import ArrayLike\n",
    *("ArrayLike", "ArrayLike", "ArrayLike", "Array"),
)

LIBRARIES: Mapping[str, RowTarget] = MappingProxyType({"numpy": NUMPY, "torch": TORCH, "jax": JAX})
"""Target that computes whole arrays -> its library."""


def first_of(node: Node) -> Node:
    """The number that a row of one entry holds."""
    return Node(FIRST, (node,))
