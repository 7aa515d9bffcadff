"""Random claims of every kind, some of them meant to be true and some with a mistake planted.

What is meant decides nothing: `judging` asks the independent evaluator.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from cesym.derivation.library import entries
from cesym.errors import CesymError
from cesym.prover.workspace import workspace
from cesym.reader.elaborate import Source, elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Define,
    Derivative,
    Extremum,
    Name,
    Node,
    Side,
)
from cesym.terms.context import Context
from tests.soundness import random_trees
from tests.soundness.inequalities import random_inequality
from tests.soundness.mutation import mutant
from tests.soundness.optima import random_limit, random_minimum
from tests.soundness.random_trees import number
from tests.soundness.second_opinion import has_value
from tests.soundness.statements import Said, random_convex, random_definite, random_iff


@dataclass(frozen=True, slots=True)
class Case:
    """A claim `left operator right`. `meant` says that it was made to be true.

    Of a limit or a minimum, `left` is that, and `value` is its value, known beforehand.
    """

    left: Side
    operator: str
    right: Side
    context: Context
    meant: bool
    defines: Mapping[str, Define] | None = None
    value: Node | None = None


def planted(case: Case, random: Random) -> Case | None:
    """`case`, two times of three with a mistake in its right side."""
    if random.random() < 0.35:
        return case
    found = mutant(case.right, case.context, random)
    return found and replace(case, right=found[1], meant=False)


@cache
def _steps() -> tuple[Case, ...]:
    readings = [read_mathematics(read_page(e.text(), e.source, "en")) for e in entries("en")]
    return tuple(
        Case(link.before.node, "==", link.after.node, chain.context, True, reading.defines)
        for reading in readings
        for block in reading.blocks
        if isinstance(block, tuple)
        for chain in block
        if chain.marker is None
        for link in chain.links
        if link.operator == "==" and link.before.node is not None and link.after.node is not None
        if has_value(link.before.node)
    )


def step(random: Random) -> Case | None:
    """A step of the library."""
    return planted(random.choice(_steps()), random)


def _indices(random: Random) -> tuple[str, ...]:
    return ("i", "j")[: random.randint(0, 2)]


def equality(random: Random) -> Case | None:
    """A random formula and a rewriting of it."""
    left = random_trees.formula(random, random.randint(2, 4), _indices(random))
    right = random_trees.rewritten(left, random)
    return planted(Case(left, "==", right, random_trees.context(), True), random)


def total(random: Random) -> Case | None:
    """A sum to K or to a small number, and a rewriting of it."""
    left = random_trees.summed(random, random.randint(1, 3), _indices(random), random_trees.formula)
    assert isinstance(left, BigOperator)
    if random.random() < 0.4:
        left = replace(left, upper=number(random.randint(1, 3)))
        # The vectors have K entries, and K may be 1: literal ranges go over numbers only.
        left = replace(left, body=_powers(random, left.index))
    right = random_trees.rewritten(left, random)
    return planted(Case(left, "==", right, random_trees.context(), True), random)


def _powers(random: Random, index: str) -> Node:
    body = random_trees.formula(random, 2, ())
    return Binary("+", Binary("*", body, Name(index)), random_trees.formula(random, 1, ()))


def derivative(random: Random) -> Case | None:
    """A derivative of a random formula, and what SymPy makes of it."""
    context = random_trees.context()
    body = random_trees.formula(random, random.randint(1, 3), _indices(random))
    variable = Name(random.choice("stqx"))
    left = Derivative(body, ((variable, random.choice((1, 1, 2))),))
    try:
        term = elaborate(left, context, Source("")).term
        right = from_sympy(workspace(context).settle(term))
    except (CesymError, ValueError):
        return None
    if random.random() < 0.5:
        right = random_trees.rewritten(right, random)
    return planted(Case(left, "==", right, context, True), random)


def inequality(random: Random) -> Case | None:
    """An inequality, see `inequalities`."""
    left, operator, right, context, meant = random_inequality(random)
    case = Case(left, operator, right, context, meant)
    return case if random.random() < 0.3 else planted(case, random)


def limit(random: Random) -> Case | None:
    """A limit whose value is known, see `optima`."""
    left, value, context = random_limit(random)
    return planted(Case(left, "==", value, context, True, None, value), random)


def minimum(random: Random) -> Case | None:
    """A minimum or minimiser that is known, see `optima`."""
    left, value, context = random_minimum(random)
    assert isinstance(left, Extremum)
    return planted(Case(left, "==", value, context, True, None, value), random)


def statement(build: Callable[[Random], Said]) -> Callable[[Random], Case]:
    """A claim that says more than a relation, see `statements`."""
    return lambda random: Case(*build(random))


KINDS: dict[str, Callable[[Random], Case | None]] = {
    "step": step,
    "equality": equality,
    "sum": total,
    "derivative": derivative,
    "inequality": inequality,
    "limit": limit,
    "minimum": minimum,
    "iff": statement(random_iff),
    "convexity": statement(random_convex),
    "definite": statement(random_definite),
}


def random_case(kind: str, random: Random) -> Case:
    """A case of this kind."""
    while True:
        case = KINDS[kind](random)
        if case is not None:
            return case
