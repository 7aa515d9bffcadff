"""docs/accuracy.md: what `accuracy.py --all` and `--exhaustive` found, as tables."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from comparison import Line, cell
from exhaustive import Found
from speed_report import machine, section

COMPARED, EXHAUSTIVE = "## Side by side", "## Every float32"
HEADINGS = (COMPARED, EXHAUSTIVE)
"""The sections, in their order."""

ABOUT = """\
# Accuracy

How far exported code, and what people use today, is off: the largest error in ulp, against exact
values from Arb, rounded correctly. Written by `benchmarks/accuracy.py`; `cesym ulp NAME` measures
any page, family or loss of your own.

"""

TOLD = """\
`python benchmarks/accuracy.py --all --write`. *Z* is the share of results that are 0 where the
exact one is a normal float, *F* the share that is nan or infinite. A number in the last column is
what exported code is held to; what else people use is shown, not judged.

- `logit`: the binary cross-entropy for labels 0 and 1, at logits of every binade.
- `soft labels`: the same for labels between them. Next to its root, s = logit(y), the gradient is
  measured in ulp of y(1 - y); `soft, near the root`: in ulp of the gradient itself, down to 2^-40
  of the smaller of y and 1 - y.
- `10 classes`, `1000 classes`: rows of logits, normal with deviation 100.
- `divergence at D`: that of two rows of ten logits which differ by about D.
- `two coins`: the divergence of two Bernoulli distributions which differ by at most 1e-12.

XLA takes subnormal numbers for 0: there JAX is not asked for them.
"""

ALL = """\
`python benchmarks/accuracy.py --exhaustive --write`: the binary cross-entropy in C at all 2^32
patterns of a float32 logit (those that are infinite or nan count as 0), against the float64 of the
same file, which is right to less than 2^-29 ulp of float32.
"""


def compared_lines(found: Iterable[Line]) -> Iterator[str]:
    """A table for each kind of loss."""
    yield TOLD
    yield from machine()
    for (what, dtype), part in groupby(found, key=lambda line: (line.what, line.dtype)):
        yield f"\n### {what}, {dtype}\n"
        yield "| system | loss | gradient | Hessian | limit |"
        yield "|---|--:|--:|--:|--:|"
        for line in part:
            cells = [cell(line.found.get(name)) for name in ("loss", "gradient", "hessian")]
            limit = "" if line.limit is None else f"{line.limit:g}"
            told = limit if line.passes else f"**{limit}, missed**"
            yield f"| {line.system} | {' | '.join(cells)} | {told} |"


def exhaustive_lines(found: Iterable[Found]) -> Iterator[str]:
    """A table, and the logits whose results are not the nearest float32."""
    yield ALL
    yield "| function | label | logits | not the nearest | largest error in ulp | at |"
    yield "|---|--:|--:|--:|--:|--:|"
    listed = []
    for line in found:
        cells = (
            line.function,
            f"{line.label:g}",
            line.count,
            line.missed,
            line.largest,
            line.worst,
        )
        yield f"| {' | '.join(map(str, cells))} |"
        if line.listed:
            places = ", ".join(f"{s:.9g}" for s in line.listed)
            listed.append(f"- {line.function}, label {line.label:g}: {places}")
    if listed:
        yield "\nNot the nearest float32, but the other one beside the exact value:\n"
        yield from listed


def keep(path: Path, heading: str, lines: Iterable[str]) -> None:
    """The page with one section anew, the others as they were."""
    parts = {kept: _only(section(path, kept)) for kept in HEADINGS}
    parts[heading] = "\n".join((heading, "", *lines))
    body = "\n\n".join(part.strip() for part in parts.values() if part)
    path.write_text(f"{ABOUT}{body}\n", encoding="utf-8")


def _only(text: str) -> str:
    """A section without those that follow it."""
    return text.partition("\n## ")[0]
