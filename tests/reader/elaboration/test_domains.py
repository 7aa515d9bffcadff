"""SymPy simplifies under what is declared; nothing that it found may be used where that does not
hold.
"""

import pytest
from sympy import Eq, Sum, sign, symbols
from written import display, only

from cesym.derivation import verify

DOMAINS = (
    (
        r"Let $x > 0$, $u \in [0, 1]$, $c \in \{-1, 1\}$, $n \in \mathbb{N}$, $a \in \mathbb{R}$,"
        r" $v \in [\tfrac{1}{4}, \tfrac{1}{2}]^N$, $i, j \in \{1, \dots, N\}$."
    )
    .replace(r"\tfrac{1}{4}", "1/4")
    .replace(r"\tfrac{1}{2}", "1/2")
)
DEFINITIONS = "".join(
    map(
        display,
        (
            r"f(x) := \sqrt{x^2}",
            r"g(u) := |u|",
            r"h(c) := c^2",
            r"m(n) := |n|",
            r"r(i) := v_i",
            r"s(x) := x^2",
        ),
    )
)


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"f(3) = 3", "proved"),
        (r"f(-1) = -1", "refuted"),
        (r"f(0) = 0", "refuted"),
        (r"f(a) = a", "refuted"),
        (r"f(e^a) = e^a", "proved"),
        (r"f(v_i) = v_i", "proved"),
        (r"g(0) = 0", "proved"),
        (r"g(v_i) = v_i", "proved"),
        (r"g(\sigma(a)) = \sigma(a)", "proved"),
        (r"g(-1) = -1", "refuted"),
        (r"g(2) = 2", "refuted"),
        (r"h(-1) = 1", "proved"),
        (r"h(2) = 4", "refuted"),
        (r"m(7) = 7", "proved"),
        (r"m(0) = 0", "refuted"),
        (r"m(n + 1) = n + 1", "proved"),
        (r"r(j) = v_j", "proved"),
        (r"s'(3) = 6", "proved"),
        (r"s'(-3) = -6", "refuted"),
        (r"\left. \sqrt{x^2} \right|_{x = 2} = 2", "proved"),
        (r"\left. \sqrt{x^2} \right|_{x = -2} = -2", "refuted"),
        (r"\sum_{k=1}^{3} f(k) = 6", "proved"),
        (r"\sum_{i=1}^{N} g(v_i) = \sum_{i=1}^{N} v_i", "proved"),
    ],
)
def test_a_function_is_called_in_its_domain_only(claim, status):
    assert only(DOMAINS + DEFINITIONS + display(claim)).status == status


def test_what_is_outside_is_told():
    found = only(DOMAINS + DEFINITIONS + display("f(-1) = -1")).verdict.counterexample
    assert found.undefined == "-1 > 0"


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"\sum_{k=0}^{3} \operatorname{sign}(k) = 3", "proved"),
        (r"\sum_{k=0}^{3} \operatorname{sign}(k) = 4", "refuted"),
        (r"\sum_{k=-2}^{2} |k| = 6", "proved"),
        (r"\sum_{k=-2}^{2} |k| = 0", "refuted"),
        (r"\sum_{k=1}^{N} |k| = \sum_{k=1}^{N} k", "proved"),
        (r"\sum_{k=1,\, k \ne j}^{N} v_k = \sum_{k=1}^{N} v_k - v_j", "proved"),
    ],
)
def test_of_an_index_no_more_is_assumed_than_its_limits_say(claim, status):
    assert only(DOMAINS + display(claim)).status == status


k = symbols("k")


@pytest.mark.parametrize(
    ("sides", "status"),
    [
        ((Sum(sign(k), (k, 0, 3)), 3), "proved"),
        ((Sum(sign(k), (k, 0, 3)), 4), "refuted"),
        ((Sum(abs(k), (k, -2, 2)), 6), "proved"),
        ((Sum(abs(k), (k, -2, 2)), 0), "refuted"),
    ],
)
def test_nor_of_an_index_of_sympy(sides, status):
    assert verify(Eq(*sides, evaluate=False)).status == status


def test_the_index_left_out_must_be_in_the_range():
    page = r"Let $N, M \in \mathbb{N}$ and $j \in \{1, \dots, M\}$."
    claim = r"\sum_{k=1,\, k \ne j}^{SIZE} 1 = SIZE - 1"
    assert only(page + display(claim.replace("SIZE", "M"))).status == "proved"
    assert only(page + display(claim.replace("SIZE", "N"))).status != "proved"
