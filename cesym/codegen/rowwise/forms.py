"""Which loss of rows a page exports, found by proof.

With a the place of the largest logit (any a will do for the proof) the sum in

    LSE(z) = z_a + log1p(sum over l != a of e^(z_l - z_a))

has no term above 1 and loses none beside the 1; and the entry of the gradient at the class c,
softmax(z)_c - 1, is minus the sum of all others over the total, which is no difference. What is
exported is recognised by proof, not by its shape: if the prover shows it equal to the form of a row
of the table, the code computes it. The derivatives in the table are proved as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from types import MappingProxyType

from cesym.codegen.functions import declared_in
from cesym.codegen.nodes import Node
from cesym.codegen.rowwise.programs import Meaning, program
from cesym.codegen.rowwise.table import ROW_FORMS, RowForm
from cesym.derivation import Derivation
from cesym.derivation.verification import verify
from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.domains import REAL, UNIT, Declaration, IndexRange, Interval, sizes_of
from cesym.terms.printing import plain

SECONDS = 20.0
"""The budget of one proof."""

POSITIVE = Interval(Fraction(0), None, lower_open=True)

KINDS: Mapping[str, Callable[[Declaration], bool]] = MappingProxyType(
    {
        "logits": lambda d: len(d.shape) == 1 and d.constraint is None and d.domain == REAL,
        "target": lambda d: len(d.shape) == 1 and d.constraint == "simplex",
        "probabilities": lambda d: len(d.shape) == 1 and not d.constraint and d.domain == POSITIVE,
        "positive": lambda d: d.shape == () and d.domain == POSITIVE,
        "share": lambda d: d.shape == () and d.domain == UNIT,
        "class": lambda d: d.shape == () and isinstance(d.domain, IndexRange),
    }
)
"""Kind of an argument -> whether a declaration is of it."""


@dataclass(frozen=True, slots=True)
class RowLoss:
    """A loss of rows: `exported` and `forms` in the plain language, each pair proved equal.

    `form` is the row of the table, and `names` are the names of its roles on the page. `places` are
    the indices in the forms that stand for the places of the largest logits, and `entry` that of an
    entry. `class_forms` say what each export is for a target that is 1 at one class, and how that
    is computed.
    """

    page: str
    title: str
    form: RowForm
    names: Mapping[str, str]
    places: tuple[str, ...]
    entry: str
    exported: Mapping[str, str]
    forms: Mapping[str, str]
    class_forms: Mapping[str, tuple[str, str]]

    @property
    def logits(self) -> str:
        """The name of the logits on the page."""
        return self.names["z"]

    @property
    def index(self) -> str:
        """The index in the forms that stands for the place of the largest logit."""
        return self.places[0]

    @property
    def target(self) -> str:
        """The name of the target on the page."""
        return self.names["p"]


def row_loss_of(derivation: Derivation) -> RowLoss | None:
    """The loss of rows that a derivation exports, None if it exports functions of numbers.

    Raises UnsupportedTerm when it exports something else of vectors, or what is not proved equal to
    any row of the table.

    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> found.form.name, found.logits, found.target, sorted(found.forms)
    ('cross-entropy', 'z', 'p', ['gradient', 'loss'])
    """
    context = Context(derivation.context.declarations, (), derivation.context.definitions)
    unfolded = {e.name: context.unfold_definitions(e.term) for e in derivation.exports}
    used = list(declared_in(unfolded.values(), context))
    if all(declaration.shape == () for declaration in used):
        return None
    exported = {name: plain(term, context) for name, term in unfolded.items()}
    for form in ROW_FORMS:
        if exported.keys() == form.programs.keys():
            for attempt in _attempts(form, used, context, exported):
                if attempt.proved():
                    return attempt.found(derivation, context)
    raise UnsupportedTerm(
        "what {page} exports is no loss of rows that is known here",
        remedy="export the functions of one of these, no more and no less: {known}",
        page=derivation.name,
        known="; ".join(f"{form.name} ({', '.join(form.programs)})" for form in ROW_FORMS),
    )


def _attempts(
    form: RowForm, used: list[Declaration], context: Context, exported: Mapping[str, str]
) -> Iterator[_Attempt]:
    """The ways to take the declarations for the arguments of a form and the index of an entry."""
    wanted = {name: kind for given in form.inputs for name, kind in given.declared.items()}
    sizes = {size for d in used for size in sizes_of(d)}
    used = [d for d in used if d.name not in sizes]
    if len(sizes) != 1 or not len(wanted) <= len(used) <= len(wanted) + 1:
        return
    for order in permutations(used):
        first, left = order[: len(wanted)], order[len(wanted) :]
        if all(KINDS[kind](d) for kind, d in zip(wanted.values(), first, strict=True)) and all(
            KINDS["class"](d) for d in left
        ):
            names = dict(zip(wanted, (d.name for d in first), strict=True))
            let = tuple(map(repr, first))
            entry = left[0].name if left else None
            size = str(*sizes)
            yield _Attempt(form, {**names, "K": size}, let, size, _spare(context), entry, exported)


def _spare(context: Context) -> tuple[str, ...]:
    """Names that the page does not use."""
    taken = {d.name for d in context}
    return tuple(n for n in (f"i{number}" for number in range(1, 30)) if n not in taken)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A page held against a form: which declaration is which argument."""

    form: RowForm
    names: Mapping[str, str]
    declared: tuple[str, ...]
    size: str
    spare: tuple[str, ...]
    given_entry: str | None
    exported: Mapping[str, str]

    @property
    def entry(self) -> str:
        """The index of an entry."""
        return self.given_entry or self.spare[0]

    @property
    def places(self) -> dict[str, str]:
        """The places of the largest logits."""
        return dict(zip(self.form.logits, self.spare[2:5], strict=False))

    def let(self, **instead: str) -> list[str]:
        """What is declared; of a role in `instead`, where else it lives."""
        changed = {self.names[role]: domain for role, domain in instead.items()}
        kept = [text for text in self.declared if text.split()[0] not in changed]
        indices = (self.entry, self.spare[1], *self.places.values())
        return [
            *kept,
            *(f"{name} in {domain}" for name, domain in changed.items()),
            *(f"{index} in index({self.size})" for index in indices),
        ]

    def meaning(self, **more: str) -> Meaning:
        """What programs mean with the names of the page; arguments in `more` mean that."""
        # Names in front of the index {i}, which is filled in where a program stands.
        inputs = {g.role: g.entry.format(**self.names, i="{i}") for g in self.form.inputs}
        return Meaning({**inputs, **more}, self.size, self.places, self.spare[5:])

    def formula(self, name: str, index: str | None = None) -> str:
        """The form of a function, by its name."""
        return self.meaning().at(self.programs[name], index or self.entry)

    @property
    def programs(self) -> dict[str, Node]:
        """The programs of all functions."""
        every = {**self.form.programs, **self.form.more}
        return {name: program(text) for name, text in every.items()}

    def proved(self) -> bool:
        """Whether all that this would mean is proved: first what is exported, which decides."""
        return all(verify(claim, let=let, seconds=SECONDS).proved for claim, let in self.claims())

    def claims(self) -> Iterator[tuple[str, list[str]]]:
        """What has to be proved: the exports, the same for a known class, the derivatives."""
        for name, exported in self.exported.items():
            yield f"{exported} == {self.formula(name)}", self.let()
        for name in self.form.classes:
            yield " == ".join(self.class_form(name)), self.let()
            yield self.one_hot(name), self.let()
        for (name, role), partial in self.form.partials.items():
            yield from self.derivative(name, role, partial.forward, backward=False)
            if partial.backward:
                yield from self.derivative(name, role, partial.backward, backward=True)

    def for_the_class(self, meaning: Meaning) -> Meaning:
        """The same for a target that is 1 at the class of the entry."""
        return replace(meaning, known="p", known_class=self.entry)

    def class_form(self, name: str) -> tuple[str, str]:
        """What an export is for a known class, and the form that is computed."""
        what = self.form.classes[name].format(**self.names, j=self.entry)
        known = self.for_the_class(self.meaning())
        return what, known.at(self.programs[name], self.entry)

    def one_hot(self, name: str) -> str:
        """The general form of a target that is 1 at one class is what is computed for the class."""
        index, inputs = self.spare[1], self.meaning(p=f"delta({{i}}, {self.entry})")
        node = self.programs[name]
        known = self.for_the_class(inputs)
        at_class, elsewhere = known.at(node, self.entry), known.at(node, index)
        delta = f"delta({index}, {self.entry})"
        return f"{inputs.at(node, index)} == {delta}*({at_class}) + (1 - {delta})*({elsewhere})"

    def derivative(
        self, name: str, role: str, text: str, *, backward: bool
    ) -> Iterator[tuple[str, list[str]]]:
        """That a program is the derivative of a function in an argument, entry by entry.

        The program is linear in v, so that it is enough to look at v = 1 at one class.
        """
        one, other = self.entry, self.spare[1]
        node = self.programs.get(text) or program(text)
        number = name in self.form.numbers
        by, at = (one, one) if number else (other, one)
        inputs = self.meaning() if number else self.meaning(v=f"delta({{i}}, {other})")
        if backward:
            by, at = one, other
        # A target is varied off the simplex, where the form is what is differentiated.
        free = "target" in self.form.input(role).declared.values()
        function = self.formula(name, at) if free or name not in self.exported else ""
        function = function or self.exported[name]
        let = self.let(p=f"real^{self.size}") if free else self.let()
        result = inputs.at(node, one)
        yield f"diff({function}, {self.names[role]}[{by}]) == {result}", let

    def found(self, derivation: Derivation, context: Context) -> RowLoss:
        """What was proved."""
        return RowLoss(
            derivation.name,
            derivation.title,
            self.form,
            self.names,
            tuple(self.places.values()),
            self.entry,
            {e.name: plain(e.term, context) for e in derivation.exports},
            {name: self.formula(name) for name in self.exported},
            {name: self.class_form(name) for name in self.form.classes},
        )
