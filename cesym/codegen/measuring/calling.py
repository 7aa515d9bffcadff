"""How each target is called with arrays of a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from cesym.errors import UnsupportedTerm
from cesym.floats.formats import FORMATS
from cesym.floats.ordinals import Floats

Arrays = Sequence[npt.NDArray[Any]]

FORMATS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "numpy": ("float64", "float32", "float16"),
        "python": ("float64",),
        "torch": ("float64", "float32", "float16", "bfloat16"),
        "jax": ("float64", "float32", "float16", "bfloat16"),
    }
)
"""Target -> the formats that it knows. Those that are not named here know float64 and float32."""

USUAL = ("float64", "float32")


def require_format(target: str, name: str) -> None:
    """Raise UnsupportedTerm unless the target knows the format."""
    known = FORMATS_OF.get(target, USUAL)
    if name not in known:
        raise UnsupportedTerm(
            "{target} does not know {format}",
            remedy="one of: {formats}",
            target=target,
            format=name,
            formats=", ".join(known),
        )


def call(
    module: ModuleType,
    target: str,
    name: str,
    arrays: Arrays,
    dtype: str,
    *,
    more: Sequence[float] = (),
) -> Floats:
    """What the function `name` gives for the rows of `arrays`, one after the other.

    Floats are given in the storage of the format, classes as they are; `more` are numbers for all.
    """
    form = FORMATS[dtype]
    stored = [a if a.dtype.kind == "i" else a.astype(form.storage) for a in arrays]

    def function(*given: Any) -> Any:
        return getattr(module, name)(*given, *more)

    return np.asarray(CALLS.get(target, _arrays)(function, stored, dtype))


def _arrays(function: Callable[..., Floats], arrays: Arrays, _dtype: str) -> Floats:
    with np.errstate(all="ignore"):
        return function(*arrays)


def _rows(function: Callable[..., Any], arrays: Arrays, dtype: str) -> Floats:
    rows = zip(*(array.tolist() for array in arrays), strict=True)
    return np.array([function(*row) for row in rows], FORMATS[dtype].storage)


def _torch(function: Callable[..., Any], arrays: Arrays, dtype: str) -> Floats:
    import torch

    kind = getattr(torch, dtype)
    given = (torch.from_numpy(a.copy()) for a in arrays)
    found = function(*(a.to(kind) if a.is_floating_point() else a for a in given))
    return found.to(torch.float32).numpy() if dtype == "bfloat16" else found.numpy()


def _jax(function: Callable[..., Any], arrays: Arrays, dtype: str) -> Floats:
    import jax
    import jax.numpy as jnp

    # float32 as most people use it: without float64 to fall back on.
    with jax.enable_x64(dtype == "float64"):
        given = (jnp.asarray(a, dtype if a.dtype.kind == "f" else None) for a in arrays)
        return np.asarray(jax.jit(function)(*given), FORMATS[dtype].storage)


CALLS: Mapping[str, Callable[..., Floats]] = MappingProxyType(
    {"python": _rows, "torch": _torch, "jax": _jax}
)
"""Targets that do not take NumPy arrays -> how they are called."""
