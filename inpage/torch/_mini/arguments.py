"""Flags and dtypes among the arguments: PyTorch's parser takes no number for them.

`x.sum(0, 1)` is an error, not a sum along 0 with keepdim: the miniature, where any value is true or
false, must not be more lenient.
"""

import inspect

# Functions with one signature, of which the words of the error are certain: as a method, of torch.
_METHODS = frozenset("sum mean prod max min argmax argmin amax amin logsumexp".split())
_FUNCTIONS = frozenset("sum argmax argmin amax amin logsumexp".split())
_MAKERS = frozenset("tensor zeros ones".split())


def checker(function, name: str):
    """What checks the flags and dtypes of a call of `function`; None where it has none.

    The check raises PyTorch's error where its words are known, else returns what is to be refused.
    """
    home, _, short = name.rpartition(".")
    if home not in ("torch", "Tensor") or short.startswith("__") or short == "type":
        return None
    names = {}
    for place, parameter in enumerate(inspect.signature(function).parameters.values()):
        if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            place = 1000  # by name alone
        if isinstance(parameter.default, bool) or parameter.name in ("dtype", "unbiased"):
            names[parameter.name] = place
    if not names:
        return None
    first = min(names.values())
    certain = _METHODS if home == "Tensor" else _FUNCTIONS

    def check(args, kwargs):
        if len(args) <= first and not kwargs:
            return None
        for parameter, place in names.items():
            if place < len(args):
                value, where = args[place], f" (position {place + (home == 'torch')})"
            elif parameter in kwargs:
                value, where = kwargs[parameter], ""
            else:
                continue
            if parameter == "dtype":
                if value is None or isinstance(value, type) or hasattr(value, "is_floating_point"):
                    continue
                wanted = "torch.dtype"
            elif isinstance(value, bool) or (value is None and parameter != "keepdim"):
                continue
            else:
                wanted = "bool"
            kind = type(value).__name__
            if (parameter == "keepdim" and short in certain) or (short in _MAKERS and not where):
                raise TypeError(
                    f"{short}(): argument '{parameter}'{where} must be {wanted}, not {kind}"
                )
            return f"{name} with {parameter}={value!r}"
        return None

    return check
