"""From derivations to functions: arguments, names, and the choice of a form."""

from dataclasses import replace

import pytest
from codegen.pages import page
from derived import derived

from cesym.codegen.functions import functions_of
from cesym.errors import UnknownName, UnsupportedTerm
from cesym.terms.printing import plain


def forms(derivation):
    found = functions_of(derivation)
    return {f.name: plain(f.form, found.context) for f in found.functions}


def test_the_page_gives_its_forms_for_computers():
    found = functions_of(derived("binary-cross-entropy"))
    assert [d.name for d in found.arguments] == ["y", "s"]
    assert [f.name for f in found.functions] == ["loss", "gradient", "hessian"]
    assert [f.shown.hard for f in found.functions] == [(), ("y",), ()]
    derivation = derived("binary-cross-entropy")
    assert all(f.form == derivation.export(f.name).stable for f in found.functions)
    assert [[f.name for f in group] for group in found.fused] == [["loss", "gradient"]]


@pytest.mark.parametrize("name", ["sigmoid", "squared-error", "bernoulli-logistic"])
def test_other_pages_have_accurate_forms_too(name):
    found = functions_of(derived(name))
    assert found.functions and all(f.shown.ulps < 35 for f in found.functions)


def test_what_the_page_says_comes_before_what_lemmas_make_of_it(tmp_path):
    declared = r"$y \in [0, 1]$ and $s \in \mathbb{R}$"
    assert forms(page(tmp_path, declared, {"a": r"e^{-|s|}"})) == {"a": "exp(-abs(s))"}
    assert forms(page(tmp_path, declared, {"a": r"\sigma(s)"})) == {
        "a": "exp(-max(-s, 0))/(1 + exp(-abs(s)))"
    }


def test_a_form_for_all_labels_is_better_than_one_for_0_and_1(tmp_path):
    assert forms(page(tmp_path, r"$y \in [0, 1]$", {"a": "e^{y} - 1"})) == {"a": "expm1(y)"}


@pytest.mark.parametrize("formula", [r"\log(1 - e^{-s^2})", r"\sigma(s - e^{s})"])
def test_what_is_not_shown_to_be_accurate_is_refused(tmp_path, formula):
    with pytest.raises(UnsupportedTerm, match="accurate"):
        functions_of(page(tmp_path, r"$s \in \mathbb{R}$", {"a": formula}))


def test_only_functions_of_numbers_are_exported(tmp_path):
    declared = r"$K \in \mathbb{N}$ and $z \in \mathbb{R}^K$"
    with pytest.raises(UnsupportedTerm, match="not a number"):
        functions_of(page(tmp_path, declared, {"a": r"e^{-|z_1|}"}))


@pytest.mark.parametrize("name", ["class", "_hidden", "out", "s", "a-b", "loss_and_gradient"])
def test_names_must_be_free_identifiers(tmp_path, name):
    derivation = page(tmp_path, r"$s \in \mathbb{R}$", {"ok": "s"})
    (export,) = derivation.exports
    with pytest.raises(UnsupportedTerm, match=name):
        functions_of(replace(derivation, exports=(replace(export, name=name),)))


def test_a_page_that_exports_nothing(tmp_path):
    derivation = replace(page(tmp_path, r"$s \in \mathbb{R}$", {"ok": "s"}), exports=())
    with pytest.raises(UnknownName, match="exports nothing"):
        functions_of(derivation)
