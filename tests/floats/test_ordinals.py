"""The numbering of floats: order, inverse, steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.floats.ordinals import FORMATS, distance, from_ordinal, ordinal, require_format

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(FINITE)
def test_from_ordinal_undoes_ordinal(x: float) -> None:
    array = np.array([x])
    assert from_ordinal(ordinal(array), np.float64) == array


@given(FINITE, FINITE)
def test_ordinal_keeps_the_order(x: float, y: float) -> None:
    first, second = ordinal(np.array([x, y]))
    assert (first < second) == (x < y)


@pytest.mark.parametrize("dtype", FORMATS)
def test_neighbours_are_one_apart(dtype: np.dtype) -> None:
    x = np.array([-1.0, -0.0, 0.0, 1.0, np.finfo(dtype).tiny, np.finfo(dtype).max], dtype)
    with np.errstate(over="ignore", under="ignore"):
        above = np.nextafter(x, dtype.type(np.inf))
    assert (distance(x, above) == 1).all()


def test_distance_of_the_ends_is_exact() -> None:
    ends = np.array([-np.inf]), np.array([np.inf])
    assert int(distance(*ends)[0]) == 2 * 0x7FF0_0000_0000_0000


def test_nan_and_other_formats_are_refused() -> None:
    with pytest.raises(ValueError, match="nan"):
        ordinal(np.array([np.nan]))
    with pytest.raises(TypeError, match="float16"):
        require_format(np.float16)
