r"""TeX documents as pages: sections, paragraphs and displays, each with its line. No mathematics is
read here.

What cesym writes is read back by this module, and a paper of the usual make too. TeX is not run: a
command that is not in the tables below is an error with its place, because what it stands for
cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from cesym.errors import Place, ReadError
from cesym.reader.endings import LONGEST_PAGE
from cesym.reader.origin import place_in
from cesym.reader.pages import LAYOUTS, Block, Display, Heading, Marker, Page, Paragraph
from cesym.reader.tex_prose import argument, prose

DISPLAYS = frozenset(
    {"equation", "align", "gather", "multline", "flalign", "displaymath", "results"}
)
"""Environments of displayed mathematics, with and without a star. `results` is the frame that cesym
draws.
"""

LEFT_OUT = frozenset({"record"})
"""Environments that say nothing new: the list of how the steps were decided."""

SECTIONS = {
    "\\part": 1,
    "\\chapter": 1,
    "\\section": 2,
    "\\subsection": 3,
    "\\subsubsection": 4,
    "\\paragraph": 5,
}
"""Command -> level of the heading. The title is the heading of level 1."""

_NOTHING = r"\maketitle \nowords \noindent \smallskip \medskip \bigskip \newpage \clearpage"
NOTHING = frozenset(_NOTHING.split())
"""Commands between paragraphs that print no words."""

MARKERS = frozenset({"refuted", "skip"})

REDEFINING = re.compile(
    r"\\(?:renewcommand|def|edef|gdef|xdef|let|catcode|input|include|newcommandx|DeclareRobustCommand)\b"
)
OWN = re.compile(r"\\renewcommand\{\\maketitle\}")

_TOKEN = re.compile(
    r"""(?P<comment>%[^\n]*)
      | (?P<begin>\\begin\s*\{(?P<environment>[^}]*)\})
      | (?P<display>\\\[|\$\$)
      | (?P<command>\\[A-Za-z]+\*?)
      | (?P<blank>\n[ \t]*(?=\n))
      | (?P<inline>\$(?:\\.|(?!\n[ \t]*\n)[^$\\])+\$|\\\((?:[^\\]|\\[^()])*\\\))
      | (?P<other>\\.|.)""",
    re.VERBOSE | re.DOTALL,
)
_CHINESE = re.compile(r"\\documentclass[^\n]*\{ctex|\\usepackage[^\n]*\{ctex")
_LAYOUT = re.compile(r"^%\s*cesym:\s*layout=(?P<layout>\S*)", re.MULTILINE)
_ROW_END = re.compile(r"\s*(?:\\\\\*?)?")
_MARKER = re.compile(r"%\s*cesym:\s*(?P<kind>\w+)(?:\s+because=\"(?P<because>[^\"]*)\")?\s*")


def read_tex(text: str, source: str, language: str = "en") -> Page:
    r"""The page in a TeX document. A document of a class of ctex is Chinese, whatever `language`
    says.

    Raises ReadError, with its place, for a document that is not closed, for a preamble that changes
    what commands mean, and for a command or an environment that is not known.

    >>> page = read_tex("\\begin{document}Let $y < 1$.\n\\[ y = y \\]\n\\end{document}", "a.tex")
    >>> [type(block).__name__ for block in page.blocks]
    ['Paragraph', 'Display']
    """
    if len(text) > LONGEST_PAGE:
        raise ReadError("the page is longer than {count} characters", count=LONGEST_PAGE)
    text = text.replace("\r\n", "\n")
    return TexDocument(text, source, language).page()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some TeX of a paragraph, and where it begins."""

    tex: str
    start: int


class TexDocument:
    """Walks a document once. `pieces` is the paragraph that is open, `marker` what a comment says
    of the next display.
    """

    def __init__(self, text: str, source: str, language: str) -> None:
        self.text = text
        self.source = source
        self.language = language
        self.title = ""
        self.pieces: list[_Piece] = []
        self.marker: Marker | None = None

    def page(self) -> Page:
        """All of the document."""
        begin, end = self.text.find("\\begin{document}"), self.text.find("\\end{document}")
        if begin < 0 or end < begin:
            raise self.error(
                0,
                "a document between {begin} and {end} is expected",
                begin="\\begin{document}",
                end="\\end{document}",
            )
        self.preamble(begin)
        language, layout = self.language_of(begin), self.layout_of(begin)
        blocks = tuple(self.blocks(begin + len("\\begin{document}"), end))
        title = self.title or next((b.text for b in blocks if isinstance(b, Heading)), self.source)
        return Page(self.source, title, language, blocks, layout=layout)

    def language_of(self, end: int) -> str:
        """The language that the preamble up to `end` speaks of."""
        return "zh" if _CHINESE.search(self.text, 0, end) else self.language

    def layout_of(self, end: int) -> str | None:
        """The layout of derivatives by whole vectors that a comment in the preamble names."""
        match = _LAYOUT.search(self.text, 0, end)
        if match is None or match["layout"] in LAYOUTS:
            return match and match["layout"]
        raise self.error(
            match.start(),
            "there is no layout {name}",
            remedy="it is one of {layouts}",
            name=match["layout"],
            layouts=", ".join(LAYOUTS),
        )

    def preamble(self, end: int) -> None:
        """Take the title from the preamble. Raises ReadError where it changes the meaning of
        commands.
        """
        bare = re.sub(r"(?<!\\)%[^\n]*", lambda m: " " * len(m.group()), self.text[:end])
        for match in REDEFINING.finditer(bare):
            if not OWN.match(bare, match.start()):
                raise self.error(
                    match.start(),
                    "{command} changes what is read, and is not understood",
                    command=match.group(),
                )
        if title := re.search(r"\\title\s*(?=\{)", bare):
            stop, inside = argument(self.text, title.end())
            self.title = self.prose(inside, stop - len(inside) - 1)

    def blocks(self, position: int, end: int) -> Iterator[Block]:
        """The blocks between two positions."""
        while position < end:
            match = _TOKEN.match(self.text, position, end)
            assert match is not None
            position = match.end()
            kind = match.lastgroup if match.lastgroup != "environment" else "begin"
            if match["begin"] is not None:
                found, position = self.environment(match["environment"].strip(), match, end)
                yield from found
            elif kind == "comment":
                self.comment(match.group(), match.start())
            elif kind == "display":
                yield from self.paragraph()
                position = self.find("\\]" if match.group() == "\\[" else "$$", match, end)
                yield from self.display(match.end(), position)
                position += 2
            elif kind == "blank" or match.group() == "\\par":
                yield from self.paragraph()
            elif kind == "command" and (after := self.command(match)) is not None:
                position = after
            elif kind == "command" and match.group().rstrip("*") in SECTIONS:
                yield from self.paragraph()
                position, inside = self.braces(match.end())
                level = SECTIONS[match.group().rstrip("*")]
                yield Heading(level, self.prose(inside, match.end() + 1), self.line(match.start()))
            elif kind == "command" and match.group() in NOTHING:
                yield from self.paragraph()
                if match.group() == "\\maketitle" and self.title:
                    yield Heading(1, self.title, self.line(match.start()))
            else:
                self.text_of(match)
        yield from self.paragraph()
        if self.marker is not None:
            raise self.error(end, "a marker must stand before a display")

    # What stands between blank lines.

    def environment(self, name: str, match: re.Match[str], end: int) -> tuple[list[Block], int]:
        """A display, or an environment of prose, which stays in its paragraph."""
        closing = f"\\end{{{name}}}"
        if name.rstrip("*") in DISPLAYS:
            stop = self.find(closing, match, end)
            return [*self.paragraph(), *self.display(match.end(), stop)], stop + len(closing)
        if name in LEFT_OUT:
            return list(self.paragraph()), self.find(closing, match, end) + len(closing)
        self.text_of(match)
        return [], match.end()

    def text_of(self, match: re.Match[str]) -> None:
        """Take in words, or inline mathematics."""
        self.pieces.append(_Piece(match.group(), match.start()))

    def command(self, match: re.Match[str]) -> int | None:
        """Where a command that is neither words nor a heading ends; None for any other."""
        del match
        return None

    def comment(self, text: str, start: int) -> None:
        """Take in what a comment says to cesym; any other comment is dropped."""
        if marker := _MARKER.fullmatch(text):
            if marker["kind"] not in MARKERS:
                raise self.error(start, "the marker {kind} is not known", kind=marker["kind"])
            self.marker = Marker(marker["kind"], marker["because"] or "")

    def paragraph(self) -> Iterator[Paragraph]:
        """The paragraph that is open, closed."""
        pieces = list(dropwhile(lambda piece: not piece.tex.strip(), self.pieces))
        self.pieces = []
        if pieces:
            first = pieces[0]
            start = first.start + len(first.tex) - len(first.tex.lstrip())
            tex = "".join(piece.tex for piece in pieces)
            yield Paragraph(self.prose(tex.strip(), start), self.line(start))

    def display(self, start: int, stop: int) -> Iterator[Display]:
        """The display between two positions."""
        marker, self.marker = self.marker, None
        inside = self.text[start:stop]
        lead = len(inside) - len(inside.lstrip("\n "))
        yield Display(self.rows(inside.strip(), start + lead), self.line(start + lead), marker)

    def rows(self, tex: str, start: int) -> str:
        r"""A display of ours as the reader of mathematics takes it: `\reason{...}` is the text at
        the right.
        """
        written, position = "", 0
        for match in re.finditer(r"\\(start|reasons\s*\{\d+\}|reason|name|beside)\s*(?=\{)", tex):
            if match.start() < position:
                continue
            stop, inside = self.braces(start + match.end())
            stop -= start
            written += tex[position : match.start()]
            if match[1] == "start":
                written += inside
                ending = _ROW_END.match(tex, stop)
                assert ending is not None
                stop = ending.end()
            elif match[1].startswith("reason") and inside.strip():
                written += f"&& \\text{{{inside}}}"
            position = stop
        return written + tex[position:]

    def prose(self, tex: str, start: int) -> str:
        """The words of a heading or a paragraph."""
        return prose(tex, self.place_of(start))

    # Finding one's way.

    def braces(self, position: int) -> tuple[int, str]:
        """The end of an argument in braces, and what is inside."""
        try:
            return argument(self.text, position)
        except ValueError:
            raise self.error(position, "this brace is never closed") from None

    def find(self, closing: str, match: re.Match[str], end: int) -> int:
        """Where what `match` opens is closed. Raises ReadError."""
        stop = self.text.find(closing, match.end(), end)
        if stop < 0:
            raise self.error(match.start(), "{opening} is never closed", opening=match.group())
        return stop

    def line(self, position: int) -> int:
        """The line of a character."""
        return self.text.count("\n", 0, position) + 1

    def place_of(self, position: int) -> Place:
        """The place of a character."""
        return place_in(self.text, position, self.source)

    def error(self, position: int, template: str, **fields: str) -> ReadError:
        """A ReadError at a position of the text."""
        return ReadError(template, place=self.place_of(position), **fields)
