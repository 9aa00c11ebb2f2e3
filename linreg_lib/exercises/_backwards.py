"""What each `loss.backward()` of a reader's code finds, noted while it runs."""

from contextlib import contextmanager

import torch


class Backward:
    """What a call of `loss.backward()` finds.

    Attributes:
        had_gradients: whether all the parameters had gradients already.
        leaves: the first call's parameters as they were.
        value: the loss itself.
        largest: the size of the largest number among the parameters.
        rows: of a square table that the loss adds up, the rows; else None.
        seen: whether it could be seen what the loss adds up.
    """

    def __init__(self, loss, first):
        leaves = leaves_of(loss)
        grads = [leaf.grad for leaf in leaves]
        self.had_gradients = all(grad is not None and bool(grad.any()) for grad in grads)
        self.value = float(loss.detach().sum())
        sizes = [float(leaf.detach().abs().max()) for leaf in leaves if leaf.numel()]
        self.largest = max(sizes, default=0.0)
        self.leaves = [leaf.detach().clone() for leaf in leaves] if first else []
        sizes = getattr(loss.grad_fn, "_saved_self_sym_sizes", ()) if first else ()
        self.seen = bool(sizes)
        self.rows = sizes[0] if len(sizes) == 2 and sizes[0] == sizes[1] > 1 else None


@contextmanager
def backwards():
    """Note what each call of `loss.backward()` finds."""
    found, backward = [], torch.Tensor.backward

    def noted(loss, *args, **kwargs):
        found.append(Backward(loss, first=not found))
        return backward(loss, *args, **kwargs)

    torch.Tensor.backward = noted
    try:
        yield found
    finally:
        torch.Tensor.backward = backward


def leaves_of(loss):
    """The leaves that a `backward` from here will reach."""
    waiting, seen, leaves = [loss.grad_fn], set(), []
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            leaves.append(node.variable)
        waiting += [following for following, _ in node.next_functions]
    return leaves
