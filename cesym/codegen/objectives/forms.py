"""Which objective a page exports, found by proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cesym.codegen.functions import Functions, declared_in, functions_of
from cesym.codegen.objectives.table import OBJECTIVES, ObjectiveForm
from cesym.codegen.rowwise import RowLoss, row_loss_of
from cesym.codegen.rowwise.programs import Meaning, program
from cesym.codegen.rowwise.table import ALONG
from cesym.derivation import Derivation, derive
from cesym.derivation.verification import verify
from cesym.errors import UnsupportedTerm
from cesym.reader.plain.domains import parse_domain
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, IndexRange
from cesym.terms.printing import plain

SECONDS = 20.0
"""The budget of one proof."""

BOUND = ("i", "k", "l", "m", "c")
"""The names in the forms that sums bind, or that stand for a second entry."""


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective: `forms` are what its functions compute, in the names of the page.

    `sample` is what is exported for the loss of a sample, with the functions that are reused.
    """

    page: str
    title: str
    form: ObjectiveForm
    names: Mapping[str, str]
    forms: Mapping[str, str]
    sample: Functions | RowLoss


def objective_of(derivation: Derivation) -> Objective | None:
    """The objective that a derivation exports, None if it exports nothing of matrices.

    Raises UnsupportedTerm when it exports something of matrices that is not proved equal to an
    objective of the table.

    >>> found = objective_of(derive("logistic-regression"))
    >>> found.form.name, sorted(found.forms)
    ('logistic regression', ['bias_gradient', 'gradient', 'objective'])
    """
    context = Context(derivation.context.declarations, (), derivation.context.definitions)
    unfolded = {e.name: context.unfold_definitions(e.term) for e in derivation.exports}
    used = list(declared_in(unfolded.values(), context))
    if all(len(declaration.shape) < 2 for declaration in used):
        return None
    exported = {name: plain(term, context) for name, term in unfolded.items()}
    for form in OBJECTIVES:
        if form.exports.keys() == exported.keys():
            for matched in _matches(form, used, context):
                if matched.proved(exported):
                    return matched.found(derivation)
    raise UnsupportedTerm(
        "what {page} exports is no objective of training that is known here",
        remedy="export objective, gradient and bias_gradient of one of these: {known}",
        page=derivation.name,
        known=", ".join(form.name for form in OBJECTIVES),
    )


def _matches(form: ObjectiveForm, used: list[Declaration], context: Context) -> Iterator[_Matched]:
    """The ways to take the declarations of a page for those of a form."""
    sizes = {size for d in used for size in d.shape}
    left = [d for d in used if d.name not in sizes]
    if len(left) == len(form.declared):
        for names in _assigned(list(form.declared.items()), left, {}):
            taken = {d.name for d in context}
            fresh = (n for n in (f"i{number}" for number in range(1, 99)) if n not in taken)
            bound = dict(zip(BOUND, fresh, strict=False))
            yield _Matched(form, {**names, **bound})


def _assigned(
    wanted: list[tuple[str, str]], left: list[Declaration], sizes: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Names of the form -> names of the page, sizes included."""
    if not wanted:
        yield dict(sizes)
        return
    (name, domain), *rest = wanted
    for declaration in left:
        matched = _same(domain, declaration, sizes)
        if matched is not None:
            others = [d for d in left if d is not declaration]
            for more in _assigned(rest, others, matched):
                yield {**more, name: declaration.name}


def _same(
    text: str, declaration: Declaration, sizes: Mapping[str, str]
) -> Mapping[str, str] | None:
    """The sizes, with those that make the declaration live where `text` says; None if none do."""
    domain, shape, constraint = parse_domain(text)
    given, found = list(shape), list(declaration.shape)
    if isinstance(domain, IndexRange) and isinstance(declaration.domain, IndexRange):
        given, found = [*given, domain.size], [*found, declaration.domain.size]
    elif domain != declaration.domain:
        return None
    if constraint != declaration.constraint or len(given) != len(found):
        return None
    matched: dict[str, str] = dict(sizes)
    for ours, theirs in zip(given, found, strict=True):
        if matched.setdefault(str(ours), str(theirs)) != str(theirs):
            return None
    return matched if len({*matched.values()}) == len(matched) else None


@dataclass(frozen=True, slots=True)
class _Matched:
    """A form whose symbols have the names of a page."""

    form: ObjectiveForm
    names: Mapping[str, str]

    def renamed(self, text: str) -> str:
        """A formula of the form in the names of the page."""
        return re.sub(r"\b[A-Za-z]\w*\b", lambda word: self.names.get(word[0], word[0]), text)

    @property
    def let(self) -> list[str]:
        """What is declared, with a second index for every one that there is."""
        every = {**self.form.declared, **self.form.second}
        return [self.renamed(f"{name} in {domain}") for name, domain in every.items()]

    def proved(self, exported: Mapping[str, str]) -> bool:
        """Whether the page exports this, and the derivatives are what is computed."""
        objective = self.form.exports["objective"]
        pairs = [(exported[name], self.renamed(text)) for name, text in self.form.exports.items()]
        pairs += [
            (self.renamed(f"diff({objective}, {by})"), self.renamed(self.form.exports[name]))
            for name, by in self.form.slopes.items()
        ]
        pairs += [
            (self.renamed(left.format(objective=objective)), self.renamed(right))
            for left, right in self.form.more
        ]
        return all(_proved(left, right, self.let) for left, right in pairs)

    def found(self, derivation: Derivation) -> Objective:
        """The objective, once it is proved that the samples are computed as the forms say."""
        source = derive(self.form.sample)
        sample = row_loss_of(source) or functions_of(source)
        lemmas = [(formula, name, *_computed(sample, name)) for formula, name in self.form.lemmas]
        if self.form.along:
            lemmas.append((self.form.along, "hessian", *_moved()))
        for formula, name, written, places in lemmas:
            let = [*self.form.variables, *(f"{place} in index(K)" for place in places)]
            if not _proved(formula, written, let):
                raise UnsupportedTerm(
                    "the {name} of {page} is not proved equal to what the samples need",
                    remedy="change the page back",
                    name=name,
                    page=self.form.sample,
                )
        forms = {name: self.renamed(text) for name, text in self.form.exports.items()}
        names = (derivation.name, derivation.title)
        return Objective(*names, self.form, self.names, forms, sample)


def _computed(sample: Functions | RowLoss, name: str) -> tuple[str, tuple[str, ...]]:
    """The form that is computed for a sample, and the places of the largest logit in it."""
    if isinstance(sample, RowLoss):
        return sample.forms[name], sample.places
    function = next(f for f in sample.functions if f.name == name)
    return plain(function.form, sample.context), ()


def _moved() -> tuple[str, tuple[str, ...]]:
    """What `ALONG` computes of a row v that is moved by one of its entries, at the place a."""
    meaning = Meaning({"z": "z[{i}]", "v": "(v[{i}] - v[a])"}, "K", {"z": "a"}, ("l", "m"))
    return meaning.at(program(ALONG.rows["along"]), "j"), ("a",)


def _proved(left: str, right: str, let: list[str]) -> bool:
    return verify(f"{left} == {right}", let=let, seconds=SECONDS).proved
