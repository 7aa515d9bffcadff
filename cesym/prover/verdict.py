"""What the prover says of a claim. Only the prover mints a verdict: the constructor is sealed.

As in the LCF provers, `proved` is a *type* that few lines can make: everything else in cesym may be
wrong without a false `proved`.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import NoReturn

from cesym.messages import Message
from cesym.terms.claim import Claim
from cesym.terms.context import Hypothesis

PROVED, REFUTED, UNKNOWN = "proved", "refuted", "unknown"


class _Seal:
    """The key that `cesym.prover.decide` holds."""


SEAL = _Seal()


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A point of the domain at which the claim fails: both sides in digits, or what is undefined
    there.

    `at` pairs the name of each symbol with its exact value; a vector's value is the list of its
    entries. `difference` is left minus right, where the digits shown do not tell them apart.
    `checked` when an evaluator that shares no code with the prover found the same, with as many
    digits as that took.
    """

    at: tuple[tuple[str, str], ...]
    left: str | None = None
    right: str | None = None
    undefined: str | None = None
    difference: str | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class SideCondition:
    """A condition of the text, where it comes from, and whether it was proved (True) or is left
    open (False).
    """

    text: str
    why: str
    discharged: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """`proved`, `refuted` or `unknown`, with the evidence.

    - proved: `trace` says how, `side_conditions` are all discharged, `hypotheses` are those that
      were used;
    - refuted: `counterexample`;
    - unknown: `reason`, and `residue`, what was left over of `left - right`, in the plain language.
    """

    claim: Claim
    status: str
    method: Message
    trace: tuple[Message, ...] = ()
    counterexample: Counterexample | None = None
    residue: str | None = None
    reason: Message | None = None
    side_conditions: tuple[SideCondition, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    seconds: float = 0.0
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not SEAL:
            raise TypeError("a verdict comes from cesym.prover.decide alone")
        if self.status == PROVED and not all(c.discharged for c in self.side_conditions):
            raise TypeError("a proved verdict has no open side condition")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a verdict cannot be copied or stored")

    @property
    def proved(self) -> bool:
        """Whether the claim holds at every point of its context."""
        return self.status == PROVED

    @property
    def refuted(self) -> bool:
        """Whether the claim fails at some point of its context."""
        return self.status == REFUTED
