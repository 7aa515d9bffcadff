"""The docstrings say what is computed, how well, and where it comes from."""

import ast
import re

from derived import derived

from cesym import __version__
from cesym.codegen import export, lambdify
from cesym.codegen.functions import functions_of
from cesym.codegen.words import MEASURED, Words

DERIVATION = derived("binary-cross-entropy")


def docstrings(text):
    tree = ast.parse(text)
    public = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name[0] != "_")
    return {"": ast.get_docstring(tree), **{n.name: ast.get_docstring(n) for n in public}}


def test_english():
    found = docstrings(export(DERIVATION))
    assert DERIVATION.title in found[""] and __version__ in found[""]
    assert "y in [0, 1]; s in real" in found[""]
    assert "y*max(-s, 0) + log1p(exp(-abs(s))) + (1 - y)*max(s, 0)" in found["loss"]
    assert r"\operatorname{log1p}" in found["loss"]
    assert re.search(r"at most \d+ ulp", found["loss"])
    assert "root" in found["gradient"] and "root" not in found["loss"]


def test_chinese():
    found = docstrings(export(DERIVATION, language="zh"))
    assert all(re.search("[一-鿿]", text) for text in found.values())
    assert "误差" in found["loss"] and "Error" not in found["loss"]


def test_the_limits_are_what_the_functions_return():
    found = docstrings(export(DERIVATION))
    bce = lambdify(DERIVATION)
    for name in ("loss", "gradient", "hessian"):
        text = " ".join(found[name].split())
        calls = re.findall(rf"{name}\((\d), (-?inf)\) = (\S+?)[;.]", text)
        assert len(calls) == 4
        for y, s, value in calls:
            assert getattr(bce, name)(int(y), float(s)) == float(value)


def test_every_measured_form_is_exported():
    functions = functions_of(DERIVATION)
    words = Words(functions)
    assert {words.plain(f.form) for f in functions.functions} == set(MEASURED)
