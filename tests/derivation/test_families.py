"""A family, from its distribution and link alone, ends in what the page of the library ends in, and
in what textbooks say.
"""

from dataclasses import replace

import pytest
from derived import derived, steps

from cesym.derivation.checking import check_page
from cesym.derivation.families import BERNOULLI_LOGISTIC, FAMILIES
from cesym.derivation.family_pages import family_page
from cesym.derivation.structure import same_structure
from cesym.messages import LANGUAGES, chinese
from cesym.prover import decide
from cesym.reader import latex, plain
from cesym.reader.elaborate import Source, claim_between, elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.terms.claim import Claim
from cesym.terms.optimisation import LimitOf

SLOPE, CURVATURE = r"\frac{\partial J}{\partial s}", r"\frac{\partial^2 J}{\partial s^2}"

PAGE_OF = {
    "bernoulli-logistic": (
        "binary-cross-entropy", {"loss": "J(y, s)", "gradient": SLOPE, "hessian": CURVATURE},
    ),
    "categorical-softmax": (
        "categorical-cross-entropy", {"loss": "J", "gradient": r"\frac{\partial J}{\partial z_j}"},
    ),
    "poisson-log": ("poisson", {"gradient": SLOPE, "hessian": CURVATURE}),
    "poisson-identity": (
        "poisson",
        {
            "gradient": r"\frac{\partial L}{\partial \mu}",
            "hessian": r"\frac{\partial^2 L}{\partial \mu^2}",
        },
    ),
    "gaussian-identity": (
        "gaussian",
        {
            "gradient": r"\frac{\partial L}{\partial \mu}",
            "hessian": r"\frac{\partial^2 L}{\partial \mu^2}",
        },
    ),
    "gaussian-log-variance": (
        "gaussian",
        {
            "gradient_mu": r"\frac{\partial J}{\partial \mu}",
            "gradient_t": r"\frac{\partial J}{\partial t}",
            "hessian_mu_mu": r"\frac{\partial^2 J}{\partial \mu^2}",
            "hessian_t_t": r"\frac{\partial^2 J}{\partial t^2}",
        },
    ),
}  # fmt: skip
"""Family -> its page of the library, and where an export of the family stands on it."""

TEXTBOOK = {
    "bernoulli-logistic": {"gradient": "sigmoid(s) - y", "hessian": "sigmoid(s)*sigmoid(-s)"},
    "bernoulli-cloglog": {
        "gradient": "exp(s)*(1 - y/(1 - exp(-exp(s))))",
        "hessian": "exp(s)*(1 - y/(1 - exp(-exp(s)))"
        " + y*exp(s)*exp(-exp(s))/(1 - exp(-exp(s)))**2)",
    },
    "binomial-logistic": {
        "gradient": "n*(sigmoid(s) - y)",
        "hessian": "n*sigmoid(s)*sigmoid(-s)",
    },
    "categorical-softmax": {"gradient": "softmax(z)[j] - p[j]"},
    "poisson-log": {"gradient": "exp(s) - y", "hessian": "exp(s)"},
    "poisson-identity": {"gradient": "1 - y/mu", "hessian": "y/mu**2"},
    "gaussian-identity": {"gradient": "(mu - y)/v", "hessian": "1/v"},
    "gaussian-log-variance": {
        "gradient_mu": "(mu - y)*exp(-t)",
        "gradient_t": "(1 - (y - mu)**2*exp(-t))/2",
        "hessian_mu_mu": "exp(-t)",
        "hessian_t_t": "(y - mu)**2*exp(-t)/2",
    },
    "exponential-log": {"gradient": "1 - y*exp(-s)", "hessian": "y*exp(-s)"},
    "negative-binomial-log": {
        "gradient": "r*(exp(s) - y)/(r + exp(s))",
        "hessian": "r*(r + y)*exp(s)/(r + exp(s))**2",
    },
}
"""McCullagh & Nelder, Generalized Linear Models (1989), chapters 2, 4, 6; Hilbe, Negative Binomial
Regression (2011), section 8; Nix & Weigend (1994) for the variance.
"""


def test_every_family_is_held_against_a_textbook():
    assert set(TEXTBOOK) == set(FAMILIES) >= set(PAGE_OF)


@pytest.mark.parametrize(
    ("family", "export"), [(name, export) for name, rows in TEXTBOOK.items() for export in rows]
)
def test_a_family_ends_in_the_formula_of_the_textbook(family, export):
    found = derived(family)
    text, context = TEXTBOOK[family][export], found.context
    meaning = elaborate(plain.parse_expression(text, context), context, Source(text))
    result = found.export(export).result
    claim = Claim(result, "==", meaning.term, context, meaning.conditions)
    assert decide(claim, seconds=20).proved
    assert not decide(replace(claim, right=2 * meaning.term), seconds=20).proved


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("family", "export"), [(name, export) for name, (_, rows) in PAGE_OF.items() for export in rows]
)
def test_family_and_page_end_in_the_same_result(family, export, language):
    page, left = derived(PAGE_OF[family][0], language), PAGE_OF[family][1][export]
    start = elaborate(latex.parse_expression(left, page.context), page.context).term
    chains = [c for c in page.chains if c.is_equality and same_structure(c.start, start)]
    found = derived(family, language).export(export).result
    assert chains
    result = chains[0].result
    assert same_structure(found, result) or proved_equal(found, result, page.context)


def proved_equal(left, right, context) -> bool:
    sides = [elaborate(from_sympy(side), context) for side in (left, right)]
    return decide(claim_between(sides[0], "==", sides[1], context), seconds=20).proved


def test_family_and_page_pass_through_the_same_likelihood_and_gradient():
    family_terms = {str(s.after) for s in derived(BERNOULLI_LOGISTIC.name).steps}
    page_terms = {str(s.after) for s in derived("binary-cross-entropy").steps}
    assert {"-y + sigmoid(s)", "y*log(y_hat) + (1 - y)*log(1 - y_hat)"} <= family_terms & page_terms


@pytest.mark.parametrize("family", FAMILIES)
def test_every_line_of_a_family_names_its_rule(family):
    """Relations, and what is said of a computer's form, are for the prover alone."""
    lines = [s for s in derived(family).steps if s.operator == "=="]
    lines = [s for s in lines if not isinstance(s.before, LimitOf)]
    without = [s for s in lines if not s.rule]
    assert len(without) <= (family == "categorical-softmax")
    assert {"definition", "expand-logarithm", "differentiate"} <= {step.rule for step in lines}


CONVEX = ("bernoulli-logistic", "binomial-logistic", "poisson-log", "gaussian-identity")


@pytest.mark.parametrize("family", CONVEX)
def test_convexity_is_proved_where_the_textbook_has_it(family):
    found = derived(family)
    hessian = found.export("hessian").term
    assert any((s.before, s.operator, s.after) == (hessian, ">", 0) for s in found.steps)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_languages_derive_the_same(family):
    english, chinese_ = derived(family, "en"), derived(family, "zh")
    assert steps(english) == steps(chinese_)
    assert english.title != chinese_.title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_a_family_is_a_page_in_its_language(family, language):
    page = read_page(family_page(family, language), family.name, language)
    assert page.title == family.titles[language]
    assert family.opening in chinese()


def test_a_wrong_distribution_is_not_proved():
    """The page of one family, with the likelihood of another in its place, does not hold."""
    text = family_page(FAMILIES["poisson-log"], "en")
    wrong = text.replace(r"e^{-\mu - \log \Gamma(y + 1)}", r"e^{\mu - \log \Gamma(y + 1)}", 1)
    assert wrong != text
    found = check_page(read_mathematics(read_page(wrong, "wrong", "en")), seconds=10)
    assert not found.good
