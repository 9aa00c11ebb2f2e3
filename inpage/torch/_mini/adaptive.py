"""Optimizers that scale each step by what they have seen: Adam, AdamW, RMSprop, Adagrad."""

from torch._mini.blending import addcmul, lerp
from torch._mini.modes import no_grad
from torch._mini.optimizer import Optimizer, _number
from torch._mini.refusal import refuse


def not_negative(*settings) -> None:
    """Raise where one of the settings (name, value) is below zero."""
    for name, value in settings:
        if not value >= 0.0:
            raise ValueError(f"Invalid {name}: {value}")


def check_settings(lr, eps, betas, weight_decay) -> None:
    """Raise where a setting that Adam and its relatives share is out of its range."""
    not_negative(("learning rate", _number(lr)), ("epsilon value", eps))
    for i in range(2):
        if not 0.0 <= betas[i] < 1.0:
            raise ValueError(f"Invalid beta parameter at index {i}: {betas[i]}")
    not_negative(("weight_decay value", weight_decay))


def add_square(square, gradient, share) -> None:
    """Add a share of the gradient's square, rounded as PyTorch's addcmul_ does."""
    square.copy_(addcmul(square, gradient, gradient, value=share))


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

    def _gradient(self, param, group, state):
        """Count the step; the gradient, with the decay of the weights."""
        state["step"] += 1
        gradient = -param.grad if group["maximize"] else param.grad
        if group["weight_decay"] != 0:
            if group.get("decoupled_weight_decay"):
                param.mul_(1 - group["lr"] * group["weight_decay"])
            else:
                gradient = gradient.add(param, alpha=group["weight_decay"])
        return gradient


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
        check_settings(lr, eps, betas, weight_decay)
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
        gradient = self._gradient(param, group, state)
        mean, square = state["exp_avg"], state["exp_avg_sq"]
        mean.copy_(lerp(mean, gradient, 1 - first))
        add_square(square.mul_(second), gradient, 1 - second)
        n = state["step"].item()
        size = group["lr"] / (1 - first**n)
        denominator = (square.sqrt() / ((1 - second**n) ** 0.5)).add_(group["eps"])
        param.add_((mean * -size).div_(denominator))


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
        not_negative(
            ("learning rate", _number(lr)),
            ("epsilon value", eps),
            ("momentum value", momentum),
            ("weight_decay value", weight_decay),
            ("alpha value", alpha),
        )
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
        add_square(square.mul_(alpha), gradient, 1 - alpha)
        average = square.sqrt().add_(group["eps"])
        if group["momentum"] > 0:
            buffer = state["momentum_buffer"]
            buffer.mul_(group["momentum"]).add_(gradient / average)
            param.add_(buffer, alpha=-group["lr"])
        else:
            param.add_((gradient * -group["lr"]).div_(average))


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
        not_negative(
            ("learning rate", _number(lr)),
            ("lr_decay value", lr_decay),
            ("weight_decay value", weight_decay),
            ("initial_accumulator_value value", initial_accumulator_value),
            ("epsilon value", eps),
        )
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
        add_square(state["sum"], gradient, 1)
        root = state["sum"].sqrt().add_(group["eps"])
        param.add_((gradient * -size).div_(root))
