"""`cesym derive --rename --ln`: what is written and refused, and what the cache keeps apart."""

import json

import pytest

from tests.cli.displays import display

LOG = display(r"\log(x^2 + 1) + 1 = \log(e \cdot (x^2 + 1))")


def test_names_and_logarithms_are_written_as_asked(run, page):
    path = page(LOG)
    result = run("derive", path, "--rename", "x = z", "--ln", "--to", "latex")
    assert (result.exit_code, result.stderr) == (0, "")
    assert r"\ln(z^2 + 1)" in result.stdout and r"\log" not in result.stdout
    found = json.loads(run("derive", path, "--rename", "x=z", "--json").stdout)
    assert found["exports"][0]["term"]["latex"] == "z^2"


def test_the_cache_keeps_conventions_apart(run, page, tmp_path):
    path, cache = page(LOG), str(tmp_path / "cache")
    ways = [
        (),
        ("--rename", "x=z"),
        ("--ln",),
        ("--layout", "numerator"),
        ("--layout", "denominator"),
    ]
    first = [run("derive", path, *way, CESYM_CACHE=cache).stdout for way in ways]
    assert len({*first}) == len(ways)
    assert [run("derive", path, *way, CESYM_CACHE=cache).stdout for way in ways] == first


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["x"], "--rename takes OLD=NEW, not x"),
        (["=z"], "--rename takes OLD=NEW, not =z"),
        (["x=z", "x=t"], "--rename gives x two names"),
        (["y=z"], "the page has no symbol y"),
    ],
)
def test_what_cannot_be_renamed_is_refused(run, page, given, said):
    options = [word for text in given for word in ("--rename", text)]
    result = run("derive", page(LOG), *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_sections_are_asked_for_by_options(run):
    options = ("--labels", "-1,1", "--reduction", "mean", "--log-base", "2", "--lang", "zh")
    result = run("derive", "bernoulli-logistic", *options, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    names = [export["name"] for export in json.loads(result.stdout)["exports"]]
    assert {"loss_signed", "gradient_mean", "hessian_bits"} <= {*names}
    headings = [b["text"] for b in json.loads(result.stdout)["blocks"] if b["kind"] == "heading"]
    assert headings[-3:] == ["带符号的标签", "多个样本的平均损失", "以比特为单位"]


@pytest.mark.parametrize(
    "option",
    [("--labels", "0,2"), ("--reduction", "max"), ("--log-base", "3"), ("--layout", "mixed")],
)
def test_other_values_of_options_are_refused(run, page, option):
    assert run("derive", page(LOG), *option).exit_code == 2


def test_what_a_page_has_already_changes_nothing(run):
    plain, *asked = (
        run("derive", "bernoulli-logistic", *options, "--to", "markdown").stdout
        for options in ((), ("--labels", "0,1", "--log-base", "e"))
    )
    assert plain and asked == [plain]
