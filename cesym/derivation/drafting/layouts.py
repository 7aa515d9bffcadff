r"""A page in another layout of derivatives: `\nabla_w J` as a row `\frac{\partial J}{\partial w}`.

Only equations between vectors and matrices change; derivatives by one number are the same in every
layout. A section at the end says what was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cesym.derivation.drafting.draft import Draft
from cesym.messages import N_, _, using_language
from cesym.reader.blocks import Display
from cesym.reader.latex.formula import Formula
from cesym.reader.layouts import relaid
from cesym.reader.meanings import ReadBlock, ReadDefinition
from cesym.reader.pages import Page
from cesym.reader.reading import read_mathematics
from cesym.reader.respelling import Edit, extended, respelled
from cesym.terms.context import Context


@dataclass(frozen=True, slots=True)
class _Words:
    """What the section says: its heading, the layout itself, and how it writes a gradient."""

    heading: str
    layout: str
    gradient: str
    as_gradient: str


LAYOUTS = {
    "numerator": _Words(
        N_("Numerator layout"),
        N_(
            "Derivatives by a whole vector or matrix are written in numerator layout: rows go with"
            " what stands above the line, columns with what stands below. The derivative of a"
            " vector has in row $i$ and column $j$ the derivative of entry $i$ by entry $j$, and"
            " in a chain of functions the outer one stands first."
        ),
        N_(
            "The derivative of a number is therefore a row for a column, and for a matrix has rows"
            " and columns exchanged. The gradient $\\nabla$ is its transpose, in every layout:"
        ),
        r"\left( {} \right)^\top",
    ),
    "denominator": _Words(
        N_("Denominator layout"),
        N_(
            "Derivatives by a whole vector or matrix are written in denominator layout: rows go"
            " with what stands below the line, columns with what stands above. The derivative of a"
            " vector has in row $i$ and column $j$ the derivative of entry $j$ by entry $i$, and"
            " in a chain of functions the inner one stands first."
        ),
        N_(
            "The derivative of a number has therefore the shape of what it is taken by, and is the"
            " gradient $\\nabla$:"
        ),
        "{}",
    ),
}
"""Layout -> what is said of it."""


def in_layout(page: Page, layout: str) -> Page:
    """The page with its derivatives by vectors and matrices in `layout`, still to be derived.

    Raises ReadError for a page that cannot be read, or a line that cannot be written so.
    """
    found = _Edits(_contexts(page), layout)
    changed = respelled(page, found.of)
    with using_language(page.language):
        return extended(changed, _section(found, page.language), {}, layout=layout)


def _contexts(page: Page) -> dict[tuple[int, str], Context]:
    """Line and text of a display -> the context that it stands in."""
    blocks = read_mathematics(page).blocks
    return {
        (block.line, block.latex): context
        for block, read in zip(page.blocks, blocks, strict=True)
        if isinstance(block, Display) and (context := _context(read)) is not None
    }


def _context(block: ReadBlock) -> Context | None:
    """The context of a block; None where it could not be read."""
    if isinstance(block, ReadDefinition):
        return block.context
    return block[0].context if isinstance(block, tuple) and block else None


@dataclass(slots=True)
class _Edits:
    """The edits of a page, and what was found on the way: whether there are any, and the gradients,
    each with the fraction that is written in its place.

    Inline formulas stay: they name things.
    """

    contexts: dict[tuple[int, str], Context]
    layout: str
    any: bool = False
    gradients: dict[str, str] = field(default_factory=dict)

    def of(self, formula: Formula) -> Iterator[Edit]:
        """The edits of a formula; of one that is no display there are none."""
        context = self.contexts.get((formula.line, formula.text))
        if context is None:
            return
        for edit in relaid(formula, context, self.layout):
            self.any = True
            before = formula.quote(edit.at)
            if before.startswith("\\nabla") and edit.latex.startswith("\\frac"):
                self.gradients.setdefault(before, edit.latex)
            yield edit


def _section(found: _Edits, language: str) -> str:
    words, draft = LAYOUTS[found.layout], Draft(language)
    draft.heading(2, _(words.heading))
    if not found.any:
        draft.say(
            _(
                "No line of this page has a derivative by a whole vector or matrix in it."
                " Derivatives by one number, entry by entry, are the same in every layout, so"
                " nothing changes."
            )
        )
        return "\n\n".join(draft.parts)
    draft.say(_(words.layout))
    if found.gradients:
        draft.say(_(words.gradient))
        draft.claims(
            [
                (fraction, "==", words.as_gradient.format(gradient))
                for gradient, fraction in found.gradients.items()
            ]
        )
    return "\n\n".join(draft.parts)
