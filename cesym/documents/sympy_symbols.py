"""Declarations as Python code for SymPy alone: calls of the functions that a script defines."""

from __future__ import annotations

from fractions import Fraction

from cesym.errors import OutputError
from cesym.terms.context import assumptions
from cesym.terms.domains import OPEN_UNIT, REAL, Declaration, FiniteSet, IndexRange, Interval


def sizes_of(declaration: Declaration) -> set[str]:
    """The names of the sizes in a declaration.

    >>> sizes_of(Declaration("z", REAL, shape=("K", 3)))
    {'K'}
    """
    sizes = set(declaration.shape)
    if isinstance(declaration.domain, IndexRange):
        sizes.add(declaration.domain.size)
    return {size for size in sizes if isinstance(size, str)}


def scalar(declaration: Declaration, label: str) -> str:
    """The call that makes a number; `label` is the code of its name.

    >>> scalar(Declaration("y", Interval(Fraction(0), Fraction(1))), "'y'")
    "number('y', '0', '1/4', '1/2', '3/4', '1', real=True, nonnegative=True)"
    """
    domain = declaration.domain
    if domain == REAL:
        return f"real({label})"
    if domain == OPEN_UNIT:
        return f"unit({label})"
    samples = [repr(str(value)) for value in _samples(domain)]
    if isinstance(domain, FiniteSet):
        return f"one_of({', '.join([label, *samples])})"
    known = [f"{key}={value}" for key, value in assumptions(declaration).items()]
    return f"number({', '.join([label, *samples, *known])})"


def vector(declaration: Declaration) -> str:
    """The dictionary index -> symbol of an array. Raises OutputError for a constrained one.

    >>> vector(Declaration("z", REAL, shape=("K",)))
    "{a: real(f'z_{a}') for a in indices(1, K)}"
    """
    if declaration.constraint is not None:
        raise OutputError(
            "{declaration} cannot be written for SymPy alone yet", declaration=repr(declaration)
        )
    letters = "abcdefgh"[: len(declaration.shape)]
    loops = " ".join(
        f"for {letter} in indices(1, {size})"
        for letter, size in zip(letters, declaration.shape, strict=True)
    )
    key = letters if len(letters) == 1 else f"({', '.join(letters)})"
    label = "f" + repr(declaration.name + "".join(f"_{{{letter}}}" for letter in letters))
    return f"{{{key}: {scalar(declaration, label)} {loops}}}"


def _samples(domain: object) -> list[Fraction]:
    """Some values of the domain: all of a finite one, or the ends and some numbers inside."""
    if isinstance(domain, FiniteSet):
        return list(domain.values)
    assert isinstance(domain, Interval)
    lower, upper = domain.lower, domain.upper
    found: set[Fraction] = {Fraction(n) for n in range(-2, 3)}
    found |= {end for end in (lower, upper) if end is not None}
    if lower is not None and upper is not None:
        found |= {(lower * (4 - k) + upper * k) / 4 for k in (1, 2, 3)}
    elif lower is not None:
        found |= {lower + k for k in (1, 2, 5)}
    elif upper is not None:
        found |= {upper - k for k in (1, 2, 5)}
    return sorted(value for value in found if value in domain)
