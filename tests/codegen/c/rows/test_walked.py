"""C for losses of rows that is written from their programs: accurate on every processor."""

import re
import subprocess
from functools import cache
from types import ModuleType

import mpmath as mp
import numpy as np
import optional
import pytest
from codegen.c.exported import compiled, compiled_program, compiler
from codegen.rowwise.test_table import CLOSE, PAGES, mpf, near, off, pairs, softmax
from derived import derived

from cesym.codegen import api, export, header, lambdify
from cesym.codegen.c import compiling
from cesym.codegen.c.rows import TUNED, calling, module, walked
from cesym.codegen.c.rows.walked_words import LIMIT, SHARE, SINGLE_LIMIT
from cesym.codegen.c.wrapper import opened
from cesym.codegen.rowwise import row_loss_of
from cesym.errors import UnknownName
from cesym.messages import LANGUAGES

FORMS = [name for name in PAGES if name not in TUNED]
NO_ROWS = ("n", "classes", "ignored", "smoothing")
ROOT = 2.0 ** int(SHARE[2:])
TARGETED = {
    "cross-entropy at a temperature": "temperature-and-distillation",
    "cross-entropy of a smoothed label": "label-smoothing",
}

levels = pytest.mark.parametrize("level", [1, 0])
forms = pytest.mark.parametrize("form", FORMS)


@cache
def library(page, level):
    """The library as a processor with fused multiply-add, or without it, runs it."""
    compiler()
    optional.module("cffi")
    found = row_loss_of(derived(page))
    text = module(found, "accurate", documented=False)
    return found, compiling.compiled(f"#define CESYM_LEVEL {level}\n{text}")


@cache
def functions(page, level) -> ModuleType:
    found, path = library(page, level)
    made = api._run(calling.python_text(found), page)
    vars(made).update(calling.kernels(found, path))
    return made


def is_right(found, exact, sizes):
    """Whether results are as close as is said; next to a root, by the size of what cancels."""
    units = off(found, exact)
    rooms = [
        ROOT * float(size) / np.spacing(float(abs(e))) for e, size in zip(exact, sizes, strict=True)
    ]
    return all(unit <= max(LIMIT, 0.5 + room) for unit, room in zip(units, rooms, strict=True))


@levels
@pytest.mark.parametrize("step", CLOSE)
@pytest.mark.parametrize("spread", [1.0, 30.0, 300.0])
def test_the_divergence_of_logits(level, spread, step):
    w, z = pairs(spread, step)
    losses, slopes = functions("divergence-of-logits", level).loss_and_gradient(w, z)
    with mp.workprec(1200):
        every = [(softmax(a), softmax(b)) for a, b in zip(w, z, strict=True)]
        exact = [mp.fsum(p * mp.log(p / q) for p, q in zip(*both, strict=True)) for both in every]
        assert max(off(losses, exact)) <= LIMIT
        for row, (p, q) in zip(slopes, every, strict=True):
            entries = [b - a for a, b in zip(p, q, strict=True)]
            assert is_right(row, entries, [a + b for a, b in zip(p, q, strict=True)])
    assert (losses >= 0).all()


@levels
@pytest.mark.parametrize("step", [*CLOSE, 1.0986, 1.1])
def test_the_divergence_of_probabilities(level, step):
    rng = np.random.default_rng(4)
    one = np.exp(rng.uniform(-700, 0, (400, 1)))
    for p, q in (near(step), (one, one * np.exp(rng.uniform(-step, step, one.shape)))):
        losses, slopes = functions("divergence-of-probabilities", level).loss_and_gradient(p, q)
        with mp.workprec(1200):
            rows = [(mpf(a), mpf(b)) for a, b in zip(p, q, strict=True)]
            exact = [
                mp.fsum(b - a - a * mp.log(b / a) for a, b in zip(*row, strict=True))
                for row in rows
            ]
            normal = [k for k, e in enumerate(exact) if e > 1e-290]
            assert max(off(losses[normal], [exact[k] for k in normal])) <= LIMIT
            entries = [(b - a) / b for row in rows for a, b in zip(*row, strict=True)]
            assert max(off(slopes, entries)) <= LIMIT


@levels
@pytest.mark.parametrize("spread", [0.01, 1.0, 30.0, 300.0])
def test_the_entropy_of_logits(level, spread):
    z = np.random.default_rng(5).normal(0, spread, (40, 6))
    entropies, slopes = functions("entropy-of-logits", level).entropy_and_gradient(z)
    with mp.workprec(1200):
        rows = [softmax(row) for row in z]
        exact = [-mp.fsum(p * mp.log(p) for p in row) for row in rows]
        normal = [k for k, e in enumerate(exact) if e > 1e-290]
        assert max(off(entropies[normal], [exact[k] for k in normal])) <= LIMIT
        for found, row, entropy in zip(slopes, rows, exact, strict=True):
            large = [k for k, p in enumerate(row) if p > 1e-290]
            entries = [-row[k] * (mp.log(row[k]) + entropy) for k in large]
            sizes = [row[k] * (1 - mp.log(row[k])) for k in large]
            assert is_right(found[large], entries, sizes)
    assert (entropies >= 0).all()


@levels
def test_the_entropy_of_probabilities(level):
    p, _ = near(1.0)
    root = np.exp(-1) * (1 + np.random.default_rng(1).uniform(-1e-6, 1e-6, (60, 9)))
    for rows in (p, root):
        module = functions("entropy-of-probabilities", level)
        entropies, slopes = module.entropy_and_gradient(rows)
        with mp.workprec(300):
            exact = [-mp.fsum(x * mp.log(x) for x in mpf(row)) for row in rows]
            assert max(off(entropies, exact)) <= LIMIT
            entries = [-mp.log(x) - 1 for row in rows for x in mpf(row)]
            assert is_right(slopes.ravel(), entries, [1.0] * len(entries))


def targets(form, rng, z):
    """What stands beside logits: a class and a share, or temperatures; and the exact target."""
    count, classes = z.shape
    c = rng.integers(0, classes, count)
    if form == "cross-entropy of a smoothed label":
        return [(c, share) for share in (0.0, 0.1, 1.0)]
    t = np.exp(rng.uniform(-2, 3, count))
    return [(c, t), (rng.dirichlet(np.ones(classes), count), t), (c, 1.0)]


@levels
@pytest.mark.parametrize("form", TARGETED)
@pytest.mark.parametrize("spread", [1.0, 30.0])
@pytest.mark.parametrize("classes", [2, 7])
def test_targets(level, form, spread, classes):
    rng = np.random.default_rng(classes)
    z = rng.normal(0, spread, (12, classes))
    for target, other in targets(form, rng, z):
        # What is mixed into a class by Python is rounded, by C not.
        losses, slopes = functions(TARGETED[form], level).loss_and_gradient(z, target, other)
        smooth = form == "cross-entropy of a smoothed label"
        t = np.broadcast_to(1.0 if smooth else other, len(z))
        share = other if smooth else 0.0
        wanted = np.eye(classes)[target] if target.ndim == 1 else target
        wanted = (1 - share) * wanted + share / classes if share else wanted
        with mp.workprec(1200):
            for row, heat, weights, ours, found in zip(z, t, wanted, losses, slopes, strict=True):
                q = softmax_at(row, heat)
                exact = -mp.fsum(a * mp.log(b) for a, b in zip(mpf(weights), q, strict=True) if a)
                assert off(ours, [exact])[0] <= LIMIT
                entries = [
                    (b - a) / mp.mpf(float(heat)) for a, b in zip(mpf(weights), q, strict=True)
                ]
                assert is_right(found, entries, weights / heat)


def softmax_at(row, heat):
    powers = [mp.exp(x / mp.mpf(float(heat))) for x in mpf(row)]
    return [power / mp.fsum(powers) for power in powers]


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
        for name in by_numpy.__all__:
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
    found = row_loss_of(derived(PAGES[form]))
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
