"""Relatives of Adam: Adadelta, Adamax, NAdam, RAdam."""

from torch._mini.adaptive import StatefulOptimizer, add_square, check_settings, not_negative
from torch._mini.blending import lerp
from torch._mini.limits import maximum
from torch._mini.optimizer import _number
from torch._mini.refusal import refuse


class _Relative(StatefulOptimizer):
    """The state with which they begin."""

    memory: tuple = ()

    def _begin(self, param, group, state):
        from torch._mini.creation import ones, tensor, zeros_like

        state["step"] = tensor(0.0)
        for name in self.memory:
            state[name] = ones(()) if name == "mu_product" else zeros_like(param)


def _checked(lr, eps, betas, weight_decay, capturable, differentiable):
    if capturable or differentiable:
        refuse("this option of an optimizer")
    check_settings(lr, eps, betas, weight_decay)


class Adadelta(_Relative):
    """Steps in the ratio of the running sizes of past steps and of gradients."""

    memory = ("square_avg", "acc_delta")

    def __init__(
        self,
        params,
        lr=1.0,
        rho=0.9,
        eps=1e-6,
        weight_decay=0,
        foreach=None,
        *,
        capturable=False,
        maximize=False,
        differentiable=False,
    ):
        if capturable or differentiable:
            refuse("this option of Adadelta")
        not_negative(("learning rate", _number(lr)))
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Invalid rho value: {rho}")
        not_negative(("epsilon value", eps), ("weight_decay value", weight_decay))
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _update(self, param, group, state):
        gradient = self._gradient(param, group, state)
        square, steps, rho, eps = (
            state["square_avg"],
            state["acc_delta"],
            group["rho"],
            group["eps"],
        )
        add_square(square.mul_(rho), gradient, 1 - rho)
        delta = steps.add(eps).sqrt_().div_(square.add(eps).sqrt_()).mul_(gradient)
        add_square(steps.mul_(rho), delta, 1 - rho)
        param.add_(delta, alpha=-group["lr"])


class Adamax(_Relative):
    """Adam, scaled by the largest gradient of late."""

    memory = ("exp_avg", "exp_inf")

    def __init__(
        self,
        params,
        lr=2e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        foreach=None,
        *,
        maximize=False,
        differentiable=False,
        capturable=False,
    ):
        _checked(lr, eps, betas, weight_decay, capturable, differentiable)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _update(self, param, group, state):
        first, second = group["betas"]
        gradient = self._gradient(param, group, state)
        mean, largest = state["exp_avg"], state["exp_inf"]
        mean.copy_(lerp(mean, gradient, 1 - first))
        largest.copy_(maximum(largest.mul_(second), gradient.abs().add_(group["eps"])))
        size = group["lr"] / (1 - first ** state["step"].item())
        param.add_((mean * -size).div_(largest))


class NAdam(_Relative):
    """Adam with Nesterov's momentum."""

    memory = ("mu_product", "exp_avg", "exp_avg_sq")

    def __init__(
        self,
        params,
        lr=2e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        momentum_decay=4e-3,
        decoupled_weight_decay=False,
        *,
        foreach=None,
        maximize=False,
        capturable=False,
        differentiable=False,
    ):
        _checked(lr, eps, betas, weight_decay, capturable, differentiable)
        not_negative(("momentum_decay value", momentum_decay))
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _update(self, param, group, state):
        first, second = group["betas"]
        gradient = self._gradient(param, group, state)
        lr, n = group["lr"], state["step"].item()
        decay = group["momentum_decay"]
        now = first * (1.0 - 0.5 * (0.96 ** (n * decay)))
        then = first * (1.0 - 0.5 * (0.96 ** ((n + 1) * decay)))
        product, mean, square = state["mu_product"], state["exp_avg"], state["exp_avg_sq"]
        product *= now
        mean.copy_(lerp(mean, gradient, 1 - first))
        add_square(square.mul_(second), gradient, 1 - second)
        below = square.div(1 - second**n).sqrt().add_(group["eps"])
        now, then = (
            -lr * (1.0 - now) / (1.0 - product.item()),
            -lr * then / (1.0 - product.item() * then),
        )
        param.add_((gradient * now).div_(below))
        param.add_((mean * then).div_(below))


class RAdam(_Relative):
    """Adam that trusts its scale only when it has seen enough."""

    memory = ("exp_avg", "exp_avg_sq")

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        decoupled_weight_decay=False,
        *,
        foreach=None,
        maximize=False,
        capturable=False,
        differentiable=False,
    ):
        _checked(lr, eps, betas, weight_decay, capturable, differentiable)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "decoupled_weight_decay": decoupled_weight_decay,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _update(self, param, group, state):
        first, second = group["betas"]
        gradient = self._gradient(param, group, state)
        mean, square, n = state["exp_avg"], state["exp_avg_sq"], state["step"].item()
        mean.copy_(lerp(mean, gradient, 1 - first))
        add_square(square.mul_(second), gradient, 1 - second)
        left = 1 - second**n
        step = mean / (1 - first**n) * group["lr"]
        most = 2 / (1 - second) - 1
        seen = most - 2 * n * (second**n) / left
        if seen > 5.0:
            scale = (left**0.5) / square.sqrt().add_(group["eps"])
            trust = (seen - 4) * (seen - 2) * most / ((most - 4) * (most - 2) * seen)
            step = step * scale * trust**0.5
        param.add_(step, alpha=-1.0)
