r"""What a document declares, assumes and defines."""

import pytest

from cesym.reader.documents import read_document, read_document_mathematics
from cesym.reader.documents.markdown import read_notes
from cesym.reader.reading import ReadDefinition, Unread

TOP = "Let $y \\in [0,1]$ and $s \\in \\mathbb{R}$.\n\n"


def reading(text, **settings):
    return read_document_mathematics(read_notes(TOP + text, "a.md"), **settings)


def defined(text):
    found = reading(text)
    assert found.problems == ()
    return {
        block.definition.name: block.definition.assumed
        for block in found.blocks
        if isinstance(block, ReadDefinition)
    }


def claims(text, **settings):
    return [
        (link.before.latex, link.operator, link.after.latex)
        for block in reading(text, **settings).blocks
        if isinstance(block, tuple)
        for chain in block
        for link in chain.links
    ]


def unread(text):
    return [str(b.error) for b in reading(text).blocks if isinstance(b, Unread)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("$$L(y, s) = y s$$", {"L": True}),
        ("$$L = y s$$", {"L": True}),
        ("$$L := y s$$", {"L": False}),
        ("We set $q = \\sigma(s)$.", {"q": True}),
        ("where $q = \\sigma(s)$ and $r = q y$", {"q": True, "r": True}),
        ("Let $c = 2$.", {"c": True}),
        ("$$\\begin{aligned} L &= y \\\\ M &= L + s \\end{aligned}$$", {"L": True, "M": True}),
        ("At $t = 0$ nothing happens.", {}),
        ("If $t = y$, then nothing happens.", {}),
        ("$$y = s$$", {}),
        ("$$\\sigma(s) = s$$", {}),
        ("$$\\pi = 3$$", {}),
        ("$$e = 3$$", {}),
    ],
)
def test_definitions(text, names):
    assert defined(text) == names


def test_the_first_equation_defines_and_the_second_claims():
    text = "$$L = y + y$$\n\n$$L = 2 y$$"
    assert defined(text) == {"L": True}
    assert claims(text) == [("L", "==", "2 y")]


def test_a_chain_goes_on_after_its_definition():
    rows = "L &= y + y && \\text{by definition} \\\\ &= 2 y \\\\ &\\le 2"
    text = f"$$\\begin{{aligned}} {rows} \\end{{aligned}}$$"
    assert claims(text) == [("y + y", "==", "2 y"), ("2 y", "<=", "2")]


def test_the_prime_of_something_known_is_a_claim():
    text = "$$f(s) = s^2$$\n\n$$f'(s) = 2 s$$"
    assert defined(text) == {"f": True}
    assert claims(text) == [("f'(s)", "==", "2 s")]


def test_where_explains_the_display_before_it():
    text = "$$L = y \\log q$$\n\nwhere $q = \\sigma(s)$ is the prediction. Then $r = 2 L$."
    assert defined(text) == {"q": True, "L": True, "r": True}


def test_a_hypothesis_needs_its_word():
    def hypotheses(text):
        chain = next(b for b in reading(text + "\n\n$$s = s$$").blocks if isinstance(b, tuple))[0]
        return [hypothesis.text for hypothesis in chain.context.hypotheses]

    assert hypotheses("Assume that $s > 0$ and $y < s$.") == ["s > 0", "y < s"]
    assert hypotheses("Now $s > 0$.") == []
    assert hypotheses("where $y = \\sigma(s)$") == ["y = \\sigma(s)"]


def test_inline_mathematics_that_cannot_be_read_is_prose():
    found = reading(
        "The set $\\mathcal{X}$, a map $f: X \\to Y$, and $n \\in \\mathcal{N}$, $a \\oplus b$."
    )
    assert found.problems == ()


def test_a_hypothesis_that_cannot_be_read_is_said():
    (problem,) = reading("Assume $\\|s\\|_7 < 1$.").problems
    assert problem.place.line == 3


def test_one_row_that_cannot_be_read_hides_no_other():
    text = "$$\\begin{gathered} y = y \\\\ y = x \\\\ s = s \\end{gathered}$$"
    assert [left for left, _, _ in claims(text)] == ["y", "s"]
    (error,) = unread(text)
    assert "x is not declared" in error


def test_an_index_that_runs():
    text = "Let $z \\in \\mathbb{R}^K$. For $k = 1, \\dots, K$ we have\n\n$$z_k = z_k$$"
    assert claims(text) == [("z_k", "==", "z_k")]


def test_inline_relations_are_claims_on_request():
    text = "We see $y \\le 1$, and $s = s$ for $s > 0$; if $y = 1$ it ends. Nothing of $q = 2 q$."
    assert claims(text) == []
    assert claims(text, inline=True) == [("y", "<=", "1"), ("s", "==", "s")]


def test_pages_and_documents_are_told_apart():
    page = "---\nexports:\n  loss: L\n---\n# A\n"
    assert not read_document(page, "a.md", ".md", "en").document
    assert read_document("---\ntitle: A\n---\n# A\n", "a.md", ".md", "en").document
