"""What people use today for the cross-entropy of rows of logits, as functions of no argument.

Each entry of `PEERS` takes a `Bench` (logits, a class for each row, places for results, threads)
and returns a function that computes the losses and their gradient once. Its package is imported
only then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from peers import Run, backward, pulled


@dataclass(frozen=True, slots=True)
class Bench:
    """The numbers, and where results go for those who can take a place."""

    z: np.ndarray
    classes: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    threads: int


def numpy_textbook(b: Bench) -> Run:
    rows = np.arange(len(b.z))

    def run() -> Any:
        powers = np.exp(b.z - b.z.max(1, keepdims=True))
        gradient = powers / powers.sum(1, keepdims=True)
        loss = -np.log(gradient[rows, b.classes])
        gradient[rows, b.classes] -= 1
        return loss, gradient

    return run


def scipy_special(b: Bench) -> Run:
    from scipy.special import log_softmax, softmax

    rows = np.arange(len(b.z))

    def run() -> Any:
        gradient = softmax(b.z, 1)
        gradient[rows, b.classes] -= 1
        return -log_softmax(b.z, 1)[rows, b.classes], gradient

    return run


def sklearn(b: Bench) -> Run:
    from sklearn._loss import HalfMultinomialLoss

    loss, classes = HalfMultinomialLoss(n_classes=b.z.shape[1]), b.classes.astype(b.z.dtype)
    return lambda: loss.loss_gradient(
        classes, b.z, loss_out=b.loss, gradient_out=b.gradient, n_threads=b.threads
    )


def torch_eager(b: Bench) -> Run:
    import torch
    from torch.nn.functional import cross_entropy

    torch.set_num_threads(b.threads)
    z, classes = torch.from_numpy(b.z), torch.from_numpy(b.classes)
    return backward(z, lambda x: cross_entropy(x, classes, reduction="none"))


def torch_compile(b: Bench) -> Run:
    import torch
    from torch.nn.functional import cross_entropy, one_hot

    torch.set_num_threads(b.threads)
    z, classes, count = torch.from_numpy(b.z), torch.from_numpy(b.classes), b.z.shape[1]
    both = torch.compile(
        lambda z, c: (
            cross_entropy(z, c, reduction="none"),
            torch.softmax(z, 1) - one_hot(c, count).to(z.dtype),
        )
    )
    return lambda: both(z, classes)


def jax_optax(b: Bench) -> Run:
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    z, classes = jax.numpy.asarray(b.z), jax.numpy.asarray(b.classes)
    return pulled(optax.softmax_cross_entropy_with_integer_labels, z, classes)


PEERS: Mapping[str, Callable[[Bench], Run]] = {
    "NumPy, textbook": numpy_textbook,
    "SciPy, softmax and log_softmax": scipy_special,
    "scikit-learn HalfMultinomialLoss": sklearn,
    "PyTorch, eager": torch_eager,
    "PyTorch, compile": torch_compile,
    "JAX and optax, jit": jax_optax,
}
"""Name -> what makes it ready. NumPy and SciPy have no threads."""
