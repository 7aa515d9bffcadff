"""Where a symbol may live: pure data, made by the readers, used by the prover to draw points and to
prove signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Size = int | str
"""The number of entries along an axis: a literal, or the name of a declared size such as `K`."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `lower` to `upper` (None: no bound), ends left out where open, only the
    integers if `integer`.

    >>> Interval(Fraction(0), Fraction(1), lower_open=True, upper_open=True)
    (0, 1)
    >>> Interval(Fraction(1), None, integer=True)
    integers >= 1
    """

    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_open: bool = False
    upper_open: bool = False
    integer: bool = False

    def __contains__(self, value: Fraction) -> bool:
        if self.integer and value.denominator != 1:
            return False
        above = (
            self.lower is None
            or value > self.lower
            or (value == self.lower and not self.lower_open)
        )
        below = (
            self.upper is None
            or value < self.upper
            or (value == self.upper and not self.upper_open)
        )
        return above and below

    @property
    def empty(self) -> bool:
        """Whether no number at all lies inside."""
        if self.lower is None or self.upper is None:
            return False
        if self.integer:
            first = -(-self.lower // 1) + (
                1 if self.lower_open and self.lower.denominator == 1 else 0
            )
            return Fraction(first) not in self
        return self.lower > self.upper or (
            self.lower == self.upper and (self.lower_open or self.upper_open)
        )

    def __repr__(self) -> str:
        if self.integer:
            if self.upper is None:
                return "integers" if self.lower is None else f"integers >= {self.lower}"
            if self.lower is None:
                return f"integers <= {self.upper}"
            return f"integers from {self.lower} to {self.upper}"
        if self.lower is None and self.upper is None:
            return "real"
        left = "(" if self.lower_open or self.lower is None else "["
        right = ")" if self.upper_open or self.upper is None else "]"
        lower = "-oo" if self.lower is None else self.lower
        upper = "oo" if self.upper is None else self.upper
        return f"{left}{lower}, {upper}{right}"


@dataclass(frozen=True, slots=True)
class FiniteSet:
    """Some numbers, such as the labels {0, 1} or {-1, 1}."""

    values: tuple[Fraction, ...]

    def __contains__(self, value: Fraction) -> bool:
        return value in self.values

    def __repr__(self) -> str:
        return "{" + ", ".join(map(str, self.values)) + "}"


@dataclass(frozen=True, slots=True)
class IndexRange:
    """The indices 1, 2, ..., size."""

    size: Size

    def __repr__(self) -> str:
        return f"index({self.size})"


Domain = Interval | FiniteSet | IndexRange

REAL = Interval()
POSITIVE_INTEGERS = Interval(Fraction(1), None, integer=True)
UNIT = Interval(Fraction(0), Fraction(1))
OPEN_UNIT = Interval(Fraction(0), Fraction(1), lower_open=True, upper_open=True)


@dataclass(frozen=True, slots=True)
class Declaration:
    r"""A symbol and where it lives.

    `shape` is empty for a scalar, `("K",)` for a vector of K entries, `("N", "D")` for a matrix;
    `domain` is then that of each entry. `constraint` is None, "simplex" (entries sum to 1) or
    "onehot" (one entry is 1, the others 0). `latex` is how the symbol is printed, `name` an
    identifier.
    """

    name: str
    domain: Domain
    shape: tuple[Size, ...] = ()
    constraint: str | None = None
    latex: str = ""
    line: int = 0

    def __repr__(self) -> str:
        sizes = ", ".join(map(str, self.shape))
        if self.constraint == "simplex":
            open_ = isinstance(self.domain, Interval) and self.domain.lower_open
            return f"{self.name} in {'open_' if open_ else ''}simplex({sizes})"
        if self.constraint == "onehot":
            return f"{self.name} in onehot({sizes})"
        power = "" if not self.shape else f"^{sizes}" if len(self.shape) == 1 else f"^({sizes})"
        return f"{self.name} in {self.domain!r}{power}"


def sizes_of(declaration: Declaration) -> tuple[Size, ...]:
    """The sizes that a declaration speaks of: those of the axes, and of the range of an index.

    >>> sizes_of(Declaration("i", IndexRange("K")))
    ('K',)
    """
    if isinstance(declaration.domain, IndexRange):
        return (*declaration.shape, declaration.domain.size)
    return declaration.shape
