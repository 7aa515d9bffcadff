"""Chains that are looked for: each line comes from a rule, and is kept only if it is proved."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from sympy import Basic, Expr, Mul, Pow, log, preorder_traversal
from sympy.polys.polyerrors import BasePolynomialError

from cesym.derivation.drafting.draft import HERE, Draft
from cesym.derivation.lines import what_of
from cesym.derivation.phrases import Named
from cesym.derivation.rules import RULES, Situation
from cesym.derivation.structure import structure
from cesym.errors import CesymError
from cesym.prover import Verdict, decide
from cesym.prover.alarm import TimeUp, interrupted_after
from cesym.reader.elaborate import claim_between, elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.meanings import Operand
from cesym.terms.claim import Claim
from cesym.terms.functions import Named as NamedFunction
from cesym.terms.printing import latex as print_latex

SHORTENING = (
    "common-factor",
    "cancel",
    "expand",
    "common-denominator",
    "powers",
    "factor",
)
"""Rules that are tried to make a line shorter, one after another, in every order."""

LAST = "simplify"
"""The rule that is tried once: it takes SymPy long, and does not say what it does."""

RULE_SECONDS = 3.0
"""SymPy gets no longer for one rule on one line."""

MOST_LINES = 10
"""So many lines are looked at for a shorter one."""

LARGEST, LARGEST_FOR_LAST = 150, 70
"""A larger term is not made shorter: SymPy would take long, and nobody would read it."""

MOST_STEPS = 3
"""So many lines at most are added."""

PER_LINE = 2
"""A line more must make the end shorter by so much."""

ODD = 40
"""What a strange place of a function weighs, in nodes."""

SCATTERED = 4
"""What `q^a / q` weighs more than its nodes."""

UNNAMED = 4
"""What `simplify` weighs more than a rule that says what it does."""

SYMPY_ERRORS = (
    ArithmeticError,
    AttributeError,
    BasePolynomialError,
    LookupError,
    NotImplementedError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What SymPy is known to raise where it finds nothing."""


Path = tuple[tuple[str, Operand], ...]
"""Lines to add, each with its rule."""


@dataclass(frozen=True, slots=True)
class Line:
    """`= after`, by a rule and the formula in its phrase; without a rule it is as written."""

    rule: str | None
    what: str
    after: Operand


class Chain:
    """`left = ? = ? ...`. `failure` is the verdict on the last line that was not taken."""

    def __init__(self, draft: Draft, left: str) -> None:
        self.draft = draft
        self.left = draft.operand(left)
        self.lines: list[Line] = []
        self.failure: Verdict | None = None

    @property
    def last(self) -> Operand:
        """The side that the chain ends in."""
        return self.lines[-1].after if self.lines else self.left

    @property
    def term(self) -> Expr:
        """The term that the chain ends in."""
        return term_of(self.last)

    def by(self, rule: str, what: str = "") -> bool:
        """One more line, by a rule. Whether there is one: the rule applies, and it is proved."""
        self.failure = None
        after = self.made(self.last, rule, what)
        if after is None or not self.proves(self.last, after):
            return False
        self.lines.append(Line(rule, what, after))
        return True

    def equals(self, text: str) -> bool:
        """One more line, as written. Whether it is proved."""
        after = self.draft.operand(text)
        if not self.proves(self.last, after):
            return False
        self.lines.append(Line(None, "", after))
        return True

    def made(self, before: Operand, rule: str, what: str = "") -> Operand | None:
        """The line that a rule makes of another one, None where it makes none."""
        context = self.draft.context
        try:
            named = Named(RULES[rule], what or None)
            situation = Situation(context, self.draft.known)
            with interrupted_after(RULE_SECONDS):
                found = named.rule(term_of(before), situation, what_of(named, context, HERE))
            node = from_sympy(found)
            return Operand(print_latex(found, context), node, elaborate(node, context), HERE)
        except (CesymError, TimeUp, *SYMPY_ERRORS):
            return None

    def proves(self, before: Operand, after: Operand) -> bool:
        """Whether the prover shows that one line equals the next."""
        assert before.meaning is not None and after.meaning is not None
        try:
            claim = claim_between(before.meaning, "==", after.meaning, self.draft.context)
        except CesymError:
            return False
        verdict = decide(_in_order(claim), seconds=self.draft.seconds)
        if not verdict.proved:
            self.failure = verdict
        return verdict.proved

    def shorten(self, rules: Sequence[str] = SHORTENING) -> None:
        """More lines, as long as they lead to something shorter."""
        for path in self._paths(rules):
            lines, before = [], self.last
            for rule, after in path:
                if not self.proves(before, after):
                    break
                lines.append(Line(rule, "", after))
                before = after
            else:
                self.lines.extend(lines)
                return

    def _paths(self, rules: Sequence[str]) -> list[Path]:
        """Ways to shorter lines, the best first; in the end the empty one."""
        numbers = count()
        frontier: list[tuple[int, int, Operand, Path]] = [(0, next(numbers), self.last, ())]
        seen, found = {structure(self.term)}, []

        def look(before: Operand, rule: str, path: Path) -> None:
            after = self.made(before, rule)
            if after is None or structure(term_of(after)) in seen:
                return
            seen.add(structure(term_of(after)))
            longer, size = (*path, (rule, after)), weight(term_of(after))
            cost = PER_LINE * len(longer) + UNNAMED * (rule == LAST)
            found.append((size + cost, len(found), longer))
            if len(longer) < MOST_STEPS and rule != LAST:
                heapq.heappush(frontier, (size, next(numbers), after, longer))

        for _ in range(MOST_LINES):
            if not frontier:
                break
            _, _, before, path = heapq.heappop(frontier)
            for rule in rules if weight(term_of(before)) <= LARGEST else ():
                look(before, rule, path)
        if weight(self.term) <= LARGEST_FOR_LAST:
            look(self.last, LAST, ())
        better = sorted(item for item in found if item[0] < weight(self.term))
        return [*(path for _, _, path in better[:4]), ()]

    def note(self) -> None:
        """Let later lines insert what this chain ended in."""
        if self.lines:
            self.draft.known.setdefault(structure(term_of(self.left)), self.term)

    def rows(self) -> list[str]:
        """The rows of its display: what a rule makes is left to it."""
        written = []
        for number, line in enumerate(self.lines):
            left = self.left.latex if number == 0 else ""
            right = "?" if line.rule else line.after.latex
            reason = f" && {self._reason(line)}" if line.rule else ""
            written.append(f"{left} &= {right}{reason}")
        return written

    def _reason(self, line: Line) -> str:
        phrase = RULES[line.rule or ""].phrase(self.draft.language)
        return rf"\text{{{phrase.replace('{what}', f'${line.what}$')}}}"


def write_chains(draft: Draft, *chains: Chain) -> None:
    """Chains in one display, each known to what comes after."""
    rows = [row for chain in chains for row in chain.rows()]
    for chain in chains:
        chain.note()
    body = " \\\\\n".join(rows)
    draft.display(f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}")


def term_of(side: Operand) -> Expr:
    """The term of a side that is filled in."""
    assert side.meaning is not None
    return side.meaning.term


def weight(term: Expr) -> int:
    """How long a term looks: its nodes, and more for functions in an exponent, or a power or a
    product in a logarithm, which SymPy finds simple and people do not; and for powers of one base
    side by side.
    """
    nodes = list(preorder_traversal(term))
    exponents = (node.exp for node in nodes if isinstance(node, Pow))
    odd = sum(e.has(log, NamedFunction) for e in exponents)
    odd += sum(isinstance(node, log) and isinstance(node.args[0], Pow | Mul) for node in nodes)
    return len(nodes) + ODD * odd + SCATTERED * sum(map(_scattered, nodes))


def _scattered(node: Basic) -> int:
    """How many factors of a product are powers of a base that another one has."""
    bases = [factor.as_base_exp()[0] for factor in node.args] if isinstance(node, Mul) else []
    return len(bases) - len(set(bases))


def _in_order(claim: Claim) -> Claim:
    """The claim without text, which is made from a page later."""
    return replace(claim, text="")
