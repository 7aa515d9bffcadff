"""Every operation of row programs: its helper computes what its formula says."""

import numpy as np
import pytest
from codegen.calling import loaded

from cesym.codegen.nodes import argument
from cesym.codegen.rowwise.kernels import helpers_of, kernel_text
from cesym.codegen.rowwise.programs import OF_LOGITS, OPERATIONS, Meaning, program
from cesym.codegen.rowwise.targets import NUMPY
from cesym.codegen.rowwise.truth import exact

W, Z = (0.5, -1.25, 2.0), (0.75, -1.0, 1.0)
P, Q = (0.125, 0.5, 0.375), (0.25, 0.25, 0.5)
VALUES = {"w": W, "z": Z, "p": P, "q": Q, "T": 0.3, "K": 3}
TEXTS = {
    **{name: f"{name}(z)" for name in OF_LOGITS},
    "softmax": "softmax(z/T)",
    "log_softmax": "log_softmax(z)",
    "sum": "sum(p*z)",
    "plain_sum": "plain_sum(p*z)",
    "chosen": "chosen(p, surprise(z, T))",
    "against": "against(p, power(z), others(z))",
    "weigh": "weigh(p, z)",
    "gap": "gap(w, z)",
    "excess": "excess(p, q)",
    "excess_of_logs": "excess_of_logs(share(w), share(z), gap(w, z))",
    "tilt": "tilt(share(w), share(z), gap(w, z))",
    "pull": "pull(p, q)",
    "log": "log(p)",
    "log1p": "log1p(rest(z, T))",
}
"""Operation -> a program with it."""

OF_ONE_PLACE = ("power", "rest", "total", "others", "below", "against", "log1p")
"""Operations that the programs here apply to what depends on the place of the largest logit."""


def test_every_operation_is_tried():
    assert TEXTS.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("name", [n for n in TEXTS if n not in ("softmax", "log_softmax")])
def test_the_helper_computes_what_the_formula_says(name):
    node = program(TEXTS[name])
    roles = sorted({str(n.leaf) for n in node.walk() if n.head == argument("z").head})
    text = kernel_text("kernel", roles, [node], NUMPY)
    scope: dict = {}
    head = "import math\nfrom typing import Any\n\nimport numpy as np\n\n_Rows = Any"
    source = "\n\n".join([head, *helpers_of("numpy", text), text])
    exec(compile(source, "<row>", "exec"), scope)  # noqa: S102
    given = [np.array([VALUES[r]] if r == "T" else VALUES[r], np.float64) for r in roles]
    found = np.broadcast_to(scope["kernel"](*given), (3,))
    inputs = {role: role if role == "T" else f"{role}[{{i}}]" for role in roles}
    meaning = Meaning(inputs, "K", {"w": "a", "z": "b"}, ("k", "l", "m"))
    for j in (1, 2, 3):
        truth = exact(meaning.at(node, "j"), VALUES, a=3, b=3, j=j)
        assert found[j - 1] == pytest.approx(truth, rel=2e-15)
        if name not in OF_ONE_PLACE:  # the place of the largest logit may be any
            other = exact(meaning.at(node, "j"), VALUES, a=1, b=2, j=j)
            assert other == pytest.approx(truth, rel=1e-15)


@pytest.mark.parametrize("text", ["z[0]", "unknown(z)", "z ** 2", "1.5"])
def test_what_is_no_program_is_refused(text):
    with pytest.raises(ValueError, match="no row program"):
        program(text)


def test_helpers_that_are_not_needed_are_left_out():
    assert "_gap" not in vars(loaded("categorical-cross-entropy", "numpy"))
