r"""The words of a TeX document as Markdown: `\emph{x}` is `*x*`, `\%` is `%`, and inline
mathematics stays as it is.

Tables say what is known. Anything else is an error, since words that are left out could turn a
sentence into its contrary.
"""

from __future__ import annotations

import re

from cesym.errors import Place, ReadError

AROUND = {
    "\\emph": "*",
    "\\textit": "*",
    "\\textbf": "**",
    "\\texttt": "`",
    "\\text": "",
    "\\mbox": "",
    "\\textrm": "",
}
"""Command with an argument -> the mark of Markdown around it."""

CHARACTERS = {
    "\\%": "%",
    "\\&": "&",
    "\\#": "#",
    "\\$": "\\$",
    "\\_": "\\_",
    "\\{": "{",
    "\\}": "}",
    "\\ ": " ",
    "\\,": " ",
    "\\/": "",
    "\\-": "",
    "\\\\": "\n",
    "\\newline": "\n",
    "\\textbackslash": "\\\\",
    "\\textasciicircum": "^",
    "\\textasciitilde": "\\~",
    "\\textless": "<",
    "\\textgreater": ">",
    "\\textbar": "|",
    "\\textquotedbl": '"',
    "\\textperiodcentered": "·",
    "\\dots": "…",
    "\\ldots": "…",
    "\\ttfamily": "",
    "\\quad": " ",
    "\\qquad": " ",
}
"""Command without an argument -> the characters that it prints."""

REFERENCES = {"\\ref": "({})", "\\eqref": "({})", "\\cite": "[{}]"}
LABELS = frozenset({"\\label"})

ENVIRONMENTS = frozenset(
    ["itemize", "enumerate", "quote", "quotation", "center", "abstract", "flushleft"]
)
"""Environments of prose. Their `\\begin` and `\\end` print nothing."""

_TOKEN = re.compile(
    r"""(?P<mathematics>\$(?:\\.|[^$\\])+\$)
      | \\\((?P<inside>(?:[^\\]|\\[^)])*)\\\)
      | \\(?:begin|end)\s*\{(?P<environment>[^}]*)\}(?:\[[^\]]*\])?
      | (?P<item>\\item\b[ \t]*)
      | (?P<command>\\(?:[A-Za-z]+\*?|.))
      | (?P<quote>``|''|`|~)
      | (?P<brace>[{}])
      | (?P<wrong>[&^_\#])
      | (?P<plain>.)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTES = {"``": "“", "''": "”", "`": "‘", "~": " "}


def prose(tex: str, place: Place) -> str:
    r"""TeX prose as Markdown, with as many lines. `place` is that of its first character.

    Raises ReadError for a command or an environment that is not known.

    >>> print(prose(r"\emph{Half} is 50\,\% of $y$.", Place("a.tex", 1, 1, "")))
    *Half* is 50 % of $y$.
    """
    written, position, depth = [], 0, 0
    while position < len(tex):
        match = _TOKEN.match(tex, position)
        assert match is not None
        start, position = position, match.end()
        if match["mathematics"] or match["plain"]:
            written.append(match.group())
        elif match["inside"] is not None:
            written.append(f"${match['inside']}$")
        elif match["environment"] is not None:
            if match["environment"] not in ENVIRONMENTS:
                raise _unknown(tex, start, place, f"\\begin{{{match['environment']}}}")
        elif match["item"]:
            written.append("- ")
        elif match["quote"]:
            written.append(_QUOTES[match["quote"]])
        elif match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
            if depth < 0:
                break
        elif match["command"]:
            text, position = _command(tex, match, place)
            written.append(text)
        else:
            raise _unknown(tex, start, place, match.group())
    if depth:
        raise ReadError("the braces of this paragraph are not in pairs", place=place)
    return "".join(written)


def argument(text: str, position: int) -> tuple[int, str]:
    """The end of an argument in braces that begins at `position`, and what is inside. Raises
    ValueError when it has no end.
    """
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text[position:], re.DOTALL):
        depth += (match.group() == "{") - (match.group() == "}")
        if depth == 0:
            stop = position + match.end()
            return stop, text[text.index("{", position) + 1 : stop - 1]
    raise ValueError("an argument without an end")


def _command(tex: str, match: re.Match[str], place: Place) -> tuple[str, int]:
    """What a command prints, and where it ends."""
    name, position = match.group(), match.end()
    if name in CHARACTERS:
        return CHARACTERS[name], position + (2 if tex.startswith("{}", position) else 0)
    known = name in AROUND or name in REFERENCES or name in LABELS
    if not known or not tex.startswith("{", position):
        raise _unknown(tex, match.start(), place, name)
    try:
        stop, inside = argument(tex, position)
    except ValueError:
        raise ReadError("the braces of this paragraph are not in pairs", place=place) from None
    if name in LABELS:
        return "", stop
    if name in REFERENCES:
        return REFERENCES[name].format(inside), stop
    words = prose(inside, _moved(tex, position + 1, place))
    return f"{AROUND[name]}{words}{AROUND[name]}", stop


def _moved(tex: str, offset: int, place: Place) -> Place:
    """The place of a later character; the line quoted stays that of the paragraph where it spans
    several.
    """
    before = tex[:offset].split("\n")
    if len(before) == 1:
        return Place(place.source, place.line, place.column + offset, place.text)
    line = tex.split("\n")[len(before) - 1]
    return Place(place.source, place.line + len(before) - 1, len(before[-1]) + 1, line)


def _unknown(tex: str, offset: int, place: Place, name: str) -> ReadError:
    return ReadError(
        "{command} is not known here",
        place=_moved(tex, offset, place),
        remedy="write the text without it",
        command=name,
    )
