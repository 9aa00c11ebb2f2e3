"""The stepper's Python side: what it records, refuses, answers and draws."""

import re
import time
from xml.etree import ElementTree

import pytest
import torch

from linreg_lib.autograd import expand, trace
from linreg_lib.pitfalls import PITFALLS
from linreg_lib.recording.sentences import say_end
from linreg_lib.widgets import AutogradStepper
from linreg_lib.widgets._compose import _HERE

PROGRAM = """\
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w * w).sum()
loss.backward()"""


def test_it_holds_the_recording_of_the_stripped_code():
    stepper = AutogradStepper(f"\n\n{PROGRAM}\n\n")
    assert stepper.recordings == [trace(PROGRAM).to_dict()]


def test_a_pitfall_shows_its_wrong_and_its_right_program():
    stepper = AutogradStepper(pitfall="rebind-update")
    pitfall = PITFALLS["rebind-update"]
    assert [r["code"] for r in stepper.recordings] == [
        pitfall.wrong.rstrip(),
        pitfall.right.rstrip(),
    ]
    assert [r["ended"]["reason"] for r in stepper.recordings] == ["error", "end"]
    assert stepper.titles == ["Wrong", "Right"]


def test_a_pitfall_opens_where_its_programs_part():
    stepper = AutogradStepper(pitfall="rebind-update")
    line = PITFALLS["rebind-update"].wrong.split("\n").index("    w = w - 0.01 * w.grad") + 1
    assert stepper.recordings[0]["steps"][stepper.start]["line"] == line
    assert AutogradStepper(pitfall="rebind-update", step=0).start == 0


@pytest.mark.parametrize("name", sorted(PITFALLS))
def test_every_pitfall_can_be_shown(name):
    stepper = AutogradStepper(pitfall=name, max_steps=200)
    svg, caption = stepper.still()
    ElementTree.fromstring(svg)
    assert caption.startswith("Wrong: ") and " Right: " in caption


def test_indented_first_lines_are_kept():
    stepper = AutogradStepper("\n    x = 1\n")
    assert stepper.recordings[0]["ended"]["reason"] == "syntax"


def test_the_namespace_is_there_in_every_run_and_not_changed():
    namespace = {"X": torch.ones(2, 2)}
    stepper = AutogradStepper("Z = X + 1\ndel X", namespace=namespace)
    answer, _ = stepper.answer({"what": "trace", "code": "Y = X * 2"})
    assert answer["recording"]["error"] is None
    assert set(namespace) == {"X"}


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, TypeError, "AutogradStepper needs code"),
        ({"code": 3}, TypeError, "code must be a string of Python; got int"),
        ({"code": "x = 1", "pitfall": "rebind-update"}, TypeError, "brings its own two programs"),
        ({"pitfall": "rebind"}, ValueError, "pitfall must be one of .*; got 'rebind'"),
        ({"code": "x = 1", "titles": ("one",)}, ValueError, "titles must be two strings"),
        ({"code": "x = 1", "step": 2}, ValueError, "between 0 and 1, .*; got 2"),
        ({"code": "x = 1", "step": "difference"}, ValueError, "got 'difference'"),
        ({"code": "x = 1", "max_steps": 0}, ValueError, "max_steps must be an integer >= 1"),
        ({"code": "x = 1", "max_seconds": 0}, ValueError, "max_seconds must be positive"),
    ],
)
def test_bad_arguments_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        AutogradStepper(**arguments)


def test_a_question_is_answered_with_a_recording():
    stepper = AutogradStepper(PROGRAM)
    answer, buffers = stepper.answer({"what": "trace", "code": "import torch\nx = torch.ones(1)\n"})
    recording = trace("import torch\nx = torch.ones(1)").to_dict()
    assert answer == {"program": 0, "recording": recording, "hint": None}
    assert buffers == []
    assert stepper.recordings[0]["code"] == PROGRAM


def test_an_error_is_answered_with_what_it_means():
    code = PITFALLS["second-backward"].wrong
    answer, _ = AutogradStepper(PROGRAM).answer({"what": "trace", "code": code, "program": 1})
    assert answer["program"] == 1
    assert answer["recording"]["error"]["type"] == "RuntimeError"
    assert answer["hint"]["pitfall"] == "second-backward"
    assert "line " in answer["hint"]["cause"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("while True:\n    pass", "steps"),
        ("import time\ntime.sleep(60)", "seconds"),
        ("x = (", "syntax"),
    ],
)
def test_no_program_hangs_or_breaks_the_answer(code, reason):
    stepper = AutogradStepper(PROGRAM, max_steps=50, max_seconds=0.3)
    began = time.monotonic()
    answer, _ = stepper.answer({"what": "trace", "code": code})
    assert time.monotonic() - began < 5
    assert answer["recording"]["ended"]["reason"] == reason
    assert say_end(answer["recording"])


def test_the_still_shows_the_last_step_and_names_itself():
    svg, caption = AutogradStepper(PROGRAM).still()
    root = ElementTree.fromstring(svg)
    texts = ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(text.startswith("▶  4  loss.backward()") for text in texts)
    assert any(
        text.startswith("w = [1., 2.]  leaf, requires grad, grad: [2., 4.]") for text in texts
    )
    assert "MulBackward0" in texts
    assert caption == (
        "A program of 4 lines, stepped to its end. "
        "Its tensors: w (leaf, grad value), loss (SumBackward0, grad none)."
    )
    assert root.find("{http://www.w3.org/2000/svg}title") is not None


def test_the_still_escapes_what_the_code_contains():
    code = (
        "import torch\ns = '</text><script>alert(1)</script><img onerror=1>'\nraise ValueError(s)"
    )
    svg, _ = AutogradStepper(code).still()
    root = ElementTree.fromstring(svg)
    assert not [node for node in root.iter() if node.tag.endswith(("script", "img"))]


def test_the_module_reads_the_traits_that_python_syncs():
    source = (_HERE / "autograd_stepper.js").read_text(encoding="utf-8")
    read = set(re.findall(r'model\.get\("(\w+)"\)', source))
    synced = set(AutogradStepper.class_own_traits(sync=True))
    by_the_book = {"wide"}  # book/_ext/book_widgets.py reads it
    assert read - {"_editing"} == {n for n in synced if not n.startswith("_")} - by_the_book


def test_a_recording_is_small():
    code = (
        "import torch, linreg_lib\n"
        "w, b = linreg_lib.init_params(2)\n"
        "X, y = linreg_lib.synthetic_data([2, -3.4], 4.2, 100)\n"
        "for X_batch, y_batch in linreg_lib.data_iter(10, X, y):\n"
        "    loss = linreg_lib.squared_loss(linreg_lib.linreg(X_batch, w, b), y_batch)\n"
        "    loss.sum().backward()\n"
        "    linreg_lib.sgd([w, b], 0.03, 10)\n"
    )
    stepper = AutogradStepper(code)
    assert stepper.recordings[0]["ended"]["reason"] == "end"
    assert (
        len(str(stepper.recordings)) < 65_000
    )  # four walks of backward node by node are 8,000 of it


def test_what_both_programs_of_a_pitfall_draw_is_the_same():
    wrong, right = AutogradStepper(pitfall="layer-in-plain-list").recordings
    drawn = [
        sorted(tensor["value"] for tensor in expand(recording, -1)["tensors"].values())
        for recording in (wrong, right)
    ]
    assert drawn[0] == drawn[1] and len(drawn[0]) == 2
