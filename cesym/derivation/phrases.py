"""From the reason that an author wrote to the rule that it names.

A reason names a rule when it is the rule's phrase, in either language, and nothing else. One that
nearly is a phrase is an error: an author who mistypes a rule should not be left with a line that is
merely "checked".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from cesym.derivation.rules import ROWS, Rule
from cesym.errors import Place, ReadError

NEAR = 0.8
"""From this similarity on (`difflib`), a reason is nearly a phrase."""


@dataclass(frozen=True, slots=True)
class Named:
    """A rule, and the LaTeX of the formula in its phrase if it takes one."""

    rule: Rule
    formula: str | None = None


def rule_named(reason: str | None, place: Place) -> Named | None:
    """The rule that `reason` names, None when it names none. Raises ReadError for a near miss.

    >>> rule_named("chain rule", Place("", 1, 1, "")).rule.name
    'chain-rule'
    >>> rule_named("definition of $P$", Place("", 1, 1, "")).formula
    'P'
    """
    if reason is None:
        return None
    words, formulas = _normal(reason)
    for rule in ROWS:
        if words in (_normal(rule.english)[0], _normal(rule.chinese)[0]):
            return Named(rule, formulas[0] if rule.takes_formula else None)
    phrases = {
        _normal(phrase)[0]: phrase for rule in ROWS for phrase in (rule.english, rule.chinese)
    }
    near = get_close_matches(words, phrases, n=1, cutoff=NEAR)
    if near:
        raise ReadError(
            'the reason "{reason}" is nearly the rule "{phrase}"',
            place=place,
            remedy="write the rule's phrase exactly, or other words",
            reason=reason,
            phrase=phrases[near[0]].replace("{what}", "$...$"),
        )
    return None


def _normal(text: str) -> tuple[str, list[str]]:
    """A reason in lower case, formulas taken out, without doubled spaces or a final full stop."""
    formulas = re.findall(r"\$([^$]*)\$", text)
    words = re.sub(r"\$[^$]*\$|\{what\}", " $ ", text)
    return re.sub(r"\s+", " ", words).strip().rstrip(".。").strip().casefold(), formulas
