"""A derivation as a script that needs SymPy and nothing else: it derives the page again and asserts
every line.

It is there so that a user of SymPy can see that nothing is hidden. It is no proof in cesym's sense:
what it leaves to samples, it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rich.text import Text
from sympy import Basic, Expr, IndexedBase

from cesym import __version__
from cesym.derivation.steps import Derivation, ProvedChain, StatedDefinition
from cesym.documents import Style
from cesym.documents.glyphs import RELATIONS
from cesym.documents.prose import readable, spans
from cesym.documents.statements import defined_names
from cesym.documents.sympy_code import FROM_SYMPY, NUMERIC_FUNCTIONS, definition, identifier, python
from cesym.documents.sympy_symbols import scalar, sizes_of, vector
from cesym.documents.unicode import unicode_line
from cesym.documents.wrapping import wrap
from cesym.errors import OutputError
from cesym.messages import _
from cesym.reader.pages import Heading
from cesym.terms.claim import IFF, IS
from cesym.terms.context import Definition
from cesym.terms.domains import IndexRange
from cesym.terms.optimisation import ArgMin, MinValue
from cesym.terms.printing import RELATIONS as LATEX_RELATIONS

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH = 100
INDENT = "    "

_OWN = (
    "SMOOTH BY_SIGN SAMPLES GIVEN term lines unit real number one_of indices cases simplified "
    "holds at_points minimiser minimum begin step told sys combinations prod Symbol Integer factor "
    "simplify expand expand_log Pow print sum range x"
)
OWN = frozenset(_OWN.split())
"""Names of the script itself, which no name of a page may take."""

_ALWAYS = (
    "Abs Integer Max Min Piecewise Pow Rational Symbol diff exp expand expand_log factor log sign "
    "simplify"
)
ALWAYS = frozenset(_ALWAYS.split())
"""What every script imports."""

TRIED: dict[type, str] = {ArgMin: "minimiser", MinValue: "minimum"}
"""Head -> the function of the script that tries what is said of it."""


def write(derivation: Derivation, style: Style) -> str:
    """The script. Raises OutputError for a page with something that SymPy alone cannot say: whole
    vectors, constraints; and for sums over several sizes, with which SymPy takes minutes.
    """
    script = _Script(derivation)
    body = list(script.body())
    words = set(re.findall(r"\w+", "\n".join(body)))
    functions = {name: definition(name) for name in sorted(NUMERIC_FUNCTIONS & words)}
    words |= {word for code in functions.values() for word in re.findall(r"\w+", code)}
    return _template().render(
        title=_comment(derivation.title),
        about=_about(script.sizes),
        points=_literal(f" ({_('at {count} points')})"),
        hold=_literal(_("all {count} lines hold")),
        unchecked=_literal(f" ({_('not checked here')})"),
        used=words,
        imports=", ".join(sorted(ALWAYS | (words & FROM_SYMPY), key=str.lower)),
        functions=functions.items(),
        body=body,
    )


def _about(sizes: Sequence[str]) -> str:
    """What the script does, and how, in lines."""
    parts = [
        _(
            "Written by cesym {version}. It needs Python and SymPy, and nothing else.",
            version=__version__,
        ),
        _(
            "Every line of the page is derived and checked here with SymPy alone. Derivatives are "
            "taken by sympy.diff from the definitions, and every line is asserted: its two sides "
            "are equal for all values of the symbols."
        ),
        _(
            "How that is decided: a number between 0 and 1 is written w/(1 + w) with w > 0, and a "
            "real number is written log(t) with t > 0, or, where signs matter, as a positive "
            "number, a negative number and 0, one after the other. Then everything is made of "
            "rational functions and logarithms of positive numbers, which SymPy expands without "
            "any forcing, and the difference of the two sides has to come out as 0."
        ),
        _(
            "An inequality that SymPy cannot show in this way is tried at some points, and the "
            "line says so."
        ),
    ]
    if sizes:
        parts.append(
            _(
                "A sum with {names} terms is checked for the sizes 1, 2 and 3, with a symbol for "
                "every entry. That is no proof for all sizes; cesym itself proves it for a "
                "symbolic size.",
                names=", ".join(sizes),
            )
        )
    return "\n\n".join("\n".join(line.plain for line in wrap(Text(part), WIDTH)) for part in parts)


class _Script:
    """One derivation. Symbols are declared before the first line that needs them."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.context = derivation.context
        self.calls = defined_names(derivation)
        self.declared: set[str] = set()
        self.sizes: list[str] = sorted({size for d in self.context for size in sizes_of(d)})
        definitions = self.context.definitions.values()
        self.called = frozenset(d.name for d in definitions if not d.parameters and self.later(d))

    def body(self) -> Iterator[str]:
        for block in self.derivation.blocks:
            if isinstance(block, Heading):
                yield f"\nprint({_literal(chr(10) + block.text)})"
            elif isinstance(block, StatedDefinition):
                yield from self.definition(block.definition)
            elif isinstance(block, tuple):
                for chain in block:
                    yield from self.chain(chain)

    def definition(self, definition: Definition) -> Iterator[str]:
        yield from self.declare(definition.body)
        name = self.name(definition.name)
        body = self.code(definition.body)
        if definition.parameters or self.later(definition):
            names = ", ".join(self.name(parameter.name) for parameter in definition.parameters)
            yield f"\n\ndef {name}({names}):\n{INDENT}return {body}\n\n"
        else:
            yield f"{name} = {body}"

    def later(self, definition: Definition) -> bool:
        """Whether a definition without parameters needs sizes, so that only a loop can tell it."""
        names = {str(getattr(s, "name", s)) for s in self.free(definition.body)}
        declared = [self.context.declarations[n] for n in names & set(self.context.declarations)]
        return bool(names & set(self.sizes)) or any(sizes_of(d) for d in declared)

    def chain(self, chain: ProvedChain) -> Iterator[str]:
        """The lines of a chain; for some small sizes where it has entries of vectors in it."""
        if any(step.operator in (IFF, IS) for step in chain.steps):
            yield from self.said(chain)
            return
        # An equation between vectors stands in a context with the indices of its entries.
        page, self.context = self.context, chain.context
        yield from self.looped(chain)
        self.context = page

    def looped(self, chain: ProvedChain) -> Iterator[str]:
        """The lines of a chain in the loops that they need."""
        terms = [chain.start, *(step.after for step in chain.steps)]
        names = self.names(*terms)
        declarations = [self.context.declarations[name] for name in sorted(names)]
        given = list(self.given(chain))
        yield from self.declare(*terms)
        yield from ["", *given]
        loops = sorted(
            {size for d in declarations for size in sizes_of(d)} | names & set(self.sizes)
        )
        if len(loops) > 1:
            raise OutputError(
                "sums over {names} together take SymPy alone too long", names=", ".join(loops)
            )
        depth = 0
        for size in loops:
            yield f"{INDENT * depth}for {self.name(size)} in indices(1, 3):"
            depth += 1
        for declaration in declarations:
            if declaration.shape:
                yield f"{INDENT * depth}{self.name(declaration.name)} = {vector(declaration)}"
        for declaration in declarations:
            if isinstance(declaration.domain, IndexRange):
                name, size = self.name(declaration.name), declaration.domain.size
                yield f"{INDENT * depth}for {name} in indices(1, {size}):"
                loops.append(declaration.name)
                depth += 1
        for line in self.lines(chain, loops):
            yield "\n".join(INDENT * depth + part for part in line.split("\n"))
        if given:
            yield "GIVEN.clear()"

    def said(self, chain: ProvedChain) -> Iterator[str]:
        """What says more than a relation, told and not checked."""
        before = chain.latex
        for step in chain.steps:
            sign = LATEX_RELATIONS[step.operator]
            text = self.shown(" ".join(part for part in (before, sign, step.latex) if part))
            yield _call("told", [_literal(text)])
            before = step.latex

    def lines(self, chain: ProvedChain, loops: Sequence[str]) -> Iterator[str]:
        """The calls that say a chain. Inside of loops the first one names their values."""
        where = ", ".join(f"{name} = {{{self.name(name)}}}" for name in loops)
        yield _call(
            "begin",
            [
                _literal(self.shown(chain.latex)),
                self.start(chain),
                *([f'f"{where}"'] if where else []),
            ],
        )
        for step in chain.steps:
            relation = RELATIONS[LATEX_RELATIONS[step.operator]]
            parts = [_literal(relation), _literal(self.shown(step.latex)), self.code(step.after)]
            reason = "".join(
                self.shown(s.text) if s.mathematics else readable(s.text)
                for s in spans(step.reason)
            )
            yield _call("step", parts + ([_literal(reason)] if reason else []))

    def start(self, chain: ProvedChain) -> str:
        """The first term; a minimiser or a minimum is tried with what it is said to be."""
        function = TRIED.get(type(chain.start))
        if function is None or not chain.steps or not chain.start.args[1].is_Symbol:
            return self.code(chain.start)
        parts = (*chain.start.args, chain.steps[0].after)
        return f"{function}({', '.join(map(self.code, parts))})"

    def given(self, chain: ProvedChain) -> Iterator[str]:
        """The hypotheses that are equalities. Without the others the script asserts no less."""
        hypotheses = {h.text: h for step in chain.steps for h in step.verdict.hypotheses}
        for hypothesis in hypotheses.values():
            if hypothesis.operator != "==":
                continue
            left, right = hypothesis.left, hypothesis.right
            if not left.is_Symbol or left in right.free_symbols:
                raise OutputError(
                    "the hypothesis {text} cannot be written for SymPy alone yet",
                    text=hypothesis.text,
                )
            yield f"GIVEN[{self.code(left)}] = {self.code(right)}"

    # Names.

    def name(self, name: str) -> str:
        return identifier(name, OWN)

    def code(self, term: Expr) -> str:
        return python(term, self.context, OWN, called=self.called)

    def shown(self, latex: str) -> str:
        return unicode_line(latex, calls=self.calls)

    def names(self, *terms: Expr) -> set[str]:
        """The declared names in terms, those inside of definitions too."""
        found: set[str] = set()
        for term in terms:
            found |= {str(s.name if isinstance(s, IndexedBase) else s) for s in self.free(term)}
        return found & set(self.context.declarations)

    def free(self, term: Expr) -> set[Basic]:
        """The symbols in a term, those inside of definitions too."""
        return term.free_symbols | self.context.unfold_definitions(term).free_symbols

    def declare(self, *terms: Expr) -> Iterator[str]:
        """The symbols that are not declared yet. Indices and vectors get theirs in the loops."""
        for name in self.context.declarations:
            declaration = self.context.declarations[name]
            plain_number = (
                not declaration.shape
                and not isinstance(declaration.domain, IndexRange)
                and name not in self.sizes
            )
            if plain_number and name in self.names(*terms) and name not in self.declared:
                self.declared.add(name)
                yield f"{self.name(name)} = {scalar(declaration, repr(name))}"


def _call(function: str, arguments: list[str]) -> str:
    """A call in one line, or with a line for each argument when it is too long for one."""
    short = f"{function}({', '.join(arguments)})"
    if len(short) <= WIDTH:
        return short
    return f"{function}(\n" + "".join(f"{INDENT}{argument},\n" for argument in arguments) + ")"


def _literal(text: str) -> str:
    """A string of Python."""
    return repr(text).replace("'", '"') if "'" not in text and '"' not in text else repr(text)


def _comment(text: str) -> str:
    """Text for the docstring: on one line, and unable to end it."""
    return " ".join(text.split()).replace("\\", "/").replace('"', "'")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cesym.documents"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("script.py.j2")
