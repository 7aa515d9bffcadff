"""Markdown into blocks: what is a heading, prose or a display, and that nothing is passed over."""

import pytest

from cesym.errors import ReadError
from cesym.reader.blocks import Display, Heading, Marker, Paragraph, inline_formulas
from cesym.reader.endings import LONGEST_PAGE
from cesym.reader.pages import Page, read_page


def page(text: str) -> Page:
    return read_page(text, "page.md", "en")


def blocks(text: str):
    return page(text).blocks


def error(text: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        page(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# One", Heading(1, "One", 1)),
        ("### Three ###", Heading(3, "Three", 1)),
        ("# C#", Heading(1, "C#", 1)),
        ("One\n===", Heading(1, "One", 1)),
        ("One\ntwo\n---", Heading(2, "One two", 1)),
        ("some\nprose", Paragraph("some\nprose", 1)),
        ("#hash", Paragraph("#hash", 1)),
        ("####### seven", Paragraph("####### seven", 1)),
        ("$$\na = b\n$$", Display("a = b", 2)),
        ("$$\na\n= b\n$$", Display("a\n= b", 2)),
        ("$$ a = b $$", Display("   a = b", 1)),
        ("$$a\n= b$$", Display("  a\n= b", 1)),
        ("  $$\n  a\n  $$", Display("  a", 2)),
        ("```math\na = b\n```", Display("a = b", 2)),
        ("```\n$$\na\n$$\n```", Paragraph("```\n$$\na\n$$\n```", 1)),
        ("~~~\n# no heading\n~~~", Paragraph("~~~\n# no heading\n~~~", 1)),
        ("````\n```\n$$\n````", Paragraph("````\n```\n$$\n````", 1)),
        ("`$$` is code", Paragraph("`$$` is code", 1)),
        ("costs \\$$5 is odd$", Paragraph("costs \\$$5 is odd$", 1)),
    ],
)
def test_one_block(text, found):
    assert blocks(text) == (found,)


def test_blocks_and_their_lines():
    text = "# A\nprose\n$$\na\n$$\nmore\n\n## B\n```\ncode\n```\n$$ b $$\nlast"
    assert [(type(b).__name__, b.line) for b in blocks(text)] == [
        ("Heading", 1),
        ("Paragraph", 2),
        ("Display", 4),
        ("Paragraph", 6),
        ("Heading", 8),
        ("Paragraph", 9),
        ("Display", 12),
        ("Paragraph", 13),
    ]


def test_lines_of_windows():
    assert blocks("# A\r\n\r\n$$\r\na\r\n$$\r\n") == blocks("# A\n\n$$\na\n$$\n")


@pytest.mark.parametrize(
    ("comment", "marker"),
    [
        ("<!-- cesym: skip -->", Marker("skip")),
        ('<!--cesym: refuted because="swapped p and q"-->', Marker("refuted", "swapped p and q")),
        ("  <!-- cesym:  refuted  -->  ", Marker("refuted")),
    ],
)
def test_a_marker_is_of_the_display_after_it(comment, marker):
    first, second = blocks(f"{comment}\n\n$$\na\n$$\n\n$$\nb\n$$\n")
    assert (first.marker, second.marker) == (marker, None)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("prose\n\n$$\na = b\n", "the display is not closed", 3),
        ("$$\na = b\n\n$$\n", "the display is not closed", 1),
        ("$$", "the display is not closed", 1),
        ("prose $$ a = b $$ prose", "a display stands on lines of its own", 1),
        ("one\ntwo $$a = b$$", "a display stands on lines of its own", 2),
        ("> $$\n> a = b\n> $$", "a display stands on lines of its own", 1),
        ("$$ a $$ and $$ b $$", "a display stands on lines of its own", 1),
        ("\n<!-- cesym: skip -->\n\nprose\n\n$$\na\n$$", "a marker must stand before a display", 2),
        ("<!-- cesym: skip -->", "a marker must stand before a display", 1),
        ("<!-- cesym: skip -->\n<!-- cesym: skip -->\n$$\na\n$$", "a marker must stand", 1),
        ("<!-- cesym: proved -->\n$$\na\n$$", "this marker is not known", 1),
        ("<!-- cesym: refuted because=sign -->\n$$\na\n$$", "this marker is not known", 1),
        ("<!-- cesym skip -->\n$$\na\n$$", "this marker is not known", 1),
    ],
)
def test_nothing_is_passed_over(text, message, line):
    found = error(text)
    assert message in str(found)
    assert found.place.line == line
    assert found.place.text == text.split("\n")[line - 1]


# Front matter.


def test_front_matter():
    found = page("---\ntitle: T\nlanguage: zh\nexports:\n  loss: J(y, s)\n---\n# H\n")
    assert (found.title, found.language) == ("T", "zh")
    assert found.exports == (("loss", "J(y, s)"),)
    assert found.blocks == (Heading(1, "H", 7),)
    assert found.place_of_export("loss").line == 5


def test_without_front_matter_the_title_is_the_first_heading():
    assert page("prose\n\n## H\n").title == "H"
    assert page("prose").title == "page.md"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: T\n", "the front matter is not closed"),
        ("---\ntitle: [\n---\n", "the front matter is not YAML"),
        ("---\n- a\n---\n", "must map names to values"),
        ("---\na: &x 1\nb: *x\n---\n", "too long or uses YAML anchors"),
        (f"---\na: {'x' * 20_000}\n---\n", "too long or uses YAML anchors"),
        ("---\nexports: [a]\n---\n", "exports must map names to LaTeX"),
        ("---\nexports:\n  loss: 3\n---\n", "exports must map names to LaTeX"),
        ("---\nlanguage: fr\n---\n", "there is no language fr"),
        ("---\na: !!python/object/apply:os.system ['true']\n---\n", "the front matter is not YAML"),
        ("x" * (LONGEST_PAGE + 1), "longer than"),
    ],
)
def test_front_matter_that_cannot_be_read(text, message):
    assert message in str(error(text))


# Inline mathematics.


def test_inline_formulas():
    text = "Let $a$, `$b$`, \\$ 5 and\nthen $c\n+ d$ and ``$e`$`` or $f_1$."
    found = list(inline_formulas(Paragraph(text, 3)))
    assert [(f.latex, f.line, f.column) for f in found] == [
        ("a", 3, 6),
        ("c\n+ d", 4, 7),
        ("f_1", 5, 23),
    ]
    assert found[0].before == "Let "


@pytest.mark.parametrize("text", ["```\n$a$\n```", "~~~\n$a$\n~~~", "`$a$`", "no \\$a\\$"])
def test_code_holds_no_formulas(text):
    assert list(inline_formulas(Paragraph(text, 1))) == []
