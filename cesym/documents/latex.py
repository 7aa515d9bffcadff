r"""A derivation as a complete LaTeX document: pdflatex sets an English one, xelatex with ctex a
Chinese one.

Mathematics runs down the left, reasons and numbers down the right. The reason of a line is its
`\tag`, so that amsmath itself keeps the two apart. What comes out is read back by
`cesym.reader.tex`, and proved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from cesym import __version__
from cesym.derivation.steps import Block, Derivation, Refutation, StatedDefinition
from cesym.documents import Style
from cesym.documents.columns import columns
from cesym.documents.cutting import pieces
from cesym.documents.displays import Row, one_line, refuted, rows
from cesym.documents.prose import line_tokens, readable, spans, tokens
from cesym.documents.records import Record, by_way, records
from cesym.documents.statements import failure, summary
from cesym.documents.tex import WIDE, Tex, formula, words
from cesym.documents.width import width
from cesym.messages import N_, _, current_language, translate
from cesym.reader.pages import Heading, Paragraph

if TYPE_CHECKING:
    from jinja2 import Template
    from markdown_it.token import Token

BREADTH = 38.0
"""Em between the margins, less some."""

SECTIONS = (r"\section", r"\subsection", r"\subsubsection", r"\paragraph")


def write(derivation: Derivation, style: Style) -> str:
    """The document. Raises OutputError for a formula or a character that it cannot hold."""
    return _Document(derivation).text()


class _Document:
    """One derivation. Every method gives TeX in which all text is escaped."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.chinese = derivation.language == "zh" or any(map(WIDE.match, _("derived")))
        self.numbers = count(1)

    def text(self) -> str:
        derived, checked = by_way(self.derivation.steps)
        return _template(self.chinese).render(
            chinese=self.chinese,
            layout=self.derivation.context.layout,
            title=self.inline(line_tokens(self.derivation.title)),
            summary=summary(self.derivation).render(),
            version=__version__,
            label={name: translate(label, current_language()) for name, label in LABELS.items()},
            body=list(self.body()),
            results=self.results(),
            derived=derived,
            checked=checked,
            semicolon=_("; "),
            records=[self.record(record) for record in records(self.derivation)],
        )

    def body(self) -> Iterator[Tex]:
        """The blocks. A display belongs to the paragraph before it; others begin a new one."""
        words = False
        for block in self.derivation.blocks:
            if isinstance(block, Heading):
                if block.level > 1 or block.text != self.derivation.title:
                    yield self.heading(block)
            elif isinstance(block, Paragraph):
                yield Tex("\n" + self.prose(tokens(block.text)))
            else:
                yield self.display(block) if words else Tex(f"\n\\nowords\n{self.display(block)}")
            words = isinstance(block, Paragraph)

    def heading(self, heading: Heading) -> Tex:
        section = SECTIONS[min(max(heading.level - 2, 0), len(SECTIONS) - 1)]
        return Tex(f"\n{section}{{{self.inline(line_tokens(heading.text))}}}")

    def words(self, text: str) -> Tex:
        return words(text, chinese=self.chinese)

    def formula(self, latex: str) -> Tex:
        return formula(latex, chinese=self.chinese)

    # Prose.

    def inline(self, parts: Sequence[Token]) -> Tex:
        """Prose that is one line, such as a title."""
        return Tex(" ".join(self.prose(parts).split()))

    def prose(self, parts: Sequence[Token]) -> Tex:
        """The tokens of Markdown, those inside a paragraph too."""
        written = []
        for part in parts:
            if part.type == "inline":
                written.append(self.prose(part.children or []))
            elif part.type == "math":
                written.append(f"${self.formula(part.content)}$")
            elif part.type == "code_inline":
                written.append(rf"\texttt{{{self.words(part.content)}}}")
            elif part.type in ("fence", "code_block"):
                lines = [
                    self.words(line).replace(" ", "~")
                    for line in part.content.rstrip("\n").split("\n")
                ]
                written.append(
                    "\\begin{quote}\n\\ttfamily " + r"\newline ".join(lines) + "\n\\end{quote}"
                )
            elif part.type in PROSE:
                written.append(PROSE[part.type])
            else:
                written.append(self.words(part.content))
        return Tex("".join(written).strip())

    def reason(self, text: str) -> Tex:
        return Tex(
            "".join(
                f"${self.formula(span.text)}$"
                if span.mathematics
                else self.words(readable(span.text))
                for span in spans(text)
            )
        )

    # Displays.

    def display(self, block: Block) -> Tex:
        if isinstance(block, StatedDefinition):
            return self.equation(self.formula(block.latex))
        if isinstance(block, Refutation):
            marker = f'% cesym: refuted because="{self.words(block.because)}"'
            because = self.words(_("refuted: {why}", why=block.because))
            why = Tex(f"{because}{_('; ')}{self.reason(failure(block))}")
            return Tex(f"{marker}\n{self.equation(self.formula(refuted(block)), why)}")
        return Tex(f"\\begin{{align}}\n  {_joined(list(self.align(rows(block))))}\n\\end{{align}}")

    @staticmethod
    def equation(content: Tex, why: Tex | None = None) -> Tex:
        beside = rf" \beside{{{why}}}" if why else ""
        return Tex(f"\\begin{{equation*}}\n  {content}{beside}\n\\end{{equation*}}")

    def align(self, lines: Sequence[Row]) -> Iterator[str]:
        """The lines of an `align`. A long left side comes first, on its own; a long right side is
        cut before a sign.
        """
        crowded, room = columns(lines)
        for line in lines:
            begin = self.formula(line.left)
            if line.left and crowded:
                yield rf"\start{{{begin}}}"
                begin = Tex(r"\qquad")
            elif crowded:
                begin = Tex(r"\qquad")
            first, *more = pieces(line.right, room)
            yield f"{begin} &{self.formula(line.relation)} {self.formula(first)} {self.tag(line)}"
            for piece in more:
                yield rf"&\quad {self.formula(piece)} \notag"

    def tag(self, line: Row) -> str:
        many = len(line.steps)
        command = r"\reason" if many < 2 else rf"\reasons{{{many}}}"
        return f"{command}{{{self.reason(line.reason)}}}"

    # What stands at the end.

    def results(self) -> list[dict[str, object]]:
        """The exports, cut into pieces where they are too wide for the frame."""
        found: list[dict[str, object]] = []
        for export in self.derivation.exports:
            room = BREADTH - 4 - width(export.latex) - 0.6 * len(export.name)
            first, *more = pieces(one_line(export.result_latex), room)
            found.append(
                {
                    "name": export.name,
                    "left": self.formula(export.latex),
                    "right": self.formula(first),
                    "more": [self.formula(piece) for piece in more],
                    "last": export is self.derivation.exports[-1],
                }
            )
        return found

    def record(self, record: Record) -> dict[str, Tex | str]:
        conditions = ", ".join(f"${self.formula(condition)}$" for condition in record.conditions)
        hypotheses = ", ".join(f"${self.formula(text)}$" for text in record.hypotheses)
        return {
            "steps": record.steps,
            "method": self.reason(record.method.render()),
            "conditions": Tex(conditions),
            "hypotheses": Tex(hypotheses),
        }


def _joined(lines: Sequence[str]) -> str:
    r"""The lines of a display. No page ends (`\\*`) after the first or before the last one, nor
    inside a formula that takes several.
    """
    parts = [*lines[:1]]
    for number, line in enumerate(lines[1:], start=2):
        together = number in (2, len(lines)) or r"\notag" in line or r"\start" in parts[-1]
        parts += [" \\\\*\n  " if together else " \\\\\n  ", line]
    return "".join(parts)


LABELS = {
    "results": N_("Results"),
    "decided": N_("How the steps were decided"),
    "proved": N_("Every step is proved."),
    "derived": N_("Steps derived, by the rule named beside them:"),
    "checked": N_("Steps checked by the prover alone:"),
    "steps": N_("Steps"),
    "method": N_("Proved by"),
    "conditions": N_("What had to hold, and was shown"),
    "given": N_("given"),
}
"""The words of the template."""

PROSE = {
    "paragraph_open": "",
    "paragraph_close": "\n",
    "softbreak": "\n",
    "hardbreak": r"\newline ",
    "em_open": r"\emph{",
    "em_close": "}",
    "strong_open": r"\textbf{",
    "strong_close": "}",
    "link_open": "",
    "link_close": "",
    "bullet_list_open": "\\begin{itemize}\n",
    "bullet_list_close": "\\end{itemize}\n",
    "ordered_list_open": "\\begin{enumerate}\n",
    "ordered_list_close": "\\end{enumerate}\n",
    "list_item_open": r"\item ",
    "list_item_close": "",
    "blockquote_open": "\\begin{quote}\n",
    "blockquote_close": "\\end{quote}\n",
    "hr": "\n",
}
"""Token of markdown-it that holds no text -> TeX. A link is its words."""


@cache
def _template(chinese: bool) -> Template:
    """The template, with delimiters that TeX does not use; whatever is not TeX yet is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cesym.documents"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=lambda value: (
            value if isinstance(value, Tex) else words(str(value), chinese=chinese)
        ),
    )
    return environment.get_template("document.tex.j2")
