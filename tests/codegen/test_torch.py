"""PyTorch: derivatives to the order that the page goes to, types, reductions, compilation."""

import optional
import pytest
from codegen.calling import loaded

torch = optional.module("torch")
bce = loaded("binary-cross-entropy", "torch")


def scores(dtype=torch.float64):
    return torch.tensor([-30.0, -2.5, -1e-3, 0.7, 3.0, 25.0], dtype=dtype)


def labels(dtype=torch.float64):
    return torch.tensor([0.0, 1.0, 0.3, 1.0, 0.0, 0.9], dtype=dtype)


def test_first_and_second_derivatives_are_right():
    y, s = labels().requires_grad_(), scores().requires_grad_()
    for function in (bce.loss, bce.gradient):
        assert torch.autograd.gradcheck(function, (y, s))
    assert torch.autograd.gradgradcheck(bce.loss, (y, s))


def test_derivatives_are_the_exported_functions_to_the_last_digit():
    y, s = labels(), scores().requires_grad_()
    (first,) = torch.autograd.grad(bce.loss(y, s).sum(), s, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), s)
    assert torch.equal(first, bce.gradient(y, s)) and torch.equal(second, bce.hessian(y, s))


def test_a_confident_right_answer_still_has_a_gradient():
    s = torch.tensor(40.0, requires_grad=True)
    bce.loss(1.0, s).backward()
    assert s.grad is not None and float(s.grad) == pytest.approx(-4.248354e-18)
    assert float(torch.sigmoid(s.detach()) - 1) == 0


def test_beyond_the_exported_order_is_an_error():
    s = scores().requires_grad_()
    with pytest.raises(NotImplementedError, match="hessian by s"):
        bce.hessian(1.0, s).sum().backward()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_narrow_types_are_computed_in_float64_and_rounded_once(dtype):
    y, s = labels(dtype), scores(dtype)
    for function in (bce.loss, bce.gradient, bce.hessian):
        found = function(y, s)
        assert found.dtype == dtype
        assert torch.equal(found, function(y.double(), s.double()).to(dtype))


def test_types_and_shapes():
    s = torch.zeros(2, 3, requires_grad=True)
    found = bce.loss(torch.tensor([0, 1, 1]), s)
    assert found.shape == (2, 3) and found.dtype == torch.float32
    assert bce.loss(0.5, torch.zeros(2, dtype=torch.float16)).dtype == torch.float16
    assert bce.loss(1, 0.0).dtype == torch.get_default_dtype()
    row = torch.zeros(3, requires_grad=True)
    bce.loss(torch.ones(2, 3), row).sum().backward()
    assert row.grad is not None and row.grad.tolist() == [-1, -1, -1]
    with pytest.raises(TypeError, match="y has dtype"):
        bce.loss(torch.zeros(2, dtype=torch.complex64), s)


def test_reductions_and_weights():
    y, s, w = labels(), scores(), torch.tensor([0.0, 1.0, 2.0, 0.5, 0.0, 1.0])
    each = bce.loss(y, s)
    assert torch.equal(bce.loss(y, s, weight=w), each * w)
    torch.testing.assert_close(bce.loss(y, s, reduction="sum"), each.sum())
    torch.testing.assert_close(bce.loss(y, s, reduction="mean"), each.mean())
    weighted = bce.loss(y, s, weight=w, reduction="mean")
    torch.testing.assert_close(weighted, (each * w).sum() / w.sum())
    assert float(bce.loss(0.0, torch.tensor(torch.inf), weight=0.0, reduction="sum")) == 0
    with pytest.raises(ValueError, match="reduction"):
        bce.loss(y, s, reduction="average")


def test_maps_over_a_batch():
    y, s = labels(), scores()
    each = torch.func.vmap(torch.func.grad(bce.loss, argnums=1))(y, s)
    assert torch.equal(each, bce.gradient(y, s))


# What Dynamo does inside warns of itself.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it_is_captured_as_one_graph():
    """What torch.compile needs; without the C++ compiler that its usual back end needs too."""

    def mean(y, s):
        return bce.loss(y, s, reduction="mean")

    y, s = labels(), scores().requires_grad_()
    captured = torch.compile(mean, backend="aot_eager", fullgraph=True)
    (found,) = torch.autograd.grad(captured(y, s), s)
    (expected,) = torch.autograd.grad(mean(y, s), s)
    torch.testing.assert_close(found, expected, rtol=1e-15, atol=0)
