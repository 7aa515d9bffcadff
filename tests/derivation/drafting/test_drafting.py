"""Drafting: lines that rules make and the prover shows; signs, limits and stable forms."""

from fractions import Fraction

import pytest

from cesym.derivation.drafting import Chain, Draft, Quantity, write_chains
from cesym.derivation.drafting.chains import weight
from cesym.derivation.drafting.grid import extreme_point, near_end, values_of
from cesym.derivation.drafting.limits import ends_of, limit_at
from cesym.derivation.drafting.signs import sign_of
from cesym.derivation.drafting.stable import STEPS, say_stable, stable_form
from cesym.derivation.rules import RULES
from cesym.derivation.structure import same_structure
from cesym.errors import UnsupportedTerm
from cesym.reader import latex
from cesym.terms.context import Context
from cesym.terms.domains import Declaration as D
from cesym.terms.domains import FiniteSet, Interval


def draft(*declarations: str, define: tuple[str, ...] = ()) -> Draft:
    found = Draft("en")
    for text in declarations:
        made = latex.parse_inline(text, found.context)
        assert isinstance(made, tuple)
        found.context = found.context.declare(*made)
    for text in define:
        found.define(text)
    return found


SCORE = (r"s \in \mathbb{R}", r"y \in \{0, 1\}", r"q \in (0, 1)", r"g \in [0, \infty)")


def quantity(body: str, *parameters: str, by: tuple[str, ...] = ()) -> tuple[Draft, Quantity]:
    found = draft(*SCORE, define=(f"F({', '.join(parameters)}) := {body}",))
    return found, Quantity("F", parameters, by)


def test_a_chain_takes_only_what_is_proved():
    page = draft(*SCORE)
    chain = Chain(page, r"\frac{\partial}{\partial q} q^3")
    assert chain.by("differentiate") and not chain.by("differentiate")
    assert not chain.equals("3 q") and chain.failure is not None and chain.failure.refuted
    assert chain.equals("3 q q")
    assert chain.rows() == [
        r"\frac{\partial}{\partial q} q^3 &= ? && \text{differentiate}", " &= 3 q q",
    ]  # fmt: skip


def test_a_chain_is_known_afterwards():
    page, first = quantity("q^3", "q", by=("q",))
    chain = Chain(page, first.latex(page))
    chain.by("differentiate")
    write_chains(page, chain)
    again = Chain(page, first.derived("q").latex(page))
    assert again.by("insert", first.latex(page)) and again.by("differentiate")
    assert again.term == 6 * page.context.symbol("q")


@pytest.mark.parametrize(
    ("line", "short"),
    [
        (r"-\frac{y}{q} + \frac{1 - y}{1 - q}", r"\frac{q - y}{q (1 - q)}"),
        (r"q (1 - q) \left( \frac{g}{q} - \frac{g}{1 - q} \right)", "g (1 - 2 q)"),
        (r"(1 - q)^g \log q - (1 - q)^g", r"(1 - q)^g (\log q - 1)"),
        (r"\sigma(s) - y", r"\sigma(s) - y"),
    ],
)
def test_a_line_is_made_shorter(line, short):
    page = draft(*SCORE)
    chain = Chain(page, line)
    chain.shorten()
    wanted = page.operand(short).meaning
    assert wanted is not None and same_structure(chain.term, wanted.term), chain.term
    assert weight(chain.term) <= weight(wanted.term)


SIGNS = [
    ("q^2 + 1", ("q",), (), ">"),
    ("s^2", ("s",), (), ">="),
    (r"\log q", ("q",), (), "<"),
    ("-s^2", ("s",), (), "<="),
    (r"-(1 - q)^g \log q", ("q", "g"), ("q",), "<"),
]


@pytest.mark.parametrize(("body", "parameters", "by", "relation"), SIGNS)
def test_a_sign_is_proved(body, parameters, by, relation):
    assert sign_of(*quantity(body, *parameters, by=by)).relation == relation


@pytest.mark.parametrize("by", [(), ("s",), ("s", "s")])
def test_both_signs_are_shown_at_points(by):
    page, found = quantity(r"s^5 - 3 s^3", "s", by=by)
    sign = sign_of(page, found)
    assert sign.mixed and sign.relation is None
    for claim, relation in ((sign.negative, "<"), (sign.positive, ">")):
        left = claim.removesuffix(f" {relation} 0")
        assert page.decide(left, relation, "0").proved


def test_a_sign_that_nobody_knows():
    """The grid does not reach the root, and no method covers it."""
    page, found = quantity(r"\cosh(s) - s^2 + \frac{9}{10}", "s")
    sign = sign_of(page, found)
    assert sign.relation in (None, ">") and sign.negative is None


def limits_of(body: str, *parameters: str, by: tuple[str, ...] = ()) -> list[list[str]]:
    page, found = quantity(body, *parameters, by=by)
    return [
        [str(chain.term) for chain in limit_at(page, found, parameters[0], end)]
        for end in ends_of(page, parameters[0])
    ]


def test_limits_at_the_ends():
    assert limits_of(r"-\log q", "q") == [["oo"], ["0"]]
    assert limits_of(r"\sigma(s)", "s") == [["0"], ["1"]]
    assert limits_of(r"(1 - q)^g", "q", "g", by=("q",))[1] == [], "it depends on g"
    assert limits_of(r"-y \log q - (1 - y) \log(1 - q)", "q", "y") == [["0", "oo"], ["oo", "0"]]


def test_ends_that_are_not_plain_numbers_are_read():
    page = draft(r"t \in (-1, \frac{1}{2})", define=("F(t) := t^2",))
    found = [limit_at(page, Quantity("F", ("t",)), "t", end) for end in ends_of(page, "t")]
    assert [str(chain.term) for (chain,) in found] == ["1", "1/4"]


def test_points_of_a_grid_lie_in_their_domain():
    for domain in (
        Interval(Fraction(0), Fraction(1), lower_open=True),
        Interval(Fraction(2), None),
        Interval(None, Fraction(0), upper_open=True),
        Interval(),
        FiniteSet((Fraction(-1), Fraction(1))),
    ):
        values = values_of(D("x", domain))
        assert len(values) >= 2 and all(value in domain for value in values)
    assert values_of(D("z", Interval(), ("K",))) == []


def test_the_point_of_a_grid_where_it_is_least():
    page, found = quantity("(s - 3)^2", "s")
    assert extreme_point(page, found, least=True) == {"s": 3}
    assert extreme_point(page, found, least=False) == {"s": -8}
    assert near_end(page, r"\frac{1}{q}", "q", Fraction(0), above=True) == [10_000]


def test_the_steps_to_a_stable_form_are_rules():
    assert set(STEPS) <= set(RULES)


@pytest.mark.parametrize(
    ("body", "stable", "cancels"),
    [
        (r"-(1 - \sigma(s))^g \log \sigma(s)", r"\sigma(-s)^g \operatorname{softplus}(-s)", False),
        (r"\log(1 + e^{-s})", r"\operatorname{softplus}(-s)", False),
        (r"\sigma(s) - y", r"(1 - y) \sigma(s) - y \sigma(-s)", True),
        (r"\sigma(s)^2 - 3 \sigma(s) + 2", None, True),
    ],
)
def test_a_stable_form(body, stable, cancels):
    page, found = quantity(body, "s", "y", "g")
    chain = Chain(page, found.latex(page))
    chain.by("definition", "F")
    assert stable_form(chain)
    if stable is not None:
        assert same_structure(chain.term, page.operand(stable).meaning.term), chain.term
    say_stable(page, [chain])
    text = "\n".join(page.parts)
    assert ("terms of different signs may meet" in text) == cancels
    assert ("nothing cancels" in text) != cancels
    assert "sigmoid without overflow" in text or "split the softplus" in text


def test_no_rule_leads_anywhere():
    page, found = quantity("q^2", "q")
    chain = Chain(page, found.latex(page))
    chain.by("definition", "F")
    assert not stable_form(chain)


def test_a_name_that_latex_does_not_keep():
    with pytest.raises(UnsupportedTerm, match="cannot be written in LaTeX"):
        Draft("en").declaration(D("x_1_hat", Interval()), Context())


def test_quantities_are_written():
    page = draft(
        r"\hat{y} \in (0, 1)", r"g \in \mathbb{R}", define=(r"L(\hat{y}, g) := g \hat{y}",)
    )
    loss = Quantity("L", ("y_hat", "g"))
    assert loss.latex(page) == r"L(\hat{y}, g)"
    assert loss.derived("y_hat", "y_hat").latex(page) == (
        r"\frac{\partial^2 L}{\partial \hat{y}^2}"
    )
    assert loss.derived("y_hat", "g").latex(page) == (
        r"\frac{\partial^2 L}{\partial \hat{y} \partial g}"
    )
    assert loss.derived("g", "g").at(page, {"g": Fraction(-1, 2), "y_hat": Fraction(1)}) == (
        r"\left. \frac{\partial^2}{\partial g^2} L(1, g) \right|_{g = -\frac{1}{2}}"
    )
    assert loss.derived("g", "y_hat").at(page, {"g": Fraction(1)}) is None
    assert page.operand(loss.derived("y_hat", "y_hat").latex(page)).meaning is not None
    names = [q.name for q in (loss, loss.derived("g"), loss.derived("g", "g"))]
    assert names == ["loss", "gradient_g", "hessian_g_g"]
