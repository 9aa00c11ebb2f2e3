"""Random programs over what the miniature declares: tensors, views, changes in place, backward.

A program prints all that can be seen of each of its tensors after every line, so that the line
where two implementations part is known.
"""

import random

CREATED = (
    "torch.randn({shape}{flag})",
    "torch.ones({shape}{flag})",
    "torch.full(({shape},), 0.5{flag})",
    "torch.arange({n}.0{flag})",
    "torch.rand({shape}{double}{flag})",
    "torch.tensor([[1.0, -2.0], [0.5, 4.0]]{flag})",
    "torch.tensor([3.0, -1.0, 0.0]{flag})",
    "torch.tensor(2.5{flag})",
    "torch.randint(0, 5, ({shape},))",
    "torch.tensor([[1, 2, 3], [4, 5, 6]])",
    "torch.tensor([True, False, True])",
)
UNARY = (
    "-{a} | {a}.abs() | {a}.exp() | {a}.sqrt() | {a}.log() | {a}.tanh() | {a}.sigmoid() | {a}.relu() "
    "| {a} ** 2 | {a} ** 3 | {a} ** -1 | {a} ** 0.5 | 2 - {a} | 1 / {a} | {a} * 0.1 | {a} / 3 | {a} + 1 "
    "| 2 ** {a} | {a}.clamp(min=0) | {a}.clamp(-1, 1) | {a}.round() | {a}.sign() | {a}.floor() "
    "| {a}.square() | {a}.clone() | {a}.detach() | {a}.double() | {a}.float() | {a}.long() | {a}.bool() "
    "| {a} * True | {a} - 1.5 | {a} % 2 | {a} // 2 | torch.zeros_like({a}) | torch.ones_like({a}) "
    "| torch.softmax({a}, {d}) | torch.log_softmax({a}, {d}) | {a}.rsqrt() | {a}.expm1() | {a}.atan() "
    "| torch.nn.functional.softplus({a}) | torch.nn.functional.leaky_relu({a}) | {a}.flip(0) "
    "| torch.nn.functional.gelu({a}) | torch.nn.functional.silu({a}) | {a}.roll(1) | {a}.repeat(2, 1) "
    "| {a}.repeat_interleave(2) | torch.triu({a}) | {a}[[0]] | {a}[:, [0]] | {a}[..., [-1, 0]] | {a}[[0], 0] "
    "| {a}.index_select({d}, torch.tensor([0])) | {a}.masked_fill({a} > 0, 2.0) | {a}.nan_to_num()"
).split(" | ")
VIEWS = (
    "{a}.T | {a}.t() | {a}.reshape(-1) | {a}.reshape(-1, 1) | {a}.view(-1) | {a}.view(1, -1) | {a}[0] "
    "| {a}[-1] | {a}[1:] | {a}[:, 0] | {a}[..., -1] | {a}[::2] | {a}[None] | {a}.unsqueeze({d}) "
    "| {a}.squeeze() | {a}.flatten() | {a}.expand(3, {n}) | {a}.permute(1, 0) | {a}.transpose(0, 1) "
    "| {a}.unbind()[0] | {a}.split(2)[0] | {a}.chunk(2)[-1] | {a}.data | {a}.narrow(0, 0, 1) | {a}[:] "
    "| {a}.view_as({b}) | {a}.reshape_as({b}) | {a}.contiguous() | {a}.diagonal() | {a}.movedim(0, -1) "
    "| {a}.mT | {a}[0, None] | {a}[None, ..., 0] | {a}.expand(2, -1, -1) | {a}.squeeze({d})"
).split(" | ")
REDUCED = (
    "{a}.sum() | {a}.mean() | {a}.sum({d}) | {a}.mean({d}) | {a}.sum(0, keepdim=True) | {a}.max() | {a}.min() "
    "| {a}.max({d})[0] | {a}.min({d})[1] | {a}.argmax() | {a}.argmax({d}) | {a}.std() | {a}.var({d}) "
    "| {a}.norm() | {a}.prod() | {a}.cumsum({d}) | {a}.all() | {a}.any() | {a}.item() | {a}.tolist() "
    "| {a}.numel() | torch.numel({a}) | {a}.argmin({d}) | {a}.amax({d}) | {a}.amin() | {a}.logsumexp({d}) "
    "| {a}.topk(1)[0] | {a}.sort({d})[0] | {a}.argsort({d}) | {a}.median() | {a}.prod({d}) | {a}.cumprod({d}) "
    "| {a}.norm(dim={d}) | {a}.trace() | {a}.unique() | {a}.nonzero() | {a}.count_nonzero() | {a}.diff()"
).split(" | ")
BINARY = (
    "{a} + {b} | {a} - {b} | {a} * {b} | {a} / {b} | {a} @ {b} | {a} > {b} | {a} == {b} | {a} ** {b} "
    "| torch.cat([{a}, {b}]) | torch.stack([{a}, {b}]) | torch.where({a} > 0, {a}, {b}) "
    "| torch.maximum({a}, {b}) | torch.nn.functional.mse_loss({a}, {b}) "
    "| torch.nn.functional.l1_loss({a}, {b}) | torch.nn.functional.mse_loss({a}, {b}, reduction='sum') "
    "| {a}[{b} > 0] | {a}.mm({b}) | torch.add({a}, {b}, alpha=2) | torch.outer({a}, {b}) "
    "| {a}.dot({b}) | {a}.expand_as({b}) | {a}[{b}] | torch.nn.functional.binary_cross_entropy_with_logits({a}, {b}) "
    "| torch.nn.functional.smooth_l1_loss({a}, {b}) | torch.vstack([{a}, {b}]) | torch.nn.functional.linear({a}, {b}) "
    "| torch.minimum({a}, {b}) | torch.isclose({a}, {b}) | torch.hstack([{a}, {b}]) | {a} // {b} | {a} % {b} "
    "| torch.equal({a}, {b}) | torch.allclose({a}, {b}) | torch.bmm({a}[None], {b}[None]) | {a}.where({a} > {b}, {b}) "
    "| torch.nn.functional.huber_loss({a}, {b}) | torch.nn.functional.cross_entropy({a}, {b})"
).split(" | ")
STATEMENTS = (
    "{a} += {b} | {a} -= 0.5 * {b} | {a} *= 2 | {a} /= {b} | {a} **= 2 | {a}.add_({b}) | {a}.mul_(0.5) "
    "| {a}.zero_() | {a}.fill_(1.5) | {a}[0] = 2.0 | {a}[0] = {b} | {a}[:, 0] = 0 | {a}[1:] += 1 "
    "| {a}[{a} > 0] = 0 | {a}[..., 0] *= 3 | {a}.copy_({b}) | {a}.data -= 1 | {a}.clamp_(min=0) "
    "| {a}.relu_() | {a}.requires_grad_() | {a}.retain_grad() | {a}.grad = None | {a}.grad.zero_() "
    "| {a}.detach_() | {a}.exp_() | {a}.T.mul_(2) | {a}.view(-1)[0] = 1 | {a}.detach().add_(1) "
    "| {a}.sub_({b}, alpha=2) | {a}.index_fill_(0, torch.tensor([0]), 1)"
).split(" | ")
BACKWARD = (
    "{a}.sum().backward() | {a}.backward() | {a}.sum().backward(retain_graph=True) "
    "| {a}.backward(torch.ones_like({a})) | print(torch.autograd.grad({a}.sum(), {b})) "
    "| ({a} * {b}).mean().backward() | print(torch.autograd.grad(({a} ** 2).sum(), {b}, create_graph=True)) "
    "| torch.autograd.backward([{a}.sum(), {b}.sum()]) | {a}.pow(2).sum().backward(inputs=[{b}]) "
    "| ({a} * {b} + {b}).sum().backward() | ({a} - {b}).pow(2).mean().backward() | ({a} / ({b} + 9)).sum().backward() "
    "| print(torch.autograd.grad(({a} * {b}).sum(), {a}, create_graph=True, allow_unused=True))"
).split(" | ")

SHOW = """
def show(*names):
    for name in names:
        t = globals().get(name)
        if not isinstance(t, torch.Tensor):
            print(name, t)
            continue
        gradient = t.grad if t.is_leaf or t.retains_grad else None
        node = t.grad_fn
        edges = [(n and n.name(), k) for n, k in node.next_functions] if node else None
        print(name, t, t.shape, t.stride(), t.storage_offset(), t.dtype, t.is_leaf,
              t.requires_grad, t._version, t.output_nr, gradient, edges)
"""


def program(seed: int) -> str:
    """A random program of some ten lines."""
    r = random.Random(seed)
    lines, names = ["import torch", SHOW], []
    n, m = r.choice([1, 2, 3, 4, 17]), r.choice([1, 2, 3])

    def shape():
        return r.choice([f"{n}", f"{n}, {m}", "1", f"{n}, 1", f"{m}", f"{m}, {n}"])

    def fill(text):
        return text.format(
            a=r.choice(names[-3:] if r.random() < 0.7 else names),
            b=r.choice(names), d=r.choice([0, 1, -1]), n=n, m=m,
        )  # fmt: skip

    def define(text):
        names.append(f"t{len(names) + 1}")
        lines.append(f"{names[-1]} = {text}")

    for _ in range(r.randint(2, 4)):
        define(
            r.choice(CREATED).format(
                shape=shape(),
                n=n,
                flag=r.choice(["", ", requires_grad=True", ", requires_grad=True"]),
                double=r.choice(["", "", ", dtype=torch.float64"]),
            )
        )
    for _ in range(r.randint(4, 9)):
        kind = r.random()
        if kind < 0.5:
            define(fill(r.choice(r.choice([UNARY, VIEWS, VIEWS, REDUCED, BINARY, BINARY]))))
        elif kind < 0.7:
            lines.append(fill(r.choice(STATEMENTS)))
        elif kind < 0.82:
            lines.append("with torch.no_grad():\n    " + fill(r.choice(STATEMENTS)))
        elif kind < 0.86:
            names.append(f"t{len(names) + 1}")
            made = fill(r.choice(r.choice([UNARY, VIEWS, BINARY])).replace(names[-1], names[0]))
            lines.append(f"with torch.no_grad():\n    {names[-1]} = {made}")
        else:
            lines.append(fill(r.choice(BACKWARD)))
        lines.append(f"show({', '.join(map(repr, names))})")
    lines.append(fill(BACKWARD[0]))
    lines.append(f"show({', '.join(map(repr, names))})")
    return "\n".join(lines)
