"""`cesym export`: code to standard output or to a file."""

import pytest

from cesym.cli.export import NAMES
from cesym.codegen import TARGETS
from tests.cli.displays import display


def test_every_target_is_offered():
    assert set(NAMES) == set(TARGETS)


def test_code_is_written(run, tmp_path):
    path = tmp_path / "sigmoid_np.py"
    result = run("export", "sigmoid", "--to", "numpy", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    text = path.read_text(encoding="utf-8")
    compile(text, str(path), "exec")
    assert run("export", "sigmoid", "--to", "numpy").stdout == text


def test_a_page_that_is_not_there(run):
    result = run("export", "nothing", "--to", "numpy")
    assert (result.exit_code, result.stdout) == (2, "")


def test_nothing_is_exported_from_what_is_not_proved(run, page):
    result = run("export", page(display("x = x + 1")), "--to", "numpy")
    assert (result.exit_code, result.stdout) == (1, "")
    assert ":10:3: " in result.stderr


def test_c_comes_with_its_header(run, tmp_path):
    path = tmp_path / "sigmoid.c"
    assert run("export", "sigmoid", "--to", "c", "-o", str(path)).exit_code == 0
    assert "sigmoid_value_f64" in (tmp_path / "sigmoid.h").read_text(encoding="utf-8")
    fast = run("export", "sigmoid", "--to", "c", "--setting", "fast")
    assert fast.exit_code == 0 and fast.stdout != path.read_text(encoding="utf-8")
    assert run("export", "sigmoid", "--to", "numpy", "--setting", "fast").exit_code == 2


def test_a_loss_of_your_own_is_exported(run):
    loss = ("--loss", "-log(q)", "--let", "q in (0,1)", "--link", "q = sigmoid(s)")
    result = run("export", *loss, "--to", "numpy")
    assert (result.exit_code, result.stderr) == (0, "")
    scope = {}
    exec(result.stdout, scope)  # noqa: S102
    assert scope["loss"](0.0) == pytest.approx(0.6931471805599453, rel=1e-15)
    assert scope["gradient"](800.0) == 0.0 and scope["loss"](-800.0) == 800.0


def test_export_wants_a_loss_or_a_name(run):
    result = run("export", "--to", "numpy")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--loss" in result.stderr
