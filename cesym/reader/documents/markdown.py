r"""Markdown as people write it: `$`, `$$`, `\(`, `\[`, and environments of LaTeX in running text.

Nothing is refused for its form. A display that is never closed is said to be not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cesym.errors import ReadError
from cesym.reader.blocks import Block, Heading, Marker
from cesym.reader.documents.collecting import Collector
from cesym.reader.documents.macros import Macro, Macros
from cesym.reader.documents.tex import MORE_DISPLAYS
from cesym.reader.latex.tables import DISPLAYS as READ_WHOLE
from cesym.reader.markdown import MARKER, MARKERS
from cesym.reader.pages import Page
from cesym.reader.tex import DISPLAYS

_NO_GAP = r"(?!\n[ \t>]*\n)"
_TOKEN = re.compile(
    rf"""(?P<fence>^[ \t>]*(?P<ticks>`{{3,}}|~{{3,}})(?P<info>[^`\n]*)\n
          (?P<code>(?:.|\n)*?)(?:^[ \t>]*(?P=ticks)[`~]*[ \t]*$|\Z))
      | (?P<heading>^\#{{1,6}}[ \t]+(?P<title>[^\n]*)$)
      | (?P<underline>^[ ]{{0,3}}(?:=+|-{{2,}})[ \t]*$)
      | (?P<comment><!--(?:(?:.|\n)*?-->|(?:.|\n)*\Z))
      | (?P<gitlab>\$`(?P<gitlab_inside>[^`\n]+)`\$)
      | (?P<ticked>(?P<tick>`+)(?:.|\n){{0,2000}}?(?<!`)(?P=tick)(?!`))
      | (?P<blank>\n[ \t>]*(?=\n))
      | (?P<display>\$\$(?P<display_inside>(?:\\.|{_NO_GAP}[^$\\]|\$(?!\$))*)\$\$
          |^[ \t>]*\\\\?\[(?P<bracket_inside>(?:{_NO_GAP}(?:[^\\]|\\[^\[\]]))*?)\\\]
          |\\begin\s*\{{(?P<environment>[a-z]+\*?)\}}(?P<body>(?:[^\\]|\\(?!begin\s*\{{(?P=environment)\}})[\s\S])*?)
            \\end\s*\{{(?P=environment)\}})
      | (?P<open>\$\$)
      | (?P<inline>\$(?P<tight>(?=\S)(?:\\.|{_NO_GAP}[^$\\])*?(?<=\S))\$(?![0-9])
          |\$(?P<loose>[ ](?:\\.|[^$\\\n])*?[ ])\$
          |\\\((?P<round>(?:{_NO_GAP}(?:[^\\]|\\[^()]))*?)\\\))
      | (?P<other>\\.|.|\n)""",
    re.VERBOSE | re.MULTILINE,
)
_FRONT = re.compile(r"\A---\n(?P<yaml>(?:.|\n)*?)\n---[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.*?)(?P=quote)[ \t]*$", re.MULTILINE)


def read_notes(text: str, source: str, language: str = "en") -> Page:
    """The document in `text`. Raises ReadError for a marker that is not known.

    >>> page = read_notes("# Notes\\n\\nWe know $x$: $$x = x$$ and so on.", "a.md")
    >>> [type(block).__name__ for block in page.blocks]
    ['Heading', 'Paragraph', 'Display', 'Paragraph']
    """
    notes = Notes(text, source)
    blocks = tuple(notes.blocks())
    heading = next((block.text for block in blocks if isinstance(block, Heading)), source)
    title = notes.title or heading
    problems = tuple(notes.problems)
    return Page(source, title, language, blocks, text=text, document=True, problems=problems)


class Notes:
    """Walks Markdown once. `table` holds the macros, which the cells of a notebook share."""

    def __init__(self, text: str, source: str, table: dict[str, Macro] | None = None) -> None:
        self.text = text
        self.collector = Collector(text, source, Macros(text, source, table))
        self.problems: list[ReadError] = []
        self.marker: tuple[Marker, int] | None = None
        front = _FRONT.match(text)
        self.first = front.end() if front else 0
        title = _TITLE.search(front["yaml"]) if front else None
        self.title = title["title"] if title else ""

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        position = self.first
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            assert match is not None
            position = match.end()
            yield from self.token(match)
        yield from self.collector.paragraph()
        self.refuse_marker()

    def token(self, match: re.Match[str]) -> Iterator[Block]:
        """What one piece of the text closes or is."""
        if match["heading"] is not None:
            yield from self.collector.paragraph()
            level = len(match.group()) - len(match.group().lstrip("#"))
            line = self.collector.place(match.start()).line
            yield Heading(level, match["title"].strip().rstrip("#").rstrip(), line)
        elif match["underline"] is not None:
            yield from self.underlined(match)
        elif match["blank"] is not None:
            yield from self.collector.paragraph()
        elif match["fence"] is not None:
            yield from self.collector.paragraph()
            if match["info"].strip() == "math":
                yield from self.display(*match.span("code"))
        elif match["comment"] is not None:
            self.comment(match)
        elif match["display"] is not None:
            yield from self.displayed(match)
        elif match["open"] is not None:
            self.problems.append(self.collector.error(match.start(), "the display is not closed"))
        elif match["inline"] is not None or match["gitlab"] is not None:
            inside = next(g for g in ("gitlab_inside", "tight", "loose", "round") if match[g])
            self.collector.formula(*match.span(inside))
        elif match["ticked"] is None:
            self.collector.words(*match.span())

    def underlined(self, match: re.Match[str]) -> Iterator[Block]:
        """A line of `=` or `-` makes a heading of the paragraph above it."""
        level = 1 if "=" in match.group() else 2
        for paragraph in self.collector.paragraph():
            yield Heading(level, paragraph.text, paragraph.line)

    def displayed(self, match: re.Match[str]) -> Iterator[Block]:
        """A display between dollars or brackets, or an environment."""
        if match["environment"] is None:
            yield from self.collector.paragraph()
            inside = "display_inside" if match["display_inside"] is not None else "bracket_inside"
            yield from self.display(*match.span(inside))
        elif match["environment"] in READ_WHOLE:
            yield from self.collector.paragraph()
            yield from self.display(*match.span())
        elif match["environment"].rstrip("*") in DISPLAYS | MORE_DISPLAYS:
            yield from self.collector.paragraph()
            yield from self.display(*match.span("body"))
        else:
            self.collector.words(*match.span())

    def display(self, start: int, stop: int) -> Iterator[Block]:
        """A display, with the marker that waits for it."""
        marker, self.marker = self.marker, None
        yield from self.collector.display(start, stop, marker[0] if marker else None)

    def comment(self, match: re.Match[str]) -> None:
        """Take in what a comment says to cesym; any other is dropped."""
        if not re.match(r"<!--\s*cesym\b", match.group()):
            return
        marker = MARKER.fullmatch(match.group())
        if marker is None or marker["kind"] not in MARKERS:
            raise ReadError(
                "this marker is not known",
                place=self.collector.place(match.start()),
                remedy='use refuted because="..." or skip',
            )
        self.refuse_marker()
        self.marker = (Marker(marker["kind"], marker["because"] or ""), match.start())

    def refuse_marker(self) -> None:
        """Refuse a marker that has no display after it."""
        if self.marker is not None:
            raise self.collector.error(self.marker[1], "a marker must stand before a display")
