r"""Names, entries and functions at their arguments as textbook LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Product,
    Sum,
    cosh,
    log,
    loggamma,
    sign,
    sinh,
    tanh,
)
from sympy.core.function import AppliedUndef

from cesym.errors import UnsupportedTerm
from cesym.terms.functions import TABLE, Named, VectorNamed, softmax
from cesym.terms.printing.arithmetic import applied
from cesym.terms.printing.names import Spelling
from cesym.terms.printing.order import ordered_arguments
from cesym.terms.printing.text import Level, Text, Writer, between, braced, joined
from cesym.terms.printing.whole import Whole, whole_arguments

CALLS: dict[type[Basic], str] = {Max: r"\max", Min: r"\min", sign: r"\operatorname{sign}"}
"""Functions that always have brackets."""

PREFIXES: dict[type[Basic], str] = {log: r"\log", tanh: r"\tanh", cosh: r"\cosh", sinh: r"\sinh"}
"""Functions that go without brackets before one factor."""

OTHERWISE: dict[str, tuple[str, str]] = {r"\sigma": ("sigma", r"\operatorname{sigmoid}")}
"""Command of a function -> the declared name that takes it away, and what is written then."""


def symbol(writer: Writer, term: Basic) -> Text:
    """A symbol or a whole vector; a name with something above it needs brackets before a power."""
    spelled = writer.scope.spelling(term).latex
    return Text(spelled, Level.POWER if "^" in spelled or "'" in spelled else Level.ATOM)


def entry(writer: Writer, term: Indexed) -> Text:
    """p_k, z_{ij}, X_{i,1}."""
    return Text(writer.write(term.base).latex + _below(writer, term.indices))


def delta(writer: Writer, term: KroneckerDelta) -> Text:
    r"""\delta_{jk}, the indices by their names."""
    return Text(r"\delta" + _below(writer, sorted(term.args, key=lambda i: writer.write(i).latex)))


def _below(writer: Writer, indices: Sequence[Basic]) -> str:
    """Indices as a subscript: letters side by side, anything longer between commas."""
    spelled = [writer.write(index).latex for index in indices]
    letters = all(len(index) == 1 and index.isalpha() for index in spelled)
    return "_" + braced(("" if letters else ",").join(spelled))


def prefixed(writer: Writer, term: Expr) -> Text:
    r"""`\log x`, `\log \frac{x}{y}`, but `\log(1 - x)`."""
    command, (argument,) = PREFIXES[type(term)], term.args
    if isinstance(term, log):
        command = writer.scope.context.logarithm
    inside = writer.write(argument)
    one = inside.level >= Level.FRACTION and not inside.latex.startswith("(")
    if not one and not _sum_of_one_factor(argument):
        return applied(writer, command, argument)
    return replace(inside, latex=f"{command} {inside.latex}", level=Level.OPEN)


def _sum_of_one_factor(term: Expr) -> bool:
    r"""Whether it is plain where the sum ends in `\log \sum_k e^{z_k}`."""
    return isinstance(term, Sum) and not isinstance(term.function, Add | Mul | Sum | Product)


def call(writer: Writer, term: Expr) -> Text:
    r"""`\max(s, 0)`: constants come last."""
    return writer.called(CALLS[type(term)], ordered_arguments(term, writer.scope))


def log_gamma(writer: Writer, term: loggamma) -> Text:
    r"""`\log \Gamma(x)`."""
    if "Gamma" in writer.scope.taken:
        return writer.called(r"\operatorname{lgamma}", term.args)
    command = rf"{writer.scope.context.logarithm} \Gamma"
    return replace(writer.called(command, term.args), level=Level.APPLIED)


def absolute(writer: Writer, term: Abs) -> Text:
    """Between bars."""
    inside = writer.write(term.args[0])
    return Text(between(r"\lvert", inside, r"\rvert"), Level.ATOM, inside.brackets, inside.tall)


def defined(writer: Writer, term: AppliedUndef) -> Text:
    """A definition of the page, at its arguments, which are subscripts if they are all indices."""
    name = writer.scope.spelling(term).latex
    if writer.scope.context.is_family(term.func.__name__):
        return Text(name + _below(writer, term.args))
    return writer.called(name, term.args) if term.args else Text(name)


def command_of(writer: Writer, name: str) -> str:
    """How a function of the table is written, in this scope."""
    command = TABLE[name].latex
    taken, instead = OTHERWISE.get(command, ("", command))
    return instead if taken in writer.scope.taken else command


def named(writer: Writer, term: Named) -> Text:
    """A function of numbers of the table."""
    return writer.called(command_of(writer, type(term).__name__), term.args)


def of_vectors(writer: Writer, term: VectorNamed) -> Text:
    r"""`H(p, q)`, `\operatorname{softmax}(z)_j`.

    By its definition where a vector cannot be written without its index, or where the letter has
    another meaning.
    """
    row = TABLE[type(term).__name__]
    vectors = whole_arguments(term, writer.scope.context, products=False)
    if vectors is None or row.latex in writer.scope.taken:
        return writer.write(row.definition(*term.args))
    arguments = [_vector(writer, vector) for vector in vectors]
    separator = r" \,\|\, " if row.latex.startswith("D_") else ", "
    inside = joined(separator, arguments, Level.SUM)
    text = Text(row.latex + between("(", inside, ")"), Level.ATOM, 0, inside.tall)
    if not isinstance(term, softmax):
        return text
    return replace(text, latex=text.latex + _below(writer, (*vectors[0].row, term.args[2])))


def _vector(writer: Writer, vector: Whole) -> Text:
    """A whole vector: its arrays without subscripts."""
    scope = writer.scope
    for placeholder, array in vector.arrays.items():
        known = isinstance(array, IndexedBase)
        spelled = writer.scope.spelling(array) if known else _whole_softmax(writer, array)
        scope = scope.naming(placeholder, spelled)
    return replace(writer, scope=scope, inline=True).write(vector.body)


def _whole_softmax(writer: Writer, term: Basic) -> Spelling:
    """The vector softmax(z), without an index."""
    vectors = whole_arguments(term, writer.scope.context, products=False)
    if vectors is None:
        raise UnsupportedTerm("{term} cannot be written in LaTeX", term=str(term))
    inside = _vector(writer, vectors[0])
    text = TABLE["softmax"].latex + between("(", inside, ")")
    return Spelling(text, text)


APPLICATIONS = {
    Indexed: entry,
    KroneckerDelta: delta,
    Abs: absolute,
    loggamma: log_gamma,
    Named: named,
    VectorNamed: of_vectors,
    AppliedUndef: defined,
    **dict.fromkeys(CALLS, call),
    **dict.fromkeys(PREFIXES, prefixed),
}
"""Head -> printer."""
