"""Signs of quantities: of what is drafted, or of what was worked out for it."""

from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.quantities import Quantity
from cesym.derivation.drafting.signs import sign_of

POLYNOMIAL = "x^4 + y^4 + 2 - 4 x y"
SQUARES = r"\left( x^2 - y^2 \right)^2 + 2 \left( x y - 1 \right)^2"
"""The same. As it stands the prover does not see its sign."""

LOSS = Quantity("L", ("x", "y"))


def drafted(body: str) -> Draft:
    draft = Draft("en")
    for name in "xy":
        draft.declare(rf"{name} \in \mathbb{{R}}")
    draft.define(f"L(x, y) := {body}")
    return draft


def test_a_sign_is_that_of_what_was_worked_out():
    draft = drafted(POLYNOMIAL)
    assert draft.proves(f"L(x, y) = {SQUARES}")
    assert sign_of(draft, LOSS).relation is None
    found = sign_of(draft, LOSS, SQUARES)
    assert (found.relation, found.of) == (">=", SQUARES)


def test_what_is_decided_as_it_stands_is_said_of_that():
    draft = drafted("x^2 + 1")
    found = sign_of(draft, LOSS, SQUARES)
    assert (found.relation, found.of) == (">", "L(x, y)")


def test_where_it_is_negative_at_a_point_nothing_else_is_asked():
    """What was worked out is then no form of the quantity at all."""
    draft = drafted("x^3")
    found = sign_of(draft, LOSS, SQUARES)
    assert found.relation is None
    assert found.mixed


def test_what_is_supposed_ends_with_its_section():
    draft = drafted("x")
    with draft.supposing("x > 1"):
        assert draft.proves("L(x, y) > 0")
    assert not draft.proves("L(x, y) > 0")
    assert not draft.context.hypotheses
