"""The engine: how `backward` walks the graph (torch.autograd.backward and grad)."""

import contextlib
import heapq
import itertools
import math

from torch._mini import modes
from torch._mini.dtypes import FLOAT
from torch._mini.nodes import accumulator, edge_of
from torch._mini.refusal import refuse
from torch._mini.warn import warn

REFERENCE_CYCLE = (
    "Using backward() with create_graph=True will create a reference cycle between the parameter "
    "and its gradient which can cause a memory leak. We recommend using autograd.grad when creating "
    "the graph to avoid this. If you have to use this function, make sure to reset the .grad fields "
    "of your parameters to None after use to break the cycle and avoid the leak. (Triggered "
    "internally at /__w/pytorch/pytorch/torch/csrc/autograd/engine.cpp:1307.)"
)


def backward(
    tensors,
    grad_tensors=None,
    retain_graph=None,
    create_graph=False,
    grad_variables=None,
    inputs=None,
):
    """Add the gradients of tensors to the `.grad` of the leaves (of `inputs` only, if given)."""
    if grad_variables is not None:
        refuse("backward(grad_variables=...)")
    tensors, gradients = _pairs(tensors, grad_tensors)
    if inputs is not None:
        inputs = (inputs,) if _is_tensor(inputs) else tuple(inputs)
        if not inputs:
            raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    gradients = _checked(tensors, gradients)
    keep = create_graph if retain_graph is None else retain_graph
    if create_graph:
        warn(REFERENCE_CYCLE, once="create_graph")
    _run_engine(tensors, gradients, keep, create_graph, inputs or (), fills=True)


def grad(
    outputs,
    inputs,
    grad_outputs=None,
    retain_graph=None,
    create_graph=False,
    only_inputs=True,
    allow_unused=None,
    is_grads_batched=False,
    materialize_grads=False,
):
    """Return the gradients of outputs in inputs, and leave every `.grad` as it is."""
    if is_grads_batched or not only_inputs:
        refuse("this option of torch.autograd.grad")
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
            "allow_unused=False."
        )
    inputs = (inputs,) if _is_tensor(inputs) else tuple(inputs)
    outputs, gradients = _pairs(outputs, grad_outputs)
    gradients = _checked(outputs, gradients)
    keep = create_graph if retain_graph is None else retain_graph
    unused = bool(allow_unused or materialize_grads)
    found = _run_engine(outputs, gradients, keep, create_graph, inputs, fills=False, unused=unused)
    if materialize_grads:
        from torch._mini.creation import zeros_like

        found = [zeros_like(t) if g is None else g for t, g in zip(inputs, found, strict=True)]
    return tuple(found)


def _is_tensor(x) -> bool:
    return hasattr(type(x), "_requires_grad_flag")


def _pairs(tensors, gradients):
    tensors = (tensors,) if _is_tensor(tensors) else tuple(tensors)
    if gradients is None:
        gradients = (None,) * len(tensors)
    elif _is_tensor(gradients):
        gradients = (gradients,)
    else:
        gradients = tuple(gradients)
    if len(gradients) != len(tensors):
        raise RuntimeError(f"got {len(tensors)} tensors and {len(gradients)} gradients")
    return tensors, gradients


def _run_engine(tensors, gradients, keep, create, inputs, fills, unused=True):
    """Call the engine by its public place, where whoever watches it stands."""
    from torch import autograd

    return autograd._engine_run_backward(
        tensors, gradients, keep, create, inputs, allow_unreachable=unused, accumulate_grad=fills
    )


def _engine_run_backward(
    tensors, grad_tensors, keep_graph, create_graph, inputs, allow_unreachable, accumulate_grad
):
    """Run the engine: fill the leaves, or return the gradients of the inputs."""
    roots = [edge_of(tensor) for tensor in tensors]
    for i, (node, _) in enumerate(roots):
        if node is None:
            raise RuntimeError(
                f"element {i} of tensors does not require grad and does not have a grad_fn"
            )
    for tensor in inputs:
        if not tensor.requires_grad:
            raise RuntimeError(
                "can't retain_grad on Tensor that has requires_grad=False"
                if accumulate_grad
                else "One of the differentiated Tensors does not require grad"
            )
        if accumulate_grad and tensor._node is not None:
            refuse("backward(inputs=...) with a tensor that is no leaf")
    if not accumulate_grad:
        wanted = [edge_of(tensor) for tensor in inputs]
        found = _walk(roots, grad_tensors, keep_graph, create_graph, wanted=wanted)
        for i, gradient in enumerate(() if allow_unreachable else found):
            if gradient is None:
                raise RuntimeError(
                    f"The differentiated Tensor at index {i} appears to not have been used in the "
                    "graph. Set allow_unused=True if this is the desired behavior."
                )
        return found
    only = {accumulator(tensor) for tensor in inputs} or None
    return _walk(roots, grad_tensors, keep_graph, create_graph, only=only)


def _checked(outputs, gradients):
    """Make the gradient 1 where none is given, and check the others."""
    from torch._mini.tensor import make

    ready = []
    for output, gradient in zip(outputs, gradients, strict=True):
        if gradient is None and output.requires_grad:
            if math.prod(output._shape) != 1:
                raise RuntimeError("grad can be implicitly created only for scalar outputs")
            gradient = make([1.0], output._shape, output.dtype)
        elif gradient is not None:
            if not _is_tensor(gradient):
                raise TypeError(
                    f"gradients can be either Tensors or None, but got {type(gradient).__name__}"
                )
            if gradient._shape != output._shape:
                raise RuntimeError(
                    f"Mismatch in shape: grad_output[{len(ready)}] has a shape of {gradient.shape} "
                    f"and output[{len(ready)}] has a shape of {output.shape}."
                )
        ready.append(gradient)
    return ready


def _count_arrivals(roots) -> dict:
    """How many gradients each node waits for."""
    waits, seen, stack = {}, set(), [node for node, _ in roots]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        for child, _ in node.next_functions:
            if child is not None:
                waits[child] = waits.get(child, 0) + 1
                stack.append(child)
    return waits


def _on_the_way(roots, targets) -> dict:
    """For each node, whether it has to run for the targets to get their gradients."""
    runs: dict = {}
    todo = [(node, False) for node, _ in roots]
    while todo:
        node, ready = todo.pop()
        if node in runs:
            continue
        children = [child for child, _ in node.next_functions if child is not None]
        if ready:
            runs[node] = any(child in targets or runs.get(child) for child in children)
        else:
            todo.append((node, True))
            todo += [(child, False) for child in children if child not in runs]
    return runs


def _fit(gradient, output):
    """What the engine does to a gradient before it hands it on: sum what was broadcast, convert."""
    if gradient._shape != tuple(output.shape):
        gradient = gradient.sum_to(tuple(output.shape))
    if gradient.dtype is not output.dtype and output.dtype.category == FLOAT:
        gradient = gradient.to(output.dtype)
    return gradient


def _walk(roots, gradients, keep, create, wanted=None, only=None):
    """Run the nodes, those first that were made last.

    Args:
        roots, gradients: where to start, and with what.
        keep: whether saved tensors stay; create: whether the walk itself is recorded.
        wanted: edges whose gradients are returned (nothing is accumulated); None: accumulate.
        only: the AccumulateGrad nodes that may run; None for all.
    """
    waits = _count_arrivals(roots)
    caught: dict = {}
    runs = None
    if wanted is not None:
        for place, (node, slot) in enumerate(wanted):
            caught.setdefault(node, []).append((slot, place))
        runs = _on_the_way(roots, caught)
    elif only is not None:
        runs = _on_the_way(roots, only)
        runs.update(dict.fromkeys(only, True))
    found = [None] * (len(wanted) if wanted is not None else 0)
    arrived, queue, tick = {}, [], itertools.count()

    def arrive(node, slot, gradient, loose=False):
        # `loose`: nobody else holds its memory, so that PyTorch adds what comes later in place.
        slots = arrived.setdefault(node, {})
        if slot in slots:
            before, in_place = slots[slot]
            gradient, loose = before + gradient, not create
            gradient._counter.changes = before._counter.changes + 1 if in_place and loose else 0
        slots[slot] = (gradient, loose)

    def enqueue(node):
        heapq.heappush(queue, (-node._order, next(tick), node))

    before, modes.recording[0] = modes.recording[0], create
    try:
        for (node, slot), gradient in zip(roots, gradients, strict=True):
            arrive(node, slot, gradient)
        for node in dict.fromkeys(node for node, _ in roots):
            if not waits.get(node):
                enqueue(node)
        while queue:
            node = heapq.heappop(queue)[2]
            slots = {slot: gradient for slot, (gradient, _) in arrived.pop(node, {}).items()}
            _run_tensor_hooks(node, slots, create)
            for slot, place in caught.get(node, ()):
                found[place] = slots.get(slot)
            results = ()
            if runs is None:
                results = _run(node, slots, keep)
            elif runs.get(node):
                with _asked(node, lambda child: runs.get(child) or child in caught):
                    results = _run(node, slots, keep)
            held = [t._storage for t in (*slots.values(), *results) if t is not None]
            slots = None  # so that a gradient can be let go before the next node runs
            for i, (child, slot) in enumerate(node.next_functions):
                if child is None:
                    continue
                gradient = results[i] if i < len(results) else None
                if gradient is not None and (runs is None or runs.get(child) or child in caught):
                    gradient = _fit(gradient, child.outputs[slot])
                    loose = held.count(gradient._storage) <= 1 and gradient.is_contiguous()
                    arrive(child, slot, gradient, loose)
                gradient = None
                waits[child] -= 1
                if not waits[child]:
                    enqueue(child)
            results = None
    finally:
        modes.recording[0] = before
    return found


@contextlib.contextmanager
def _asked(node, on_the_way):
    """Let a node compute only the gradients that lead to what is wanted."""
    needs = node.needs
    if len(needs) > 1:
        node.needs = tuple(
            need and on_the_way(child)
            for need, (child, _) in zip(needs, node.next_functions, strict=True)
        )
    try:
        yield
    finally:
        node.needs = needs


def _run_tensor_hooks(node, slots, create):
    """Hooks on the tensors that the node made: they see the whole gradient, and may replace it."""
    for slot, hooks in node.__dict__.get("_tensor_hooks", {}).items():
        for hook in list(hooks.values()):
            if slots.get(slot) is not None:
                changed = hook(slots[slot])
                if changed is not None:
                    slots[slot] = changed
    for slot, reference in node._retainers:
        tensor, gradient = reference(), slots.get(slot)
        if tensor is not None and gradient is not None and tensor._node is node:
            if tensor._gradient is None:
                tensor._gradient = gradient.clone() if create else gradient._copy()
            else:
                tensor._gradient = tensor._gradient + gradient


def _run(node, slots, keep):
    """Run one node; in anomaly mode say where it was made if it fails or returns nan."""
    if not modes.anomaly[0]:
        return _run_with_hooks(node, slots, keep)
    from torch._mini import anomaly

    try:
        results = _run_with_hooks(node, slots, keep)
        anomaly.look_for_nan(node, results)
    except Exception:
        anomaly.explain(node)
        raise
    return results


def _run_with_hooks(node, slots, keep):
    """Run one node with its hooks; free what it saved unless that is kept."""
    count = max(len(node.outputs), 1)
    incoming = tuple(slots.get(i) for i in range(count))
    for hook in list(node._prehooks.values()):
        changed = hook(incoming)
        if changed is not None:
            incoming = changed if isinstance(changed, tuple) else (changed,)
    if all(gradient is None for gradient in incoming):
        results = (None,) * len(node.next_functions)
    else:
        results = node.backward(incoming[0] if count == 1 else list(incoming))
        if not isinstance(results, (tuple, list)):
            results = (results,)
    if not keep:
        node.release()
    if node._hooks:
        shown = tuple(
            None if gradient is None or child is None else _fit(gradient, child.outputs[slot])
            for gradient, (child, slot) in zip(results, node.next_functions, strict=False)
        )
        for hook in list(node._hooks.values()):
            changed = hook(shown, incoming)
            if changed is not None:
                results = changed if isinstance(changed, tuple) else (changed,)
                shown = results
    return results
