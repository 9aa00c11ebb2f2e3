"""The checker's arguments: which parameters are meant, and how the step is to be called."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from reprlib import repr as short

from torch import Tensor, nn
from torch.nn.parameter import is_lazy
from torch.optim import Optimizer

from linreg_lib._arguments import check_count, check_generator
from linreg_lib.words import words


@dataclass
class Given:
    """The parameters as the caller gave them.

    Attributes:
        holder: what the step is handed.
        tensors: the parameters in it, each once.
        names: what messages call them.
    """

    holder: object
    tensors: list[Tensor]
    names: list[str]


def _refused(kind: type[Exception], key: str, **facts) -> Exception:
    return kind(words("findings")["arguments"][key].format(**facts))


def given(params: object) -> Given:
    """Find the parameters, or refuse what holds none."""
    if isinstance(params, Iterator):
        params = list(params)
    if isinstance(params, Tensor):
        raise _refused(TypeError, "one-tensor")
    names, tensors = [], []
    for name, tensor in _tensors(params, "params"):
        if not any(tensor is other for other in tensors):
            names.append(name)
            tensors.append(tensor)
    if not tensors:
        raise _refused(ValueError, "no-tensor")
    if any(is_lazy(tensor) for tensor in tensors):
        raise _refused(ValueError, "lazy")
    return Given(params, tensors, names)


def _tensors(params: object, name: str) -> Iterator[tuple[str, Tensor]]:
    if isinstance(params, Tensor):
        yield name, params
    elif isinstance(params, nn.Module):
        yield from params.named_parameters()
    elif isinstance(params, Optimizer):
        held = [p for group in params.param_groups for p in group["params"]]
        yield from ((f"params[{i}]", p) for i, p in enumerate(held))
    elif isinstance(params, dict):
        for key, value in params.items():
            yield from _tensors(value, f"{name}[{key!r}]")
    elif isinstance(params, (list, tuple)):
        for i, value in enumerate(params):
            yield from _tensors(value, f"{name}[{i}]")
    elif callable(getattr(params, "parameters", None)):
        yield from _tensors(list(params.parameters()), name)
    else:
        raise _refused(TypeError, "no-params", got=type(params).__name__)


def check_data(X: object, y: object, batch_size: int | None) -> int:
    """Return the number of examples in a minibatch, or refuse data that do not fit."""
    for name, value in (("X", X), ("y", y)):
        if not isinstance(value, Tensor) or value.ndim == 0:
            got = "a tensor of no dimension" if isinstance(value, Tensor) else type(value).__name__
            raise _refused(TypeError, "no-data", name=name, got=got)
    n = len(X)
    if n != len(y):
        raise _refused(ValueError, "lengths", X=n, y=len(y))
    if n == 0:
        raise _refused(ValueError, "no-example")
    if batch_size is None:
        return n
    if isinstance(batch_size, (bool, float, str)):
        check_count("batch_size", batch_size, example=min(n, 10))
    if not 1 <= batch_size <= n:
        raise _refused(ValueError, "batch-size", n=n, got=batch_size)
    return batch_size


def check_generators(generator: object) -> list:
    """Return the generators given, as a list."""
    several = generator if isinstance(generator, (list, tuple)) else [generator]
    for one in several:
        check_generator(one)
    return [one for one in several if one is not None]


def caller(step: object) -> Callable:
    """Return a function of (params, X, y) that calls the step with what it asks for.

    A step may take (params, X, y), (X, y) where the model stands outside, or nothing at all;
    three parameters among which are `X` and `y` by name are served by name.
    """
    if not callable(step) or isinstance(step, nn.Module):
        raise _refused(TypeError, "no-function", got=short(step))
    if inspect.isgeneratorfunction(step) or inspect.iscoroutinefunction(step):
        raise _refused(TypeError, "generator-function", got=short(step))
    try:
        parameters = list(inspect.signature(step).parameters.values())
    except (TypeError, ValueError):
        return lambda params, X, y: step(params, X, y)
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    needed = [p.name for p in positional if p.default is p.empty]
    any_number = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    keywords = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty]
    if keywords or len(needed) > 3 or (len(needed) == 1 and not any_number):
        got = ", ".join(needed + keywords)
        raise _refused(TypeError, "arity", count=len(needed + keywords), got=got)
    if any_number or len(needed) == 3:
        order = _by_name(needed)
        return lambda params, X, y: step(*order(params, X, y))
    if len(needed) == 2:
        return lambda params, X, y: step(X, y)
    return lambda params, X, y: step()


def _by_name(names: list[str]) -> Callable:
    """Return in which order three arguments are handed over."""
    low = [name.lower() for name in names]
    if len(names) == 3 and "x" in low and "y" in low:
        x, y = low.index("x"), low.index("y")

        def order(params, X, Y):
            values = [params] * 3
            values[x], values[y] = X, Y
            return values

        return order
    return lambda params, X, y: (params, X, y)
