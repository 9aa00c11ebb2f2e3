"""Learning rates that change from epoch to epoch."""

import functools
import math

from torch._mini.optimizer import Optimizer
from torch._mini.refusal import refuse
from torch._mini.warn import from_within, warn

TOO_EARLY = (
    "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, "
    "you should call them in the opposite order: `optimizer.step()` before `lr_scheduler.step()`.  "
    "Failure to do this will result in PyTorch skipping the first value of the learning rate "
    "schedule. See more details at "
    "https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate"
)


class _State:
    """The state of a scheduler: to be loaded again, and asked for what all schedulers have."""

    common = ("base_lrs", "last_epoch", "_last_lr")

    def __init__(self, scheduler):
        self.facts = {k: v for k, v in vars(scheduler).items() if k != "optimizer"}

    def __getitem__(self, name):
        if name not in self.common:
            refuse(f"{name!r} of a scheduler's state")
        return self.facts[name]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse("the contents of a scheduler's state")

    def _unread(self, *others):
        refuse("the contents of a scheduler's state")

    __iter__ = __len__ = __contains__ = __eq__ = __repr__ = _unread
    __hash__ = object.__hash__


def _for_steps(get_lr):
    """PyTorch warns whoever asks for rates between steps."""

    @functools.wraps(get_lr)
    def asked(self):
        if not self._stepping:
            with from_within(__file__):
                warn(
                    "To get the last learning rate computed by the scheduler, please use "
                    "`get_last_lr()`."
                )
        return get_lr(self)

    return asked


class LRScheduler:
    """Sets the learning rate of each group of an optimizer; `step` once an epoch."""

    _stepping = False

    def __init__(self, optimizer, last_epoch=-1):
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        if last_epoch != -1:
            refuse("a scheduler that goes on from an epoch")
        self.optimizer = optimizer
        for group in optimizer.param_groups:
            group.setdefault("initial_lr", group["lr"])
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        optimizer._opt_called = getattr(optimizer, "_opt_called", False)
        self._begin()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "get_lr" in vars(cls) and cls.__module__.startswith("torch."):
            cls.get_lr = _for_steps(cls.get_lr)

    def _begin(self):
        """The step that sets the first rates."""
        self._steps = 0
        self._is_initial = True
        self.step()
        self._is_initial = False

    def get_lr(self):
        raise NotImplementedError

    def _restart(self):
        """Set the rates of epoch 0, whatever they were before."""
        self.last_epoch = 0
        self._set(self._at_start())

    def _at_start(self):
        """The rates of epoch 0, where there is a formula for them."""
        return self._now()

    def _now(self):
        self._stepping = True
        try:
            return self.get_lr()
        finally:
            self._stepping = False

    def _set(self, rates):
        for group, lr in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = lr
        self._last_lr = self._rates()

    def get_last_lr(self):
        return self._last_lr

    def step(self, epoch=None):
        if epoch is not None:
            refuse("scheduler.step(epoch)")
        self._steps += 1
        if self._steps == 2 and not self.optimizer._opt_called:
            warn(TOO_EARLY)
        self.last_epoch += 1
        self._set(self._now())

    def state_dict(self):
        return _State(self)

    def load_state_dict(self, state_dict):
        if not isinstance(state_dict, _State):
            refuse("the state of a scheduler from elsewhere")
        self.__dict__.update(state_dict.facts)

    def _rates(self):
        return [group["lr"] for group in self.optimizer.param_groups]


class StepLR(LRScheduler):
    """Times gamma every `step_size` epochs."""

    def __init__(self, optimizer, step_size, gamma=0.1, last_epoch=-1):
        self.step_size, self.gamma = step_size, gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch == 0 or self.last_epoch % self.step_size != 0:
            return self._rates()
        return [lr * self.gamma for lr in self._rates()]

    def _at_start(self):
        return list(self.base_lrs)


class MultiStepLR(LRScheduler):
    """Times gamma at each milestone."""

    def __init__(self, optimizer, milestones, gamma=0.1, last_epoch=-1):
        self.milestones, self.gamma = list(milestones), gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        times = self.milestones.count(self.last_epoch)
        return [lr * self.gamma**times for lr in self._rates()] if times else self._rates()

    def _at_start(self):
        times = sum(1 for milestone in self.milestones if milestone <= 0)
        return [base * self.gamma**times for base in self.base_lrs]


class ExponentialLR(LRScheduler):
    """Times gamma every epoch."""

    def __init__(self, optimizer, gamma, last_epoch=-1):
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self._is_initial:
            return self._rates()
        return [lr * self.gamma for lr in self._rates()]

    def _at_start(self):
        return list(self.base_lrs)


class LambdaLR(LRScheduler):
    """The initial rate times a function of the epoch."""

    def __init__(self, optimizer, lr_lambda, last_epoch=-1):
        count = len(optimizer.param_groups)
        self.lr_lambdas = (
            list(lr_lambda) if isinstance(lr_lambda, (list, tuple)) else [lr_lambda] * count
        )
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        pairs = zip(self.base_lrs, self.lr_lambdas, strict=True)
        return [base * function(self.last_epoch) for base, function in pairs]


class CosineAnnealingLR(LRScheduler):
    """Half a cosine wave down to eta_min in T_max epochs."""

    def __init__(self, optimizer, T_max, eta_min=0.0, last_epoch=-1):
        self.T_max, self.eta_min = T_max, eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        t, whole, low = self.last_epoch, self.T_max, self.eta_min
        if self._is_initial:
            return self._rates()
        if self._steps == 1 and t > 0:
            refuse("this use of CosineAnnealingLR")
        if (t - 1 - whole) % (2 * whole) == 0:
            return [
                group["lr"] + (base - low) * (1 - math.cos(math.pi / whole)) / 2
                for base, group in zip(self.base_lrs, self.optimizer.param_groups, strict=True)
            ]
        ratio = (1 + math.cos(math.pi * t / whole)) / (1 + math.cos(math.pi * (t - 1) / whole))
        return [ratio * (lr - low) + low for lr in self._rates()]

    def _at_start(self):
        return [self.eta_min + (base - self.eta_min) * 2.0 / 2 for base in self.base_lrs]


class ConstantLR(LRScheduler):
    """Times factor for the first epochs, then the initial rate."""

    def __init__(self, optimizer, factor=1.0 / 3, total_iters=5, last_epoch=-1):
        if factor > 1.0 or factor < 0:
            raise ValueError("Constant multiplicative factor expected to be between 0 and 1.")
        self.factor, self.total_iters = factor, total_iters
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch == 0:
            return [lr * self.factor for lr in self._rates()]
        if self.last_epoch != self.total_iters:
            return self._rates()
        return [lr * (1.0 / self.factor) for lr in self._rates()]

    def _at_start(self):
        if not self.total_iters > 0:
            refuse("a ConstantLR of no steps")
        return [base * self.factor for base in self.base_lrs]


class LinearLR(LRScheduler):
    """From one share of the initial rate to another in equal steps: a warm-up."""

    def __init__(
        self, optimizer, start_factor=1.0 / 3, end_factor=1.0, total_iters=5, last_epoch=-1
    ):
        if start_factor > 1.0 or start_factor <= 0:
            raise ValueError(
                "Starting multiplicative factor expected to be greater than 0 and less or equal to 1."
            )
        if end_factor > 1.0 or end_factor < 0:
            raise ValueError("Ending multiplicative factor expected to be between 0 and 1.")
        self.start_factor, self.end_factor = start_factor, end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        t, start, end, n = self.last_epoch, self.start_factor, self.end_factor, self.total_iters
        if t == 0:
            return [lr * start for lr in self._rates()]
        if self._is_initial or t > n:
            return self._rates()
        step = 1.0 + (end - start) / (n * start + (t - 1) * (end - start))
        return [lr * step for lr in self._rates()]

    def _at_start(self):
        if not self.total_iters > 0:
            refuse("a LinearLR of no steps")
        return [base * self.start_factor for base in self.base_lrs]


class PolynomialLR(LRScheduler):
    """Down to zero along a power of the epochs that are left."""

    def __init__(self, optimizer, total_iters=5, power=1.0, last_epoch=-1):
        self.total_iters, self.power = total_iters, power
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        t, n = self.last_epoch, self.total_iters
        if self._is_initial or t > n:
            return self._rates()
        decay = ((1.0 - t / n) / (1.0 - (t - 1) / n)) ** self.power
        return [lr * decay for lr in self._rates()]

    def _at_start(self):
        return list(self.base_lrs)


class OneCycleLR(LRScheduler):
    """Up to max_lr and down again in one cycle; where the optimizer has momentum, it goes contrariwise."""

    def __init__(
        self,
        optimizer,
        max_lr,
        total_steps=None,
        epochs=None,
        steps_per_epoch=None,
        pct_start=0.3,
        anneal_strategy="cos",
        cycle_momentum=True,
        base_momentum=0.85,
        max_momentum=0.95,
        div_factor=25.0,
        final_div_factor=1e4,
        three_phase=False,
        last_epoch=-1,
    ):
        if total_steps is None:
            if epochs is None or steps_per_epoch is None:
                raise ValueError(
                    "You must define either total_steps OR (epochs AND steps_per_epoch)"
                )
            total_steps = epochs * steps_per_epoch
        if three_phase or anneal_strategy not in ("cos", "linear") or isinstance(max_lr, list):
            refuse("this kind of OneCycleLR")
        self.total_steps = total_steps
        self._up, self._linear = float(pct_start * total_steps) - 1, anneal_strategy == "linear"
        for group in optimizer.param_groups:
            group["initial_lr"] = max_lr / div_factor
            group["max_lr"] = max_lr
            group["min_lr"] = group["initial_lr"] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            if not {"momentum", "betas"} & set(optimizer.defaults):
                raise ValueError(
                    "optimizer must support momentum or beta1 with `cycle_momentum` option enabled"
                )
            for group in optimizer.param_groups:
                if "betas" in optimizer.defaults:
                    group["betas"] = (max_momentum, *group["betas"][1:])
                else:
                    group["momentum"] = max_momentum
                group["max_momentum"], group["base_momentum"] = max_momentum, base_momentum
        super().__init__(optimizer, last_epoch)

    def _between(self, start, end, share):
        if self._linear:
            return (end - start) * share + start
        return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)

    def get_lr(self):
        t = self.last_epoch
        if t > self.total_steps:
            raise ValueError(
                f"Tried to step {t} times. The total number of steps is {self.total_steps}"
            )
        rising = t <= self._up
        share = t / self._up if rising else (t - self._up) / (self.total_steps - 1 - self._up)
        rates = []
        for group in self.optimizer.param_groups:
            way = ("initial_lr", "max_lr") if rising else ("max_lr", "min_lr")
            rates.append(self._between(*(group[name] for name in way), share))
            if self.cycle_momentum:
                way = ("max_momentum", "base_momentum")[:: 1 if rising else -1]
                momentum = self._between(*(group[name] for name in way), share)
                if "betas" in self.optimizer.defaults:
                    group["betas"] = (momentum, *group["betas"][1:])
                else:
                    group["momentum"] = momentum
        return rates


class ReduceLROnPlateau:
    """Times factor when a number has not got better for `patience` epochs."""

    def __init__(
        self,
        optimizer,
        mode="min",
        factor=0.1,
        patience=10,
        threshold=1e-4,
        threshold_mode="rel",
        cooldown=0,
        min_lr=0,
        eps=1e-8,
    ):
        if factor >= 1.0:
            raise ValueError("Factor should be < 1.0.")
        if mode not in ("min", "max") or threshold_mode != "rel" or isinstance(min_lr, list):
            refuse("this kind of ReduceLROnPlateau")
        self.optimizer, self.mode, self.factor, self.patience = optimizer, mode, factor, patience
        self.threshold, self.cooldown, self.min_lr, self.eps = threshold, cooldown, min_lr, eps
        self.best = math.inf if mode == "min" else -math.inf
        self.num_bad_epochs, self.cooldown_counter, self.last_epoch = 0, 0, 0
        self._last_lr = [group["lr"] for group in optimizer.param_groups]

    def get_last_lr(self):
        return self._last_lr

    def _better(self, now):
        if self.mode == "min":
            return now < self.best * (1.0 - self.threshold)
        return now > self.best * (self.threshold + 1.0)

    def step(self, metrics, epoch=None):
        now = float(metrics)
        self.last_epoch += 1
        if self._better(now):
            self.best, self.num_bad_epochs = now, 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            for group in self.optimizer.param_groups:
                lr = max(group["lr"] * self.factor, self.min_lr)
                if group["lr"] - lr > self.eps:
                    group["lr"] = lr
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]
