r"""A derivation in other conventions: the names of symbols, how the logarithm is written, and the
results in other units, for other labels, for many samples.

A page is written anew, formula by formula, and what was written is a page like any other: it is
read, derived and proved from its text. So nothing here is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from cesym.derivation.drafting.continuing import draft_after
from cesym.derivation.drafting.labels import KINDS, with_labels
from cesym.derivation.drafting.layouts import in_layout
from cesym.derivation.drafting.samples import REDUCTIONS, over_samples
from cesym.derivation.drafting.units import UNITS, in_base
from cesym.derivation.outline import outline_of
from cesym.errors import DeclarationError, Place, ReadError
from cesym.messages import using_language
from cesym.reader.latex.formula import Formula
from cesym.reader.latex.occurrences import Occurrence, occurrences, tokens_of
from cesym.reader.latex.statements import NewName, read_new_name, reader
from cesym.reader.latex.tables import WORDS
from cesym.reader.pages import LAYOUTS, Page
from cesym.reader.reading import read_mathematics
from cesym.reader.respelling import Edit, extended, formulas_of, respelled
from cesym.terms.context import Context
from cesym.terms.printing.names import latex_of_identifier

RENAMING = "<rename>"
"""How places in a renaming are named."""

LN = r"\ln"

RESERVED = frozenset({*WORDS, "e", "pi", "d", "E", "I", "delta", "Gamma"}) - {"sigma"}
"""Names that lines which are worked out use for something else. A page that says nothing of the
sigmoid may have a `sigma`: it is printed as a word then.
"""

CHOICES: dict[str, tuple[object, ...]] = {
    "labels": tuple(KINDS),
    "reduction": tuple(REDUCTIONS),
    "log_base": tuple(UNITS),
    "layout": LAYOUTS,
}
"""Convention -> what it can be."""


@dataclass(frozen=True, slots=True)
class Conventions:
    r"""How a derivation is to be written.

    `rename` maps symbols of the page to other ones, in LaTeX or as identifiers: `{"s": "z",
    r"\hat{y}": "q"}`; all are renamed at once, so that two may change places. `ln` writes the
    natural logarithm `\ln`.

    The others add a section with the results in another convention, under exports of their own:
    `labels`, (-1, 1) or (0, 1), the loss for labels with a sign or without; `reduction`, `sum` or
    `mean`, the loss over any number of samples; `log_base`, 2 or 10, all exports in units of this
    base. What a page has already adds nothing.

    `layout`, `numerator` or `denominator`, writes derivatives by whole vectors and matrices as
    fractions in this layout, and says at the end what it means.

    Raises ReadError for another value.
    """

    rename: Mapping[str, str] = field(default_factory=dict)
    ln: bool = False
    labels: tuple[int, int] | None = None
    reduction: str | None = None
    log_base: int | None = None
    layout: str | None = None

    def __post_init__(self) -> None:
        for name, values in CHOICES.items():
            if (value := getattr(self, name)) is not None and value not in values:
                raise ReadError(
                    "{name} cannot be {value}",
                    remedy="it is one of {values}",
                    name=name,
                    value=str(value),
                    values=", ".join(map(str, values)),
                )


def in_conventions(page: Page, conventions: Conventions) -> Page:
    r"""The page as `conventions` have it, still to be derived.

    Raises UnsupportedTerm for a page without the results that a section speaks of;
    DeclarationError for a symbol that the page does not declare or define, for a new name
    that it uses already, and for one that cannot take the place of the old; ReadError for a name or
    a formula of the page that cannot be read.

    >>> from cesym.reader.pages import read_page
    >>> page = read_page("Let $x > 0$.\n\n$$\nf(x) := \\log x_0\n$$", "a.md", "en")
    >>> print(in_conventions(page, Conventions({"x": r"\mu"}, ln=True)).text)
    Let $\mu > 0$.
    <BLANKLINE>
    $$
    f(\mu) := \ln \mu_0
    $$
    """
    if conventions.layout:
        page = in_layout(page, conventions.layout)
    page = _with_sections(page, conventions)
    if conventions.ln:
        page = replace(respelled(page, _natural), logarithm=LN)
    if conventions.rename:
        renamed = _renamed(page, conventions.rename)
        page = replace(renamed, logarithm=page.logarithm)
    return page


def _with_sections(page: Page, conventions: Conventions) -> Page:
    """The page with a section for each convention that has one."""
    if not (conventions.labels or conventions.reduction or conventions.log_base):
        return page
    outline = outline_of(read_mathematics(page))
    draft, exports = draft_after(outline), {}
    with using_language(outline.language):
        if conventions.labels:
            exports |= with_labels(draft, outline, conventions.labels)
        if conventions.reduction:
            exports |= over_samples(draft, outline, conventions.reduction)
        if conventions.log_base:
            exports |= in_base(draft, outline, conventions.log_base)
    return extended(page, "\n\n".join(draft.parts), exports) if draft.parts else page


def _natural(formula: Formula) -> Iterator[Edit]:
    r"""`\ln` for every `\log` without a base."""
    for tokens in tokens_of(formula):
        shown = [token for token in tokens if token.kind != "space"]
        for token, after in pairwise(shown):
            if token.says("\\log") and not after.says("_"):
                yield Edit(token.at, LN)


# Names.


def _renamed(page: Page, rename: Mapping[str, str]) -> Page:
    context = read_mathematics(page).context
    table: dict[str, NewName] = {}
    for old, new in rename.items():
        name = _old_name(old, new, context)
        if name in table:
            raise DeclarationError(
                "{name} is renamed twice",
                place=_place(old, new),
                remedy="give each symbol one name",
                name=old,
            )
        table[name] = _name(new)
    names = tuple(found for formula in formulas_of(page) for found in occurrences(formula, context))
    _refuse_clashes(rename, table, names, context)

    def editing(formula: Formula) -> Iterator[Edit]:
        for found in occurrences(formula, context):
            if found.name in table:
                first, *closing = found.pieces
                yield Edit(first, table[found.name].latex)
                yield from (Edit(at, "") for at in closing)

    return respelled(page, editing)


def _old_name(old: str, new: str, context: Context) -> str:
    """The identifier of a symbol of the page."""
    known = {**context.declarations, **context.definitions}
    name = old if old in known else _name(old).name
    if name not in known:
        raise DeclarationError(
            "the page has no symbol {name}",
            place=_place(old, new),
            remedy="its symbols are {names}",
            name=old,
            names=", ".join(known[one].latex or one for one in sorted(known)),
        )
    return name


def _name(text: str) -> NewName:
    """A name, in LaTeX or as an identifier of several letters. Raises ReadError."""
    latex = latex_of_identifier(text) if text.isidentifier() and len(text) > 1 else text
    formula = Formula(latex, RENAMING)
    cursor = reader(formula, Context())
    found = read_new_name(cursor)
    if cursor.token.kind != "stop":
        raise formula.error(
            cursor.token.at,
            "one symbol is expected",
            "write it as in a formula, such as {example}",
            example="\\hat{y}",
        )
    return found


def _refuse_clashes(
    rename: Mapping[str, str],
    table: Mapping[str, NewName],
    names: Sequence[Occurrence],
    context: Context,
) -> None:
    """Refuse new names that mean something already, or cannot stand where the old one does."""
    used = {found.name for found in names} | {*context.declarations, *context.definitions}
    scripted = {found.name for found in names if found.scripted}
    taken: set[str] = set()
    for (old, text), (name, new) in zip(rename.items(), table.items(), strict=True):
        if new.name in RESERVED:
            raise DeclarationError(
                "{name} has a meaning of its own, and cannot be the name of a symbol",
                place=_place(old, text),
                remedy="choose another name",
                name=text,
            )
        if new.name in taken or any(_confused(new, one, context) for one in used - {*table}):
            raise DeclarationError(
                "the page uses {name} already",
                place=_place(old, text),
                remedy="choose another name, or rename that symbol too",
                name=text,
            )
        taken.add(new.name)
        if name in scripted and new.name != new.base.name:
            raise DeclarationError(
                "{name} has indices or primes, so its new name has no subscript, star or prime",
                place=_place(old, text),
                remedy="choose a name such as {example}",
                name=old,
                example="z",
            )


def _confused(new: NewName, used: str, context: Context) -> bool:
    """Whether a new name is one that is used, an entry of it, or has it for an entry."""
    below = new.subscript is not None and new.base.name == used and context.kind(used) == "vector"
    return new.name == used or below or used.startswith(f"{new.name}_")


def _place(old: str, new: str) -> Place:
    return Place(RENAMING, 1, 1, f"{old}={new}")
