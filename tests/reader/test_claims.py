"""The formulas beside the project: what is read of them has the truth that they state."""

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from cesym.errors import ReadError
from cesym.reader.digits import Undecided, Undefined, compare, holds
from cesym.reader.plain import parse_assumption, parse_claim, parse_domain
from cesym.reader.syntax import Chain
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, FiniteSet, IndexRange, Interval

FILE = Path(__file__).parents[3] / "shared" / "claims" / "claims.jsonl"
NOT_YET = ("limit", "argmin", "minvalue", "matrix")
"""Kinds and levels that the plain reader does not read yet."""


def rows() -> list[dict]:
    if not FILE.exists():
        return []
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def is_read(row: dict) -> bool:
    return not any(word in (row["level"], row["plain"].partition("(")[0]) for word in NOT_YET)


ROWS = [row for row in rows() if is_read(row)]
LATER = [row for row in rows() if not is_read(row)]


def test_the_claims_are_there():
    if not FILE.exists():
        assert os.environ.get("CESYM_REQUIRE_ALL") != "1", f"{FILE} is not there"
        pytest.skip(f"{FILE} is not there")
    assert len(ROWS) > 50


def context_of(row: dict) -> Context:
    """Sizes first: whatever uses them comes after."""
    assume = {name: text for name, text in row["assume"].items() if name != "where"}
    declarations = [Declaration(name, *parse_domain(text)) for name, text in assume.items()]
    declarations.sort(key=lambda d: not (isinstance(d.domain, Interval) and d.domain.integer))
    return Context().declare(*declarations)


def claim_of(row: dict) -> Chain:
    return parse_claim(row["plain"], context_of(row))


def exact(value):
    return [exact(entry) for entry in value] if isinstance(value, list) else Fraction(value)


def points_given(row: dict) -> Iterator[dict]:
    if "counterexample" in row:
        yield row["counterexample"]["at"]
    if "at_point" in row:
        yield row["at_point"]


FALSE = [(row, at) for row in ROWS if not row["truth"] for at in points_given(row)]


@pytest.mark.parametrize(("row", "at"), FALSE, ids=[row["id"] for row, _ in FALSE])
def test_a_false_claim_is_false_where_it_says(row, at):
    chain, point = claim_of(row), {name: exact(value) for name, value in at.items()}
    links = list(zip(chain.operators, pairwise(chain.operands), strict=True))
    assert not all(true_at(operator, left, right, point) for operator, (left, right) in links)
    if len(links) == 1 and "counterexample" in row and at is row["counterexample"]["at"]:
        sides = compare(*chain.operands, point)
        for found, stated in zip((sides.left, sides.right), ("lhs", "rhs"), strict=True):
            assert float(found) == pytest.approx(float(row["counterexample"][stated]), rel=1e-9)


def true_at(operator: str, left, right, point: dict) -> bool:
    try:
        return holds(operator, left, right, point)
    except Undecided:
        return compare(left, right, point).order == "==" and operator not in ("<", ">")


def drawn(context: Context, random: Random) -> dict:
    """A point of the domain."""
    point: dict = {}
    for declaration in context:
        point[declaration.name] = drawn_array(declaration, declaration.shape, point, random)
    return point


def drawn_array(declaration: Declaration, shape: tuple, point: dict, random: Random):
    if not shape:
        return drawn_number(declaration.domain, point, random)
    size = int(point.get(shape[0], shape[0]))
    if declaration.constraint == "onehot":
        hot = random.randrange(size)
        return [int(k == hot) for k in range(size)]
    if declaration.constraint == "simplex":
        closed = not declaration.domain.lower_open
        weights = [random.randint(0 if closed else 1, 9) for _ in range(size - 1)] + [1]
        return [Fraction(weight, sum(weights)) for weight in weights]
    return [drawn_array(declaration, shape[1:], point, random) for _ in range(size)]


def drawn_number(domain, point: dict, random: Random) -> Fraction:
    if isinstance(domain, FiniteSet):
        return random.choice(domain.values)
    if isinstance(domain, IndexRange):
        return Fraction(random.randint(1, int(point.get(domain.size, domain.size))))
    if domain.integer:
        return domain.lower + random.randint(0, 2)
    unit = Fraction(random.randint(1, 99), 100)
    if domain.lower is not None and domain.upper is not None:
        return domain.lower + (domain.upper - domain.lower) * unit
    if domain.lower is not None:
        return domain.lower + unit * 7
    return (unit - Fraction(1, 2)) * 20


TRUE = [row for row in ROWS if row["truth"]]


@pytest.mark.parametrize("row", TRUE, ids=[row["id"] for row in TRUE])
def test_a_true_claim_is_true_at_points_of_its_domain(row):
    chain, context, random = claim_of(row), context_of(row), Random(row["id"])
    assumed = [parse_assumption(text, context) for text in row["assume"].get("where", [])]
    for _ in range(3):
        point = drawn(context, random)
        for link in (*assumed, chain):
            for operator, (left, right) in zip(
                link.operators, pairwise(link.operands), strict=True
            ):
                assert holds(operator, left, right, point), point


@pytest.mark.parametrize("row", LATER, ids=[row["id"] for row in LATER])
def test_what_is_not_read_yet_is_refused_by_name(row):
    with pytest.raises(ReadError, match="is not supported yet"):
        claim_of(row)


def test_an_undefined_claim_is_not_true():
    chain = parse_claim("log(x) == log(x)", context_of({"assume": {"x": "real"}}))
    with pytest.raises(Undefined):
        holds("==", *chain.operands, {"x": Fraction(-1)})
