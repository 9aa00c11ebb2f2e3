"""check_training_step puts everything back: after findings, errors and interrupts."""

import collections
import copy
import gc
import random
import sys
import weakref

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from step_programs import data, programs
from torch import nn
from torch.optim import optimizer

from linreg_lib.checks import check_training_step
from linreg_lib.checks._reach import Name, reachable, value_of

MODULES = {
    "line": lambda: nn.Linear(2, 1),
    "net": lambda: nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)),
    "normed": lambda: nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 1)),
    "dropping": lambda: nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1)),
    "double": lambda: nn.Linear(2, 1).double(),
}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, amsgrad=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.05),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.5),
}


class Stop(Exception):
    """What a step of these tests raises."""


def experiment(module, kind, trained):
    """A model, its optimizer and scheduler, and a step on them that can be told to stop."""
    model = MODULES[module]()
    opt = OPTIMIZERS[kind](model.parameters())
    scheduler = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.9)
    generator = torch.Generator().manual_seed(5)
    history, stop = [], {"at": None, "with": Stop, "count": 0}

    def point():
        stop["count"] += 1
        if stop["count"] == stop["at"]:
            raise stop["with"]

    def step(X, y):
        X, y = (t.to(next(model.parameters())) for t in (X, y))
        model.train()
        point()
        opt.zero_grad()
        rows = torch.randperm(len(X), generator=generator)[:8]
        loss = F.mse_loss(model(X[rows]) + 0.01 * random.random(), y[rows])
        point()
        loss.backward()
        point()
        opt.step()
        scheduler.step()
        history.append(loss.item())
        point()
        model.eval()

    for _ in range(trained):
        step(*data())
    stop["count"] = 0
    return model, opt, scheduler, generator, history, stop, step


def state_of(model, opt, scheduler, generator, history):
    """All that can be seen of them: values (cloned) and identities."""
    states = [value for state in opt.state.values() for value in state.values()]
    return {
        "model": copy.deepcopy(model.state_dict()),
        "optimizer": copy.deepcopy(opt.state_dict()),
        "scheduler": copy.deepcopy(scheduler.state_dict()),
        "grads": [None if p.grad is None else p.grad.clone() for p in model.parameters()],
        "memory": [t.data_ptr() for t in model.state_dict().values()],
        "identities": [*map(id, states), *(id(p.grad) for p in model.parameters())],
        "parameters": [(id(p), p.data_ptr(), p.requires_grad) for p in model.parameters()],
        "modes": [m.training for m in model.modules()],
        "history": list(history),
        "generator": generator.get_state(),
        "random": (torch.get_rng_state(), random.getstate()),
        "numpy": sys.modules["numpy"].random.get_state() if "numpy" in sys.modules else None,
    }


def equal(one, other):
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and torch.equal(one, other)
    if isinstance(one, dict):
        return list(one) == list(other) and all(equal(one[k], other[k]) for k in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(equal, one, other))
    if hasattr(one, "tobytes"):
        return one.tobytes() == other.tobytes()
    return one == other


@settings(max_examples=25, deadline=None)
@given(
    module=st.sampled_from(sorted(MODULES)),
    kind=st.sampled_from(sorted(OPTIMIZERS)),
    trained=st.integers(0, 2),
    stop=st.sampled_from([None, Stop, KeyboardInterrupt]),
    at=st.integers(1, 40),
    with_gradient=st.booleans(),
)
def test_everything_is_as_before(module, kind, trained, stop, at, with_gradient):
    with torch.random.fork_rng(devices=[]):
        model, opt, *rest, how, step = experiment(module, kind, trained)
        if not with_gradient:
            opt.zero_grad()
        before = state_of(model, opt, *rest)
        how["at"], how["with"] = (at, stop) if stop else (None, Stop)
        try:
            check_training_step(step, model, *data(), batch_size=10)
        except (Stop, KeyboardInterrupt) as error:
            assert stop is not None and isinstance(error, stop)
        after = state_of(model, opt, *rest)
        for key in before:
            assert equal(before[key], after[key]), key


PROGRAMS = programs()


def everything(names):
    """Every tensor's value and gradient that the program can reach, and every global's identity."""
    found = {}
    for thing in reachable(names["step"], names["params"]):
        if isinstance(thing, torch.Tensor):
            grad = thing.grad if thing.is_leaf else None
            kept = None if grad is None else (id(grad), grad.clone())
            found[id(thing)] = (thing.detach().clone(), kept, thing.requires_grad, thing.is_leaf)
        elif isinstance(thing, Name):
            found[id(thing.owner), thing.name] = id(value_of(thing))
        elif isinstance(thing, (list, dict)):
            values = thing.values() if isinstance(thing, dict) else thing
            found[id(thing)] = [id(value) for value in values]
    return found


@pytest.mark.parametrize("program", PROGRAMS[::6], ids=[p.name for p in PROGRAMS[::6]])
def test_the_programs_of_the_corpus_are_left_as_they_were(program):
    names = program.names()
    X, y, random_state = names["X"].clone(), names["y"].clone(), torch.get_rng_state()
    before = everything(names)
    bound = {name: id(value) for name, value in names.items()}
    check_training_step(names["step"], names["params"], names["X"], names["y"], time_limit=0.1)
    if type(names["params"]).__name__ != "generator":
        after = everything(names)
        assert before.keys() == after.keys()
        assert all(equal(before[key], after[key]) for key in before)
    assert bound == {name: id(value) for name, value in names.items()}
    assert torch.equal(X, names["X"])
    assert torch.equal(y, names["y"])
    assert torch.equal(random_state, torch.get_rng_state())


def test_nothing_is_kept_alive():
    model, *_, step = experiment("net", "adam", 1)
    check_training_step(step, model, *data())
    gone = weakref.ref(model[0].weight)
    del model, step, _
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("module", ["__main__", None, "notebook"])
def test_a_class_is_looked_into_whatever_its_program_is_called(module):
    source = """
class Model:
    count = 0
    def __init__(self):
        self.w = torch.ones(2, 1, requires_grad=True)
    def step(self, X, y):
        helper(self)
        ((X @ self.w - y) ** 2).mean().backward()
        with torch.no_grad():
            self.w -= 0.1 * self.w.grad
        self.w.grad = None

def helper(model):
    velocity.add_(1)

velocity = torch.zeros(3)
model = Model()
"""
    names = {"torch": torch} if module is None else {"torch": torch, "__name__": module}
    exec(source, names)
    model = names["model"]
    assert check_training_step(model.step, [model.w], *data()) == []
    assert (model.w == 1).all()
    assert (names["velocity"] == 0).all()


def test_slots_and_the_contents_of_containers_come_back():
    class Trainer:
        __slots__ = ("best", "last", "seen", "w")

        def __init__(self):
            self.w = torch.zeros(2, 1, requires_grad=True)
            self.seen, self.last = collections.deque([1, 2], maxlen=2), {"loss": None}

        def step(self, X, y):
            loss = ((X @ self.w - y) ** 2).mean()
            loss.backward()
            with torch.no_grad():
                self.w.sub_(0.1 * self.w.grad)
            self.w.grad = None
            self.best = loss.item()
            self.seen.append(loss.item())
            self.last["loss"] = loss.item()

    trainer = Trainer()
    assert check_training_step(trainer.step, [trainer.w], *data()) == []
    assert not hasattr(trainer, "best")
    assert list(trainer.seen) == [1, 2]
    assert trainer.last == {"loss": None}


def test_no_hook_stays_behind():
    model, *_, step = experiment("line", "sgd", 0)
    check_training_step(step, model, *data())
    assert not any(p._backward_hooks for p in model.parameters())
    assert not any(p._post_accumulate_grad_hooks for p in model.parameters())
    assert not optimizer._global_optimizer_pre_hooks
    assert not optimizer._global_optimizer_post_hooks


def test_a_generator_that_the_step_hides_is_put_back_when_it_is_given():
    hidden = torch.Generator().manual_seed(3)
    rows = iter(lambda: torch.randperm(20, generator=hidden)[:10], None)
    state = hidden.get_state()
    w = torch.zeros(2, 1, requires_grad=True)

    def step(X, y):
        chosen = next(rows)
        ((X[chosen] @ w - y[chosen]) ** 2).mean().backward()
        with torch.no_grad():
            w.sub_(0.1 * w.grad)
        w.grad = None

    assert check_training_step(step, [w], *data(), generator=hidden) == []
    assert torch.equal(hidden.get_state(), state)


def test_an_optimizer_that_only_its_step_finds_is_put_back():
    w = torch.zeros(2, 1, requires_grad=True)
    holder = weakref.WeakValueDictionary()
    opt = holder["opt"] = torch.optim.Adam([w], lr=0.1)

    def step(X, y):
        opt = holder["opt"]
        opt.zero_grad()
        ((X @ w - y) ** 2).mean().backward()
        opt.step()

    assert check_training_step(step, [w], *data()) == []
    assert opt.state_dict()["state"] == {}


def test_tensors_that_were_replaced_or_resized_come_back():
    model = nn.Linear(2, 1)
    memory = model.weight.data_ptr()
    extra = torch.arange(4.0)

    def step(X, y):
        model.double()
        extra.resize_(6).fill_(7)
        F.mse_loss(model(X.double()), y.double()).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= 0.1 * p.grad
        model.zero_grad()
        model.float()
        raise Stop

    with pytest.raises(Stop):
        check_training_step(step, model, *data())
    assert model.weight.dtype == torch.float32
    assert model.weight.data_ptr() == memory
    assert model.weight.grad is None
    assert extra.tolist() == [0, 1, 2, 3]
