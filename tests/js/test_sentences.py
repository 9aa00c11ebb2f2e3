"""Sentences made of facts: the browser says what Python says."""

import json

import pytest
from building import ROOT

from linreg_lib.autograd import trace
from linreg_lib.recording import expand, narration, sentences
from linreg_lib.recording.format import CHANGES
from linreg_lib.words import words

EXAMPLE = ROOT / "tests" / "recording" / "default_program.json"


@pytest.fixture(scope="module")
def recording():
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))


WHO = [{"tensor": "t3", "name": "w"}, {"tensor": "t3", "former": "w"}, {"tensor": "t3"}]
VALUES = {
    "name": "x", "of": "w", "call": "f #1", "type": "ValueError", "message": "a {brace}",
    "to": "[2.]", "from": "[0.]", "version": 3, "shares": "y", "by": "MulBackward0", "times": 4,
    "tensor": "t1", "nodes": ["AccumulateGrad", "A", "AccumulateGrad"],
}  # fmt: skip


def facts():
    """Every kind of change, with and without its optional fields."""
    for kind, fields in CHANGES.items():
        names = fields.split()
        for every in (False, True):
            for origin in ("operation", "leaf", "plain", "broken"):
                change = {
                    name.rstrip("?"): VALUES.get(name.rstrip("?"), origin)
                    for name in names
                    if every or not name.endswith("?")
                }
                if origin == "operation":
                    change["by"] = "MulBackward0"
                for value in (True, False):
                    if kind in ("condition", "requires-grad"):
                        change["to"] = value
                    if kind == "in-place":
                        change["values"] = value
                    yield {"kind": kind, **change}
        for who in WHO:
            if "former?" in names:
                rest = {n: VALUES[n] for n in names if n in VALUES and n not in ("tensor", "name?")}
                yield {
                    "kind": kind,
                    **rest,
                    **({"values": True} if kind == "in-place" else {}),
                    **who,
                }
    yield {"kind": "grad-fn", "tensor": "t1", "from": "A", "to": None}
    yield {"kind": "graph-grew", "nodes": list("abcdefgha")}


def test_the_browser_says_the_same_of_every_kind_of_change(js):
    told = list(facts())
    got = js(
        "js/sentences.js",
        "return args.facts.map((fact) => m.sayChange(args.table, fact))",
        {"table": words("changes"), "facts": told},
    )
    assert got == [sentences.say(fact) for fact in told]
    assert all(got)


ENDS = [
    {"reason": "end", "line": 3},
    {"reason": "steps", "line": 3, "limit": 1500},
    {"reason": "seconds", "line": 3, "limit": 0.2},
    {"reason": "seconds", "line": 3, "limit": 10, "seconds": 12.4},
    {"reason": "error", "line": 3},
]


def test_and_of_how_a_recording_ended_and_what_it_left_out(js):
    error = {"type": "ValueError", "message": "no", "line": 3, "lines": [3]}
    recordings = [{"ended": e, "error": error if e["reason"] == "error" else None} for e in ENDS]
    cuts = [{"kind": kind, "limit": 20_000} for kind in words("changes")["cut"]]
    got = js(
        "js/sentences.js",
        """
        const ends = args.r.map((r) => m.sayEnd(args.table, r));
        return [ends, args.c.map((c) => m.sayCut(args.table, c))];
        """,
        {"table": words("changes"), "r": recordings, "c": cuts},
    )
    assert got == [
        [sentences.say_end(r) for r in recordings],
        [sentences.say_cut(c) for c in cuts],
    ]
    assert got[0][3] == (
        "Stopped after 10 seconds, at line 3. "
        "One call could not be interrupted: it ended 12.4 seconds after the start."
    )
    assert "After 20,000 nodes no further graph is recorded." in got[1]


def test_and_of_every_stop_of_backward(js, recording):
    got = js(
        "js/narration.js",
        """
        const film = args.state.films[0];
        return film.stops.map((_, i) => m.sayStop(args.table, args.recording, args.state, film, i));
        """,
        {"table": words("backward"), "recording": recording, "state": expand(recording, 8)},
    )
    state = expand(recording, 8)
    (film,) = state["films"]
    assert got == [narration.say_stop(recording, state, film, i) for i in range(len(film["stops"]))]
    assert got[0] == [
        "1 comes in: the slope of loss in itself.",
        "To the quotient: each number counted once in the sum, so the slope is 1: 1 for each.",
    ]
    assert got[2] == [
        "In comes 0.5 for each.",
        "To the difference: the slope of a square is 2 times what was squared, 0.6 and -6.8, "
        "which it had saved: 0.5 · 2 · 0.6 = 0.6 and 0.5 · 2 · (-6.8) = -6.8.",
        "What it had saved is freed.",
    ]
    assert got[4][2] == (
        "To b: the slope is 1, and b was used in several places: the shares add up, "
        "0.6 + (-6.8) = -6.2."
    )
    assert got[5] == ["In comes -6.2.", ".grad of b was None, now -6.2."]
    assert got[6][1].endswith("1 · 0.6 + 3 · (-6.8) = -19.8 and 2 · 0.6 + 1 · (-6.8) = -5.6.")


START = """\
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
"""
PROGRAMS = [
    "c = (w * b).sum()\nl = c * c + c\nl.backward()",
    "l = (w * w - w / b).mean()\nl.backward(retain_graph=True)\nl.backward()\nl.backward()",
    "w = w * 2\ny = w - b\ny.backward(torch.tensor([1.0, -10.0]))",
    "y = w.exp()\ny += 1\ny.sum().backward()",
    "x = torch.ones(100, requires_grad=True)\n(x * 2).sum().backward(inputs=[x])",
    "g, = torch.autograd.grad((w ** 3).sum(), w, create_graph=True)\ng.sum().backward()",
    "w.register_post_accumulate_grad_hook(lambda p: setattr(p, 'grad', None))\n"
    "(w * b).sum().backward()",
    "w.register_hook(lambda g: g * 2)\n(torch.ones(50, 2) * w + b).sum().backward()",
    "w = w - 1\nl = (torch.ones(2, requires_grad=True) * w).sum()\nl.backward()",
    "X = torch.tensor([[1.0, -2.0]])\nnet = torch.nn.Linear(2, 1)\n"
    "l = torch.nn.functional.mse_loss(net(X).relu().T.sigmoid(), b.reshape(1, 1))\nl.backward()",
    "a, c = w.unbind()\n(a * c + torch.stack([a, c]).view(1, 2).expand(2, 2).sum()).backward()",
    "l = (w.log() * -1).abs().sqrt().tanh().sum() + w.dot(w)\nl.backward()",
    "class Double(torch.autograd.Function):\n"
    "    @staticmethod\n    def forward(ctx, x): return x * 2\n"
    "    @staticmethod\n    def backward(ctx, g): return g * 2\nDouble.apply(w).sum().backward()",
    "for i in range(6):\n    if i > 1: (w * i).sum().backward()\n    w.grad = None",
    "with torch.no_grad():\n    w -= 1\nb.data.add_(1)\nw = w.detach()\nl = w[5]",
]


def test_and_of_whole_recordings(js):
    recordings = [trace(START + code).to_dict() for code in PROGRAMS]
    states = [[expand(r, k) for k in range(len(r["steps"]))] for r in recordings]
    told = js(
        "js/narration.js",
        """
        return args.states.map((steps, r) => steps.map((state) => state.films.map((film) =>
          film.stops.map((_, i) => m.sayStop(args.table, args.recordings[r], state, film, i)))));
        """,
        {"table": words("backward"), "recordings": recordings, "states": states},
    )
    changes = js(
        "js/sentences.js",
        """
        const say = (fact) => m.sayChange(args.table, fact);
        return args.states.map((steps) => steps.map((state) => state.changed.map(say)));
        """,
        {"table": words("changes"), "states": states},
    )
    assert sum(len(films) for steps in told for films in steps) > 12
    for recording, steps, said, changed in zip(recordings, states, told, changes, strict=True):
        for state, films, facts in zip(steps, said, changed, strict=True):
            assert facts == [sentences.say(fact) for fact in state["changed"]]
            assert films == [
                [narration.say_stop(recording, state, film, i) for i in range(len(film["stops"]))]
                for film in state["films"]
            ]
