from fractions import Fraction

import pytest
from sympy import Symbol

from cesym.errors import ReadError
from cesym.reader.plain import parse_claim, parse_expression
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
    Define,
    Derivative,
    Evaluated,
    Extremum,
    Gradient,
    Limit,
    Name,
    Negate,
    Number,
    Span,
    Subscript,
    Transpose,
    Vector,
)
from cesym.terms.context import Context, Definition
from tests.declared import declared

BARE = declared("x, y, q in real", "z, p in real^K", "X in real^(N,D)", "j in index(K)")
CONTEXT: Context = BARE.define(
    Definition("J", (BARE.symbol("y"), BARE.symbol("q")), Symbol("y"))
).define(Definition("c", (), Symbol("y")))


def n(value):
    return Number(Fraction(value))


X, Y, Q, Z, P, J, K = map(Name, "xyqzpjK")

READ = (
    ("0.1", n("1/10")),
    (".5", n("1/2")),
    ("5.", n(5)),
    ("1e-304", n(Fraction(1, 10**304))),
    ("123456789012345678901234567890.1", n("123456789012345678901234567890.1")),
    ("-x**2", Negate(Binary("^", X, n(2)))),
    ("2**-1", Binary("^", n(2), Negate(n(1)))),
    ("x - y - q", Binary("-", Binary("-", X, Y), Q)),
    ("x**y**q", Binary("^", X, Binary("^", Y, Q))),
    ("x*-y", Binary("*", X, Negate(Y))),
    ("+x", X),
    ("x/x", Binary("/", X, X)),
    ("log(x)", Call("log", (X,))),
    ("max(x,y,0)", Call("max", (X, Y, n(0)))),
    ("pi", Constant("pi")),
    ("J(x, 1)", Call("J", (X, n(1)))),
    ("c", Name("c")),
    ("z[1]", Subscript(Z, (n(1),))),
    ("X[j,2]", Subscript(Name("X"), (J, n(2)))),
    ("softmax(z/x)[j]", Subscript(Call("softmax", (Binary("/", Z, X),)), (J,))),
    ("kl(p, z)", Call("kl", (P, Z))),
    ("sum(z[k], (k,1,K))", BigOperator("sum", Subscript(Z, (Name("k"),)), "k", n(1), K)),
    ("Sum(x, (x,x,2))", BigOperator("sum", X, "x", X, n(2))),
    ("product(k, (k,1,3))", BigOperator("product", Name("k"), "k", n(1), n(3))),
    ("Prod(k, (k,1,3))", BigOperator("product", Name("k"), "k", n(1), n(3))),
    ("diff(x, x)", Derivative(X, ((X, 1),))),
    ("diff(x*y, x, 2, y)", Derivative(Binary("*", X, Y), ((X, 2), (Y, 1)))),
    ("diff(z[j], z[1], 3)", Derivative(Subscript(Z, (J,)), ((Subscript(Z, (n(1),)), 3),))),
    ("diff(J, q)", Derivative(Name("J"), ((Q, 1),))),
    ("at(x**2, x, y + 1)", Evaluated(Binary("^", X, n(2)), X, Binary("+", Y, n(1)))),
    ("where(x > 0, x, -x)", Cases(((X, Comparison(">", X, n(0))), (Negate(X), None)))),
    ("X @ z - p", Binary("-", Binary("@", Name("X"), Z), P)),
    ("X.T @ X/2", Binary("/", Binary("@", Transpose(Name("X")), Name("X")), n(2))),
    ("(X @ X).T[1,j]", Subscript(Transpose(Binary("@", Name("X"), Name("X"))), (n(1), J))),
    ("X.T[1,j]", Subscript(Transpose(Name("X")), (n(1), J))),
    ("dot(z, diag(p) @ z)", Call("dot", (Z, Binary("@", Call("diag", (P,)), Z)))),
    ("outer(z, p)", Call("outer", (Z, P))),
    ("sum(z*p)", Call("sum", (Binary("*", Z, P),))),
    ("[x, 1/2]", Vector((X, Binary("/", n(1), n(2))))),
    ("[[x], [y]]", Vector((Vector((X,)), Vector((Y,))))),
    ("grad(sum(z), z)", Gradient("grad", Call("sum", (Z,)), Z)),
    ("hessian(x, X)", Gradient("hessian", X, Name("X"))),
    ("jacobian(z, z)", Gradient("jacobian", Z, Z)),
    ("limit(x*y, x, 0)", Limit(Binary("*", X, Y), X, n(0), 0)),
    ("limit(x, x, 1/y, '+')", Limit(X, X, Binary("/", n(1), Y), 1)),
    ('limit(x, x, 0, "-")', Limit(X, X, n(0), -1)),
    ("limit(x, x, oo)", Limit(X, X, Constant("oo"))),
    ("limit(x, x, -oo)", Limit(X, X, Negate(Constant("oo")))),
    ("argmin(x**2, x)", Extremum("argmin", Binary("^", X, n(2)), X)),
    ("minvalue(kl(p, z), z)", Extremum("minvalue", Call("kl", (P, Z)), Z)),
    ("x\n + \u3000y", Binary("+", X, Y)),
)


@pytest.mark.parametrize(("text", "node"), READ, ids=[text for text, _ in READ])
def test_reads(text, node):
    assert parse_expression(text, CONTEXT) == node


def test_a_chain():
    chain = parse_claim("1 - q <= x < -log(q) == y", CONTEXT)
    assert chain.operators == ("<=", "<", "==")
    assert chain.operands[1] == X
    assert chain.at == Span(0, 25)


def test_every_node_knows_its_place():
    text = "  x +\n log( z[j] )*\u30002"
    node = parse_expression(text, CONTEXT)
    assert isinstance(node, Binary)
    quoted = [text[at.start : at.stop] for at in (node.at, node.right.at, node.right.left.at)]
    assert quoted == ["x +\n log( z[j] )*\u30002", "log( z[j] )*\u30002", "log( z[j] )"]
    (argument,) = node.right.left.arguments
    assert text[argument.at.start : argument.at.stop] == "z[j]"


REFUSED = (
    ("r + 1", 1, '--let "r in real"'),
    ("x + w[j]", 5, '--let "w in real^K"'),
    ("w[1,2]", 1, '--let "w in real^(N,K)"'),
    ("z[k]", 3, '--let "k in real"'),
    ("e**x", 1, "write exp(1)"),
    ("E", 1, "write exp(1)"),
    ("oo", 1, "infinity is not a number"),
    ("exp", 1, "exp is a function"),
    ("J", 1, "J is a function"),
    ("J + 1", 1, "J is a function"),
    ("J(x)", 1, "J takes 2 arguments, not 1"),
    ("exp(x, y)", 1, "exp takes 1 arguments, not 2"),
    ("max()", 5, "is expected here"),
    ("x(y + 1)", 1, "to multiply, write x*(...)"),
    ("ln(x)", 1, "write log"),
    ("softmx(z)", 1, "write softmax"),
    ("blub(z)", 1, "the functions are exp, log"),
    ("x[j]", 1, "x is a number and has no entries"),
    ("z[1,2]", 1, "z has 1 subscripts, not 2"),
    ("X[1][2]", 1, "write X[i,d]"),
    ("sum(k[1], (k,1,2))", 5, "k is a number"),
    ("sum(k, (k,1))", 8, "sum(e, (k, 1, K))"),
    ("sum(k, k, 1, 2)", 1, "sum(e, (k, 1, K))"),
    ("sum(k, (1,1,2))", 9, "the index of a sum"),
    ("sum(k, (max,1,2))", 9, "means something already"),
    ("sum(x, (k,1,2)) + k", 19, "k is not declared"),
    ("diff(x)", 1, "diff(e, v)"),
    ("diff(x, 2)", 9, "a derivative is taken by"),
    ("diff(x, x+1)", 9, "a derivative is taken by"),
    ("diff(x, x, 0)", 12, "the order of a derivative"),
    ("diff(x, x, 1.5)", 12, "the order of a derivative"),
    ("diff(x, x, 2, 2)", 15, "a derivative is taken by"),
    ("diff(x, z)", 9, "write z[j]"),
    ("diff(x, j)", 9, "there is no derivative by j"),
    ("diff(x, c)", 9, "there is no derivative by c"),
    ("sum(diff(x, k), (k,1,2))", 13, "there is no derivative by k"),
    ("at(x, 1, 2)", 7, "a declared number"),
    ("at(x, x)", 1, "at(e, q, value)"),
    ("where(x, 1, 2)", 7, "one relation is expected"),
    ("where(0 < x < 1, 1, 2)", 7, "nest where"),
    ("where(x != 0, 1, 2)", 7, "!= is not a relation of a claim"),
    ("(x == 1) + 1", 2, "a relation cannot stand inside"),
    ("(x, y)", 1, "a list with commas"),
    ("x, y", 1, "a list with commas"),
    ("[]", 2, "is expected here, not ]"),
    ("argmax(x, x)", 1, "argmax(...) is not supported yet"),
    ("limit(x, x)", 1, "limit(e, v, to, '+')"),
    ("limit(x, 2, 0)", 10, "a declared name is expected here"),
    ("limit(x, z, 0)", 10, "a declared name is expected here"),
    ("limit(x, j, 0)", 10, "a declared name is expected here"),
    ("limit(x, r, 0)", 10, "r is not declared"),
    ("limit(oo, x, 0)", 7, "infinity is not a number"),
    ("limit(x, x, oo + 1)", 13, "infinity is not a number"),
    ("limit(x, x, 0, 1)", 16, "limit(e, v, to, '+')"),
    ("limit(x, x, 0, '+'*x)", 16, "limit(e, v, to, '+')"),
    ("limit(x, x, '+')", 13, "'+' stands only at the end of a limit"),
    ("max(x, '-')", 8, "'-' stands only at the end of a limit"),
    ("'+'", 1, "'+' stands only at the end of a limit"),
    ("x + '+'", 5, "'+' stands only at the end of a limit"),
    ("x '+'", 3, "'+' stands only at the end of a limit"),
    ("argmin(x)", 1, "argmin(e, v)"),
    ("minvalue(x, z[j])", 13, "a declared name is expected here"),
    ("grad(x, x + y)", 9, "a declared name is expected here"),
    ("dot(z)", 1, "dot takes 2 arguments, not 1"),
    (".T", 1, "is expected here, not .T"),
    ("z.T.real", 4, "a point stands in numbers only"),
    ("z.Tx", 2, "a point stands in numbers only"),
    ("z.T(x)", 4, "an operator is missing"),
    ("9**9**9", 1, "a number to a power beyond 64"),
    ("2**10**9", 1, "a number to a power beyond 64"),
    ("((9**64)**64)**64", 1, "too many digits"),
    ("x + lgamma(10**3 + 1)", 5, "lgamma of a number beyond 1000"),
    ("x*(2**(1+64))", 4, "a number to a power beyond 64"),
    ("+".join("x" * 121), 1, "more than 120 parts"),
)


@pytest.mark.parametrize(
    ("text", "column", "part"), REFUSED, ids=[text[:30] for text, *_ in REFUSED]
)
def test_refuses(text, column, part):
    with pytest.raises(ReadError) as caught:
        parse_expression(text, CONTEXT)
    assert part in str(caught.value)
    assert caught.value.place.column == column


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x + y", "it has no relation"),
        ("r + y", "r is not declared"),
        ("x = y", "write =="),
        ("x != y", "!= is not a relation of a claim"),
        ("x == y, y == q", "a list with commas"),
        ("x == oo + 1", "infinity is not a number"),
        ("<".join("x" * 30), "more than 20 relations"),
    ],
)
def test_refuses_as_a_claim(text, part):
    with pytest.raises(ReadError) as caught:
        parse_claim(text, CONTEXT)
    assert part in str(caught.value)


def test_a_side_may_be_infinite():
    left, right = parse_claim("limit(log(x), x, 0) == -oo", CONTEXT).operands
    assert isinstance(left, Limit)
    assert right == Negate(Constant("oo"))


def test_declared_names_go_before_constants_and_functions():
    context = declared("e, pi in (0,1)").define(Definition("log", (Symbol("e"),), Symbol("e")))
    assert parse_expression("e*pi", context) == Binary("*", Name("e"), Name("pi"))
    with pytest.raises(ReadError):
        parse_expression("log(e, e)", context)


def test_a_definition_may_have_the_name_of_a_form():
    assert isinstance(Define("at", "at", ("y",), Y), Define)
    context = BARE.define(Definition("at", (BARE.symbol("y"),), Symbol("y")))
    assert parse_expression("at(x)", context) == Call("at", (X,))


@pytest.mark.parametrize("parts", [100, 119])
def test_long_sums_that_are_read_can_be_elaborated(parts):
    from cesym.reader.elaborate import elaborate

    assert elaborate(parse_expression("+".join("x" * parts), CONTEXT), CONTEXT).term.is_Mul
