"""Optimizers: SGD with momentum, Adam, AdamW, in PyTorch's order of operations."""

import functools
from collections import defaultdict
from copy import deepcopy

from torch._mini.modes import enable_grad, no_grad
from torch._mini.modules import _typename
from torch._mini.nodes import Handle, Hooks
from torch._mini.refusal import refuse
from torch._mini.tensor import Tensor

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
            refuse("a parameter that stands twice in an optimizer")
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


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum and weight decay."""

    def __init__(
        self,
        params,
        lr=1e-3,
        momentum=0,
        dampening=0,
        weight_decay=0,
        nesterov=False,
        *,
        maximize=False,
        foreach=None,
        differentiable=False,
        fused=None,
    ):
        if differentiable or fused:
            refuse("this option of SGD")
        if _number(lr) < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if momentum < 0.0:
            raise ValueError(f"Invalid momentum value: {momentum}")
        if weight_decay < 0.0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)

    def step(self, closure=None):
        loss = self._computed(closure)
        with no_grad():
            for group in self.param_groups:
                for param in group["params"]:
                    if param.grad is not None:
                        self._update(param, group)
        return loss

    def _update(self, param, group):
        gradient = -param.grad if group["maximize"] else param.grad
        if group["weight_decay"] != 0:
            gradient = gradient.add(param, alpha=group["weight_decay"])
        momentum = group["momentum"]
        if momentum != 0:
            buffer = self.state[param].get("momentum_buffer")
            if buffer is None:
                buffer = gradient.detach().clone()
                self.state[param]["momentum_buffer"] = buffer
            else:
                buffer.mul_(momentum).add_(gradient, alpha=1 - group["dampening"])
            gradient = gradient.add(buffer, alpha=momentum) if group["nesterov"] else buffer
        param.add_(gradient, alpha=-group["lr"])


class StatefulOptimizer(Optimizer):
    """One that remembers something of each parameter: what, and its rule, are the subclass's."""

    def step(self, closure=None):
        loss = self._computed(closure)
        with no_grad():
            for group in self.param_groups:
                for param in group["params"]:
                    if param.grad is None:
                        continue
                    state = self.state[param]
                    if not state:
                        self._begin(param, group, state)
                    self._update(param, group, state)
        return loss


class Adam(StatefulOptimizer):
    """Adam: steps scaled by running means of the gradient and of its square."""

    decoupled = False

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        amsgrad=False,
        *,
        foreach=None,
        maximize=False,
        capturable=False,
        differentiable=False,
        fused=None,
        decoupled_weight_decay=False,
    ):
        if amsgrad or capturable or differentiable or fused or decoupled_weight_decay:
            refuse(f"this option of {type(self).__name__}")
        if not _number(lr) >= 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if not eps >= 0.0:
            raise ValueError(f"Invalid epsilon value: {eps}")
        for i in range(2):
            if not 0.0 <= betas[i] < 1.0:
                raise ValueError(f"Invalid beta parameter at index {i}: {betas[i]}")
        if not weight_decay >= 0.0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": type(self).decoupled,
        }
        super().__init__(params, defaults)

    def _begin(self, param, group, state):
        from torch._mini.creation import tensor, zeros_like

        state["step"] = tensor(0.0)
        state["exp_avg"] = zeros_like(param)
        state["exp_avg_sq"] = zeros_like(param)

    def _update(self, param, group, state):
        first, second = group["betas"]
        gradient = -param.grad if group["maximize"] else param.grad
        state["step"] += 1
        if group["weight_decay"] != 0:
            if self.decoupled:
                param.mul_(1 - group["lr"] * group["weight_decay"])
            else:
                gradient = gradient.add(param, alpha=group["weight_decay"])
        mean, square = state["exp_avg"], state["exp_avg_sq"]
        mean.add_((gradient - mean).mul_(1 - first))  # lerp
        square.mul_(second).add_(gradient * gradient * (1 - second))
        n = state["step"].item()
        size = group["lr"] / (1 - first**n)
        denominator = (square.sqrt() / ((1 - second**n) ** 0.5)).add_(group["eps"])
        param.add_((mean / denominator).mul_(-size))


class AdamW(Adam):
    """Adam with weight decay apart from the gradient."""

    decoupled = True

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=1e-2,
        amsgrad=False,
        **options,
    ):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, **options)


class RMSprop(StatefulOptimizer):
    """Steps scaled by a running mean of the square of the gradient."""

    def __init__(
        self,
        params,
        lr=1e-2,
        alpha=0.99,
        eps=1e-8,
        weight_decay=0,
        momentum=0,
        centered=False,
        capturable=False,
        foreach=None,
        maximize=False,
        differentiable=False,
    ):
        if centered or capturable or differentiable or maximize:
            refuse("this option of RMSprop")
        for name, value in (
            ("learning rate", _number(lr)),
            ("epsilon value", eps),
            ("momentum value", momentum),
            ("weight_decay value", weight_decay),
            ("alpha value", alpha),
        ):
            if not value >= 0.0:
                raise ValueError(f"Invalid {name}: {value}")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _begin(self, param, group, state):
        from torch._mini.creation import tensor, zeros_like

        state["step"] = tensor(0.0)
        state["square_avg"] = zeros_like(param)
        if group["momentum"] > 0:
            state["momentum_buffer"] = zeros_like(param)

    def _update(self, param, group, state):
        gradient, alpha = param.grad, group["alpha"]
        state["step"] += 1
        if group["weight_decay"] != 0:
            gradient = gradient.add(param, alpha=group["weight_decay"])
        square = state["square_avg"]
        square.mul_(alpha).add_(gradient * gradient * (1 - alpha))
        average = square.sqrt().add_(group["eps"])
        if group["momentum"] > 0:
            buffer = state["momentum_buffer"]
            buffer.mul_(group["momentum"]).add_(gradient / average)
            param.add_(buffer, alpha=-group["lr"])
        else:
            param.add_((gradient / average).mul_(-group["lr"]))


class Adagrad(Optimizer):
    """Steps scaled by the sum of the squares of all gradients so far."""

    def __init__(
        self,
        params,
        lr=1e-2,
        lr_decay=0,
        weight_decay=0,
        initial_accumulator_value=0,
        eps=1e-10,
        foreach=None,
        *,
        maximize=False,
        differentiable=False,
        fused=None,
    ):
        from torch._mini.creation import full_like, tensor

        if maximize or differentiable or fused:
            refuse("this option of Adagrad")
        for name, value in (
            ("learning rate", _number(lr)),
            ("lr_decay value", lr_decay),
            ("weight_decay value", weight_decay),
            ("initial_accumulator_value value", initial_accumulator_value),
            ("epsilon value", eps),
        ):
            if not value >= 0.0:
                raise ValueError(f"Invalid {name}: {value}")
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        for group in self.param_groups:
            for param in group["params"]:
                start = full_like(param, initial_accumulator_value)
                self.state[param] = {"step": tensor(0.0), "sum": start}

    def step(self, closure=None):
        loss = self._computed(closure)
        with no_grad():
            for group in self.param_groups:
                for param in group["params"]:
                    if param.grad is not None:
                        self._update(param, group, self.state[param])
        return loss

    def _update(self, param, group, state):
        gradient = param.grad
        state["step"] += 1
        if group["weight_decay"] != 0:
            gradient = gradient.add(param, alpha=group["weight_decay"])
        size = group["lr"] / (1 + (state["step"].item() - 1) * group["lr_decay"])
        state["sum"].add_(gradient * gradient)
        root = state["sum"].sqrt().add_(group["eps"])
        param.add_((gradient / root).mul_(-size))
