"""Cases by sign: what comes out is proved equal, and is what the best code by hand computes."""

import pytest
from derived import derived

from cesym.codegen.c.cases import _merged, _proved, by_sign
from cesym.codegen.functions import functions_of
from cesym.codegen.lowering import lower
from cesym.codegen.nodes import argument, number, operation
from cesym.codegen.numpy import expression
from cesym.terms.context import Context
from cesym.terms.domains import REAL, Declaration

S, ZERO = argument("s"), number(0)
ABOVE, BELOW = operation("max", S, ZERO), operation("max", operation("neg", S), ZERO)
CONTEXT = Context().declare(Declaration("s", REAL), Declaration("u", REAL))


def merged(name, export):
    functions = functions_of(derived(name))
    (function,) = (f for f in functions.functions if f.name == export)
    return expression(by_sign(lower(function.form, functions.context), functions.context))


@pytest.mark.parametrize(
    ("export", "text"),
    [
        ("loss", "np.log1p(np.exp(-np.abs(s))) + np.where(s >= 0, 1 - y, y) * np.abs(s)"),
        (
            "gradient",
            "(np.where(s >= 0, 1 - y, -y) + np.where(s >= 0, -y, 1 - y) * np.exp(-np.abs(s)))"
            " / (1 + np.exp(-np.abs(s)))",
        ),
    ],
)
def test_the_case_is_put_into_the_operands(export, text):
    assert merged("binary-cross-entropy", export) == text


def test_a_program_without_cases_stays_as_it_is():
    node = operation("exp", operation("neg", operation("abs", S)))
    assert by_sign(node, CONTEXT) is node


def test_what_is_not_proved_is_not_used():
    wrong = operation("+", ABOVE, BELOW)
    assert _proved(wrong, operation("abs", S), CONTEXT)
    assert not _proved(wrong, S, CONTEXT)
    assert not _proved(ABOVE, operation("abs", S), CONTEXT)


def test_cases_of_another_argument_are_left_alone():
    other = operation("max", argument("u"), ZERO)
    node = operation("*", other, ABOVE)
    assert other in {*_merged(node, S).walk()}
