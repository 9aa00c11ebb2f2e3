"""What the worker calls (inpage/page.py), on an ordinary Python."""

import json
import os
import subprocess
import sys

import pytest
from building import ROOT

ASK = """
import json, sys
import page
print(json.dumps([json.loads(page.answer(*call)) for call in json.load(sys.stdin)]))
"""
ERROR = "import torch\nw = torch.ones(2, requires_grad=True)\ny = w * w\ny.backward()"


def ask(*calls):
    """Ask one process, as one page asks its worker: the answers to all calls."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps([[name, json.dumps(args)] for name, args in calls]),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "inpage"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def trace(code, **options):
    (answer,) = ask(("trace", {"code": code, **options}))
    return answer["value"]


def test_a_recording_says_who_made_it_and_holds_what_was_printed_and_warned():
    found = trace("\n\nimport warnings\nprint('yes')\nwarnings.warn('careful')\n\n")["recording"]
    assert found["engine"] == "a miniature of PyTorch 2.13"
    assert found["code"].startswith("import warnings")
    assert [step["printed"] for step in found["steps"] if "printed" in step] == ["yes\n"]
    (warned,) = (step["warnings"] for step in found["steps"] if "warnings" in step)
    assert warned == [{"category": "UserWarning", "message": "careful", "line": 3}]


def test_an_error_brings_cause_line_cure_and_address():
    found = trace(ERROR)
    hint = found["hint"]
    assert found["recording"]["error"]["line"] == hint["line"] == 4
    assert hint["pitfall"] == "non-scalar-backward"
    assert hint["cause"] == "`y` has shape (2,): 2 elements."
    assert hint["cure"].startswith("Reduce first")
    assert hint["address"] == "book/pitfalls/non-scalar-backward.html"


def test_an_error_that_the_book_does_not_know_and_an_unfinished_program_bring_no_hint():
    for code in ("{}['loss']", "w = ("):
        found = trace(code)
        assert found["recording"]["error"]
        assert found["hint"] is None


@pytest.mark.parametrize("kind", ["Exception", "BaseException", ""])
def test_a_refusal_is_none_of_the_programs_errors_however_it_is_caught(kind):
    code = f"import torch\ntry:\n    torch.compile(print)\nexcept {kind}:\n    pass\nprint('on')"
    found = trace(code)
    assert found["recording"] is None
    assert found["refused"]["name"] == "torch.compile"
    assert "Jupyter or Colab" in found["refused"]["text"]
    assert found["hint"] is None


@pytest.mark.parametrize(
    ("code", "name", "line"),
    [
        ("import torch\nprint(1)\ntorch.fft.fft(torch.ones(3))", "torch.fft", 3),
        ("from torch import fft", "torch.fft", 1),
        ("import torch\ndef f():\n    return torch.fft\nprint(1)\nf()", "torch.fft", 3),
        ("import torch\ntry:\n    torch.fft\nfinally:\n    print('at last')", "torch.fft", 3),
        ("import torch\nprint(hasattr(torch, 'fft'))", "torch.fft", 2),
        (
            "import torch\nw = torch.ones(2, requires_grad=True)\n"
            "w.register_hook(lambda g: torch.fft)\nw.sum().backward()",
            "torch.fft",
            3,
        ),
        (
            "import torch\nfrom torch.utils.data import DataLoader\n"
            "list(DataLoader([1, 2], collate_fn=lambda batch: torch.fft))",
            "torch.fft",
            3,
        ),
        ("import numpy as np\nprint(np.random.rand(3))", "numpy.random.rand", 2),
        ("import matplotlib.pyplot as plt\nplt.plot([1])", "matplotlib.pyplot.plot", 2),
        ("from sklearn.datasets import load_iris", "the module sklearn.datasets", 1),
    ],
)
def test_the_recorder_tells_what_was_refused_and_where(code, name, line):
    found = trace(code)
    assert found["recording"] is None
    assert found["hint"] is None
    assert found["refused"]["name"] == name
    assert found["refused"]["line"] == line
    assert name in found["refused"]["text"]


def test_after_a_refusal_programs_run_as_before():
    imported = "import numpy as np\nimport torch\nprint(torch.tensor(np.array([1.5, 2.0])))"
    codes = [imported, "import torch\ntorch.fft", imported, "import torch\nprint(1)"]
    answers = ask(*(("trace", {"code": code}) for code in codes))
    assert [bool(answer["value"]["refused"]) for answer in answers] == [False, True, False, False]


def test_limits_end_a_program():
    assert trace("while True:\n    pass", max_steps=7)["recording"]["ended"]["limit"] == 7
    ended = trace("while True:\n    pass", max_steps=10**6, max_seconds=0.2)["recording"]["ended"]
    assert ended["reason"] == "seconds"


def test_a_pitfalls_programs_draw_the_same_and_others_what_a_fresh_process_draws():
    code = "import torch\nprint(torch.rand(1).item())"
    seeded = "import torch\ntorch.manual_seed(0)\nprint(torch.rand(1).item())"
    calls = [{"code": code, "pitfall": True}, {"code": code}, {"code": code}, {"code": seeded}]
    answers = ask(*(("trace", call) for call in calls))
    drawn = [
        next(step["printed"] for step in answer["value"]["recording"]["steps"] if "printed" in step)
        for answer in answers
    ]
    assert drawn[0] == drawn[3]
    assert drawn[1] == drawn[2] != drawn[0]


def test_what_a_program_changed_is_as_before():
    spoil = (
        "import torch, warnings\ntorch.set_default_dtype(torch.float64)\n"
        "torch.Tensor.sum = None\ntorch.nn.Linear = 3\nwarnings.simplefilter('error')"
    )
    look = (
        "import torch, warnings\nwarnings.warn('a')\n"
        "print(torch.ones(2).sum().dtype, torch.nn.Linear(1, 1))"
    )
    first, _, again = ask(*(("trace", {"code": code}) for code in (look, spoil, look)))
    assert first["value"]["recording"]["error"] is None
    assert first == again


def test_answers_to_exercises_are_checked():
    right = "def squared_loss(y_hat, y):\n    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2"
    good, blank = ask(
        ("check", {"name": "write-squared-loss", "answer": right}),
        ("check", {"name": "write-squared-loss", "answer": ""}),
    )
    assert good["value"]["passed"]
    assert good["value"]["refused"] is None
    assert not blank["value"]["passed"]
    assert blank["value"]["message"]


def test_a_call_that_cannot_be_made_fails_in_words():
    unknown, wrong = ask(("nothing", {}), ("trace", {"cod": "x"}))
    assert "nothing" in unknown["failed"]
    assert "cod" in wrong["failed"]
