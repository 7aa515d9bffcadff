import subprocess
import sys
from fractions import Fraction

import mpmath
import pytest

from cesym.reader.digits import Undecided, Undefined, evaluate
from cesym.reader.names import FUNCTIONS
from cesym.reader.plain import parse_expression
from cesym.reader.syntax import BigOperator, Define, Name, Node, Number, Prime, Subscript
from cesym.terms.context import Context
from tests.declared import declared

CONTEXT: Context = declared(
    "x, y, q in real", "z, p, r in real^K", "X in real^(N,K)", "i, j in index(K)"
)
HALF = Fraction(1, 2)
POINT = {
    "x": Fraction(7, 10),
    "y": Fraction(-13, 10),
    "q": Fraction(1, 3),
    "z": [Fraction(1, 2), Fraction(-2), Fraction(5, 3)],
    "p": {1: HALF, 2: 0, 3: HALF},
    "r": [Fraction(1, 4), Fraction(1, 4), HALF],
    "X": [[1, 2, 3], [4, 5, 6]],
    "i": 1,
    "j": 3,
}
SIZES = {"K": 3, "N": 2}


def read(text: str) -> Node:
    return parse_expression(text, CONTEXT)


def value(text: str, **changes: int | Fraction) -> mpmath.mpf:
    return evaluate(read(text), {**POINT, **changes}, sizes=SIZES)


def close(a: mpmath.mpf, b: mpmath.mpf, digits: int = 45) -> bool:
    with mpmath.workdps(70):
        return bool(abs(a - b) <= abs(b) * mpmath.mpf(10) ** -digits)


SAME = (
    # a text, and another way to say it
    ("sigmoid(x)", "1/(1 + exp(-x))"),
    ("softplus(x)", "log(1 + exp(x))"),
    ("logit(q)", "log(q) - log(1 - q)"),
    ("tanh(y)", "(exp(2*y) - 1)/(exp(2*y) + 1)"),
    ("cosh(y) + sinh(y)", "exp(y)"),
    ("atanh(q)", "log((1 + q)/(1 - q))/2"),
    ("expm1(x)", "exp(x) - 1"),
    ("log1p(x)", "log(1 + x)"),
    ("log2(8)*log10(1000)", "9"),
    ("lgamma(5)", "log(24)"),
    ("lgamma(x + 1)", "lgamma(x) + log(x)"),
    ("abs(y)", "-y"),
    ("sign(y)*sign(x)", "-1"),
    ("max(x, y, q, 2/3)", "x"),
    ("min(x, y, q)", "y"),
    ("xlogy(x, q)", "x*log(q)"),
    ("xlogy(0, 0)", "0"),
    ("x**q", "exp(q*log(x))"),
    ("y**-3", "1/(y*y*y)"),
    ("0**0", "1"),
    ("pi", "4*(4*atanh(0) + pi/4)"),
    ("softmax(z)[j]", "exp(z[3])/(exp(z[1]) + exp(z[2]) + exp(z[3]))"),
    ("softmax(z/x - 1)[2]", "exp(z[2]/x)/sum(exp(z[k]/x), (k,1,K))"),
    ("softmax(X)[2,j]", "exp(6)/(exp(4) + exp(5) + exp(6))"),
    ("logsumexp(z)", "log(sum(exp(z[k]), (k,1,K)))"),
    ("entropy(p)", "log(2)"),
    ("entropy((p + r)/2)", "-sum((p[k] + r[k])/2*log((p[k] + r[k])/2), (k,1,K))"),
    ("cross_entropy(p, r)", "-log(1/4)/2 - log(1/2)/2"),
    ("kl(p, r)", "cross_entropy(p, r) - entropy(p)"),
    ("kl(p, p)", "0"),
    ("sum(delta(k, j)*z[k], (k,1,K))", "z[j]"),
    ("delta(i, j) + delta(i, 1)", "1"),
    ("sum(k*x, (k,2,1))", "0"),
    ("product(k, (k,2,1)) + product(k, (k,1,5))", "121"),
    ("sum(sum(k*l, (l,1,k)), (k,1,3))", "25"),
    ("sum(sum(k, (k,1,k)), (k,1,3))", "10"),
    ("at(x**2 + y, x, q + 1)", "(q + 1)**2 + y"),
    ("at(x + y, x, x + 1)", "x + y + 1"),
    ("where(x > 0, x, log(0))", "x"),
    ("where(x < 0, log(0), where(y == y, q, log(0)))", "q"),
    ("X[2,i]", "4"),
    ("log(1 - 1e-304)", "log1p(-1e-304)"),
    ("(exp(1e-200) - 1)*1e200 - 1", "5e-201*(1 + 1e-200/3)"),
    ("1 + 1e304*log(1 - 1e-304)", "-5e-305"),
)


@pytest.mark.parametrize(("text", "other"), SAME)
def test_the_same_in_other_words(text, other):
    assert close(value(text), value(other))


UNDEFINED = (
    "log(0)",
    "log(y)",
    "log(log(1))",
    "1/0",
    "1/(x - 7/10)",
    "sqrt(y)",
    "y**q",
    "y**x",
    "0**-1",
    "0**y",
    "logit(1)",
    "logit(x + 1)",
    "log1p(-1)",
    "atanh(1)",
    "atanh(x + 1)",
    "lgamma(0)",
    "lgamma(y)",
    "xlogy(x, 0)",
    "xlogy(0, y)",
    "p[2]*log(p[2])",
    "0*log(p[2])",
    "0*(1/0)",
    "entropy(z)",
    "kl(r, p)",
    "z[4]",
    "sum(z[k], (k,0,2))",
    "diff(abs(x), x)*0 + log(y)",
)


@pytest.mark.parametrize("text", UNDEFINED)
def test_no_value(text):
    with pytest.raises(Undefined):
        value(text)


UNDECIDED = (
    "log(sigmoid(x) + sigmoid(-x) - 1)",
    "1/(log(6) - log(2) - log(3))",
    "exp(exp(exp(10)))",
    "sum(1, (k,1,100000))",
)


@pytest.mark.parametrize("text", UNDECIDED)
def test_too_close_or_too_large(text):
    with pytest.raises(Undecided):
        value(text)


def test_what_cannot_be_told_from_zero_is_zero():
    assert value("sigmoid(x) + sigmoid(-x) - 1") == 0
    assert value("exp(-100000)") > 0


def test_every_known_function_is_computed():
    for name, (fewest, _) in FUNCTIONS.items():
        vectors = ("softmax", "logsumexp", "entropy", "cross_entropy", "kl", "dot", "outer", "diag")
        arguments = ", ".join(["r"] * fewest if name in vectors else ["1"] * fewest)
        entry = {"softmax": "[1]", "outer": "[1,1]", "diag": "[1,1]"}.get(name, "")
        argument = arguments.replace("1", "1/2") if name in ("logit", "atanh") else arguments
        assert evaluate(read(f"{name}({argument}){entry}"), POINT, sizes=SIZES) is not None


# Derivatives, against mpmath's numerical ones.

SMOOTH_AT_POINT = (
    "exp(x)",
    "log(x)",
    "sqrt(x)",
    "x**3 + x**-2",
    "x**q",
    "q**x",
    "x**x",
    "(x**2)**(x*q)",
    "sigmoid(3*x)",
    "softplus(-x)",
    "logit(x)",
    "tanh(x)",
    "sinh(x)*cosh(x)",
    "atanh(x)",
    "expm1(x)/log1p(x)",
    "lgamma(x)",
    "lgamma(x + 3)*x",
    "log2(x) + log10(x)",
    "abs(x - 1)*x**3",
    "max(x**2, x, 1/3)",
    "min(x**2, x)",
    "sign(x - 1)*x**2",
    "xlogy(x, x + 1)",
    "where(x > 1/2, exp(x**2), 0)",
    "1/(1 + exp(-x))**2",
    "entropy(softmax(x*z))",
    "kl(softmax(z), softmax(x*z))",
    "cross_entropy(softmax(x*z), r)",
    "logsumexp(x*z + x**2)",
    "sum(softmax(x**2*z)[k]*z[k], (k,1,K))",
    "product(x + k, (k,1,4))",
    "at(q**3*x, q, x**2)",
    "diff(x**5*exp(y*x), x)",
    "at(diff(exp(q*x), q), q, x)",
    "x*diff(x**2*y, y)",
)


@pytest.mark.parametrize("text", SMOOTH_AT_POINT)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_derivatives_by_a_number(text, order):
    body = read(text)

    def at(x: mpmath.mpf) -> mpmath.mpf:
        moved = {**POINT, "x": Fraction(*mpmath.libmp.to_rational(x._mpf_))}
        return evaluate(body, moved, sizes=SIZES, digits=150)

    with mpmath.workdps(150):
        numeric = mpmath.diff(at, mpmath.mpf(7) / 10, order, h=mpmath.mpf(10) ** -30)
    exact = value(f"diff({text}, x, {order})")
    assert close(exact, numeric, digits=20) or abs(exact - numeric) < 1e-25


MIXED = (
    # a derivative, and what it is
    ("diff(x**2*y**3, x, y)", "6*x*y**2"),
    ("diff(diff(x**2*y**3, x), y, 2)", "12*x*y"),
    ("diff(x*diff(x*y, x), x)", "y"),
    ("diff(x*diff(x + y, y), x)", "1"),
    ("diff(sum(z[k]**2, (k,1,K)), z[j])", "2*z[j]"),
    ("diff(sum(z[k]**2, (k,1,K)), z[i], z[j])", "0"),
    ("sum(diff(z[i]**2, z[k]), (k,1,K))", "2*z[i]"),
    ("diff(softmax(z)[i], z[j])", "softmax(z)[i]*(delta(i,j) - softmax(z)[j])"),
    ("diff(softmax(z)[i], z[i], z[j])", "-softmax(z)[i]*softmax(z)[j]*(1 - 2*softmax(z)[i])"),
    ("diff(logsumexp(z), z[1], z[2], z[3])", "2*softmax(z)[1]*softmax(z)[2]*softmax(z)[3]"),
    ("diff(X[1,2]*X[2,i]**2, X[2,i])", "2*X[1,2]*X[2,i]"),
    ("diff(y, x)", "0"),
    ("diff(x, x, 2)", "0"),
    ("diff(x**0, x)", "0"),
    ("at(diff(abs(x**3), x, 2), x, 0)", "0"),
    ("at(diff(x**2, x, 2), x, 0)", "2"),
    ("at(diff(x**y, x), y, 3)", "3*x**2"),
    ("at(diff(0*x**2, x), x, 0)", "0"),
    ("at(diff(max(x**2, 2*x**2), x), x, 0)", "0"),
    ("at(diff(where(x > 0, x**2, x**3), x), x, 0)", "0"),
    ("at(diff(where(y > 0, x, 2*x), x), y, 0)", "2"),
)


@pytest.mark.parametrize(("text", "other"), MIXED)
def test_derivatives_by_entries_and_mixed(text, other):
    assert close(value(text), value(other))


KINKS = (
    "at(diff(abs(x), x), x, 0)",
    "at(diff(abs(x*y), x), x, 0)",
    "at(diff(abs(x)**3, x, 2), x, 0)",
    "at(diff(sign(x), x), x, 0)",
    "at(diff(max(x, 2*x), x), x, 0)",
    "at(diff(min(x, q), x), x, q)",
    "at(diff(sqrt(x), x), x, 0)",
    "at(diff(x**(3/2), x), x, 0)",
    "at(diff(log(x), x), x, 0)",
    "at(diff(where(x > 0, x, 2*x), x), x, 0)",
    "at(diff(where(x >= 0, 1, 0), x), x, 0)",
    "at(diff(where(x > 0, x**2, 2*x**2), x, 2), x, 0)",
    "at(diff(y**x, x), x, 2)",
    "at(diff(xlogy(x, x), x), x, 0)",
    "diff(entropy(p), p[2])",
)


@pytest.mark.parametrize("text", KINKS)
def test_no_derivative_at_a_kink(text):
    with pytest.raises(Undefined):
        value(text)


UNCLEAR = (
    "at(diff(abs(x**2), x, 2), x, 0)",
    "at(diff(sqrt(x**4), x), x, 0)",
    "at(diff(where(x == 0, 1, x), x), x, 0)",
    "at(diff(where(x**2 > 0, x, 2*x), x), x, 0)",
    "at(diff(where(x >= 0, x, 1/x), x), x, 0)",
)


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_kink_that_may_be_none_is_undecided(text):
    with pytest.raises(Undecided):
        value(text)


# Definitions and primes.

DEFINITIONS = {
    "f": Define("f", "f", ("x",), read("x**3*y")),
    "g": Define("g", "g", (), read("x**2 + y")),
    "h": Define("h", "h", ("x", "y"), read("x*y**2")),
}
F = read("x")


def call(text: str) -> Node:
    """A text that calls the definitions."""
    from cesym.reader.latex.formula import Formula
    from cesym.reader.plain.formulas import Reading
    from cesym.reader.plain.tree import tree_of

    class Names:
        def kind(self, name: str) -> str | None:
            if name in DEFINITIONS:
                return "function" if DEFINITIONS[name].parameters else "definition"
            return CONTEXT.kind(name)

        def rank(self, name: str) -> int:
            return CONTEXT.rank(name)

        def arity(self, name: str) -> int:
            return len(DEFINITIONS[name].parameters)

    tree = tree_of(Formula(text))
    return Reading(tree, Names()).node(tree.root)


CALLS = (
    ("f(q)", "q**3*y"),
    ("f(f(q))", "(q**3*y)**3*y"),
    ("h(y, x)", "y*x**2"),
    ("g", "x**2 + y"),
    ("at(g, x, q)", "q**2 + y"),
    ("at(f(q), y, 2)", "2*q**3"),
    ("diff(g, x)", "2*x"),
    ("diff(f(q*x), x)", "3*q**3*x**2*y"),
    ("diff(f(q), y)", "q**3"),
    ("diff(f(q), x)", "0"),
    ("diff(f, x)", "3*x**2*y"),
    ("diff(h, x, y)", "2*y"),
    ("sum(f(k), (k,1,2))", "9*y"),
    ("sum(f(1) + 0*y, (y,1,2))", "2*y"),
)


@pytest.mark.parametrize(("text", "other"), CALLS)
def test_definitions(text, other):
    found = evaluate(call(text), POINT, sizes=SIZES, definitions=DEFINITIONS)
    assert close(found, value(other))


@pytest.mark.parametrize(
    ("prime", "other"),
    [
        (Prime("sigmoid", 1, F), "sigmoid(x)*(1 - sigmoid(x))"),
        (Prime("tanh", 2, F), "diff(tanh(x), x, 2)"),
        (Prime("f", 2, read("q")), "6*q*y"),
    ],
)
def test_primes(prime, other):
    assert close(evaluate(prime, POINT, definitions=DEFINITIONS), value(other))


def test_a_sum_that_leaves_an_index_out():
    z = Subscript(Name("z"), (Name("k"),))
    one = Number(Fraction(1))
    node = BigOperator("sum", z, "k", one, Name("K"), excluded=Name("j"))
    assert close(evaluate(node, POINT, sizes=SIZES), value("z[1] + z[2]"))


@pytest.mark.parametrize("text", ["z", "x + w", "z[x]", "sum(k, (k,1,x))", "z + X[1,1]*0"])
def test_a_point_that_does_not_fit(text):
    node = parse_expression(text, declared("x, w in real", "z in real^K", "X in real^(N,K)"))
    with pytest.raises(ValueError):
        evaluate(node, POINT, sizes=SIZES)


@pytest.mark.parametrize("wrong", [0.5, "1", {1: 1, 3: 1}])
def test_points_are_exact_and_whole(wrong):
    with pytest.raises(ValueError):
        evaluate(F, {"x": wrong})


def test_nothing_of_sympy_or_the_prover_is_imported():
    asked = "import sys, cesym.reader.digits, cesym.reader.plain; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "mpmath" in modules
    assert not {"sympy", "flint", "cesym.prover", "cesym.reader.elaborate"} & set(modules)
