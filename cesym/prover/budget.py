"""A limit on time and cases for every call into the prover. Running out is an honest `unknown`,
never a hang.
"""

from __future__ import annotations

import time

from cesym.errors import BudgetExceeded


class Budget:
    """Seconds and case distinctions that one claim may use.

    >>> Budget(seconds=10).left > 9
    True
    """

    __slots__ = ("cases", "deadline", "seconds")

    def __init__(self, seconds: float = 10.0, cases: int = 200) -> None:
        self.seconds = seconds
        self.cases = cases
        self.deadline = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.deadline - time.monotonic()

    def tick(self) -> None:
        """Raise BudgetExceeded when the time is over. Called in every loop that can run long."""
        if self.left < 0:
            raise out_of_time(self.seconds)

    def case(self) -> None:
        """Count one more case distinction."""
        self.cases -= 1
        if self.cases < 0:
            raise BudgetExceeded("too many cases")
        self.tick()


def out_of_time(seconds: float) -> BudgetExceeded:
    """The error that says so."""
    return BudgetExceeded("not decided within {seconds} seconds", seconds=f"{seconds:g}")
