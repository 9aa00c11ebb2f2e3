"""The everyday step in every combination of model, optimizer and loss; and each mistake in it."""

import itertools

import pytest
import torch
import torch.nn.functional as F
from step_programs import data
from torch import nn

from linreg_lib.checks import check_training_step

MODELS = {
    "line": lambda: nn.Linear(2, 1),
    "relu": lambda: nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1)),
    # The bias before a normalization has a gradient of nothing but rounding.
    "normed": lambda: nn.Sequential(nn.Linear(2, 6), nn.BatchNorm1d(6), nn.Tanh(), nn.Linear(6, 1)),
}
OPTIMIZERS = {
    "sgd": lambda p, **kw: torch.optim.SGD(p, lr=0.01, **kw),
    "nesterov": lambda p, **kw: torch.optim.SGD(
        p, lr=0.005, momentum=0.9, nesterov=True, weight_decay=0.01, **kw
    ),
    "adamw": lambda p, **kw: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1, **kw),
    "asgd": lambda p, **kw: torch.optim.ASGD(p, lr=0.01, **kw),
    "radam": lambda p, **kw: torch.optim.RAdam(p, lr=0.01, **kw),
}
LOSSES = {"mse": F.mse_loss, "l1": F.l1_loss, "sum": lambda a, b: ((a - b) ** 2).sum() / len(a)}
MISTAKES = {
    "cleared late": "zero-before-step",
    "never cleared": "forgotten-zero",
    "left out": "parameter-not-in-optimizer",
    "uphill": "uphill-step",
    "divided": "divided-twice",
    "flat": "broadcast-n-n",
    "rounded": "loss-without-derivative",
    "detached": "no-grad-forward",
    "edited": "data-bypass",
    "number": "item-then-backward",
    "kept": "total-keeps-graph",
}


def everyday(model, optimizer, loss, mistake=None):
    """A step with at most one mistake: (step, params)."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        net = MODELS[model]()
    params = list(net.parameters())
    held = params[:-1] if mistake == "left out" else params
    keywords = {"maximize": True} if mistake == "uphill" else {}
    opt, kept = OPTIMIZERS[optimizer](held, **keywords), []

    def step(X, y):
        if mistake not in ("cleared late", "never cleared"):
            opt.zero_grad()
        y_hat = net(X)
        if mistake == "rounded":
            y_hat = y_hat.round()
        if mistake == "detached":
            y_hat = y_hat.detach().requires_grad_()
        value = LOSSES[loss](y_hat, y.flatten() if mistake == "flat" else y)
        if mistake == "divided":
            value = value / len(X)
        if mistake == "number":
            value = torch.tensor(value.item(), requires_grad=True)
        if mistake == "edited":
            for p in params:
                p.data.mul_(0.9)
        value.backward()
        if mistake == "cleared late":
            opt.zero_grad()
        opt.step()
        kept.append(value if mistake == "kept" else value.item())

    return step, net


@pytest.mark.parametrize(
    ("model", "optimizer", "loss"), list(itertools.product(MODELS, OPTIMIZERS, LOSSES))
)
def test_no_finding(model, optimizer, loss):
    assert check_training_step(*everyday(model, optimizer, loss), *data(), batch_size=10) == []


@pytest.mark.parametrize(
    ("number", "model", "mistake"),
    [(i, *p) for i, p in enumerate(itertools.product(MODELS, MISTAKES))],
)
def test_the_mistake_is_named_and_nothing_else(number, model, mistake):
    optimizer = list(OPTIMIZERS)[number % len(OPTIMIZERS)]
    step, params = everyday(model, optimizer, list(LOSSES)[number % len(LOSSES)], mistake)
    found = check_training_step(step, params, *data(), batch_size=10)
    assert [finding.pitfall for finding in found] == [MISTAKES[mistake]]
