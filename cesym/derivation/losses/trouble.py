"""Where a loss has no value, or no derivative: the smallest part that has none, and a point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import Expr

from cesym.derivation.drafting.pieces import MOST_KINKS
from cesym.errors import CesymError, DomainError, UnsupportedTerm
from cesym.messages import Message, message
from cesym.prover import Verdict, decide
from cesym.reader.elaborate import Source, claims_of, elaborate
from cesym.reader.latex.walks import children
from cesym.reader.syntax import Chain, Derivative, Name, Node
from cesym.terms.context import Context

SECONDS = 4.0
"""The budget of one question."""

Question = Callable[[Node], Node]
"""A part of the loss -> what must have a value everywhere."""


def require_value(node: Node, context: Context, source: Source) -> None:
    """Check that the loss has a value everywhere. Raises DomainError with the place."""
    part, verdict = _trouble(node, lambda part: part, context, source)
    if verdict is None:
        return
    if verdict.refuted:
        raise DomainError(
            "the loss has no value at {point}",
            place=source.place(part.at),
            remedy="declare its symbols where it has one, such as {example}",
            point=_point(verdict),
            example="q in (0,1)",
        )
    raise DomainError(
        "it is not shown that the loss has a value everywhere: {reason}",
        place=source.place(part.at),
        remedy="declare its symbols where it has one, such as {example}",
        reason=_reason(verdict),
        example="q in (0,1)",
    )


def require_derivative(node: Node, variable: str, context: Context, source: Source) -> None:
    """Check that the loss has a derivative by `variable` everywhere. Raises DomainError."""
    part, verdict = _trouble(node, _slope_by(variable), context, source)
    if verdict is None:
        return
    # A part may have a kink where the loss has none: max(1 - s, 0)**2.
    verdict = _verdict(_slope_by(variable)(node), context, source) or verdict
    if verdict.refuted:
        raise DomainError(
            "the loss has no derivative by {name} at {point}",
            place=source.place(part.at),
            remedy="declare a domain without this point, or bring a loss that is smooth there",
            name=variable,
            point=_point(verdict),
        )
    raise DomainError(
        "it is not shown that the loss has a derivative by {name} everywhere: {reason}",
        place=source.place(part.at),
        remedy="declare a domain in which it is smooth",
        name=variable,
        reason=_reason(verdict),
    )


def kinks_by(node: Node, variable: str, context: Context, source: Source) -> tuple[Expr, ...]:
    """The terms at whose zeros alone the loss may have no derivative by `variable`; none where it
    has one everywhere. Raises DomainError where kinks are not all that is wrong.
    """
    slope = _slope_by(variable)(node)
    verdict = _verdict(slope, context, source)
    if verdict is not None and verdict.proved:
        return ()
    facts = _kinks(node, variable, context, source)
    beside = _verdict(slope, context, source, kinks=False)
    if not facts or beside is None or not beside.proved:
        require_derivative(node, variable, context, source)
    if len(facts) > MOST_KINKS:
        raise UnsupportedTerm(
            "the loss has {count} kinks in {name}, more than {most}",
            place=source.place(node.at),
            remedy="derive it on a domain with fewer of them",
            count=len(facts),
            name=variable,
            most=MOST_KINKS,
        )
    return facts


def _kinks(node: Node, variable: str, context: Context, source: Source) -> tuple[Expr, ...]:
    """What must not be 0 for every part to be smooth, up to repetitions and signs."""
    found: list[Expr] = []
    symbol = context.symbol(variable)
    for kink in elaborate(node, context, source).kinks:
        for term in (fact.term for fact in kink.alternatives if fact.term.has(symbol)):
            if term not in found and -term not in found:
                found.append(term)
    return tuple(found)


def _slope_by(variable: str) -> Question:
    """A part of the loss -> its derivative."""
    return lambda part: Derivative(part, ((Name(variable, part.at), 1),), part.at)


def _trouble(
    node: Node, question: Question, context: Context, source: Source
) -> tuple[Node, Verdict | None]:
    """The smallest part of `node` of which not everything asked has a value, and the verdict; None
    when all is well.
    """
    verdict = _verdict(question(node), context, source)
    if verdict is None or verdict.proved:
        return node, None
    for part in children(node):
        smaller, found = _trouble(part, question, context, source)
        if found is not None:
            return smaller, found
    return node, verdict


def _verdict(node: Node, context: Context, source: Source, *, kinks: bool = True) -> Verdict | None:
    """Whether `node` has a value everywhere, if need be but for kinks; None for a part that has no
    meaning by itself.
    """
    try:
        (claim,) = claims_of(Chain((node, node), ("==",)), context, source)
    except CesymError:
        return None
    if not kinks:
        needed = tuple(one for one in claim.conditions if not one.kinks)
        claim = replace(claim, conditions=needed)
    return decide(claim, seconds=SECONDS)


def _point(verdict: Verdict) -> str:
    """Where it fails; nothing to name when the formula has no symbols."""
    assert verdict.counterexample is not None
    return ", ".join(f"{name} = {value}" for name, value in verdict.counterexample.at)


def _reason(verdict: Verdict) -> Message | str:
    return verdict.reason or message("not decided")
