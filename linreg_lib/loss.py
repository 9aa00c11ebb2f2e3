"""The squared loss (book: From scratch, Loss)."""

from torch import Tensor


def squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Half the squared error of each example, elementwise, not averaged.

    Args:
        y_hat: predictions (n, 1).
        y: labels with as many elements, (n, 1) or (n,); reshaped to y_hat's shape, since
            (n, 1) - (n,) would broadcast to (n, n) without a word.

    Returns:
        The shape of y_hat, in squared units of the labels.

    Raises:
        ValueError: for labels of another number of elements than the predictions.
    """
    if y_hat.numel() != y.numel():
        raise ValueError(
            f"y_hat and y must have as many elements; got shapes {tuple(y_hat.shape)} and "
            f"{tuple(y.shape)}. Compare predictions with the labels of the same minibatch."
        )
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
