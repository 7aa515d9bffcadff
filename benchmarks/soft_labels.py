"""Labels between 0 and 1, for accuracy.py --all: anywhere, and next to the root of the gradient.

The gradient sigmoid(s) - y has its root at s = logit(y). The parts that make it up, p (1 - y) and
y (1 - p) with p = sigmoid(s), are both y (1 - y) there, so what rounding leaves is measured in ulp
of the larger of these and of the gradient. C computes with twice the digits next to the root:
there it is measured in ulp of the gradient alone, wherever that is at least 2^-40 times the
smaller of y and 1 - y.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np
from accuracy_peers import PEERS
from comparison import (
    DTYPES,
    IN_C,
    LIMIT,
    Line,
    Wanted,
    available,
    counted,
    measured,
    ours,
    quietly,
)
from rich.console import Console
from truths import TRUTHS

from cesym.floats.rounding import Rounded, round_values
from cesym.floats.ulp import Accuracy, error, measure, spacing

NEAR, NEAR_THE_ROOT = 2.0**-40, 1.0
"""From where on C is right to how many ulp of the gradient."""

MOST = 4_000


def soft_lines(n: int, wanted: Wanted, console: Console) -> Iterator[Line]:
    """Every system, with loss and gradient; C once more, by the gradient alone."""
    systems = [(name, functions, known, True) for name, functions, known in ours(wanted, console)]
    peers = available(PEERS, wanted, console)
    systems += [(name, functions, DTYPES, False) for name, functions in peers.items()]
    exact = TRUTHS["binary-cross-entropy"]
    for dtype in DTYPES:
        y, s = cases(min(n, MOST), dtype)
        rounded = partial(round_values, dtype=dtype, last_precision=4096, either_at_ties=True)
        truths = {name: rounded(exact[name], y, s) for name in ("loss", "gradient")}
        for system, functions, known, judged in systems:
            if dtype not in known:
                continue
            found = {name: quietly(functions[name], y, s) for name in truths if name in functions}
            losses = {"loss": measured(system, found["loss"], truths["loss"])}
            if "gradient" in found:
                kept = counted(system, truths["gradient"])
                losses["gradient"] = of_parts(found["gradient"], truths["gradient"], y, kept)
            limit = (IN_C if system == "c" else LIMIT) if judged else None
            yield Line(system, dtype, "soft labels", limit, losses)
            if system == "c":
                size = np.abs(truths["gradient"].nearest.astype(float))
                far = size >= NEAR * np.minimum(y, 1 - y).astype(float)
                exactly = truths["gradient"]
                exactly = Rounded(exactly.nearest[far], exactly.residue[far])
                alone = {"gradient": measure(found["gradient"][far], exactly)}
                yield Line(system, dtype, "soft, near the root", NEAR_THE_ROOT, alone)


def cases(count: int, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Labels, near 0 and 1 too, and logits: anywhere, at the root and at its neighbours."""
    rng = np.random.default_rng(3)
    y = np.where(rng.random(count) < 0.5, rng.random(count), 10.0 ** -rng.uniform(0, 20, count))
    y = np.where(rng.random(count) < 0.3, 1 - y, y).astype(dtype)
    y = y[(y > 0) & (y < 1)]
    s = (rng.normal(0, 4, y.size) * 10.0 ** rng.integers(0, 3, y.size)).astype(dtype)
    root = (np.log(y.astype(float)) - np.log1p(-y.astype(float))).astype(dtype)
    aside = root * (1 + 2.0 ** -rng.uniform(1, 53, y.size)).astype(dtype)
    kind = rng.integers(0, 4, y.size)
    return y, np.choose(kind, [s, root, np.nextafter(root, s), aside])


def of_parts(computed: np.ndarray, exact: Rounded, y: np.ndarray, kept: np.ndarray) -> Accuracy:
    """As `measure`, but in ulp of the larger of the gradient and y (1 - y)."""
    unit = spacing(np.maximum(np.abs(exact.nearest), y * (1 - y))).astype(float)
    own = spacing(exact.nearest).astype(float)
    with np.errstate(over="ignore", invalid="ignore"):
        off = (error(computed, exact) * (own / unit))[kept]
    failed = ~np.isfinite(off)
    finite = np.where(failed, 0.0, off)
    return Accuracy(
        count=off.size,
        largest=float(finite.max()),
        mean=float(finite.mean()),
        worst=int(off.argmax()),
        zeros=0,
        failures=int(failed.sum()),
    )
