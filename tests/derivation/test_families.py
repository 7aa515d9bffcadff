"""A family, from its distribution and link alone, ends in what the page of the library ends in."""

import pytest
from derived import derived, steps

from cesym.derivation.families import BERNOULLI_LOGISTIC, FAMILIES, family_page
from cesym.derivation.structure import same_structure
from cesym.messages import LANGUAGES
from cesym.reader.pages import read_page

PAGE_OF = {BERNOULLI_LOGISTIC.name: "binary-cross-entropy"}


def test_every_family_has_its_page():
    assert set(PAGE_OF) == set(FAMILIES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("result", ["loss", "gradient", "hessian"])
@pytest.mark.parametrize("family", FAMILIES)
def test_family_and_page_end_in_the_same_result(family, result, language):
    found = derived(family, language).export(result)
    page = derived(PAGE_OF[family], language).export(result)
    assert same_structure(found.result, page.result)


@pytest.mark.parametrize("family", FAMILIES)
def test_family_and_page_pass_through_the_same_likelihood_and_gradient(family):
    family_terms = {str(s.after) for s in derived(family).steps}
    page_terms = {str(s.after) for s in derived(PAGE_OF[family]).steps}
    assert {"-y + sigmoid(s)", "y*log(y_hat) + (1 - y)*log(1 - y_hat)"} <= family_terms & page_terms


@pytest.mark.parametrize("family", FAMILIES)
def test_every_step_of_a_family_names_its_rule(family):
    steps = derived(family).steps
    assert all(step.rule for step in steps)
    assert {"definition", "expand-logarithm", "differentiate", "chain-rule"} <= {
        step.rule for step in steps
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_the_languages_derive_the_same(family):
    english, chinese = derived(family, "en"), derived(family, "zh")
    assert steps(english) == steps(chinese)
    assert english.title != chinese.title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_a_family_is_a_page_in_its_language(family, language):
    page = read_page(family_page(family, language), family.name, language)
    assert page.title == family.titles[language]
    assert "<<" not in page.text and "{%" not in page.text
