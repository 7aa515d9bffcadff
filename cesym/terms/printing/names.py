r"""Identifiers and their LaTeX, and the letters that bound indices are printed with.

`y_hat` is printed `\hat{y}`: a name that a page declared is printed as the page wrote it, every
other name by the tables here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sympy import Basic, Dummy, Expr, IndexedBase, Symbol
from sympy.core.function import AppliedUndef

from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.domains import FiniteSet, IndexRange

GREEK: dict[str, str] = {
    **{
        letter: "\\" + letter
        for letter in (
            *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta"),
            *("vartheta", "iota", "kappa", "mu", "nu", "xi", "pi", "varpi", "rho", "varrho"),
            *("sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "ell"),
            *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi"),
            "Omega",
        )
    },
    "lamda": "\\lambda",
}
r"""Identifier -> command. `lamda` is spelled as SymPy spells it: `lambda` is a word of Python."""

MARKS: dict[str, str] = {
    "hat": "\\hat",
    "tilde": "\\tilde",
    "bar": "\\bar",
    "vec": "\\vec",
    "dot": "\\dot",
    "ddot": "\\ddot",
    "check": "\\check",
    "breve": "\\breve",
    "acute": "\\acute",
    "grave": "\\grave",
    "ring": "\\mathring",
    "bold": "\\mathbf",
    "cal": "\\mathcal",
    "scr": "\\mathscr",
    "sf": "\\mathsf",
    "frak": "\\mathfrak",
    "tt": "\\mathtt",
}
"""Last part of an identifier -> the accent or font that it stands for."""

ABOVE: dict[str, str] = {"star": "*", "prime": "'"}
"""Last part of an identifier -> what is written above the name."""

BOUND_LETTERS = tuple("klmijnrtuvwabcfgh")
"""Letters for bound indices, in the order in which they are tried."""

_SINGLE = re.compile(r"[A-Za-z]")
_RESERVED = frozenset({"d", "e", "E", "I"})


def latex_of_identifier(name: str) -> str:
    r"""The LaTeX of an identifier that nobody declared.

    What stands below shares one subscript, and what stands above one superscript: TeX refuses two.

    >>> print(*map(latex_of_identifier, ["y_hat", "alpha_max", "x_1", "a_1_k", "q_star_k"]))
    \hat{y} \alpha_{\text{max}} x_1 a_{1,k} q_k^*
    """
    head, *parts = name.split("_")
    result = GREEK.get(head) or (head if len(head) == 1 else rf"\mathrm{{{head}}}")
    below: list[str] = []
    above: list[str] = []
    for part in parts:
        if part in MARKS:
            result = f"{MARKS[part]}{{{_scripted(result, below, above)}}}"
            below, above = [], []
        elif part in ABOVE:
            above.append(ABOVE[part])
        else:
            plain = len(part) == 1 or part.isdigit()
            below.append(GREEK.get(part) or (part if plain else rf"\text{{{part}}}"))
    return _scripted(result, below, above)


def _scripted(base: str, below: list[str], above: list[str]) -> str:
    """A name with its subscript and its superscript."""
    under, over = ",".join(below), "".join(above)
    if under:
        base += f"_{under}" if len(under) == 1 else f"_{{{under}}}"
    if over.strip("'"):
        inside = over.replace("'", r"\prime")
        over = f"^{inside}" if len(inside) == 1 else f"^{{{inside}}}"
    return base + over


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in both notations."""

    plain: str
    latex: str


@dataclass(frozen=True, slots=True)
class Scope:
    """How every symbol is spelled at one place of a term: names declared, and bound around it."""

    context: Context
    bound: Mapping[Basic, Spelling] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()

    @classmethod
    def of(cls, term: Basic, context: Context | None) -> Scope:
        """The scope of a whole term. Without a context every free symbol keeps its name."""
        context = context or Context()
        return cls(
            context, {}, frozenset({*context.declarations, *context.definitions, *_names(term)})
        )

    def spelling(self, symbol: Basic) -> Spelling:
        """The name of a symbol, a vector (IndexedBase) or an applied definition."""
        if symbol in self.bound:
            return self.bound[symbol]
        name = str(
            symbol.func.__name__
            if isinstance(symbol, AppliedUndef)
            else getattr(symbol, "name", symbol)
        )
        known = self.context.definitions.get(name) or self.context.declarations.get(name)
        return Spelling(name, (known.latex if known else "") or latex_of_identifier(name))

    def position(self, name: str) -> int:
        """The place of a name among those declared: `y` comes before `s` when the page says so."""
        return self._positions().get(name, len(self.context.declarations))

    def _positions(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.context.declarations)}

    def naming(self, symbol: Basic, spelling: Spelling) -> Scope:
        """With `symbol` spelled so."""
        return replace(
            self, bound={**self.bound, symbol: spelling}, taken=self.taken | {spelling.plain}
        )

    def binding(self, index: Symbol) -> Scope:
        """With a letter for the bound `index`: its own name, if that is free, or else another."""
        own = [index.name] if _SINGLE.fullmatch(index.name) and index.name not in _RESERVED else []
        rest = [
            chr(code) for code in (*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1))
        ]
        for letter in (*own, *BOUND_LETTERS, *rest):
            if letter not in self.taken and letter not in _RESERVED:
                return self.naming(index, Spelling(letter, letter))
        raise UnsupportedTerm("there is no letter left for a bound index")

    def standing_for(self, variable: Symbol, body: Expr) -> Scope:
        """With the bound `variable` of a derivative spelled as the declared one that it stands for.

        A reader knows derivatives by declared symbols only. Raises UnsupportedTerm when every
        declared symbol like `variable` has a meaning of its own in `body`.
        """
        free = {str(getattr(symbol, "name", symbol)) for symbol in body.free_symbols - {variable}}
        declared = self.context.declarations
        for name in (variable.name, *declared):
            if name not in declared or name in free or not self._stands(name, variable):
                continue
            latex = declared[name].latex or latex_of_identifier(name)
            return self.naming(variable, Spelling(name, latex))
        if not declared and variable.name not in free:
            return self.naming(
                variable, Spelling(variable.name, latex_of_identifier(variable.name))
            )
        raise UnsupportedTerm(
            "{name} has two meanings in the body of a derivative",
            remedy="declare another number",
            name=variable.name,
        )

    def _stands(self, name: str, variable: Symbol) -> bool:
        declaration = self.context.declarations[name]
        if (
            declaration.shape
            or isinstance(declaration.domain, FiniteSet | IndexRange)
            or declaration.domain.integer
        ):
            return False
        symbol = self.context.symbol(name)
        return isinstance(symbol, Symbol) and symbol.assumptions0 == variable.assumptions0


def _names(term: Basic) -> Iterable[str]:
    """The names of free symbols, vectors and defined functions."""
    for symbol in term.free_symbols:
        if not isinstance(symbol, Dummy):
            yield str(symbol.name if isinstance(symbol, Symbol | IndexedBase) else symbol)
    for call in term.atoms(AppliedUndef):
        yield call.func.__name__
