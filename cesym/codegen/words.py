"""The docstrings of exported code, in the current language."""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sympy import Expr, Symbol

from cesym import __version__
from cesym.codegen.boundaries import Ends, shown
from cesym.codegen.functions import Function, Functions
from cesym.codegen.lowering import lower, meaning
from cesym.codegen.measured import key, largest, points
from cesym.codegen.nodes import Node
from cesym.codegen.special import SPECIAL
from cesym.codegen.stability import Shown, Stated
from cesym.messages import N_, _
from cesym.terms.printing import latex, plain

WIDTH = 88

MEASURED: Mapping[str, int] = {
    "y*max(-s, 0) + log1p(exp(-abs(s))) + (1 - y)*max(s, 0)": 3,
    "((1 - y)*exp(-max(-s, 0)) - y*exp(-max(s, 0)))/(1 + exp(-abs(s)))": 3,
    "exp(-abs(s))/(1 + exp(-abs(s))*(2 + exp(-abs(s))))": 3,
}
"""Form -> the limit in ulp to which `benchmarks/accuracy.py` holds every target, y being 0 or 1."""

AT_ROOTS: Mapping[str, str] = {
    "((1 - y)*exp(-max(-s, 0)) - y*exp(-max(s, 0)))/(1 + exp(-abs(s)))": "2^-51*y*(1 - y)",
}
"""Form -> an absolute error that is reached only close to its root, y being between 0 and 1."""

MOST_NAMED = 3
"""If more must not overflow or underflow, it is said of all that is computed."""

FLOAT32_SHARE = 2.0**-29
"""An ulp of float64 in ulps of float32."""

ARRAYS = ("numpy", "numba")
"""Targets whose functions write into arrays that are given to them."""

RULES: Mapping[str, tuple[str, ...]] = {
    "numpy": (
        N_(
            "They may be numbers or arrays, which broadcast. Results have the widest float"
            " type among the arguments, float64 if none is a float. The arithmetic is float64;"
            " each result is rounded to its type once."
        ),
        N_(
            "Functions that end in a loss take `weight`, which broadcasts against the losses, and"
            ' `reduction`: "none", "sum", or "mean", the weighted mean.'
        ),
    ),
    "numba": (
        N_(
            "They may be numbers or arrays, which broadcast. Results have the widest float"
            " type among the arguments, float64 if none is a float. The arithmetic is float64;"
            " each result is rounded to its type once."
        ),
        N_(
            "Loops are compiled when they are first called. `num_threads` is how many share the"
            " work, for arrays that are contiguous and of one type."
        ),
        N_(
            "Functions that end in a loss take `weight`, which broadcasts against the losses, and"
            ' `reduction`: "none", "sum", or "mean", the weighted mean.'
        ),
    ),
    "python": (N_("They are numbers of Python; nothing but its own math module is needed."),),
    "torch": (
        N_(
            "They may be tensors or numbers, which broadcast. Results have the widest float type"
            " among the tensors, the default one if none is a float. The arithmetic is float64"
            " where the device has it; each result is rounded to its type once."
        ),
        N_(
            "A function is differentiated by the exported derivative, to the order that the page"
            " goes to; beyond it that is an error, not an inaccurate number."
        ),
        N_(
            "Functions that end in a loss take `weight`, which broadcasts against the losses, and"
            ' `reduction`: "none", "sum", or "mean", the weighted mean.'
        ),
    ),
    "jax": (
        N_(
            "They may be arrays or numbers, which broadcast. Results have the widest float type"
            " among the arguments. The arithmetic is float64 if jax_enable_x64 is set, else"
            " float32; each result is rounded to its type once. XLA takes subnormal numbers for 0."
        ),
        N_(
            "A function is differentiated by the exported derivative, to the order that the page"
            " goes to; beyond it that is an error, not an inaccurate number."
        ),
        N_(
            "Functions that end in a loss take `weight`, which broadcasts against the losses, and"
            ' `reduction`: "none", "sum", or "mean", the weighted mean.'
        ),
    ),
}
"""Target -> what its functions take and give, and in which arithmetic."""


@dataclass(frozen=True, slots=True)
class Words:
    """Docstrings for `functions` of a target; `ends` is what these return at the boundary."""

    functions: Functions
    ends: Ends = field(default_factory=dict)
    target: str = "numpy"

    def of_module(self) -> str:
        """The docstring of the module."""
        functions = self.functions.functions
        names = ", ".join(function.name for function in functions)
        domains = "; ".join(map(repr, self.functions.arguments))
        return docstring_of(
            0,
            _("{title}: {names}", title=self.functions.title, names=names),
            _(
                "Written by cesym {version} from its page {page}, on which every line is proved.",
                version=__version__,
                page=self.functions.page,
            ),
            "\n".join(f"    {self.call(f)} = {self.plain(f.term)}" for f in functions),
            _("Arguments: {domains}. It is not checked that they are.", domains=domains),
            *map(_, RULES[self.target]),
            _("An argument that is nan gives nan, if the formula depends on it."),
        )

    def of_function(self, group: Sequence[Function]) -> str:
        """The docstring of one function, or of one that returns what several do."""
        if len(group) > 1:
            names = ", ".join(function.name for function in group)
            return docstring_of(
                4,
                _("Return {names}, as each alone would; into the arrays `out`.", names=names)
                if self.target in ARRAYS
                else _("Return {names}, as each alone would.", names=names),
            )
        (function,) = group
        form, term = function.form, function.term
        return docstring_of(
            4,
            _("Return {term}, into the array `out` if it is given.", term=self.plain(term))
            if self.target in ARRAYS
            else _("Return {term}.", term=self.plain(term)),
            _("Computed as"),
            f"    {self.plain(form)}",
            _("which is proved equal to it; in LaTeX:"),
            f"    {latex(term, self.functions.context)} = {latex(form, self.functions.context)}",
            self.error(function),
            self.at_infinity(function),
        )

    def error(self, function: Function) -> str:
        """How far off the results may be."""
        bound, form, context = function.shown, function.form, self.functions.context
        measured = MEASURED.get(self.plain(form))
        found = None if measured else self.found(form)
        hard = ", ".join(bound.hard)
        heads = {part.head for part in lower(form, context).walk()}
        sentences = [
            self.bounded(bound),
            *map(_, dict.fromkeys(s.words for s in SPECIAL.values() if s.head in heads)),
            measured
            and _(
                "Measured at 10^6 points of every grid, y being 0 or 1: at most {limit} ulp.",
                limit=measured,
            ),
            found and _("Found at {count} points: at most {errors}.", count=points(), errors=found),
            *(self.provided(bound.needs) if bound.needs else ()),
            hard and self.between(function, hard),
            *(self.provided(bound.stated) if bound.stated and not bound.needs else ()),
        ]
        return " ".join(sentence for sentence in sentences if sentence)

    def found(self, form: Expr, setting: str | None = None) -> str:
        """The largest errors that were found of a form; "" if it was not measured."""
        table = largest(self.plain(form), key(self.target, setting))
        each = (
            _("{error} ulp in {format}", error=f"{e:g}", format=name) for name, e in table.items()
        )
        return ", ".join(each)

    def bounded(self, bound: Shown) -> str:
        """The bound of the count of roundings."""
        ulps = math.ceil(bound.ulps)
        single = math.ceil(500 + 1000 * bound.ulps * FLOAT32_SHARE) / 1000
        if bound.hard or bound.stated is None or bound.stated.size is None:
            return _(
                "Error: by count of the roundings at most {bound} ulp in float64 (to first order,"
                " with exp and log good to 1 ulp), and {single} ulp in float32.",
                bound=ulps,
                single=single,
            )
        return _(
            "Error: by count of the roundings at most {bound} ulp of {size} in float64 (to first"
            " order, with exp and log good to 1 ulp), and {single} ulp of it in float32. Where the"
            " result is at least half of that, these are at most twice as many ulp of the result;"
            " where its terms cancel, as close to a root, few of its digits are right.",
            bound=ulps,
            size=self.sized(bound.stated.size),
            single=single,
        )

    def between(self, function: Function, hard: str) -> str:
        """How far off the results may be for labels other than 0 and 1."""
        form, stated = self.plain(function.form), function.shown.stated
        if form in AT_ROOTS and form in MEASURED:
            return _(
                "This is for the values 0 and 1 of {names}; in between, in float64, at most {limit}"
                " ulp, or {size} where that is more, as it is close to the root.",
                names=hard,
                limit=MEASURED[form],
                size=AT_ROOTS[form],
            )
        if stated is None:
            return _(
                "This is for the values 0 and 1 of {names}; in between the result may have a root,"
                " and close to a root few digits are right.",
                names=hard,
            )
        if stated.size is None:
            return _(
                "This is for the values 0 and 1 of {names}; in between at most {bound} ulp.",
                names=hard,
                bound=math.ceil(stated.ulps),
            )
        return _(
            "This is for the values 0 and 1 of {names}; in between at most {bound} ulp of {size},"
            " so that close to a root of the result few of its digits are right.",
            names=hard,
            bound=math.ceil(stated.ulps),
            size=self.sized(stated.size),
        )

    def provided(self, stated: Stated) -> Iterator[str]:
        """What must not overflow or underflow on the way."""
        if len(stated.finite) + len(stated.normal) > MOST_NAMED:
            yield _(
                "This is as long as no result on the way overflows, or is below 2^-1022 and not 0."
            )
            return
        if stated.finite:
            yield _(
                "This is as long as these do not overflow: {terms}.",
                terms=", ".join(map(self.sized, stated.finite)),
            )
        if stated.normal:
            yield _(
                "This is as long as these are 0 or at least 2^-1022: {terms}.",
                terms=", ".join(map(self.sized, stated.normal)),
            )

    def sized(self, node: Node) -> str:
        """The value of a program in the plain language."""
        context = self.functions.context
        found = (context.symbol(d.name) for d in self.functions.arguments)
        symbols = {symbol.name: symbol for symbol in found if isinstance(symbol, Symbol)}
        return self.plain(meaning(node, symbols))

    def at_infinity(self, function: Function) -> str:
        """What arguments give that are infinite, or ends that the domain leaves out."""
        found = self.ends.get(function.name, ())
        values = "; ".join(
            f"{function.name}({', '.join(map(shown, point))}) = {shown(value)}"
            for point, value in found
        )
        return values and _("Limits: {values}.", values=values)

    def call(self, function: Function) -> str:
        """`name(arguments)`."""
        return f"{function.name}({', '.join(d.name for d in self.functions.arguments)})"

    def plain(self, term: Expr) -> str:
        """A term in the plain language."""
        return plain(term, self.functions.context)


def docstring_of(indent: int, *paragraphs: str) -> str:
    """The paragraphs that are not empty as a string literal: raw, and closed nowhere else."""
    margin = " " * indent
    blocks = [_wrapped(_harmless(p), WIDTH - indent) for p in paragraphs if p]
    text = "\n\n".join(blocks)
    mark = 'r"""' if "\\" in text else '"""'
    body = textwrap.indent(mark + text, margin, lambda line: bool(line.strip()))
    return f'{body}"""' if len(blocks) == 1 else f'{body}\n{margin}"""'


def _wrapped(paragraph: str, width: int) -> str:
    """Formulas (indented) and prose, broken at spaces; Chinese has few, and stays as it is."""
    return "\n".join(
        textwrap.fill(
            line.strip(),
            width,
            initial_indent="    " if line.startswith(" ") else "",
            subsequent_indent="        " if line.startswith(" ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in paragraph.splitlines()
    )


def _harmless(text: str) -> str:
    """Without what would end the literal or steer a terminal."""
    kept = (c if c in "\n " or unicodedata.category(c)[0] not in "CZ" else " " for c in text)
    return "".join(kept).replace('"', "'").rstrip("\\ ")
