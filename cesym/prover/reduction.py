"""When a normal form is 0: after powers of roots and absolute values have been reduced."""

from __future__ import annotations

from cesym.prover.atoms import AbsOf, Root
from cesym.prover.rational import Polynomial, Ratio
from cesym.prover.tower import Tower


def vanishes(tower: Tower, value: Ratio) -> bool:
    """Whether a normal form is the zero function, using Root(p, n)^n = |p| and |p|^2 = p^2."""
    return value.is_zero or reduced(tower, value.numerator).is_zero()


def reduced(tower: Tower, polynomial: Polynomial) -> Polynomial:
    """A numerator with powers of roots and absolute values reduced."""
    for number, atom in enumerate(list(tower.atoms)):
        if not isinstance(atom, Root | AbsOf):
            continue
        degree = int(atom.args[1]) if isinstance(atom, Root) else 2
        if int(polynomial.degrees()[number]) >= degree:
            power = _root_power(tower, atom) if isinstance(atom, Root) else _square(tower, atom)
            polynomial = _reduce_power(tower, polynomial, number, degree, power)
    return polynomial


def _square(tower: Tower, absolute: AbsOf) -> Ratio:
    """|p|^2 = p^2."""
    return tower.convert(absolute.args[0]) ** 2


def _root_power(tower: Tower, root: Root) -> Ratio:
    """Root(p, n)^n = |p|."""
    return tower.absolute_of_factor(tower.convert(root.args[0]).numerator)


def _reduce_power(
    tower: Tower, polynomial: Polynomial, number: int, degree: int, value: Ratio
) -> Polynomial:
    """`polynomial` with generator^degree replaced by `value`, a polynomial."""
    while int(polynomial.degrees()[number]) >= degree:
        tower.budget.tick()
        result = tower.ring.zero
        for exponents, coefficient in polynomial.to_dict().items():
            times, rest = divmod(int(exponents[number]), degree)
            kept = tuple(rest if i == number else e for i, e in enumerate(exponents))
            result = result + tower.ring.polynomial({kept: coefficient}) * value.numerator**times
        polynomial = result
    return polynomial
