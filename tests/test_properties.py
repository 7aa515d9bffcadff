"""Binary cross-entropy: what a user relies on, of the mathematics and of the exported code.

The loss is never negative. For a label p in (0, 1) it is smallest where the prediction q is p, and
there it is the entropy; for a label of 0 or 1 it comes as close to 0 as one likes and never gets
there. The code agrees with the symbolic result and with other people's programs at every float.
"""

import math
import warnings

import mpmath
import numpy as np
import optional
import pytest
import sympy
from derived import derived
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from cesym import lambdify, verify

BCE = lambdify(derived("binary-cross-entropy"))
FUNCTIONS = ("loss", "gradient", "hessian")
DIGITS = 80
EPS = np.finfo(np.float64).eps

scores = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.floats(-800, 800), st.floats(-5, 5)
)
scores32 = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.floats(
    -100, 100, width=32
)
hard = st.sampled_from([0.0, 1.0])
soft = st.floats(0, 1)
inner = st.floats(0, 1, exclude_min=True, exclude_max=True) | st.floats(0.001, 0.999)

CROSS_ENTROPY = "-(p*log(q) + (1-p)*log(1-q))"
ENTROPY = "-(p*log(p) + (1-p)*log(1-p))"
PREDICTIONS = ("p in (0,1)", "q in (0,1)")


def sigmoid(x):
    return 1 / (1 + mp.exp(-x)) if x >= 0 else mp.exp(x) / (1 + mp.exp(x))


def softplus(x):
    return max(x, mpf(0)) + mp.log1p(mp.exp(-abs(x)))


EXACT = {
    "loss": lambda y, s: y * softplus(-s) + (1 - y) * softplus(s),
    "gradient": lambda y, s: (1 - y) * sigmoid(s) - y * sigmoid(-s),
    "hessian": lambda y, s: sigmoid(s) * sigmoid(-s),
}


def exact(function, y, s):
    with mp.workdps(DIGITS):
        return +EXACT[function](mpf(float(y)), mpf(float(s)))


def entropy(p):
    with mp.workdps(DIGITS):
        p = mpf(p)
        return -(p * mp.log(p) + (1 - p) * mp.log1p(-p))


def ulps(computed, value):
    """How far a float is off, in units of the last place of the exact value."""
    with mp.workdps(DIGITS):
        unit = np.spacing(abs(computed.dtype.type(float(value))))
        return float(abs(mpf(float(computed)) - value) / mpf(float(unit)))


# The loss is never negative.


def test_the_loss_is_proved_not_to_be_negative():
    assert verify(f"{CROSS_ENTROPY} >= 0", let=("p in [0,1]", "q in (0,1)")).proved


@given(soft, scores)
def test_the_code_is_never_negative(y, s):
    assert BCE.loss(y, s) >= 0
    assert BCE.loss(np.float32(y), np.float32(np.clip(s, -3e38, 3e38))) >= 0


# It is smallest at q = p.


@pytest.mark.parametrize(
    "claim",
    [
        f"{CROSS_ENTROPY} >= {ENTROPY}",
        f"diff({CROSS_ENTROPY}, q) == (q - p)/(q*(1-q))",
        f"diff({CROSS_ENTROPY}, q, 2) > 0",
    ],
)
def test_the_minimum_is_proved(claim):
    """Not below the entropy; the slope is 0 only at q = p; strictly convex, so larger elsewhere."""
    assert verify(claim, let=PREDICTIONS).proved


def test_a_smaller_minimum_is_refuted():
    assert verify(f"{CROSS_ENTROPY} > {ENTROPY}", let=PREDICTIONS).refuted
    assert verify(f"{CROSS_ENTROPY} <= {ENTROPY}", let=PREDICTIONS).refuted


def logit(p):
    return math.log(p) - math.log1p(-p)


@given(inner)
def test_at_the_minimum_the_code_gives_the_entropy_and_no_slope(p):
    s = logit(p)
    assert ulps(BCE.loss(p, s), entropy(p)) <= 8
    assert abs(BCE.gradient(p, s)) <= 8 * EPS * p * (1 - p) * (1 + abs(s)) + 5e-324


@given(inner, scores)
def test_elsewhere_the_loss_is_strictly_larger(p, s):
    with mp.workdps(DIGITS):
        least = entropy(p)
        at_minimum = mp.log(mpf(p)) - mp.log1p(-mpf(p))
        if mpf(s) != at_minimum:
            assert exact("loss", p, s) > least
    best = logit(p)
    if abs(s - best) >= 1e-6 * max(1, abs(best)) and least > 1e-290:
        assert BCE.loss(p, s) > BCE.loss(p, best)


def test_the_comparison_would_notice_a_shifted_minimum():
    assert exact("loss", 0.3, logit(0.3) + 1e-9) > entropy(0.3)
    assert not exact("loss", 0.3, logit(0.3) + 1e-9) > entropy(0.3) + mpf(10) ** -18


# For a label of 0 or 1 the infimum 0 is not attained.


def test_a_hard_label_never_costs_nothing():
    assert verify("-log(q) > 0", let="q in (0,1)").proved
    assert verify("-log(1-q) > 0", let="q in (0,1)").proved
    assert verify("-log(q) > 1/10", let="q in (0,1)").refuted


@given(hard, st.floats(-800, 744))
def test_the_code_is_positive_while_floats_can_say_so(y, s):
    assert BCE.loss(y, s if y == 1 else -s) > 0


def test_the_loss_of_a_hard_label_comes_as_close_to_0_as_one_likes():
    found = BCE.loss(1, np.array([1.0, 10.0, 100.0, 700.0]))
    assert (np.diff(found) < 0).all() and 0 < found[-1] < 1e-300


# The code agrees with the symbolic result.


@given(soft, st.floats(-700, 700))
def test_the_code_agrees_with_the_result_that_was_derived(y, s):
    """With the textbook's own formulas, which need 304 digits more than they give."""
    for function in FUNCTIONS:
        value = textbook(function)(y, s)
        computed = BCE.__dict__[function](y, s)
        if function == "gradient" and y not in (0, 1):
            scale = max((1 - y) * float(sigmoid(mpf(s))), y * float(sigmoid(mpf(-s))))
            assert abs(float(computed) - float(value)) <= 4 * EPS * scale + 5e-324
        else:
            assert ulps(computed, value) <= 4


def textbook(function):
    result = derived("binary-cross-entropy").export(function).result
    arguments = [next(s for s in symbols() if s.name == name) for name in "ys"]
    named = {"sigmoid": lambda x: 1 / (1 + mp.exp(-x))}

    def value(y, s):
        with mp.workdps(DIGITS + 310):
            return +sympy.lambdify(arguments, result, [named, "mpmath"])(mpf(y), mpf(s))

    return value


def symbols():
    context = derived("binary-cross-entropy").context
    return [context.symbol(name) for name in "ys"]


@given(hard, scores)
def test_hard_labels_are_right_to_4_ulp_at_every_float(y, s):
    for function in FUNCTIONS:
        computed, value = BCE.__dict__[function](y, s), exact(function, y, s)
        assert np.isfinite(computed) and ulps(computed, value) <= 4
        assert computed != 0 or abs(value) < np.finfo(np.float64).tiny


@given(hard, scores32)
def test_float32_is_rounded_once(y, s):
    for function in FUNCTIONS:
        computed = BCE.__dict__[function](np.float32(y), np.float32(s))
        value = exact(function, y, s)
        assert computed.dtype == np.float32 and ulps(computed, value) <= 0.501


@given(soft, scores)
def test_the_loss_of_soft_labels_is_right_at_every_float(y, s):
    assert ulps(BCE.loss(y, s), exact("loss", y, s)) <= 4
    assert ulps(BCE.hessian(y, s), exact("hessian", y, s)) <= 4


# The code agrees with other people's programs.


@given(hard, scores)
def test_scipy(y, s):
    special = optional.module("scipy.special")
    towards = s if y == 1 else -s
    np.testing.assert_allclose(BCE.loss(y, s), -special.log_expit(towards), rtol=1e-14, atol=5e-324)
    gradient = special.expit(-towards)
    np.testing.assert_allclose(abs(BCE.gradient(y, s)), gradient, rtol=1e-14, atol=1e-307)
    slope = special.expit(s) * special.expit(-s)
    np.testing.assert_allclose(BCE.hessian(y, s), slope, rtol=1e-14, atol=1e-307)


@given(hard, scores)
def test_sklearn(y, s):
    """It is given predictions, and keeps them eps away from 0 and 1."""
    metrics = optional.module("sklearn.metrics")
    special = optional.module("scipy.special")
    theirs = metrics.log_loss([y], [special.expit(s)], labels=[0, 1])
    ours = min(BCE.loss(y, s), -math.log(EPS))
    lost = EPS * math.exp(min(abs(s), -math.log(EPS)))  # by rounding the prediction
    assert abs(ours - theirs) <= 1e-12 + 4 * lost


@given(soft, scores)
def test_torch(y, s):
    torch = optional.module("torch")
    ours = BCE.loss(y, s)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        score = torch.tensor(s, dtype=torch.float64, requires_grad=True)
        label = torch.tensor(y, dtype=torch.float64)
        theirs = torch.nn.functional.binary_cross_entropy_with_logits(score, label)
        theirs.backward()
    # It subtracts terms as large as the score.
    assert abs(ours - theirs.item()) <= 4 * EPS * max(1, abs(s))
    assert abs(BCE.gradient(y, s) - score.grad.item()) <= 4 * EPS


def test_the_references_agree_with_arb():
    with ctx.workprec(2400), mp.workdps(DIGITS):
        for y, s in ((1, 0.5), (0, 40.0), (1, 700.25), (0.3, -2.0)):
            ball = arb(y) * (1 + (-arb(s)).exp()).log() + (1 - arb(y)) * (1 + arb(s).exp()).log()
            off = mpmath.mpf(ball.str(70, radius=False)) - exact("loss", y, s)
            assert abs(off) <= mpf(10) ** -60 * exact("loss", y, s)
