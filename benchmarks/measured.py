"""Measure every scalar function of the library and of the families, in every target.

    python benchmarks/measured.py                     the table, as it would be
    python benchmarks/measured.py --only focal        of one page or family, beside the other rows
    python benchmarks/measured.py --write             keep it: exported code states what it says

For each function, target, setting and format: the largest error at N points from everywhere in the
domain for which its error is stated, in ulp of what it is stated in. The truth is the proved form
in Arb balls, rounded correctly.
"""

import argparse
import json
import math
from collections.abc import Iterator

import numpy as np
from rich.console import Console

from cesym.codegen import SETTINGS, TARGETS, lambdify
from cesym.codegen.functions import Functions, functions_of
from cesym.codegen.measured import TABLE, key
from cesym.codegen.measuring.calling import FORMATS_OF, USUAL, call
from cesym.codegen.measuring.promises import promise_of
from cesym.codegen.objectives import objective_of
from cesym.codegen.rowwise import row_loss_of
from cesym.derivation import Derivation, derive
from cesym.derivation.families import FAMILIES
from cesym.derivation.library import entries
from cesym.errors import UnsupportedTerm
from cesym.terms.printing import plain

DTYPES = ("float64", "float32")
SEED = 20_261_129

Table = dict[str, dict[str, dict[str, float]]]


def names() -> tuple[str, ...]:
    """The pages, then the families that have none."""
    return tuple(dict.fromkeys([*(entry.name for entry in entries("en")), *sorted(FAMILIES)]))


def scalar(derivation: Derivation) -> Functions | None:
    """What it exports, if these are functions of numbers."""
    if not derivation.exports:
        return None
    try:
        if objective_of(derivation) or row_loss_of(derivation):
            return None
        return functions_of(derivation)
    except UnsupportedTerm:
        return None


def systems() -> Iterator[tuple[str, str | None]]:
    """Every target, and every setting of those that have some."""
    for target in TARGETS:
        for setting in SETTINGS.get(target, (None,)):
            yield target, setting


def measure(derivation: Derivation, functions: Functions, n: int, table: Table) -> Iterator[str]:
    """Add to the table what is found of a page, and say it, a line for each system."""
    promises = {
        (function.name, dtype): promise_of(function, functions, n, SEED, dtype)
        for function in functions.functions
        for dtype in DTYPES
    }
    for target, setting in systems():
        try:
            module = lambdify(derivation, target=target, setting=setting)
        except UnsupportedTerm as refused:
            yield f"{derivation.name}, {key(target, setting)}: {refused}"
            continue
        told = []
        for function in functions.functions:
            form = plain(function.form, functions.context)
            row = table.setdefault(form, {}).setdefault(key(target, setting), {})
            for dtype in DTYPES:
                if dtype not in FORMATS_OF.get(target, USUAL):
                    continue
                promise = promises[function.name, dtype]
                kept = promise.looked_at(target)
                computed = call(module, target, function.name, promise.at, dtype)
                found = float(np.max(promise.errors(computed)[kept], initial=0))
                row[dtype] = max(row.get(dtype, 0.0), rounded_up(found))
                told.append(f"{function.name} {dtype} {found:.4g} ({kept.sum()})")
        yield f"{derivation.name}, {key(target, setting)}: {', '.join(told)}"


def rounded_up(error: float) -> float:
    """To three digits, upwards; nan and infinity are not hidden."""
    if not 0 < error < math.inf:
        return error
    unit = 10.0 ** (math.floor(math.log10(error)) - 2)
    return float(f"{math.ceil(error / unit) * unit:.3g}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=2_000, help="points of each function")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="pages and families")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    return parser.parse_args()


def main() -> None:
    asked, console = arguments(), Console(stderr=True)
    known = json.loads(TABLE.read_text("utf-8"))["forms"] if asked.only else {}
    table: Table = {}
    with console.status("measuring") as status:
        chosen = asked.only or names()
        for place, name in enumerate(chosen, 1):
            status.update(f"{name}, {place} of {len(chosen)}")
            derivation = derive(name)
            if functions := scalar(derivation):
                for line in measure(derivation, functions, asked.n, table):
                    print(line, flush=True)
    if asked.write:
        forms = dict(sorted({**known, **table}.items()))
        text = json.dumps({"points": asked.n, "forms": forms}, indent=1)
        TABLE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
