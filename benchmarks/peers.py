"""What people use today for the binary cross-entropy of logits, as functions of no argument.

Each entry of `PEERS` takes a `Bench` (labels, logits, places for results, threads) and returns a
function that computes the losses and their gradient once. Its package is imported only then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Run = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """The numbers, and where results go for those who can take a place."""

    y: np.ndarray
    s: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    threads: int


def numpy_textbook(b: Bench) -> Run:
    one, y, s = b.s.dtype.type(1), b.y, b.s

    def run() -> Any:
        p = one / (one + np.exp(-s))
        return -y * np.log(p) - (one - y) * np.log(one - p), p - y

    return run


def numpy_logaddexp(b: Bench) -> Run:
    one, y, s = b.s.dtype.type(1), b.y, b.s
    return lambda: (np.logaddexp(one - one, s) - y * s, one / (one + np.exp(-s)) - y)


def scipy_special(b: Bench) -> Run:
    from scipy.special import expit, log_expit

    one, y, s = b.s.dtype.type(1), b.y, b.s
    return lambda: (-y * log_expit(s) - (one - y) * log_expit(-s), expit(s) - y)


def sympy_lambdify(b: Bench) -> Run:
    from sympy import diff, exp, lambdify, log, symbols

    y, s = symbols("y s", real=True)
    p = 1 / (1 + exp(-s))
    loss = -y * log(p) - (1 - y) * log(1 - p)
    run = lambdify((y, s), [loss, diff(loss, s)], "numpy", cse=True)
    return lambda: run(b.y, b.s)


def numexpr(b: Bench) -> Run:
    import numexpr as ne

    ne.set_num_threads(b.threads)
    names = {"y": b.y, "s": b.s, "one": b.s.dtype.type(1), "zero": b.s.dtype.type(0)}
    loss = "where(s > zero, s, zero) - y * s + log1p(exp(-abs(s)))"

    def run() -> None:
        ne.evaluate(loss, names, out=b.loss)
        ne.evaluate("one / (one + exp(-s)) - y", names, out=b.gradient)

    return run


def sklearn(b: Bench) -> Run:
    from sklearn._loss import HalfBinomialLoss

    loss = HalfBinomialLoss()
    return lambda: loss.loss_gradient(
        b.y, b.s, loss_out=b.loss, gradient_out=b.gradient, n_threads=b.threads
    )


def torch_eager(b: Bench) -> Run:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as bce

    torch.set_num_threads(b.threads)
    y, s = torch.from_numpy(b.y), torch.from_numpy(b.s)
    return backward(s, lambda x: bce(x, y, reduction="none"))


def backward(given: Any, losses: Callable[[Any], Any]) -> Run:
    """Losses of a tensor and their gradient by autograd."""

    def run() -> Any:
        x = given.detach().requires_grad_(True)
        loss = losses(x)
        loss.sum().backward()
        return loss, x.grad

    return run


def torch_compile(b: Bench) -> Run:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as bce

    torch.set_num_threads(b.threads)
    y, s = torch.from_numpy(b.y), torch.from_numpy(b.s)
    both = torch.compile(lambda s, y: (bce(s, y, reduction="none"), torch.sigmoid(s) - y))
    return lambda: both(s, y)


def jax_optax(b: Bench) -> Run:
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    y, s = jax.numpy.asarray(b.y), jax.numpy.asarray(b.s)
    return pulled(optax.sigmoid_binary_cross_entropy, s, y)


def pulled(losses: Callable[[Any, Any], Any], x: Any, target: Any) -> Run:
    """Losses of an array and their gradient, compiled by JAX."""
    import jax

    def both(x: Any, target: Any) -> Any:
        loss, pull = jax.vjp(lambda x: losses(x, target), x)
        return loss, pull(jax.numpy.ones_like(loss))[0]

    run = jax.jit(both)
    return lambda: jax.block_until_ready(run(x, target))


def numba_loop(b: Bench) -> Run:
    import math

    import numba

    numba.set_num_threads(b.threads)

    @numba.njit(parallel=b.threads > 1, error_model="numpy")
    def both(y: Any, s: Any, loss: Any, gradient: Any) -> None:
        for i in numba.prange(s.size):
            x = s[i]
            t = math.exp(-abs(x))
            d = 1 / (1 + t)
            loss[i] = max(x, 0) - y[i] * x + math.log1p(t)
            gradient[i] = (d if x >= 0 else t * d) - y[i]

    return lambda: both(b.y, b.s, b.loss, b.gradient)


PEERS: Mapping[str, Callable[[Bench], Run]] = {
    "NumPy, textbook": numpy_textbook,
    "NumPy, logaddexp": numpy_logaddexp,
    "SciPy, expit and log_expit": scipy_special,
    "SymPy lambdify": sympy_lambdify,
    "numexpr": numexpr,
    "scikit-learn HalfBinomialLoss": sklearn,
    "PyTorch, eager": torch_eager,
    "PyTorch, compile": torch_compile,
    "JAX and optax, jit": jax_optax,
    "numba, user's loop": numba_loop,
}
"""Name -> what makes it ready. NumPy, SciPy and SymPy have no threads."""
