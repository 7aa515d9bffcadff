"""When a sum over symbolic K is 0 just where two vectors are equal: Gibbs' inequality and its kin.

Let f = sum_k h_k, where h_k is a term in p_k and q_k, after multiples of sum_k p_k - 1 = 0 have
been added. If every h_k, as a function of numbers in the domains of p_k and q_k, is least where the
one is the other and nowhere else, and 0 there, then h_k >= 0; so f = 0 just where every h_k is 0,
which is where p = q. A vector of equal entries, such as 1/K, may stand for q.
"""

from __future__ import annotations

from sympy import Dummy, Expr, Indexed, IndexedBase, S, diff, log

from cesym.messages import Message, message
from cesym.prover.budget import Budget
from cesym.prover.facts import Facts
from cesym.prover.inequalities.defined import has_value_everywhere
from cesym.prover.inequalities.summands import Summand, plausible_summands
from cesym.prover.inequalities.touch import inside, interval_of, is_zero, moves
from cesym.prover.statements.plainer import without_known_factors
from cesym.prover.statements.zeros import jumps, least_only_at
from cesym.terms.binders import substitute


def zero_where_equal(
    term: Expr,
    first: Expr | IndexedBase,
    second: Expr | IndexedBase,
    facts: Facts,
    budget: Budget,
    *,
    above: bool = False,
) -> Message | None:
    """How `term` is proved to be 0 just where the vector `first` is `second`, another vector or a
    number that all its entries are; with `above`, and positive elsewhere.
    """
    for signed in (term,) if above else (term, -term):
        plain = without_known_factors(signed, ">", facts, budget)
        for summand in plausible_summands(plain, facts, budget):
            if _zero_where_equal(summand, first, second, budget):
                other = f"{second}[k]" if isinstance(second, IndexedBase) else str(second)
                return message(
                    "each summand, with {added} added, is 0 at {entry} = {other} and else positive",
                    entry=f"{first}[k]",
                    other=other,
                    added=str(summand.added),
                )
    return None


def _zero_where_equal(
    summand: Summand, first: Expr | IndexedBase, second: Expr | IndexedBase, budget: Budget
) -> bool:
    one, other = _number(summand, first), _number(summand, second)
    if one is None or other is None:
        return False
    for variable, point in ((one, other), (other, one)):
        moving = variable.is_Symbol and moves(variable, summand.facts)
        if moving and _least_at(summand, variable, point, budget):
            return True
    return False


def _least_at(summand: Summand, variable: Expr, point: Expr, budget: Budget) -> bool:
    term, facts = summand.term, summand.facts
    return (
        not jumps(term)
        and _continuous_in(term, variable, facts, budget)
        and inside(point, interval_of(variable, facts), facts, budget)
        and is_zero(substitute(term, {variable: point}), facts, budget)
        and least_only_at(term, variable, point, facts, budget)
    )


def _continuous_in(term: Expr, variable: Expr, facts: Facts, budget: Budget) -> bool:
    """Whether a summand has a value for all numbers, x log x being 0 at x = 0 for the variable x:
    then it is continuous in x, as c x log x is.
    """
    if has_value_everywhere(term, facts, budget):
        return True
    logarithm = Dummy("log")
    opened = term.xreplace({log(variable): logarithm})
    factor = diff(opened, logarithm)
    vanishes = factor.has(logarithm) is False and substitute(factor, {variable: S.Zero}) == 0
    return vanishes and has_value_everywhere(opened, facts, budget)


def _number(summand: Summand, vector: Expr | IndexedBase) -> Expr | None:
    """What stands for the entry of a vector in the summand; a number stands for itself."""
    if not isinstance(vector, IndexedBase):
        return vector
    for entry, number in summand.numbers.items():
        if isinstance(entry, Indexed) and entry.base == vector:
            return number
    return None
