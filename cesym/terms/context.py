"""What a formula may take for granted: declared symbols, hypotheses, definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from sympy import Expr, Function, IndexedBase, Integer, Lambda, Symbol
from sympy.core.function import AppliedUndef

from cesym.errors import DeclarationError
from cesym.terms.binders import fresh_like, freshen, substitute
from cesym.terms.conditions import Condition
from cesym.terms.differentiation import At, Diff
from cesym.terms.domains import (
    POSITIVE_INTEGERS,
    Declaration,
    FiniteSet,
    IndexRange,
    Interval,
    Size,
    sizes_of,
)
from cesym.terms.entries import ArrayOfNumbers

if TYPE_CHECKING:
    from cesym.reader.syntax import Define


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """`left operator right`, taken for granted; `conditions` are those of its text, `text` is what
    a verdict quotes.
    """

    left: Expr
    operator: str
    right: Expr
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Definition:
    """`name(parameters) := body`. `assumed` when a document that is not a page of the library wrote
    `name = body`; `written` is the syntax tree, where it is known.
    """

    name: str
    parameters: tuple[Symbol, ...]
    body: Expr
    conditions: tuple[Condition, ...] = ()
    kinks: tuple[Condition, ...] = ()
    latex: str = ""
    assumed: bool = False
    line: int = 0
    written: Define | None = field(default=None, compare=False, repr=False)

    @property
    def head(self) -> type[AppliedUndef]:
        """The folded function: `head(*arguments)` is a term."""
        return Function(self.name, real=True)

    @property
    def folded(self) -> Expr:
        """The defined term at its own parameters."""
        return self.head(*self.parameters)

    def apply(self, *arguments: Expr) -> Expr:
        """The body at `arguments`; a derivative in it is taken before its variable gets a value."""
        if arguments == self.parameters or not self.body.has(Diff):
            return substitute(self.body, dict(zip(self.parameters, arguments, strict=True)))
        fresh = [fresh_like(parameter) for parameter in self.parameters]
        body = substitute(self.body, dict(zip(self.parameters, fresh, strict=True)))
        for parameter, argument in zip(fresh, arguments, strict=True):
            body = At(Lambda(parameter, body), argument)
        return body


@dataclass(frozen=True)
class Context:
    r"""Declarations, hypotheses and definitions, in the order in which they were made. Immutable:
    every change is a new Context. `logarithm` is how LaTeX writes the natural logarithm, `\log` or
    `\ln`; `layout`, of a page that says so, which shape a derivative by a whole vector has.
    """

    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    hypotheses: tuple[Hypothesis, ...] = ()
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    logarithm: str = r"\log"
    layout: str | None = None

    def declare(self, *declarations: Declaration) -> Context:
        """With more symbols. Sizes that are not declared yet become positive integers; a second
        declaration is an error.
        """
        known = dict(self.declarations)
        for declaration in declarations:
            sizes = _size_names(declaration)
            for name in (declaration.name, *sizes):
                taken = name == declaration.name and (name in known or name in sizes)
                if name in self.definitions or taken:
                    raise DeclarationError("{name} is declared already", name=name)
            for size in sizes:
                known.setdefault(
                    size, Declaration(size, POSITIVE_INTEGERS, latex=size, line=declaration.line)
                )
                if known[size].shape or (
                    known[size].domain != POSITIVE_INTEGERS and not _counts(known[size])
                ):
                    raise DeclarationError(
                        "{size} is used as a size, but it is declared as {declaration}",
                        size=size,
                        declaration=repr(known[size]),
                    )
            known[declaration.name] = declaration
        return replace(self, declarations=known)

    def assume(self, *hypotheses: Hypothesis) -> Context:
        """With more hypotheses."""
        return replace(self, hypotheses=self.hypotheses + hypotheses)

    def define(self, definition: Definition) -> Context:
        """With one more definition. Names are defined once."""
        if definition.name in self.declarations or definition.name in self.definitions:
            raise DeclarationError("{name} is declared already", name=definition.name)
        return replace(self, definitions={**self.definitions, definition.name: definition})

    # The protocol `cesym.reader.names.Names`.

    def kind(self, name: str) -> str | None:
        """`scalar`, `vector`, `index`, `function`, `definition`, or None for an undeclared name."""
        if name in self.definitions:
            return "function" if self.definitions[name].parameters else "definition"
        declaration = self.declarations.get(name)
        if declaration is None:
            return None
        if declaration.shape:
            return "vector"
        return "index" if isinstance(declaration.domain, IndexRange) else "scalar"

    def rank(self, name: str) -> int:
        """How many subscripts an entry has."""
        return len(self.declarations[name].shape)

    def arity(self, name: str) -> int:
        """How many arguments a defined function takes."""
        return len(self.definitions[name].parameters)

    def is_family(self, name: str) -> bool:
        """Whether a definition takes indices only, and is written with subscripts: `s_i`."""
        definition = self.definitions.get(name)
        parameters = definition.parameters if definition is not None else ()
        return bool(parameters) and all(self.kind(p.name) == "index" for p in parameters)

    def shape(self, name: str) -> tuple[str, ...]:
        """The sizes of a vector, and the size of the range of an index, spelled out."""
        shape, domain = self.declarations[name].shape, self.declarations[name].domain
        sizes = (domain.size,) if isinstance(domain, IndexRange) and not shape else shape
        return tuple(str(self.size(size)) for size in sizes)

    def is_distribution(self, name: str) -> bool:
        """Whether a vector is declared as probabilities that sum to 1."""
        return self.declarations[name].constraint is not None

    # Symbols.

    def symbol(self, name: str) -> Symbol | IndexedBase:
        """The SymPy symbol of a declared name: an IndexedBase for a vector."""
        return symbol_of(self.declarations[name])

    def size(self, size: Size) -> Expr:
        """The term of a size: a literal where a declaration such as `K == 2` fixes it."""
        if isinstance(size, int):
            return Integer(size)
        domain = self.declarations[size].domain
        if isinstance(domain, FiniteSet) and len(domain.values) == 1:
            return Integer(int(domain.values[0]))
        return self.symbol(size)

    def ranges(self) -> dict[Expr, Expr]:
        """The size of the range of every declared index."""
        return {
            self.symbol(declaration.name): self.size(declaration.domain.size)
            for declaration in self.declarations.values()
            if isinstance(declaration.domain, IndexRange) and not declaration.shape
        }

    def declaration_of(self, symbol: Expr) -> Declaration | None:
        """The declaration behind a symbol or a vector."""
        return self._by_symbol.get(symbol)

    @cached_property
    def notes(self) -> dict[object, object]:
        """What others have worked out about this context and would not like to work out again."""
        return {}

    @cached_property
    def _by_symbol(self) -> dict[Expr, Declaration]:
        return {symbol_of(declaration): declaration for declaration in self.declarations.values()}

    def unfold_definitions(self, term: Expr) -> Expr:
        """`term` with every defined name replaced by its body, to the bottom."""
        while calls := [
            call for call in term.atoms(AppliedUndef) if call.func.__name__ in self.definitions
        ]:
            term = freshen(term)
            calls = [
                call for call in term.atoms(AppliedUndef) if call.func.__name__ in self.definitions
            ]
            term = term.xreplace(
                {c: self.definitions[c.func.__name__].apply(*c.args) for c in calls}
            )
        return term

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.declarations.values())


def _size_names(declaration: Declaration) -> list[str]:
    return [size for size in sizes_of(declaration) if isinstance(size, str)]


def _counts(declaration: Declaration) -> bool:
    """Whether a declared symbol can be a size: an integer that is never negative."""
    domain = declaration.domain
    if isinstance(domain, Interval):
        return domain.integer and domain.lower is not None and domain.lower >= 0
    return isinstance(domain, FiniteSet) and all(
        v >= 0 and v.denominator == 1 for v in domain.values
    )


@lru_cache(maxsize=4096)
def symbol_of(declaration: Declaration) -> Symbol | IndexedBase:
    """The SymPy symbol that a declaration makes: an IndexedBase for a vector."""
    make = ArrayOfNumbers if declaration.shape else Symbol
    return make(declaration.name, **assumptions(declaration))


def assumptions(declaration: Declaration) -> dict[str, Any]:
    """What SymPy may assume of each value: no more than the declaration says.

    >>> assumptions(Declaration("q", Interval(lower_open=True, lower=0)))
    {'real': True, 'positive': True}
    """
    domain = declaration.domain
    if isinstance(domain, IndexRange):
        return {"integer": True, "positive": True}
    if isinstance(domain, FiniteSet):
        found: dict[str, Any] = (
            {"integer": True} if all(v.denominator == 1 for v in domain.values) else {"real": True}
        )
        if all(v > 0 for v in domain.values):
            found["positive"] = True
        elif all(v >= 0 for v in domain.values):
            found["nonnegative"] = True
        return found
    found = {"integer": True} if domain.integer else {"real": True}
    if domain.lower is not None and (domain.lower > 0 or (domain.lower == 0 and domain.lower_open)):
        found["positive"] = True
    elif domain.lower == 0:
        found["nonnegative"] = True
    elif domain.upper is not None and (
        domain.upper < 0 or (domain.upper == 0 and domain.upper_open)
    ):
        found["negative"] = True
    elif domain.upper == 0:
        found["nonpositive"] = True
    return found
