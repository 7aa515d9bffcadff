r"""Text that is safe to hand to TeX: words with their special characters escaped, formulas held
against a list of what is allowed.

What an author wrote goes to TeX in two ways only, through `words` and through `formula`. So a
document never holds a command that is not in `COMMANDS`, and no text can open a file, define a
macro or run a program.
"""

from __future__ import annotations

import re

from cesym.documents.displays import one_line
from cesym.errors import OutputError
from cesym.reader.latex import tables


class Tex(str):
    """TeX source that these printers wrote. Any other `str` is text and has to be escaped."""

    __slots__ = ()


ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
}
"""Characters that TeX takes for something else -> what prints them."""

MATHEMATICAL = {
    "−": "-",
    "±": r"\pm",
    "×": r"\times",
    "·": r"\cdot",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "→": r"\to",
    "←": r"\leftarrow",
    "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow",
    "∈": r"\in",
    "∞": r"\infty",
    "∂": r"\partial",
    "∑": r"\sum",
    "√": r"\surd",
    **{
        character: command
        for character, command in tables.UNICODE.items()
        if command in tables.GREEK
    },
}
"""Characters of a text that are set as a formula."""

PUNCTUATION = frozenset("‘’“”–—…§©®°«»¡¿")
"""Beyond the Latin letters: what the fonts of an English document have."""

WIDE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffee‘’“”…—·]")
"""Chinese characters and their punctuation."""

ENVIRONMENTS = frozenset(
    {"aligned", "cases", "array", "pmatrix", "bmatrix", "matrix", "split", "gathered"}
)

_MORE = r"""
    \frac \dfrac \tfrac \sqrt \sum \prod \int \partial \nabla \infty \dots \ldots \cdots \dotsc
    \vdots \left \right \middle \begin \end \mathbb \boxed \le \leq \leqslant \ge \geq \geqslant
    \succeq \preceq \succ \prec
    \ne \neq \lt \gt \in \notin \mid \to \rightarrow \leftarrow \mapsto \iff \implies \Rightarrow
    \Leftrightarrow \approx \equiv \sim \simeq \propto \ll \gg \pm \mp \cdot \times \ast \odot
    \otimes \oplus \circ \cup \cap \setminus \div \subset \subseteq \top \prime \star \forall
    \exists \land \lor \neg \lvert \rvert \lVert \rVert \vert \Vert \parallel \langle \rangle
    \lfloor \rfloor \lceil \rceil \lim \sup \inf \det \sin \cos \arg \colon \emptyset \bigl \bigr
    \Bigl \Bigr \biggl \biggr \Biggl \Biggr \lbrace \rbrace \coloneqq \lbrack \rbrack \underbrace
    \overbrace \mathring \text \textrm \textit \textbf \mbox \surd
"""

REPLACED = {
    "\\coloneq": "\\coloneqq",
    "\\colonequals": "\\coloneqq",
    "\\isin": "\\in",
    "\\bm": "\\boldsymbol",
    "\\lparen": "(",
    "\\rparen": ")",
    "\\nonumber": "",
    "\\notag": "",
}
"""What the reader reads and our preamble does not define, or what would disturb our numbers -> what
is written for it.
"""

COMMANDS = frozenset(
    {
        *_MORE.split(),
        *tables.GREEK,
        *tables.ACCENTS,
        *tables.FONTS,
        *tables.UPRIGHT,
        *tables.LOG_LIKE,
        *tables.EXTREMA,
        *tables.SPACING_WITH_ARGUMENT,
        *(command for command in tables.SPACING if command[1:].strip()),
        *("\\" + character for character in "{}|%&#$_\\ "),
    }
    - {*REPLACED, "\\hfill", "\\relax", "\\mathop"}
)
"""Every command that a formula may hold."""

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^}]*)\}")
_WORDS = re.compile(r"\\(?:text\w*|mbox)\s*\{[^{}]*\}")
_SPACE_AFTER = re.compile(r"\\text\s*\{([^{}]*[\u3400-\u9fff]) +\}")
_LABEL = re.compile(r"\\(?:tag\*?|label)\s*\{[^{}]*\}")


def words(text: str, *, chinese: bool = False) -> Tex:
    r"""Text, escaped. Raises OutputError for a character that the fonts do not have.

    >>> print(words("100 % of {x} ≥ \\input"))
    100 \% of \{x\} $\ge$ \textbackslash{}input
    """
    return Tex("".join(_character(character, chinese) for character in text))


def _character(character: str, chinese: bool) -> str:
    if character in ESCAPED:
        return ESCAPED[character]
    if chinese and WIDE.match(character):
        return character
    if character in MATHEMATICAL:
        return f"${MATHEMATICAL[character]}$"
    if " " <= character <= "~" or character == "\n" or character in PUNCTUATION:
        return character
    if "\u00c0" <= character <= "\u017e":
        return character
    raise OutputError(
        "the character {character} (U+{number:04X}) cannot be printed by TeX",
        remedy="write it in words, or as a formula",
        character=character,
        number=ord(character),
    )


def formula(latex: str, *, chinese: bool = False) -> Tex:
    r"""A formula as its author wrote it, on one line. Raises OutputError when it holds anything
    that is not allowed.

    >>> print(formula("a % comment\n + β"))
    a + \beta
    >>> formula(r"\input{secret}")
    Traceback (most recent call last):
    cesym.errors.OutputError: \input cannot stand in a formula for TeX: \input{secret}
    """
    text = one_line(_LABEL.sub("", latex).replace(":=", r" \coloneqq "))
    text = _COMMAND.sub(_replacement, text)
    if chinese:  # xeCJK drops a space between a Chinese character and the end of a text
        text = _SPACE_AFTER.sub(r"\\text{\1}\\ ", text)
    text = "".join(c if c.isascii() else _symbol(c, text, chinese) for c in text)
    bare = _COMMAND.sub(" ", _WORDS.sub(" ", text))
    wrong = [command for command in _COMMAND.findall(text) if command not in COMMANDS]
    wrong += [name for name in _ENVIRONMENT.findall(text) if name not in ENVIRONMENTS]
    wrong += [part for part in ("^^", "#", "$", "%") if part in bare]
    wrong += [] if _balanced(text) else ["{"]
    if wrong:
        raise _refused(wrong[0], text)
    return Tex(" ".join(text.split()))


def _replacement(match: re.Match[str]) -> str:
    command = match.group()
    if command not in REPLACED:
        return command
    after = match.string[match.end() : match.end() + 1]
    return REPLACED[command] + (" " if after.isalpha() else "")


def _symbol(character: str, text: str, chinese: bool) -> str:
    """A character that is not ASCII, as TeX has it."""
    command = MATHEMATICAL.get(character) or tables.UNICODE.get(character)
    if command is not None:
        return f"{command} " if command.startswith("\\") else command
    if chinese and WIDE.match(character):
        return character
    raise _refused(character, text)


def _balanced(text: str) -> bool:
    depth = 0
    for character in _COMMAND.sub("", text):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _refused(part: str, text: str) -> OutputError:
    return OutputError(
        "{part} cannot stand in a formula for TeX: {formula}", part=part, formula=text
    )
