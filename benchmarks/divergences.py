"""The divergence of two rows of logits, or of two coins, nearly equal, for accuracy.py --all."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
from comparison import Line, Wanted, available, called, measured, modules, quietly
from flint import arb, ctx
from rich.console import Console

from cesym.floats.rounding import Rounded, round_ball

PAGE, COINS = "divergence-of-logits", "kl-directions"
LIMITS: Mapping[str, float] = {"jax": 7.0}
LIMIT, COIN_LIMIT = 5.0, 4.0
STEPS = (1e-9, 1e-3, 1.0)
"""How far apart the logits are, up to a shift of all."""

CLASSES, COUNT = 10, 200

Function = Callable[[np.ndarray, np.ndarray], np.ndarray]


def torch_divergence() -> Mapping[str, Function]:
    import torch
    from torch.nn.functional import kl_div, log_softmax

    def loss(w: np.ndarray, z: np.ndarray) -> np.ndarray:
        teacher, student = (log_softmax(torch.from_numpy(x), -1) for x in (w, z))
        return kl_div(student, teacher, reduction="none", log_target=True).sum(-1).numpy()

    return {"loss": loss}


def scipy_divergence() -> Mapping[str, Function]:
    from scipy.special import kl_div, softmax

    return {"loss": lambda w, z: kl_div(softmax(w, axis=1), softmax(z, axis=1)).sum(1)}


def jax_divergence() -> Mapping[str, Function]:
    import jax
    from optax.losses import kl_divergence

    def loss(w: np.ndarray, z: np.ndarray) -> np.ndarray:
        with jax.enable_x64(w.dtype == np.float64):
            student, teacher = jax.nn.log_softmax(z), jax.nn.softmax(w)
            return np.asarray(jax.jit(kl_divergence)(student, teacher))

    return {"loss": loss}


PEERS: Mapping[str, Callable[[], Mapping[str, Function]]] = {
    "PyTorch": torch_divergence,
    "SciPy, kl_div": scipy_divergence,
    "JAX, optax": jax_divergence,
}
"""Functions of the logits of teacher and student."""


def torch_coins() -> Mapping[str, Function]:
    import torch
    from torch.distributions import Bernoulli, kl_divergence

    def loss(p: np.ndarray, q: np.ndarray) -> np.ndarray:
        return kl_divergence(*(Bernoulli(torch.from_numpy(x)) for x in (p, q))).numpy()

    return {"loss": loss}


def scipy_coins() -> Mapping[str, Function]:
    from scipy.special import kl_div

    return {"loss": lambda p, q: kl_div(p, q) + kl_div(1 - p, 1 - q)}


COIN_PEERS: Mapping[str, Callable[[], Mapping[str, Function]]] = {
    "PyTorch": torch_coins,
    "SciPy, kl_div": scipy_coins,
}
"""Functions of the chances of two coins."""


def divergence_lines(n: int, wanted: Wanted, console: Console) -> Iterator[Line]:
    """Every system at every distance; one that is off by a sign is off by more than its value."""
    systems: list[tuple[str, Function, float | None]] = []
    for target, module in modules(PAGE, wanted, console):
        function = partial(called, module, target, "loss")
        systems.append((target, function, LIMITS.get(target, LIMIT)))
    peers = available(PEERS, wanted, console)
    systems += [(name, functions["loss"], None) for name, functions in peers.items()]
    rng = np.random.default_rng(11)
    for step in STEPS:
        w = rng.normal(0, 1, (min(n, COUNT), CLASSES))
        z = w + rng.normal(0, step, w.shape) + 5.0
        exact = exact_divergences(w, z)
        for system, function, limit in systems:
            computed = quietly(function, w, z)
            found = {"loss": measured(system, computed, exact, in_rows=True)}
            yield Line(system, "float64", f"divergence at {step:g}", limit, found)


def exact_divergences(w: np.ndarray, z: np.ndarray) -> Rounded:
    """The mean over the teacher of the difference of the logarithms, at enough digits."""
    with ctx.workprec(600):
        pairs = [round_ball(_exact(*rows), "float64") for rows in zip(w, z, strict=True)]
    array = np.array(pairs)
    return Rounded(array[:, 0].copy(), array[:, 1].copy())


def _exact(w: np.ndarray, z: np.ndarray) -> arb:
    powers = [[arb(float(x)).exp() for x in row] for row in (w, z)]
    shares = [[p / sum(row, arb(0)) for p in row] for row in powers]
    terms = (p * (p / q).log() for p, q in zip(*shares, strict=True))
    return sum(terms, arb(0))


def coin_lines(n: int, wanted: Wanted, console: Console) -> Iterator[Line]:
    """Every system for two coins whose chances differ by at most 1e-12 of the first.

    A divergence that is negative is off by more than 1 ulp for each unit of its last place.
    """
    systems = [
        (target, partial(called, module, target, "loss"), COIN_LIMIT)
        for target, module in modules(COINS, wanted, console)
    ]
    peers = available(COIN_PEERS, wanted, console)
    systems += [(name, functions["loss"], None) for name, functions in peers.items()]
    rng = np.random.default_rng(7)
    n = min(n, 10 * COUNT)
    p = np.where(rng.random(n) < 0.5, rng.random(n), 2.0 ** -rng.uniform(1, 60, n))
    q = p * (1 + 10.0 ** -rng.uniform(12, 15.6, n) * rng.choice([-1, 1], n))
    inside = (p > 0) & (p < 1) & (q > 0) & (q < 1) & (p != q)
    p, q = p[inside], q[inside]
    with ctx.workprec(600):
        pairs = np.array(
            [round_ball(_of_coins(*pair), "float64") for pair in zip(p, q, strict=True)]
        )
    exact = Rounded(pairs[:, 0].copy(), pairs[:, 1].copy())
    for system, function, limit in systems:
        found = {"loss": measured(system, quietly(function, p, q), exact)}
        yield Line(system, "float64", "two coins", limit, found)


def _of_coins(p: float, q: float) -> arb:
    first, second = arb(float(p)), arb(float(q))
    heads, tails = (first / second).log(), ((1 - first) / (1 - second)).log()
    return first * heads + (1 - first) * tails
