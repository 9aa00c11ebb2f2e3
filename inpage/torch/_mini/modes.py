"""Whether autograd records: `no_grad`, `enable_grad`, `set_grad_enabled`, `inference_mode`."""

import functools
import inspect

from torch._mini.refusal import refuse

recording, inference = [True], [False]
anomaly, checks_nan = [False], [True]


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

    def __enter__(self):
        if inference[0]:
            refuse("enable_grad within inference_mode")
        super().__enter__()


class set_grad_enabled(_GradMode):
    """Record or not from now on; as a context, until its end."""

    def __new__(cls, *given, **named):
        return object.__new__(cls)

    def __init__(self, mode: bool):
        if type(mode) is not bool:
            name = type(mode).__name__
            raise TypeError(
                f"set_grad_enabled(): argument 'enabled' (position 1) must be bool, not {name}"
            )
        self.mode = mode
        self._before = [recording[0]]
        recording[0] = self.mode

    def __enter__(self):
        if not self._before:
            refuse("entering set_grad_enabled twice")
        recording[0] = self.mode

    def __call__(self, function):
        refuse("set_grad_enabled as a decorator")


class inference_mode(_GradMode):
    """Do not record, nor keep what recording later would need: new tensors are marked."""

    mode = False

    def __new__(cls, mode=True):
        if callable(mode):
            return cls()(mode)
        if mode is not True:
            refuse("inference_mode(False)")
        return object.__new__(cls)

    def __init__(self, mode=True):
        super().__init__()
        self._outside = []

    def __enter__(self):
        super().__enter__()
        self._outside.append(inference[0])
        inference[0] = True

    def __exit__(self, *exception):
        inference[0] = self._outside.pop()
        super().__exit__(*exception)


def is_inference_mode_enabled() -> bool:
    """Whether inference mode is on."""
    return inference[0]


def is_grad_enabled() -> bool:
    """Whether autograd records."""
    return recording[0]
