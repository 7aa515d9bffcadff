"""What people use today for the loss of a logit and of a row of logits, by name; for accuracy.py.

Each row of the tables makes functions of NumPy arrays; a library that is not there is left out, and
the benchmark says so. None of this is used by cesym.
"""

from collections.abc import Callable, Mapping

import numpy as np

Function = Callable[[np.ndarray, np.ndarray], np.ndarray]
Functions = Mapping[str, Function]


def textbook() -> Functions:
    def sigmoid(s: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-s))

    return {
        "loss": lambda y, s: -(y * np.log(sigmoid(s)) + (1 - y) * np.log(1 - sigmoid(s))),
        "gradient": lambda y, s: sigmoid(s) - y,
        "hessian": lambda y, s: sigmoid(s) * (1 - sigmoid(s)),
    }


def logaddexp() -> Functions:
    return {"loss": lambda y, s: np.logaddexp(s.dtype.type(0), s) - y * s}


def scipy_expit() -> Functions:
    from scipy.special import expit, log_expit

    return {
        "loss": lambda y, s: -y * log_expit(s) - (1 - y) * log_expit(-s),
        "gradient": lambda y, s: expit(s) - y,
        "hessian": lambda y, s: expit(s) * expit(-s),
    }


def sklearn_half() -> Functions:
    from sklearn._loss import HalfBinomialLoss

    half = HalfBinomialLoss()

    def part(name: str, place: int | None = None) -> Function:
        def function(y: np.ndarray, s: np.ndarray) -> np.ndarray:
            found = getattr(half, name)(y_true=y, raw_prediction=s)
            return found if place is None else found[place]

        return function

    return {
        "loss": part("loss"),
        "gradient": part("gradient"),
        "hessian": part("gradient_hessian", 1),
    }


def torch_logits() -> Functions:
    import torch

    def derivatives(y: np.ndarray, s: np.ndarray) -> list[torch.Tensor]:
        score = torch.from_numpy(s.copy()).requires_grad_()
        label = torch.from_numpy(y)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(score, label, reduction="none")
        (first,) = torch.autograd.grad(loss.sum(), score, create_graph=True)
        (second,) = torch.autograd.grad(first.sum(), score)
        return [loss.detach(), first.detach(), second]

    return {
        name: lambda y, s, place=place: derivatives(y, s)[place].numpy()
        for place, name in enumerate(("loss", "gradient", "hessian"))
    }


def optax_sigmoid() -> Functions:
    import jax
    import optax

    def loss(y: object, s: object) -> jax.Array:
        return optax.sigmoid_binary_cross_entropy(s, y)

    first = jax.grad(loss, argnums=1)
    levels = {"loss": loss, "gradient": first, "hessian": jax.grad(first, argnums=1)}

    def of(level: Callable[..., jax.Array]) -> Function:
        def function(y: np.ndarray, s: np.ndarray) -> np.ndarray:
            with jax.enable_x64(s.dtype == np.float64):
                return np.asarray(jax.jit(jax.vmap(level))(y, s))

        return function

    return {name: of(level) for name, level in levels.items()}


PEERS: Mapping[str, Callable[[], Functions]] = {
    "NumPy, textbook": textbook,
    "NumPy, logaddexp": logaddexp,
    "SciPy, expit": scipy_expit,
    "scikit-learn": sklearn_half,
    "PyTorch": torch_logits,
    "JAX, optax": optax_sigmoid,
}
"""Losses of a logit: functions of label and score."""


def scipy_rows() -> Functions:
    from scipy.special import log_softmax, softmax

    def gradient(z: np.ndarray, c: np.ndarray) -> np.ndarray:
        found = softmax(z, axis=1)
        found[np.arange(len(c)), c] -= 1
        return found

    return {
        "loss": lambda z, c: -log_softmax(z, axis=1)[np.arange(len(c)), c],
        "gradient": gradient,
    }


def torch_rows() -> Functions:
    import torch

    def both(z: np.ndarray, c: np.ndarray) -> list[torch.Tensor]:
        logits = torch.from_numpy(z.copy()).requires_grad_()
        loss = torch.nn.functional.cross_entropy(logits, torch.from_numpy(c), reduction="none")
        return [loss.detach(), *torch.autograd.grad(loss.sum(), logits)]

    return {
        "loss": lambda z, c: both(z, c)[0].numpy(),
        "gradient": lambda z, c: both(z, c)[1].numpy(),
    }


def optax_rows() -> Functions:
    import jax
    import optax

    loss = optax.softmax_cross_entropy_with_integer_labels

    def of(level: Callable[..., jax.Array]) -> Function:
        def function(z: np.ndarray, c: np.ndarray) -> np.ndarray:
            with jax.enable_x64(z.dtype == np.float64):
                return np.asarray(jax.jit(jax.vmap(level))(z, c))

        return function

    return {"loss": of(loss), "gradient": of(jax.grad(loss))}


def sklearn_rows() -> Functions:
    from sklearn._loss import HalfMultinomialLoss

    def both(z: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        half = HalfMultinomialLoss(n_classes=z.shape[1])
        found = half.loss_gradient(c.astype(z.dtype), np.asfortranarray(z))
        return found[0], np.ascontiguousarray(found[1])

    return {"loss": lambda z, c: both(z, c)[0], "gradient": lambda z, c: both(z, c)[1]}


ROW_PEERS: Mapping[str, Callable[[], Functions]] = {
    "SciPy, softmax": scipy_rows,
    "scikit-learn": sklearn_rows,
    "PyTorch": torch_rows,
    "JAX, optax": optax_rows,
}
"""Losses of rows of logits: functions of logits and classes."""
