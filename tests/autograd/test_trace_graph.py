"""The graph of a recording: its places, its unnamed leaves, its size."""

import gzip

from recorded import PROGRAMS

from linreg_lib.autograd import trace


def test_nodes_keep_their_place_and_two_graphs_that_live_together_do_not_overlap():
    code = PROGRAMS["functions, a list of parameters [C6, C7]"]
    recording = trace(code)
    table = {n["id"]: n for n in recording.to_dict()["nodes"]}
    together = 0
    for k in range(len(recording)):
        here = [(table[i]["layer"], table[i]["row"]) for i in recording.step(k)["nodes"]]
        assert len(set(here)) == len(here)
        together = max(together, len(here))
    assert together > 8  # the old graph still hangs on l while the new one is built


def test_the_graph_of_a_step():
    recording = trace(PROGRAMS["backward twice [G3, G4]"])
    graph = recording.graph(4)
    assert {n["name"] for n in graph.nodes} == {"AccumulateGrad", "MulBackward0", "SumBackward0"}
    assert ["l"] in [n["names"] for n in graph.nodes]
    assert recording.graph(0).nodes == []


def test_the_default_training_run_is_small():
    code = """\
import torch
from linreg_lib import data_iter, synthetic_data
def linreg(X, w, b):
    return torch.matmul(X, w) + b
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
features, labels = synthetic_data([2.0, -3.4], 4.2, 1000)
w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    for X, y in data_iter(10, features, labels):
        y_hat = linreg(X, w, b)
        l = squared_loss(y_hat, y)
        l.sum().backward()
        sgd([w, b], 0.03, 10)
    with torch.no_grad():
        print(squared_loss(linreg(features, w, b), labels).mean())
"""
    recording = trace(code, max_steps=10_000)
    assert recording.ended["reason"] == "end"
    assert recording.to_dict()["cut"] == [{"kind": "films", "limit": 4}]
    assert [s["line"] for s in recording.to_dict()["steps"]].count(19) == 300
    data = recording.to_json().encode()
    assert len(data) < 2_200_000
    assert len(gzip.compress(data)) < 200_000


def test_an_unnamed_leaf_of_the_graph_is_told_too():
    recording = trace("import torch\ny = torch.nn.Linear(2, 1)(torch.ones(1, 2))\n")
    unnamed = [t for t in recording.step(-1)["tensors"].values() if not t["names"]]
    assert sorted(t["shape"] for t in unnamed) == [[1], [1, 2]]


def test_a_saved_tensor_without_a_place_in_memory_is_not_taken_for_another():
    code = """\
import torch
a = torch.eye(2).to_sparse()
b = torch.ones(2, 2).to_sparse()
w = torch.ones(2, 1, requires_grad=True)
y = torch.sparse.mm(b, w)
"""
    recording = trace(code)
    assert recording.error is None
    named = {n: label for label, t in recording.step(-1)["tensors"].items() for n in t["names"]}
    saved = [s["tensor"] for n in recording.to_dict()["nodes"] for s in n["saved"]]
    assert named["a"] not in saved
