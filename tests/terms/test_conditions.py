"""Conditions: how they are wrapped, renamed, opened and shown."""

import pytest
from sympy import (
    Abs,
    E,
    IndexedBase,
    Integer,
    Max,
    Min,
    Piecewise,
    Rational,
    Symbol,
    exp,
    log,
    sign,
    symbols,
)

from cesym.terms.conditions import (
    Binder,
    Condition,
    Fact,
    kinks_of,
    nonnegative,
    nonzero,
    of_power,
    positive,
    strict,
    zero,
)

x, y = symbols("x y", real=True)
n = Symbol("n", integer=True)
k, m, K = symbols("k m K", integer=True, positive=True)
p = IndexedBase("p", real=True)


def texts(conditions: tuple[Condition, ...]) -> list[str]:
    return [str(condition) for condition in conditions]


class TestMakers:
    def test_relations(self):
        made = (positive(x, "a"), nonnegative(x, "a"), nonzero(x, "a"), zero(x, "a"))
        assert texts(made) == ["x > 0", "x >= 0", "x != 0", "x == 0"]
        assert {condition.why for condition in made} == {"a"}


class TestWrapping:
    def test_a_binder_is_kept_where_its_index_occurs(self):
        condition = positive(p[k], "").bind(k, Integer(1), K)
        assert condition.binders == (Binder(k, Integer(1), K),)
        assert str(condition) == "p[k] > 0 for all k from 1 to K"

    def test_and_dropped_where_it_does_not(self):
        assert positive(x, "").bind(k, Integer(1), K).binders == ()

    def test_an_index_in_a_guard_or_a_limit_counts(self):
        guarded = positive(x, "").guard(Fact(p[k], ">")).bind(k, Integer(1), K)
        assert len(guarded.binders) == 1
        nested = positive(p[m], "").bind(m, Integer(1), k).bind(k, Integer(1), K)
        assert [binder.index for binder in nested.binders] == [k, m]

    def test_guards_add_up(self):
        condition = positive(x, "").guard(Fact(y, ">")).guard(Fact(x, "<"))
        assert str(condition) == "x > 0 where y > 0 and x < 0"

    def test_nothing_meets_a_condition_without_alternatives(self):
        assert str(Condition(())) == "never"


class TestChanges:
    def test_every_term_is_mapped(self):
        condition = positive(x, "").guard(Fact(x + 1, ">=")).bind(k, Integer(1), K)
        mapped = condition.map(lambda term: term.xreplace({x: y}))
        assert mapped.alternatives == (Fact(y, ">"),)
        assert mapped.guards == (Fact(y + 1, ">="),)

    def test_limits_too(self):
        condition = positive(p[m], "").bind(m, Integer(1), k)
        assert condition.instantiate({k: Integer(3)}).binders == (
            Binder(m, Integer(1), Integer(3)),
        )

    def test_instantiation(self):
        assert str(positive(x - y, "").instantiate({x: y, y: x})) == "-x + y > 0"

    def test_what_is_mentioned(self):
        condition = positive(p[k], "").guard(Fact(x, ">"))
        assert condition.mentions(p)
        assert condition.mentions(x)
        assert not condition.mentions(y)


class TestStrict:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (nonnegative(x, ""), "x > 0"),
            (Condition((Fact(x, "<="),)), "x < 0"),
            (positive(x, ""), "x > 0"),
            (nonzero(x, ""), "x != 0"),
            (Condition((Fact(x, ">"), Fact(y, "=="))), "x > 0"),
            (zero(x, ""), "never"),
        ],
    )
    def test_a_neighbourhood_needs_more(self, before, after):
        assert str(strict(before)) == after

    def test_the_rest_is_kept(self):
        condition = nonnegative(p[k], "base").bind(k, Integer(1), K).guard(Fact(x, ">="))
        opened = strict(condition)
        assert (opened.binders, opened.guards, opened.why) == (
            condition.binders,
            condition.guards,
            "base",
        )


class TestPowers:
    @pytest.mark.parametrize(
        ("base", "exponent", "wanted"),
        [
            (E, x, []),
            (Rational(1, 2), x, []),
            (x, Integer(2), []),
            (x, Integer(0), []),
            (x, k, []),
            (x, Integer(-2), ["x != 0"]),
            (x, n, ["x != 0"]),
            (x, Rational(1, 2), ["x >= 0"]),
            (x, Rational(-1, 2), ["x > 0"]),
            (x, y, ["x >= 0", "x > 0 or y > 0"]),
            (Integer(0), y, ["y > 0"]),
            (Integer(-2), Rational(1, 3), ["-2 >= 0"]),
        ],
    )
    def test_where_a_power_is_real(self, base, exponent, wanted):
        assert texts(of_power(base, exponent)) == wanted


class TestKinks:
    @pytest.mark.parametrize(
        ("term", "wanted"),
        [
            (Abs(x - 1), ["x - 1 != 0"]),
            (sign(x), ["x != 0"]),
            (Max(x, y), ["x - y != 0"]),
            (Min(x, 0), ["-x != 0"]),
            (Piecewise((x, x > y), (y, True)), ["x - y != 0"]),
            (exp(x) * log(y), []),
            (Abs(x) + 1, []),  # the top operation only
        ],
    )
    def test_of_the_top_operation(self, term, wanted):
        assert texts(kinks_of(term)) in (wanted, [text.replace("-x", "x") for text in wanted])

    def test_a_maximum_of_three_has_three(self):
        assert len(kinks_of(Max(x, y, 0))) == 3
