"""What all optimizers share: groups of parameters, their settings, a state for each parameter."""

import functools
from collections import defaultdict
from copy import deepcopy

from torch._mini.modes import enable_grad
from torch._mini.nodes import Handle, Hooks
from torch._mini.parameters import _typename
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor
from torch._mini.warn import from_within, warn

TWICE = (
    "optimizer contains a parameter group with duplicate parameters; in future, this will cause an "
    "error; see github.com/pytorch/pytorch/issues/40967 for more information"
)
_before_steps, _after_steps = Hooks(), Hooks()


def register_optimizer_step_pre_hook(hook):
    """Call `hook(optimizer, args, kwargs)` before every step of every optimizer."""
    return Handle(_before_steps, hook)


def register_optimizer_step_post_hook(hook):
    """Call `hook(optimizer, args, kwargs)` after every step of every optimizer."""
    return Handle(_after_steps, hook)


class Optimizer:
    """Groups of parameters, each with its settings, and a state for each parameter."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "step" in vars(cls):
            cls.step = _with_hooks(cls.step)

    def __init__(self, params, defaults):
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, "
                f"but got {_typename(params)}"
            )
        self.defaults = defaults
        self.state = defaultdict(dict)
        self.param_groups = []
        self._own_before, self._own_after = Hooks(), Hooks()
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(dict(group))

    def add_param_group(self, param_group):
        params = param_group["params"]
        params = [params] if isinstance(params, Tensor) else list(params)
        if params and isinstance(params[0], tuple):
            refuse("named parameters in an optimizer")
        param_group["params"] = params
        for param in params:
            if not isinstance(param, Tensor):
                raise TypeError(
                    "optimizer can only optimize Tensors, but one of the params is "
                    + _typename(param)
                )
            if not (param.is_leaf or param.retains_grad):
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, value in self.defaults.items():
            param_group.setdefault(name, value)
        seen = set()
        if len({id(p) for p in params}) != len(params):
            with from_within(__file__):
                warn(TWICE)
        for group in self.param_groups:
            seen.update(map(id, group["params"]))
        if seen.intersection(map(id, params)):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(param_group)

    def zero_grad(self, set_to_none=True):
        for group in self.param_groups:
            for param in group["params"]:
                if param.grad is not None:
                    if set_to_none:
                        param.grad = None
                    else:
                        param.grad.detach_().requires_grad_(False)
                        param.grad.zero_()

    def step(self, closure=None):
        raise NotImplementedError

    def register_step_pre_hook(self, hook):
        return Handle(self._own_before, hook)

    def register_step_post_hook(self, hook):
        return Handle(self._own_after, hook)

    def state_dict(self):
        number = {}
        groups = []
        for group in self.param_groups:
            for param in group["params"]:
                number.setdefault(id(param), len(number))
            packed = {key: value for key, value in group.items() if key != "params"}
            packed["params"] = [number[id(param)] for param in group["params"]]
            groups.append(packed)
        state = {
            number[id(key)] if isinstance(key, Tensor) else key: value
            for key, value in self.state.items()
        }
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict):
        saved = deepcopy(state_dict["param_groups"])
        if len(saved) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        params = [param for group in self.param_groups for param in group["params"]]
        order = [n for group in saved for n in group["params"]]
        if len(order) != len(params):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of "
                "optimizer's group"
            )
        by_number = dict(zip(order, params, strict=True))
        self.state = defaultdict(dict)
        for key, value in state_dict["state"].items():
            self.state[by_number.get(key, key)] = deepcopy(value)
        for group, new in zip(self.param_groups, saved, strict=True):
            group.update({key: value for key, value in new.items() if key != "params"})

    def __repr__(self):
        lines = [f"{type(self).__name__} ("]
        for i, group in enumerate(self.param_groups):
            lines += [f"Parameter Group {i}"]
            lines += [f"    {key}: {group[key]}" for key in sorted(group) if key != "params"]
            lines += [""] * (group is not self.param_groups[-1])
        return "\n".join([*lines, ")"])

    def _computed(self, closure):
        if closure is None:
            return None
        with enable_grad():
            return closure()


def _with_hooks(step):
    @functools.wraps(step)
    def stepped(self, *args, **kwargs):
        self._opt_called = True
        for hook in (*_before_steps.values(), *self._own_before.values()):
            hook(self, args, kwargs)
        result = step(self, *args, **kwargs)
        for hook in (*self._own_after.values(), *_after_steps.values()):
            hook(self, args, kwargs)
        return result

    return stepped


def _number(lr):
    if isinstance(lr, Tensor):
        refuse("a tensor as learning rate")
    return lr
