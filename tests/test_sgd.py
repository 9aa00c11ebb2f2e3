import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from linreg_lib import sgd


def leaf(values, grad=None, dtype=torch.float32):
    param = torch.tensor(values, dtype=dtype, requires_grad=True)
    param.grad = None if grad is None else torch.tensor(grad, dtype=dtype)
    return param


def test_a_step_worked_out_by_hand(dtype):
    w, b = leaf([[1.0], [2.0]], [[10.0], [-20.0]], dtype), leaf([3.0], [5.0], dtype)
    assert sgd([w, b], 0.5, 10) is None
    torch.testing.assert_close(w.detach(), torch.tensor([[0.5], [3.0]], dtype=dtype))
    torch.testing.assert_close(b.detach(), torch.tensor([2.75], dtype=dtype))


def test_the_step_is_in_place_on_leaves_and_clears_the_gradients():
    w = leaf([1.0], [4.0])
    address, grad = w.data_ptr(), w.grad
    sgd([w], 0.1, 2)
    assert w.data_ptr() == address and w.is_leaf and w.requires_grad and w.grad_fn is None
    assert w.grad is grad and w.grad.tolist() == [0.0]


def test_params_may_be_a_generator():
    w, b = leaf([1.0], [1.0]), leaf([2.0], [1.0])
    sgd((p for p in (w, b)), 1.0, 1)
    assert (w.item(), b.item()) == (0.0, 1.0)


@given(
    st.lists(st.floats(-10, 10), min_size=3, max_size=3),
    st.floats(1e-3, 1.0),
    st.integers(1, 16),
    st.integers(0, 1000),
)
def test_the_same_step_as_torch_optim_on_the_mean_loss(start, lr, n, seed):
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn(n, 3, generator=generator, dtype=torch.float64)
    y = torch.randn(n, generator=generator, dtype=torch.float64)
    ours, theirs = leaf(start, dtype=torch.float64), leaf(start, dtype=torch.float64)
    ((X @ ours - y) ** 2).sum().backward()
    sgd([ours], lr, n)
    ((X @ theirs - y) ** 2).mean().backward()
    torch.optim.SGD([theirs], lr=lr).step()
    torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


@given(st.integers(1, 6), st.integers(1, 8))
def test_micro_batches_then_one_step_equal_one_large_batch(pieces, size):
    X = torch.randn(pieces * size, 2, dtype=torch.float64)
    small, large = (leaf([1.0, -1.0], dtype=torch.float64) for _ in range(2))
    for piece in X.split(size):
        ((piece @ small) ** 2).sum().backward()  # backward adds up
    ((X @ large) ** 2).sum().backward()
    sgd([small], 0.1, len(X))
    sgd([large], 0.1, len(X))
    torch.testing.assert_close(small, large)


def test_nan_in_a_gradient_goes_on_into_the_parameter():
    w = leaf([1.0], [float("nan")])
    sgd([w], 0.1, 1)
    assert w.isnan().all()


NAN, INF = float("nan"), float("inf")
BAD_CALLS = [
    ({"lr": 0}, ValueError, r"lr must be finite and > 0; got 0\.0\. Write lr=0\.03"),
    ({"lr": -0.1}, ValueError, r"got -0\.1"),
    ({"lr": NAN}, ValueError, r"got nan"),
    ({"lr": INF}, ValueError, r"got inf"),
    ({"lr": "fast"}, TypeError, r"lr must be a number, finite and > 0; got 'fast'"),
    ({"batch_size": 0}, ValueError, r"batch_size must be at least 1; got 0\. Write"),
    ({"batch_size": 2.5}, TypeError, r"batch_size must be an integer; got 2\.5"),
    ({"batch_size": True}, TypeError, r"got True"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD_CALLS)
def test_a_bad_number_is_refused_and_nothing_changes(change, error, message):
    w = leaf([1.0], [4.0])
    with pytest.raises(error, match=message):
        sgd(**{"params": [w], "lr": 0.1, "batch_size": 1, **change})
    assert w.tolist() == [1.0] and w.grad.tolist() == [4.0]


BAD_PARAMS = [
    (torch.zeros(2), ValueError, r"leaf tensor that requires grad; got one that does not\. Write"),
    (
        torch.zeros(2).long(),
        TypeError,
        r"leaf tensor that requires grad; got torch\.int64\. Write \.float\(\)\.requires_grad_",
    ),
    (
        leaf([1.0]) * 1.0,
        ValueError,
        r"leaf .* got the result of an operation \(MulBackward0\)\. Update it in place",
    ),
    (leaf([1.0]), ValueError, r"have a gradient; got \.grad = None\. Call backward\(\)"),
    ([1.0], TypeError, r"leaf tensor that requires grad; got list\. Write"),
]


@pytest.mark.parametrize(("param", "error", "message"), BAD_PARAMS)
def test_a_bad_parameter_is_refused_before_a_good_one_is_touched(param, error, message):
    good = leaf([1.0], [4.0])
    with pytest.raises(error, match=r"params\[1\] must (be a floating point )?" + message):
        sgd([good, param], 0.1, 1)
    assert good.tolist() == [1.0] and good.grad.tolist() == [4.0]


def test_one_tensor_or_none_at_all_is_refused():
    with pytest.raises(TypeError, match=r"list of tensors; got one tensor\. Write \[w, b\]"):
        sgd(leaf([1.0], [4.0]), 0.1, 1)
    with pytest.raises(ValueError, match=r"at least one tensor; got none\. Write \[w, b\]"):
        sgd([], 0.1, 1)
