"""Derivations for tests: the library, and a page that holds what the library need not hold."""

from functools import cache

from cesym.derivation import Derivation, derive
from cesym.derivation.checking import check_page
from cesym.derivation.deriving import derivation_of
from cesym.derivation.library import entries
from cesym.messages import LANGUAGES
from cesym.reader.pages import Page, read_page
from cesym.reader.reading import read_mathematics
from cesym.terms.binders import canonical

LIBRARY = [(e.name, e.language) for language in LANGUAGES for e in entries(language)]
"""Name and language of every page."""

ODDITIES = r"""---
title: Odds & ends, 100 % of them
exports:
  entropy_rate: F(y, s)
---

# Odds & ends, 100 % of them

Prose with **bold**, *emphasis*, `code_with_{braces}`, [a link](https://example.org/a_b),
<b>no HTML</b>, "quotes", a backslash \\ and 5 < 6 & 7 > 2 # of course ~ here^there | there ≥ … —
and `\input{secret}`.

- first $y \in [0, 1]$, a label,
- second $s \in \mathbb{R}$, a score: 50 %.

1. One
2. Two

> A quotation, *with* $x^2$.

```python
loss = "100 %"  # {verbatim} \command
```

$$
F(y, s) := -\left[ y \log \sigma(s) + (1 - y) \log (1 - \sigma(s)) \right] % a comment
$$

## A long line, and what was given

$$
\begin{aligned}
F(y, s) + F(1 - y, s) + F(y, s)^2 - F(y, s)^2
  &= -\log \sigma(s) - \log (1 - \sigma(s)) + \frac{y^5 s^3 + 3 y^4 s^2 + 3 y^3 s + y^2}{1 + y^2}
     - \frac{y^5 s^3 + 3 y^4 s^2 + 3 y^3 s + y^2}{1 + y^2} && \text{by 100\% of what we have} \\
  &= -\log \sigma(s) - \log (1 - \sigma(s))
\end{aligned}
$$

Suppose $y = 1$.

$$
\sigma(s) - y = -(1 - \sigma(s))
$$

<!-- cesym: refuted because="a sign is lost" -->
$$
1 - \sigma(s) = \sigma(s)
$$
"""


@cache
def derived(name: str, language: str = "en") -> Derivation:
    """A page of the library, or a family."""
    return derive(name, language=language)


@cache
def oddities() -> Derivation:
    """The page of all that a document may have to show."""
    return proved(read_page(ODDITIES, "oddities.md", "en"), "oddities")


def steps(derivation: Derivation) -> list[tuple[object, ...]]:
    """The steps of a derivation, bound names aside."""
    return [(canonical(s.before), s.operator, canonical(s.after), s.rule) for s in derivation.steps]


def proved(page: Page, name: str) -> Derivation:
    """The derivation that a page is, from scratch."""
    return derivation_of(check_page(read_mathematics(page), seconds=20), name)
