r"""Notes in Markdown: mathematics in all the ways in which people write it there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cesym.errors import ReadError
from cesym.reader.documents.markdown import read_notes
from cesym.reader.pages import Display, Heading, Marker, Paragraph


def blocks(text):
    return read_notes(text, "a.md").blocks


def displays(text):
    return [block.latex for block in blocks(text) if isinstance(block, Display)]


def formulas(text):
    found = [block for block in blocks(text) if isinstance(block, Paragraph)]
    return [formula.latex for block in found for formula in block.formulas]


@pytest.mark.parametrize(
    "text",
    [
        "$$\na = b\n$$",
        "$$a = b$$",
        "Text $$a = b$$ text",
        "- item\n\n  $$a = b$$",
        "\\[ a = b \\]",
        "  \\[\n a = b\n\\]",
        "```math\na = b\n```",
        "> $$\n> a = b\n> $$",
        "\\begin{dmath}a = b\\end{dmath}",
        "$$\\newcommand{\\x}{b} a = \\x$$",
    ],
)
def test_displays(text):
    assert displays(text) == ["a = b"]


def test_a_quotation_mark_is_no_relation():
    assert displays("> $$\n> a\n> = b\n> + c\n> $$") == ["a\n= b\n+ c"]


def test_environments_stand_for_themselves():
    assert displays("So\n\\begin{align}\na &= b\n\\end{align}") == [
        "\\begin{align}\na &= b\n\\end{align}"
    ]


@pytest.mark.parametrize(
    "text", ["$a > b$", "( $ a > b $ )", "\\(a > b\\)", "$`a > b`$", "x$a > b$."]
)
def test_inline(text):
    assert formulas(text) == ["a > b"]


@pytest.mark.parametrize(
    "text",
    [
        "`$a$`",
        "```\n$a$\n```",
        "$5 and $6",
        "\\$a\\$",
        "<!-- $a$ -->",
        "~~~\n$$a$$\n~~~",
        "``$a$ ` ``",
    ],
)
def test_what_is_no_mathematics(text):
    assert formulas(text) == displays(text) == []


def test_headings():
    found = blocks("# One #\n\nTwo\n===\n\nThree\n---\ntext\n## Four")
    assert [(b.level, b.text, b.line) for b in found if isinstance(b, Heading)] == [
        (1, "One", 1),
        (1, "Two", 3),
        (2, "Three", 6),
        (2, "Four", 9),
    ]


def test_places():
    found = blocks("Let $x > 0$ and\nso $y$:\n\n  $$\n  a =\n    b\n  $$\n")
    assert [(f.line, f.column) for f in found[0].formulas] == [(1, 6), (2, 5)]
    display = found[1]
    assert str(display.origin.place(display.latex.index("b"))) == "a.md:6:5"


def test_markers_and_front_matter():
    page = read_notes('---\ntitle: "T"\n---\n<!-- cesym: skip -->\n$$a$$\n', "a.md")
    assert page.title == "T"
    assert page.blocks == (page.blocks[0],)
    assert page.blocks[0].marker == Marker("skip")
    assert page.blocks[0].line == 5


@pytest.mark.parametrize("text", ["<!-- cesym: maybe -->\n\n$$a$$", "<!-- cesym: skip -->"])
def test_markers_are_strict(text):
    with pytest.raises(ReadError):
        blocks(text)


def test_a_display_that_is_never_closed_is_said():
    (problem,) = read_notes("One $$ a = b\n\ntwo", "a.md").problems
    assert "a.md:1:5: the display is not closed" in str(problem)


@given(st.text(alphabet="$`\\[]()ab =\n>#-{}begin", max_size=80))
def test_any_text_is_read(text):
    blocks(text)
