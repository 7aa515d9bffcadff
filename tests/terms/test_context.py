"""Declarations, sizes, assumptions and definitions of a context."""

from fractions import Fraction

import pytest
from sympy import IndexedBase, Integer, Lambda, Rational, S, Sum, Symbol, exp, log

from cesym.errors import DeclarationError
from cesym.terms.binders import canonical
from cesym.terms.context import Context, Definition, Hypothesis, assumptions
from cesym.terms.differentiation import Diff, evaluate
from cesym.terms.domains import (
    OPEN_UNIT,
    POSITIVE_INTEGERS,
    REAL,
    UNIT,
    Declaration,
    FiniteSet,
    IndexRange,
    Interval,
)

NAMES = Context().declare(
    Declaration("x", REAL),
    Declaration("y", UNIT),
    Declaration("z", REAL, ("K",)),
    Declaration("X", REAL, ("N", 3)),
    Declaration("j", IndexRange("K")),
)
x, y, z, j, K = map(NAMES.symbol, "xyzjK")
k = Symbol("k", integer=True, positive=True)
LABELS = FiniteSet((Fraction(0), Fraction(1)))


class TestDeclare:
    def test_every_change_is_a_new_context(self):
        more = NAMES.declare(Declaration("w", REAL))
        assert NAMES.kind("w") is None
        assert more.kind("w") == "scalar"

    def test_the_order_is_kept(self):
        assert [d.name for d in NAMES] == ["x", "y", "K", "z", "N", "X", "j"]

    @pytest.mark.parametrize(
        "twice",
        [
            Declaration("x", UNIT),
            Declaration("K", POSITIVE_INTEGERS),  # declared by z in real^K
            Declaration("f", REAL),  # defined
            Declaration("v", REAL, ("f",)),  # a size that is a function
            Declaration("v", REAL, ("v",)),  # its own size
            Declaration("v", IndexRange("v")),
        ],
    )
    def test_a_name_is_declared_once(self, twice):
        context = NAMES.define(Definition("f", (x,), x**2))
        with pytest.raises(DeclarationError, match="is declared already"):
            context.declare(twice)

    def test_twice_in_one_call(self):
        with pytest.raises(DeclarationError):
            Context().declare(Declaration("a", REAL), Declaration("a", REAL))


class TestSizes:
    def test_a_size_is_declared_by_its_use(self):
        assert NAMES.declarations["K"].domain == POSITIVE_INTEGERS
        assert NAMES.kind("K") == "scalar"
        assert K.is_integer
        assert K.is_positive

    def test_the_size_of_an_index_too(self):
        context = Context().declare(Declaration("i", IndexRange("N")))
        assert context.ranges() == {context.symbol("i"): context.symbol("N")}

    def test_a_literal_size(self):
        context = Context().declare(Declaration("i", IndexRange(4)))
        assert context.ranges() == {context.symbol("i"): Integer(4)}
        assert set(context.declarations) == {"i"}

    @pytest.mark.parametrize(
        "domain",
        [
            POSITIVE_INTEGERS,
            Interval(Fraction(3), None, integer=True),
            Interval(Fraction(0), Fraction(9), integer=True),
            FiniteSet((Fraction(2), Fraction(5))),
        ],
    )
    def test_a_declared_count_can_be_a_size(self, domain):
        context = Context().declare(Declaration("K", domain), Declaration("z", REAL, ("K",)))
        assert context.declarations["K"].domain == domain

    @pytest.mark.parametrize(
        "declaration",
        [
            Declaration("K", REAL),
            Declaration("K", Interval(None, None, integer=True)),
            Declaration("K", FiniteSet((Fraction(1, 2), Fraction(1)))),
            Declaration("K", FiniteSet((Fraction(-1), Fraction(1)))),
            Declaration("K", POSITIVE_INTEGERS, ("M",)),
            Declaration("K", IndexRange("M")),
        ],
    )
    def test_anything_else_cannot(self, declaration):
        context = Context().declare(declaration)
        with pytest.raises(DeclarationError, match="used as a size"):
            context.declare(Declaration("z", REAL, ("K",)))


class TestNames:
    def test_kinds(self):
        context = NAMES.define(Definition("f", (x,), x**2)).define(Definition("L", (), x))
        kinds = {name: context.kind(name) for name in ("x", "K", "z", "X", "j", "f", "L", "w")}
        assert kinds == {
            "x": "scalar",
            "K": "scalar",
            "z": "vector",
            "X": "vector",
            "j": "index",
            "f": "function",
            "L": "definition",
            "w": None,
        }

    def test_ranks_arities_and_sizes(self):
        assert NAMES.rank("z"), NAMES.rank("X") == (1, 2)
        assert NAMES.define(Definition("f", (x, y), x**y)).arity("f") == 2
        assert [NAMES.size(size) for size in ("K", 3)] == [K, Integer(3)]

    def test_the_declaration_behind_a_symbol(self):
        assert NAMES.declaration_of(x).name == "x"
        assert NAMES.declaration_of(z).name == "z"
        assert NAMES.declaration_of(z[j]) is None
        assert NAMES.declaration_of(Symbol("x")) is None

    def test_a_vector_is_indexed_and_its_entries_are_as_declared(self):
        p = Context().declare(Declaration("p", OPEN_UNIT, ("K",))).symbol("p")
        assert isinstance(p, IndexedBase)
        assert p[k].is_positive
        assert z[k].is_real
        assert z[k].is_positive is None


class TestAssumptions:
    @pytest.mark.parametrize(
        ("domain", "wanted"),
        [
            (REAL, {"real": True}),
            (UNIT, {"real": True, "nonnegative": True}),
            (OPEN_UNIT, {"real": True, "positive": True}),
            (Interval(Fraction(1, 2), None), {"real": True, "positive": True}),
            (Interval(None, Fraction(0)), {"real": True, "nonpositive": True}),
            (Interval(None, Fraction(0), upper_open=True), {"real": True, "negative": True}),
            (Interval(Fraction(-1), Fraction(1)), {"real": True}),
            (POSITIVE_INTEGERS, {"integer": True, "positive": True}),
            (Interval(Fraction(0), None, integer=True), {"integer": True, "nonnegative": True}),
            (LABELS, {"integer": True, "nonnegative": True}),
            (FiniteSet((Fraction(-1), Fraction(1))), {"integer": True}),
            (FiniteSet((Fraction(1, 2), Fraction(2))), {"real": True, "positive": True}),
            (IndexRange("K"), {"integer": True, "positive": True}),
        ],
    )
    def test_no_more_than_the_domain_says(self, domain, wanted):
        assert assumptions(Declaration("a", domain)) == wanted

    @pytest.mark.parametrize(
        "domain", [REAL, UNIT, OPEN_UNIT, LABELS, POSITIVE_INTEGERS, Interval(None, Fraction(-1))]
    )
    def test_every_value_of_the_domain_meets_them(self, domain):
        values = [value for n in range(-8, 9) if (value := Fraction(n, 4)) in domain]
        assert values
        for value in values:
            number = Rational(value.numerator, value.denominator)
            for fact, holds in assumptions(Declaration("a", domain)).items():
                assert getattr(number, f"is_{fact}") is holds


class TestHypotheses:
    def test_they_add_up(self):
        first, second = Hypothesis(x, ">", y), Hypothesis(x, "<", S.One)
        assert NAMES.assume(first).assume(second).hypotheses == (first, second)


class TestDefinitions:
    def test_a_name_is_defined_once(self):
        context = NAMES.define(Definition("f", (x,), x**2))
        for name in ("f", "x", "K"):
            with pytest.raises(DeclarationError, match="is declared already"):
                context.define(Definition(name, (), S.One))

    def test_to_the_bottom(self):
        context = NAMES.define(Definition("f", (x,), x**2))
        f = context.definitions["f"].head
        context = context.define(Definition("g", (y,), f(y + 1) + y))
        g = context.definitions["g"].head
        assert context.unfold_definitions(f(g(x))) == ((x + 1) ** 2 + x) ** 2

    def test_arguments_are_put_in_at_once(self):
        definition = Definition("f", (x, y), x - 2 * y)
        assert definition.apply(y, x) == y - 2 * x

    def test_an_index_of_a_sum_is_not_captured(self):
        context = NAMES.define(Definition("f", (x,), Sum(x * z[k], (k, 1, K))))
        f = context.definitions["f"].head
        term = context.unfold_definitions(Sum(f(z[k]), (k, 1, K)))
        i = Symbol("i", integer=True, positive=True)
        wanted = Sum(Sum(z[k] * z[i], (i, 1, K)), (k, 1, K))
        assert canonical(term) == canonical(wanted)

    def test_nor_is_a_free_index_of_the_body(self):
        context = NAMES.define(Definition("f", (x,), x * z[j]))
        f = context.definitions["f"].head
        term = context.unfold_definitions(Sum(f(z[j]), (j, 1, K)))
        assert canonical(term) == canonical(Sum(z[k] * z[j], (k, 1, K)))

    def test_inside_a_vector(self):
        context = NAMES.define(Definition("f", (x,), x**2))
        f = context.definitions["f"].head
        term = context.unfold_definitions(Lambda(k, f(z[k])))
        assert canonical(term) == canonical(Lambda(k, z[k] ** 2))

    def test_other_functions_are_left_alone(self):
        assert NAMES.unfold_definitions(log(x) + exp(y)) == log(x) + exp(y)


class TestDerivativesInDefinitions:
    """g(x, y) := d/dx f(x, y): the derivative comes first, the arguments after."""

    @pytest.fixture
    def g(self):
        context = NAMES.define(Definition("f", (x, y), x**2 * y))
        f = context.definitions["f"].head
        context = context.define(Definition("g", (x, y), Diff(f(x, y), x, S.One)))
        head = context.definitions["g"].head
        return lambda *arguments: evaluate(context.unfold_definitions(head(*arguments)))

    def test_at_its_parameters(self, g):
        assert g(x, y) == 2 * x * y

    def test_at_a_number(self, g):
        assert g(S(3), y) == 6 * y

    def test_where_one_symbol_comes_twice(self, g):
        assert g(x, x) == 2 * x**2

    def test_with_the_arguments_exchanged(self, g):
        assert g(y, x) == 2 * x * y

    def test_in_itself(self, g):
        assert g(x, g(y, x)) == 4 * x**2 * y
