"""The functions that lambdify returns for rows in C: called and refused as those of NumPy."""

import inspect

import numpy as np
import pytest
from codegen.c.exported import functions
from codegen.c.rows.at_levels import PAGE
from derived import derived

from cesym.codegen import lambdify
from cesym.codegen.api import SETTINGS

rng = np.random.default_rng(3)
Z, C = rng.normal(0, 5, (6, 7)), rng.integers(0, 7, 6)
P = rng.dirichlet(np.ones(7), 6)


@pytest.fixture(scope="module", params=SETTINGS["c"])
def rows(request):
    return functions(PAGE, request.param)


@pytest.fixture(scope="module")
def by_numpy():
    return lambdify(derived(PAGE))


GIVEN = {
    "classes": (Z, C),
    "probabilities": (Z, P),
    "float32": (Z.astype("f4"), P.astype("f4")),
    "float32 and classes of one byte": (Z.astype("f4"), C.astype(np.uint8)),
    "float32 with probabilities of float64": (Z.astype("f4"), P),
    "float64 with probabilities of float32": (Z, P.astype("f4")),
    "float16": (Z.astype("f2"), C),
    "integers": (Z.astype(int), C),
    "one row": (Z[0], 3),
    "one row of probabilities": (Z[0], P[0]),
    "lists": (Z.tolist(), C.tolist()),
    "more axes": (Z.reshape(2, 3, 7), C.reshape(2, 3)),
    "one target for all": (Z, 2),
    "one distribution for all": (Z, P[0]),
    "columns first": (np.asfortranarray(Z), np.asfortranarray(P)),
    "upside down": (Z[::-1, ::-1], C[::-1]),
    "no rows": (Z[:0], C[:0]),
    "wide": (rng.normal(0, 5, (3, 300)), rng.integers(0, 300, 3)),
}
OPTIONS = [
    {},
    {"label_smoothing": 0.25},
    {"weight": 0.5},
    {"weight": 2.0, "reduction": "sum"},
    {"reduction": "mean"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("kind", GIVEN)
@pytest.mark.filterwarnings("ignore:.*(divide|scalar divide)")
def test_results_are_as_numpy_has_them(rows, by_numpy, kind, options):
    z, target = GIVEN[kind]
    pairs = [(rows.loss(z, target, **options), by_numpy.loss(z, target, **options))]
    if not {"weight", "reduction"} & options.keys():
        both = rows.loss_and_gradient(z, target, **options)
        slopes = by_numpy.gradient(z, target, **options)
        pairs += [(rows.gradient(z, target, **options), slopes), (both[1], slopes)]
        pairs += [(both[0], pairs[0][1])]
    for found, expected in pairs:
        assert type(found) is type(expected) and np.shape(found) == np.shape(expected)
        assert np.asarray(found).dtype == np.asarray(expected).dtype
        eps = float(np.finfo(np.asarray(expected).dtype).eps)
        np.testing.assert_allclose(found, expected, rtol=8 * eps, atol=1e-15)


def test_ignored_rows_count_for_nothing(rows, by_numpy):
    c = np.array([-100, 0, 1, -100, 2, 6])
    weight = np.array([1.0, 0.0, 2.0, 3.0, 4.0, 0.5])
    z = Z.copy()
    z[1] = np.inf  # its loss is nan, its weight 0
    for reduction in ("none", "sum", "mean"):
        for given in (None, weight):
            asked = {"weight": given, "ignore_index": -100, "reduction": reduction}
            used = z if given is not None else Z
            found, expected = rows.loss(used, c, **asked), by_numpy.loss(used, c, **asked)
            np.testing.assert_allclose(found, expected, rtol=1e-14)
    assert not rows.gradient(Z, c, ignore_index=-100)[[0, 3]].any()
    unsigned = c.astype(np.uint64)
    found = rows.loss(Z, unsigned, ignore_index=int(unsigned[0]))
    np.testing.assert_array_equal(found, rows.loss(Z, c, ignore_index=-100))


def test_sums_are_rounded_once(rows):
    z = np.zeros((3, 2), np.float32)
    weight = np.array([1.0, 2.0**-30, 2.0**-30])
    total = rows.loss(z, np.zeros(3, int), weight=weight, reduction="sum")
    assert total.dtype == np.float32
    assert total == np.float32(np.log(2.0) * weight.sum())


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_results_go_where_they_are_wanted(rows, dtype):
    z = Z.astype(dtype)
    loss, slopes = np.empty(6, dtype), np.empty((6, 7), dtype)
    assert rows.loss(z, C, out=loss) is loss
    assert rows.gradient(z, C, out=slopes) is slopes
    found = rows.loss_and_gradient(z, C, out=(np.empty(6, dtype), np.empty((6, 7), dtype)))
    for a, b in zip(found, (loss, slopes), strict=True):
        np.testing.assert_array_equal(a, b)
    over = z.copy()
    assert rows.gradient(over, C, out=over) is over
    np.testing.assert_array_equal(over, slopes)
    apart = np.zeros((7, 6), dtype).T
    assert rows.gradient(z, C, out=apart) is apart
    np.testing.assert_array_equal(apart, slopes)
    half = np.zeros((6, 7), np.float16)
    np.testing.assert_allclose(rows.gradient(z, C, out=half), slopes, atol=1e-3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(4001, 10), (37, 1000)])
def test_threads_change_nothing(rows, shape, dtype):
    z = rng.normal(0, 5, shape).astype(dtype)
    c, p = rng.integers(0, shape[1], shape[0]), np.abs(z)
    for target in (c, p):
        one = rows.loss_and_gradient(z, target)
        two = rows.loss_and_gradient(z, target, num_threads=2)
        for a, b in zip(one, two, strict=True):
            np.testing.assert_array_equal(a, b)
        sums = [rows.loss(z, target, reduction="sum", num_threads=t) for t in (1, 2, 3)]
        np.testing.assert_allclose(sums, np.sum(one[0], dtype=np.float64), rtol=1e-6)
        assert sums[0] == sums[1] == sums[2]


REFUSED = {
    "complex logits": ((Z.astype(complex), C), {}),
    "a number": ((1.0, 0), {}),
    "a class too many": ((Z, C + 7), {}),
    "a class below": ((Z, C - 7), {}),
    "classes of truth values": ((Z, C > 3), {}),
    "too much smoothing": ((Z, C), {"label_smoothing": 1.5}),
    "smoothing that is no number": ((Z, C), {"label_smoothing": np.nan}),
    "probabilities ignored": ((Z, P), {"ignore_index": 0}),
    "classes that do not fit": ((Z, C[:4]), {}),
    "probabilities that do not fit": ((Z, P[:, :4]), {}),
    "a reduction that is none": ((Z, C), {"reduction": "average"}),
    "weights that do not fit": ((Z, C), {"weight": np.ones(5)}),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_numpy_refuses_is_refused_in_its_words(rows, by_numpy, kind):
    given, options = REFUSED[kind]
    with pytest.raises((TypeError, ValueError)) as expected:
        by_numpy.loss(*given, **options)
    with pytest.raises(expected.type) as found:
        rows.loss(*given, **options)
    if "could not" not in str(expected.value) and "broadcast" not in str(expected.value):
        assert str(found.value) == str(expected.value)


def test_no_classes_are_refused(rows):
    with pytest.raises(ValueError, match="at least one class"):
        rows.loss(np.empty((2, 0)), np.zeros(2, int))


def test_places_for_results_are_checked(rows):
    with pytest.raises(ValueError, match="shape"):
        rows.gradient(Z, C, out=np.empty(6))
    with pytest.raises(TypeError, match="floats"):
        rows.loss(Z, C, out=np.empty(6, int))
    with pytest.raises(ValueError, match="out is for"):
        rows.loss(Z, C, reduction="sum", out=np.empty(6))


def test_the_names_are_those_of_numpy(rows, by_numpy):
    for name in by_numpy.__all__:
        asked = inspect.signature(getattr(by_numpy, name)).parameters
        assert list(asked) == [
            p for p in inspect.signature(getattr(rows, name)).parameters if p in asked
        ]
