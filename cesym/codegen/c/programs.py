"""What is written in C: the settings, and every function with its program and its grades."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from cesym.codegen.c.cases import by_sign
from cesym.codegen.c.values import EXACT, PAIR, SINGLE
from cesym.codegen.c.walk import Body, body
from cesym.codegen.functions import Function, Functions
from cesym.codegen.idioms import LIMITS, apply_idioms
from cesym.codegen.lowering import lower
from cesym.codegen.nodes import ARGUMENT, Node, argument
from cesym.codegen.special import expanded
from cesym.errors import UnsupportedTerm
from cesym.terms.domains import Declaration

TAKEN = frozenset(
    """
    auto break case char const continue default do double else enum extern float for goto if inline
    int long register restrict return short signed sizeof static struct switch typedef union
    unsigned void volatile while asm typeof fabs fabsf sqrt sqrtf fma fmaf floor frexp ldexp exp log
    log1p expm1 tanh memcpy n i j m end part parts past threads level live bad out found sum lost
    block weight
    """.split()  # noqa: SIM905
)
"""Words of C, its functions, and the variables of the loops."""


@dataclass(frozen=True, slots=True)
class Type:
    """How numbers of one type are computed: in which format, and with how many coefficients."""

    name: str
    real: str
    computed_in: str
    grade: str
    exp_terms: int
    log_terms: int
    cancels: float
    """Below this share of a term, a sum is computed again in the grade `exact`; 0 for never."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A trade of accuracy for speed: `ulps` is what is promised where nothing cancels."""

    name: str
    types: tuple[Type, ...]
    ulps: float


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        setting.name: setting
        for setting in (
            Setting(
                "accurate",
                (
                    Type("f64", "double", "d", PAIR, 6, 9, 2.0**-6),
                    Type("f32", "float", "d", SINGLE, 5, 7, 2.0**-10),
                ),
                0.75,
            ),
            Setting(
                "fast",
                (
                    Type("f64", "double", "d", SINGLE, 5, 8, 0.0),
                    Type("f32", "float", "s", SINGLE, 2, 3, 0.0),
                ),
                4.0,
            ),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Kernel:
    """One function in C: several results of the same arguments."""

    name: str
    prefix: str
    arguments: tuple[Declaration, ...]
    programs: Mapping[str, Node]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its arguments."""
        return tuple(declaration.name for declaration in self.arguments)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of its results."""
        return tuple(self.programs)

    @property
    def public(self) -> str:
        """The name that callers see, but for the type at its end."""
        return f"{self.prefix}_{self.name}"

    def body(self, grade: str, *, careful: bool = False) -> Body:
        """The lines that compute it."""
        return body(self.programs, self.arguments, grade, careful=careful)

    def alone(self, output: str) -> Kernel:
        """The function of one of its results."""
        return Kernel(output, self.prefix, self.arguments, {output: self.programs[output]})

    def fragile(self, form: Type) -> tuple[str, ...]:
        """The results in which something may cancel, if that is looked for."""
        if not form.cancels:
            return ()
        names = self.outputs
        return tuple(n for n in names if self.alone(n).body(form.grade, careful=True).fragile)


def kernels(functions: Functions) -> tuple[Kernel, ...]:
    """Every exported function, and those that are offered together as one.

    Raises UnsupportedTerm for a name that C does not take.
    """
    programs = {f.name: _renamed(straight_program(f, functions)) for f in functions.functions}
    arguments = tuple(replace(d, name=_in_c(d.name)) for d in functions.arguments)
    groups = [*((f,) for f in functions.functions), *functions.fused]
    prefix = name_in_c(functions.page)
    return tuple(
        Kernel(
            "_and_".join(f.name for f in group),
            prefix,
            arguments,
            {_in_c(f.name): programs[f.name] for f in group},
        )
        for group in groups
    )


def name_in_c(page: str) -> str:
    """What the names of all functions of a page begin with.

    >>> name_in_c("binary-cross-entropy"), name_in_c("0-1-loss")
    ('binary_cross_entropy', 'cesym_0_1_loss')
    """
    prefix = re.sub(r"\W", "_", page, flags=re.ASCII)
    return prefix if prefix[:1].isalpha() else f"cesym_{prefix}"


def straight_program(function: Function, functions: Functions) -> Node:
    """The program of its form with the cases of a sign made once, and with limits at infinity."""
    node = by_sign(lower(function.form, functions.context), functions.context)
    return apply_idioms(expanded(node), functions.arguments, LIMITS)


def _renamed(node: Node) -> Node:
    if node.head == ARGUMENT:
        return argument(_in_c(str(node.leaf)))
    if node.is_leaf:
        return node
    return Node(node.head, tuple(map(_renamed, node.operands)))


def _in_c(name: str) -> str:
    """A name as a variable of C."""
    if not name.isascii():
        raise UnsupportedTerm(
            "{name} cannot be a name in C", remedy="give it another name", name=name
        )
    return f"{name}_" if name in TAKEN else name


__all__ = ["EXACT", "SETTINGS", "Kernel", "Setting", "Type", "kernels"]
