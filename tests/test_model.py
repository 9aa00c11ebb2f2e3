import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from linreg_lib import init_params, least_squares, linreg, synthetic_data


def test_parameters_are_leaves_of_the_shape_dtype_and_device_asked_for(dtype, device):
    w, b = init_params(3, dtype=dtype, device=device)
    assert w.shape == (3, 1) and b.shape == (1,)
    for param in (w, b):
        assert param.is_leaf and param.requires_grad and param.grad is None
        assert param.dtype == dtype and param.device.type == device.type
    assert b.item() == 0.0


def test_weights_have_the_standard_deviation_asked_for(seeded):
    w, _ = init_params(100_000, std=0.5, generator=seeded(0))
    w = w.detach()
    assert float(w.std()) == pytest.approx(0.5, rel=0.01)
    assert float(w.mean()) == pytest.approx(0, abs=0.01)
    assert init_params(4, std=0)[0].tolist() == [[0.0]] * 4


def test_generators_of_any_device_serve_parameters_on_any_device(device, seeded):
    w, _ = init_params(5, generator=seeded(3), device=device)
    assert w.device.type == device.type and w.is_leaf
    assert torch.equal(w.detach().cpu(), init_params(5, generator=seeded(3))[0].detach())
    assert init_params(5, generator=seeded(3, device))[0].device.type == device.type


def test_a_given_generator_leaves_the_global_one_alone(seeded):
    before = torch.get_rng_state()
    init_params(10, generator=seeded(0))
    assert torch.equal(torch.get_rng_state(), before)


BAD_INIT = [
    ({"num_features": 0}, ValueError, r"num_features must be at least 1; got 0\. Write"),
    ({"num_features": 2.0}, TypeError, r"num_features must be an integer; got 2\.0"),
    ({"std": -1}, ValueError, r"std must be finite and not negative; got -1\.0\. Write std=0\.01"),
    ({"dtype": torch.int64}, TypeError, r"floating point.*got dtype=torch\.int64\. Write dtype="),
    ({"dtype": "float32"}, TypeError, r"floating point.*got dtype=float32"),
    ({"generator": 1}, TypeError, r"torch\.Generator or None; got 1"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD_INIT)
def test_bad_settings_are_refused(change, error, message):
    with pytest.raises(error, match=message):
        init_params(**{"num_features": 2, **change})


def test_prediction_worked_out_by_hand():
    X = torch.tensor([[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]])
    y_hat = linreg(X, torch.tensor([[10.0], [1.0]]), torch.tensor([0.5]))
    assert y_hat.tolist() == [[12.5], [34.5], [0.5]]


def test_prediction_has_a_graph_that_reaches_both_parameters():
    w, b = init_params(2)
    X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    linreg(X, w, b).sum().backward()
    assert w.grad.tolist() == [[4.0], [6.0]] and b.grad.tolist() == [2.0]


BAD_PREDICTIONS = [
    ((5,), (5, 1), (1,), r"got shapes \(5,\), \(5, 1\) and \(1,\)\. Write .*one feature"),
    ((4, 2), (2,), (1,), r"needs X \(n, d\), w \(d, 1\) and b \(1,\); got shapes .* \(2,\)"),
    ((4, 2), (3, 1), (1,), r"\(3, 1\)"),
    ((4, 2), (2, 1), (4,), r"and \(4,\)"),
]


@pytest.mark.parametrize(("X", "w", "b", "message"), BAD_PREDICTIONS)
def test_shapes_that_do_not_fit_are_refused(X, w, b, message):
    with pytest.raises(ValueError, match=message):
        linreg(torch.zeros(X), torch.zeros(w), torch.zeros(b))


def test_dtypes_that_differ_are_refused():
    message = r"same dtype; got torch\.float32 and torch\.int64\. Write X\.to\(w\.dtype\)"
    with pytest.raises(TypeError, match=message):
        linreg(torch.zeros(4, 2), torch.zeros(2, 1, dtype=torch.int64), torch.zeros(1))


def test_closed_form_agrees_with_the_normal_equations(dtype, device, seeded):
    w = torch.tensor([2, -3.4], dtype=dtype, device=device)
    X, y = synthetic_data(w, 4.2, 500, noise_std=1.0, generator=seeded(0))
    w_hat, b_hat = least_squares(X, y)
    assert w_hat.shape == (2, 1) and b_hat.shape == (1,)
    assert w_hat.dtype == b_hat.dtype == dtype and w_hat.device.type == device.type
    A = np.hstack([X.cpu().double().numpy(), np.ones((500, 1))])
    by_normal_equations = np.linalg.solve(A.T @ A, A.T @ y.cpu().double().numpy())
    tolerance = 1e-6 if dtype == torch.float32 else 1e-12
    np.testing.assert_allclose(w_hat.cpu(), by_normal_equations[:2], rtol=tolerance)
    np.testing.assert_allclose(b_hat.cpu(), by_normal_equations[2], rtol=tolerance)


@given(st.integers(1, 12), st.integers(1, 6), st.booleans(), st.integers(0, 1000))
def test_closed_form_agrees_with_numpy_for_any_shape_and_rank(n, d, repeated, seed):
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn(n, d, generator=generator, dtype=torch.float64)
    y = torch.randn(n, generator=generator, dtype=torch.float64)
    if repeated:
        X = torch.cat([X, X[:, :1]], dim=1)  # a column that depends on another one
    w, b = least_squares(X, y)
    A = np.hstack([X.numpy(), np.ones((n, 1))])
    expected = np.linalg.lstsq(A, y.numpy(), rcond=1e-12)[0]
    np.testing.assert_allclose(w.flatten(), expected[:-1], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(b, expected[-1:], rtol=1e-6, atol=1e-6)


def test_closed_form_of_many_float32_rows_whose_columns_differ_in_scale(seeded):
    X, _ = synthetic_data([1.0, 1.0], 0.0, 200_000, generator=seeded(0))
    X[:, 1] *= 1e-3
    y = X @ torch.tensor([[2.0], [500.0]]) + 4.2
    w, b = least_squares(X, y)
    assert w.flatten().tolist() == pytest.approx([2.0, 500.0], rel=1e-4)
    assert b.item() == pytest.approx(4.2, rel=1e-5)


@given(st.floats(-50, 50))
def test_translation_of_y_moves_only_b(shift):
    generator = torch.Generator().manual_seed(0)
    X, y = synthetic_data(torch.tensor([2.0, -3.4]).double(), 4.2, 40, generator=generator)
    (w0, b0), (w1, b1) = least_squares(X, y), least_squares(X, y + shift)
    torch.testing.assert_close(w0, w1, rtol=1e-9, atol=1e-9)
    assert float(b1 - b0) == pytest.approx(shift, abs=1e-9)


def test_closed_form_has_no_graph_and_takes_labels_as_a_row():
    X, y = torch.randn(9, 2), torch.randn(9)
    w, b = least_squares(X.requires_grad_(), y)
    assert not w.requires_grad and not b.requires_grad
    assert torch.equal(w, least_squares(X, y.reshape(-1, 1))[0])


GOOD_X, GOOD_Y = torch.zeros(10, 2), torch.zeros(10, 1)
WITH_NAN = torch.zeros(10, 2)
WITH_NAN[7, 1] = float("nan")
BAD_DATA = [
    (WITH_NAN, GOOD_Y, ValueError, r"features must be finite; .* 1 of 10 rows, first in row 7\. "),
    (GOOD_X, GOOD_Y - float("inf"), ValueError, r"labels must be finite; .* 10 of 10 .* row 0"),
    (GOOD_X, GOOD_Y[1:], ValueError, r"same length; got 10 and 9\. Give each example one label"),
    (GOOD_X[:0], GOOD_Y[:0], ValueError, r"at least one example; got none"),
    (GOOD_X[:, 0], GOOD_Y, ValueError, r"shape \(n, d\), d >= 1; got \(10,\)\. .*reshape\(-1, 1\)"),
    (GOOD_X[:, :0], GOOD_Y, ValueError, r"got \(10, 0\)"),
    (GOOD_X, GOOD_X, ValueError, r"labels must have shape \(n, 1\) or \(n,\).*got \(10, 2\)"),
    (GOOD_X.long(), GOOD_Y.long(), TypeError, r"floating point dtype; got torch\.int64 and"),
    (GOOD_X, GOOD_Y.double(), TypeError, r"got torch\.float32 and torch\.float64\. Write"),
    (GOOD_X, GOOD_Y.to("meta"), ValueError, r"same device; got cpu and meta\. Write labels\.to"),
]


@pytest.mark.parametrize(("X", "y", "error", "message"), BAD_DATA)
def test_data_without_a_closed_form_are_refused(X, y, error, message):
    with pytest.raises(error, match=message):
        least_squares(X, y)
