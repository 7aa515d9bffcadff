"""Inequalities between sums over the same index: what variances and Hessians of losses need.

Let a_k, c_k >= 0 and b_k^2 = a_k c_k for every index k of a range 1..n, n >= 0, and A, B, C their
sums. With s_k = sqrt(a_k) and t_k = sign(b_k) sqrt(c_k), b_k = s_k t_k, so that

- *Cauchy-Schwarz*: A C - B^2 = sum_{j<k} (s_j t_k - s_k t_j)^2 >= 0;
- *from below*: A C + B^2 - 2 sum_k b_k^2 = sum_{j<k} (s_j t_k + s_k t_j)^2 >= 0.

Both are used as an equation for B^2 with an unknown, the gap, that is not negative. The variance of
v under weights w of sum 1 is the case a = w, b = w v, c = w v^2.

*Merged sums*: a combination of sums over one range, with coefficients free of the index, is the sum
of the combination, which has a sign where every summand has it, an empty sum being 0. The size of
the range is a sum of ones.

*Sums of squares*: sum_k c_k (sum_i x_ki) (sum_j x_kj) = sum_k c_k (sum_i x_ki)^2 >= 0 for c_k >= 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from sympy import Dummy, Expr, Mul, Sum

from cesym.errors import UnsupportedTerm
from cesym.prover.atoms import Gap
from cesym.prover.interruptions import Split
from cesym.prover.rational import Polynomial, Ratio, used
from cesym.prover.relations import ENOUGH, sum_sign

if TYPE_CHECKING:
    from cesym.prover.tower import Tower

LONGEST = 60
"""Terms of a polynomial beyond which nothing is tried."""


def sign_by_moments(tower: Tower, polynomial: Polynomial) -> str | None:
    """`>=`, `<=` or None for a polynomial in sums over an index. Raises RingFull or Refine."""
    if len(polynomial) > LONGEST:
        return None
    try:
        known = _merged(tower, polynomial)
        if known is not None:
            return known
        for replaced in _with_gaps(tower, polynomial):
            tower.budget.tick()
            known = tower.signs.of_polynomial(replaced)
            if known is not None:
                return known
    except (Split, UnsupportedTerm, ZeroDivisionError):
        return None
    return None


def _with_gaps(tower: Tower, polynomial: Polynomial) -> Iterator[Polynomial]:
    """The polynomial with the square of a sum replaced, in each way that there is; where a
    denominator comes in, it is positive and left out.
    """
    sums = [i for i in used(polynomial) if _over_one_index(tower.atoms[i])]
    powers = {i: {int(m[i]) for m in polynomial.to_dict()} for i in sums}
    for number in sums:
        if powers[number] != {0, 2} and powers[number] != {2}:
            continue
        for other in sums:
            if other != number:
                yield from _replaced(tower, polynomial, number, other)


def _replaced(
    tower: Tower, polynomial: Polynomial, number: int, other: int
) -> Iterator[Polynomial]:
    middle, last = tower.atoms[number], tower.atoms[other]
    index, size = Dummy("k", integer=True, positive=True), middle.limits[0][2]
    if last.limits[0][2] != size:
        return
    b, c = (_body(total, index) for total in (middle, last))
    quotient = tower.convert(b) ** 2 / tower.convert(c)
    first = tower.term(quotient)
    if not (_is_positive(tower, quotient.denominator) and _not_negative(tower, first)):
        return  # where c_k is 0, a_k must have a value all the same
    if not _not_negative(tower, c):
        return
    product = tower.convert(Sum(first, (index, 1, size))) * tower.atom(last)
    gap = tower.atom(Gap(middle, last, 1))
    yield from _put(tower, polynomial, number, product - gap)
    gap, squares = tower.atom(Gap(middle, last, 2)), tower.convert(Sum(b**2, (index, 1, size)))
    yield from _put(tower, polynomial, number, gap - product + squares + squares)


def _put(tower: Tower, polynomial: Polynomial, number: int, square: Ratio) -> Iterator[Polynomial]:
    """The polynomial with the square of a generator replaced, times a positive denominator."""
    result = tower.constant(0)
    for exponents, coefficient in polynomial.to_dict().items():
        power = int(exponents[number])
        rest = tuple(0 if i == number else int(e) for i, e in enumerate(exponents))
        part = Ratio(tower.ring, tower.ring.polynomial({rest: int(coefficient)}), tower.ring.one)
        result += part * square if power == 2 else part
    if _is_positive(tower, result.denominator):
        yield result.numerator


def _is_positive(tower: Tower, polynomial: Polynomial) -> bool:
    return tower.signs.of(Ratio(tower.ring, polynomial, tower.ring.one)) == ">"


def _over_one_index(atom: Expr) -> bool:
    return isinstance(atom, Sum) and len(atom.limits) == 1


def _body(total: Sum, index: Dummy) -> Expr:
    return total.function.xreplace({total.limits[0][0]: index})


def _not_negative(tower: Tower, term: Expr) -> bool:
    return tower.signs.of_body(term, ()) in ENOUGH[">="]


def _merged(tower: Tower, polynomial: Polynomial) -> str | None:
    """The sign of a polynomial that is linear in sums over one range, with all of them as one."""
    sums = {i for i in used(polynomial) if _over_one_index(tower.atoms[i])}
    sizes = {tower.atoms[i].limits[0][2] for i in sums}
    for size in sorted(sizes, key=str):
        known = _merged_over(tower, polynomial, size, ones=False) or _merged_over(
            tower, polynomial, size, ones=True
        )
        if known is not None:
            return known
    return None


def _merged_over(tower: Tower, polynomial: Polynomial, size: Expr, *, ones: bool) -> str | None:
    """The sign with the sums over 1..size as one; with `ones`, the size itself as a sum of ones."""
    index = Dummy("k", integer=True, positive=True)
    count = tower.numbers.get(size) if ones else None
    if ones and count is None:
        return None
    alone = {
        i
        for i in used(polynomial)
        if _over_one_index(tower.atoms[i])
        and tower.atoms[i].limits[0][2] == size
        and max(int(m[i]) for m in polynomial.to_dict()) == 1
    }
    body, rest, merged = tower.constant(0), {}, 0
    for exponents, coefficient in polynomial.to_dict().items():
        here = [i for i in alone if exponents[i]]
        if not here and count is not None and exponents[count]:
            here = [count]
        if len(here) != 1:
            rest[tuple(map(int, exponents))] = int(coefficient)
            continue
        (number,) = here
        outside = tuple(int(e) - (i == number) for i, e in enumerate(exponents))
        factor = tower.ring.polynomial({outside: int(coefficient)})
        inside = (
            tower.constant(1)
            if number == count
            else tower.convert(_body(tower.atoms[number], index))
        )
        body += Ratio(tower.ring, factor, tower.ring.one) * inside
        merged += 1
    if merged < 2:
        return None
    known = tower.signs.of_body(tower.term(body), ())
    if not tower.facts.size_is_positive(size):
        known = {">": ">=", "<": "<="}.get(known or "", known)
    if known in (None, "!="):
        return None
    if not rest:
        return known
    return sum_sign([known, tower.signs.of_polynomial(tower.ring.polynomial(rest))])


def is_sum_of_squares(total: Sum, sign_of: Callable[[Expr], str | None]) -> bool:
    """Whether a sum over several indices is one of squares with weights that are not negative."""
    indices = {limit[0]: limit[2] for limit in total.limits}
    factors = _factors(total.function)
    if len(indices) > 4 or any(indices.keys() & up.free_symbols for up in indices.values()):
        return False
    return any(
        _squares_over(factors, indices, set(outer), sign_of)
        for count in (1, 2)
        for outer in combinations(sorted(indices, key=str), count)
    )


def _factors(body: Expr) -> list[Expr]:
    """The factors of a product, a power as often as it says."""
    found: list[Expr] = []
    for factor in Mul.make_args(body):
        base, exponent = factor.as_base_exp()
        if exponent.is_Integer and 1 < exponent <= 4:
            found += [base] * int(exponent)
        else:
            found.append(factor)
    return found


def _squares_over(
    factors: list[Expr],
    indices: dict[Expr, Expr],
    outer: set[Expr],
    sign_of: Callable[[Expr], str | None],
) -> bool:
    """Whether, for each value of the `outer` indices, what is left is a weight times sums over one
    index each, of which each comes in pairs or is not negative.
    """
    inner = [index for index in indices if index not in outer]
    weight, sums = [], {index: [] for index in inner}
    for factor in factors:
        here = [index for index in inner if factor.has(index)]
        if len(here) > 1:
            return False
        (sums[here[0]] if here else weight).append(factor)
    counted = Counter(
        (Mul(*parts).xreplace({index: MARK}), indices[index]) for index, parts in sums.items()
    )
    alone = [part for (part, _), count in counted.items() if count % 2]
    return all(sign_of(part) in ENOUGH[">="] for part in (Mul(*weight), *alone))


MARK = Dummy("k", integer=True, positive=True)
"""Stands for the index of an inner sum, so that two of them can be compared."""
