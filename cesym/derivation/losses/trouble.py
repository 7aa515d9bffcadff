"""Where a loss has no value, or no derivative: the smallest part that has none, and a point."""

from __future__ import annotations

from collections.abc import Callable

from cesym.errors import CesymError, DomainError
from cesym.messages import Message, message
from cesym.prover import Verdict, decide
from cesym.reader.elaborate import Source, claims_of
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

    def slope(part: Node) -> Node:
        return Derivative(part, ((Name(variable, part.at), 1),), part.at)

    part, verdict = _trouble(node, slope, context, source)
    if verdict is None:
        return
    # A part may have a kink where the loss has none: max(1 - s, 0)**2.
    verdict = _verdict(slope(node), context, source) or verdict
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


def _verdict(node: Node, context: Context, source: Source) -> Verdict | None:
    """Whether `node` has a value everywhere; None for a part that has no meaning by itself."""
    try:
        (claim,) = claims_of(Chain((node, node), ("==",)), context, source)
    except CesymError:
        return None
    return decide(claim, seconds=SECONDS)


def _point(verdict: Verdict) -> str:
    """Where it fails; nothing to name when the formula has no symbols."""
    assert verdict.counterexample is not None
    return ", ".join(f"{name} = {value}" for name, value in verdict.counterexample.at)


def _reason(verdict: Verdict) -> Message | str:
    return verdict.reason or message("not decided")
