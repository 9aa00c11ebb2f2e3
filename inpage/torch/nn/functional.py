"""torch.nn.functional."""

from torch._mini import functions as _functions
from torch._mini.activations import (
    elu,
    gelu,
    hardtanh,
    leaky_relu,
    logsigmoid,
    mish,
    relu6,
    selu,
    silu,
    softplus,
    softsign,
)
from torch._mini.classification import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    nll_loss,
)
from torch._mini.distances import (
    cosine_similarity,
    kl_div,
    normalize,
    pad,
    pairwise_distance,
)
from torch._mini.dropping import dropout
from torch._mini.functions import sigmoid, tanh
from torch._mini.losses import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from torch._mini.matmul import linear
from torch._mini.names import FUNCTIONAL
from torch._mini.overrides import publish
from torch._mini.refusal import lacking
from torch._mini.softmax import log_softmax, softmax


def one_hot(tensor, num_classes=-1):
    from torch._mini.dtypes import int64
    from torch._mini.tensor import make, values

    if tensor.dtype is not int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    labels = values(tensor)
    if any(k < 0 for k in labels):
        raise RuntimeError("Class values must be non-negative.")
    classes = max(labels) + 1 if num_classes == -1 else num_classes
    if any(k >= classes for k in labels):
        raise RuntimeError("Class values must be smaller than num_classes.")
    numbers = [int(k == c) for k in labels for c in range(classes)]
    out = make(numbers, (*tensor._shape, classes), int64)
    out._counter.changes = 2  # PyTorch writes zeros in place, then the ones
    return out


def _relu(input, inplace=False):
    return input.relu_() if inplace else _functions.relu(input)


_relu.__name__ = "relu"
publish(
    globals(),
    "torch.nn.functional",
    [
        _relu,
        dropout,
        elu,
        gelu,
        hardtanh,
        leaky_relu,
        logsigmoid,
        relu6,
        silu,
        softplus,
        softsign,
        selu,
        mish,
        cosine_similarity,
        kl_div,
        normalize,
        pad,
        pairwise_distance,
        binary_cross_entropy,
        binary_cross_entropy_with_logits,
        cross_entropy,
        huber_loss,
        l1_loss,
        linear,
        log_softmax,
        mse_loss,
        nll_loss,
        one_hot,
        sigmoid,
        smooth_l1_loss,
        softmax,
        tanh,
    ],
)
__getattr__ = lacking("torch.nn.functional", FUNCTIONAL)
