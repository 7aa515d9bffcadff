"""Losses and gradients of rows as exact numbers, by formulas apart from those of the code."""

import numpy as np
from flint import arb, ctx

from cesym.floats.rounding import Rounded, round_ball


def of_rows(entries, rows, dtype):
    """`entries(row)` makes the exact numbers of a row, at the precision of the moment."""
    found = []
    for row in rows:
        precision = 256
        while True:
            with ctx.workprec(precision):
                pairs = [round_ball(value, dtype) for value in entries(row)]
            if None not in pairs:
                break
            precision *= 2
        found += pairs
    pairs = np.array(found, np.float64)
    return Rounded(pairs[:, 0].astype(dtype), pairs[:, 1].copy())


def with_class(z, c, temperature=1.0):
    """The loss and the gradient for the class c, at a temperature."""
    t = arb(float(temperature))
    powers = [((arb(float(x)) - arb(float(z[c]))) / t).exp() for x in z]
    others = sum((p for j, p in enumerate(powers) if j != c), arb(0))
    slopes = [(p if j != c else -others) / (1 + others) / t for j, p in enumerate(powers)]
    return [others.log1p(), *slopes]


def with_target(z, p):
    """The loss and the gradient for a target of probabilities, some of which may be 0."""
    largest = max(map(float, z))
    powers = [(arb(float(x)) - arb(largest)).exp() for x in z]
    total = sum(powers, arb(0))
    loss = sum(
        (
            arb(float(w)) * (total.log() + largest - arb(float(x)))
            for w, x in zip(p, z, strict=True)
        ),
        arb(0),
    )
    return [loss, *(e / total - arb(float(w)) for e, w in zip(powers, p, strict=True))]
