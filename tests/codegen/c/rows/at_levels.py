"""Losses of rows in C with the loops of any processor, called by ctypes."""

import ctypes
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from codegen.c.exported import LEVELS, at_any_level, has_avx512, use_level
from derived import derived

from cesym.codegen import export

PAGE = "categorical-cross-entropy"
PREFIX = "categorical_cross_entropy"
ENDINGS = {np.dtype(np.float64): "f64", np.dtype(np.float32): "f32"}
HERE = [level for level in LEVELS if level < 2 or has_avx512()]
"""Levels that this machine can run."""

NO_CLASS = -1

_POINTER, _SIZE, _DOUBLE = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_double


@cache
def library(*flags, setting="accurate"):
    """The library with every loop; `flags` change its limits."""
    folder = Path(mkdtemp(prefix="cesym-test-"))
    text = export(derived(PAGE), to="c", setting=setting)
    return at_any_level(text, folder / "rows.so", *flags)


def both(level, z, target, *, smoothing=0.0, flags=(), threads=1, setting="accurate"):
    """Losses and gradients, for classes if the target has integers, else for probabilities."""
    loaded = use_level(library(*flags, setting=setting), level)
    loss, slopes = np.empty(len(z), z.dtype), np.empty_like(z)
    of_class = target.dtype.kind == "i"
    given = np.ascontiguousarray(target, np.int64 if of_class else z.dtype)
    name = f"{PREFIX}_loss_and_gradient{'_of_class' * of_class}_{ENDINGS[z.dtype]}"
    function = getattr(loaded, name)
    ignored = [ctypes.c_int64(NO_CLASS)] if of_class else []
    function.restype = None
    pointers = [_POINTER(a.ctypes.data) for a in (z, given, loss, slopes)]
    function(
        _SIZE(len(z)),
        _SIZE(z.shape[1]),
        *pointers[:2],
        *ignored,
        _DOUBLE(smoothing),
        *pointers[2:],
        ctypes.c_int(threads),
    )
    return loss, slopes
