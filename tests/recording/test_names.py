"""Names reach into modules, objects and containers, and looking runs no code of the program."""

import types
from typing import ClassVar

import pytest
import torch

from linreg_lib.autograd import trace
from linreg_lib.recording.names import names_of, reach


def is_tensor(kind):
    return issubclass(kind, torch.Tensor)


def paths(value, **options):
    return [path for path, _ in reach("v", value, is_tensor, **options)]


class Regression:
    """An object of the program's own that minds being looked at."""

    shared: ClassVar = torch.zeros(1)

    def __init__(self):
        self.w = torch.ones(2)
        self.layers = [torch.nn.Linear(1, 1)]
        self.me = self
        self.text, self.number = "w", 3

    @property
    def loss(self):
        raise AssertionError("a property was run")

    def __getattr__(self, name):
        raise AssertionError(f"__getattr__ was run for {name}")

    def __iter__(self):
        raise AssertionError("an iterator was made")

    def __eq__(self, other):
        raise AssertionError("it was compared")

    __hash__ = object.__hash__


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.ones(2))
        self.hidden = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU())
        self.rest = [torch.nn.Linear(1, 1, bias=False)]
        self.plain = torch.ones(1)
        self.register_buffer("mean", torch.zeros(1))
        self._cache = torch.ones(1)


class Sneaky(list):
    def __iter__(self):
        raise AssertionError("a subclass was read")

    __getitem__ = __len__ = __iter__


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (torch.ones(1), ["v"]),
        ([torch.ones(1), (torch.ones(1), 2)], ["v[0]", "v[1][0]"]),
        ({"a": torch.ones(1), 3: torch.ones(1), None: torch.ones(1)}, ["v['a']", "v[3]"]),
        ([[[torch.ones(1)]]], []),
        (torch.nn.Linear(2, 1), ["v.weight", "v.bias"]),
        (types.SimpleNamespace(w=torch.ones(1)), ["v.w"]),
        (torch.nn.ParameterList([torch.ones(1), torch.ones(1)]), ["v[0]", "v[1]"]),
        (torch.nn.ModuleDict({"a": torch.nn.Linear(1, 1, bias=False)}), ["v.a.weight"]),
        (torch.utils.data.TensorDataset(torch.ones(1)), []),
        (torch.optim.SGD([torch.ones(1)], lr=0.1), ["v.param_groups[0]['params'][0]"]),
        (Sneaky([torch.ones(1)]), []),
        (Regression, []),
        (torch, []),
        ({"__builtins__": {}, "w": torch.ones(1)}, []),
        (torch.ones, []),
        (None, []),
    ],
)
def test_what_is_reached(value, expected):
    assert paths(value) == expected


def test_an_object_of_the_programs_own_that_minds_being_looked_at():
    assert paths(Regression()) == ["v.w", "v.layers[0].weight", "v.layers[0].bias"]


def test_a_module_with_all_that_it_may_hold():
    assert paths(Net()) == [
        "v.w",
        "v.mean",
        "v.hidden[0].weight",
        "v.hidden[0].bias",
        "v.rest[0].weight",
        "v.plain",
    ]


def test_what_is_left_out_is_told():
    cut = []
    many = [torch.ones(1) for _ in range(20)]
    found = reach("v", many, is_tensor, lambda *told: cut.append(told))
    assert [path for path, _ in found] == [f"v[{i}]" for i in range(4, 20)]
    found = reach("v", dict(enumerate(many)), is_tensor, lambda *told: cut.append(told))
    assert [path for path, _ in found] == [f"v[{i}]" for i in range(16)]
    deep = torch.nn.Sequential(*(torch.nn.Linear(1, 1) for _ in range(150)))
    assert len(list(reach("v", deep, is_tensor, lambda *told: cut.append(told)))) == 200
    assert cut == [("lists", 16), ("dicts", 16), ("objects", 200)]
    assert len(paths(many, items=100)) == 20


def test_circles_end():
    circle = []
    circle.append(circle)
    assert paths(circle) == []
    twice = torch.ones(1)
    assert paths([twice, twice]) == ["v[0]", "v[1]"]


def test_names_of_one_tensor():
    net = torch.nn.Linear(2, 1)
    variables = {
        "__doc__": net,
        "opt": torch.optim.SGD(net.parameters(), lr=0.1),
        "net": net,
        "params": list(net.parameters()),
        "other": torch.ones(1),
    }
    assert list(names_of(net.bias, variables, is_tensor)) == ["net.bias", "params[1]"]
    assert list(names_of(torch.ones(1), variables, is_tensor)) == []


def names_at_the_end(code):
    recording = trace(code)
    assert recording.error is None
    return [facts["names"] for facts in recording.step(-1)["tensors"].values()]


def test_the_recorder_uses_them():
    code = "import torch\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters())\n"
    assert names_at_the_end(code) == [["net.weight"], ["net.bias"]]


def test_of_an_optimizer_only_what_has_no_better_name():
    code = """\
import torch
w = torch.ones(1, requires_grad=True)
opt = torch.optim.SGD([w, torch.zeros(1, requires_grad=True)], 0.1)
"""
    assert names_at_the_end(code) == [["w"], ["opt.param_groups[0]['params'][1]"]]


def test_self_in_a_method():
    code = """\
import torch
class Model:
    def __init__(self):
        self.w = torch.ones(2, requires_grad=True)
    def predict(self, x):
        y = self.w * x
        return y
model = Model()
y = model.predict(2)
"""
    recording = trace(code)
    at = {recording.step(k)["line"]: recording.step(k) for k in range(len(recording))}
    names = [facts["names"] for facts in at[6]["tensors"].values()]
    assert names == [["model.w", "self.w (predict #1)"], ["y (predict #1)"]]
    assert recording.changed(-1)[0] == (
        "y: new, returned by predict #1, not a leaf, made by MulBackward0"
    )
