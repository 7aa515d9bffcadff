"""Every verdict on the library, in every language, held against the independent evaluator."""

from random import Random

import pytest

from cesym.derivation.checking import check_page
from cesym.derivation.library import Entry, entries
from cesym.reader.digits import compare
from cesym.reader.digits.evidence import infinity
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.terms.claim import OPERATORS
from tests.soundness.second_opinion import bears_out, draw, has_value
from tests.soundness.showing import shown_of_statement

PAGES = entries("en")
"""The Chinese pages say the same, as parsed terms (tests/derivation/test_library.py)."""


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.source)
def test_the_evaluator_agrees_with_every_verdict(entry: Entry) -> None:
    random = Random(7)
    reading = read_mathematics(read_page(entry.text(), entry.source, entry.language))
    report = check_page(reading, seconds=10)
    findings = iter(report.findings)
    for block in reading.blocks:
        for chain in block if isinstance(block, tuple) else ():
            for link in chain.links:
                finding = next(findings)
                before, after = link.before.node, link.after.node
                assert finding.good
                assert before is not None
                assert after is not None
                if finding.expected == "refuted":
                    # The evaluator has seen the counterexample too; of a minimum it sees no value.
                    assert finding.verdict.counterexample.checked or not has_value(before)
                    continue
                if link.operator not in OPERATORS:
                    shown = shown_of_statement(
                        before, after, chain.context, True, random, defines=reading.defines
                    )
                    assert shown != "false", link.after.latex
                    continue
                borne_out = [
                    bears_out(link.operator, before, after, chain.context, random, reading.defines)
                    for _ in range(5)
                ]
                # What grows like a multiple of a logarithm is not large yet where the multiple is
                # small.
                assert all(borne_out) or (infinity(after) and any(borne_out)), link.after.latex


def test_the_evaluator_can_say_no() -> None:
    reading = read_mathematics(
        read_page("Let $x \\in \\mathbb{R}$.\n\n$$\nx = 2 x\n$$\n", "t.md", "en")
    )
    (chain,) = reading.blocks[1]  # type: ignore[misc]
    sides = compare(chain.first.node, chain.links[0].after.node, draw(chain.context, Random(1)))
    assert sides.different


@pytest.mark.parametrize(
    "claim",
    [
        "\\lim_{x \\to \\infty} \\sigma(x) = 0",
        "\\lim_{x \\to -\\infty} e^{-x} = 0",
        "\\arg\\min_x (x - 1)^2 = 0",
        "\\min_x x^2 = 1",
    ],
)
def test_the_evaluator_can_say_no_of_limits_and_minima(claim: str) -> None:
    text = f"Let $x \\in \\mathbb{{R}}$.\n\n$$\n{claim}\n$$\n"
    (chain,) = read_mathematics(read_page(text, "t.md", "en")).blocks[1]  # type: ignore[misc]
    before, after = chain.first.node, chain.links[0].after.node
    assert before is not None
    assert after is not None
    assert not bears_out("==", before, after, chain.context, Random(1))


@pytest.mark.parametrize("hypothesis", ["x > 4", "\\sigma(x) < y", "x = 3", "x \\ge y"])
def test_points_meet_the_hypotheses(hypothesis: str) -> None:
    text = (
        "Let $x \\in \\mathbb{R}$ and $y \\in [0, 1]$.\n\n"
        f"Suppose ${hypothesis}$.\n\n$$\n{hypothesis}\n$$\n"
    )
    (chain,) = read_mathematics(read_page(text, "t.md", "en")).blocks[2]  # type: ignore[misc]
    (link,) = chain.links
    random = Random(3)
    assert chain.first.node is not None
    assert link.after.node is not None
    for _ in range(10):
        assert bears_out(link.operator, chain.first.node, link.after.node, chain.context, random)
