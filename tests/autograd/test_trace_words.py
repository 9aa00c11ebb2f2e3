"""What a step changed, said: in place or rebound, shared, hidden, caught."""

from recorded import PROGRAMS, told_at

from linreg_lib.autograd import trace


def test_in_place_and_rebound_in_words():
    recording = trace(PROGRAMS["rebinding [E2, G4]"])
    assert told_at(recording, 7) == [
        "w: now a new object, not a leaf, made by SubBackward0",
        "graph: SubBackward0 added",
    ]
    # The second backward reaches the first w, which no name refers to any more.
    assert (
        told_at(recording, 6, turn=1)[0]
        == "former w.grad: [2., 2.] → [3.6, 3.6], added to what was there"
    )
    assert ">former w<" in (svg := recording.graph(-1).to_svg()) and ">grad: value<" in svg
    assert recording.ended["reason"] == "error"
    recording = trace(PROGRAMS["in place, under no_grad [C6, E1, E3]"])
    assert told_at(recording, 5) == [
        "w.grad: None → [2., 4.], stored",
        "saved tensors of PowBackward0 freed",
    ]
    assert told_at(recording, 7) == [
        "w: same object, version 0 → 1, values changed in place",
        "w.grad: stale, it belongs to the earlier value of w",
    ]
    assert told_at(recording, 8) == ["w.grad: cleared to zero"]


def test_accumulated_and_set_to_none_in_words():
    recording = trace(PROGRAMS["accumulation [E5, E6]"])
    assert told_at(recording, 6, turn=0)[0] == "w.grad: None → [1., 1.], stored"
    assert told_at(recording, 6, turn=1)[0] == (
        "w.grad: [1., 1.] → [3., 3.], added to what was there"
    )
    assert told_at(recording, 8) == ["w.grad: now None"]


def test_a_write_through_data_is_seen_though_autograd_does_not_see_it():
    recording = trace(PROGRAMS[".data hides a change [C4]"])
    assert told_at(recording, 5) == [
        "w: same object, values changed in place, version still 0: autograd does not know"
    ]
    assert recording.ended["reason"] == "end"
    recording = trace(PROGRAMS["no_grad does not [C4]"])
    assert "a tensor saved by PowBackward0 was changed in place: backward would fail" in (
        told_at(recording, 6)
    )


def test_a_rebound_loop_variable_leaves_the_parameters_alone():
    recording = trace(PROGRAMS["the loop's name rebound [C7]"])
    assert told_at(recording, 8)[0] == "param: the same object as w"
    assert told_at(recording, 9)[0].startswith("param: now a new object, does not require grad")
    last = recording.step(-1)["tensors"]
    assert {t["version"] for t in last.values() if t["requires_grad"]} == {0}


def test_a_view_is_said_to_share_memory():
    recording = trace(PROGRAMS["views share memory [A3]"])
    assert told_at(recording, 4) == [
        "column: new, does not require grad, shares the memory of a",
    ]
    assert told_at(recording, 5) == [
        "a: same object, version 0 → 1, values changed in place",
        "column: same object, version 0 → 1, values changed in place",
    ]
    assert told_at(recording, 6) == ["alias: the same object as a"]


def test_a_function_that_returns_what_it_got():
    code = "import torch\ndef same(x):\n    return x\na = torch.ones(1)\nb = same(a)\n"
    assert told_at(trace(code), 5) == [
        "b: the same object as a",
        "same #1: returned, its names are gone",
    ]


def test_a_call_that_loses_its_last_tensor_has_not_returned():
    code = "import torch\ndef f():\n    x = torch.ones(1)\n    x = None\n    return 3\nf()\n"
    recording = trace(code)
    told = [recording.changed(k) for k in range(len(recording))]
    assert ["x (f #1): gone"] in told
    assert not any("f #1: returned, its names are gone" in sentences for sentences in told)


def test_a_caught_exception_is_said_and_the_program_goes_on():
    code = "try:\n    1 / 0\nexcept ZeroDivisionError:\n    x = 1\ny = 2\n"
    recording = trace(code)
    assert recording.ended["reason"] == "end" and recording.error is None
    assert told_at(recording, 3) == ["caught ZeroDivisionError: division by zero"]
