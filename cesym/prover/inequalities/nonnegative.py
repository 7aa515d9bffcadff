"""Solutions x >= 0 of linear equations, exactly: the simplex method over the rationals.

Bland's rule, by which the first column that helps comes in and of the rows that allow it the one
with the first column goes out, never comes back to a basis it has left (R. G. Bland, Math. Oper.
Res. 2, 1977).
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from cesym.prover.budget import Budget

ZERO = fmpq(0)


def nonnegative_solution(
    columns: Sequence[Sequence[int]],
    target: Sequence[int],
    wanted: Sequence[bool],
    budget: Budget,
) -> list[fmpq] | None:
    """Some x >= 0 with sum_j x_j columns_j = target, None where there is none.

    If one can be had, x_j > 0 for some j that is `wanted`.

    >>> nonnegative_solution([(1, 0), (1, 1), (0, 1)], (2, 1), [False, True, False], Budget())
    [1, 1, 0]
    >>> nonnegative_solution([(1, 0)], (-1, 0), [False], Budget()) is None
    True
    """
    table = _Table(columns, target, budget)
    if not table.feasible():
        return None
    table.reach(wanted)
    return table.solution()


class _Table:
    """The equations, solved for the columns of a basis; the last entry of a row is its right side.

    A column of its own for each row, with which it begins, comes after those asked for.
    """

    def __init__(
        self, columns: Sequence[Sequence[int]], target: Sequence[int], budget: Budget
    ) -> None:
        self.budget = budget
        self.count = len(columns)
        self.rows: list[list[fmpq]] = []
        for i, right in enumerate(target):
            sign = -1 if right < 0 else 1
            row = [fmpq(sign * column[i]) for column in columns]
            own = [fmpq(int(k == i)) for k in range(len(target))]
            self.rows.append([*row, *own, fmpq(sign * right)])
        self.basis = [self.count + i for i in range(len(target))]

    def feasible(self) -> bool:
        """Go to a basis without the columns of the rows, as far as they are not 0."""
        goal = [ZERO] * self.count + [fmpq(-1)] * len(self.rows)
        self._improve(goal, range(self.count))
        if any(self.rows[i][-1] != 0 for i, j in enumerate(self.basis) if j >= self.count):
            return False
        for i, basic in enumerate(self.basis):
            if basic >= self.count:
                place = next((j for j in range(self.count) if self.rows[i][j] != 0), None)
                if place is not None:
                    self._pivot(i, place)
        return True

    def reach(self, wanted: Sequence[bool]) -> None:
        """Go on until a column that is wanted is positive, or none can be."""
        goal = [fmpq(int(w)) for w in wanted] + [ZERO] * len(self.rows)
        self._improve(goal, range(self.count), enough=True)

    def solution(self) -> list[fmpq]:
        """The columns' numbers."""
        found = [ZERO] * self.count
        for i, basic in enumerate(self.basis):
            if basic < self.count:
                found[basic] = self.rows[i][-1]
        return found

    def _improve(self, goal: list[fmpq], allowed: range, *, enough: bool = False) -> None:
        """Make the sum of goal_j x_j as large as can be, or with `enough` only positive."""
        while True:
            self.budget.tick()
            if enough and sum((goal[j] * r[-1] for j, r in self._pairs()), ZERO) > 0:
                return
            entering = next((j for j in allowed if self._gain(goal, j) > 0), None)
            if entering is None:
                return
            ratios = [
                (row[-1] / row[entering], self.basis[i], i)
                for i, row in enumerate(self.rows)
                if row[entering] > 0
            ]
            if not ratios:  # it may be as large as one likes, and so may what it brings along
                self._extend(entering)
                return
            self._pivot(min(ratios)[2], entering)

    def _pairs(self) -> list[tuple[int, list[fmpq]]]:
        return list(zip(self.basis, self.rows, strict=True))

    def _gain(self, goal: list[fmpq], column: int) -> fmpq:
        if column in self.basis:
            return ZERO
        return goal[column] - sum((goal[j] * row[column] for j, row in self._pairs()), ZERO)

    def _pivot(self, i: int, column: int) -> None:
        head = self.rows[i][column]
        self.rows[i] = [entry / head for entry in self.rows[i]]
        for other, row in enumerate(self.rows):
            factor = row[column]
            if other != i and factor != 0:
                self.rows[other] = [a - factor * b for a, b in zip(row, self.rows[i], strict=True)]
        self.basis[i] = column

    def _extend(self, column: int) -> None:
        """Set a column that nothing bounds to 1, as a row of its own."""
        for row in self.rows:
            row[-1] = row[-1] - row[column]
        unit = [ZERO] * (len(self.rows[0]) if self.rows else self.count + 1)
        unit[column], unit[-1] = fmpq(1), fmpq(1)
        self.rows.append(unit)
        self.basis.append(column)
