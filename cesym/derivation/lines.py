"""The next line of a chain, by the rule that is named beside it. Nothing is proved here."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr

from cesym.derivation.phrases import Named, rule_named
from cesym.derivation.rules import RULES, Situation, What
from cesym.derivation.structure import same_structure, structure
from cesym.errors import Place, ReadError
from cesym.reader import latex
from cesym.reader.elaborate import Source, elaborate
from cesym.reader.from_sympy import from_sympy
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.statements import read_new_name, reader
from cesym.reader.meanings import Link, Operand, ReadChain
from cesym.terms.binders import canonical
from cesym.terms.context import Context
from cesym.terms.printing import latex as print_latex


class Lines:
    """The lines of a page in `language`; `known` collects what its chains end in, for each left
    side the end of its first chain: the form for people.
    """

    def __init__(self, language: str, known: Mapping[Expr, Expr] | None = None) -> None:
        self.language = language
        self.known: dict[Expr, Expr] = dict(known or {})

    def note(self, start: Expr, end: Expr) -> None:
        """Let later lines insert what a chain ended in."""
        self.known.setdefault(structure(start), end)

    def after(self, link: Link, before: Expr, chain: ReadChain) -> tuple[Named | None, Operand]:
        """The rule that the reason names, and the right side: as written, which must be what the
        rule gives, or filled in. Raises CesymError.
        """
        named, context = rule_named(link.reason, link.place), chain.context
        if named and chain.whole:
            raise ReadError(
                "a rule makes a line of numbers, not of vectors",
                place=link.place,
                remedy="write the line for an entry, or another reason",
            )
        derived = named and self._applied(named, before, context, link.place)
        if link.after.meaning is None:
            return named, self._filled(derived, context, link.place)
        if named and derived is not None and not same_structure(derived, link.after.meaning.term):
            raise ReadError(
                "the rule gives another line: {line}",
                place=link.place,
                remedy="write that line, or another reason",
                line=print_latex(derived, context),
            )
        return named, link.after

    def _applied(self, named: Named, term: Expr, context: Context, place: Place) -> Expr:
        situation = Situation(context, self.known)
        return named.rule(term, situation, what_of(named, context, place))

    def _filled(self, derived: Expr | None, context: Context, place: Place) -> Operand:
        """The line that a rule gives for a `?`."""
        if derived is None:
            raise ReadError(
                "? needs a reason that names a rule",
                place=place,
                remedy="write the phrase of a rule beside it, for example {phrase}",
                phrase=RULES["differentiate"].phrase(self.language),
            )
        node = from_sympy(derived)
        return Operand(print_latex(derived, context), node, elaborate(node, context), place)


def what_of(named: Named, context: Context, place: Place) -> What:
    """The formula in a rule's phrase: a name for a definition, a term for anything else."""
    if named.formula is None:
        return None
    if named.rule.name == "definition":
        formula = Formula(named.formula, place.source, place.line)
        new = read_new_name(reader(formula, context))
        return new.base.name if context.is_family(new.base.name) else new.name
    source = Source(named.formula, place.source, place.line)
    node = latex.parse_expression(source.text, context, source=source.name, line=source.line)
    return canonical(elaborate(node, context, source).term)
