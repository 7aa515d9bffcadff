"""A page read from top to bottom: what is declared, assumed and defined, and the chains that are
claims.

Inline mathematics declares, defines, or is prose; a hypothesis enters only by a word that says so,
directly before it, and holds to the end of its section. One display that cannot be read does not
hide the others: its error is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypedDict

from cesym.errors import CesymError, Place, ReadError
from cesym.reader import latex
from cesym.reader.chains import definite_chain, entry_chain
from cesym.reader.clauses import CONDITIONAL, RELATION, assumes
from cesym.reader.elaborate import Source, definition_of, elaborate, entries_of, hypotheses_of
from cesym.reader.latex import DisplayChain
from cesym.reader.meanings import (
    Link,
    Operand,
    ReadBlock,
    ReadChain,
    ReadDefinition,
    Reading,
    Unread,
)
from cesym.reader.origin import Origin
from cesym.reader.pages import (
    Display,
    Heading,
    InlineFormula,
    Page,
    Paragraph,
    inline_formulas,
)
from cesym.reader.syntax import NOWHERE, Chain, Define, Property, Side
from cesym.terms.context import Context, Definition, Hypothesis

__all__ = [
    "Link",
    "Operand",
    "PageReader",
    "ReadBlock",
    "ReadChain",
    "ReadDefinition",
    "Reading",
    "Unread",
    "Where",
    "one_claim",
    "read_mathematics",
    "where_of",
]


class Where(TypedDict):
    """The arguments by which the readers of LaTeX are told where a text stands."""

    source: str
    line: int
    column: int
    document: str
    origin: Origin | None


def read_mathematics(page: Page, *, inline: bool = False) -> Reading:
    """The meaning of `page`; with `inline`, its inline relations are claims too."""
    return PageReader(page, inline=inline).read()


class PageReader:
    """Walks a page once. `opened` holds, for every open section, its level and the hypotheses that
    it started with; `said` is what the paragraph at hand says besides its words.
    """

    def __init__(self, page: Page, *, inline: bool = False) -> None:
        self.page = page
        self.claims_inline = inline
        self.said: list[ReadBlock] = []
        self.context = Context(logarithm=page.logarithm, layout=page.layout)
        self.defines: dict[str, Define] = {}
        self.problems: list[CesymError] = list(page.problems)
        self.opened: list[tuple[int, tuple[Hypothesis, ...]]] = []

    def read(self) -> Reading:
        """The meaning of the page."""
        blocks = tuple(self.blocks())
        self.context = self.without_hypotheses()
        exports = []
        for name, text in self.page.exports:
            place = self.page.place_of_export(name)
            try:
                node = latex.parse_expression(text, self.context, source=place.source)
                meaning = elaborate(node, self.context, Source(text, place.source))
                exports.append((name, meaning, text))
            except CesymError as error:
                self.problems.append(error.at(place))
        problems = tuple(self.problems)
        return Reading(self.page, blocks, self.context, problems, tuple(exports), self.defines)

    def blocks(self) -> Iterator[ReadBlock]:
        """The blocks of the page, read in order."""
        for block in self.page.blocks:
            yield self.block(block)
            yield from self.told()

    def told(self) -> Iterator[ReadBlock]:
        """What the paragraph at hand said, once."""
        found, self.said = self.said, []
        yield from found

    def block(self, block: Heading | Paragraph | Display) -> ReadBlock:
        """A block, read."""
        if isinstance(block, Heading):
            self.enter_section(block.level)
        elif isinstance(block, Paragraph):
            self.prose(block)
        else:
            return self.display(block)
        return block

    def enter_section(self, level: int) -> None:
        """Hypotheses end with the section that they were made in."""
        before = self.context.hypotheses
        while self.opened and self.opened[-1][0] >= level:
            before = self.opened.pop()[1]
        self.context = self.without_hypotheses(but=before)
        self.opened.append((level, before))

    def without_hypotheses(self, but: tuple[Hypothesis, ...] = ()) -> Context:
        """The context, of the hypotheses only `but`."""
        return replace(self.context, hypotheses=but)

    def source(self, block: Display | InlineFormula) -> Source:
        """Where a piece of mathematics stands."""
        column = block.column if isinstance(block, InlineFormula) else 1
        return Source(
            block.latex, self.page.source, block.line, column, self.page.text, block.origin
        )

    def prose(self, paragraph: Paragraph) -> None:
        """Take in the inline mathematics of a paragraph. A clause that assumes goes on over `and`
        and commas.
        """
        goes_on = False
        for formula in inline_formulas(paragraph):
            assuming = assumes(formula, goes_on=goes_on)
            try:
                taken = self.inline(formula, assuming=assuming)
            except CesymError as error:
                place = self.source(formula).place(NOWHERE)
                self.problems.append(error if error.place else error.at(place))
                taken = False
            goes_on = assuming and taken

    def inline(self, formula: InlineFormula, *, assuming: bool) -> bool:
        """Take in one inline formula; whether it was more than prose."""
        source = self.source(formula)
        where = where_of(source)
        found = latex.parse_inline(formula.latex, self.context, **where)
        if isinstance(found, tuple):
            self.context = self.context.declare(*found)
        elif isinstance(found, Define):
            self.define(found, source)
        elif not assuming:
            if isinstance(found, Chain) and self.claims_inline:
                self.claim(formula, source)
            return False
        elif isinstance(found, Chain):
            self.context = self.context.assume(*hypotheses_of(found, self.context, source))
        elif RELATION.search(formula.latex) and not self.restates(formula.latex):
            # The author assumes something here: what cannot be read must not pass for prose.
            latex.parse_chain(formula.latex, self.context, **where)
            raise ReadError(
                "this cannot be assumed",
                place=source.place(NOWHERE),
                remedy="a hypothesis is a relation between declared symbols, such as {example}",
                example="0 < x",
            )
        else:
            return False
        return True

    def claim(self, formula: InlineFormula, source: Source) -> None:
        """Take an inline relation for a claim, unless the words before it say that it is a case."""
        if CONDITIONAL.search(formula.before):
            return
        try:
            parsed = latex.parse_display(formula.latex, self.context, **where_of(source))
            self.said.append(tuple(self.chain(c, formula, source) for c in parsed.chains))
        except CesymError:
            return  # what cannot be read is prose

    def restates(self, text: str) -> bool:
        """Whether a declaration of declared symbols says of each what was declared."""
        try:
            found = latex.parse_inline(text, Context())
        except ReadError:
            return False
        return isinstance(found, tuple) and all(
            (known := self.context.declarations.get(d.name)) is not None
            and (known.domain, known.shape, known.constraint) == (d.domain, d.shape, d.constraint)
            for d in found
        )

    def define(self, node: Define, source: Source, *, assumed: bool = False) -> Definition:
        """Take in a definition."""
        definition = definition_of(node, self.context, source, assumed=assumed)
        self.context = self.context.define(definition)
        self.defines[node.name] = node
        return definition

    def display(self, display: Display) -> ReadBlock:
        """A display, read."""
        source = self.source(display)
        place = source.place(NOWHERE)
        if display.marker and display.marker.kind == "skip":
            return Unread(display, None, place)
        try:
            parsed = latex.parse_display(display.latex, self.context, **where_of(source))
            if display.marker:
                one_claim(parsed.chains, place)
            if parsed.define is not None:
                definition = self.define(parsed.define, source)
                return ReadDefinition(definition, display.latex, self.context, place)
            return tuple(self.chain(chain, display, source) for chain in parsed.chains)
        except CesymError as error:
            return Unread(display, error if error.place else error.at(place), place)

    def chain(
        self, chain: DisplayChain, display: Display | InlineFormula, source: Source
    ) -> ReadChain:
        """A chain with its meaning."""
        place = Place(self.page.source, display.line, 1, chain.left_latex)
        marker = display.marker if isinstance(display, Display) else None
        if chain.links and _says_definite(chain.links[0].right):
            return definite_chain(chain, self.context, source, marker)
        if chain.links and all(link.operator == "==" for link in chain.links):
            nodes = (chain.left, *(link.right for link in chain.links))
            entries = entries_of(nodes, self.context, source)
            if entries is not None:
                return entry_chain(chain, entries, source, marker)
        first = before = self.operand(chain.left, chain.left_latex, source, place)
        links = []
        for link in chain.links:
            here = source.place(link.at)
            after = self.operand(link.right, link.right_latex, source, here)
            links.append(Link(before, link.operator, after, link.reason, here))
            before = after
        if first.node is None:
            raise ReadError("the left side of a display cannot be ?", place=place)
        return ReadChain(
            first, tuple(links), self.context, marker, links[0].place if links else place
        )

    def operand(self, node: Side | None, text: str, source: Source, place: Place) -> Operand:
        """One side of a link, with its meaning."""
        meaning = None if node is None else elaborate(node, self.context, source)
        return Operand(text, node, meaning, place)


def _says_definite(node: Side | None) -> bool:
    return isinstance(node, Property) and node.kind == "definite"


def where_of(source: Source) -> Where:
    """Where a text stands, as the readers of LaTeX take it."""
    return {
        "source": source.name,
        "line": source.line,
        "column": source.column,
        "document": source.document,
        "origin": source.origin,
    }


def one_claim(chains: Sequence[DisplayChain | ReadChain], place: Place) -> None:
    """A display that is marked as wrong says one thing, of which it is clear that it is meant."""
    if len(chains) != 1 or len(chains[0].links) != 1:
        raise ReadError(
            "a display that is marked as refuted holds one relation",
            place=place,
            remedy="write a display of its own for each mistake",
        )
