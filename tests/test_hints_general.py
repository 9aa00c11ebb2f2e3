"""Hints about errors whose kind is certain and that are no pitfall's: real PyTorch says them."""

import ast
import contextlib
import io
import re
import tomllib
from pathlib import Path

import pytest

from linreg_lib.hints import (
    _rules_calls,
    _rules_data,
    _rules_messages,
    _rules_names,
    _rules_none,
    _rules_objects,
    _rules_operators,
    explain,
)
from linreg_lib.pitfalls import run_program
from linreg_lib.words import words

HEAD = """\
import copy
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset
w = torch.ones(2, requires_grad=True)
X, y = torch.ones(4, 2), torch.ones(4, 1)
"""
PROGRAM_RULES = (
    _rules_calls,
    _rules_data,
    _rules_names,
    _rules_none,
    _rules_objects,
    _rules_operators,
)
ROOT = Path(__file__).parents[1]
KNOWN = tomllib.loads((ROOT / "book/_ext/other_errors.toml").read_text(encoding="utf-8"))
KINDS = Path(__file__).parent / "hints_corpus" / "kinds"


ELSEWHERE = {
    # what only a GPU, pandas or other processes can say
    "saved-on-cuda",
    "cuda-memory",
    "cuda-assert",
    "cuda-fork",
    "mps-double",
    "workers-main",
    "worker-killed",
    "no-half",
    "frame-shape",
    "series",
    "label",
}


def programs() -> dict[str, list[str]]:
    """Read the programs of each kind: one begins at a line `#: kind`."""
    found: dict[str, list[str]] = {}
    for path in sorted(KINDS.glob("*.py")):
        for part in re.split(r"^#: ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            kind, _, source = part.partition("\n")
            found.setdefault(kind, []).append(source)
    return found


ENDS = programs()


def said(source: str):
    with contextlib.redirect_stdout(io.StringIO()):
        error = run_program(HEAD + source, "test").error
    assert error is not None, source
    return explain(error)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("key", ENDS)
def test_the_kind_of_an_error_is_said(key):
    template = re.escape(words("hints")["happened"][key])
    pattern = re.compile(re.sub(r"\\\{\w+\\\}", ".+", template))
    for source in ENDS[key]:
        hint = said(source)
        assert hint is not None, source
        assert pattern.fullmatch(hint.happened), (source, hint.happened)
        assert "{" not in hint.cure.replace("{k.removeprefix", "")
        page, _, anchor = hint.address.partition("#")
        assert Path(page).with_suffix(".md").is_file()
        assert not anchor or any(anchor in group for group in KNOWN.values()), source


def test_every_kind_has_a_program():
    keys = set()
    for module in PROGRAM_RULES:
        for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Diagnosis":
                keys.update(a.value for a in node.args[:1] if isinstance(a, ast.Constant))
    keys |= {entry[0] for entry in _rules_messages.MESSAGES}
    assert keys - ENDS.keys() == ELSEWHERE


def test_a_function_that_took_its_name_from_its_result_is_named():
    hint = said("loss = nn.MSELoss()\nfor _ in range(2):\n    loss = loss(w, w)")
    assert "`loss = loss(w, w)` (line 10)" in hint.cause


def test_a_generator_that_is_used_up_is_named_where_it_was_made():
    hint = said("def f():\n    yield 1\n\nbatches = f()\nnext(batches)\nnext(batches)")
    assert hint.cause.startswith("`batches` (line 11) is a generator")


@pytest.mark.parametrize(
    "source",
    [
        "best = None\nfor i in []:\n    best = str(i)\nbest.upper",
        "best = None\nif w.sum() > 9:\n    best = str(w)\nbest.upper",
    ],
)
def test_a_call_that_may_not_have_run_is_not_named(source):
    hint = said(source)
    assert hint is None or hint.cause is None


@pytest.mark.parametrize(
    "source",
    [
        "def f(method):\n    pass\nf()",
        "class Net(nn.Module):\n    def __init__(self, start, size):\n        pass\nNet(w)",
        "def forward(x, y):\n    return x\nforward(X)",
        "[1, 2].shape",
        "class Box:\n    grad = None\nBox().grad.zero()",
    ],
)
def test_what_only_looks_like_one_of_these_gets_no_hint(source):
    assert said(source) is None


def test_an_attribute_that_a_module_was_never_given_is_no_tensor_s():
    source = ENDS["no-part"][0].replace("softmax", "mean")
    assert said(source).happened == "`Net` has nothing of the name `mean`. Its own parts are `lin`."
