"""From one operation to a diamond: the first graph that goes wrong tells the mistake."""

from linreg_lib.exercises import _show as show

A, B, C, K = 3.0, -2.0, 5.0, 7.0
NUMBERS = "a = 3, b = -2"


class Try:
    """Values of their own, an expression of them, and its backward."""

    def __init__(self, answer, expression, build, count, backward=True):
        self.answer, self.expression = answer, expression
        with answer.explained():
            self.inputs = [answer.function(number) for number in (A, B, C, K)[:count]]
            self.out = build(*self.inputs)
            if backward and hasattr(self.out, "data"):
                self.out.backward()

    def grads(self):
        """The gradients of the inputs; of one that has none, the error is told."""
        with self.answer.explained():
            return [_float(value.grad) for value in self.inputs]

    @property
    def data(self):
        """The value of the expression."""
        with self.answer.explained():
            return _float(self.out.data)


def _float(value):
    return 0.0 if value is None else float(value)


def check(answer):
    """Each question is asked only when those before it were answered well."""
    return (
        _forward(answer)
        or _begin(answer)
        or _product(answer)
        or _sum(answer)
        or _chain(answer)
        or _long_chain(answer)
        or _used_twice(answer)
        or _diamond(answer)
        or _as_in_torch(answer)
        or _equal_values(answer)
    )


def _forward(answer):
    for expression, build, expected, other, sign in (
        ("a + b", lambda a, b: a + b, A + B, A * B, "+"),
        ("a * b", lambda a, b: a * b, A * B, A + B, "*"),
    ):
        one = Try(answer, expression, build, 2, backward=False)
        if not hasattr(one.out, "data"):
            if one.out is None:
                answer.stop(answer.exercise.state("no-return", function=f"__{_NAMES[sign]}__"))
            kind = type(one.out).__name__
            got = show.thing(one.out)
            return answer.mistake(
                "plain-number", expression=expression, got=got, type=kind, sign=sign
            )
        if any(one.out is given for given in one.inputs):
            return answer.mistake("no-new-value", expression=expression)
        facts = {"expression": expression, "numbers": NUMBERS, "got": show.number(one.data)}
        if one.data == other:
            return answer.mistake("forward-swapped", **facts)
        if one.data != expected:
            return answer.wrong("forward", expected=show.number(expected), **facts)
    return None


_NAMES = {"+": "add", "*": "mul"}


def _begin(answer):
    with answer.explained():
        began = _float(getattr(answer.function(A), "grad", 0.0))
    if began:
        (got, *_) = Try(answer, "a * b", lambda a, b: a * b, 2).grads()
        if got == B + began:
            return answer.mistake("began-at-one", got=show.number(got), begun=show.number(began))
    for expression, build in (("a * b", lambda a, b: a * b), ("a + b", lambda a, b: a + b)):
        one = Try(answer, expression, build, 2)
        if any(one.grads()):
            continue
        with answer.explained():
            begun = _float(getattr(one.out, "grad", 0.0))
        if begun and (found := _grad_for_data(answer, expression, build)):
            return found
        if begun:
            got = show.number(begun)
            return answer.mistake("nothing-passed", expression=expression, got=got, name="a")
        return answer.mistake("not-begun")
    return None


def _grad_for_data(answer, expression, build):
    """Tell a share that is the other factor's gradient: give that a value beforehand."""
    one = Try(answer, expression, build, 2, backward=False)
    with answer.explained():
        one.inputs[1].grad = 2.0
        one.out.backward()
    got = one.grads()[0]
    if expression == "a * b" and got != 0:
        return answer.mistake("grad-for-data", numbers=NUMBERS, got=show.number(got))
    one = Try(answer, expression, build, 2, backward=False)
    with answer.explained():
        one.inputs[0].grad = 2.0
        one.out.backward()
    got = one.grads()[0]
    if got != 2.0 + 2.0 * (B if expression == "a * b" else 1.0):
        return None
    facts = {"out": show.number(one.out.grad), "got": show.number(got)}
    return answer.mistake("own-grad", expression=expression, **facts)


def _product(answer):
    got_a, got_b = Try(answer, "a * b", lambda a, b: a * b, 2).grads()
    facts = {"expression": "a * b", "numbers": NUMBERS, "got": show.number(got_a), "name": "a"}
    if (got_a, got_b) == (B, A):
        return None
    if (got_a, got_b) == (A, B):
        return answer.mistake("swapped", **facts)
    if (got_a, got_b) == (1, 1):
        (twice,) = Try(answer, "x + x", lambda x: x + x, 1).grads()
        name = "begun-everywhere" if twice == 1 else "product-as-sum"
        return answer.mistake(name, **facts)
    if got_a == got_b == A * B:
        return answer.mistake("product-itself", **facts)
    if got_a == got_b in (A, B):
        own = "self" if got_a == A else "other"
        return answer.mistake("same-factor", own=own, **facts)
    factor = got_a / B
    if factor == A * B and got_b == factor * A:
        one = Try(answer, "a * b", lambda a, b: a * b, 2)
        if _float(getattr(one.out, "grad", 0.0)) == 1:
            slope, data = show.number(B), show.number(A * B)
            return answer.mistake("data-for-grad", slope=slope, data=data, **facts)
    if abs(factor) > 1 and got_b == factor * A:
        return answer.mistake("begun-with-data", factor=show.number(factor), **facts)
    return _one_parent(answer, facts, (got_a, got_b), (B, A))


def _sum(answer):
    got_a, got_b = Try(answer, "a + b", lambda a, b: a + b, 2).grads()
    facts = {"expression": "a + b", "numbers": NUMBERS, "got": show.number(got_a), "name": "a"}
    if (got_a, got_b) == (1, 1):
        return None
    if (got_a, got_b) in ((B, A), (A, B)):
        return answer.mistake("sum-as-product", **facts)
    return _one_parent(answer, facts, (got_a, got_b), (1.0, 1.0))


def _one_parent(answer, facts, got, expected):
    for at in (0, 1):
        if got[at] == 0 and got[1 - at] == expected[1 - at]:
            facts |= {"got": show.number(got[1 - at]), "name": "ab"[at]}
            return answer.mistake("one-parent", **facts)
    at = 0 if got[0] != expected[0] else 1
    facts |= {"got": show.number(got[at]), "name": "ab"[at]}
    if got[at] == -expected[at]:
        return answer.mistake("minus", **facts)
    return answer.wrong("gradient", expected=show.number(expected[at]), **facts)


def _chain(answer):
    for expression, build, right, bare in (
        ("(a * b) * c", lambda a, b, c: (a * b) * c, (B * C, A * C, A * B), (B, A, A * B)),
        ("(a + b) * c", lambda a, b, c: (a + b) * c, (C, C, A + B), (1.0, 1.0, A + B)),
        ("c * (a + b)", lambda a, b, c: c * (a + b), (C, C, A + B), (1.0, 1.0, A + B)),
    ):
        got = tuple(Try(answer, expression, build, 3).grads())
        if got == right:
            continue
        facts = {"expression": expression, "numbers": NUMBERS + ", c = 5", "name": "a"}
        facts |= {"got": show.number(got[0]), "expected": show.number(right[0])}
        if got == bare and _slope_alone(answer, build, expression):
            return answer.mistake("without-out-grad", **facts)
        if got == (0, 0, right[2]) and expression == "(a * b) * c" and _forgotten(answer):
            return answer.mistake(_forgotten(answer), **facts)
        if got == (0, 0, right[2]) and expression == "(a * b) * c":
            return answer.mistake("one-step", **facts)
        if _stored_in_self(answer):
            return answer.mistake("stored-in-self", **facts)
        sum_ = Try(answer, "a + b", lambda a, b: a + b, 2, backward=False).out
        if len(getattr(sum_, "parents", "ab")) == 1:
            return answer.mistake("second-forgotten", **facts)
        off = [i for i in range(3) if got[i] != right[i]]
        at = off[0]
        if all(got[i] == bare[i] for i in off) and _slope_of(answer, build, expression, at):
            facts |= {"name": "abc"[at], "got": show.number(got[at])}
            facts["expected"] = show.number(right[at])
            return answer.mistake("without-out-grad", **facts)
        facts |= {"name": "abc"[at], "got": show.number(got[at])}
        return answer.wrong("gradient", **(facts | {"expected": show.number(right[at])}))
    return None


def _long_chain(answer):
    """A chain of three: a walk that goes two steps does not come to its beginning."""
    expression = "((a * b) * c) * k"
    got, *_ = Try(answer, expression, lambda a, b, c, k: ((a * b) * c) * k, 4).grads()
    if got == B * C * K:
        return None
    facts = {"expression": expression, "got": show.number(got), "expected": show.number(B * C * K)}
    if got == 0:
        return answer.mistake("short-walk", **facts)
    numbers = NUMBERS + ", c = 5, k = 7"
    return answer.wrong("gradient", name="a", numbers=numbers, **facts)


def _stored_in_self(answer):
    """Whether an operation changes what its first input passes on."""
    with answer.explained():
        a, b = answer.function(A), answer.function(B)
        before = getattr(a, "pass_on", None)
        a + b
    return getattr(a, "pass_on", None) is not before


def _slope_of(answer, build, expression, at):
    """Ask the same of one of the two inputs alone."""
    grads = _other_slopes(answer, build)
    return at < 2 and grads[at] == ((5.0, 4.0) if expression == "(a * b) * c" else (1.0, 1.0))[at]


def _slope_alone(answer, build, expression):
    """Ask with other numbers whether an operation's own slope is all that it passes on."""
    wanted = [5.0, 4.0] if expression == "(a * b) * c" else [1.0, 1.0]
    return _other_slopes(answer, build) == wanted


def _other_slopes(answer, build):
    with answer.explained():
        values = [answer.function(number) for number in (4.0, 5.0, 7.0)]
        build(*values).backward()
        return [_float(value.grad) for value in values[:2]]


def _forgotten(answer):
    """Name what remembers no parents: a product alone, or every result; None where all do."""
    product = Try(answer, "a * b", lambda a, b: a * b, 2, backward=False).out
    sum_ = Try(answer, "a + b", lambda a, b: a + b, 2, backward=False).out
    if getattr(product, "parents", True):
        return None
    return "parents-forgotten" if getattr(sum_, "parents", False) else "no-parents"


def _used_twice(answer):
    for sign, build, right, once in (
        ("*", lambda x: x * x, 2 * A, A),
        ("+", lambda x: x + x, 2.0, 1.0),
    ):
        (got,) = Try(answer, f"x {sign} x", build, 1).grads()
        facts = {"sign": sign, "x": show.number(A), "got": show.number(got)}
        facts["expected"] = show.number(right)
        if got == once:
            return answer.mistake("assigned", **facts)
        if got != right:
            facts |= {"expression": f"x {sign} x", "numbers": "x = 3", "name": "x"}
            return answer.wrong("gradient", **facts)
    got = Try(answer, "a * b + a", lambda a, b: a * b + a, 2).grads()
    if got == [B + 1, A]:
        return None
    facts = {"expression": "a * b + a", "numbers": NUMBERS, "name": "a"}
    return answer.wrong("gradient", got=show.number(got[0]), expected=show.number(B + 1), **facts)


def _shared(build):
    """Let c = a * b be used twice."""
    return lambda a, b, k: build(a * b, k)


def _diamond(answer):
    k = C  # the third number
    found = None
    for expression, build, slope, shares in (
        ("c * k + c", lambda c, k: c * k + c, k + 1, (k, 1.0)),
        ("c + c * k", lambda c, k: c + c * k, k + 1, (k, 1.0)),
        ("(c * k) * k + c", lambda c, k: (c * k) * k + c, k * k + 1, (k * k, 1.0)),
        ("c + (c * k) * k", lambda c, k: c + (c * k) * k, k * k + 1, (k * k, 1.0)),
        ("(c + k) * c", lambda c, k: (c + k) * c, 2 * A * B + k, (A * B + k, A * B)),
        ("(c + c) * k + c", lambda c, k: (c + c) * k + c, 2 * k + 1, (k, 2 * k, 1.0)),
    ):
        got, got_b, _ = Try(answer, expression, _shared(build), 3).grads()
        if (got, got_b) == (slope * B, slope * A):
            continue
        facts = {"expression": expression, "numbers": NUMBERS + ", k = 5", "name": "a"}
        facts |= {"got": show.number(got), "expected": show.number(slope * B)}
        if got / B in shares:
            found = found or answer.mistake("too-early", **facts)
        elif abs(got / B) > abs(slope):
            return answer.mistake("walked-twice", **facts)
        else:
            found = found or answer.wrong("gradient", **facts)
    return found


def _equal_values(answer):
    """Two products of one number are two nodes."""
    numbers = (3.0, 2.0, 2.0, 3.0)
    with answer.explained():
        a, b, c, d = values = [answer.function(number) for number in numbers]
        (a * b + c * d).backward()
        got = [_float(value.grad) for value in values]
    for name, one, right in zip("abcd", got, (2.0, 3.0, 3.0, 2.0), strict=True):
        if one != right:
            facts = {"got": show.number(one), "expected": show.number(right)}
            return answer.mistake("equal-values", name=name, **facts)
    return None


def _as_in_torch(answer):
    """The squared error of w x + b - y, walked once, with the numbers left as they were."""
    w, x, b, minus_y = 0.5, 2.0, 1.0, -5.0

    def build(values):
        error = values[0] * values[1] + values[2] + values[3]
        return error * error

    with answer.explained():
        values = [answer.function(number) for number in (w, x, b, minus_y)]
        build(values).backward()
        got = [_float(value.grad) for value in values]
    error = w * x + b + minus_y
    expected = [2 * error * slope for slope in (x, w, 1.0, 1.0)]
    for name, one, right in zip("wxby", got, expected, strict=True):
        if abs(one - right) > 1e-6:
            facts = {"got": show.number(one), "expected": show.number(right), "name": name}
            expression = "(w * x + b + y) * (w * x + b + y)"
            return answer.wrong(
                "gradient", expression=expression, numbers="w = .5, x = 2, b = 1, y = -5", **facts
            )
    for name, value, number in zip("wxby", values, (w, x, b, minus_y), strict=True):
        if _float(value.data) != number:
            got, expected = show.number(value.data), show.number(number)
            return answer.wrong("later", name=name, got=got, expected=expected)
    return None
