"""Matrices in index notation: proved where the algebra of matrices says so, refuted where not, and
both by the independent evaluator too.
"""

from itertools import pairwise
from random import Random

import pytest

from cesym.derivation.verification import context_of
from cesym.errors import DomainError, ReadError
from cesym.reader.digits import holds
from cesym.reader.plain import parse_claim
from tests.reader.elaboration.asking import claim, claims, status
from tests.soundness.second_opinion import draw

NAMES = {
    "A": "real^(D,D)",
    "X": "real^(N,D)",
    "Y": "real^(N,K)",
    "W": "real^(D,K)",
    "v": "real^D",
    "w": "real^D",
    "u": "real^N",
    "z": "real^K",
    "x": "real",
    "t": "real^2",
    "a": "(0,oo)",
}

TRUE = (
    "dot(v, w) == v @ w",
    "dot(v, w) == w.T @ v",
    "sum(v*w) == dot(v, w)",
    "v.T @ A @ w == dot(v, A @ w)",
    "(A @ A).T == A.T @ A.T",
    "(X @ W).T == W.T @ X.T",
    "X @ (v + w) == X @ v + X @ w",
    "(X @ A) @ v == X @ (A @ v)",
    "u @ X == X.T @ u",
    "diag(v) @ w == v*w",
    "diag(diag(v)) == v",
    "diag(A.T) == diag(A)",
    "outer(v, w) @ v == v*dot(w, v)",
    "outer(u, v).T == outer(v, u)",
    "sum(X) == sum(X.T)",
    "sum(X @ v) == dot((0*u + 1) @ X, v)",
    "sum(outer(v, w)) == sum(v)*sum(w)",
    "sum(0*v + x) == D*x",
    "softmax(X)[1,1] == exp(X[1,1])/sum(exp(X[1,k]), (k,1,D))",
    "softmax(z + x) == softmax(z)",
    "exp(-X) == 1/exp(X)",
    "x*(v + 1) == x*v + x",
    "[1, 2] + t == [t[1] + 1, 2 + t[2]]",
    "[x, 1] @ [1, x] == 2*x",
    "[[1, 2], [3, 4]] @ t == [t[1] + 2*t[2], 3*t[1] + 4*t[2]]",
    "[[1, 2], [3, 4]].T == [[1, 3], [2, 4]]",
    "outer([1, x], v) @ v == [dot(v, v), x*dot(v, v)]",
    "diag([1, x]) == [[1, 0], [0, x]]",
    "sum([x, 1, 2]) == x + 3",
    "entropy([1/2, 1/2]) == log(2)",
    "entropy([0, 1]) == 0",
    "kl([1/4, 3/4], [1/2, 1/2]) == 3/4*log(3) - log(2)",
    "softmax([x, 0])[1] == sigmoid(x)",
    "logsumexp([x, 0]) == softplus(x)",
    "softmax([[x, 0], [0, x]])[2,1] == sigmoid(-x)",
    "log([a, 1]) == [log(a), 0]",
    "[a, -1]**[1/2, 3] == [sqrt(a), -1]",
    "diff([x**2, 1], x) == [2*x, 0]",
    "diff(X @ v, v[1]) == X @ diff(v, v[1])",
)

FALSE = (
    "X @ A == X @ A.T",
    "A @ A == A*A",
    "diag(v) @ A == A @ diag(v)",
    "outer(v, w) == outer(w, v)",
    "dot(v, w) == sum(v)*sum(w)",
    "softmax(X)[1,1] == exp(X[1,1])/sum(exp(X[k,1]), (k,1,N))",
    "[[1, 2], [3, 4]] @ t == [[1, 3], [2, 4]] @ t",
    "[x, 1] == [x, 2]",
    "abs([x, -2]) == [x, 2]",
    "entropy([1/2, 1/2]) == 1",
    "sum(0*v + x) == x",
)


def holds_everywhere(text: str) -> bool:
    context, random = context_of(NAMES), Random(text)
    chain = parse_claim(text, context)
    return all(
        holds("==", left, right, draw(context, random))
        for left, right in pairwise(chain.operands)
        for _ in range(3)
    )


@pytest.mark.parametrize("text", TRUE)
def test_true_identities(text):
    assert holds_everywhere(text)
    assert status(text, **NAMES) == "proved"


@pytest.mark.parametrize("text", FALSE)
def test_false_identities(text):
    assert not holds_everywhere(text)
    assert status(text, **NAMES) == "refuted"


REFUSED = (
    ("X @ u == v", 1, "the sizes do not fit: (N, D) and N"),
    ("dot(X, v) == v", 5, "a vector is expected here"),
    ("x @ v == v", 1, "a vector or a matrix is expected here"),
    ("v.T == v", 1, "a transposed vector stands only on the left of @"),
    ("w @ v.T == A", 5, "a transposed vector stands only on the left of @"),
    ("x.T == x", 1, "a vector or a matrix is expected here"),
    ("diag(X) == v", 1, "only a square matrix has a diagonal"),
    ("sum(x) == x", 5, "a vector or a matrix is expected here"),
    ("[1, [2]] == v", 1, "the entries of a vector are numbers, or rows of one size"),
    ("[1, 2, 3] == t", 1, "the two sides have different sizes"),
    ("v + u == v", 1, "the two operands have different sizes"),
    ("A >= 0", 1, "two readings"),
    ("x + sum([a, x][k], (k,1,2)) == 1", 9, "the index of a vector whose entries are listed"),
    ("sum(v, (k,1,2)) == v", 5, "a number is expected here"),
)


@pytest.mark.parametrize(("text", "column", "part"), REFUSED, ids=[t for t, *_ in REFUSED])
def test_refuses(text, column, part):
    with pytest.raises(ReadError) as caught:
        claims(text, **NAMES)
    assert part in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.column == column


def test_what_has_no_value_in_an_entry_is_refused():
    with pytest.raises(DomainError):
        claims("log([0, 1]) == [1, 0]", **NAMES)


def test_entries_that_are_listed_make_a_claim_each():
    assert len(claims("[x, 1] == t", **NAMES)) == 2
    assert len(claims("v == w", **NAMES)) == 1


def test_an_inequality_between_vectors_is_one_of_entries():
    assert status("v*v >= 0", **NAMES) == "proved"
    assert status("v >= 0", **NAMES) == "refuted"


def test_conditions_are_asked_of_every_entry():
    (condition,) = claim("sum(log(v)) == 0", **NAMES).conditions
    assert str(condition) == "v[_k] > 0 for all _k from 1 to D"
    assert status("sum(log(v)) == sum(log(v))", **NAMES) == "refuted"
    assert status("sum(log(v)) == sum(log(v))", **{**NAMES, "v": "(0,oo)^D"}) == "proved"
    assert status("sum([1, x]/x) == (1 + x)/x", **NAMES) == "refuted"


def test_literal_powers_ask_each_entry_for_itself():
    assert status("[x, x]**[2, 3] == [x*x, x*x*x]", **NAMES) == "proved"
