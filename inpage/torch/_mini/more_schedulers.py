"""Learning rates that go up and down again, and schedulers made of others."""

import math
from bisect import bisect_right

from torch._mini.optimizer import Optimizer
from torch._mini.refusal import refuse
from torch._mini.schedulers import LRScheduler, ReduceLROnPlateau


class CosineAnnealingWarmRestarts(LRScheduler):
    """Half a cosine wave down, again and again, each `T_mult` times as long as the one before."""

    def __init__(self, optimizer, T_0, T_mult=1, eta_min=0.0, last_epoch=-1):
        if T_0 <= 0 or not isinstance(T_0, int):
            raise ValueError(f"Expected positive integer T_0, but got {T_0}")
        if T_mult < 1 or not isinstance(T_mult, int):
            raise ValueError(f"Expected integer T_mult >= 1, but got {T_mult}")
        if not isinstance(eta_min, (float, int)):
            raise ValueError(
                f"Expected float or int eta_min, but got {eta_min} of type {type(eta_min)}"
            )
        self.T_0, self.T_i, self.T_mult, self.eta_min = T_0, T_0, T_mult, eta_min
        self.T_cur = last_epoch
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [
            self.eta_min
            + (base - self.eta_min) * (1 + math.cos(math.pi * self.T_cur / self.T_i)) / 2
            for base in self.base_lrs
        ]

    def step(self, epoch=None):
        if epoch is not None:
            refuse("scheduler.step(epoch)")
        self.T_cur += 1
        if self.last_epoch < 0:
            self.T_cur = 0
        if self.T_cur >= self.T_i:
            self.T_cur -= self.T_i
            self.T_i *= self.T_mult
        self.last_epoch += 1
        self._set(self._now())


class CyclicLR(LRScheduler):
    """Up and down between two rates in straight lines."""

    def __init__(
        self,
        optimizer,
        base_lr,
        max_lr,
        step_size_up=2000,
        step_size_down=None,
        mode="triangular",
        gamma=1.0,
        scale_fn=None,
        scale_mode="cycle",
        cycle_momentum=True,
        base_momentum=0.8,
        max_momentum=0.9,
        last_epoch=-1,
    ):
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        if scale_fn is not None or any(
            isinstance(x, (list, tuple)) for x in (base_lr, max_lr, base_momentum, max_momentum)
        ):
            refuse("this kind of CyclicLR")
        if mode not in ("triangular", "triangular2", "exp_range"):
            raise ValueError("mode is invalid and scale_fn is None")
        groups = optimizer.param_groups
        for group in groups:
            group["lr"] = base_lr
        self.mode, self.gamma = mode, gamma
        up = float(step_size_up)
        down = up if step_size_down is None else float(step_size_down)
        self.total_size = up + down
        self.step_ratio = up / self.total_size
        self.max_lrs = [max_lr] * len(groups)
        self.momenta = None
        if cycle_momentum:
            if not {"momentum", "betas"} & set(optimizer.defaults):
                raise ValueError(
                    "optimizer must support momentum or beta1 with `cycle_momentum` option enabled"
                )
            self.momenta = (base_momentum, max_momentum)
            for group in groups:
                self._set_momentum(group, optimizer, max_momentum)
                group["max_momentum"], group["base_momentum"] = max_momentum, base_momentum
        super().__init__(optimizer, last_epoch)
        self.base_lrs = [base_lr] * len(groups)

    @staticmethod
    def _set_momentum(group, optimizer, momentum):
        if "betas" in optimizer.defaults:
            group["betas"] = (momentum, *group["betas"][1:])
        else:
            group["momentum"] = momentum

    def _scale(self, cycle):
        if self.mode == "exp_range":
            return self.gamma**self.last_epoch
        return 1.0 if self.mode == "triangular" else 1 / (2.0 ** (cycle - 1))

    def get_lr(self):
        cycle = math.floor(1 + self.last_epoch / self.total_size)
        x = 1.0 + self.last_epoch / self.total_size - cycle
        share = x / self.step_ratio if x <= self.step_ratio else (x - 1) / (self.step_ratio - 1)
        rates = [
            low + (high - low) * share * self._scale(cycle)
            for low, high in zip(self.base_lrs, self.max_lrs, strict=True)
        ]
        if self.momenta is not None:
            low, high = self.momenta
            for group in self.optimizer.param_groups:
                momentum = high - (high - low) * share * self._scale(cycle)
                self._set_momentum(group, self.optimizer, momentum)
        return rates


class SequentialLR(LRScheduler):
    """One scheduler after the other: from each milestone on, the next."""

    def __init__(self, optimizer, schedulers, milestones, last_epoch=-1):
        if len(schedulers) < 1:
            raise ValueError("SequentialLR expects at least one scheduler, but got no scheduler.")
        if last_epoch != -1:
            refuse("a scheduler that goes on from an epoch")
        for i, scheduler in enumerate(schedulers):
            if isinstance(scheduler, ReduceLROnPlateau):
                raise ValueError(
                    "SequentialLR does not support `ReduceLROnPlateau` scheduler as it requires "
                    "additional kwargs to be specified when calling `step`, but got one at index "
                    f"{i} in the given schedulers sequence."
                )
            if not isinstance(scheduler, LRScheduler) or scheduler.optimizer is not optimizer:
                refuse("a SequentialLR of other things than this optimizer's schedulers")
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(
                "Sequential Schedulers expects number of schedulers provided to be one more than the "
                "number of milestone points, but got number of schedulers "
                f"{len(schedulers)} and the number of milestones to be equal to {len(milestones)}"
            )
        if any(isinstance(scheduler, (SequentialLR, ChainedScheduler)) for scheduler in schedulers):
            refuse("a SequentialLR of such schedulers")
        self._schedulers, self._milestones = list(schedulers), list(milestones)
        self.optimizer, self.last_epoch = optimizer, 0
        for group in optimizer.param_groups:
            group["lr"] = group["initial_lr"]
        for scheduler in schedulers:
            scheduler.last_epoch -= 1
        first = self._schedulers[bisect_right(self._milestones, 0)]
        first._begin()
        self._last_lr = first.get_last_lr()

    def step(self, epoch=None):
        if epoch is not None:
            refuse("scheduler.step(epoch)")
        self.last_epoch += 1
        i = bisect_right(self._milestones, self.last_epoch)
        scheduler = self._schedulers[i]
        if i > 0 and self._milestones[i - 1] == self.last_epoch:
            scheduler._restart()
        else:
            scheduler.step()
        self._last_lr = scheduler.get_last_lr()

    def state_dict(self):
        refuse("the state of a SequentialLR")

    def load_state_dict(self, state_dict):
        refuse("the state of a SequentialLR")


class ChainedScheduler(LRScheduler):
    """Several schedulers, each of them stepped every time."""

    def __init__(self, schedulers, optimizer=None):
        if len(schedulers) < 1:
            raise ValueError(
                "ChainedScheduler expects at least one scheduler to be chained, but got no scheduler."
            )
        optimizer = optimizer or schedulers[0].optimizer
        if any(
            not isinstance(scheduler, LRScheduler)
            or isinstance(scheduler, SequentialLR)
            or scheduler.optimizer is not optimizer
            for scheduler in schedulers
        ):
            refuse("a ChainedScheduler of such schedulers")
        self._schedulers, self.optimizer = list(schedulers), optimizer
        self._last_lr = [group["lr"] for group in optimizer.param_groups]

    def step(self, epoch=None):
        for scheduler in self._schedulers:
            scheduler.step()
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self):
        refuse("the state of a ChainedScheduler")

    def load_state_dict(self, state_dict):
        refuse("the state of a ChainedScheduler")
