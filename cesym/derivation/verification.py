"""`verify`: a formula that somebody wrote goes to the prover, with what it may take for granted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sympy import Basic
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom

from cesym.errors import CesymError, DeclarationError, Place, ReadError
from cesym.prover import DEFAULT_SECONDS, Verdict, decide
from cesym.prover.alarm import TimeUp, interrupted_after
from cesym.reader import latex, plain
from cesym.reader.elaborate import Source, claims_of, definition_of, hypotheses_of
from cesym.reader.from_sympy import from_sympy
from cesym.reader.syntax import Chain, Define, Span
from cesym.terms.claim import OPERATORS, Claim
from cesym.terms.context import Context

Notation = Literal["auto", "plain", "latex"]
Assumptions = str | Sequence[str] | Mapping[str, str | Sequence[str]]

CLAIM, ASSUMPTION = "<claim>", "<let>"
"""How places in the two kinds of text are named."""

EXTRA = "where"
"""The key of a mapping whose value is no domain but one or more conditions."""

INTEGER = re.compile(r"\s*\w+\s+in\s*(?:integers?\b|==)")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts on a chain `a = b <= c`, one for each link, in order."""

    links: tuple[Verdict, ...]

    @property
    def status(self) -> str:
        """`refuted` if any link is, else `unknown` if any link is, else `proved`."""
        found = {verdict.status for verdict in self.links}
        return next((status for status in ("refuted", "unknown") if status in found), "proved")

    @property
    def proved(self) -> bool:
        """Whether every link is proved."""
        return self.status == "proved"

    @property
    def refuted(self) -> bool:
        """Whether some link is refuted."""
        return self.status == "refuted"

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)


def verify(
    claim: str | Basic,
    *,
    let: Assumptions = (),
    notation: Notation = "auto",
    seconds: float = DEFAULT_SECONDS,
) -> Verdict | Verdicts:
    r"""Decide `claim` at every point of the domain that `let` declares.

    `claim` is plain text (`log(exp(x)) == x`), LaTeX, or a SymPy relation whose symbols are matched
    to the declarations by name; `auto` takes a text with a backslash for LaTeX. `let` holds
    declarations (`y in [0,1]`, `K in integer>=2`, `z in real^K`) and hypotheses (`x > 2`, `x = y`),
    or maps names to domains, with conditions under the key `where`. Each link of a chain has
    `seconds` seconds. The answer is one `Verdict`, for a chain of several relations `Verdicts`.

    Raises a CesymError with its place for a text that cannot be read.

    >>> verify("sigmoid(x) + sigmoid(-x) == 1", let=["x in real"]).status
    'proved'
    >>> verify(r"\sqrt{x^2} = x", let={"x": "real"}).counterexample.at
    (('x', '-1'),)
    >>> from sympy import Eq, exp, log, symbols
    >>> x, y = symbols("x y")
    >>> verify(Eq(log(x * y), log(x) + log(y)), let="x, y in (0,oo)").status
    'proved'
    >>> verify("0 < q <= 1/2", let=["q in (0,1/2)"]).status
    'proved'
    """
    links = _read(claim, let, notation, seconds)
    verdicts = tuple(decide(link, seconds=seconds) for link in links)
    return verdicts[0] if len(verdicts) == 1 else Verdicts(verdicts)


def _read(
    claim: str | Basic, let: Assumptions, notation: Notation, seconds: float
) -> tuple[Claim, ...]:
    """The claims, read within `seconds`: SymPy may look for the roots of what stands in a logarithm
    or an absolute value, and a polynomial of a high degree has many.
    """
    try:
        with interrupted_after(seconds):
            return read_claim(claim, context_of(let), notation)
    except TimeUp:
        raise ReadError(
            "this is not read within {seconds} seconds",
            remedy="divide it, with definitions",
            place=Place(CLAIM, 1, 1, str(claim)),
            seconds=f"{seconds:g}",
        ) from None


def read_claim(
    claim: str | Basic, context: Context, notation: Notation = "auto"
) -> tuple[Claim, ...]:
    """The claims that a text or a SymPy relation makes in `context`, one for each relation."""
    chains = _chains(claim, context, notation) if isinstance(claim, str) else (_relation(claim),)
    source = Source(str(claim), CLAIM)
    return tuple(link for chain in chains for link in claims_of(chain, context, source))


def _chains(text: str, context: Context, notation: Notation) -> tuple[Chain, ...]:
    """The chains of a text: one, or in LaTeX the rows of an `aligned` and the like."""
    if notation == "plain" or (notation == "auto" and "\\" not in text):
        return (plain.parse_claim(text, context, source=CLAIM),)
    display = latex.parse_display(text, context, source=CLAIM)
    if display.define is not None:
        raise ReadError(
            "this is a definition, not a claim",
            place=Source(text, CLAIM).place(display.define.at),
            remedy="define it with --let, and claim something about it",
        )
    return tuple(
        Chain(
            (chain.left, *(link.right for link in chain.links)),
            tuple(link.operator for link in chain.links),
            Span(chain.links[0].at.start, chain.links[-1].at.stop),
        )
        for chain in display.chains
    )


def _relation(claim: Basic) -> Chain:
    """The chain that a SymPy relation is."""
    if isinstance(claim, BooleanAtom):
        raise ReadError(
            "SymPy has already made {value} of this relation",
            remedy="build it with evaluate=False, or give it as text",
            value=str(claim),
        )
    if not isinstance(claim, Relational) or claim.rel_op not in OPERATORS:
        raise ReadError(
            "{claim} is not a claim",
            remedy="a claim is one of Eq, Le, Lt, Ge, Gt",
            claim=str(claim),
        )
    return Chain((from_sympy(claim.lhs), from_sympy(claim.rhs)), (claim.rel_op,))


def context_of(let: Assumptions) -> Context:
    """The context that assumptions make, in their order. Raises CesymError with the place.

    >>> context_of({"K": "integer>=2", "p": "simplex(K)", "where": "p[1] = 0"}).declarations
    {'K': K in integers >= 2, 'p': p in simplex(K)}
    """
    context = Context()
    # Integers first: a size may be declared after the vectors that it is the size of.
    for text in sorted(_lines(let), key=lambda text: INTEGER.match(text) is None):
        try:
            context = _assume(text, context)
        except CesymError as error:
            raise error if error.place else error.at(Place(ASSUMPTION, 1, 1, text)) from None
    return context


def _lines(let: Assumptions) -> Iterable[str]:
    """Each assumption as a line of its own."""
    if isinstance(let, str):
        return [let]
    if not isinstance(let, Mapping):
        return let
    lines = [f"{name} in {domain}" for name, domain in let.items() if name != EXTRA]
    conditions = let.get(EXTRA, ())
    return [*lines, *([conditions] if isinstance(conditions, str) else conditions)]


def _assume(text: str, context: Context) -> Context:
    """`context` with one more assumption."""
    if "\\" in text:
        found = latex.parse_inline(text, context, source=ASSUMPTION)
    else:
        found = plain.parse_assumption(text, context, source=ASSUMPTION)
    source = Source(text, ASSUMPTION)
    match found:
        case Chain():
            return context.assume(*hypotheses_of(found, context, source))
        case Define():
            return context.define(definition_of(found, context, source))
        case None:
            raise DeclarationError(
                "this neither declares nor assumes anything",
                remedy="write a declaration such as {line}",
                line="x in real",
            )
    return context.declare(*found)
