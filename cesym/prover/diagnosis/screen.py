"""A quick look before a proof is tried: most repairs are seen to be none at a point or two.

What passes is only plausible, what fails is only left untried: nothing is said of either.
"""

from __future__ import annotations

from copy import copy
from fractions import Fraction

from cesym.errors import CesymError
from cesym.prover.budget import Budget
from cesym.prover.diagnosis.problem import Trial
from cesym.prover.second_opinion import definitions_of, values
from cesym.prover.workspace import workspace
from cesym.reader.digits import Undecided, Undefined, evaluate
from cesym.reader.digits.arrays import Given
from cesym.reader.digits.estimates import Estimator
from cesym.reader.digits.evidence import seems_to_tend
from cesym.reader.syntax import Constant, Extremum, Limit, Negate, Node, Subscript
from cesym.reader.written import Written
from cesym.terms.claim import Claim
from cesym.terms.context import Context

DIGITS, LIMIT = 12, 30
POINTS = 3
TOLERANCE = 1e-9

HOLDS = {
    "==": lambda gap: abs(gap) <= TOLERANCE,
    "<=": lambda gap: gap <= TOLERANCE,
    ">=": lambda gap: gap >= -TOLERANCE,
    "<": lambda gap: gap < TOLERANCE,
    ">": lambda gap: gap > -TOLERANCE,
}

Unknown = None
NoValue = "no value"


class Screen:
    """Points of the domain of a refuted claim, and the values of formulas there so far."""

    def __init__(self, claim: Claim, written: Written, at: tuple[tuple[str, str], ...]) -> None:
        self.context = claim.context
        self.written = written
        self.definitions = definitions_of(claim)
        points = points_of(claim.context)
        refuting = {**points[0], **{name: given(text) for name, text in at}} if points else {}
        self.points = [refuting, *points]
        self.estimators = self.estimating()
        self.known: dict[tuple[int, int], float | str | None] = {}
        self.seen: list[Node] = []

    def estimating(self) -> list[Estimator]:
        """What estimates at each of the points."""
        return [Estimator(point, self.definitions) for point in self.points]

    def plausible(self, trial: Trial) -> bool:
        """Whether nothing is seen against a claim."""
        if trial.context is not self.context:
            return self.elsewhere(trial.context).holds(trial)
        return self.holds(trial)

    def elsewhere(self, context: Context) -> Screen:
        """The same for another domain."""
        other = copy(self)
        other.context, other.points = context, points_of(context)
        other.known, other.seen = {}, []
        other.estimators = other.estimating()
        return other

    def holds(self, trial: Trial) -> bool:
        """Whether a claim seems to hold at every point."""
        if isinstance(trial.left, Limit):
            return self.tends(trial.left, trial.right)
        for number in range(len(self.points)):
            left = self.value(trial.left, self.written.left_entry, number)
            right = self.value(trial.right, self.written.right_entry, number)
            if NoValue in (left, right):
                return False
            if isinstance(left, float) and isinstance(right, float):
                scale = max(1.0, abs(left), abs(right))
                if not HOLDS[trial.operator]((left - right) / scale):
                    return False
        return True

    def tends(self, limit: Limit, stated: Node) -> bool:
        """Whether a limit looks right at the first point."""
        if not self.points:
            return True
        try:
            return seems_to_tend(limit, stated, self.points[0], definitions=self.definitions)
        except (Undefined, Undecided):
            return False
        except ValueError:
            return True

    def value(self, node: Node, entry: tuple[Node, ...], number: int) -> float | str | None:
        """The value at point `number`: None if it cannot be told, NoValue if there is none.

        The same node is asked for again and again, equal ones hardly: it is known by what it is,
        which takes no walk through it, and kept so that no other takes its place.
        """
        key = (id(node), number)
        if key not in self.known:
            self.seen.append(node)
            self.known[key] = self._value(Subscript(node, entry) if entry else node, number)
        return self.known[key]

    def _value(self, node: Node, number: int) -> float | str | None:
        if isinstance(node, Limit | Extremum) or infinite(node):
            return Unknown
        try:
            return self.estimators[number].estimate(node)
        except (Undefined, Undecided):
            return self._enclosed(node, number)
        except ValueError:
            return Unknown

    def _enclosed(self, node: Node, number: int) -> float | str | None:
        """The value where floats do not do."""
        try:
            found = evaluate(
                node,
                self.points[number],
                definitions=self.definitions,
                digits=DIGITS,
                limit=LIMIT,
            )
        except Undefined:
            return NoValue
        except (Undecided, ValueError):
            return Unknown
        return float(found)


def points_of(context: Context) -> list[dict[str, Given]]:
    """Some points of a domain, the least simple first."""
    try:
        witnesses = workspace(context).first_points(Budget())
    except CesymError:
        return []
    return [values(witness.point) for witness in reversed(witnesses[-POINTS:])]


def infinite(node: Node) -> bool:
    """Whether a node is oo or -oo."""
    return node == Constant("oo") or node == Negate(Constant("oo"))


def given(text: str) -> Given:
    """A value of a counterexample: a fraction, or a list of values.

    >>> given("[1/2, [0, 1]]")
    (Fraction(1, 2), (Fraction(0, 1), Fraction(1, 1)))
    """
    if not text.startswith("["):
        return Fraction(text)
    parts, depth, start = [], 0, 1
    for place, sign in enumerate(text):
        depth += (sign == "[") - (sign == "]")
        if (sign == "," and depth == 1) or depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return tuple(map(given, parts))
