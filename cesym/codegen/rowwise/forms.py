"""The forms in which a loss of rows is computed, each proved equal to what a page exports.

With a the place of the largest logit (any a will do for the proof) the sum in

    LSE(z) = z_a + log1p(sum over l != a of e^(z_l - z_a))

has no term above 1 and loses none beside the 1; and the entry of the gradient at the class c,
softmax(z)_c - 1, is minus the sum of all others over the total, which is no difference. What is
exported is recognised by proof, not by its shape: if the prover shows it equal to the form here,
the code computes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cesym.derivation import Derivation, Export
from cesym.derivation.verification import verify
from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, IndexRange
from cesym.terms.printing import plain

SECONDS = 20.0
"""The budget of one proof."""

REST = "(sum(exp({z}[{l}] - {z}[{a}]), ({l}, 1, {K})) - 1)"
"""The sum of all powers but the largest."""

OTHERS = "(sum(exp({z}[{l}] - {z}[{a}]), ({l}, 1, {K})) - exp({z}[{j}] - {z}[{a}]))"
"""The sum of all powers but that of class j."""

FORMS: Mapping[str, str] = MappingProxyType(
    {
        "loss": f"sum({{p}}[{{k}}]*(({{z}}[{{a}}] - {{z}}[{{k}}]) + log1p({REST})),"
        " ({k}, 1, {K}))",
        "gradient": f"((1 - {{p}}[{{j}}])*exp({{z}}[{{j}}] - {{z}}[{{a}}]) - {{p}}[{{j}}]*{OTHERS})"
        f"/(1 + {REST})",
    }
)
"""What is exported -> the form that is computed, for a target of probabilities."""

CLASS_FORMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "loss": ("logsumexp({z}) - {z}[{j}]", f"({{z}}[{{a}}] - {{z}}[{{j}}]) + log1p({REST})"),
        "gradient": ("softmax({z})[{j}] - 1", f"-{OTHERS}/(1 + {REST})"),
    }
)
"""The same for a target that is 1 at the class j and 0 elsewhere: what it is, and its form."""


@dataclass(frozen=True, slots=True)
class RowLoss:
    """A loss of rows: `exported` and `forms` in the plain language, each pair proved equal."""

    page: str
    title: str
    logits: str
    target: str
    index: str
    entry: str
    exported: Mapping[str, str]
    forms: Mapping[str, str]
    class_forms: Mapping[str, tuple[str, str]]


def row_loss_of(derivation: Derivation) -> RowLoss | None:
    """The loss of rows that a derivation exports, None if it exports functions of numbers.

    Raises UnsupportedTerm when it exports something else of vectors, or what is not proved equal to
    the forms here.

    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> found.logits, found.target, sorted(found.forms)
    ('z', 'p', ['gradient', 'loss'])
    """
    context = Context(derivation.context.declarations, (), derivation.context.definitions)
    used = _used(derivation, context)
    if all(declaration.shape == () for declaration in used):
        return None
    logits, target = _vectors(used, derivation)
    indices = [d for d in used if d.shape == () and isinstance(d.domain, IndexRange)]
    names = {"z": logits.name, "p": target.name, "K": str(logits.shape[0])}
    names["j"] = indices[0].name if indices else _fresh(context, names)
    for bound in ("k", "l", "a"):
        names[bound] = _fresh(context, names)
    let = [repr(logits), repr(target)]
    let += [f"{names[index]} in index({names['K']})" for index in ("a", "j")]
    forms = {name: form.format(**names) for name, form in FORMS.items()}
    class_forms = {
        name: (what.format(**names), form.format(**names))
        for name, (what, form) in CLASS_FORMS.items()
    }
    exported = {e.name: _written(e, context) for e in derivation.exports}
    if exported.keys() != forms.keys():
        raise _unknown(derivation)
    for name, form in forms.items():
        claim, of_class = f"{exported[name]} == {form}", " == ".join(class_forms[name])
        if not all(verify(c, let=let, seconds=SECONDS).proved for c in (claim, of_class)):
            raise _unknown(derivation)
    shown = {e.name: plain(e.term, context) for e in derivation.exports}
    return RowLoss(
        derivation.name,
        derivation.title,
        logits.name,
        target.name,
        names["a"],
        names["j"],
        shown,
        forms,
        class_forms,
    )


def _used(derivation: Derivation, context: Context) -> list[Declaration]:
    unfolded = [context.unfold_definitions(export.term) for export in derivation.exports]
    names = {getattr(s, "name", str(s)) for term in unfolded for s in term.free_symbols}
    return [d for d in context if d.name in names]


def _vectors(used: list[Declaration], derivation: Derivation) -> tuple[Declaration, Declaration]:
    """The logits and the target among the declarations."""
    vectors = [d for d in used if d.shape]
    logits = [d for d in vectors if d.constraint is None]
    targets = [d for d in vectors if d.constraint == "simplex"]
    same = len({d.shape for d in vectors}) == 1 and len(vectors[0].shape) == 1
    if not (len(logits) == len(targets) == 1 and len(vectors) == 2 and same):
        raise _unknown(derivation)
    return logits[0], targets[0]


def _written(export: Export, context: Context) -> str:
    return plain(context.unfold_definitions(export.term), context)


def _fresh(context: Context, names: Mapping[str, str]) -> str:
    taken = {*(d.name for d in context), *names.values()}
    return next(n for n in (f"i{number}" for number in range(1, 100)) if n not in taken)


def _unknown(derivation: Derivation) -> UnsupportedTerm:
    return UnsupportedTerm(
        "what {page} exports is no loss of logits and probabilities that is known here",
        remedy="export loss and gradient of the cross-entropy of a target and a softmax, no more",
        page=derivation.name,
    )
