"""Sums over samples in C: blocks of results that never leave the cache, added with their errors."""

from __future__ import annotations

from cesym.codegen.c.programs import Kernel, Type
from cesym.codegen.functions import REDUCED

MOST_PARTS = 64
"""More threads than that do not share a sum."""

BLOCK = 1024


def is_summed(kernel: Kernel) -> bool:
    """Whether sums of it are offered."""
    return kernel.name in REDUCED


def declaration(kernel: Kernel, form: Type) -> str:
    """The first line of the function that returns the sum."""
    inputs = [f"const {form.real} *{name}" for name in kernel.inputs]
    listed = ", ".join(["size_t n", *inputs, f"const {form.real} *weight", "int threads"])
    return f"double {kernel.public}_sum_{form.name}({listed})"


def summed(kernel: Kernel, form: Type) -> str:
    """The sum of weight times result, or of results where weight is NULL."""
    moved = ", ".join(f"{name} + i" for name in kernel.inputs)
    return f"""\
{declaration(kernel, form)}
{{
    cesym_lanes sums[{MOST_PARTS}] = {{{{{{0.0}}, {{0.0}}}}}};
    int parts = threads > 1 && n >= CESYM_MANY ? threads : 1;
    if (parts > {MOST_PARTS})
        parts = {MOST_PARTS};
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++) {{
        {form.real} found[{BLOCK}];
        double block[{BLOCK}];
        size_t end = cesym_cut(n, part + 1, parts);
        for (size_t i = cesym_cut(n, part, parts); i < end; i += {BLOCK}) {{
            size_t m = end - i < {BLOCK} ? end - i : {BLOCK};
            run_{kernel.name}_{form.name}(m, {moved}, found, 0);
            for (size_t j = 0; j < m; j++)
                block[j] = found[j];
            for (size_t j = 0; weight && j < m; j++) {{
                double w = weight[i + j];
                block[j] = w == 0 && block[j] > DBL_MAX ? 0.0 : w * block[j];
            }}
            cesym_gather(&sums[part], block, m);
        }}
    }}
    return cesym_total(sums, parts);
}}"""
