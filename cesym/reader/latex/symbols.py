r"""Names in a formula: what a letter with its scripts stands for, given what is declared.

The subscript of a declared vector is an index; that of anything else is part of the name. Whether
`\sigma(s)`, `H(p)` or `\delta_{ij}` is the function that everybody knows depends on nobody having
declared the name.
"""

from __future__ import annotations

import re

from cesym.errors import ReadError
from cesym.reader.latex import calls, entries
from cesym.reader.latex.cursor import Cursor, Ending
from cesym.reader.latex.names import (
    Base,
    Subscript,
    full_latex,
    full_name,
    read_base,
    read_subscript,
)
from cesym.reader.latex.scripts import (
    Scripts,
    read_scripts,
    take_transpose,
    transpose_follows,
)
from cesym.reader.latex.tables import TYPED_WORDS, WORDS
from cesym.reader.syntax import Binary, Call, Constant, Name, Node, Span, Transpose
from cesym.reader.syntax import Subscript as Entry

__all__ = ["read", "read_plain", "read_single", "take_transpose", "transpose_follows"]

_RUN = re.compile(r"[A-Za-z]+[0-9]*")


def read(cursor: Cursor, *, bare: bool) -> Node:
    """A name with its scripts, or a call. `bare`: a function may stand without arguments."""
    start = cursor.token.at.start
    if word := _typed_word(cursor):
        cursor.position += len(word)
        return calls.read_known(cursor, word, start, 0)
    base = read_base(cursor)
    constant = _constant(cursor, base) is not None
    scripts = read_scripts(cursor, base, constant=constant)
    node = _resolve(cursor, base, scripts, start, bare=bare)
    if scripts.transposed:
        cursor.ending = Ending("powered")
        return Transpose(node, cursor.since(start))
    if scripts.power is None:
        return node
    cursor.ending = Ending("powered")
    if node == Constant("e"):
        return Call("exp", (scripts.power,), cursor.since(start))
    return Binary("^", node, scripts.power, cursor.since(start))


def read_single(cursor: Cursor) -> Node:
    r"""A letter as an argument without braces: nothing below or above belongs to it."""
    start = cursor.token.at.start
    base = read_base(cursor)
    scripts = Scripts(alone=True, stop=base.at.stop)
    return _named(cursor, base, base.name, scripts, start, bare=True)


def read_plain(cursor: Cursor) -> tuple[Base, Subscript | None, Node]:
    r"""A name, or an entry of a vector, without anything above it: `\hat{y}`, `z_j`, `y^{(i)}`."""
    start = cursor.token.at.start
    base = read_base(cursor)
    subscript = base.subscript
    if cursor.at("_"):
        subscript = read_subscript(cursor)
    scripts = Scripts(subscript, stop=cursor.since(start).stop)
    node = _resolve(cursor, base, scripts, start, bare=True)
    return base, subscript, node


def _constant(cursor: Cursor, base: Base) -> Constant | None:
    """`e` or `pi`, unless the name is declared."""
    if base.name in ("e", "pi") and cursor.kind(base.name) is None and not base.subscript:
        return Constant(base.name, base.at)
    return None


def _resolve(cursor: Cursor, base: Base, scripts: Scripts, start: int, *, bare: bool) -> Node:
    """What the name stands for, without its power."""
    subscript, at = scripts.subscript, Span(start, scripts.stop)
    if cursor.kind(base.name) == "vector" and (subscript or scripts.entry):
        return entries.entry(cursor, base, scripts, start)
    if scripts.entry is not None:
        raise cursor.error(
            at,
            "{name} is not declared as a vector, so it has no entry {index}",
            "declare it, for example {line}",
            name=base.latex,
            index=scripts.entry.name,
            line=f"${base.latex} \\in \\mathbb{{R}}^N$",
        )
    if base.name == "delta" and subscript and cursor.kind("delta") is None:
        return entries.delta(cursor, subscript, at)
    if _is_member(cursor, base, subscript):
        return entries.member(cursor, base, scripts, start)
    if subscript is not None:
        entries.refuse_index(cursor, base, subscript)
    name = full_name(cursor, base, subscript) + ("_star" if scripts.star else "")
    primed = name + "_prime" * scripts.primes
    if scripts.primes and cursor.kind(primed) is not None:
        name, scripts.primes = primed, 0
    return _named(cursor, base, name, scripts, start, bare=bare)


def _is_member(cursor: Cursor, base: Base, subscript: Subscript | None) -> bool:
    """Whether `s_i` calls the definition of s, whose parameters are indices."""
    if subscript is None or cursor.kind(base.name + subscript.suffix) is not None:
        return False
    return cursor.kind(base.name) == "function" and cursor.names.is_family(base.name)


def _named(
    cursor: Cursor, base: Base, name: str, scripts: Scripts, start: int, *, bare: bool
) -> Node:
    kind, at = cursor.kind(name), Span(start, scripts.stop)
    latex = full_latex(base, scripts.subscript)
    if name == cursor.defining:
        raise cursor.error(at, "{name} cannot be defined by itself", name=latex)
    if name == "e" and kind is not None and (scripts.power is not None or base.upright):
        raise cursor.error(
            at, "{name} is declared, and a constant too", "write {exp}", name="e", exp="\\exp(x)"
        )
    if kind is None and name == "D" and not scripts.raised and _divergence_follows(cursor):
        return calls.read_known(cursor, "D_KL", start, 0)
    if kind == "function" or (kind is None and name in WORDS and _call_follows(cursor, scripts)):
        return _call(cursor, name, scripts, start, latex, bare=bare)
    if kind is None:
        constant = None if scripts.subscript or scripts.star else _constant(cursor, base)
        if constant is None or scripts.primes:
            raise undeclared(cursor, base, name, latex, at)
        if not scripts.raised:
            calls.refuse_application(cursor, latex, at)
        return constant
    if scripts.primes:
        raise cursor.error(
            at,
            "a prime stands for a derivative of a function of one variable; {name} is none",
            "write it as a derivative, or declare a name with a prime",
            name=latex,
        )
    if not scripts.raised:
        calls.refuse_application(cursor, latex, at, always=name == "sigma")
    return Name(name, at)


# Calls.


def _divergence_follows(cursor: Cursor) -> bool:
    r"""Whether `(p \| q)` is next, which only a divergence has."""
    if not cursor.bracket_follows():
        return False
    level, distance = 0, 0
    while (token := cursor.peek(distance)).kind != "stop":
        level += token.says("(", "[", "\\{", "{") - token.says(")", "]", "\\}", "}")
        if level == 0:
            return False
        if level == 1 and token.says("\\|") and not token.side:
            return True
        distance += 1
    return False


def _call_follows(cursor: Cursor, scripts: Scripts) -> bool:
    return cursor.arguments_follow() or bool(scripts.primes)


def _call(
    cursor: Cursor, name: str, scripts: Scripts, start: int, latex: str, *, bare: bool
) -> Node:
    defined = cursor.kind(name) == "function"
    at = Span(start, scripts.stop)
    if scripts.power is not None:
        at = cursor.since(start)
        power = cursor.quote(scripts.power.at)
        raise cursor.ambiguous(at, f"\\left({latex}(x)\\right)^{{{power}}}", f"{latex}({latex}(x))")
    if not cursor.arguments_follow():
        if defined and bare and not scripts.primes:
            return Name(name, at)
        arguments = ", ".join(["\\dots"] * (cursor.names.arity(name) if defined else 1))
        primes = "'" * scripts.primes
        raise cursor.error(
            at,
            "{name} is a function",
            "write {call}",
            name=latex,
            call=f"{latex}{primes}({arguments})",
        )
    if defined:
        return calls.read_defined(cursor, name, start, scripts.primes)
    call = calls.read_known(cursor, name, start, scripts.primes)
    cursor.ending = Ending()
    if not cursor.at("_"):
        return call
    subscript = read_subscript(cursor)
    if not calls.is_vector_valued(call):
        calls.refuse_entry(cursor, call, subscript)
    return Entry(call, entries.indices(cursor, subscript), cursor.since(start))


# Errors.


def undeclared(cursor: Cursor, base: Base, name: str, latex: str, at: Span) -> ReadError:
    """The error for a name that nobody declared."""
    if name in WORDS:
        return cursor.error(
            at,
            "{name} is a function",
            "write {call}",
            name=latex,
            call=f"{latex}(\\dots)",
        )
    run = _RUN.match(cursor.formula.text, base.at.start)
    if run and len(run.group()) > 1 and cursor.formula.text[base.at.start] == base.latex:
        return cursor.error(
            at,
            "{name} is not declared",
            "declare it, for example {line}; a name of several letters is written {word}",
            name=latex,
            line=f"${latex} \\in \\mathbb{{R}}$",
            word=f"\\mathrm{{{run.group()}}}",
        )
    return cursor.error(
        at,
        "{name} is not declared",
        "declare it, for example {line}",
        name=latex,
        line=f"${latex} \\in \\mathbb{{R}}$",
    )


def _typed_word(cursor: Cursor) -> str:
    """`log` in `log(x)`, typed as letters that cannot be a product, since one is not declared; else
    nothing. Raises ReadError where they could.
    """
    token, text = cursor.token, cursor.formula.text
    if token.kind != "letter" or text[token.at.start - 1 : token.at.start].isalpha():
        return ""
    run = _RUN.match(text, token.at.start)
    word = run.group() if run else ""
    if word not in TYPED_WORDS:
        return ""
    after = cursor.peek(len(word))
    impossible = any(cursor.kind(letter) is None and letter != "e" for letter in word)
    called = after.says("(") and not after.gap and after.at.start == token.at.start + len(word)
    if impossible and called and word in WORDS and cursor.kind(word) is None:
        return word
    product = " \\cdot ".join(word)
    name = f"\\{word}" if word in ("log", "ln", "exp", "max", "min") else None
    first = name or f"\\operatorname{{{word}}}"
    at = Span(token.at.start, token.at.start + len(word))
    raise cursor.ambiguous(at, first, product)
