"""Numbers in place of sums that stand inside a logarithm or a square.

A sum S over the index that is not a summand by itself, as in log S or S^2, is the same for every
index. What is not negative for *every* number t in its place, t > 0 where S > 0, is not negative
for S. What is known of t besides may be used:

- where log S stands, S = sum_k s_k > 0, the *shares* s_k/t sum to 1 as if they were probabilities.
  Jensen's inequality, log sum_k p_k x_k >= sum_k p_k log x_k, then comes down to p (log(t/x) - 1) +
  p x/t >= 0 for each k; the log-sum inequality likewise;
- where S^2 stands, S^2 = 2 t S - t^2 for t = S, in which S is summed again. Pinsker's inequality
  comes down to p log(p/q) - p + q - t |p - q| + t^2 (p + 2 q)/6 >= 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from itertools import product as cartesian

from sympy import Add, Expr, Pow, Rational, Sum, log

from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.numbers import new_number
from cesym.prover.signs import POSITIVE
from cesym.terms.domains import REAL

MULTIPLES = tuple(Rational(n, 2) for n in (2, 0, 1, 4, -2, -1))
"""Of a share."""

DIFFERENCES = (0, 1, -1, 2, -2)
"""Multiples of the difference of two probabilities."""

MIXTURES = (Rational(1, 3), Rational(1, 2), Rational(2, 3))


@dataclass(frozen=True, slots=True)
class Replaced:
    """A term in which numbers stand for sums, and what is known of them: number -> the sum, for
    those whose shares sum to 1 and for those that are only numbers.
    """

    term: Expr
    facts: Facts
    shared: dict[Expr, Sum]
    squared: dict[Expr, Sum]


def numbers_for_sums(term: Expr, facts: Facts, budget: Budget) -> Replaced | None:
    """The term with numbers for the sums in logarithms and squares; None when there are none, or
    when one of them is not known to be positive where it must be.
    """
    from cesym.prover.inequalities.search import sign_in

    shared, squared = {}, {}
    for total in _inside(term, log):
        if sign_in(total, facts, budget) != ">":
            return None
        number, facts = new_number("total", POSITIVE, facts)
        shared[number] = total
        term = term.xreplace({log(total): log(number)})
    for total in _inside(term, Pow):
        number, facts = new_number("total", REAL, facts)
        squared[number] = total
        term = term.xreplace({total**2: 2 * number * total - number**2})
    return Replaced(term, facts, shared, squared) if shared or squared else None


def _inside(term: Expr, head: type[Expr]) -> list[Sum]:
    """The sums over one index in a logarithm or a square that is the same for every index."""
    bound = {limit[0] for total in term.atoms(Sum) for limit in total.limits}
    found = {part.args[0] for part in term.atoms(head) if head is log or part.args[1] == 2}
    sums = [total for total in found if isinstance(total, Sum) and len(total.limits) == 1]
    return sorted((total for total in sums if not total.has_free(*bound)), key=str)


def additions(
    constant: Expr,
    probabilities: Sequence[Expr],
    shares: Sequence[Expr],
    numbers: Iterable[Expr],
    size: Expr,
) -> Iterator[Expr]:
    """What may be added to the summand: terms whose sum over the index is the constant. Multiples
    of the shares with the rest on one more unit; without shares, two probabilities mixed.
    """
    scales = (size, *numbers)
    multiples = (*MULTIPLES, *scales, *(-scale for scale in scales))
    for last in (*probabilities, 1 / size, *shares):
        others = [share for share in shares if share != last]
        for factors in cartesian(multiples, repeat=len(others)):
            rest = constant - Add(*factors)
            yield Add(*(f * u for f, u in zip(factors, others, strict=True))) + rest * last
    if not shares:
        for one, other in permutations(probabilities, 2):
            for part, multiple in cartesian(MIXTURES, DIFFERENCES):
                mixed = part * one + (1 - part) * other
                yield constant * mixed + multiple * (one - other)
