"""The likely mistakes in claims that say more than a relation: what is true instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cesym.errors import CesymError
from cesym.messages import N_
from cesym.reader.elaborate import Source, hypotheses_of
from cesym.reader.plain.writing import write_relation
from cesym.reader.syntax import Chain, Comparison, Negate, Node, Property, Side
from cesym.terms.context import Context

LOOSER = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
OTHER = {"convex": "concave", "concave": "convex"}

NOT_STRICT = {
    "convex": N_("it is convex, but not strictly"),
    "concave": N_("it is concave, but not strictly"),
}
THE_OTHER = {"concave": N_("it is concave"), "convex": N_("it is convex")}


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim that may be true instead. `where` is a relation that it takes for granted."""

    left: Side
    operator: str
    right: Side
    context: Context
    where: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """What is filled in where the mistake is told."""
        return {"where": self.where} if self.where else {}


@dataclass(frozen=True, slots=True)
class Repair:
    """A mistake: its name, what is said of it, and the claim that may be true instead."""

    name: str
    text: str
    trial: Saying


def repairs(left: Side, operator: str, right: Side, context: Context) -> Iterator[Repair]:
    """What might have been meant, the likeliest first."""
    if isinstance(right, Property) and not isinstance(left, Comparison | Property):
        found = _of_matrix if right.kind == "definite" else _of_function
        yield from found(left, operator, right, context)
    elif isinstance(left, Comparison) and isinstance(right, Comparison):
        yield from _of_iff(left, operator, right, context)


def _of_function(body: Node, operator: str, said: Property, context: Context) -> Iterator[Repair]:
    def trial(**changes: object) -> Saying:
        return Saying(body, operator, replace(said, **changes), context)

    if said.strict:
        yield Repair("strictness", NOT_STRICT[said.kind], trial(strict=False))
    other = OTHER[said.kind]
    yield Repair("direction", THE_OTHER[other], trial(kind=other))
    if said.strict:
        yield Repair("direction", THE_OTHER[other], trial(kind=other, strict=False))


def _of_matrix(matrix: Node, operator: str, said: Property, context: Context) -> Iterator[Repair]:
    loose = replace(said, strict=False)
    if said.strict:
        text = N_("it is positive semi-definite, but not definite")
        yield Repair("strictness", text, Saying(matrix, operator, loose, context))
    text = N_("its negative is positive semi-definite")
    yield Repair("sign", text, Saying(_negated(matrix), operator, loose, context))


def _negated(matrix: Node) -> Node:
    return matrix.operand if isinstance(matrix, Negate) else Negate(matrix, matrix.at)


def _of_iff(
    left: Comparison, operator: str, right: Comparison, context: Context
) -> Iterator[Repair]:
    for table, name, text in (
        (LOOSER, "strictness", N_("equality occurs on one side only")),
        (TURNED, "direction", N_("one side is the wrong way round")),
    ):
        if right.operator in table:
            changed = replace(right, operator=table[right.operator])
            yield Repair(name, text, Saying(left, operator, changed, context))
        if left.operator in table:
            changed = replace(left, operator=table[left.operator])
            yield Repair(name, text, Saying(changed, operator, right, context))
    for given, then in ((right, left), (left, right)):
        where = write_relation(given.left, given.operator, given.right)
        try:
            chain = Chain((given.left, given.right), (given.operator,))
            inner = context.assume(*hypotheses_of(chain, context, Source(where)))
        except CesymError:
            continue
        text = N_("it holds one way only: given {where}")
        trial = Saying(then.left, then.operator, then.right, inner, where)
        yield Repair("one way", text, trial)
