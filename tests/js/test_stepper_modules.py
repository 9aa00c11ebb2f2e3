"""The stepper's pure modules against Python: the expander has an oracle, `linreg_lib.expand`."""

from itertools import pairwise

import pytest

from linreg_lib.autograd import expand, trace
from linreg_lib.pitfalls import PITFALLS
from linreg_lib.widgets._align import align_steps, first_difference

PROGRAM = """\
import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
def step(p):
    with torch.no_grad():
        p -= 0.1 * p.grad
l = (w * w).sum()
l.backward()
step(w)
print(w)
l.backward()"""


@pytest.fixture(scope="module")
def recording():
    return trace(PROGRAM).to_dict()


def line_of(recording, text):
    return recording["code"].split("\n").index(text) + 1


def step_at(recording, text):
    """Number of the first step that ran the line `text`."""
    line = line_of(recording, text)
    return next(k for k, step in enumerate(recording["steps"]) if step["line"] == line)


@pytest.mark.parametrize("name", sorted(PITFALLS))
def test_the_expander_agrees_with_python(js, name):
    recording = trace(PITFALLS[name].wrong, max_steps=120).to_dict()
    got = js(
        "js/expand.js",
        "const at = m.createExpander(args); return args.steps.map((_, k) => at(k))",
        recording,
    )
    assert got == [expand(recording, k) for k in range(len(recording["steps"]))]


def test_changed_fields_are_those_that_a_reader_sees(js, recording):
    body = """
        const at = m.createExpander(args.recording);
        const changed = m.changedFields(at(args.k - 1), at(args.k));
        return Object.fromEntries([...changed].map(([label, set]) => [label, [...set].sort()]));
    """
    changes = {
        text: js("js/expand.js", body, {"recording": recording, "k": step_at(recording, text)})
        for text in (
            "l = (w * w).sum()",
            "l.backward()",
            "        p -= 0.1 * p.grad",
            "print(w)",
        )
    }
    w, loss = "t1", "t2"
    assert changes == {
        "l = (w * w).sum()": {loss: ["new"]},
        "l.backward()": {w: ["grad"]},
        "        p -= 0.1 * p.grad": {w: ["grad", "value", "version"]},
        "print(w)": {},
    }


def test_a_name_that_moved_to_a_new_tensor_is_rebound_and_keeps_its_place(js):
    recording = trace(
        "import torch\nw = torch.ones(1, requires_grad=True)\nl = w * 2\nw = w - 1"
    ).to_dict()
    got = js(
        "js/expand.js",
        """
        const at = m.createExpander(args);
        const order = m.nameOrder(args);
        return {
          changed: [...m.changedFields(at(3), at(4))].map(([label, set]) => [label, [...set]]),
          rows: m.inOrder(at(4).tensors, order).map(([, facts]) => facts.names),
        };
        """,
        recording,
    )
    assert ["t3", ["rebound"]] in got["changed"]
    assert got["rows"] == [["w"], ["l"], []]


def test_differences_are_told_by_name(js):
    start = "import torch\nw = torch.ones(1, requires_grad=True)\n"
    a = expand(trace(start + "w = w - 1").to_dict(), -1)
    b = expand(trace(start + "with torch.no_grad():\n    w -= 1\nn = torch.ones(2)").to_dict(), -1)
    got = js("js/expand.js", "return m.differences(args[0], args[1])", [a, b])
    assert got == [
        {"name": "w", "fields": ["facts", "version"]},
        {"name": "n", "fields": ["only second"]},
    ]
    assert js("js/expand.js", "return m.differences(args, args)", a) == []


@pytest.mark.parametrize(
    ("a", "b", "length"), [("", "abc", 0), ("abcbdab", "bdcaba", 4), ("aaa", "aa", 2)]
)
def test_common_finds_a_longest_common_subsequence(js, a, b, length):
    pairs = js("js/align.js", "return m.common([...args[0]], [...args[1]])", [a, b])
    assert len(pairs) == length
    assert all(a[i] == b[j] for i, j in pairs)
    for before, after in pairwise(pairs):
        assert before[0] < after[0] and before[1] < after[1]


@pytest.mark.parametrize("name", sorted(PITFALLS))
def test_python_and_the_page_pair_steps_alike(js, name):
    a, b = (
        trace(code, max_steps=120).to_dict()
        for code in (PITFALLS[name].wrong, PITFALLS[name].right)
    )
    body = """
        const [a, b] = args;
        const pairs = m.alignSteps(a, b);
        const [atA, atB] = [m.createExpander(a), m.createExpander(b)];
        const part = pairs.findIndex(([i, j]) => m.differences(atA(i), atB(j)).length > 0);
        return [pairs, part < 0 ? pairs.length - 1 : part];
    """
    pairs, part = js("autograd_stepper.js", body, [a, b])
    assert [tuple(pair) for pair in pairs] == align_steps(a, b)
    assert part == first_difference(a, b)


@pytest.mark.parametrize("name", ["rebind-update", "second-backward", "none-gradient"])
def test_steps_of_two_programs_meet_at_common_lines(js, name):
    pitfall = PITFALLS[name]
    a, b = (trace(code).to_dict() for code in (pitfall.wrong, pitfall.right))
    pairs = js("js/align.js", "return m.alignSteps(args[0], args[1])", [a, b])
    assert pairs[0] == [0, 0]
    assert pairs[-1] == [len(a["steps"]) - 1, len(b["steps"]) - 1]
    for (i0, j0), (i1, j1) in pairwise(pairs):
        assert 0 <= i1 - i0 <= 1 and 0 <= j1 - j0 <= 1 and (i1, j1) != (i0, j0)
    met = [(a["steps"][i]["line"], b["steps"][j]["line"]) for i, j in pairs]
    first_backward = [line_of(r, "    loss.backward()") for r in (a, b)]
    if name == "rebind-update":
        assert tuple(first_backward) in met


def test_own_lines_are_those_that_the_other_program_lacks(js):
    pitfall = PITFALLS["rebind-update"]
    got = js(
        "js/align.js",
        "return m.ownLines(args[0], args[1]).map((set) => [...set])",
        [pitfall.wrong, pitfall.right],
    )
    assert got == [[8], [8, 9, 10]]


def plan(js, recording, compact=False):
    return js(
        "stepper/drawing.js",
        """
        const plan = m.planGraph(args.recording, { compact: args.compact, words: m.WORDS });
        return {
          width: plan.width,
          height: plan.height,
          boxes: Object.fromEntries(args.recording.nodes.map(({ id }) => [id, plan.box(id)])),
          edges: plan.edges,
        };
        """,
        {"recording": recording, "compact": compact},
    )


@pytest.mark.parametrize(
    "name", ["rebind-loop-variable", "losses-carried-over", "rebuilt-from-numbers"]
)
def test_boxes_stand_inside_the_picture_and_apart(js, name):
    recording = trace(PITFALLS[name].right).to_dict()
    drawn = plan(js, recording)
    lives = {node["id"]: set() for node in recording["nodes"]}
    for k in range(len(recording["steps"])):
        for label in expand(recording, k)["nodes"]:
            lives[label].add(k)
    boxes = drawn["boxes"]
    for label, box in boxes.items():
        assert box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= drawn["width"]
        assert box["y"] + box["height"] <= drawn["height"]
        for other, theirs in boxes.items():
            if other != label and lives[label] & lives[other]:
                beside = (
                    box["x"] + box["width"] <= theirs["x"]
                    or theirs["x"] + theirs["width"] <= box["x"]
                )
                above = (
                    box["y"] + box["height"] <= theirs["y"]
                    or theirs["y"] + theirs["height"] <= box["y"]
                )
                assert beside or above, (label, other)


def test_the_two_edges_of_a_square_are_both_seen(js, recording):
    paths = [edge["path"] for edge in plan(js, recording)["edges"] if edge["to"] == "a1"]
    assert len(paths) == 2 and paths[0] != paths[1]


def test_the_graph_in_words_names_operations_inputs_and_saved_tensors(js, recording):
    body = "return m.graphWords(args[0], args[1])"
    state = expand(recording, step_at(recording, "l = (w * w).sum()"))
    words = js("js/graph.js", body, [recording, state])
    assert "SumBackward0 (l) leads to MulBackward0." in words
    assert "MulBackward0 leads to AccumulateGrad of w and AccumulateGrad of w" in words
    assert "saved self: alive, other: alive" in words
    assert js("js/graph.js", body, [recording, expand(recording, 0)]) == "No graph."
