"""What single operations of PyTorch mean for a training step, by their names."""

from dataclasses import dataclass

import torch
from torch import Tensor

from linreg_lib.checks._origins import Origins

DIFFERENCES = {"sub", "subtract", "rsub", "__rsub__", "sub_", "__isub__"}
DIFFERENCES |= {"add", "__radd__", "add_", "__iadd__"}
PRODUCTS = {"mul", "multiply", "__rmul__", "mul_", "__imul__"}
QUOTIENTS = {"div", "divide", "true_divide", "__truediv__", "div_", "__itruediv__"}
ARITHMETIC = DIFFERENCES | PRODUCTS | QUOTIENTS | {"addcmul", "addcdiv", "lerp", "__rtruediv__"}
COMPARISONS = {"eq", "ne", "__eq__", "__ne__"}
# What takes numbers out of a tensor, and what makes a tensor of numbers.
NUMBERS = {"item", "tolist", "__float__", "__int__", "numpy", "__array__"}
REBUILT = {"tensor", "as_tensor", "new_tensor"}
DETACHED = {"detach", "data.get", "detach_"}
CLEARED = {"zero_", "fill_", "_foreach_zero_", "requires_grad_", "detach_", "grad_fn.get"}
# A derivative of 0 everywhere, and one of 0 where the output no longer changes.
FLAT = {"round", "floor", "ceil", "trunc", "fix", "sign", "sgn", "heaviside", "__floordiv__"}
FLAT |= {"floor_divide", "round_", "floor_", "ceil_", "trunc_", "sign_"}
SATURATED = {"relu", "relu_", "relu6", "clamp", "clamp_min", "sigmoid", "tanh", "softmax"}
SATURATED |= {"log_softmax", "hardtanh", "threshold"}
# Questions about a tensor that say nothing about its values.
ASKED = {"shape", "dtype", "device", "is_leaf", "requires_grad", "grad_fn", "ndim", "is_sparse"}


def name_of(func: object) -> str:
    """Return an operation's name; `grad.get` and `grad.set` for an attribute."""
    name = getattr(func, "__name__", "")
    if name in ("__get__", "__set__"):
        return f"{func.__self__.__name__}.{name.strip('_')}"
    return name


def asks(name: str) -> bool:
    """Tell whether this only asks for a property such as the shape."""
    return name.endswith(".get") and name.removesuffix(".get") in ASKED


def writes(name: str) -> bool:
    """Tell whether an operation writes into its first tensor."""
    if name.startswith("__"):
        return name == "__setitem__" or (name.startswith("__i") and name != "__invert__")
    return name.endswith("_") and not name.startswith("_foreach")


def nothing(gradient: Tensor | None) -> bool:
    """Tell whether a gradient is None or zero."""
    return gradient is None or not bool(dense(gradient).any())


def dense(tensor: Tensor) -> Tensor:
    """Return a tensor's values without its graph; those of a sparse one with all their zeros."""
    tensor = tensor.detach()
    return tensor if tensor.layout == torch.strided else tensor.to_dense()


def lost(name: str, inputs: list[Tensor], outputs: list[Tensor]) -> str | None:
    """Tell how an operation loses the way back to its inputs, which require grad: `Cut.kind`."""
    if name in FLAT:
        return "flat"
    if _constant(name, inputs, outputs):
        return "constant"
    if name in REBUILT:
        return "number"
    if any(t.requires_grad for t in outputs):
        return None
    if name in DETACHED:
        return "detached"
    return "no-derivative" if torch.is_grad_enabled() else "no-grad"


def _constant(name: str, inputs: list[Tensor], outputs: list[Tensor]) -> bool:
    """Tell whether different inputs have all become one value, flat in a neighbourhood."""
    if name == "cross_entropy":
        return inputs[0].ndim == 2 and inputs[0].shape[1] == 1
    if name not in SATURATED or outputs[0].numel() < 2:
        return False
    values, given = outputs[0].detach().reshape(-1), inputs[0].detach().reshape(-1)
    return bool((values == values[0]).all()) and not bool((given == given[0]).all())


def averages(
    name: str,
    inputs: list[Tensor],
    args: tuple,
    kwargs: dict,
    outputs: list[Tensor],
    counts: tuple[int, set],
) -> bool:
    """Tell whether an operation averages over the examples.

    Args:
        name, inputs, args, kwargs, outputs: of the operation.
        counts: the number of examples in this minibatch, and the divisors to look for.
    """
    size, divisors = counts
    source = inputs[0]
    loss = name.endswith("_loss") or "cross_entropy" in name
    if name == "mean" or (loss and kwargs.get("reduction") == "mean"):
        one_each = source.ndim > 0 and source.shape[0] == size
        return size > 1 and one_each and (outputs[0].ndim == 0 or outputs[0].shape[0] != size)
    if name in QUOTIENTS and len(args) > 1:
        by = args[1]
        if isinstance(by, Tensor) and by.numel() == 1:
            by = by.item()
        return isinstance(by, (int, float)) and by in divisors
    return False


def featurewise(name: str, inputs: list[Tensor], outputs: list[Tensor], origins: Origins) -> bool:
    """Tell whether the output holds a product for each feature, not a sum over the features."""
    if len(outputs) != 1 or outputs[0].ndim != 2 or outputs[0].shape[1] < 2:
        return False
    shape = outputs[0].shape
    if name in PRODUCTS and len(inputs) == 2:
        for data, weights in (inputs, inputs[::-1]):
            x, w = origins[data], origins[weights]
            if x.features and not x.params and w.params and not w.features:
                return data.shape == shape
    kept = name in ARITHMETIC or name == "squeeze"
    return kept and any(origins[t].featurewise and t.shape == shape for t in inputs)


@dataclass(frozen=True)
class Pairing:
    """An operation on predictions and labels that broadcasts.

    Attributes:
        prediction, other, result: the shapes.
        kind: "all-pairs" (each prediction with each label) or "featurewise".
        labels: whether the other tensor is known to come from y.
    """

    prediction: tuple[int, ...]
    other: tuple[int, ...]
    result: tuple[int, ...]
    kind: str
    labels: bool


def pairing(name: str, inputs: list[Tensor], origins: Origins) -> Pairing | None:
    """Find where predictions meet labels of another shape."""
    meets = name in ARITHMETIC | COMPARISONS or name.endswith("_loss")
    if not meets or len(inputs) < 2 or any(t.ndim == 0 for t in inputs[:2]):
        return None
    for prediction, other in (inputs[:2], inputs[1::-1]):
        predicted, given = origins[prediction], origins[other]
        update = predicted.gradient is not None or given.gradient is not None
        data = given.features and not given.labels
        if update or data or not predicted.params or given.params:
            continue
        try:
            result = torch.broadcast_shapes(prediction.shape, other.shape)
        except RuntimeError:
            return None
        n = prediction.numel()
        shapes = tuple(prediction.shape), tuple(other.shape), tuple(result)
        if n > 1 and other.numel() == n and result.numel() == n * n:
            return Pairing(*shapes, "all-pairs", given.labels)
        if predicted.featurewise and prediction.shape == result and other.numel() < n:
            return Pairing(*shapes, "featurewise", True) if given.labels else None
        return None
    return None
