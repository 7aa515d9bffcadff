"""A derivation for the terminal: mathematics down the left in Unicode, reasons down the right,
results in a box.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from cesym.derivation.steps import Block, Derivation, Refutation
from cesym.documents import Style
from cesym.documents.displays import Row, rows
from cesym.documents.prose import line_tokens, readable, spans, tokens
from cesym.documents.statements import defined_names, failure, summary
from cesym.documents.unicode import unicode_line
from cesym.documents.wrapping import fold, wrap
from cesym.messages import _
from cesym.reader.pages import Heading, Paragraph

NARROWEST, WIDEST = 40, 120
LONGEST_LEFT = 26
"""A longer left side stands on a line of its own."""

SHORT_FORMULA = 12
"""A formula in a reason that is no longer is not broken."""

HARD = "\u00a0"
"""A space at which no line is broken; it becomes an ordinary one at the end."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of mathematics with its reason. `good` is None for a definition, which needs no
    verdict.
    """

    left: str
    relation: str
    right: str
    reason: Text
    good: bool | None

    @property
    def sign(self) -> str:
        """What parts the two sides: the relation, or a blank before words."""
        if self.relation:
            return f" {self.relation} "
        return " " if self.left and self.right else ""


def write(derivation: Derivation, style: Style) -> str:
    """The derivation as text, at most 120 columns wide."""
    width, colour = max(NARROWEST, min(WIDEST, style.width)), style.colour
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        legacy_windows=False,
        emoji=False,
        markup=False,
    )
    page = _Page(derivation, width)
    for part in page.parts():
        console.print(part, soft_wrap=isinstance(part, Text))
    lines = out.getvalue().replace(HARD, " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


class _Page:
    """One derivation at one width."""

    def __init__(self, derivation: Derivation, width: int) -> None:
        self.derivation = derivation
        self.width = width
        self.indent = 4 if width >= 90 else 2
        self.calls = defined_names(derivation)
        self.displays = [self.lines(block) for block in derivation.blocks]
        reasons = [line.reason.cell_len for lines in self.displays for line in lines]
        self.reason_width = min(max(reasons, default=0), max(18, width * 3 // 8)) + 2

    def parts(self) -> Iterator[RenderableType]:
        """The whole, top to bottom, with empty lines between the parts."""
        for block, lines in zip(self.derivation.blocks, self.displays, strict=True):
            if isinstance(block, Heading):
                yield from self.heading(block)
            elif isinstance(block, Paragraph):
                yield from self.paragraph(block.text)
            else:
                yield from self.display(lines)
            yield Text()
        if self.derivation.exports:
            yield from self.results()
        yield from wrap(
            Text("✓ ", "bold green") + Text(summary(self.derivation).render(), "bold"), self.width
        )

    def heading(self, heading: Heading) -> Iterator[Text]:
        title = self.inline(line_tokens(heading.text)[0].children or [])
        title.stylize("bold" if heading.level > 1 else "bold cyan")
        yield from wrap(title, self.width)
        if heading.level < 3:
            line = ("━" if heading.level == 1 else "─") * min(title.cell_len, self.width)
            yield Text(line, "cyan" if heading.level == 1 else "dim")

    # Prose.

    def paragraph(self, text: str) -> Iterator[Text]:
        first, rest, depth = "", "", 0
        for token in tokens(text):
            if token.type.endswith("list_open") or token.type == "blockquote_open":
                depth += 1
            elif token.type.endswith("list_close") or token.type == "blockquote_close":
                depth -= 1
            elif token.type == "list_item_open":
                mark = f"{token.info}. " if token.info else "• "
                first, rest = "  " * depth + mark, "  " * depth + " " * len(mark)
            elif token.type == "inline":
                yield from wrap(
                    self.inline(token.children or []), min(self.width, 100), first, rest
                )
                first = rest if depth else ""
                rest = rest if depth else ""
            elif token.type in ("fence", "code_block"):
                yield from (Text("    " + line) for line in token.content.rstrip("\n").split("\n"))

    def inline(self, parts: Sequence) -> Text:
        """Inline Markdown: styles where there is colour, the words alone where there is none."""
        text, styles = Text(), []
        for part in parts:
            if part.type == "math":
                text.append(self.formula(part.content).replace(" ", HARD), "cyan")
            elif part.type in ("softbreak", "hardbreak"):
                text.append(" " if not _wide_end(text) else "")
            elif part.type in INLINE_STYLES:
                styles.append(INLINE_STYLES[part.type])
            elif part.type.endswith("_close"):
                styles.pop()
            else:
                text.append(part.content, " ".join(filter(None, styles)) or None)
        return text

    def formula(self, latex: str) -> str:
        return unicode_line(latex, calls=self.calls)

    # Displays.

    def lines(self, block: Block) -> list[Line]:
        """The lines of a display; none for prose."""
        if isinstance(block, Refutation):
            reason = Text(_("refuted: {why}", why=block.because), "red")
            reason += Text(_("; "), "dim") + self.reason_text(failure(block))
            return [Line(self.formula(row.left), "", "", reason, False) for row in rows(block)]
        return [self.line(row) for row in rows(block)]

    def line(self, row: Row) -> Line:
        relation = self.formula(row.relation)
        parts = (self.formula(row.left), relation, self.formula(row.right))
        if not row.steps:
            return Line(*parts, Text(_("definition"), "dim"), None)
        return Line(*parts, self.reason(row.reason, row.steps[0].rule), True)

    def reason_text(self, words: str, style: str | None = "dim") -> Text:
        """Words with formulas between dollars."""
        text = Text()
        for span in spans(words):
            shown = self.formula(span.text) if span.mathematics else readable(span.text)
            if span.mathematics and len(shown) <= SHORT_FORMULA:
                shown = shown.replace(" ", HARD)
            text.append(shown, style)
        return text

    def reason(self, words: str, rule: str | None) -> Text:
        text = self.reason_text(words, None if rule else "dim")
        if rule is None:
            text.append(f" ({_('checked')})" if words else _("checked"), "dim")
        return text

    def display(self, lines: Sequence[Line]) -> Iterator[Text]:
        lefts = [Text(line.left).cell_len for line in lines]
        widest = max((n for n in lefts if n <= LONGEST_LEFT), default=2)
        widest = 2 if any(n > LONGEST_LEFT for n in lefts) else widest
        for line in lines:
            left = Text(line.left)
            if left.cell_len > max(widest, 2):
                yield from self.alone(line.left)
                left = Text()
            lead = " " * (widest - left.cell_len) + line.sign
            if left.plain and not self.fits(left.plain + lead, line):
                yield from self.alone(line.left)
                left = Text()
            if not self.fits(left.plain + lead, line):
                lead = f"  {line.sign}"
            yield from self.row(left.plain + lead, line)

    def alone(self, left: str) -> Iterator[Text]:
        """A left side that has lines of its own, folded where it must be."""
        first, *others = fold(left, self.width - self.indent - 2)
        yield Text(" " * self.indent + first)
        yield from (Text(" " * (self.indent + 2) + more) for more in others)

    def fits(self, lead: str, line: Line) -> bool:
        """Whether the right side, folded, has room beside what stands to its left."""
        lines = self.folded(lead, line)
        return len(lines) == 1 or all(cell_len(part) <= self.room(lead) for part in lines)

    def room(self, lead: str) -> int:
        """How wide the further lines of a folded right side may be."""
        return self.width - self.indent - cell_len(lead) - 2

    def folded(self, lead: str, line: Line) -> list[str]:
        """The right side in lines."""
        whole = cell_len(lead + line.right) <= self.width - self.indent
        return [line.right] if whole else fold(line.right, self.room(lead))

    def row(self, lead: str, line: Line) -> Iterator[Text]:
        """One line: the formula, folded if it is too wide, and the reason beside it, or below where
        there is no room.
        """
        begin, hang = " " * self.indent, " " * (cell_len(lead) + 2)
        first, *others = self.folded(lead, line)
        shown = [Text(lead + first), *(Text(hang + more) for more in others)]
        yield from self.beside([Text(begin) + text for text in shown], self.reasons(line))

    def reasons(self, line: Line) -> list[Text]:
        """The reason in lines of its column, the mark before the first."""
        mark = {None: Text("  "), True: Text("✓ ", "green"), False: Text("✗ ", "red")}[line.good]
        first, *rest = wrap(line.reason, self.reason_width - 2)
        return [mark + first, *(Text("  ") + more for more in rest)]

    def beside(self, formula: list[Text], reasons: list[Text]) -> Iterator[Text]:
        """The lines of a formula, and the reasons from its last line on, or below it where there is
        no room.
        """
        column = self.width - self.reason_width
        *lines, last = formula
        if last.cell_len > column - 2:
            lines, last = formula, Text()
        yield from lines
        for reason in reasons:
            yield last + Text(" " * (column - last.cell_len)) + reason
            last = Text()

    # Results.

    def results(self) -> Iterator[RenderableType]:
        names = [export.name for export in self.derivation.exports]
        column = max(map(len, names)) + 2
        rows = []
        for export in self.derivation.exports:
            left = f"{self.formula(export.latex)} = "
            space = self.width - 6 - column
            right = self.formula(export.result_latex)
            parts = (
                [left + right]
                if len(left + right) <= space
                else [left, *(f"  {p}" for p in fold(right, space - 2))]
            )
            for number, part in enumerate(parts):
                rows.append(
                    Text(export.name.ljust(column) if number == 0 else " " * column, "bold")
                    + Text(part, "none")
                )
        yield Padding(
            Panel(
                Group(*rows), title=_("Results"), expand=False, border_style="green", padding=(0, 2)
            ),
            0,
        )
        yield Text()


INLINE_STYLES = {"em_open": "italic", "strong_open": "bold", "link_open": "underline"}
"""Token that opens -> style of what is inside."""


def _wide_end(text: Text) -> bool:
    """Whether the text ends in a Chinese character: Chinese lines are joined without a space."""
    return bool(text.plain) and Text(text.plain[-1]).cell_len == 2
