"""Modules for losses of rows: one text for all libraries, in which a table puts their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from cesym.codegen.assembly import helpers, joined, support
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.words import docstring, of_function
from cesym.errors import UnsupportedTerm

NUMPY = {
    "ARRAY": "Any",
    "LIB": "np",
    "EXP": "np.exp",
    "PLACES": "np.arange(z.shape[-1])",
    "ARGMAX": "np.argmax(z, axis=-1)[..., None]",
    "MAX": "z.max(-1, keepdims=True)",
    "CLASSES": 'wanted.dtype.kind == "i"',
    "CONCATENATE": "np.concatenate",
    "NAN": "np.nan",
}
TORCH = {
    "ARRAY": "Tensor",
    "LIB": "torch",
    "EXP": "torch.exp",
    "PLACES": "torch.arange(z.shape[-1], device=z.device)",
    "ARGMAX": "z.argmax(-1, keepdim=True)",
    "MAX": "z.amax(-1, keepdim=True)",
    "CLASSES": "not wanted.is_floating_point()",
    "CONCATENATE": "torch.cat",
    "NAN": "torch.nan",
}
JAX = {
    "ARRAY": "Array",
    "LIB": "jnp",
    "EXP": "_exp",
    "PLACES": "jnp.arange(z.shape[-1])",
    "ARGMAX": "jnp.argmax(z, axis=-1)[..., None]",
    "MAX": "jnp.max(z, axis=-1, keepdims=True)",
    "CLASSES": "jnp.issubdtype(wanted.dtype, jnp.integer)",
    "CONCATENATE": "jnp.concatenate",
    "NAN": "jnp.nan",
}

TARGETS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"numpy": NUMPY, "torch": TORCH, "jax": JAX}
)
"""Target -> what stands for the capital words of the common text."""

IMPORTS: Mapping[str, str] = MappingProxyType(
    {
        "numpy": "from typing import Any\n\nimport numpy as np\nimport numpy.typing as npt\n",
        "torch": "from typing import Any\n\nimport torch\nfrom torch import Tensor\n",
        "jax": (
            "from collections.abc import Sequence\nfrom typing import Any\n\n"
            "import jax\nimport jax.numpy as jnp\nfrom jax import Array\n"
            "from jax.custom_derivatives import SymbolicZero\nfrom jax.typing import ArrayLike\n"
        ),
    }
)


def module(found: RowLoss, target: str, *, documented: bool) -> str:
    """The text of a module for a loss of rows. Raises UnsupportedTerm for other targets.

    >>> from cesym.codegen.rowwise.forms import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> "np.log1p(rest)" in module(found, "numpy", documented=False)
    True
    """
    if target not in TARGETS:
        raise UnsupportedTerm(
            "the target {target} has no losses of rows",
            remedy="one of: {targets}",
            target=target,
            targets=", ".join(TARGETS),
        )
    names = TARGETS[target]
    common = re.sub(r"\b[A-Z]{3,}\b", lambda word: names[word[0]], support("rows"))
    own = support(f"rows_{target}")
    if documented:
        own = own.replace('    """Return the loss of each row."""', of_function(found, "loss"))
        own = own.replace(
            '    """Return the gradient of each row."""', of_function(found, "gradient")
        )
    else:
        own = re.sub(r'    """Return the (loss|gradient) of each row."""\n', "", own)
    exported = sorted(found.forms)
    parts = [own, common]
    if target == "jax":
        parts += helpers(support("jax"), "_exp(")
    listed = ", ".join(f'"{name}"' for name in exported)
    head = f"{IMPORTS[target]}\n__all__ = [{listed}]"
    if documented:
        head = f"{docstring(found, target)}\n\n{head}"
        parts.append(
            SELF_TEST.replace("BEFORE", BEFORE.get(target, "")).replace("MAKE", MAKE[target])
        )
    return joined([head, *parts])


BEFORE = {"jax": '    jax.config.update("jax_enable_x64", True)\n'}
"""What a target needs before its test."""

MAKE = {
    "numpy": "np.array(rows), np.array(classes)",
    "torch": "torch.tensor(rows, dtype=torch.float64), torch.tensor(classes)",
    "jax": "jnp.asarray(rows), jnp.asarray(classes)",
}

SELF_TEST = '''\
def _test_itself() -> None:
    """Confident answers: the loss of two logits is log1p(e^-gap), right or wrong."""
    rows, classes = [[40.0, 0.0], [0.0, 700.0], [3.0, 3.0]], [0, 0, 1]
    z, target = MAKE
    found = [float(x) for x in loss(z, target)]
    expected = [4.248354255291589e-18, 700.0, 0.6931471805599453]
    slopes = [float(x) for x in gradient(z, target)[..., 0]]
    expected += [-4.248354255291589e-18, -1.0, 0.5]
    for ours, exact in zip(found + slopes, expected, strict=True):
        if not abs(ours - exact) <= 1e-15 * abs(exact):
            raise SystemExit(f"{ours!r} was computed: expected {exact!r}")
    print(f"{len(expected)} values are right")


if __name__ == "__main__":
BEFORE    _test_itself()
'''
"""The test of a module, run when it is started as a program."""
