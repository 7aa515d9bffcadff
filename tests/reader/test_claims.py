"""The formulas beside the project: what is read of them has the truth that they state."""

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from cesym.reader.digits import Undecided, Undefined, compare, evaluate, holds
from cesym.reader.digits.evidence import better, lowest, seems_to_tend
from cesym.reader.elaborate import Source, claims_of
from cesym.reader.plain import parse_assumption, parse_claim, parse_domain, parse_expression
from cesym.reader.syntax import Chain, Evaluated, Extremum, Limit
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, FiniteSet, IndexRange, Interval

FILE = Path(__file__).parents[3] / "shared" / "claims" / "claims.jsonl"


def rows() -> list[dict]:
    if not FILE.exists():
        return []
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


ROWS = rows()
KINDS = ("limit", "minimum")
"""Kinds that have no value to compare: numbers give evidence only."""
VALUED = [row for row in ROWS if row["kind"] not in KINDS]


def test_the_claims_are_there():
    if not FILE.exists():
        assert os.environ.get("CESYM_REQUIRE_ALL") != "1", f"{FILE} is not there"
        pytest.skip(f"{FILE} is not there")
    assert len(ROWS) > 100


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


FALSE = [(row, at) for row in VALUED if not row["truth"] for at in points_given(row)]


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


TRUE = [row for row in VALUED if row["truth"]]


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


LIMITS = [row for row in ROWS if row["kind"] == "limit"]
MINIMA = [row for row in ROWS if row["kind"] == "minimum"]


@pytest.mark.parametrize("row", LIMITS, ids=[row["id"] for row in LIMITS])
def test_numbers_tend_to_the_limits_that_are_true(row):
    limit, stated = claim_of(row).operands
    assert isinstance(limit, Limit)
    random = Random(row["id"])
    found = [seems_to_tend(limit, stated, drawn(context_of(row), random)) for _ in range(3)]
    assert found == [row["truth"]] * 3


@pytest.mark.parametrize("row", MINIMA, ids=[row["id"] for row in MINIMA])
def test_numbers_bear_out_the_minima_that_are_true(row):
    extremum, stated = claim_of(row).operands
    assert isinstance(extremum, Extremum)
    random, context = Random(row["id"]), context_of(row)
    for _ in range(3):
        point = drawn(context, random)
        variable = context.declarations[extremum.variable.name]
        others = [drawn_array(variable, variable.shape, point, random) for _ in range(20)]
        found = better(extremum, stated, others, point)
        if row["truth"] or extremum.kind == "argmin":
            assert (found is None) == row["truth"]
        else:
            assert lowest(extremum, others, point) > evaluate(stated, point) + 0.1
        if row["truth"] and extremum.kind == "minvalue":
            there = parse_expression(row["at"], context)
            least = Evaluated(extremum.body, extremum.variable, there)
            assert holds("==", least, stated, point)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_claim_has_a_meaning(row):
    assert claims_of(claim_of(row), context_of(row), Source(row["plain"]))


def test_an_undefined_claim_is_not_true():
    chain = parse_claim("log(x) == log(x)", context_of({"assume": {"x": "real"}}))
    with pytest.raises(Undefined):
        holds("==", *chain.operands, {"x": Fraction(-1)})
