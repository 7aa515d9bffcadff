"""The loss of a page for classes, over many samples: each has a row of logits, and of targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sympy import Expr, Indexed, KroneckerDelta, S

from cesym.derivation.drafting.chains import write_chains
from cesym.derivation.drafting.continuing import ClassLoss, fresh, proved_slope
from cesym.derivation.drafting.draft import Draft
from cesym.errors import UnsupportedTerm
from cesym.messages import _
from cesym.terms.printing import latex


def over_rows(draft: Draft, loss: ClassLoss, reduction: str, together: str) -> dict[str, str]:
    """The section about samples in rows, after its heading; the new exports.

    Each sample's loss is taken in the form that the page found for people. Raises UnsupportedTerm
    where it cannot be written with rows, or its gradient is not proved.
    """
    size = fresh(draft, "NMRBD")
    bound, index = fresh(draft, "ilmrh"), fresh(draft, "nruvm")
    matrices, sentences = _matrices(draft, loss, size)
    classes = _classes(draft, loss)
    for name in classes:
        sentences.append(
            _one_hot(draft, classes, name, (size, draft.context.shape(loss.logits)[0]))
        )
    homes = rf"{bound}, {index} \in \{{1, \dots, {size}\}}"
    draft.say(
        _(
            "Let ${size}$ be the number of samples, {matrices} hold a row for each of them, and"
            " ${homes}$ count them. The loss of a sample is taken in its short form.",
            size=rf"{size} \in \mathbb{{N}}",
            matrices=draft.listed(sentences),
            homes=homes,
        ),
        together,
    )
    draft.declare(homes)
    mean, total = reduction == "mean", fresh(draft, "TCFGEV")
    factor = rf"\frac{{1}}{{{size}}} " if mean else ""
    one = latex(_in_row(draft, loss.loss.result, (matrices, classes), bound), draft.context)
    draft.define(rf"{total} := {factor}\sum_{{{bound}=1}}^{{{size}}} \left( {one} \right)")
    draft.say(_("In the logits of a sample the gradient is"))
    number = draft.context.symbol(size) if mean else S.One
    slope = (
        rf"\frac{{\partial {total}}}{{\partial {matrices[loss.logits]}_{{{index}{loss.index}}}}}"
    )
    result = _in_row(draft, loss.slope.result, (matrices, classes), index) / number
    write_chains(draft, proved_slope(draft, slope, loss.slope, result))
    return {f"loss_{reduction}": total, f"gradient_{reduction}": slope}


def _matrices(draft: Draft, loss: ClassLoss, size: str) -> tuple[dict[str, str], list[str]]:
    """Vector -> the matrix whose rows are such vectors, and the declarations of the matrices.

    A matrix of distributions is one of numbers from 0 to 1: that its rows sum to 1 is not needed.
    """
    context, found, sentences = draft.context, {}, []
    for name in loss.vectors(context):
        old = context.declarations[name]
        letters = "ZXUWSH" if name == loss.logits else "YPQUWSH"
        matrix = fresh(draft, f"{name[0].upper()}{letters}")
        found[name] = matrix
        shape = (size, *old.shape)
        new = replace(old, name=matrix, latex=matrix, shape=shape, constraint=None)
        sentences.append(draft.declaration(new, context))
    return found, sentences


def _classes(draft: Draft, loss: ClassLoss) -> dict[str, str]:
    """The indices that say which class is the right one, each with no matrix yet."""
    context = draft.context
    terms = (
        context.unfold_definitions(loss.loss.result),
        context.unfold_definitions(loss.slope.result),
    )
    names = {str(symbol) for term in terms for symbol in term.free_symbols}
    return {name: "" for name in sorted(names - {loss.index}) if context.kind(name) == "index"}


def _one_hot(draft: Draft, classes: dict[str, str], name: str, shape: tuple[str, str]) -> str:
    """The declaration of a matrix with 1 at the class of each sample, instead of the index."""
    classes[name] = fresh(draft, "YPQXUWSH")
    text = rf"{classes[name]} \in \{{0, 1\}}^{{{shape[0]} \times {shape[1]}}}"
    draft.declare(text)
    return text


def _in_row(
    draft: Draft, term: Expr, rows: tuple[Mapping[str, str], Mapping[str, str]], index: str
) -> Expr:
    """A term of vectors about a row of the matrices; of a class `c`, delta_kc is an entry of the
    one-hot row. Raises UnsupportedTerm where the class stands elsewhere.
    """
    (vectors, classes), context = rows, draft.context
    row, symbol = context.symbol(index), context.symbol
    bases = {symbol(vector): symbol(matrix) for vector, matrix in vectors.items()}
    deltas = {symbol(name): symbol(matrix) for name, matrix in classes.items()}
    term = context.unfold_definitions(term) if classes else term
    term = term.replace(
        lambda part: isinstance(part, Indexed) and part.base in bases,
        lambda part: bases[part.base][(row, *part.indices)],
    )
    for name, matrix in deltas.items():
        term = term.replace(
            lambda part, name=name: isinstance(part, KroneckerDelta) and name in part.args,
            lambda part, name=name, matrix=matrix: matrix[row, _other(part, name)],
        )
        if term.has(name):
            raise UnsupportedTerm(
                "the class {name} of a sample stands outside of a delta, so that it cannot be"
                " written with rows",
                remedy="write the target as a vector, with a delta",
                name=str(name),
            )
    return term


def _other(delta: Expr, name: Expr) -> Expr:
    """The index of a delta beside the one that is called `name`."""
    return next(index for index in delta.args if index != name)
