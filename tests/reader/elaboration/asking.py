"""What a text means, with what may be taken for granted as a user would write it."""

from cesym.derivation.verification import Verdicts, context_of, read_claim, verify
from cesym.terms.claim import Claim


def claims(text: str, **let: str) -> tuple[Claim, ...]:
    """The claims that a plain text makes."""
    return read_claim(text, context_of(let), "plain")


def claim(text: str, **let: str) -> Claim:
    """The one claim that a plain text makes."""
    (found,) = claims(text, **let)
    return found


def status(text: str, **let: str) -> str:
    """The verdict on a plain text."""
    found = verify(text, let=let, notation="plain", seconds=8)
    assert isinstance(found, Verdicts) or found.claim
    return found.status
