"""Numbers, choices and orders: what is called right is computed here in another way."""

import itertools

import pytest
import torch

from linreg_lib.exercises import check, exercises

ALL = exercises()
NUMBERS = [name for name, one in ALL.items() if one.kind == "number"]
CHOICES = [name for name, one in ALL.items() if one.kind == "choice"]
ORDERS = [name for name, one in ALL.items() if one.kind == "order"]


def last_weight():
    sizes = [len(rows) for rows in torch.arange(961).split(64)]
    return (1 / sizes[-1]) / (1 / sizes[0])


def used_up():
    batches = iter(torch.arange(1000).split(10))
    return sum(1 for epoch in range(3) for _ in batches)


def retained():
    y_hat = torch.zeros(1000, 1, requires_grad=True) * 1
    y_hat.retain_grad()
    y_hat.mean().backward()
    return y_hat.grad[0].item()


def untrained():
    x = torch.randn(200_000, 2, generator=torch.Generator().manual_seed(0))
    return ((x[:, 0] - 2 * x[:, 1] + 3) ** 2).mean().item() / 2


def one_step():
    w = torch.tensor(1.0, requires_grad=True)
    ((w * 2 - 6) ** 2 / 2).backward()
    return (w - 0.1 * w.grad).item()


def accumulated():
    v = torch.tensor(3.0, requires_grad=True)
    for _ in range(3):
        (v**2).backward()
    return v.grad.item()


def steps():
    loss, count = 16.0, 0
    while loss > 0.001:
        loss, count = loss * 0.99**2, count + 1
    return count


def edge():
    w = torch.tensor(0.5, requires_grad=True)
    ((w * 2 + 1 - 5) ** 2 / 2).backward()
    return w.grad.item()


def pencil():
    w = torch.tensor(1.0, requires_grad=True)
    ((w**2 + 4 * w) ** 2).backward()
    return w.grad.item()


def share():
    """Weights that make one mean of three: the first of the least squares' solution."""
    rows = torch.eye(10, dtype=torch.float64).split([6, 3, 1])
    means = torch.stack([part.mean(dim=0) for part in rows], dim=1)
    return torch.linalg.lstsq(means, torch.full((10, 1), 0.1, dtype=torch.float64)).solution[0]


def same_steps():
    x, y = torch.randn(10, 2, generator=torch.Generator().manual_seed(0)), torch.ones(10, 1)
    grads = []
    for loss in (torch.nn.MSELoss(reduction="sum"), lambda p, t: ((p - t) ** 2 / 2).mean()):
        w = torch.zeros(2, 1, requires_grad=True)
        loss(x @ w, y).backward()
        grads.append(w.grad[0].item())
    return 0.003 * grads[0] / grads[1]


def counted():
    total = torch.zeros((), dtype=torch.bfloat16)
    for _ in range(1000):
        total = total + 1
    return total.item()


def leaf_grad():
    """The leaf's gradient after its name went to a result, and a second backward."""
    x = torch.tensor([1.0, 2.0, 3.0])
    w = leaf = torch.zeros(1, requires_grad=True)
    for _ in range(2):
        ((x * w - 2 * x) ** 2).sum().backward()
        w = w - 0.01 * leaf.grad
    return leaf.grad.item()


def undivided_rate():
    """The rate at which an undivided step is as long as the divided one at 0.03."""
    gradient = torch.arange(10.0).sum()
    return 0.03 * (gradient / 10) / gradient


def decayed():
    b = torch.zeros(1, requires_grad=True)
    for _ in range(200):
        ((b - 4) ** 2 / 2).sum().backward()
        with torch.no_grad():
            b.sub_(0.1 * (b.grad + 0.1 * b))
        b.grad.zero_()
    return b.item()


def floor_reached():
    """The spread of the noise from which the floor lies above 0.1, by halving."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if 0.45 * middle**2 < 0.1 else (low, middle)
    return low


def first_short():
    sizes = [len(rows) for rows in torch.arange(107).split(10)]
    return 1 + next(i for i, size in enumerate(sizes) if size != 10)


COMPUTED = {
    "pitfall-rebind-update": leaf_grad,
    "pitfall-short-last-batch": first_short,
    "pitfall-stop-rule-below-floor": floor_reached,
    "pitfall-sum-or-mean": undivided_rate,
    "pitfall-weight-decay-typo": decayed,
    "autograd-edges": edge,
    "data-label-by-hand": lambda: torch.tensor([2, -3.4]) @ torch.tensor([1.0, 2.0]) + 4.2,
    "engine-pencil": pencil,
    "iterators-drop-last": lambda: 1000 % 64,
    "iterators-how-many": lambda: len(torch.arange(1000).split(64)),
    "iterators-last-weight": last_weight,
    "iterators-used-up": used_up,
    "loss-untrained": untrained,
    "memory-bfloat": counted,
    "model-prediction-by-hand": lambda: torch.tensor([2, -3.4]) @ torch.tensor([0.0, 2.0]) + 4.2,
    "model-retain": retained,
    "nn-rate": same_steps,
    "processes-share": share,
    "sgd-accumulate": accumulated,
    "sgd-one-step": one_step,
    "training-steps": steps,
}


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_computed_is_accepted(name):
    assert check(name, COMPUTED[name]()).passed


@pytest.mark.parametrize("name", NUMBERS)
def test_a_wrong_number_is_told_its_mistake(name):
    for mistake, told in ALL[name].mistakes.items():
        number = told["value"] if "value" in told else sum(told["range"]) / 2
        assert check(name, number).mistake == mistake
    far = check(name, 123456.0)
    assert (far.passed, far.mistake) == (False, None) and "123456" in far.message


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("form", ["{:.9g}", " {:.9g} ", "text {}"])
def test_a_number_is_read_as_people_type_it(name, form):
    value = ALL[name].right["value"]
    feedback = check(name, form.format(value))
    assert feedback.passed != form.startswith("text")


def test_a_comma_a_minus_a_fraction_and_a_tensor_are_numbers():
    assert check("sgd-one-step", "1,8").passed
    assert check("data-label-by-hand", "−0.6").passed
    assert check("model-retain", "1/1000").passed
    assert check("sgd-one-step", torch.tensor([1.8])).passed
    for text in ("w = 1.8", "≈1.8", "1.8.", "18/10", "180 %", "18*10^-1"):
        assert check("sgd-one-step", text).passed, text
    assert check("iterators-how-many", "16 minibatches").passed
    assert check("iterators-used-up", "1,000").mistake == "examples"
    assert check("sgd-one-step", (1.8,)).passed
    assert check("sgd-one-step", float("nan")).mistake == "not-text"
    assert "'idk'" in check("sgd-one-step", "idk").message
    assert check("sgd-one-step", None).mistake == "not-answered"
    assert check("sgd-one-step", [1, 2]).mistake == "not-text"


def test_choices_are_read_as_people_give_them():
    for answer in ("w, b", "`w` and `b`", {"w", "b"}, ("b", "w")):
        assert check("model-grads", answer).passed
    for answer in ((1000, 2), [1000, 2], torch.Size([1000, 2]), "(1000,2)"):
        assert check("data-shapes-product", answer).passed
    assert check("model-grads", torch.tensor(1.0)).mistake == "not-text"


def test_the_choices_that_are_right_are_so():
    w = torch.ones(2, requires_grad=True)
    twice = []
    for text in (one["text"].strip("`") for one in ALL["autograd-twice"].choices.values()):
        loss = eval(text, {"w": w})
        loss.backward()
        try:
            loss.backward()
        except RuntimeError:
            continue
        twice.append(text)
    assert check("autograd-twice", twice).passed
    X, v = torch.zeros(1000, 2), torch.zeros(2)
    assert check("data-shapes-matrix-vector", str(tuple((X @ v).shape))).passed
    assert check("data-shapes-product", str(tuple((X * v).shape))).passed
    assert check("data-shapes-sum", str(tuple((X * v).sum(0).shape))).passed
    a, c = torch.ones(2), torch.ones(2, requires_grad=True)
    d = c + a
    named = {"a": a, "c": c, "d": d, "e": d.detach()}
    assert check("model-leaves", [name for name, t in named.items() if t.is_leaf]).passed


@pytest.mark.parametrize("name", CHOICES)
def test_every_wrong_choice_has_its_reason(name):
    one = ALL[name]
    right = [key for key, choice in one.choices.items() if choice.get("right")]
    assert check(name, right if one.several else right[0]).passed
    for key, choice in one.choices.items():
        if "mistake" in choice:
            feedback = check(name, [*right, key] if one.several else choice["text"])
            assert feedback.mistake == choice["mistake"]
        if "missing" in choice:
            feedback = check(name, [other for other in right if other != key])
            assert feedback.mistake == choice["missing"]
    assert check(name, "something else").mistake == "not-text"


def outcome(lines):
    """Run the lines in their order; return the error's name or how many times w moved."""
    loop = lines.index("for step in range(3):")
    program = [*lines[: loop + 1], *("    " + line for line in lines[loop + 1 :])]
    if loop + 1 < len(lines):
        program.append("    places.append(w.item())")
    w = torch.tensor([[1.0]], requires_grad=True)
    names = {"torch": torch, "w": w, "places": [w.item()]}
    names |= {"X": torch.tensor([[1.0], [2.0]]), "y": torch.tensor([[3.0], [-1.0]])}
    try:
        exec("\n".join(program), names)
    except Exception as error:
        return type(error).__name__
    return sum(a != b for a, b in itertools.pairwise(names["places"]))


@pytest.mark.parametrize("name", ORDERS)
def test_every_order_is_told_what_really_comes_of_it(name):
    one, told = ALL[name], set()
    for keys in itertools.permutations(one.lines):
        lines = [one.lines[key] for key in keys]
        feedback = check(name, lines)
        came = outcome(lines)
        if feedback.passed:
            assert came == 3
            continue
        mistake = one.mistakes[feedback.mistake]
        told.add(feedback.mistake)
        if "raises" in mistake:
            expected = {mistake["raises"]}
            if mistake["raises"] == "SyntaxError":
                expected.add("IndentationError")
            assert came in expected, keys
        else:
            # Above the loop w may have taken its step before the counting began.
            assert came <= mistake["moves"], keys
    assert told == set(one.mistakes)
    assert not check(name, ["one", "two"]).passed
