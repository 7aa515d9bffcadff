"""The module that is written: what it imports, how it is laid out, that it stands alone."""

import ast
import subprocess
import sys

import pytest
from codegen.pages import page
from codegen.style import ruff
from derived import derived

from cesym.codegen import export
from cesym.codegen.nodes import argument, number, operation
from cesym.codegen.numpy import expression

PAGES = ("binary-cross-entropy", "sigmoid", "squared-error")


@pytest.fixture(scope="module")
def written():
    return {name: export(derived(name)) for name in PAGES}


def functions(text):
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


def test_the_functions_and_their_arguments(written):
    found = functions(written["binary-cross-entropy"])
    for name in ("loss", "gradient", "hessian", "loss_and_gradient"):
        assert [a.arg for a in found[name].args.args] == ["y", "s"]
        reduced = ["weight", "reduction"] if name == "loss" else []
        assert [a.arg for a in found[name].args.kwonlyargs] == [*reduced, "out"]
    assert [a.arg for a in functions(written["sigmoid"])["value"].args.args] == ["s"]


def test_only_numpy_is_imported(written):
    for text in written.values():
        tree = ast.walk(ast.parse(text))
        modules = {n.module for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)}
        modules |= {a.name for n in tree if isinstance(n, ast.Import) for a in n.names}
        assert {m.split(".")[0] for m in modules} - sys.stdlib_module_names == {"numpy"}


def test_the_module_stands_alone(written, tmp_path):
    (tmp_path / "alone.py").write_text(written["binary-cross-entropy"], encoding="utf-8")
    code = f"""
import sys, sysconfig
sys.path.insert(0, {str(tmp_path)!r})
import numpy
before = set(sys.modules)
import alone
print(alone.loss([0, 1], 0.5), alone.loss_and_gradient(1, -800.0))
more = {{name.split('.')[0] for name in set(sys.modules) - before}}
assert more <= {{"alone", "numpy"}} | sys.stdlib_module_names, more
assert "cesym" not in sys.modules and "sympy" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", code], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "0.974" in done.stdout and "800.0" in done.stdout


def test_one_exponential_serves_loss_and_gradient(written):
    kernel = functions(written["binary-cross-entropy"])["_loss_and_gradient"]
    assert ast.unparse(kernel).count("np.exp") == 1


def test_words_of_a_page_cannot_become_code(tmp_path):
    hostile = 'x""" + print(1) + r"""\\'
    title = "'" + hostile.replace("'", "''") + "'"
    text = export(page(tmp_path, r"$s \in \mathbb{R}$", {"a": "e^{-|s|}"}, title=title))
    body = ast.parse(text).body
    assert isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    assert [type(node) for node in body[1:]].count(ast.Expr) == 1  # what the table of cases is
    calls = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)]
    printed = [n.args for n in calls if getattr(n.func, "id", "") == "print"]
    assert [type(argument) for (argument,) in printed] == [ast.JoinedStr]


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (operation("-", argument("x"), operation("-", number(1), argument("x"))), "x - (1 - x)"),
        (operation("*", argument("x"), operation("*", number(2), argument("x"))), "x * (2 * x)"),
        (operation("neg", operation("+", number(1), argument("x"))), "-(1 + x)"),
        (operation("*", operation("neg", argument("x")), argument("x")), "-x * x"),
        (operation("neg", operation("*", argument("x"), argument("x"))), "-(x * x)"),
        (operation("max", argument("x"), operation(">=", argument("x"), number(0))),
         "np.maximum(x, x >= 0)"),
    ],
)  # fmt: skip
def test_brackets_keep_the_order_of_rounding(node, text):
    assert expression(node) == text


def test_long_signatures_are_laid_out_line_by_line(tmp_path):
    declared = r"$\theta_{\text{long}} \in \mathbb{R}$ and $\alpha_{\text{longer}} \in [0, 1]$"
    formula = r"e^{-|\theta_{\text{long}}|} + e^{-\alpha_{\text{longer}}}"
    text = export(page(tmp_path, declared, {"damping": formula}))
    assert "\n    theta_long: npt.ArrayLike,\n" in text
    (tmp_path / "long.py").write_text(text, encoding="utf-8")
    done = subprocess.run([ruff(), "format", "--check", "--isolated", str(tmp_path / "long.py")])
    assert done.returncode == 0
