"""Every verdict on the library, in every language, held against the independent evaluator."""

from random import Random

import pytest

from cesym.derivation.checking import check_page
from cesym.derivation.library import Entry, entries
from cesym.reader.digits import compare, holds
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from tests.soundness.second_opinion import draw

PAGES = [entry for language in ("en", "zh") for entry in entries(language)]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.source)
def test_the_evaluator_agrees_with_every_verdict(entry: Entry) -> None:
    random = Random(7)
    reading = read_mathematics(read_page(entry.text(), entry.source, entry.language))
    report = check_page(reading, seconds=10)
    verdicts = iter(report.findings)
    for block in reading.blocks:
        for chain in block if isinstance(block, tuple) else ():
            for link in chain.links:
                verdict = next(verdicts).verdict
                assert verdict is not None
                assert verdict.proved
                for _ in range(5):
                    point = draw(chain.context, random)
                    assert holds(
                        link.operator,
                        link.before.node,
                        link.after.node,
                        point,
                        definitions=reading.defines,
                    ), (link.after.latex, point)


def test_the_evaluator_can_say_no() -> None:
    reading = read_mathematics(
        read_page("Let $x \\in \\mathbb{R}$.\n\n$$\nx = 2 x\n$$\n", "t.md", "en")
    )
    (chain,) = reading.blocks[1]  # type: ignore[misc]
    sides = compare(chain.first.node, chain.links[0].after.node, draw(chain.context, Random(1)))
    assert sides.different
