"""What is recognised as a loss of rows, and what the modules for it look like."""

import runpy

import pytest
from codegen.calling import loaded, own_settings
from codegen.pages import page
from codegen.style import assert_styled
from derived import derived

from cesym.codegen import export
from cesym.codegen.rowwise import TARGETS, row_loss_of
from cesym.errors import UnsupportedTerm

PAGE = "categorical-cross-entropy"
VECTORS = (
    r"$K \in \mathbb{N}$, $z \in \mathbb{R}^K$, $p \in \Delta^{K-1}$ and $j \in \{1, \dots, K\}$"
)
LOSS = r"-\sum_{k=1}^K p_k \log \operatorname{softmax}(z)_k"


def test_it_is_recognised_by_proof_however_it_is_written(tmp_path):
    written = r"\log \sum_{k=1}^K e^{z_k} - \sum_{k=1}^K p_k z_k"
    slope = r"\frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}} - p_j"
    found = row_loss_of(page(tmp_path, VECTORS, {"loss": written, "gradient": slope}))
    assert found is not None and (found.logits, found.target) == ("z", "p")


@pytest.mark.parametrize(
    "exports",
    [
        {"loss": LOSS, "gradient": r"p_j - \operatorname{softmax}(z)_j"},
        {"loss": r"2 \sum_{k=1}^K p_k z_k", "gradient": r"\operatorname{softmax}(z)_j - p_j"},
        {"loss": LOSS},
        {"loss": r"z_j"},
    ],
)
def test_other_losses_are_refused(tmp_path, exports):
    with pytest.raises(UnsupportedTerm, match="known here"):
        row_loss_of(page(tmp_path, VECTORS, exports))


def test_functions_of_numbers_are_none(tmp_path):
    assert row_loss_of(derived("sigmoid")) is None


@pytest.mark.parametrize("target", TARGETS)
def test_a_module_tests_itself(target, tmp_path, capsys):
    loaded(PAGE, target)
    path = tmp_path / "alone.py"
    path.write_text(export(derived(PAGE), to=target), encoding="utf-8")
    with own_settings(target):
        runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out == "12 values are right\n"


def test_it_is_formatted(tmp_path):
    for name in (PAGE, "label-smoothing", "divergence-of-logits", "entropy-of-probabilities"):
        for target in TARGETS:
            path = tmp_path / f"{name.replace('-', '_')}_{target}.py"
            path.write_text(export(derived(name), to=target), encoding="utf-8")
    assert_styled(tmp_path)
