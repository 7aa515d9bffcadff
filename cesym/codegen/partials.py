"""The derivatives of exported functions: other exports where they are proved to be that, else new.

Targets that differentiate by themselves are told these, so that a derivative is as accurate as an
exported function, and never comes from differentiating rounded code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr, S, diff

from cesym.codegen.functions import Function, Functions, accurate_function
from cesym.codegen.lemmas import proved_equal
from cesym.errors import UnsupportedTerm
from cesym.terms.differentiation import evaluate


@dataclass(frozen=True, slots=True)
class Partials:
    """Function and argument -> the derivative, None where no accurate form of it is known.

    `zero` are those that are proved to be 0 everywhere; `more` the functions that are derivatives
    and that the page does not export.
    """

    of: Mapping[tuple[str, str], Function | None]
    zero: frozenset[tuple[str, str]]
    more: tuple[Function, ...]


def partials_of(functions: Functions) -> Partials:
    """The first derivatives of all that is exported, by every argument, and the derivatives of
    those that are new, as far as they are known already or constant.

    >>> from cesym.codegen.functions import functions_of
    >>> from cesym.derivation import derive
    >>> found = partials_of(functions_of(derive("binary-cross-entropy")))
    >>> found.of["loss", "s"].name, found.of["gradient", "s"].name, found.of["hessian", "s"]
    ('gradient', 'hessian', None)
    >>> [function.name for function in found.more]
    ['loss_in_y', 'gradient_in_y']
    """
    return _Search(functions).run()


@dataclass(slots=True)
class _Search:
    """One run: `known` are all functions so far, exported ones first."""

    functions: Functions
    of: dict[tuple[str, str], Function | None] = field(default_factory=dict)
    zero: set[tuple[str, str]] = field(default_factory=set)
    more: list[Function] = field(default_factory=list)

    def run(self) -> Partials:
        for function in self.functions.functions:
            self.differentiate(function, may_add=True)
        for function in tuple(self.more):
            self.differentiate(function, may_add=False)
        return Partials(self.of, frozenset(self.zero), tuple(self.more))

    def differentiate(self, function: Function, *, may_add: bool) -> None:
        context = self.functions.context
        opened = evaluate(context.unfold_definitions(function.term), context.ranges())
        for argument in self.functions.arguments:
            place, symbol = (function.name, argument.name), context.symbol(argument.name)
            term = diff(opened, symbol)
            if proved_equal(term, S.Zero, context):
                self.zero.add(place)
                continue
            found = self.known(term)
            if found is None and may_add:
                forms = (diff(function.form, symbol), term)
                found = self.fresh(f"{function.name}_in_{argument.name}", term, forms)
            self.of[place] = found

    def known(self, term: Expr) -> Function | None:
        every = (*self.functions.functions, *self.more)
        return next((f for f in every if proved_equal(f.term, term, self.functions.context)), None)

    def fresh(self, name: str, term: Expr, forms: tuple[Expr, ...]) -> Function | None:
        """A function for a derivative, by its term or by the derivative of an accurate form.

        None of which the error is only stated in some size.
        """
        context, arguments = self.functions.context, self.functions.arguments
        try:
            found = accurate_function(name, term, forms, context, arguments)
        except UnsupportedTerm:
            return None
        if found.shown.stated is not None and found.shown.stated.size and not found.shown.hard:
            return None  # nobody would read how far it is off
        self.more.append(found)
        return found
