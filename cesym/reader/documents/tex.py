r"""TeX that was written for people: papers, chapters, lecture notes.

Nothing is run. Words are taken as they come, since only the mathematics is held to account; but a
file that is put in, or an environment that hides mathematics, is said to be not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cesym.errors import ReadError
from cesym.reader.blocks import Block, Display, Heading, Marker, Paragraph
from cesym.reader.documents.collecting import Collector
from cesym.reader.documents.macros import DEFINING, Macros
from cesym.reader.latex.tables import DISPLAYS as READ_WHOLE
from cesym.reader.pages import Page
from cesym.reader.tex import DISPLAYS, TexDocument
from cesym.reader.tex_prose import argument

MORE_DISPLAYS = frozenset({"alignat", "eqnarray", "dmath", "xalignat", "math"})
"""Environments of displayed mathematics besides those of `cesym.reader.tex`."""

_PASSED_OVER = (
    "verbatim lstlisting minted comment filecontents thebibliography tikzpicture tabular tabularx "
    "longtable array picture pgfpicture algorithm algorithmic"
)
PASSED_OVER = frozenset(_PASSED_OVER.split())
"""Environments that state nothing: code, drawings, tables, lists of books."""

_COLUMNS = re.compile(r"\s*\{\d+\}")
_OPTIONS = re.compile(r"(?:\s*\[[^\]\n]{0,200}\])?")
_PUT_IN = re.compile(r"\\(?:input|include|subfile)\b\s*(?:\{(?P<file>[^}\n]*)\}|(?P<bare>\S+))")
_ENVIRONMENT = re.compile(r"\\(?:re)?newenvironment\*?\s*\{(?P<name>[^}\n]*)\}")
_HIDES = re.compile(r"\\\[|\$|\\begin\s*\{(?:" + "|".join(DISPLAYS | MORE_DISPLAYS) + r")\*?\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)


def read_paper(text: str, source: str, language: str = "en") -> Page:
    r"""The document in `text`; a file without `\begin{document}` is read from its beginning.

    Raises ReadError for a display that is never closed.

    >>> page = read_paper(r"\newcommand{\p}{\hat p} See $\p$. \[ \p = 1 \]", "a.tex")
    >>> [(type(block).__name__, block.text) for block in page.blocks[:1]]
    [('Paragraph', 'See $\\hat p$.')]
    """
    return _Paper(text, source, language).page()


class _Paper(TexDocument):
    """Walks a document once. `opaque` are its own environments in which mathematics is hidden."""

    def __init__(self, text: str, source: str, language: str) -> None:
        super().__init__(text, source, language)
        self.macros = Macros(text, source)
        self.collector = Collector(text, source, self.macros, plain_words)
        self.problems: list[ReadError] = []
        self.opaque: set[str] = set()

    def page(self) -> Page:
        """All of the document."""
        begin = self.text.find("\\begin{document}")
        end = self.text.find("\\end{document}")
        start = begin + len("\\begin{document}") if begin >= 0 else 0
        self.preamble(max(begin, 0))
        blocks = tuple(self.blocks(start, end if end >= start else len(self.text)))
        title = self.title or next((b.text for b in blocks if isinstance(b, Heading)), self.source)
        language = self.language_of(start)
        problems = tuple(self.problems)
        return Page(
            self.source, title, language, blocks, text=self.text, document=True, problems=problems
        )

    def preamble(self, end: int) -> None:
        """Take in the macros and the title."""
        bare = re.sub(r"(?<!\\)%[^\n]*", lambda m: " " * len(m.group()), self.text[:end])
        position = 0
        while match := re.compile(
            rf"{DEFINING.pattern}|{_ENVIRONMENT.pattern}|{_PUT_IN.pattern}"
        ).search(bare, position):
            after = self.command(match)
            position = max(after or 0, match.end())
        if title := re.search(r"\\title\s*(?=\{)", bare):
            stop, inside = argument(self.text, title.end())
            self.title = self.prose(inside, stop - len(inside) - 1)

    def environment(self, name: str, match: re.Match[str], end: int) -> tuple[list[Block], int]:
        """A display, or an environment of words."""
        closing, bare = f"\\end{{{name}}}", name.rstrip("*")
        if bare in PASSED_OVER or name in self.opaque:
            stop = self.find(closing, match, end) + len(closing)
            if name in self.opaque:
                self.problems.append(
                    self.error(match.start(), "the environment {name} is not read", name=name)
                )
            return list(self.paragraph()), stop
        if bare in DISPLAYS or bare in MORE_DISPLAYS:
            inner = self.find(closing, match, end)
            stop = inner + len(closing)
            if name in READ_WHOLE:
                return [*self.paragraph(), *self.display(match.start(), stop)], stop
            columns = _COLUMNS.match(self.text, match.end()) if "alignat" in bare else None
            start = columns.end() if columns else match.end()
            return [*self.paragraph(), *self.display(start, inner)], stop
        options = _OPTIONS.match(self.text, match.end())
        return [], options.end() if options else match.end()

    def command(self, match: re.Match[str]) -> int | None:
        """Where the definition of a macro, or code, or a file that is put in, ends."""
        start, name = match.start(), match.group()
        if DEFINING.match(self.text, start):
            return self.macros.define(start)
        if name.startswith("\\verb") and match.end() < len(self.text):
            stop = self.text.find(self.text[match.end()], match.end() + 1)
            return stop + 1 if stop >= 0 else None
        if name == "\\iffalse":
            stop = self.text.find("\\fi", match.end())
            return stop + 3 if stop >= 0 else len(self.text)
        if found := _PUT_IN.match(self.text, start):
            file = found["file"] or found["bare"]
            self.problems.append(
                self.error(start, "{file} is put in here, and is not read", file=file)
            )
            return found.end()
        if found := _ENVIRONMENT.match(self.text, start):
            return self.own_environment(found)
        if self.macros.breaks_out(name):
            self.problems.append(
                self.error(start, "{command} is more than a piece of formula", command=name)
            )
            return match.end()
        return None

    def own_environment(self, match: re.Match[str]) -> int:
        """Take in the definition of an environment."""
        try:
            opened, opening = argument(self.text, match.end())
            closed, closing = argument(self.text, opened)
        except ValueError:
            return match.end()
        if _HIDES.search(opening + closing) or match["name"].rstrip("*") in DISPLAYS:
            self.opaque.add(match["name"])
        return closed

    def text_of(self, match: re.Match[str]) -> None:
        """Take in words, or inline mathematics."""
        if match["inline"] is None:
            self.collector.words(match.start(), match.end())
        else:
            width = 1 if match.group().startswith("$") else 2
            self.collector.formula(match.start() + width, match.end() - width)

    def paragraph(self) -> Iterator[Paragraph]:
        """The paragraph that is open, closed."""
        yield from self.collector.paragraph()

    def display(self, start: int, stop: int) -> Iterator[Display]:
        """The display between two positions."""
        marker: Marker | None = self.marker
        self.marker = None
        yield from self.collector.display(start, stop, marker)

    def prose(self, tex: str, start: int) -> str:
        """The words of a heading."""
        del start
        return plain_words(tex)


def plain_words(tex: str) -> str:
    r"""The words of some TeX, without commands and braces; formulas stay.

    >>> plain_words(r"\emph{Assume} that~$x \le 1$ holds\footnote{By luck.}")
    'Assume that $x \\le 1$ holds By luck.'
    """
    pieces = re.split(r"(\$(?:\\.|[^$\\])+\$)", tex)
    for place in range(0, len(pieces), 2):
        words = _COMMAND.sub(
            lambda m: " " if m.group()[1].isalpha() else m.group()[1:], pieces[place]
        )
        words = re.sub(r"[{}]", "", words.replace("~", " "))
        pieces[place] = re.sub(r" +", " ", words)
    return "".join(pieces).lstrip()
