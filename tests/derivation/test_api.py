"""`derive` and `check`: names of the library, of families, and files."""

import pytest

import cesym
from cesym.derivation import check, derive
from cesym.derivation.deriving import NotProved
from cesym.errors import ReadError, UnknownName

TEXT = "---\ntitle: Squares\n---\n\nLet $x \\in \\mathbb{R}$.\n\n$$\nx \\cdot x = x^2\n$$\n"
CHINESE = "# 平方\n\n设 $x \\in \\mathbb{R}$。\n\n$$\nx \\cdot x = x^2\n$$\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="squares.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_public_names_are_these():
    assert (cesym.derive, cesym.check) == (derive, check)


def test_derive_a_page_of_the_library():
    english, chinese = derive("sigmoid"), derive("sigmoid", language="zh")
    assert (english.name, english.language) == (chinese.name, "en")
    assert (chinese.title, chinese.language) == ("sigmoid 函数", "zh")


def test_derive_a_family():
    assert derive("bernoulli-logistic").export("gradient").latex.startswith("\\frac")


@pytest.mark.parametrize("as_text", [False, True])
def test_derive_a_file(file, as_text):
    path = file(TEXT)
    found = derive(str(path) if as_text else path)
    assert (found.name, found.title, found.language) == ("squares", "Squares", "en")


def test_a_file_ending_in_zh_is_chinese(file):
    found = derive(file(CHINESE, "squares.zh.md"))
    assert (found.name, found.title, found.language) == ("squares", "平方", "zh")


def test_a_page_that_is_not_proved_is_not_derived(file):
    path = file(TEXT.replace("= x^2", "= x^3"))
    with pytest.raises(NotProved, match="this line is refuted") as caught:
        derive(path)
    assert caught.value.place.source == str(path)
    (found,) = check([path])
    assert [f.status for f in found.findings] == ["refuted"]


def test_check_takes_names_and_files(file):
    found = check(["sigmoid", file(TEXT), "bernoulli-logistic"])
    assert [report.reading.page.language for report in found] == ["en", "zh", "en", "en"]
    assert all(report.good for report in found)


def test_check_in_one_language():
    (found,) = check(["sigmoid"], languages=["zh"])
    assert found.reading.page.source == "sigmoid.zh.md"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"x" * 1_000_001, "longer"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, content, message):
    path = tmp_path / "page.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError, match=message):
        derive(path)


def test_an_unknown_name():
    with pytest.raises(UnknownName):
        derive("no-such-page")
    with pytest.raises(UnknownName):
        check(["no-such-page"])


def test_a_result_is_what_comes_before_an_inequality():
    """The page says what the second derivative is, and that it is positive, in one chain."""
    found = derive("kl-directions").export("hessian")
    assert found.result_latex == r"\frac{p}{q^2} + \frac{1 - p}{(1 - q)^2}"
