"""Mistakes planted in the steps of the library, and in random formulas: none may be proved.

A mutant that the independent evaluator shows false must not be proved. One that it cannot show
false (it may well be true: twice 0, or a symmetry) is only counted.
"""

from collections import Counter
from random import Random

import pytest

from cesym.derivation.library import entries
from cesym.errors import CesymError
from cesym.prover import Verdict, decide
from cesym.reader.elaborate import Source, claims_of
from cesym.reader.pages import read_page
from cesym.reader.reading import Reading, read_mathematics
from cesym.reader.syntax import Chain, Node
from cesym.terms.context import Context
from tests.soundness import random_trees
from tests.soundness.mutation import mutant
from tests.soundness.second_opinion import has_value, shown_different

SHARES = 8
MUTANTS_OF_A_SHARE = 300
PAIRS_OF_A_SHARE = 700
SECONDS = 3.0


def readings() -> list[Reading]:
    return [read_mathematics(read_page(e.text(), e.source, "en")) for e in entries("en")]


def verdict_on(left: Node, right: Node, context: Context) -> Verdict | None:
    """The verdict, None when the formula cannot be read (an index out of place, say)."""
    try:
        chain = Chain((left, right), ("==",))
        (claim,) = claims_of(chain, context, Source(""))
    except CesymError:
        return None
    return decide(claim, seconds=SECONDS)


@pytest.mark.parametrize("share", range(SHARES))
def test_no_mutant_of_a_step_is_proved(share: int) -> None:
    random = Random(share)
    links = [
        (link, chain.context, reading.defines)
        for reading in readings()
        for block in reading.blocks
        if isinstance(block, tuple)
        for chain in block
        for link in chain.links
        if link.operator == "==" and has_value(link.before.node)
    ]
    counts: Counter[str] = Counter()
    while counts["tried"] < MUTANTS_OF_A_SHARE:
        link, context, defines = random.choice(links)
        assert link.before.node is not None and link.after.node is not None
        found = mutant(link.after.node, context, random)
        if found is None:
            continue
        verdict = verdict_on(link.before.node, found[1], context)
        if verdict is None:
            continue
        counts["tried"] += 1
        counts[verdict.status] += 1
        false = shown_different(link.before.node, found[1], context, random, defines)
        counts["shown false"] += false
        assert not (false and verdict.proved), (link.before.latex, found)
    print(f"mutants {dict(counts)}")
    assert counts["shown false"] > MUTANTS_OF_A_SHARE // 2


@pytest.mark.parametrize("share", range(SHARES))
def test_no_false_random_pair_is_proved(share: int) -> None:
    random = Random(1000 + share)
    context = random_trees.context()
    counts: Counter[str] = Counter()
    while counts["tried"] < PAIRS_OF_A_SHARE:
        left = random_trees.formula(
            random, random.randint(2, 4), ("i", "j")[: random.randint(0, 2)]
        )
        right = random_trees.rewritten(left, random)
        planted = random.random() < 0.75
        if planted:
            found = mutant(right, context, random)
            if found is None:
                continue
            right = found[1]
        verdict = verdict_on(left, right, context)
        if verdict is None:
            continue
        counts["tried"] += 1
        false = shown_different(left, right, context, random, points=4)
        counts["shown false" if false else "not shown false"] += 1
        counts[f"{'false' if false else 'perhaps true'}: {verdict.status}"] += 1
        assert not (false and verdict.proved), (left, right)
        assert planted or not verdict.refuted, (left, right, verdict.counterexample)
    print(f"pairs {dict(counts)}")
    assert counts["shown false"] > PAIRS_OF_A_SHARE // 4
