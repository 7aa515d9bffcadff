"""Functions of arrays that compute row programs, and the helpers that they call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cesym.codegen.assembly import helpers, support
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import Node
from cesym.codegen.rowwise.targets import LIBRARIES, RowTarget

RESULT = "return"
"""A name that no variable has."""

Kernel = tuple[Sequence[str], Sequence[Node]]
"""Arguments of a function of arrays, and the programs of what it returns."""

MORE: Mapping[str, tuple[str, ...]] = MappingProxyType({"numpy": ("rows_blocks",)})
"""Library -> files of further helpers."""


def helpers_of(target: str, text: str) -> list[str]:
    """The helpers that `text` calls, in the words of the target."""
    words = LIBRARIES[target].words
    common = re.sub(r"\b[A-Z]{3,}\b", lambda word: words[word[0]], support("rows"))
    # What a library has of its own stands instead of what all have.
    own = [common, *(support(name) for name in (f"rows_{target}", *MORE.get(target, ())))]
    if target == "jax":
        own += helpers(support("jax"), "_exp(")
    return helpers("\n\n".join(own), text)


def imports_of(library: RowTarget, parts: list[str]) -> str:
    """The imports that are used."""
    text, lines = "\n".join(parts), []
    for line in library.imports.splitlines():
        start, _, names = line.rpartition("import ")
        used = [n for n in names.split(", ") if n and re.search(rf"\b{n.split()[-1]}\b", text)]
        if used or not line:
            lines.append(f"{start}import {', '.join(used)}" if line else "")
    return "\n".join(lines) + "\n"


def kernel_text(
    name: str, arguments: Sequence[str], nodes: Sequence[Node], library: RowTarget
) -> str:
    """A function of arrays that computes a program, or several that share their work."""
    one, kinds = len(nodes) == 1, ", ".join([library.array] * len(nodes))
    head = bracketed(
        f"def {name}(",
        [f"{a}: {library.array}" for a in arguments],
        f") -> {library.array if one else f'tuple[{kinds}]'}:",
    )
    results = {RESULT: nodes[0]} if one else {f"result_{n}": node for n, node in enumerate(nodes)}
    lines = body(results, {*arguments, "v"}, library.spelling)
    if one:
        last = f"    return {lines.pop().partition(' = ')[2]}"
    else:
        last = f"    return {', '.join(results)}"
    return "\n".join([head, *lines, last])
