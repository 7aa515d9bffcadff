"""C for losses of rows that is written from their programs: accurate on every processor."""

import mpmath as mp
import numpy as np
import pytest
from codegen.c.rows.walked import TARGETED, functions, levels
from codegen.rowwise.test_table import CLOSE, mpf, near, off, pairs, softmax

from cesym.codegen.c.rows.walked_words import LIMIT, SHARE

ROOT = 2.0 ** int(SHARE[2:])


def is_right(found, exact, sizes):
    """Whether results are as close as is said; next to a root, by the size of what cancels."""
    units = off(found, exact)
    rooms = [
        ROOT * float(size) / np.spacing(float(abs(e))) for e, size in zip(exact, sizes, strict=True)
    ]
    return all(unit <= max(LIMIT, 0.5 + room) for unit, room in zip(units, rooms, strict=True))


@levels
@pytest.mark.parametrize("step", CLOSE)
@pytest.mark.parametrize("spread", [1.0, 30.0, 300.0])
def test_the_divergence_of_logits(level, spread, step):
    w, z = pairs(spread, step)
    losses, slopes = functions("divergence-of-logits", level).loss_and_gradient(w, z)
    with mp.workprec(1200):
        every = [(softmax(a), softmax(b)) for a, b in zip(w, z, strict=True)]
        exact = [mp.fsum(p * mp.log(p / q) for p, q in zip(*both, strict=True)) for both in every]
        assert max(off(losses, exact)) <= LIMIT
        for row, (p, q) in zip(slopes, every, strict=True):
            entries = [b - a for a, b in zip(p, q, strict=True)]
            assert is_right(row, entries, [a + b for a, b in zip(p, q, strict=True)])
    assert (losses >= 0).all()


@levels
@pytest.mark.parametrize("step", [*CLOSE, 1.0986, 1.1])
def test_the_divergence_of_probabilities(level, step):
    rng = np.random.default_rng(4)
    one = np.exp(rng.uniform(-700, 0, (400, 1)))
    for p, q in (near(step), (one, one * np.exp(rng.uniform(-step, step, one.shape)))):
        losses, slopes = functions("divergence-of-probabilities", level).loss_and_gradient(p, q)
        with mp.workprec(1200):
            rows = [(mpf(a), mpf(b)) for a, b in zip(p, q, strict=True)]
            exact = [
                mp.fsum(b - a - a * mp.log(b / a) for a, b in zip(*row, strict=True))
                for row in rows
            ]
            normal = [k for k, e in enumerate(exact) if e > 1e-290]
            assert max(off(losses[normal], [exact[k] for k in normal])) <= LIMIT
            entries = [(b - a) / b for row in rows for a, b in zip(*row, strict=True)]
            assert max(off(slopes, entries)) <= LIMIT


@levels
@pytest.mark.parametrize("spread", [0.01, 1.0, 30.0, 300.0])
def test_the_entropy_of_logits(level, spread):
    z = np.random.default_rng(5).normal(0, spread, (40, 6))
    entropies, slopes = functions("entropy-of-logits", level).entropy_and_gradient(z)
    with mp.workprec(1200):
        rows = [softmax(row) for row in z]
        exact = [-mp.fsum(p * mp.log(p) for p in row) for row in rows]
        normal = [k for k, e in enumerate(exact) if e > 1e-290]
        assert max(off(entropies[normal], [exact[k] for k in normal])) <= LIMIT
        for found, row, entropy in zip(slopes, rows, exact, strict=True):
            large = [k for k, p in enumerate(row) if p > 1e-290]
            entries = [-row[k] * (mp.log(row[k]) + entropy) for k in large]
            sizes = [row[k] * (1 - mp.log(row[k])) for k in large]
            assert is_right(found[large], entries, sizes)
    assert (entropies >= 0).all()


@levels
def test_the_entropy_of_probabilities(level):
    p, _ = near(1.0)
    root = np.exp(-1) * (1 + np.random.default_rng(1).uniform(-1e-6, 1e-6, (60, 9)))
    for rows in (p, root):
        module = functions("entropy-of-probabilities", level)
        entropies, slopes = module.entropy_and_gradient(rows)
        with mp.workprec(300):
            exact = [-mp.fsum(x * mp.log(x) for x in mpf(row)) for row in rows]
            assert max(off(entropies, exact)) <= LIMIT
            entries = [-mp.log(x) - 1 for row in rows for x in mpf(row)]
            assert is_right(slopes.ravel(), entries, [1.0] * len(entries))


def targets(form, rng, z):
    """What stands beside logits: a class and a share, or temperatures; and the exact target."""
    count, classes = z.shape
    c = rng.integers(0, classes, count)
    if form == "cross-entropy of a smoothed label":
        return [(c, share) for share in (0.0, 0.1, 1.0)]
    t = np.exp(rng.uniform(-2, 3, count))
    return [(c, t), (rng.dirichlet(np.ones(classes), count), t), (c, 1.0)]


@levels
@pytest.mark.parametrize("form", TARGETED)
@pytest.mark.parametrize("spread", [1.0, 30.0])
@pytest.mark.parametrize("classes", [2, 7])
def test_targets(level, form, spread, classes):
    rng = np.random.default_rng(classes)
    z = rng.normal(0, spread, (12, classes))
    for target, other in targets(form, rng, z):
        # What is mixed into a class by Python is rounded, by C not.
        losses, slopes = functions(TARGETED[form], level).loss_and_gradient(z, target, other)
        smooth = form == "cross-entropy of a smoothed label"
        t = np.broadcast_to(1.0 if smooth else other, len(z))
        share = other if smooth else 0.0
        wanted = np.eye(classes)[target] if target.ndim == 1 else target
        wanted = (1 - share) * wanted + share / classes if share else wanted
        with mp.workprec(1200):
            for row, heat, weights, ours, found in zip(z, t, wanted, losses, slopes, strict=True):
                q = softmax_at(row, heat)
                exact = -mp.fsum(a * mp.log(b) for a, b in zip(mpf(weights), q, strict=True) if a)
                assert off(ours, [exact])[0] <= LIMIT
                entries = [
                    (b - a) / mp.mpf(float(heat)) for a, b in zip(mpf(weights), q, strict=True)
                ]
                assert is_right(found, entries, weights / heat)


def softmax_at(row, heat):
    powers = [mp.exp(x / mp.mpf(float(heat))) for x in mpf(row)]
    return [power / mp.fsum(powers) for power in powers]
