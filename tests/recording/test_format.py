"""The contract: a recording by hand fits it, and what does not fit is named with its path."""

import ast
import copy
import json
import math
from pathlib import Path

import pytest
from building import ROOT

from linreg_lib.recording import expand, validate

HERE = Path(__file__).parent


@pytest.fixture
def recording():
    """The default program of the stepper, each number of its film checked by hand."""
    return json.loads((HERE / "default_program.json").read_text(encoding="utf-8"))


def test_the_recording_by_hand_fits(recording):
    validate(recording)


def test_its_film_is_arithmetic(recording):
    (film,) = recording["steps"][8]["films"]
    for stop in film["stops"]:
        for out in stop["outgoing"]:
            for number, terms in zip(out["amount"]["numbers"], out["work"], strict=True):
                total = sum(math.prod(map(float, product)) for product in terms)
                assert total == pytest.approx(float(number))
    assert [stop["op"] for stop in film["stops"]] == (
        ["sum", "div", "square", "sub", "add", "accumulate", "mm", "accumulate"]
    )


def broken(recording, path, value):
    """Put a value at a path such as ("steps", 3, "line"); None takes the field away."""
    recording = copy.deepcopy(recording)
    *way, last = path
    place = recording
    for key in way:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return recording


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["version"], 1, r"^version: expected 2, got 1"),
        (["code"], None, r"^code: is missing"),
        (["methods"], {}, r"^methods: is not part of the format"),
        (["ended", "reason"], "bored", r"^ended.reason: expected one of 'end', .*; got 'bored'"),
        (["cut"], {}, r"^cut: expected list, got {}"),
        (["steps"], [], r"^steps: must begin with the state before the first line"),
        (["steps", 3, "line"], True, r"^steps\[3\].line: expected int, got True"),
        (["steps", 3, "line"], 99, r"^steps\[3\].line: the program has 12 lines, got 99"),
        (["steps", 3, "event"], "jump", r"^steps\[3\].event: expected one of"),
        (
            ["steps", 4, "tensors", "t3", "version"],
            "0",
            r"^steps\[4\].tensors.t3.version: expected int, got '0'",
        ),
        (["steps", 4, "tensors", "t3", "color"], "red", r"t3.color: is not part of the format"),
        (["steps", 6, "nodes", "n9"], [], r"^steps\[6\].nodes.n9: there is no such node"),
        (["steps", 6, "nodes", "n1"], ["alive"], r"^steps\[6\].nodes.n1: expected 2 states"),
        (["steps", 6, "nodes", "n1", 0], "lost", r"^steps\[6\].nodes.n1\[0\]: expected one of"),
        (["steps", 3, "nodes"], {"n1": "gone"}, r"^steps\[3\].nodes.n1: cannot be gone"),
        (["steps", 4, "changed", 0, "kind"], None, r"^steps\[4\].changed\[0\].kind: unknown"),
        (["steps", 4, "changed", 0, "kind"], "old", r"^steps\[4\].changed\[0\].kind: unknown"),
        (["steps", 4, "changed", 0, "name"], None, r"^steps\[4\].changed\[0\].name: is missing"),
        (["steps", 4, "changed", 0, "to"], 1, r"^steps\[4\].changed\[0\].to: is no field of 'new'"),
        (["steps", 4, "changed", 0, "origin"], "x", r"^steps\[4\].changed\[0\].origin: unknown"),
        (["nodes", 1, "id"], "a4", r"^nodes: an id stands twice"),
        (["nodes", 0, "tensor"], None, r"^nodes\[0\].tensor: is missing"),
        (["nodes", 2, "tensor"], "t1", r"^nodes\[2\].tensor: belongs to leaves alone"),
        (["edges", 0, "to"], "n7", r"^edges\[0\].to: there is no node 'n7'"),
        (["edges", 0, "points", 0, 0], "1", r"^edges\[0\].points\[0\]\[0\]: expected float"),
        (["steps", 8, "films", 0, "roots"], ["n9"], r"films\[0\]: there is no node 'n9'"),
        (["steps", 8, "films", 0, "stops", 1, "node"], "n6", r"stops: a node stands twice"),
        (
            ["steps", 8, "films", 0, "stops", 1, "incoming", 0, "ways"],
            [[0, 1]],
            r"stops\[1\].incoming\[0\].ways: stop 0 hands nothing to here",
        ),
        (
            ["steps", 8, "films", 0, "stops", 1, "incoming", 0, "ways"],
            [[1, 0]],
            r"stops\[1\].incoming\[0\].ways: must come from an earlier stop",
        ),
        (["steps", 8, "films", 0, "stops", 5, "share"], None, r"stops\[5\].share: is missing"),
        (
            ["steps", 8, "films", 0, "stops", 0, "outgoing", 0, "amount", "norm"],
            "1",
            r"outgoing\[0\].amount: has either numbers or a norm",
        ),
        (
            ["steps", 8, "films", 0, "stops", 0, "outgoing", 0, "work"],
            [[["1"]]],
            r"outgoing\[0\].work: must have a sum for each number",
        ),
    ],
)
def test_what_does_not_fit_is_named(recording, path, value, message):
    with pytest.raises(ValueError, match=message):
        validate(broken(recording, path, value))


def test_a_step_in_full(recording):
    state = expand(recording, 8)
    assert state["index"] == 8 and state["line"] == 8 and state["printed"] == ""
    w = state["tensors"]["t3"]
    assert w["names"] == ["w"] and w["grad_value"] == "[[-19.8], [-5.6]]" and w["version"] == 0
    assert state["nodes"]["n1"]["saved"] == {"self": "freed", "mat2": "none"}
    assert state["films"] == recording["steps"][8]["films"]
    assert expand(recording, 5)["nodes"] == {} and expand(recording, 5)["films"] == []
    assert expand(recording, -1)["index"] == 15
    with pytest.raises(IndexError, match="between 0 and 15; got 16"):
        expand(recording, 16)


def test_nothing_in_the_recording_package_imports_pytorch():
    for path in (ROOT / "linreg_lib" / "recording").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", []) if hasattr(alias, "asname")]
            names.append(getattr(node, "module", None) or "")
            assert not any(name.split(".")[0] == "torch" for name in names), path
            assert not any("autograd" in name for name in names), path
