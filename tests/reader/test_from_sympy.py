"""Terms of SymPy as trees, read back as the same terms: functions of whole vectors."""

import pytest

from cesym.derivation.structure import structure
from cesym.derivation.verification import context_of
from cesym.reader.elaborate import elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.plain import parse_expression
from cesym.terms.functions import softmax

LET = (
    "K in integer>=2", "N in integer>=1", "z in real^K", "T in (0,oo)", "Z in real^(N,K)",
    "b in real^N", "n in index(N)", "j in index(K)",
)  # fmt: skip
CONTEXT = context_of(LET)

FOLDED = [
    "softmax(z)[j]",
    "softmax(z/T + 1)[1]",
    "softmax(Z)[n,j]",
    "softmax(Z/T)[1,j]",
    "softmax(b[n]*Z)[n,j]",
    "logsumexp(z - z[1])",
]
UNFOLDED = ["softmax(Z + outer(b, z))[n,j]"]


def term(text: str):
    return elaborate(parse_expression(text, CONTEXT), CONTEXT).term


@pytest.mark.parametrize("text", FOLDED)
def test_a_function_of_vectors_stays_one(text):
    found = term(text)
    assert structure(elaborate(from_sympy(found), CONTEXT).term) == structure(found)


@pytest.mark.parametrize("text", UNFOLDED)
def test_a_mixture_is_written_out(text):
    found = term(text)
    again = elaborate(from_sympy(found), CONTEXT).term
    assert found.has(softmax) and not again.has(softmax)
