"""Hints about errors whose kind is certain and that are no pitfall's: real PyTorch says them."""

import ast
import contextlib
import io
import re
from pathlib import Path

import pytest

from linreg_lib.hints import _rules_messages, _rules_objects, explain
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
KINDS = Path(__file__).parent / "hints_corpus" / "kinds"


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
        assert Path("book", hint.address.removeprefix("book/")).with_suffix(".md").is_file()


def test_every_kind_has_a_program():
    keys = set()
    for module in (_rules_messages, _rules_objects):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Diagnosis":
                keys.update(a.value for a in node.args[:1] if isinstance(a, ast.Constant))
    for table in (_rules_messages._TOPICS, _rules_messages._CHAPTERS):
        keys |= {entry[0] for entries in table.values() for entry in entries}
    # A machine without a GPU, and one that starts processes, are not the test's to choose.
    assert keys - ENDS.keys() == {"cuda-missing", "saved-on-cuda", "workers-main"}


def test_a_function_that_took_its_name_from_its_result_is_named():
    hint = said("loss = nn.MSELoss()\nfor _ in range(2):\n    loss = loss(w, w)")
    assert "`loss = loss(w, w)` (line 10)" in hint.cause


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
