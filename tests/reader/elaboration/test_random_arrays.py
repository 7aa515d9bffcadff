"""Random formulas of vectors and matrices: the entries of the term are the numbers that the
independent evaluator finds.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from sympy import Expr, Indexed, IndexedBase, Rational, Symbol, log

from cesym.derivation.verification import context_of
from cesym.errors import CesymError
from cesym.reader.digits import Undefined, evaluate
from cesym.reader.elaboration.arrays import Array
from cesym.reader.elaboration.source import Source
from cesym.reader.elaboration.walk import Walk
from cesym.reader.plain import parse_expression
from cesym.reader.syntax import Number, Subscript
from cesym.terms.differentiation import evaluate as differentiated
from cesym.terms.differentiation import written_out
from cesym.terms.functions import unfold, xlogy
from tests.soundness.second_opinion import draw

NAMES = {
    "x": "(0,oo)",
    "v": "real^2",
    "q": "open_simplex(2)",
    "u": "real^3",
    "A": "real^(2,2)",
    "X": "real^(3,2)",
}
CONTEXT = context_of(NAMES)
SHAPES = ((), (2,), (3,), (2, 2), (3, 2), (2, 3), (3, 3))
LEAVES = {
    (): ["x", "2", "q[1]", "A[1,2]", "1/3"],
    (2,): ["v", "q", "[x, 1/2]", "[2, v[1]]"],
    (3,): ["u", "[1, x, u[2]]"],
    (2, 2): ["A", "diag(v)", "[[x, 1], [2, v[2]]]", "outer(q, v)"],
    (3, 2): ["X", "outer(u, v)", "[q, v, [1, 2]]"],
    (2, 3): ["X.T", "outer(v, u)", "[u, [x, 2, 3]]"],
    (3, 3): ["diag(u)", "outer(u, u)"],
}
FORMULAS = 150


def formula(shape: tuple[int, ...], depth: int, random: Random) -> str:
    """A text of an array of that shape."""
    if depth == 0 or random.random() < 0.1:
        return random.choice(LEAVES[shape])

    def part(*inner: int) -> str:
        return formula(inner, depth - 1, random)

    n = random.choice((2, 3))
    choices = [
        lambda: f"({part(*shape)} {random.choice('+-*')} {part(*shape)})",
        lambda: f"({part()}*{part(*shape)})",
        lambda: f"{random.choice(('sigmoid', 'tanh', 'softplus'))}({part(*shape)})",
        lambda: f"diff({part(*shape)}, {random.choice(('x', 'v[1]', 'A[1,2]'))})",
    ]
    if not shape:
        choices += [
            lambda: f"dot({part(n)}, {part(n)})",
            lambda: f"({part(n)} @ {part(n)})",
            lambda: f"sum({part(n)})",
            lambda: f"sum({part(n, 2)})",
            lambda: f"logsumexp({part(n)})",
            lambda: f"cross_entropy(softmax({part(n)}), softmax({part(n)}))",
            lambda: f"(({part(n)}).T @ {part(n, 2)} @ {part(2)})",
        ]
    if len(shape) == 1:
        (size,) = shape
        choices += [
            lambda: f"({part(size, n)} @ {part(n)})",
            lambda: f"({part(n)} @ {part(n, size)})",
            lambda: f"softmax({part(size)})",
            lambda: f"diag({part(size, size)})",
        ]
    if shape == (2,):
        choices += [lambda: f"grad({part()}, v)", lambda: f"grad({part()}, v)"]
    if len(shape) == 2:
        rows, columns = shape
        choices += [
            lambda: f"({part(rows, n)} @ {part(n, columns)})",
            lambda: f"({part(columns, rows)}).T",
            lambda: f"outer({part(rows)}, {part(columns)})",
            lambda: f"softmax({part(*shape)})",
        ]
    if len(shape) == 2 and shape[0] == shape[1]:
        choices.append(lambda: f"diag({part(shape[0])})")
    if shape == (2, 2):
        choices += [lambda: f"hessian({part()}, v)", lambda: f"grad({part()}, A)"]
    if len(shape) == 2 and shape[1] == 2:
        choices.append(lambda: f"jacobian({part(shape[0])}, v)")
    return random.choice(choices)()


def entries(found: Expr | Array) -> Iterator[tuple[tuple[int, ...], Expr]]:
    """The places and terms of an array; of a number, the place ()."""
    if not isinstance(found, Array):
        yield (), found
        return
    for place in product(*(range(1, int(str(size)) + 1) for size in found.sizes)):
        yield place, found.at(*map(Rational, place))


def number(term: Expr, point: dict) -> Expr:
    """The entry at the point, all written out; no first argument of xlogy is 0 here."""
    term = written_out(differentiated(unfold(term))).replace(xlogy, lambda x, y: x * log(y))
    values = {}
    for atom in term.atoms(Symbol, Indexed):
        if isinstance(atom, Indexed):
            values[atom] = Rational(*_exact(point[str(atom.base)][tuple(map(int, atom.indices))]))
        elif str(atom) in point and not isinstance(point[str(atom)], dict):
            values[atom] = Rational(*_exact(point[str(atom)]))
    return term.xreplace(values)


def _exact(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator


@pytest.mark.parametrize("seed", range(FORMULAS))
def test_entries_are_the_numbers_of_the_evaluator(seed):
    random = Random(seed)
    shape = random.choice(SHAPES)
    text = formula(shape, random.choice((1, 2, 3)), random)
    node = parse_expression(text, CONTEXT)
    walk = Walk(CONTEXT, Source(text))
    try:
        found = walk.value(node)
    except CesymError as error:
        pytest.skip(f"{text}: {error}")
    assert (tuple(map(int, found.sizes)) if isinstance(found, Array) else ()) == shape
    point = draw(CONTEXT, random)
    for place, term in entries(found):
        indices = tuple(Number(Fraction(i)) for i in place)
        entry = Subscript(node, indices) if indices else node
        expected = evaluate(entry, point, digits=30)
        value = number(term, point).evalf(30, maxn=400)
        assert value.is_number
        assert abs(float(value - expected)) <= 1e-12 * (1 + abs(float(expected))), (text, place)


def test_the_base_of_an_entry_is_an_array():
    assert isinstance(CONTEXT.symbol("v"), IndexedBase)
    with pytest.raises(Undefined):
        evaluate(parse_expression("log(v[1] - v[1])", CONTEXT), draw(CONTEXT, Random(1)))
