"""The experiments of claims A: data and tensors (book: Claims, checked)."""

import math

import torch

import linreg_lib
from linreg_lib import init_params, least_squares, linreg, sgd, squared_loss
from linreg_lib.claims._tools import TRUE_W, data, experiment, message, seeded


@experiment
def a1_scatter() -> dict:
    X, y = data()
    correlation = torch.corrcoef(torch.stack([X[:, 1], y[:, 0]]))[0, 1].item()
    assert -0.95 < correlation < -0.75
    assert len(X.numpy()) == 1000, "data that require no grad need no detach"
    w = torch.zeros(2, requires_grad=True)
    error = message(lambda: w.numpy())
    assert "Can't call numpy() on Tensor that requires grad" in error
    return {"correlation": correlation}


@experiment
def a2_matrix_times_vector() -> dict:
    X = data()[0]
    product = torch.matmul(X, TRUE_W)
    assert product.shape == (1000,)
    # Broadcasting happens in the elementwise product, which has another shape.
    assert (X * TRUE_W).shape == (1000, 2)
    assert torch.allclose(product, (X * TRUE_W).sum(1), atol=1e-5)
    error = message(lambda: torch.matmul(X, torch.ones(1)))
    assert "size mismatch" in error, "a vector that could be broadcast is refused"
    return {"n": len(product), "dims": product.ndim}


@experiment
def a3_reshape() -> dict:
    y = torch.arange(6.0)
    column = y.reshape((-1, 1))
    assert column.shape == (6, 1)
    assert column.data_ptr() == y.data_ptr()
    column[0, 0] = 7
    assert y[0] == 7
    table = torch.arange(6.0).reshape(2, 3)
    turned = table.T.reshape(-1, 1)  # no description of the same memory has this order
    assert turned.untyped_storage().data_ptr() != table.untyped_storage().data_ptr()
    return {"before": y.ndim, "after": column.ndim}


@experiment
def a4_tensor_or_tensor() -> dict:
    upper, lower = torch.Tensor([1, 2]).dtype, torch.tensor([1, 2]).dtype
    assert (upper, lower) == (torch.float32, torch.int64)
    default = torch.get_default_dtype()
    try:
        torch.set_default_dtype(torch.float64)
        assert torch.Tensor([1, 2]).dtype == torch.float64, "the default dtype, not the data's"
        assert torch.tensor([1, 2]).dtype == torch.int64
    finally:
        torch.set_default_dtype(default)
    assert torch.Tensor(3).shape == (3,)
    assert torch.tensor(3).shape == ()
    return {"upper": str(upper)[6:], "lower": str(lower)[6:], "length": len(torch.Tensor(3))}


@experiment
def a5_integers() -> dict:
    first = message(lambda: torch.tensor([2, -3], requires_grad=True))
    assert "Only Tensors of floating point and complex dtype can require gradients" in first
    second = message(lambda: torch.ones(3, 2) @ torch.tensor([[2], [-3]]))
    assert "to have the same dtype" in second
    return {"first": first, "second": second}


@experiment
def a6_package() -> dict:
    names = linreg_lib.__all__
    assert {"synthetic_data", "data_iter", "linreg", "squared_loss", "sgd", "train"} <= set(names)
    for name in names:
        thing = getattr(linreg_lib, name)
        assert thing.__doc__, name
        assert thing.__module__.startswith("linreg_lib."), "each is defined in one place"
    return {"names": len(names)}


@experiment
def a7_another_slope() -> dict:
    # y = 2x + (5 + noise) with noise of variance 1; stop once the loss hardly changes.
    generator = seeded(0)
    X = torch.randn(100, 1, generator=generator)
    y = 2 * X + 5 + torch.randn(100, 1, generator=generator)
    w, b = init_params(1, generator=generator)
    before, steps = math.inf, 0
    while steps < 5000:
        loss = squared_loss(linreg(X, w, b), y)
        loss.sum().backward()
        sgd([w, b], 0.1, len(X))
        steps += 1
        if before - loss.mean().item() < 1e-7:
            break
        before = loss.mean().item()
    best_w, best_b = least_squares(X, y)
    assert steps < 500
    assert abs(w - best_w).item() < 0.02
    assert abs(b - best_b).item() < 0.02
    return {"slope": w.item(), "intercept": b.item(), "steps": steps}
