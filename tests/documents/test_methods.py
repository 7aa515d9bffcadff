"""Methods name their terms as formulas."""

import pytest
from derived import LIBRARY, derived

from cesym.documents.methods import formula_of, with_formulas
from cesym.documents.records import records
from cesym.documents.tex import formula
from cesym.messages import message
from cesym.terms.context import Context


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("p*w/(p*w - p + 1)", "p w/(p w - p + 1)"),
        ("-2*p_k*log(2) - q_k", r"-2 p_k \log(2) - q_k"),
        ("exp(s)**2", r"\exp(s)^2"),
        ("p[k]", "p_{k}"),
        ("-p_k + softmax_1_k", r"-p_k + \mathrm{softmax}_{1,k}"),
        ("1/2", "1/2"),
    ],
)
def test_formulas(text, latex):
    assert formula_of(text, {}) == latex


def test_names_are_spelled_as_declared():
    assert formula_of("a*y_hat", {"a": r"\alpha"}) == r"\alpha \hat{y}"


def test_a_method_within_a_method():
    inner = message("smallest at {variable} = {point}", variable="t", point="1")
    text = with_formulas(message("of the negative: {how}", how=inner), Context()).render()
    assert text == "of the negative: smallest at $t$ = $1$"


@pytest.mark.parametrize("page", [p for p in LIBRARY if p[1] == "en"], ids="-".join)
def test_no_method_shows_the_plain_spelling(page):
    for record in records(derived(*page)):
        words = record.method.render().split("$")
        assert not any("_" in w or "*" in w for w in words[::2]), record.method
        assert all(formula(latex) for latex in words[1::2])
