"""Modules put together: a head, functions, the helpers that they call, and a test of itself."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import product

from cesym.codegen.boundaries import Ends, Point
from cesym.codegen.functions import Function, Functions
from cesym.codegen.layout import bracketed
from cesym.codegen.truth import nearest, nearest_size
from cesym.terms.domains import Declaration, FiniteSet, Interval

SCORES = (-40.5, -1.25, 0.0, 0.75, 38.0)
"""Where a module that tests itself looks at a real argument."""

MOST_CASES = 12

MOST_SHARE = 2.0**20
"""At most so many times more than its value is what an error is counted in, in a self-test."""


def support(target: str) -> str:
    """The helpers of a target, as they are copied into its modules."""
    return files("cesym.codegen").joinpath("support", f"{target}.txt").read_text("utf-8")


def helpers(source: str, text: str) -> list[str]:
    """The functions of `source` that `text` calls, and those that these call, in their order.

    >>> helpers("def f():\\n    g()\\n\\ndef g():\\n    pass\\n\\ndef h():\\n    pass\\n", "f()")
    ['def f():\\n    g()', 'def g():\\n    pass']
    """
    functions = {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    wanted: set[str] = set()
    texts = [text]
    while texts:
        called = set(re.findall(r"(?<!def )\b(_\w+|[a-z]\w*)(?=[(,])", texts.pop()))
        new = called & functions.keys() - wanted
        wanted |= new
        texts += [functions[name] for name in new]
    return [text for name, text in functions.items() if name in wanted]


def joined(parts: Sequence[str]) -> str:
    """Parts of a module with two empty lines between them."""
    return "\n\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def self_test(functions: Functions, ends: Ends, convert: str, before: str = "") -> str:
    """The part of a module that tests it when it is run.

    `convert` makes an argument of the float x; `ends` is what the functions give at the boundary;
    `before` is done first.
    """
    cases = [
        f'("{f.name}", {_tuple(point)}, {literal(nearest(f, functions, point))},'
        f" {allowed(f, functions, point)})"
        for f in functions.functions
        for point in inner_points(f, functions)
    ]
    cases += [
        f'("{name}", {_tuple(point)}, {literal(value)}, 0)'
        for name, found in ends.items()
        for point, value in found
    ]
    kind = "tuple[tuple[str, tuple[float, ...], float, int], ...]"
    table = bracketed(f"_CASES: {kind} = (", cases, ")")
    return f'''\
{table}
"""Functions, arguments, exact values rounded, and errors allowed, in ulp."""


def _argument(x: float) -> Any:
    return {convert}


def _test_itself() -> None:
    for name, arguments, exact, ulps in _CASES:
        found = float(globals()[name](*map(_argument, arguments)))
        if found != exact and not abs(found - exact) <= ulps * math.ulp(exact):
            raise SystemExit(f"{{name}}{{arguments}} is {{found!r}}: expected {{exact!r}}")
    print(f"{{len(_CASES)}} values are right")


if __name__ == "__main__":
{before}    _test_itself()'''


def inner_points(function: Function, functions: Functions) -> Iterator[Point]:
    """Points of the domain at which a module tests itself."""
    hard = function.shown.hard
    choices = [_values(declaration, hard=hard) for declaration in functions.arguments]
    every = [*product(*choices)]
    step = max(1, len(every) // MOST_CASES)
    for point in every[::step]:  # and not where nearly everything cancels
        if share(function, functions, point) <= MOST_SHARE:
            yield point


def _values(declaration: Declaration, *, hard: tuple[str, ...]) -> list[float]:
    """Some values of an argument; only the ends where only those are shown to be accurate."""
    domain = declaration.domain
    if isinstance(domain, FiniteSet):
        return [float(value) for value in domain.values]
    assert isinstance(domain, Interval)
    low = -math.inf if domain.lower is None else float(domain.lower)
    high = math.inf if domain.upper is None else float(domain.upper)
    if math.isfinite(low) and math.isfinite(high):
        inner = [] if declaration.name in hard else [low + (high - low) * 0.3125]
        ends = ((low, domain.lower_open), (high, domain.upper_open))
        return [*(end for end, left_out in ends if not left_out), *inner]
    return [x for x in SCORES if low < x < high] or [max(low, min(high, 1.0))]


def _tuple(point: Point) -> str:
    return f"({', '.join(map(literal, point))}{',' if len(point) == 1 else ''})"


def share(function: Function, functions: Functions, point: Point) -> float:
    """How many times larger at a point what the error is counted in is than the value: in ulps."""
    exact, size = (of(function, functions, point) for of in (nearest, nearest_size))
    return math.ulp(size) / math.ulp(exact) if math.isfinite(exact) else math.inf


def allowed(function: Function, functions: Functions, point: Point) -> int:
    """How many ulp of its value a function may be off at a point."""
    return math.ceil(function.shown.ulps * share(function, functions, point))


def literal(value: float) -> str:
    """A float as Python code that imports math."""
    if math.isfinite(value):
        return repr(value)
    return {math.inf: "math.inf", -math.inf: "-math.inf"}.get(value, "math.nan")
