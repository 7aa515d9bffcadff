"""A draft that goes on where a page ended, and the loss that it ended in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr, Indexed, Mul, Pow, S, Sum
from sympy.core.function import AppliedUndef

from cesym.derivation.drafting.chains import Chain
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.outline import Outline
from cesym.derivation.steps import Export
from cesym.errors import UnsupportedTerm
from cesym.terms.context import Context
from cesym.terms.differentiation import Diff
from cesym.terms.printing import latex


def draft_after(outline: Outline) -> Draft:
    """A draft that knows what a page declares, defines and says."""
    draft = Draft(outline.language)
    draft.context = outline.context
    draft.known = dict(outline.known)
    return draft


@dataclass(frozen=True, slots=True)
class ScoredLoss:
    """A loss `function(..., label, score, ...)` that a page defines and exports, and its slopes in
    the scores: one, or several such as mean and log-variance. What stands directly before the first
    score is the label; a loss that begins with its score has none.
    """

    function: str
    parameters: tuple[str, ...]
    slopes: tuple[tuple[str, Export], ...]

    @property
    def scores(self) -> tuple[str, ...]:
        """What the slopes are taken by."""
        return tuple(score for score, _ in self.slopes)

    @property
    def label(self) -> str | None:
        """The label, if there is one."""
        place = min(map(self.parameters.index, self.scores))
        return self.parameters[place - 1] if place else None

    @property
    def own(self) -> tuple[str, ...]:
        """What each sample has for itself: label and scores."""
        return tuple(name for name in self.parameters if name in (self.label, *self.scores))

    def at(self, draft: Draft, **values: str) -> str:
        """The loss with other arguments for some parameters, in LaTeX."""
        arguments = [values.get(name) or draft.spelled(name) for name in self.parameters]
        return rf"{draft.spelled(self.function)}\left( {', '.join(arguments)} \right)"


@dataclass(frozen=True, slots=True)
class ClassLoss:
    """A loss of whole vectors, one of which the slopes are taken by, entry by entry: logits and a
    target, with an entry for each class.
    """

    loss: Export
    slope: Export
    logits: str
    index: str

    def vectors(self, context: Context) -> tuple[str, ...]:
        """The logits and the vectors beside them."""
        entries = (self.loss.result + self.slope.result).atoms(Indexed)
        names = {str(entry.base) for entry in entries} & {*context.declarations}
        shape = context.declarations[self.logits].shape
        same = (name for name in names if context.declarations[name].shape == shape)
        return tuple(sorted(same, key=[*context.declarations].index))


@dataclass(frozen=True, slots=True)
class MeanLoss:
    """A loss without parameters that is a mean over samples already, `body / size`."""

    name: str
    size: Expr
    loss: Export
    slopes: tuple[Export, ...]


Loss = ScoredLoss | ClassLoss | MeanLoss


def loss_of(outline: Outline) -> Loss:
    """The loss that a page exports, with the symbols by which its gradients are taken. A page that
    exports none may define a mean over samples, and derive its slopes.

    Raises UnsupportedTerm for a page without such a loss.
    """
    loss = outline.export("loss")
    slopes = [e for e in outline.exports if e.name.split("_")[0] == "gradient"]
    if loss is None:
        found = next(_means(outline), None)
    elif isinstance(loss.term, AppliedUndef):
        found = _exported(
            outline.context, loss, [e for e in slopes if _is_slope(e.term, loss.term)]
        )
    else:
        found = None
    if found is None:
        raise UnsupportedTerm(
            "the page has no loss with its gradient in a score, in logits or over samples",
            remedy="its front matter says: loss: J(y, s), and gradient: {gradient}",
            gradient=r"\frac{\partial J}{\partial s}",
        )
    return found


def _is_slope(term: Expr, loss: Expr) -> bool:
    """Whether a term is a first derivative of the loss."""
    return isinstance(term, Diff) and term.args[0] == loss and term.args[2] == 1


def _exported(context: Context, loss: Export, slopes: list[Export]) -> Loss | None:
    """The loss, by what its slopes are taken by."""
    definition = context.definitions[loss.term.func.__name__]
    if (size := _mean_over(definition.body)) is not None:
        return MeanLoss(definition.name, size, loss, tuple(slopes))
    variables = [slope.term.args[1] for slope in slopes]
    if not variables:
        return None
    if loss.term.args and loss.term.args == definition.parameters:
        pairs = zip(map(str, variables), slopes, strict=True)
        if all(variable in definition.parameters for variable in variables):
            return ScoredLoss(definition.name, tuple(map(str, loss.term.args)), tuple(pairs))
        return None
    (entry, *others) = variables
    if others or not isinstance(entry, Indexed) or len(entry.indices) != 1:
        return None
    return ClassLoss(loss, slopes[0], str(entry.base), str(entry.indices[0]))


def _means(outline: Outline) -> Iterator[MeanLoss]:
    """The means over samples of which the page derives a slope."""
    for definition in outline.context.definitions.values():
        size = None if definition.parameters else _mean_over(definition.body)
        slopes = tuple(
            _slope(term, result, outline.context)
            for term, result in outline.known.items()
            if _is_slope(term, definition.folded)
        )
        if size is not None and slopes:
            body = latex(definition.body, outline.context)
            ends = definition.folded, definition.body, definition.body, definition.latex, body
            yield MeanLoss(definition.name, size, Export("loss", *ends), slopes)


def _slope(term: Expr, result: Expr, context: Context) -> Export:
    """A slope that the page does not export, called after what it is taken by."""
    variable = term.args[1]
    name = f"gradient_{variable.base if isinstance(variable, Indexed) else variable}"
    return Export(name, term, result, result, latex(term, context), latex(result, context))


def _mean_over(body: Expr) -> Expr | None:
    """The size N of a body 1/N sum_{i=1}^N; None for any other."""
    factors = Mul.make_args(body)
    sums = [factor for factor in factors if isinstance(factor, Sum)]
    if len(sums) == 1 and len(factors) == 2:
        _index, lower, upper = sums[0].limits[0]
        if lower == S.One and Pow(upper, -1) in factors:
            return upper
    return None


def fresh(draft: Draft, letters: str) -> str:
    """The first letter that the page does not use. Raises UnsupportedTerm when all are used."""
    for letter in letters:
        if draft.context.kind(letter) is None:
            return letter
    raise UnsupportedTerm("there is no letter left for a new symbol")


def proved_slope(draft: Draft, slope: str, export: Export, result: Expr) -> Chain:
    """The chain `slope = result`. Raises UnsupportedTerm where it is not proved."""
    chain = Chain(draft, slope)
    if not chain.equals(latex(result, draft.context)):
        raise UnsupportedTerm(
            "the gradient {name} is not proved over many samples",
            remedy="derive the page in its own conventions",
            name=export.name,
        )
    return chain
