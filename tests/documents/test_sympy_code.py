"""Terms and declarations as code for SymPy alone."""

from fractions import Fraction

import pytest
import sympy
from declared import declared

from cesym.documents.sympy_code import NUMERIC_FUNCTIONS, definition, identifier, python
from cesym.documents.sympy_symbols import scalar
from cesym.errors import OutputError
from cesym.reader.elaborate import elaborate
from cesym.reader.plain import parse_expression
from cesym.terms.domains import Declaration, Interval
from cesym.terms.functions import TABLE

CONTEXT = declared("x in real", "q in (0,1)", "z in real^K", "k in index(K)", "lamda in real")

CASES = [
    ("1/2*x", "x / 2"),
    ("2/3", "Rational(2, 3)"),
    ("max(x, 0) - abs(x)", "Max(x, 0) - Abs(x)"),
    ("sum(z[k]**2, (k, 1, K))", "sum((z[l] ** 2 for l in indices(1, K)))"),
    ("diff(sigmoid(x), x)", "diff(sigmoid(x), x)"),
    ("at(diff(log(q), q), q, 1/2)", "diff(log(q), q).subs(q, Rational(1, 2))"),
    ("where(x > 0, x, -x)", "Piecewise((x, x > 0), (-x, True))"),
    ("pi*exp(1)", "pi * exp(1)"),
]


@pytest.mark.parametrize(("plain", "code"), CASES)
def test_code(plain, code):
    term = elaborate(parse_expression(plain, CONTEXT), CONTEXT).term
    assert python(term, CONTEXT) == code


@pytest.mark.parametrize("name", sorted(NUMERIC_FUNCTIONS))
def test_definitions_are_those_of_the_table(name):
    x = sympy.Symbol("x", real=True)
    allowed = {"exp": sympy.exp, "log": sympy.log, "x": x, "Rational": sympy.Rational}
    tree = compile(definition(name), name, "eval")
    assert set(tree.co_names) <= set(allowed)
    value = TABLE[name].definition(x).subs(x, sympy.Rational(1, 3)).evalf(30)
    assert sympy.parse_expr(definition(name)).subs("x", sympy.Rational(1, 3)).evalf(30) == value  # noqa: TID251


def test_functions_of_vectors_are_refused():
    term = elaborate(parse_expression("logsumexp(z)", CONTEXT), CONTEXT).term
    with pytest.raises(OutputError, match="logsumexp"):
        python(term, CONTEXT)


@pytest.mark.parametrize(
    ("name", "safe"), [("lambda", "lambda_"), ("exp", "exp_"), ("sigmoid", "sigmoid_"), ("y", "y")]
)
def test_names_of_python_and_sympy_are_kept_free(name, safe):
    assert identifier(name) == safe


def test_a_name_must_be_a_name():
    with pytest.raises(OutputError):
        identifier("a b")


def test_half_open_intervals_have_samples_inside():
    code = scalar(Declaration("x", Interval(Fraction(2), None, lower_open=True)), "'x'")
    assert code == "number('x', '3', '4', '7', real=True, positive=True)"
