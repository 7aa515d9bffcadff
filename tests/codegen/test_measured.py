"""Exported code states what was measured of it, and of a form that was not, that it was not."""

import json
import re

import pytest
from derived import derived

from cesym.codegen import SETTINGS, TARGETS, export
from cesym.codegen.functions import functions_of
from cesym.codegen.measured import TABLE, key, largest, points
from cesym.codegen.measuring.calling import FORMATS_OF, USUAL
from cesym.derivation import derive
from cesym.terms.printing import plain

SYSTEMS = {key(t, s): t for t in TARGETS for s in SETTINGS.get(t, (None,))}
NOT_FAST = re.compile(r"exp(m1)?\([^()]*exp\(")
"""An exponential of an exponential is refused by the setting fast."""


def test_every_form_was_measured_in_every_target():
    for form, table in json.loads(TABLE.read_text("utf-8"))["forms"].items():
        refused = {"c, fast"} if NOT_FAST.search(form) else set()
        assert set(table) == set(SYSTEMS) - refused, form
        for system, found in table.items():
            known = FORMATS_OF.get(SYSTEMS[system], USUAL)
            assert list(found) == [name for name in USUAL if name in known], (form, system)
            assert all(0 <= error < 10 for error in found.values()), (form, system)


@pytest.mark.parametrize("target", TARGETS)
def test_the_errors_are_stated(target):
    functions = functions_of(derived("margin-form"))
    form = plain(functions.functions[0].form, functions.context)
    found = largest(form, key(target, SETTINGS.get(target, (None,))[0]))
    text = re.sub(r"\s+(\* )?", " ", export(derived("margin-form"), to=target))
    assert found and f"{points()} points: " in text
    for name, error in found.items():
        assert f"{error:g} ulp in {name}" in text


def test_what_was_not_measured_is_said():
    found = derive(loss="3*log(1 + exp(2*s))", let="s in real")
    assert "points: at most" not in export(found)
    assert "was not measured; `cesym ulp` does that" in export(found, to="c")
