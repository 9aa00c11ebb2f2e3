import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from linreg_lib import squared_loss


def test_shape_and_dtype_are_those_of_the_predictions(dtype, device):
    y_hat = torch.zeros(4, 1, dtype=dtype, device=device)
    loss = squared_loss(y_hat, torch.ones(4, dtype=dtype, device=device))
    assert loss.shape == (4, 1) and loss.dtype == dtype and loss.device.type == device.type


def test_half_the_square_worked_out_by_hand():
    loss = squared_loss(torch.tensor([[1.0], [2.0], [-3.0]]), torch.tensor([[0.0], [5.0], [-3.0]]))
    assert loss.tolist() == [[0.5], [4.5], [0.0]]


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=20))
def test_labels_as_a_row_give_the_same_as_a_column(values):
    y = torch.tensor(values, dtype=torch.float64)
    y_hat = (y + 1).reshape(-1, 1)
    assert torch.equal(squared_loss(y_hat, y), squared_loss(y_hat, y.reshape(-1, 1)))


def test_it_is_half_of_what_pytorch_computes():
    y_hat, y = torch.randn(9, 1), torch.randn(9, 1)
    torch.testing.assert_close(
        squared_loss(y_hat, y).mean(), torch.nn.functional.mse_loss(y_hat, y) / 2
    )


def test_the_gradient_is_the_error():
    y_hat = torch.tensor([[1.0], [2.0]], requires_grad=True)
    squared_loss(y_hat, torch.tensor([[0.0], [5.0]])).sum().backward()
    assert y_hat.grad.tolist() == [[1.0], [-3.0]]


def test_another_number_of_labels_is_refused():
    message = r"as many elements; got shapes \(3, 1\) and \(2,\)\. Compare predictions"
    with pytest.raises(ValueError, match=message):
        squared_loss(torch.zeros(3, 1), torch.zeros(2))
