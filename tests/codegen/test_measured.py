"""Exported code states what was measured of it, and of a form that was not, that it was not."""

import json
import re

import pytest
from codegen.test_scalar_losses import MOST
from derived import derived

from cesym.codegen import SETTINGS, TARGETS, export
from cesym.codegen.functions import functions_of
from cesym.codegen.measured import TABLE, key, largest, points
from cesym.codegen.measuring.calling import FORMATS_OF, USUAL
from cesym.derivation import derive
from cesym.terms.printing import plain

PAGES = ("binary-cross-entropy", "sigmoid", *MOST)
SYSTEMS = [(t, s) for t in TARGETS for s in SETTINGS.get(t, (None,))]
REFUSED = {("bernoulli-cloglog", "c, fast")}
"""An exponential of an exponential has no form that the setting may use."""


def forms(page):
    functions = functions_of(derived(page))
    return [plain(function.form, functions.context) for function in functions.functions]


@pytest.mark.parametrize("page", PAGES)
def test_every_scalar_loss_was_measured(page):
    for target, setting in SYSTEMS:
        for form in forms(page):
            found = largest(form, key(target, setting))
            if (page, key(target, setting)) in REFUSED:
                assert not found
                continue
            wanted = [name for name in USUAL if name in FORMATS_OF.get(target, USUAL)]
            assert list(found) == wanted, (target, form)
            assert all(0 <= error < 10 for error in found.values()), (target, form, found)


def test_no_form_is_kept_that_is_not_exported():
    known = {form for page in PAGES for form in forms(page)}
    assert set(json.loads(TABLE.read_text("utf-8"))["forms"]) == known


@pytest.mark.parametrize("target", TARGETS)
def test_the_errors_are_stated(target):
    text = re.sub(r"\s+(\* )?", " ", export(derived("margin-form"), to=target))
    (form, *_others) = forms("margin-form")
    found = largest(form, key(target, SETTINGS.get(target, (None,))[0]))
    assert f"{points()} points: " in text
    for name, error in found.items():
        assert f"{error:g} ulp in {name}" in text


def test_what_was_not_measured_is_said():
    found = derive(loss="3*log(1 + exp(2*s))", let="s in real")
    assert "points: at most" not in export(found)
    assert "was not measured; `cesym ulp` does that" in export(found, to="c")
