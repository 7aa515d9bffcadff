"""NumPy code for losses of rows: blocks of rows that stay in the processor's cache.

A target of classes has programs of its own: what they ask of the class is worked out for the class
alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cesym.codegen.assembly import joined
from cesym.codegen.layout import body, bracketed
from cesym.codegen.nodes import Node
from cesym.codegen.rowwise.forms import RowLoss
from cesym.codegen.rowwise.kernels import Kernel, helpers_of, imports_of, kernel_text
from cesym.codegen.rowwise.placing import ARRAY, placed_function
from cesym.codegen.rowwise.programs import program
from cesym.codegen.rowwise.selftests import self_test
from cesym.codegen.rowwise.signatures import (
    cases_of,
    groups_of,
    joined_name,
    kernel_of,
    roles_of,
)
from cesym.codegen.rowwise.table import RowForm
from cesym.codegen.rowwise.targets import NUMPY, first_of
from cesym.codegen.rowwise.words import docstring
from cesym.codegen.spelling import Spelling, calls

SPELLING: Mapping[str, Spelling] = MappingProxyType(
    {**NUMPY.spelling, **calls({"of_class": "_of_class", "with_class": "_with_class"})}
)
"""Operation -> its text; two of them are about the classes of a target."""

BLOCK, FEW = 16384, 64

CONSTANTS = f"""\
_BLOCK = {BLOCK}  # numbers at a time: intermediate results stay in the processor's cache
_FEW = {FEW}  # classes, of which rows stand side by side"""


def module(found: RowLoss, *, documented: bool, also: Mapping[str, Kernel]) -> str:
    """The text of a module for a loss of rows, with other functions of arrays beside.

    >>> from cesym.codegen.rowwise.forms import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> "def loss_and_gradient(" in module(found, documented=False, also={})
    True
    """
    form, groups = found.form, groups_of(found.form)
    parts = [placed_function(found, group, documented=documented) for group in groups]
    parts += [
        _kernel(form, group, of_class=of_class) for group in groups for of_class in cases_of(form)
    ]
    parts += [kernel_text(name, *wanted, NUMPY) for name, wanted in also.items()]
    parts += helpers_of("numpy", "\n".join(parts))
    if "_Rows" in "".join(parts):
        parts.insert(0, f"_Rows = tuple[{', '.join(['Any'] * 5)}]")
    names = sorted(map(joined_name, groups))
    listed = bracketed("__all__ = [", [f'"{name}"' for name in names], "]")
    if documented:
        parts.append(self_test(found, "numpy"))
    head = f"{imports_of(NUMPY, parts)}\n{listed}\n\n{ARRAY}\n\n{CONSTANTS}"
    if documented:
        head = f"{docstring(found, 'numpy')}\n\n{head}"
    return joined([head, *parts])


def _kernel(form: RowForm, group: Sequence[str], *, of_class: bool) -> str:
    """The function of a block of rows."""
    roles = roles_of(form)
    results = {}
    for name in group:
        node = program(form.programs[name])
        node = _for_class(node) if of_class else node
        results[name] = first_of(node) if name in form.numbers else node
    head = bracketed(
        f"def {kernel_of(group, of_class=of_class)}(",
        [f"{role}: Any" for role in roles],
        f") -> tuple[{', '.join(['Any'] * len(group))}]:",
    )
    last = ", ".join(group) if len(group) > 1 else f"({group[0]},)"
    return "\n".join([head, *body(results, set(roles), SPELLING), f"    return {last}"])


def _for_class(node: Node) -> Node:
    """The program of a target that is a class, where it asks of it.

    >>> _for_class(program("chosen(p, surprise(z))")).operands[0].head
    'of_class'
    """
    match node:
        case Node(head="chosen", operands=(target, values)):
            return _at_class(values, target)
        case Node(head="against", operands=(target, one, others)):
            value = Node("neg", (_at_class(others, target),))
            return Node("with_class", (target, one, value))
        case Node(head="/", operands=(left, right)):
            # Divided at once, and once more for the class: so its value can be put in place.
            match _for_class(left):
                case Node(head="with_class", operands=(target, one, value)):
                    there = Node("/", (value, _at_class(right, target)))
                    return Node("with_class", (target, Node("/", (one, right)), there))
                case other:
                    return Node("/", (other, right))
        case Node(operands=()):
            return node
        case _:
            return Node(node.head, tuple(map(_for_class, node.operands)))


def _at_class(node: Node, target: Node) -> Node:
    """What a program of rows of logits is at one class of each row."""
    if node.head == "rows":
        return Node("of_class", (node, target))
    if node.is_leaf:
        return node
    return Node(node.head, tuple(_at_class(operand, target) for operand in node.operands))
