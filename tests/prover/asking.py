"""From plain text to a verdict, for tests."""

from cesym.prover import Verdict, decide
from cesym.reader.elaborate import Source, claims_of, hypotheses_of
from cesym.reader.plain import parse_assumption, parse_claim
from cesym.terms.context import Context


def context_of(*lets: str) -> Context:
    """The context that assumptions in the plain language make."""
    context = Context()
    for let in lets:
        found = parse_assumption(let, context)
        if isinstance(found, tuple):
            context = context.declare(*found)
        else:
            context = context.assume(*hypotheses_of(found, context, Source(let)))
    return context


def ask(claim: str, *lets: str) -> Verdict:
    """The verdict on one claim."""
    context = context_of(*lets)
    (only,) = claims_of(parse_claim(claim, context), context, Source(claim))
    return decide(only)
