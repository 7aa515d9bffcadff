"""The same formulas as their sources write them: what is read of the LaTeX means what `plain`
means, and the rest is refused with its place.
"""

from itertools import pairwise
from random import Random

import pytest
from reader.test_claims import ROWS, claim_of, context_of, drawn

from cesym.derivation.verification import context_of as context_for
from cesym.derivation.verification import read_claim, verify
from cesym.errors import CesymError, ReadError
from cesym.reader import latex
from cesym.reader.digits import Undecided, compare
from cesym.reader.syntax import Chain, Constant, Extremum, Limit, Negate, Node
from cesym.terms.context import Context

SCALAR = "SG01 SG06 SG10 SG32 BC04 EN15 OT05"
VECTOR = "EN19 EN23 KL06 KL08 KL24 KL31 KL41 KL42 SM18"
READ = {*SCALAR.split(), *VECTOR.split()}
"""The rows that say all of what `plain` says in the names of `assume`."""

SAYS_MORE = {"SG32": 1}
"""Rows whose LaTeX has further links -> how many stand before that of `plain`."""

POINTS = 4


def latex_chain(row: dict) -> tuple[Chain, Context] | None:
    """What the LaTeX of a row says; None when it is refused."""
    context = context_for(row["assume"])
    try:
        read_claim(row["latex"], context, "latex")
        (display,) = latex.parse_display(row["latex"], context).chains
    except CesymError as error:
        assert isinstance(error, ReadError), error
        place = error.place
        assert place is not None and 1 <= place.column <= len(row["latex"]) + 1
        return None
    operands = (display.left, *(link.right for link in display.links))
    return Chain(operands, tuple(link.operator for link in display.links)), context


FOUND = {row["id"]: found for row in ROWS if (found := latex_chain(row)) is not None}


def test_what_is_self_contained_is_read_and_nothing_else():
    if ROWS:
        assert set(FOUND) == READ


def links(chain: Chain) -> list[tuple[str, Node, Node]]:
    pairs = pairwise(chain.operands)
    return [(o, a, b) for o, (a, b) in zip(chain.operators, pairs, strict=True)]


def the_same(mine: Node, theirs: Node, context: Context, points: list[dict]) -> bool:
    """Whether two sides have the same value at all points; limits and minima: their bodies."""
    match mine, theirs:
        case Limit(), Limit():
            sides = {mine.side, theirs.side}
            assert len(sides) == 1 or (0 in sides and at_an_end(theirs, context))
            where = mine.variable == theirs.variable and mine.target == theirs.target
            return where and the_same(mine.body, theirs.body, context, points)
        case Extremum(), Extremum():
            where = mine.variable == theirs.variable and mine.kind == theirs.kind
            return where and the_same(mine.body, theirs.body, context, points)
        case ((Constant("oo") | Negate(Constant("oo"))), _):
            return mine == theirs
    return all(agree(mine, theirs, point) for point in points)


def at_an_end(limit: Limit, context: Context) -> bool:
    """Whether the target can be reached from one side only."""
    domain = context.declarations[limit.variable.name].domain
    return getattr(limit.target, "value", None) in (domain.lower, domain.upper)


def agree(mine: Node, theirs: Node, point: dict) -> bool:
    try:
        return compare(mine, theirs, point).order == "=="
    except Undecided:
        return False


@pytest.mark.parametrize("row", [r for r in ROWS if r["id"] in FOUND], ids=lambda r: r["id"])
def test_nothing_is_misread(row):
    chain, context = FOUND[row["id"]]
    random, declared = Random(row["id"]), context_of(row)
    points = [drawn(declared, random) for _ in range(POINTS)]
    mine, theirs = links(chain), links(claim_of(row))
    start = SAYS_MORE.get(row["id"], 0)
    assert len(mine) == len(theirs) + start
    for (operator, left, right), (wanted, one, two) in zip(mine[start:], theirs, strict=True):
        assert operator == wanted
        assert the_same(left, one, context, points)
        assert the_same(right, two, context, points)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SG06", r"2\sigma(x)-1=\tanh(x)"),
        ("KL08", r"D_{KL}(q\|p)=D_{KL}(p\|q)"),
        ("KL41", r"\min_q H(q,p)=H(p)"),
        ("EN15", r"\lim_{x\to0^+}\sqrt{x}\log x=\infty"),
    ],
)
def test_a_misreading_would_be_found(name, wrong):
    for row in (row for row in ROWS if row["id"] == name):
        found = latex_chain({**row, "latex": wrong})
        assert found is not None
        chain, context = found
        ((_, left, right),) = links(chain)
        ((_, one, two),) = links(claim_of(row))
        points = [drawn(context_of(row), Random(name)) for _ in range(POINTS)]
        sides = the_same(left, one, context, points), the_same(right, two, context, points)
        assert not all(sides)


@pytest.mark.parametrize("row", [r for r in ROWS if r["id"] in FOUND], ids=lambda r: r["id"])
def test_the_verdict_is_that_of_plain(row):
    found = [verify(row[k], let=row["assume"], notation=k).status for k in ("plain", "latex")]
    assert found[0] == found[1]
    assert found[0] in ("unknown", "proved" if row["truth"] else "refuted")
