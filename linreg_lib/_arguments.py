"""Checks of arguments. Each error gives the rule, the value received and the cure.

They stand here once, so that the files printed in the book hold the idea and one line a rule.
"""

import math
import operator
from collections.abc import Iterable
from reprlib import repr as short  # a value of any size in a few words

import torch
from torch import Tensor


def check_count(name: str, value: int, example: int) -> int:
    """Return `value` as an int, or refuse what is not a whole number of at least 1."""
    if type(value) is int and value >= 1:  # the usual case first: `sgd` asks at every step
        return value
    cure = f"Write {name}={example}."
    try:
        count = operator.index(value)
    except TypeError:
        count = None
    if count is None or isinstance(value, bool):
        raise TypeError(f"{name} must be an integer; got {short(value)}. {cure}")
    if count < 1:
        raise ValueError(f"{name} must be at least 1; got {count}. {cure}")
    return count


def check_number(name: str, value: float, example: str, *, above_zero: bool = False) -> float:
    """Return `value` as a float, or refuse what is not finite, negative (or, if asked, zero)."""
    if type(value) is float and 0 < value < math.inf:
        return value
    rule = "finite and > 0" if above_zero else "finite and not negative"
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(
            f"{name} must be a number, {rule}; got {short(value)}. Write {name}={example}."
        ) from None
    if not math.isfinite(number) or number < 0 or (above_zero and number == 0):
        raise ValueError(f"{name} must be {rule}; got {number}. Write {name}={example}.")
    return number


def check_generator(generator: torch.Generator | None) -> None:
    """Refuse a seed, or anything else, where a generator belongs."""
    if not (generator is None or isinstance(generator, torch.Generator)):
        raise TypeError(
            f"generator must be a torch.Generator or None; got {short(generator)}. "
            "Write generator=torch.Generator().manual_seed(0)."
        )


def check_pairs(features: Tensor, labels: Tensor) -> int:
    """Return the number of examples, or refuse data that do not pair up or are empty."""
    for name, value in (("features", features), ("labels", labels)):
        if not isinstance(value, Tensor) or value.ndim == 0:
            got = "a tensor of no dimension" if isinstance(value, Tensor) else type(value).__name__
            raise TypeError(
                f"{name} must be a tensor with one row an example; got {got}. "
                f"Write torch.tensor({name})."
            )
    if len(features) != len(labels):
        raise ValueError(
            "features and labels must have the same length; "
            f"got {len(features)} and {len(labels)}. Give each example one label."
        )
    if len(features) == 0:
        raise ValueError(
            "features and labels must hold at least one example; got none. "
            "Look at the step that selected them."
        )
    return len(features)


def check_regression_data(features: Tensor, labels: Tensor) -> None:
    """Refuse what is not features (n, d) and labels (n, 1) or (n,), floating point and finite."""
    n = check_pairs(features, labels)
    if features.ndim != 2 or features.shape[1] == 0:
        raise ValueError(
            f"features must have shape (n, d), d >= 1; got {tuple(features.shape)}. "
            "For one feature write features.reshape(-1, 1)."
        )
    if labels.shape not in ((n, 1), (n,)):
        raise ValueError(
            f"labels must have shape (n, 1) or (n,), here n = {n}; got {tuple(labels.shape)}. "
            "Give each example one label."
        )
    if not features.is_floating_point() or features.dtype != labels.dtype:
        raise TypeError(
            "features and labels must have the same floating point dtype; "
            f"got {features.dtype} and {labels.dtype}. Write features.float(), labels.float()."
        )
    if features.device != labels.device:
        raise ValueError(
            "features and labels must be on the same device; "
            f"got {features.device} and {labels.device}. Write labels.to(features.device)."
        )
    for name, values in (("features", features), ("labels", labels)):
        # The extremes tell in one pass and without a temporary: nan is carried through them.
        if not all(math.isfinite(extreme) for extreme in values.detach().aminmax()):
            bad = ~torch.isfinite(values.detach().reshape(n, -1)).all(dim=1)
            raise ValueError(
                f"{name} must be finite; got nan or inf in {int(bad.sum())} of {n} rows, first "
                f"in row {int(bad.nonzero()[0])}. Leave those rows out of features and labels."
            )


def check_leaf(name: str, param: Tensor) -> None:
    """Refuse a parameter that no `backward` would fill."""
    rule = f"{name} must be a floating point leaf tensor that requires grad"
    if not isinstance(param, Tensor):
        raise TypeError(f"{rule}; got {type(param).__name__}. Write w, b = init_params(2).")
    if not param.is_floating_point():
        raise TypeError(f"{rule}; got {param.dtype}. Write .float().requires_grad_().")
    if not param.is_leaf:
        raise ValueError(
            f"{rule}; got the result of an operation ({type(param.grad_fn).__name__}). "
            "Update it in place, under torch.no_grad(): an assignment makes a new tensor."
        )
    if not param.requires_grad:
        raise ValueError(f"{rule}; got one that does not. Write .requires_grad_() before training.")


def check_ready(params: Iterable[Tensor]) -> list[Tensor]:
    """Return the parameters as a list, or refuse them unless each is a leaf with a gradient."""
    if type(params) is not list:  # the usual case first: `sgd` asks at every step
        if isinstance(params, Tensor):
            raise TypeError("params must be a list of tensors; got one tensor. Write [w, b].")
        params = list(params)
    if not params:
        raise ValueError("params must hold at least one tensor; got none. Write [w, b].")
    for param in params:
        leaf = isinstance(param, Tensor) and param.requires_grad and param.is_leaf
        if not leaf or param.grad is None:
            name = f"params[{next(i for i, one in enumerate(params) if one is param)}]"
            check_leaf(name, param)
            raise ValueError(
                f"{name} must have a gradient; got .grad = None. "
                "Call backward() on a loss computed from it first."
            )
    return params


def check_params(w: Tensor | None, b: Tensor | None, features: Tensor) -> None:
    """Refuse parameters that do not fit the features; None for both stands for new ones."""
    if w is None and b is None:
        return
    if w is None or b is None:
        missing = "w" if w is None else "b"
        raise ValueError(f"w and b must be given together; got no {missing}. Give both or neither.")
    for name, param, shape in (("w", w, (features.shape[1], 1)), ("b", b, (1,))):
        check_leaf(name, param)
        if param.shape != shape:
            raise ValueError(
                f"{name} must have shape {shape} for these features; got {tuple(param.shape)}. "
                "Write w, b = init_params(features.shape[1])."
            )
        if (param.dtype, param.device) != (features.dtype, features.device):
            raise TypeError(
                f"{name} must have the features' dtype and device ({features.dtype}, "
                f"{features.device}); got {param.dtype}, {param.device}. "
                "Write init_params(..., dtype=features.dtype, device=features.device)."
            )


def check_callables(**functions: object) -> None:
    """Refuse what cannot be called, such as the result of a call."""
    for name, function in functions.items():
        if not callable(function):
            raise TypeError(
                f"{name} must be a function; got {short(function)}. "
                "Write its name without parentheses, as in loss=squared_loss."
            )
