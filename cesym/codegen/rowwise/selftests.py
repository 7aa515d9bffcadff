"""The part of a module for losses of rows that tests it when it is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from cesym.codegen.layout import WIDTH
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.truth import Value, exact

SAMPLES: Mapping[str, Sequence[Value]] = MappingProxyType(
    {
        "z": ((40.0, 0.0, -3.0), (-1.5, 0.25, 1.0), (0.0, 700.0, 690.0)),
        "w": ((39.5, 0.0, -2.0), (-1.5, 0.25, 1.0000000001), (5.0, 1.0, -2.0)),
        "p": ((0.5, 0.4375, 0.0625), (0.25, 0.25, 0.5), (0.0625, 0.9375, 2.0**-40)),
        "q": ((0.5, 0.25, 0.25), (0.25, 0.2500000001, 0.4999999999), (0.5, 0.25, 0.25)),
        "T": (1.0, 3.0, 0.3),
        "c": (1, 2, 1),
        "a": (0.0, 0.125, 1.0),
    }
)
"""Values of the arguments, under the names of the table: near answers, far ones, sure ones."""

BEFORE = {"jax": '    jax.config.update("jax_enable_x64", True)\n'}
"""What a target needs before its test."""

MAKE = {
    "numpy": "np.array(x)",
    "torch": "torch.tensor(x, dtype=torch.int64 if isinstance(x, int) else torch.float64)",
    "jax": "jnp.asarray(x)",
    "numba": "np.array(x)",
    "python": "x",
}
"""Target -> an argument that holds x."""

LISTED = {"python": "found if isinstance(found, list) else [found]"}
"""Target -> the list of the results in `found`, for those that have no arrays."""

ULPS = 8
"""Errors allowed, which are meant to show what is broken, not to measure."""


def self_test(found: RowLoss, target: str) -> str:
    """The text that tests every function at the samples."""
    kind = "tuple[tuple[str, tuple[Any, ...], tuple[float, ...]], ...]"
    table = f"_CASES: {kind} = {laid_out(tuple(cases(found)), 0)}"
    test = TEST.replace("BEFORE", BEFORE.get(target, "")).replace("MAKE", MAKE[target])
    test = test.replace("LISTED", LISTED.get(target, "found.reshape(-1).tolist()"))
    return f"{table}\n{test.replace('ULPS', str(ULPS))}"


def laid_out(value: object, indent: int, before: int = 0) -> str:
    """A value as formatters of Python code lay it out: on one line, or with a line for each part.

    The line is indented so far, and as many characters stand `before` the value.

    >>> laid_out((1, "x"), 0)
    '(1, "x")'
    """
    if not isinstance(value, tuple):
        return f'"{value}"' if isinstance(value, str) else repr(value)
    parts = ", ".join(laid_out(part, -10_000) for part in value)
    line = f"({parts}{',' * (len(value) == 1)})"
    if len(line) + indent + before + 1 <= WIDTH:
        return line
    margin = " " * (indent + 4)
    lines = "\n".join(f"{margin}{laid_out(part, indent + 4)}," for part in value)
    return f"(\n{lines}\n{' ' * indent})"


def cases(found: RowLoss) -> Iterator[tuple[str, tuple[Value, ...], tuple[float, ...]]]:
    """Every function at the samples: its name, arguments, and exact values rounded."""
    declared = [name for given in found.form.inputs for name in given.declared]
    for place in range(3):
        given = {name: SAMPLES[name][place] for name in declared}
        values = {found.names[name]: value for name, value in given.items()}
        classes = {found.names[n]: v for n, v in given.items() if isinstance(v, int)}
        for name, form in found.forms.items():
            entries = (1,) if name in found.form.numbers else (1, 2, 3)
            places = dict.fromkeys(found.places, 1)
            results = tuple(
                exact(
                    form, {**values, found.names["K"]: 3}, **places, **classes, **{found.entry: j}
                )
                for j in entries
            )
            arguments = (v - 1 if isinstance(v, int) else v for v in given.values())
            yield name, tuple(arguments), results


TEST = '''\
"""Functions, arguments, and exact values rounded."""


def _argument(x: Any) -> Any:
    return MAKE


def _test_itself() -> None:
    count = 0
    for name, arguments, exact in _CASES:
        found = globals()[name](*map(_argument, arguments))
        listed = LISTED
        for ours, truth in zip(listed, exact, strict=True):
            if not abs(ours - truth) <= ULPS * math.ulp(truth):
                place = f"{name}{arguments}"
                raise SystemExit(f"{place} holds {ours!r}: expected {truth!r}")
            count += 1
    print(f"{count} values are right")


if __name__ == "__main__":
BEFORE    _test_itself()
'''
