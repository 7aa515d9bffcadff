"""A loss that the user brings becomes a page that is derived and proved like any other."""

from dataclasses import replace
from functools import cache

import pytest
from sympy import Symbol, log, symbols

from cesym.derivation import Derivation, derive
from cesym.derivation.api import loss_as_page
from cesym.derivation.checking import PageReport, check_page
from cesym.documents import render
from cesym.errors import CesymError, DeclarationError, DomainError, ReadError
from cesym.messages import LANGUAGES
from cesym.prover import decide
from cesym.reader import plain
from cesym.reader.elaborate import Source, elaborate
from cesym.reader.pages import Page, read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.tex import read_tex
from cesym.terms.claim import Claim
from cesym.terms.functions import sigmoid
from cesym.terms.optimisation import LimitOf
from tests.derivation.losses.ten import TEN

FOCAL = {
    "loss": "-(1-q)**g*log(q)",
    "let": ["q in (0,1)", "g in [0,oo)"],
    "link": "q = sigmoid(s)",
}


@cache
def ten(name: str) -> Derivation:
    return derive(**TEN[name].given)


@cache
def focal(language: str = "en") -> Derivation:
    return derive(**FOCAL, language=language)


def checked(page: Page) -> PageReport:
    return check_page(read_mathematics(page), seconds=20)


@pytest.mark.parametrize("name", TEN)
def test_ten_losses_derive_without_help(name):
    """Every line but relations, and limits that SymPy does not find, comes from a named rule."""
    found = ten(name)
    lines = [s for s in found.steps if s.operator == "==" and not isinstance(s.before, LimitOf)]
    assert len(lines) >= 4 and all(step.rule for step in lines)
    assert len(found.exports) >= 3


@pytest.mark.parametrize(
    ("name", "export"), [(name, export) for name, case in TEN.items() for export in case.gradients]
)
def test_their_slopes_are_those_of_the_literature(name, export):
    """Decided by the prover, from the published form; a wrong sign is not proved."""
    found, text = ten(name), TEN[name].gradients[export]
    context = found.context
    node = plain.parse_expression(text, context)
    meaning = elaborate(node, context, Source(text))
    result = found.export(export).result
    claim = Claim(result, "==", meaning.term, context, meaning.conditions)
    assert decide(claim, seconds=20).proved
    assert not decide(replace(claim, right=-meaning.term), seconds=20).proved


@pytest.mark.parametrize("name", [name for name, case in TEN.items() if case.sign])
def test_their_sign_is_on_the_page(name):
    found, loss = ten(name), next(iter(ten(name).context.definitions.values()))
    (first, *_) = (step for step in found.steps if step.operator != "==")
    assert (first.before, first.operator, first.after) == (loss.folded, TEN[name].sign, 0)


@pytest.mark.parametrize("name", ["brier", "tversky", "log-cosh"])
@pytest.mark.parametrize("target", ["markdown", "latex"])
def test_what_is_written_is_proved_again(name, target):
    read = {"markdown": read_page, "latex": read_tex}[target]
    found = checked(read(render(ten(name), target), "again", "en"))
    assert found.good and len(found.findings) >= len(ten(name).steps)


def test_the_two_languages_derive_the_same():
    english, chinese = focal("en"), focal("zh")
    assert [s.verdict.claim.text for s in english.steps] == [
        s.verdict.claim.text for s in chinese.steps
    ]
    assert chinese.language == "zh" and "一个损失函数" in chinese.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_page_is_in_its_language(language):
    page = loss_as_page(**FOCAL, language=language)
    english = sum("the loss" in getattr(block, "text", "") for block in page.blocks)
    assert (english > 3) == (language == "en")


def test_the_page_says_what_was_found():
    text = render(focal(), "markdown")
    for sentence in (
        "It is positive everywhere:",
        "It is negative, so the loss falls as $s$ grows:",
        "It takes both signs, so the loss is neither always convex nor always concave in $s$:",
        r"What $\frac{\partial L}{\partial q}$ tends to as $q \to 1^-$ could not be decided; it ",
        r"In the form of $\frac{\partial^2 J}{\partial s^2}$ terms of different signs may meet",
        r"&= \sigma(-s)^g \operatorname{softplus}(-s)",
    ):
        assert sentence in text, sentence


def test_what_a_page_says_is_not_said_of_another_loss():
    """The loss with the other sign is negative, rises, and tends to minus infinity."""
    text = render(derive(**{**FOCAL, "loss": "(1-q)**g*log(q)"}), "markdown")
    assert "It is negative everywhere:" in text and "It is positive everywhere:" not in text
    assert "so the loss rises with $s$:" in text
    assert r"&= -\infty" in text


def test_sympy_latex_and_text_mean_the_same():
    q, g, s = Symbol("q"), Symbol("g"), Symbol("s")
    let = {"q": "(0,1)", "g": "[0,oo)"}
    of_sympy = derive(loss=-((1 - q) ** g) * log(q), let=let, link={q: sigmoid(s)})
    of_latex = derive(
        loss=r"-(1-q)^g \log q",
        let=[r"q \in (0, 1)", r"g \in [0, \infty)"],
        link=r"q = \sigma(s)",
    )
    for other in (of_sympy, of_latex):
        assert [e.result for e in other.exports] == [e.result for e in focal().exports]


def test_without_a_link_it_is_derived_in_its_own_symbols():
    found = derive(loss="y*log(y/q) - y + q", let=["y in (0,oo)", "q in (0,oo)"])
    assert [e.name for e in found.exports] == [
        "loss", "gradient_y", "gradient_q", "hessian_y_y", "hessian_q_q",
    ]  # fmt: skip
    y, q = (found.context.symbol(name) for name in "yq")
    assert (found.export("gradient_q").result - (q - y) / q).expand() == 0
    assert any(step.after == -1 / q for step in found.steps), "the mixed derivative"


def test_hypotheses_are_taken_and_nothing_is_exported_under_them():
    found = derive(loss="log(x - a)", let=["x in real", "a in real", "x > a"], by="x")
    assert found.exports == () and all(c.context.hypotheses for c in found.chains)


def test_limits_are_taken_label_by_label():
    text = render(
        derive(loss="-(y*log(q) + (1-y)*log(1-q))", let=["y in {0,1}", "q in (0,1)"]), "markdown"
    )
    assert r"\lim_{q \to 0^+} L(0, q)" in text and r"\lim_{q \to 0^+} L(1, q)" in text


WRONG = [
    ({"loss": "-log(p)", "let": ["q in (0,1)"]}, ReadError, "p is not declared", "<loss>:1:6"),
    ({"loss": -log(Symbol("p")), "let": ["q in (0,1)"]}, ReadError, "p is not declared", "<loss>"),
    ({"loss": "log(q-1)", "let": ["q in (0,1)"]}, DomainError, "has no value at q", "<loss>:1:1"),
    ({"loss": "1-log(q)", "let": ["q in [0,1]"]}, DomainError, "has no value at q = 0", ":1:3"),
    ({"loss": "q+sqrt(q)", "let": ["q in [0,1]"]}, DomainError, "no derivative by q", ":1:3"),
    ({"loss": "q**2", "let": ["q in real^K"]}, ReadError, "this is a vector", "<loss>:1:1"),
    ({"loss": "sum(q[k],(k,1,K))", "let": ["q in real^K"]}, CesymError, "q is a vector", ":1:5"),
    ({"loss": "y", "let": ["y in {0,1}"]}, DeclarationError, "no symbol to diff", "<loss>:1:1"),
    ({"loss": "q", "let": ["q in real"], "by": "z"}, DeclarationError, "has no z", "<loss>"),
    ({"loss": "q*y", "let": ["q in real", "y in {0,1}"], "by": "y"}, DeclarationError,
     "takes only separate values", "<loss>:1:3"),
    ({**FOCAL, "link": "p = sigmoid(s)"}, DeclarationError, "p is not declared", "<link>:1:1"),
    ({"loss": "-log(q)", "let": ["q in (0,1)", "p in real"], "link": "p = s"}, DeclarationError,
     "the loss has no p", "<link>:1:1"),
    ({**FOCAL, "link": "q = exp(s)"}, DomainError, "leaves the domain of q", "<link>:1:1"),
    ({**FOCAL, "link": "q = sigmoid(a*x+b)"}, DeclarationError, "a, b, x are not", "<link>:1:1"),
    ({**FOCAL, "link": "q = sigmid(s)"}, ReadError, "unknown function sigmid", "<link>:1:5"),
    ({**FOCAL, "link": "sigmoid(s)"}, ReadError, "this is no link", "<link>:1:1"),
    ({**FOCAL, "link": symbols("q")}, ReadError, "q is no link", None),
    ({**FOCAL, "link": ["q = sigmoid(s)", "q = sigmoid(t)"]}, DeclarationError, "two links", None),
    ({**FOCAL, "link": "q = q/2"}, DeclarationError, "made of itself", "<link>"),
    ({"loss": "q*y", "let": ["q in real", "y in {0,1}"], "link": "y = s"}, DeclarationError,
     "cannot be linked", "<link>"),
    ({"loss": 3, "let": ["q in real"]}, ReadError, "not int", None),
    ({"let": ["q in real"]}, ReadError, "either a name or a loss", None),
    ({"name": "sigmoid", "loss": "q"}, ReadError, "either a name or a loss", None),
    ({"loss": "q", "let": [r"q \in \mathbb{R}", r"f(q) := q^{2} \cdot 1"]}, DeclarationError,
     "f is defined", None),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kind", "words", "place"), WRONG)
def test_what_is_wrong_is_said_with_place_and_remedy(given, kind, words, place):
    with pytest.raises(kind, match=words) as caught:
        derive(**given)
    assert caught.value.remedy is not None or "two links" in words or "itself" in words
    assert place is None or place in str(caught.value)
