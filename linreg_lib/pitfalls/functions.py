"""The mistakes as functions to pass to `train` (book: Pitfalls).

`train(..., update=sgd_keeping_gradients)` trains with one mistake and nothing else changed. Each
function has the signature of the right one: `update(params, lr, batch_size)`,
`loss(y_hat, y)`, `net(X, w, b)`.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor


def sgd_rebinding(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
    """Rebind the loop variable: nothing changes (pitfall-rebind-loop-variable)."""
    with torch.no_grad():
        for param in params:
            param = param - lr * param.grad / batch_size


def sgd_keeping_gradients(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
    """Forget to clear the gradients (pitfall-forgotten-zero)."""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size


def sgd_zeroing_first(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
    """Clear the gradients before they are used (pitfall-zero-before-step)."""
    with torch.no_grad():
        for param in params:
            param.grad.zero_()
            param -= lr * param.grad / batch_size


def sgd_without_division(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
    """Step down the summed gradient: lr is multiplied by batch_size (pitfall-sum-or-mean)."""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad
            param.grad.zero_()


def sgd_dividing_by(count: int) -> Callable[[Sequence[Tensor], float, int], None]:
    """Return an update that divides by `count`, short last batch or not (pitfall-short-last-batch).

    `train` hands the number of examples of each minibatch to `update`; this one ignores it.
    """

    def sgd_with_fixed_count(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
        with torch.no_grad():
            for param in params:
                param -= lr * param.grad / count
                param.grad.zero_()

    return sgd_with_fixed_count


def sgd_weight_decay_typo(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
    """Subtract the bias itself instead of its gradient (pitfall-weight-decay-typo).

    The last of `params` is the bias.
    """
    *weights, bias = params
    with torch.no_grad():
        for param in weights:
            param -= lr * param.grad / batch_size
        bias.sub_(bias * lr)
        for param in params:
            param.grad.zero_()


def sgd_data(params: Sequence[Tensor], lr: float, batch_size: int) -> None:
    """Update through `.data`: right here, but hidden from autograd (pitfall-data-bypass)."""
    for param in params:
        param.data -= lr * param.grad / batch_size
        param.grad.data.zero_()


def squared_loss_broadcasting(y_hat: Tensor, y: Tensor) -> Tensor:
    """Compare every prediction (n, 1) with every label (n,): (n, n) (pitfall-broadcast-n-n)."""
    return (y_hat - y.reshape(-1)) ** 2 / 2


def mean_squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Return half the mean squared error, a scalar; `sgd` then divides twice (pitfall-sum-or-mean).

    With `update=sgd_without_division` it is right: the same steps as the book's sum and division.
    """
    return ((y_hat - y.reshape(y_hat.shape)) ** 2 / 2).mean()


def linreg_under_no_grad(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Predict under `no_grad`: there is no graph to walk back (pitfall-no-grad-forward)."""
    with torch.no_grad():
        return X @ w + b
