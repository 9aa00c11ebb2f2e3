"""Whether autograd records: `no_grad`, `enable_grad`, `set_grad_enabled`, `inference_mode`."""

import functools
import inspect

from torch._mini.refusal import refuse

recording = [True]


class _GradMode:
    """A context in which autograd records, or does not; also a decorator of functions."""

    mode = True

    def __new__(cls, orig_func=None):
        return super().__new__(cls) if orig_func is None else cls()(orig_func)

    def __init__(self, orig_func=None):
        self._before = []

    def __enter__(self):
        self._before.append(recording[0])
        recording[0] = self.mode

    def __exit__(self, *exception):
        recording[0] = self._before.pop()

    def __call__(self, function):
        if inspect.isclass(function):
            refuse("a gradient mode as decorator of a class")
        if inspect.isgeneratorfunction(function):
            refuse("a gradient mode as decorator of a generator")

        @functools.wraps(function)
        def under_mode(*args, **kwargs):
            with type(self)():
                return function(*args, **kwargs)

        return under_mode


class no_grad(_GradMode):
    """Do not record."""

    mode = False


class enable_grad(_GradMode):
    """Record, also within `no_grad`."""

    mode = True


class set_grad_enabled(_GradMode):
    """Record or not from now on; as a context, until its end."""

    def __new__(cls, mode):
        return object.__new__(cls)

    def __init__(self, mode: bool):
        self.mode = bool(mode)
        self._before = [recording[0]]
        recording[0] = self.mode

    def __enter__(self):
        if not self._before:
            refuse("entering set_grad_enabled twice")
        recording[0] = self.mode

    def __call__(self, function):
        refuse("set_grad_enabled as a decorator")


def inference_mode(mode=True):
    """Refused: tensors of inference mode have rules of their own."""
    refuse("torch.inference_mode")


def is_grad_enabled() -> bool:
    """Whether autograd records."""
    return recording[0]
