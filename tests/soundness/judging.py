"""The prover's verdict on a case against what the independent evaluator shows.

A case is *shown false* when the relation is proved to fail at a point drawn, and *shown true* when
it was made to be true and holds, to many digits, at every point drawn.
"""

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from cesym.errors import CesymError, UnsupportedTerm
from cesym.prover import Counterexample, Verdict, decide
from cesym.reader.digits import Sides, compare
from cesym.reader.elaborate import Source, claims_of
from cesym.reader.syntax import Chain, Comparison, Constant, Negate, Node, Property
from cesym.terms.claim import IFF, IS, Claim
from cesym.terms.printing import claim_in_plain
from tests.soundness.cases import Case
from tests.soundness.second_opinion import draw
from tests.soundness.showing import shown_of_statement

SECONDS = 3.0
POINTS = 6
FAILS = {
    "==": ("<", ">", "undefined"),
    "<=": (">", "undefined"),
    "<": (">", "undefined"),
    ">=": ("<", "undefined"),
    ">": ("<", "undefined"),
}
STRICT = ("<", ">")


@dataclass(frozen=True, slots=True)
class Judged:
    """`shown` is `true`, `false` or `open`; `wrong` when the verdict contradicts it."""

    shown: str
    status: str
    text: str

    @property
    def wrong(self) -> bool:
        """Whether a false claim was proved or a true one refuted."""
        return (self.shown, self.status) in (("false", "proved"), ("true", "refuted"))


def judge(case: Case, random: Random) -> Judged | None:
    """What both say; None when the claim cannot be read (an index out of place, say)."""
    verdict = verdict_on(case)
    if verdict is None:
        return None
    found = shown(case, random)
    said = case.operator in (IFF, IS)
    if found != "false" and case.value is None and verdict.counterexample and not said:
        found = shown_at(case, verdict.counterexample, found, random)
    return Judged(found, verdict.status, _text(verdict.claim))


def _text(claim: Claim) -> str:
    """The claim for people; as SymPy writes it where it holds what the plain language has not."""
    try:
        return claim_in_plain(claim.left, claim.operator, claim.right)
    except UnsupportedTerm:
        return f"{claim.left} {claim.operator} {claim.right}"


def shown_at(case: Case, counterexample: Counterexample, before: str, random: Random) -> str:
    """What the evaluator shows of the prover's own point: a kink, say, that no point drawn hits.

    A counterexample names the symbols that matter; a formula as written may hold others.
    """
    point = draw(case.context, random)
    point |= {name: exact(value) for name, value in counterexample.at}
    try:
        sides = compare(case.left, case.right, point, definitions=case.defines, limit=240)
    except ValueError:
        return before
    if fails(case.operator, sides):
        return "false"
    if sides.order == "undecided":
        return "open"
    return "true" if holds(case.operator, sides) and sides.exact else before


def exact(value: str) -> Any:
    """A number or an array of numbers as a verdict writes them.

    >>> exact("-1/3"), exact("[[1, 0], [0, 2/3]]")
    (Fraction(-1, 3), [[Fraction(1, 1), Fraction(0, 1)], [Fraction(0, 1), Fraction(2, 3)]])
    """
    return _fractions(json.loads(re.sub(r"[^\[\], ]+", r'"\g<0>"', value)))


def _fractions(value: Any) -> Any:
    return [_fractions(one) for one in value] if isinstance(value, list) else Fraction(value)


def verdict_on(case: Case) -> Verdict | None:
    """The verdict, None when the formula cannot be read."""
    try:
        chain = Chain((case.left, case.right), (case.operator,))
        (claim,) = claims_of(chain, case.context, Source(""))
    except CesymError:
        return None
    return decide(claim, seconds=SECONDS)


def shown(case: Case, random: Random) -> str:
    """`true`, `false` or `open`, by the evaluator alone."""
    if case.operator in (IFF, IS):
        return shown_of_statement(case.left, case.right, case.context, case.meant, random)
    assert not isinstance(case.left, Comparison | Property)
    assert not isinstance(case.right, Comparison | Property)
    left = case.left if case.value is None else case.value
    if infinity(left) or infinity(case.right):
        return "true" if infinity(left) == infinity(case.right) else "false"
    agreed = True
    for _ in range(POINTS):
        point = draw(case.context, random)
        try:
            sides = compare(left, case.right, point, definitions=case.defines, digits=30, limit=120)
        except ValueError:
            return "open"
        if fails(case.operator, sides):
            return "false"
        agreed &= holds(case.operator, sides)
    return "true" if case.meant and agreed else "open"


def infinity(node: Node) -> int:
    """1 or -1 for what is written as an infinity, else 0."""
    if isinstance(node, Negate):
        return -infinity(node.operand)
    return int(isinstance(node, Constant) and node.name == "oo")


def fails(operator: str, sides: Sides) -> bool:
    """Whether the relation is proved to fail."""
    equal = operator in STRICT and sides.order == "==" and sides.exact
    return sides.order in FAILS[operator] or equal


def holds(operator: str, sides: Sides) -> bool:
    """Whether the relation holds as far as the digits say."""
    if sides.order == "==":
        return operator not in STRICT
    return sides.order != "undecided" and sides.order not in FAILS[operator]
