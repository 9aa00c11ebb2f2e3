"""What holds of every exercise: its words, its addresses, and that a check leaves no trace."""

import linecache
import os
import random
import re
import warnings

import pytest
import torch
from building import ROOT

from linreg_lib.exercises import check, exercises, solution

ALL = exercises()
CODE = {name: one for name, one in ALL.items() if one.kind == "code"}


def anchors(page):
    """The labels and headings of a page's source."""
    text = (ROOT / page).with_suffix(".md").read_text(encoding="utf-8")
    labels = re.findall(r"^\(([\w-]+)\)=$", text, flags=re.M)
    headings = re.findall(r"^#+ (.*)$", text, flags=re.M)
    slugs = [re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") for heading in headings]
    return {*labels, *slugs}


@pytest.mark.parametrize("name", ALL)
def test_the_words_are_complete_and_lead_somewhere(name):
    one = ALL[name]
    assert one.title and one.task and one.passed and len(one.hints) == 3
    addresses = {one.address, *(told.get("address", one.address) for told in one.mistakes.values())}
    for address in addresses:
        page, _, anchor = address.partition("#")
        assert not anchor or anchor in anchors(page), address
    for told in one.mistakes.values():
        assert told["did"].strip()
        patterns = told.get("line", [])
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            re.compile(pattern)


@pytest.mark.parametrize("name", CODE)
def test_what_a_wrong_answer_is_told_is_about_that_answer(name):
    for texts in CODE[name].wrong.values():
        feedback = check(name, texts[0])
        own = [word for word in texts[0].split() if len(word) > 3 and word in feedback.message]
        assert re.search(r"\d", feedback.message) or own, feedback.message
        assert not re.search(r"[{}]", re.sub(r"`[^`]*`|line \d+: .*", "", feedback.message))
        assert feedback.message.startswith(feedback.message.strip()[:20])


MESSY = """
import os, random, torch, warnings
torch.manual_seed(3)
random.seed(3)
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
warnings.simplefilter("ignore")
open("left-behind.txt", "w").write("x")
print("noise")

def squared_loss(y_hat, y):
    torch.rand(3)
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
"""


def test_a_check_leaves_no_trace(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    state, plain, filters = torch.get_rng_state(), random.getstate(), list(warnings.filters)
    check("write-squared-loss", MESSY)
    assert torch.equal(torch.get_rng_state(), state) and random.getstate() == plain
    assert torch.get_default_dtype() == torch.float32 and torch.is_grad_enabled()
    assert warnings.filters == filters and os.listdir(tmp_path) == []
    assert os.path.samefile(os.getcwd(), tmp_path)
    assert capsys.readouterr().out == ""


def test_the_readers_own_tensors_stay_as_they_are():
    w = torch.ones(2, 1, requires_grad=True)
    before = w.detach().clone()

    def squared_loss(y_hat, y):
        return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2 + 0 * w.sum()

    assert check("write-squared-loss", squared_loss).passed
    assert torch.equal(w.detach(), before) and w.grad is None


ENDLESS = "def squared_loss(y_hat, y):\n    while True:\n        {}\n"


@pytest.mark.parametrize("body", ["pass", "try:\n            1 / 0\n        except: pass"])
def test_an_endless_loop_ends_and_its_line_is_told(body):
    feedback = check("write-squared-loss", ENDLESS.format(body), max_seconds=0.3)
    assert feedback.mistake == "endless-line" and "`while True:`" in feedback.message


def test_a_function_object_that_does_not_end_is_ended_by_the_alarm():
    def squared_loss(y_hat, y):
        while True:
            pass

    feedback = check("write-squared-loss", squared_loss, max_seconds=0.3)
    assert feedback.mistake == "endless"


SAME = "def squared_loss(y_hat, y):\n    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2\n"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "not-answered"),
        ("def squared_loss(y_hat, y):\n    pass\n", "not-started"),
        ("def squared_loss(y_hat, y):\n    raise NotImplementedError\n", "not-started"),
        ('def squared_loss(y_hat, y):\n    """Half."""\n    # here\n    ...\n', "not-started"),
        ("def squared_loss(y_hat, y):\n    x = y_hat - y.reshape(-1, 1)\n", "no-return"),
        ("def squared_loss(y_hat, y):\n    print((y_hat - y.reshape(-1, 1))**2)\n", "no-return"),
        ("def squared_loss(y_hat, y)\n    return 1\n", "syntax"),
        ("return (y_hat - y) ** 2 / 2", "return-outside"),
        ("def loss(y_hat, y):\n    return 1\n", "name"),
        ("squared_loss = 3", "not-callable"),
        ("x = 3", "no-function"),
        ("def squared_loss(y_hat):\n    return y_hat\n", "arguments"),
        ("def squared_loss(y_hat, y):\n    return unheard_of\n", "error"),
        ("def squared_loss(y_hat, y):\n    return squared_loss(y_hat, y)\n", "error"),
    ],
)
def test_what_is_not_yet_an_answer_is_said_kindly(text, mistake):
    feedback = check("write-squared-loss", text)
    assert (feedback.passed, feedback.mistake) == (False, mistake), feedback.message
    assert feedback.address == ALL["write-squared-loss"].address


@pytest.mark.parametrize(
    "text",
    [
        SAME + "\nprint(squared_loss(features, labels))  # a try-out with names of a notebook\n",
        "%matplotlib inline\n" + SAME,
        SAME.replace("\n", "\r\n"),
        "    " + SAME.replace("\n    ", "\n        "),
        SAME.replace("y_hat", "prediction").replace("(prediction, y)", "(prediction, y, half=0.5)"),
        "squared_loss = lambda p, t: (p - t.reshape(p.shape)).pow(2) / 2",
        "class Loss:\n    def __call__(self, p, y):\n        return (p - y.view_as(p))**2 / 2\n"
        "squared_loss = Loss()\n",
    ],
)
def test_a_right_answer_may_be_written_in_any_way(text):
    feedback = check("write-squared-loss", text)
    assert feedback.passed, feedback.message


def test_the_arguments_in_another_order_are_noticed():
    text = "def sgd(lr, params, batch_size):\n    for p in params: p.data -= lr * p.grad\n"
    assert check("write-sgd", text).mistake == "argument-order"


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="write-sgd"):
        check("write-sdg", "")


def test_solutions_are_programs_or_words():
    assert len(solution("write-sgd")) >= 3 and "param" in solution("write-sgd")[0]
    assert "1.8" in solution("sgd-one-step")[0]


def test_a_class_of_a_notebook_is_read():
    start, cell = CODE["write-value"].start, "<a cell>"
    linecache.cache[cell] = (len(start), None, start.splitlines(keepends=True), cell)
    names = {"__name__": "__main__"}
    exec(compile(start, cell, "exec"), names)
    assert check("write-value", names["Value"]).mistake == "not-started"


WAITING = """
def train(features, labels):
    w, b = init_params(features.shape[1])
    losses = [1.0]
    while losses[-1] > 1e-6:
        for X, y in data_iter(10, features, labels):
            squared_loss(linreg(X, w, b), y).sum().backward()
            sgd([w, b], 0.03, 10)
        losses.append(squared_loss(linreg(features, w, b), labels).mean().item())
    return w, b, losses
"""


def test_who_waits_for_a_loss_below_the_noise_is_told_so_early(monkeypatch):
    module = exercises()["write-train"].checker.__globals__
    monkeypatch.setitem(module, "SECONDS_FOR_FEW", 4)
    feedback = check("write-train", WAITING)
    assert feedback.mistake == "never-stops"
    assert "`while losses[-1] > 1e-6:`" in feedback.message
