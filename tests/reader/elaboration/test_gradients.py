"""Gradients, Hessians and Jacobians, entry by entry."""

from random import Random

import pytest

from cesym.derivation.verification import context_of
from cesym.errors import ReadError
from cesym.reader.digits import holds
from cesym.reader.plain import parse_claim
from tests.reader.elaboration.asking import claim, claims, status
from tests.soundness.second_opinion import draw

NAMES = {
    "A": "real^(D,D)",
    "X": "real^(N,D)",
    "Y": "real^(N,K)",
    "W": "real^(D,K)",
    "w": "real^D",
    "u": "real^N",
    "z": "real^K",
    "y": "onehot(K)",
    "p": "open_simplex(K)",
    "x": "real",
    "c": "{0,1}^K",
    "j": "index(K)",
}

LOSS = "-sum(u*log(sigmoid(X@w)) + (1-u)*log(1-sigmoid(X@w)))"

TRUE = (
    "grad(x**2, x) == 2*x",
    "hessian(x**3, x) == 6*x",
    "grad(dot(w, w), w) == 2*w",
    "grad(dot(w, A @ w), w) == (A + A.T) @ w",
    "hessian(dot(w, A @ w), w) == A + A.T",
    "hessian(sum(w*w), w) == 2*diag(0*w + 1)",
    f"grad({LOSS}, w) == X.T @ (sigmoid(X@w) - u)",
    f"hessian({LOSS}, w) == X.T @ diag(sigmoid(X@w)*(1-sigmoid(X@w))) @ X",
    "grad(sum((X@W - Y)*(X@W - Y)), W) == 2*X.T @ (X@W - Y)",
    "grad(logsumexp(z), z) == softmax(z)",
    "hessian(logsumexp(z), z) == diag(softmax(z)) - outer(softmax(z), softmax(z))",
    "jacobian(softmax(z), z) == diag(softmax(z)) - outer(softmax(z), softmax(z))",
    "jacobian(softmax(z), z)[j,j] == softmax(z)[j]*(1 - softmax(z)[j])",
    "jacobian(X @ w, w) == X",
    "jacobian(x*w, x) == w",
    "jacobian([x**2, 1], x) == [2*x, 0]",
    "jacobian([dot(w, w), 1], w) == [2*w, 0*w]",
    "grad(cross_entropy(y, softmax(z)), z) == softmax(z) - y",
    "grad(entropy(p), p) == -log(p) - 1",
    "dot(w, grad(dot(w, w), w)) == 2*dot(w, w)",
    "sum(grad(logsumexp(z), z)) == 1",
    "grad(sum(z[k]*z[1], (k,1,K)), z)[1] == sum(z) + z[1]",
)

FALSE = (
    "grad(dot(w, A @ w), w) == 2*A @ w",
    f"grad({LOSS}, w) == X.T @ (u - sigmoid(X@w))",
    f"hessian({LOSS}, w) == X.T @ diag(sigmoid(X@w)) @ X",
    "jacobian(softmax(z), z) == diag(softmax(z))",
    "grad(entropy(p), p) == -log(p)",
)


def holds_everywhere(text: str) -> bool:
    context, random = context_of(NAMES), Random(text)
    left, right = parse_claim(text, context).operands
    return all(holds("==", left, right, draw(context, random)) for _ in range(3))


@pytest.mark.parametrize("text", TRUE)
def test_true_derivatives(text):
    assert holds_everywhere(text)
    assert status(text, **NAMES) == "proved"


@pytest.mark.parametrize("text", FALSE)
def test_false_derivatives(text):
    assert not holds_everywhere(text)
    assert status(text, **NAMES) == "refuted"


REFUSED = (
    ("grad(w, w) == w", 6, "grad is taken of a number, this is a vector"),
    ("hessian(X@w, w) == w", 9, "hessian is taken of a number"),
    ("jacobian(dot(w, w), w) == w", 10, "a vector is expected here"),
    ("hessian(sum(W), W) == 0", 17, "a vector is expected here"),
    ("grad(sum(c*c), c) == 2*c", 16, "it takes only separate values"),
    ("grad(sum(w), j) == w", 14, "a declared name is expected here"),
    ("jacobian(X @ w, w) == A", 1, "the two sides have different sizes"),
)


@pytest.mark.parametrize(("text", "column", "part"), REFUSED, ids=[t for t, *_ in REFUSED])
def test_refuses(text, column, part):
    with pytest.raises(ReadError) as caught:
        claims(text, **NAMES)
    assert part in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.column == column


def test_a_gradient_is_smooth_only_inside_the_domain():
    found = claim("grad(entropy(p), p) == -log(p) - 1", **NAMES)
    assert any("p[_k] > 0" in str(condition) for condition in found.conditions)
    assert status("grad(sum(abs(w)), w) == sign(w)", **NAMES) == "refuted"
