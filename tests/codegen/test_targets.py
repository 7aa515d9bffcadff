"""What holds of every target: the same functions, equally accurate, with the same boundaries."""

import ast
import runpy

import numpy as np
import pytest
from codegen.calling import MOST_ULPS, call, loaded, own_settings, targets
from codegen.style import assert_styled
from derived import derived

from cesym.codegen import TARGETS, export
from cesym.codegen.boundaries import boundary_values
from cesym.codegen.functions import functions_of
from cesym.codegen.truth import truth
from cesym.floats.grids import GRIDS, landmarks
from cesym.floats.ulp import error, measure

PAGES = ("binary-cross-entropy", "sigmoid", "squared-error")
BCE = functions_of(derived("binary-cross-entropy"))
DTYPES = (np.float64, np.float32)
NORMAL = {"float64": 708.39, "float32": 87.33}
"""XLA takes smaller results than those at this score for 0."""

SCORES = {
    np.dtype(d).name: np.concatenate([*(make(150, d, 5) for make in GRIDS.values()), landmarks(d)])
    for d in DTYPES
}


def scores(target, dtype):
    s = SCORES[np.dtype(dtype).name]
    return s[np.abs(s) < NORMAL[s.dtype.name]] if target == "jax" else s


@pytest.fixture(scope="module")
def exact():
    found = {}

    def of(function, y, s):
        key = (function.name, y, s.dtype.name, s.size)
        if key not in found:
            found[key] = truth(function, BCE, np.full_like(s, y), s, dtype=s.dtype)
        return found[key]

    return of


@targets
@pytest.mark.parametrize("dtype", DTYPES)
def test_hard_labels_lose_no_digits(target, dtype, exact):
    module, s = loaded("binary-cross-entropy", target), scores(target, dtype)
    if target == "python" and dtype is np.float32:
        return  # it knows float64 alone
    for function in BCE.functions:
        for y in (0.0, 1.0):
            computed = call(module, target, function.name, np.full_like(s, y), s)
            found = measure(computed, exact(function, y, s))
            assert found.within(MOST_ULPS), (function.name, y, s[found.worst], found)


@targets
@pytest.mark.parametrize("y", [0.3, 1e-3, 1 - 2.0**-20])
def test_soft_labels_lose_digits_at_the_root_only(target, y, exact):
    module, s = loaded("binary-cross-entropy", target), scores(target, np.float64)
    s = np.concatenate([s, np.nextafter(np.log(y / (1 - y)), [-9, 9]), [np.log(y / (1 - y))]])
    labels = np.full_like(s, y)
    for function in BCE.functions[:2]:
        expected = exact(function, y, s)
        off = error(call(module, target, function.name, labels, s), expected)
        size = np.spacing(np.abs(expected.nearest))
        # Both parts of the gradient are y (1 - y) at its root, and each is right to 2^-53 of it.
        allowed = np.maximum(MOST_ULPS, 2.0**-51 * y * (1 - y) / size * (function.name != "loss"))
        worst = np.argmax(off - allowed)
        assert (off <= allowed).all(), (function.name, s[worst], off[worst])


@targets
@pytest.mark.parametrize("page", PAGES)
def test_all_targets_agree(target, page):
    functions = functions_of(derived(page))
    here, there = loaded(page, target), loaded(page, "python")
    rng = np.random.default_rng(1)
    columns = [rng.integers(0, 2, 200).astype(float), rng.normal(0, 12, 200)]
    columns = columns[-len(functions.arguments) :]
    for f in functions.functions:
        ours, theirs = (
            call(m, t, f.name, *columns) for m, t in ((here, target), (there, "python"))
        )
        np.testing.assert_array_max_ulp(ours, theirs, 2 * int(f.shown.ulps))


@targets
@pytest.mark.parametrize("page", PAGES)
def test_the_boundary_table_holds(target, page):
    functions = functions_of(derived(page))
    module = loaded(page, target)
    table = boundary_values(functions, vars(loaded(page, "python")))
    assert all(len(rows) >= 2 for rows in table.values())
    for name, rows in table.items():
        columns = np.array([point for point, _value in rows]).T
        found = call(module, target, name, *columns)
        np.testing.assert_array_equal(found, [value for _point, value in rows])
        assert not np.isnan(found).any()


@targets
def test_nan_stays_nan(target):
    module = loaded("binary-cross-entropy", target)
    y, s = np.array([1.0, np.nan, 0.3]), np.array([np.nan, 1.0, np.nan])
    for name in ("loss", "gradient"):
        assert np.isnan(call(module, target, name, y, s)).all(), name
    assert np.isnan(call(module, target, "hessian", y, s)).tolist() == [True, False, True]


@targets
def test_no_argument_is_changed(target):
    y, s = np.array([0.0, 1.0]), np.array([3.0, -4.0])
    call(loaded("binary-cross-entropy", target), target, "gradient", y, s)
    assert y.tolist() == [0, 1] and s.tolist() == [3, -4]


WRITTEN_IN_PYTHON = [target for target in TARGETS if target != "c"]


@pytest.mark.parametrize("target", WRITTEN_IN_PYTHON)
def test_a_module_tests_itself(target, tmp_path, capsys):
    loaded("sigmoid", target)
    path = tmp_path / "alone.py"
    path.write_text(export(derived("sigmoid"), to=target), encoding="utf-8")
    with own_settings(target):
        runpy.run_path(str(path), run_name="__main__")
        assert capsys.readouterr().out == "14 values are right\n"
        wrong = path.read_text("utf-8").replace('("value", (0.0,), 0.5', '("value", (0.0,), 0.51')
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(SystemExit, match=r"expected 0\.51"):
            runpy.run_path(str(path), run_name="__main__")


LINES = {"en": [], "zh": ["--ignore=E501"]}
"""Chinese is not broken into lines: it has no spaces."""


@pytest.mark.parametrize("language", LINES)
def test_it_is_formatted(tmp_path, language):
    for target in WRITTEN_IN_PYTHON:
        for page in PAGES:
            text = export(derived(page), to=target, language=language)
            (tmp_path / f"{page}_{target}.py").write_text(text, encoding="utf-8")
    assert_styled(tmp_path, *LINES[language])


@pytest.mark.parametrize("target", WRITTEN_IN_PYTHON)
def test_everything_is_documented_and_typed(target):
    tree = ast.parse(export(derived("binary-cross-entropy"), to=target))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            assert node.returns
            assert all(a.annotation for a in (*node.args.args, *node.args.kwonlyargs))
            assert node.name.startswith("_") or ast.get_docstring(node)
