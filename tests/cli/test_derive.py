"""`cesym derive`: the page in the form asked for, on the terminal or in a file."""

import json

import pytest

from cesym.cli.derive import FORM_OF_ENDING, form_of
from cesym.documents import TARGETS, Style
from tests.cli.displays import display

TRUE = display("(x + 1)^2 = x^2 + 2 x + 1")


def test_a_page_is_shown(run, page):
    result = run("derive", page(TRUE))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("A page\n")
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("name", ["sigmoid", "bernoulli-logistic"])
def test_pages_and_families_are_known_by_name(run, name):
    assert run("derive", name).exit_code == 0


def test_the_form_goes_by_the_ending_of_the_file():
    assert form_of(None, "bce.tex", False) == "latex"
    assert form_of("text", "bce.tex", False) == "text"
    assert form_of(None, "bce", False) == form_of(None, None, False) == "text"
    assert form_of(None, "bce.md", True) == "json"
    assert set(FORM_OF_ENDING.values()) <= set(TARGETS)


def test_a_file_is_written(run, page, tmp_path):
    path = tmp_path / "out.md"
    result = run("derive", page(TRUE), "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "# A page" in path.read_text(encoding="utf-8")


def test_a_file_has_no_colours_even_where_the_terminal_has(run, page, tmp_path, monkeypatch):
    asked = []

    def render(_derivation, _form, *, language, width, colour):
        asked.append((language, width, colour))
        return ""

    monkeypatch.setattr("cesym.cli.derive.render", render)
    monkeypatch.setattr("cesym.cli.derive.Style.of_terminal", lambda: Style(77, True))
    run("derive", page(TRUE), "-o", str(tmp_path / "out"))
    run("derive", page(TRUE))
    assert asked == [("en", Style.of_file().width, False), ("en", 77, True)]


def test_json_is_a_form(run, page):
    path = page(TRUE)
    as_option = run("derive", path, "--json")
    assert json.loads(as_option.stdout)["name"] == "page"
    assert json.loads(run("derive", path, "--to", "json").stdout)["name"] == "page"


def test_a_page_that_is_not_there(run):
    result = run("derive", "sigmoidd", "--lang", "zh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "sigmoidd" in result.stderr


def test_a_line_that_is_not_proved_leaves_no_derivation(run, page, tmp_path):
    path = page(display("x = x + 1"))
    result = run("derive", path, "-o", str(tmp_path / "out.md"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{path}:10:3: " in result.stderr
    assert not (tmp_path / "out.md").exists()
    answer = json.loads(run("derive", path, "--json").stdout)
    assert (answer["status"], answer["error"]["line"]) == ("not proved", 10)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("{file}/sigmoid.md", "its folder is not a folder"),
        ("{folder}/no/sigmoid.md", "its folder is not there"),
        ("{folder}", "is a folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_an_error(run, page, tmp_path, output, words):
    path = page(TRUE)
    before = sorted(tmp_path.iterdir())
    result = run("derive", path, "-o", output.format(file=path, folder=tmp_path))
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_an_unchanged_page_is_not_derived_again(run, page, tmp_path, monkeypatch):
    path, cache = page(TRUE), str(tmp_path / "cache")
    first = run("derive", path, CESYM_CACHE=cache)
    monkeypatch.setattr("cesym.cli.derive.render", lambda *_, **__: "derived again")
    assert run("derive", path, CESYM_CACHE=cache).stdout == first.stdout
    assert "derived again" in run("derive", path, "--no-cache", CESYM_CACHE=cache).stdout
    assert "derived again" in run("derive", path, "--lang", "zh", CESYM_CACHE=cache).stdout
    assert "derived again" in run("derive", path, "--to", "latex", CESYM_CACHE=cache).stdout
    page(TRUE, TRUE)
    assert "derived again" in run("derive", path, CESYM_CACHE=cache).stdout


def test_what_is_not_proved_is_not_kept(run, page, tmp_path):
    cache = tmp_path / "cache"
    path = page(display("x = x + 1"))
    assert run("derive", path, CESYM_CACHE=str(cache)).exit_code == 1
    assert not cache.exists()


BRIER = ("--loss", "(q-y)**2", "--let", "y in [0,1]", "--let", "q in (0,1)")


def test_a_loss_of_your_own_is_derived(run):
    result = run("derive", *BRIER, "--link", "q = sigmoid(s)", "--to", "markdown", "--no-cache")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("---\ntitle: A loss and its derivatives\n")
    assert r"\frac{\partial J}{\partial s}" in result.stdout


def test_what_is_derived_of_a_loss_is_checked_again(run, tmp_path):
    path = tmp_path / "brier.md"
    assert run("derive", *BRIER, "--by", "q", "-o", str(path), "--lang", "zh").exit_code == 0
    assert "一个损失函数" in path.read_text(encoding="utf-8")
    result = run("check", str(path), "--no-cache")
    assert result.exit_code == 0, result.stdout


def test_a_file_of_an_unknown_kind_needs_a_form(run, tmp_path):
    path = tmp_path / "sigmoid.pdf"
    result = run("derive", "sigmoid", "-o", str(path))
    assert result.exit_code == 2 and "say it with --to" in result.stderr and not path.exists()
    assert run("derive", "sigmoid", "-o", str(path), "--to", "text").exit_code == 0


@pytest.mark.parametrize(
    ("name", "words"), [("sigmod", "您是指 sigmoid 吗"), ("xyz", "可以查看整个库")]
)
def test_the_remedy_for_a_name_is_in_the_language(run, name, words):
    assert words in run("derive", name, "--lang", "zh").stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a page, or give a formula with --loss"),
        (("sigmoid", *BRIER), "a name and --loss contradict each other"),
        (("sigmoid", "--let", "q in real"), "--let, --link and --by go with --loss only"),
        (("--loss", "-log(p)", "--let", "q in (0,1)"), "<loss>:1:6: p is not declared"),
    ],
)
def test_a_loss_or_a_name(run, arguments, words):
    result = run("derive", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
