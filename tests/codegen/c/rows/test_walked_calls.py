"""C for losses of rows that is written from their programs: boundaries, types, sums, its text."""

import re
import subprocess

import numpy as np
import pytest
from codegen.c.exported import compiled, compiled_program
from codegen.c.rows.walked import TARGETED, forms, functions, levels, library, loss_of
from codegen.rowwise.test_table import PAGES
from derived import derived

from cesym.codegen import export, header, lambdify
from cesym.codegen.c.rows import calling, walked
from cesym.codegen.c.rows.walked_words import LIMIT, SINGLE_LIMIT
from cesym.codegen.c.wrapper import opened
from cesym.errors import UnknownName
from cesym.messages import LANGUAGES

NO_ROWS = ("n", "classes", "ignored", "smoothing")

INF, NAN = np.inf, np.nan
LOGITS = [[INF, 0, 1], [INF, INF, 0], [-INF, 0, 1], [-INF, -INF, 1], [-INF, -INF, -INF]]
LOGITS += [[0, NAN, 1], [NAN, INF, 0], [2, 2, 1], [1e300, -1e300, 0], [5, -740, -800]]
SHARES = [[0, 0.5, 0.5], [1, 0, 0], [0, 0, 0], [-0.5, 0.5, 1], [NAN, 0.5, 0.5], [1e-320, 1, 1]]


@levels
@forms
def test_boundaries_are_those_of_numpy(level, form):
    page = PAGES[form]
    ours, by_numpy = functions(page, level), lambdify(derived(page))
    rows = np.array(LOGITS if "logits" in form or form in TARGETED else SHARES, float)
    if form in TARGETED:
        cases = [(rows, k) for k in range(3)]
        extra = [(0.0,), (0.25,)] if "label" in form else [(1.0,), (0.5,)]
        cases = [(*case, *more) for case in cases for more in extra]
    elif "divergence" in form:
        cases = [(row, rows) for row in rows]
    else:
        cases = [(rows,)]
    for given in cases:
        for name in (name for name in by_numpy.__all__ if "_and_" not in name):
            found, expected = getattr(ours, name)(*given), getattr(by_numpy, name)(*given)
            np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-300)


@forms
def test_float32_is_rounded_once(form):
    found, path = library(PAGES[form], 1)
    ffi, functions_of_c = opened(walked.declarations(found), path)
    rng = np.random.default_rng(2)
    rows = [rng.uniform(0.05, 1, (20, 5)).astype(np.float32) for _ in found.form.inputs]
    call = walked.calls_of(found.form)[-1]
    listed, wide = [], []
    for (_kind, name), row in zip(
        [p for p in call.parameters("float") if p[1] not in NO_ROWS],
        rows,
        strict=True,
    ):
        if name in ("target", "T"):
            row = rng.integers(0, 5, 20) if name == "target" else row[:, 0].astype(float)
        item = {"i": "int64_t[]", "f": "float[]" if row.ndim == 2 else "double[]"}
        listed.append(ffi.from_buffer(item[row.dtype.kind], np.ascontiguousarray(row)))
        wide.append(row)
        if name == "target":
            listed += [-1, 0.25]
    results = [np.empty(20 if n in found.form.numbers else (20, 5), np.float32) for n in call.group]
    public = f"{calling.name_in_c(found.page)}_{call.name}_f32"
    places = [ffi.from_buffer("float[]", r) for r in results]
    getattr(functions_of_c, public)(20, 5, *listed, *places, 2)
    module = functions(PAGES[form], 1)
    options = {"label_smoothing": 0.25} if "temperature" in form else {}
    wide += [0.25] if "label" in form else []
    doubles = [row.astype(float) if np.asarray(row).dtype == np.float32 else row for row in wide]
    exact = getattr(module, "_and_".join(call.group))(*doubles, **options)
    for ours, right in zip(results, exact, strict=True):
        unit = np.spacing(np.abs(right).astype(np.float32)).astype(float)
        assert (np.abs(ours - right) <= SINGLE_LIMIT * unit).all()


@forms
def test_sums_are_those_of_losses(form):
    found, path = library(PAGES[form], 1)
    ffi, functions_of_c = opened(walked.declarations(found), path)
    (name,) = found.form.numbers
    rng = np.random.default_rng(3)
    rows = {g.role: rng.uniform(0.1, 1, (70, 300)) for g in found.form.inputs}
    rows = {k: row[:, :1].copy() if k == "T" else row for k, row in rows.items()}
    weight, loss = rng.uniform(0, 1, 70), np.empty(70)
    given = [ffi.from_buffer("double[]", row) for row in rows.values()]
    # A target is followed by how much of it is smoothed.
    places = [k for k, g in enumerate(found.form.inputs) if g.options]
    for place in places:
        given.insert(place + 1, 0.5)
    given += [ffi.from_buffer("double[]", weight)]
    prefix = calling.name_in_c(found.page)
    for threads in (1, 2):
        into = ffi.from_buffer("double[]", loss)
        getattr(functions_of_c, f"{prefix}_{name}_f64")(70, 300, *given, into, threads)
        total = getattr(functions_of_c, f"{prefix}_{name}_sum_f64")(70, 300, *given, threads)
        assert total == pytest.approx(loss.sum(), rel=1e-14) and total > 0


@pytest.mark.parametrize("form", TARGETED)
def test_classes_that_are_ignored_or_not_there(form):
    found, path = library(TARGETED[form], 1)
    ffi, functions_of_c = opened(walked.declarations(found), path)
    z, target = np.zeros((4, 3)), np.array([1, 7, 3, -2])
    loss, slopes, heat = np.empty(4), np.empty((4, 3)), np.ones(4)
    pointer = lambda array: ffi.from_buffer("double[]", array)  # noqa: E731
    given = [pointer(z), ffi.from_buffer("int64_t[]", target), 7, 0.0]
    given += [pointer(heat)] if "temperature" in form else []
    name = f"{calling.name_in_c(found.page)}_loss_and_gradient_of_class_f64"
    getattr(functions_of_c, name)(4, 3, *given, pointer(loss), pointer(slopes), 1)
    np.testing.assert_allclose(loss, [np.log(3), 0, NAN, NAN])
    assert not slopes[1].any() and np.isnan(slopes[2:]).all() and slopes[0, 1] == -2 / 3


@pytest.mark.parametrize("flags", [(), ("-DCESYM_PORTABLE",), ("-fopenmp",)])
@forms
def test_it_compiles_without_a_warning_and_tests_itself(form, flags, tmp_path):
    text = export(derived(PAGES[form]), to="c")
    compiled(text, tmp_path / "a.so", "-O1", *flags)
    program = compiled_program(text, tmp_path / "right", "-O1", "-DCESYM_SELFTEST", *flags)
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and re.fullmatch(r"\d+ values are right\n", done.stdout)


WRONG = {
    "divergence of logits": (
        "_minus_pp(@rise(g, w, z), g->mean)",
        "_plus_pp(@rise(g, w, z), g->mean)",
    ),
    "divergence of probabilities": ("@one(last)", "@one(-last)"),
    "entropy of logits": ("of.rest = @plus_pp(of.rest", "of.rest = @minus_pp(of.rest"),
    "entropy of probabilities": ("@one(0.0) : @times_pp(w, x)", "@one(0.0) : @plus_pp(w, x)"),
    "cross-entropy at a temperature": ("of->heat == 1.0", "of->heat > 0.0"),
    "cross-entropy of a smoothed label": (
        "smoothing == 0.0)\n        return @one(p)",
        "1)\n        return @one(p)",
    ),
}


@forms
def test_the_test_of_itself_can_fail(form, tmp_path):
    text = export(derived(PAGES[form]), to="c")
    right, wrong = WRONG[form]
    changed = text
    for prefix in ("fd_", "pd_"):
        changed = changed.replace(right.replace("@", prefix), wrong.replace("@", prefix))
    assert changed != text
    program = compiled_program(changed, tmp_path / "wrong", "-O1", "-DCESYM_SELFTEST")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "exact" in done.stdout


@forms
def test_the_header_declares_every_function(form):
    found = loss_of(PAGES[form])
    declared = header(derived(PAGES[form]))
    assert all(line in declared for line in walked.declarations(found).splitlines())


@forms
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comment_says_how_accurate_it_is(form, language):
    text = export(derived(PAGES[form]), to="c", language=language)
    assert f"{LIMIT} ulp" in " ".join(text[: text.index("*/")].replace(" * ", " ").split())


def test_there_is_one_setting():
    for write in (export, header, lambdify):
        options = {export: {"to": "c"}, header: {}, lambdify: {"target": "c"}}[write]
        with pytest.raises(UnknownName, match="entropy-of-logits has no setting fast"):
            write(derived("entropy-of-logits"), setting="fast", **options)
