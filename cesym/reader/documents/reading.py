"""The mathematics of a document that is not a page of the library.

The rules are those of `cesym.reader.reading`, with three differences: the first `fresh name = expr`
is an *assumed definition*; inline mathematics that cannot be read is prose, unless something is
assumed by it; and what a sentence says after a display with `where` holds for that display.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cesym.errors import CesymError, ReadError
from cesym.reader import latex
from cesym.reader.blocks import Display, InlineFormula, Paragraph, inline_formulas
from cesym.reader.clauses import (
    CONDITIONAL,
    NAMING,
    RELATION,
    SENTENCE_ENDS,
    WHERE,
    assumes,
)
from cesym.reader.elaborate import Source
from cesym.reader.latex import Sentence
from cesym.reader.latex.walks import free_names
from cesym.reader.pages import Page
from cesym.reader.reading import (
    PageReader,
    ReadBlock,
    ReadChain,
    ReadDefinition,
    Reading,
    Unread,
    one_claim,
    where_of,
)
from cesym.reader.syntax import NOWHERE


def read_document_mathematics(page: Page, *, inline: bool = False) -> Reading:
    """The meaning of a document; with `inline`, its inline relations are claims too."""
    return DocumentReader(page, inline=inline).read()


class DocumentReader(PageReader):
    """Walks a document once. `early` are the formulas after a display that were taken in before
    it.
    """

    def __init__(self, page: Page, *, inline: bool = False) -> None:
        super().__init__(page, inline=inline)
        self.early: set[InlineFormula] = set()

    def blocks(self) -> Iterator[ReadBlock]:
        """The blocks of the document, read in order."""
        for block, after in pairwise((*self.page.blocks, None)):
            if not isinstance(block, Display):
                assert block is not None
                yield self.block(block)
                yield from self.told()
                continue
            if isinstance(after, Paragraph) and WHERE.match(after.text):
                self.look_ahead(after)
            yield from self.told()
            yield from self.sentences(block)

    def look_ahead(self, paragraph: Paragraph) -> None:
        """Take in what can be read of the sentence that explains a display."""
        claims, self.claims_inline = self.claims_inline, False
        goes_on = False
        for formula in inline_formulas(paragraph):
            if SENTENCE_ENDS.search(formula.before):
                break
            assuming = assumes(formula, goes_on=goes_on)
            try:
                taken = self.inline(formula, assuming=assuming)
            except CesymError:
                taken = False  # it is read again, and complained of, in its turn
            if taken:
                self.early.add(formula)
            goes_on = assuming and taken
        self.claims_inline = claims

    # Inline mathematics.

    def inline(self, formula: InlineFormula, *, assuming: bool) -> bool:
        """Take in one inline formula; whether it was more than prose."""
        if formula in self.early:
            return True
        matters = assuming and RELATION.search(formula.latex) is not None
        if formula.error is not None:
            if matters:
                raise formula.error
            return False
        try:
            return self.assumed(formula, named=assuming) or super().inline(
                formula, assuming=assuming
            )
        except CesymError:
            if matters and not latex.begins_with_fresh_name(formula.latex, self.context):
                raise
            return False

    def assumed(self, formula: InlineFormula, *, named: bool) -> bool:
        """Take in an assumed definition. In the middle of a sentence, `t = 0` is rather a case."""
        source = self.source(formula)
        try:
            found = latex.parse_assumed(formula.latex, self.context, **where_of(source))
        except ReadError:
            return False  # `k = 1, \dots, K`
        if found is None:
            return False
        named = named or NAMING.search(formula.before) is not None
        case = CONDITIONAL.search(formula.before) or not free_names(found.define.body)
        if case and not named:
            return False
        definition = self.define(found.define, source, assumed=True)
        place = source.place(found.define.at)
        self.said.append(ReadDefinition(definition, formula.latex, self.context, place))
        return True

    # Displays.

    def sentences(self, display: Display) -> Iterator[ReadBlock]:
        """What a display says, sentence by sentence: one that cannot be read hides no other."""
        source = self.source(display)
        place = source.place(NOWHERE)
        if display.error is not None or (display.marker and display.marker.kind == "skip"):
            skipped = display.marker is not None and display.marker.kind == "skip"
            yield Unread(display, None if skipped else display.error, place)
            return
        try:
            sentences = latex.parse_sentences(display.latex, **where_of(source))
        except CesymError as error:
            yield Unread(display, error if error.place else error.at(place), place)
            return
        for sentence in sentences:
            try:
                yield from self.sentence(sentence, display, source, alone=len(sentences) == 1)
            except CesymError as error:
                place = sentence.place
                yield Unread(display, error if error.place else error.at(place), place)

    def sentence(
        self, sentence: Sentence, display: Display, source: Source, *, alone: bool
    ) -> Iterator[ReadBlock]:
        """The definition, and the chain, of one sentence."""
        parsed = latex.read_sentence(sentence, self.context)
        if parsed.define is not None:
            assumed = ":=" not in {token.text for row in sentence.rows for token in row.tokens}
            definition = self.define(parsed.define, source, assumed=assumed)
            yield ReadDefinition(definition, sentence.latex, self.context, sentence.place)
        chains: tuple[ReadChain, ...] = tuple(
            self.chain(chain, display, source) for chain in parsed.chains
        )
        if display.marker:
            one_claim(chains if alone else (), sentence.place)
        if chains:
            yield chains
