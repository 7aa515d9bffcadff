"""What a derivation exports, as programs that are proved equal to it and shown to be accurate.

For every export there are candidates: the form for computers that the page ends in, the form for
people, the term itself; each as it stands or rewritten by lemmas. The first is taken that the
bounds show to be accurate and that the prover shows equal to the exported term. If there is none,
there is no code: `UnsupportedTerm` says what is in the way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from keyword import iskeyword

from sympy import Expr, expand

from cesym.codegen.compensation import compensate
from cesym.codegen.idioms import apply_idioms
from cesym.codegen.lemmas import ACCURATE, FAST, proved_equal, rewrite
from cesym.codegen.lowering import lower
from cesym.codegen.nodes import Node
from cesym.codegen.special import expanded
from cesym.codegen.stability import Shown, show
from cesym.derivation import Derivation, Export
from cesym.errors import UnknownName, UnsupportedTerm
from cesym.messages import Message, message
from cesym.terms.context import Context
from cesym.terms.differentiation import evaluate
from cesym.terms.domains import Declaration
from cesym.terms.printing import plain

FUSED = (("loss", "gradient"),)
"""Exports that are wanted together, and are then offered as one function that shares their work."""

REDUCED = ("loss",)
"""Exports that are summed up over samples: they take weights and a reduction."""


@dataclass(frozen=True, slots=True)
class Function:
    """An exported function: `program` computes `form`, which is proved equal to `term`.

    `careful` computes it too, with the roundings of its sums made good.
    """

    name: str
    term: Expr
    form: Expr
    program: Node
    careful: Node
    shown: Shown


@dataclass(frozen=True, slots=True)
class Functions:
    """All that a derivation exports, as functions of the same `arguments`."""

    page: str
    title: str
    context: Context
    arguments: tuple[Declaration, ...]
    functions: tuple[Function, ...]

    @property
    def fused(self) -> tuple[tuple[Function, ...], ...]:
        """The groups that are offered as one function too."""
        named = {function.name: function for function in self.functions}
        return tuple(
            tuple(named[name] for name in group)
            for group in FUSED
            if all(name in named for name in group)
        )


def functions_of(derivation: Derivation) -> Functions:
    """The functions that `derivation` exports, in the order of the page.

    Their arguments are the declared numbers that occur in any of them, in the order in which they
    were declared. Raises UnknownName when the page exports nothing, UnsupportedTerm for a vector,
    for a name that is no identifier, and for an export of which no accurate form is found.
    """
    if not derivation.exports:
        raise UnknownName(
            "the page {name} exports nothing",
            remedy="name its results under exports: at the top of the page",
            name=derivation.name,
        )
    context = Context(derivation.context.declarations, (), derivation.context.definitions)
    arguments = _arguments(derivation.exports, context)
    _require_names([e.name for e in derivation.exports], [d.name for d in arguments])
    functions = tuple(
        accurate_function(e.name, e.term, (e.stable, e.result, e.term), context, arguments)
        for e in derivation.exports
    )
    return Functions(derivation.name, derivation.title, context, arguments, functions)


def declared_in(terms: Iterable[Expr], context: Context) -> tuple[Declaration, ...]:
    """What unfolded terms hold of all that is declared, in that order."""
    names = {getattr(s, "name", str(s)) for term in terms for s in term.free_symbols}
    return tuple(d for d in context if d.name in names)


def _arguments(exports: tuple[Export, ...], context: Context) -> tuple[Declaration, ...]:
    found = declared_in((context.unfold_definitions(e.term) for e in exports), context)
    for declaration in found:
        if context.kind(declaration.name) != "scalar":
            raise UnsupportedTerm(
                "{name} is not a number, and only functions of numbers are exported yet",
                name=declaration.name,
            )
    return found


def _require_names(exports: list[str], arguments: list[str]) -> None:
    for name in (*exports, *arguments):
        normal = unicodedata.normalize("NFKC", name) == name
        if not (name.isidentifier() and normal) or iskeyword(name) or name.startswith("_"):
            raise UnsupportedTerm(
                "{name} cannot be a name in Python", remedy="give it another name", name=name
            )
        if (*exports, *arguments, *RESERVED).count(name) > 1:
            raise UnsupportedTerm(
                "{name} would mean two things in the code",
                remedy="give one of them another name",
                name=name,
            )


RESERVED = ("out", "weight", "reduction", *("_and_".join(group) for group in FUSED))
"""Names that the code itself needs beside those of exports and arguments."""


def accurate_function(
    name: str,
    term: Expr,
    written: tuple[Expr, ...],
    context: Context,
    arguments: tuple[Declaration, ...],
) -> Function:
    """The function `name` that computes `term`, by one of the forms `written` or by lemmas.

    Raises UnsupportedTerm when no form is shown to be accurate.
    """
    reasons: list[Message] = []
    accurate = list(_accurate(written, context, arguments, reasons))
    # A form for all labels is better than one for the labels 0 and 1, and that than a statement.
    for form, shown in sorted(accurate, key=lambda found: found[1].rank):
        if proved_equal(term, form, context):
            plainly = lower(rewrite(form, FAST, context), context)
            program = apply_idioms(expanded(plainly), arguments)
            careful = apply_idioms(expanded(compensate(plainly, arguments)), arguments)
            return Function(name, term, form, program, careful, shown)
        reasons.append(message("{form} is not proved equal to it", form=plain(form, context)))
    raise UnsupportedTerm(
        "no form of {name} is shown to be accurate over all floats: {reason}",
        remedy="end the last chain of the page from {term} on in a form without cancellation",
        name=name,
        reason=reasons[0],
        term=plain(term, context),
    )


def _accurate(
    written: tuple[Expr, ...],
    context: Context,
    arguments: tuple[Declaration, ...],
    reasons: list[Message],
) -> Iterator[tuple[Expr, Shown]]:
    """The forms that are shown to be accurate; for the others, `reasons` why not."""
    for form in _candidates(written, context):
        try:
            yield form, show(lower(form, context), arguments)
        except UnsupportedTerm as error:
            reasons.append(error.summary)


def _candidates(written: tuple[Expr, ...], context: Context) -> Iterator[Expr]:
    """Forms of the exported term, best first: what the page says, before what lemmas make of it and
    of it multiplied out.
    """
    forms = [evaluate(context.unfold_definitions(t), context.ranges()) for t in written]
    yield from dict.fromkeys(forms)
    yield from dict.fromkeys(rewrite(form, ACCURATE, context) for form in forms)
    opened = (expand(form, multinomial=False, power_base=False, log=False) for form in forms)
    yield from dict.fromkeys(rewrite(form, ACCURATE, context) for form in opened)
