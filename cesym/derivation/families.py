"""Families of losses as data: a distribution and a link. From these two alone SymPy works out
everything else.

A family writes a page in which every right-hand side that can be computed is `?`; deriving the page
fills them in by the named rules and proves them, so that a family and a page of the library go the
same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    r"""A distribution with density or mass `likelihood` of the label `y` under the mean `\hat{y}`,
    and a link that makes the mean of a score.

    All in LaTeX. `label` and `mean` are domains; `mean_of` is the mean as a function of the score
    `s`. `rules` are the names of the rules that take the gradient from the chain rule to its final
    form, in order; `curvature` those of the second derivative.
    """

    name: str
    titles: Mapping[str, str]
    label: str
    mean: str
    likelihood: str
    mean_of: str
    rules: tuple[str, ...]
    curvature: tuple[str, ...]


BERNOULLI_LOGISTIC = Family(
    name="bernoulli-logistic",
    titles={
        "en": "Bernoulli likelihood with the logistic link",
        "zh": "伯努利似然与逻辑斯谛联系函数",
    },
    label="[0, 1]",
    mean="(0, 1)",
    likelihood=r"\hat{y}^{y} (1 - \hat{y})^{1 - y}",
    mean_of=r"\sigma(s)",
    rules=("derivative-of-sigmoid", "differentiate", "cancel", "expand"),
    curvature=("differentiate",),
)

FAMILIES: dict[str, Family] = {family.name: family for family in (BERNOULLI_LOGISTIC,)}


def family_page(family: Family, language: str) -> str:
    """The page of a family, in Markdown, with `?` wherever SymPy is to work out the line."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only families need it

    from cesym.derivation.rules import RULES

    def phrase(name: str) -> str:
        return RULES[name].phrase(language)

    environment = (
        Environment(  # Markdown, not HTML: nothing to escape, and nothing in it comes from a user.
            loader=PackageLoader("cesym.derivation"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            variable_start_string="<<",
            variable_end_string=">>",
        )
    )
    template = environment.get_template(f"family.{language}.md.j2")
    return template.render(family=family, title=family.titles[language], phrase=phrase)
