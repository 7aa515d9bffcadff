"""The scripts run with SymPy alone, and notice a wrong line."""

import ast
import subprocess
import sys

import pytest
from derived import LIBRARY, derived, oddities, proved

from cesym.documents import render
from cesym.errors import OutputError
from cesym.reader.pages import read_page
from cesym.terms.claim import OPERATORS


def run(script, folder):
    """The result of a script, where cesym and what else it needs cannot be imported."""
    path = folder / "script.py"
    path.write_text(script, encoding="utf-8")
    code = (
        "import runpy, sys\n"
        "sys.modules['cesym'] = sys.modules['flint'] = sys.modules['numpy'] = None\n"
        f"runpy.run_path({str(path)!r}, run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


REFUSED = {
    **dict.fromkeys(
        ("cross-entropy", "entropy", "gibbs-inequality", "jensen-shannon"),
        r"p in open_simplex\(K\) cannot be written for SymPy alone yet",
    ),
    "logistic-regression": "sums over D, N together take SymPy alone too long",
    "two-layer-network": "sums over D, H together take SymPy alone too long",
    "categorical-cross-entropy": r"p in simplex\(K\) cannot be written for SymPy alone yet",
    "label-smoothing": "softmax cannot be written for SymPy alone yet",
    "temperature-and-distillation": "softmax cannot be written for SymPy alone yet",
    "softmax-regression": "sums over D, K together take SymPy alone too long",
    "common-mistakes": r"p in open_simplex\(K\) cannot be written for SymPy alone yet",
    "exponential-family": r"p in simplex\(K\) cannot be written for SymPy alone yet",
    **dict.fromkeys(
        ("divergence-of-probabilities", "entropy-of-probabilities"),
        r"r in open_simplex\(K\) cannot be written for SymPy alone yet",
    ),
    **dict.fromkeys(
        ("divergence-of-logits", "entropy-of-logits"),
        "softmax cannot be written for SymPy alone yet",
    ),
    "softmax": "softmax cannot be written for SymPy alone yet",
    "stable-forms": "logsumexp cannot be written for SymPy alone yet",
}
"""Page -> why there is no script of it: functions of whole vectors, or too many symbols."""


@pytest.mark.parametrize("page", [p for p in LIBRARY if p[0] in REFUSED], ids="-".join)
def test_a_page_that_cannot_be_a_script_says_why(page):
    with pytest.raises(OutputError, match=REFUSED[page[0]]):
        render(derived(*page), "sympy")


@pytest.mark.parametrize(
    "page",
    [*(p for p in LIBRARY if p[0] not in REFUSED), ("bernoulli-logistic", "zh")],
    ids="-".join,
)
def test_every_page_holds_with_sympy_alone(page, tmp_path):
    derivation = derived(*page)
    script = render(derivation, "sympy")
    done = run(script, tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [
        line for line in done.stdout.split("\n") if line[:6].strip() in ("=", "≤", "≥", "<", ">")
    ]
    told = [step for step in derivation.steps if step.operator not in OPERATORS]
    assert script.count("\ntold(") == len(told)
    assert len(lines) >= len(derivation.steps) - len(told)
    assert str(len(lines)) in done.stdout.rstrip().split("\n")[-1]


def test_only_sympy_is_imported():
    tree = ast.parse(render(derived("binary-cross-entropy"), "sympy"))
    modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    modules |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert modules <= {"sympy", "sys", "math", "itertools"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("sigmoid(s) - y,", "y - sigmoid(s),"),
        ("log(y_hat) + (1 - y) * log(1 - y_hat),", "log(y_hat) + (1 + y) * log(1 - y_hat),"),
        ("(sigmoid(S[j]) - Y[j]) / N,", "(sigmoid(S[j]) - Y[j]) * N,"),
        ('step(">", "0", 0)', 'step("<", "0", 0)'),
        ("limit(L(1, y_hat), y_hat, 1, '-')", "limit(L(1, y_hat), y_hat, 0, '+')"),
        ("minimiser(L(p, y_hat), y_hat, p)", "minimiser(L(p, y_hat), y_hat, 1 - p)"),
        ("minimiser(-P(p), y_hat, p)", "minimiser(P(p), y_hat, p)"),
        ("exp(-Abs(s)) / (1 + exp(-Abs(s))) ** 2,", "exp(-Abs(s)) / (1 + exp(-s)) ** 2,"),
    ],
)
def test_a_wrong_line_is_noticed(right, wrong, tmp_path):
    script = render(derived("binary-cross-entropy"), "sympy")
    assert right in script
    done = run(script.replace(right, wrong), tmp_path)
    assert done.returncode == 1 and "AssertionError" in done.stderr


def test_a_minimum_is_tried_at_points(tmp_path):
    text = "Let $x \\in (0, 1)$.\n\n$$\n\\min_x (2 x - 1)^2 = 0\n$$\n"
    script = render(proved(read_page(text, "a.md", "en"), "a"), "sympy")
    assert run(script, tmp_path).returncode == 0
    assert "minimum((2 * x_ - 1) ** 2, x_, 0)" in script
    wrong = script.replace("x_, 0)", "x_, 1)").replace('"0", 0)', '"0", 1)')
    assert "AssertionError" in run(wrong, tmp_path).stderr


def test_hypotheses_are_used_where_they_hold(tmp_path):
    script = render(oddities(), "sympy")
    assert "GIVEN[y] = 1\n" in script
    assert run(script, tmp_path).returncode == 0
    done = run(script.replace("GIVEN[y] = 1\n", ""), tmp_path)
    assert "AssertionError" in done.stderr


def test_names_cannot_break_out(tmp_path):
    title = '""" + print("no") + """ \\'
    page = read_page(
        f"---\ntitle: '{title}'\n---\n\n"
        "Let $\\lambda \\in \\mathbb{R}$ and $\\mathrm{lines} \\in (0, 1)$.\n\n"
        "$$\n\\lambda \\mathrm{lines} = \\mathrm{lines} \\lambda\n$$\n",
        "a.md",
        "en",
    )
    done = run(render(proved(page, "a"), "sympy"), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no\n" not in done.stdout


def test_what_sympy_cannot_say_is_an_error():
    page = read_page(
        "Let $K \\in \\mathbb{N}$ and $p \\in \\Delta^{K-1}$.\n\n$$\n\\sum_{k=1}^{K} p_k = 1\n$$\n",
        "a.md",
        "en",
    )
    with pytest.raises(OutputError):
        render(proved(page, "a"), "sympy")
