"""A page in the making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import yaml
from sympy import Expr

from cesym.derivation.verification import read_claim
from cesym.errors import CesymError, Place, ReadError, UnsupportedTerm
from cesym.prover import Verdict, decide
from cesym.reader import latex
from cesym.reader.elaborate import (
    Source,
    claim_between,
    definition_of,
    elaborate,
    hypotheses_of,
)
from cesym.reader.meanings import Operand
from cesym.reader.syntax import Chain as ReadChain
from cesym.reader.syntax import Constant, Define, Negate, Node
from cesym.terms.context import Context, Hypothesis
from cesym.terms.domains import Declaration
from cesym.terms.printing import RELATIONS
from cesym.terms.printing.domains import declared

SECONDS = 4.0
"""The budget of one proof while a page is drafted: less than what its proof has later."""

INFINITE: dict[str, Node] = {
    r"\infty": Constant("oo"),
    r"-\infty": Negate(Constant("oo")),
}
"""What stands only as a whole side, beside a limit."""

HERE = Place("<draft>", 1, 1, "")


class Draft:
    """The text of a page, and what it means up to now.

    `context` holds what the text has declared, assumed and defined, read from the text as the
    reader of pages reads it. `known` maps the structure of a left side to what its first chain
    ended in, as on any page.
    """

    def __init__(self, language: str, *, seconds: float = SECONDS) -> None:
        self.language = language
        self.seconds = seconds
        self.context = Context()
        self.known: dict[Expr, Expr] = {}
        self.parts: list[str] = []

    # Words.

    def heading(self, level: int, text: str) -> None:
        """A heading; the title has level 1."""
        self.parts.append(f"{'#' * level} {text}")

    def say(self, *sentences: str) -> None:
        """A paragraph, in the language of the page."""
        self.parts.append(self.joined(*sentences))

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other."""
        between = "" if self.language == "zh" else " "
        return between.join(sentence for sentence in sentences if sentence)

    def listed(self, formulas: list[str]) -> str:
        """Inline formulas one after the other."""
        return ("，" if self.language == "zh" else ", ").join(f"${f}$" for f in formulas)

    def text(self, title: str, exports: Mapping[str, str]) -> str:
        """The page, with its front matter."""
        front = {"title": title, "language": self.language, "exports": dict(exports)}
        if not exports:
            del front["exports"]
        yaml_text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
        return "\n\n".join([f"---\n{yaml_text}---", *self.parts]) + "\n"

    # Mathematics.

    def display(self, text: str) -> None:
        """Displayed mathematics."""
        self.parts.append(f"$$\n{text}\n$$")

    def declaration(self, declaration: Declaration, sizes: Context) -> str:
        """The LaTeX of a declaration that a sentence is going to make, taken in.

        Raises UnsupportedTerm for a name or a set that would be read back as another one.
        """
        if self.context.kind(declaration.name) is not None:
            return self.spelled(declaration.name)
        text = declared(declaration, sizes)
        try:
            found = latex.parse_inline(text, self.context)
        except ReadError:
            found = None
        if not isinstance(found, tuple) or [_home(d) for d in found] != [_home(declaration)]:
            raise UnsupportedTerm(
                "the name {name} cannot be written in LaTeX and read back",
                remedy="choose another name, such as a single letter",
                name=declaration.name,
            )
        self.context = self.context.declare(*found)
        return text

    def declare(self, text: str) -> None:
        """Take in a declaration that a sentence makes."""
        found = latex.parse_inline(text, self.context)
        assert isinstance(found, tuple)
        self.context = self.context.declare(*found)

    def assume(self, hypothesis: str) -> None:
        """Take in a hypothesis that a sentence makes."""
        chain = latex.parse_inline(hypothesis, self.context)
        assert isinstance(chain, ReadChain)
        self.context = self.context.assume(
            *hypotheses_of(chain, self.context, Source(hypothesis, HERE.source))
        )

    @contextmanager
    def supposing(self, *hypotheses: str) -> Iterator[None]:
        """For what is drafted in a section that supposes something, which ends with it; what chains
        in it end in is not inserted elsewhere.
        """
        before, known = self.context.hypotheses, dict(self.known)
        for hypothesis in hypotheses:
            self.assume(hypothesis)
        try:
            yield
        finally:
            self.context = replace(self.context, hypotheses=before)
            self.known = known

    def define(self, text: str) -> None:
        """A displayed definition, `L(q) := ...`."""
        node = latex.parse_chain(text, self.context, source=HERE.source)
        assert isinstance(node, Define)
        source = Source(text, HERE.source)
        self.context = self.context.define(definition_of(node, self.context, source))
        self.display(text)

    def spelled(self, name: str) -> str:
        """A declared or defined name as the page writes it."""
        known = self.context.definitions.get(name) or self.context.declarations[name]
        return known.latex

    def operand(self, text: str) -> Operand:
        """A side of a line, read. Raises CesymError."""
        node = INFINITE.get(text) or latex.parse_expression(text, self.context, source=HERE.source)
        meaning = elaborate(node, self.context, Source(text, HERE.source))
        return Operand(text, node, meaning, HERE)

    def decide(self, left: str, operator: str, right: str) -> Verdict | None:
        """The verdict on a relation; None for one that cannot be read."""
        try:
            sides = [self.operand(text).meaning for text in (left, right)]
            assert sides[0] is not None and sides[1] is not None
            text = f"{left} {RELATIONS[operator]} {right}"
            claim = claim_between(sides[0], operator, sides[1], self.context, text)
        except CesymError:
            return None
        return decide(claim, seconds=self.seconds)

    def proves(self, text: str) -> bool:
        """Whether one claim of any kind is proved."""
        try:
            (claim,) = read_claim(text, self.context, "latex")
        except CesymError:
            return False
        return decide(claim, seconds=self.seconds).proved

    def claim(self, left: str, operator: str, right: str) -> None:
        """A displayed relation that was found to be proved."""
        self.display(f"{left} {RELATIONS[operator]} {right}")

    def claims(self, rows: list[tuple[str, str, str]]) -> None:
        """Relations that were found to be proved, in one display."""
        if len(rows) == 1:
            self.claim(*rows[0])
            return
        lines = [f"{left} &{RELATIONS[operator]} {right}" for left, operator, right in rows]
        body = " \\\\\n".join(lines)
        self.display(f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}")

    def assumed(self, hypothesis: Hypothesis) -> str:
        """A hypothesis as the page writes it."""
        from cesym.terms.printing import latex as print_latex

        sides = [print_latex(side, self.context) for side in (hypothesis.left, hypothesis.right)]
        return f"{sides[0]} {RELATIONS.get(hypothesis.operator, hypothesis.operator)} {sides[1]}"


def _home(declaration: Declaration) -> tuple[object, ...]:
    return declaration.name, declaration.domain, declaration.shape, declaration.constraint
