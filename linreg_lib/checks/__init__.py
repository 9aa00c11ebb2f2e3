"""Find the silent mistakes of a training step, those that raise no error (book: Pitfalls).

How it works: remember everything that the step can reach (`_reach`, `_restore`), run the step
from the same state again and again (`_bench`) while its operations are watched (`_watch`), and
ask of what was seen one question a mistake (`_forward`, `_update`, `_carried`, `_length`).
"""

# Public names of PyTorch alone, so that the checker runs on whatever offers them:
#   to watch: torch.overrides.TorchFunctionMode, Tensor.register_hook and
#     register_post_accumulate_grad_hook, a node's metadata, Tensor.untyped_storage().data_ptr(),
#     torch.optim.optimizer.register_optimizer_step_pre_hook and register_optimizer_step_post_hook,
#     torch.is_grad_enabled, torch.broadcast_shapes;
#   to put back: Tensor.data, data_ptr, detach_, requires_grad_, is_leaf, is_inference, is_meta,
#     layout, torch.nn.parameter.is_lazy, get_rng_state and set_rng_state (of torch and torch.cuda),
#     torch.Generator.get_state and set_state, set_grad_enabled, get_ and set_default_dtype;
#   nn.Module, nn.Parameter and torch.optim.Optimizer with its param_groups, and arithmetic.

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from linreg_lib._arguments import check_number
from linreg_lib.checks import _call, _carried, _forward, _length, _update
from linreg_lib.checks._bench import Bench, OutOfTime
from linreg_lib.checks._finding import Finding, Findings, note
from linreg_lib.hints import hints

__all__ = ["Finding", "Findings", "check_training_step"]


def check_training_step(
    step: Callable,
    params: Sequence[Tensor] | Iterable[Tensor] | nn.Module | Optimizer,
    X: Tensor,
    y: Tensor,
    *,
    batch_size: int | None = None,
    generator: torch.Generator | Sequence[torch.Generator] | None = None,
    time_limit: float = 10.0,
) -> Findings:
    """Run a training step a few times and report what would go wrong without an error.

        def step(X, y):               # model and optimizer stand outside
            optimizer.zero_grad()
            loss = loss_fn(model(X), y)
            loss.backward()
            optimizer.step()

        check_training_step(step, model, X, y, batch_size=10)

    The step runs on your own objects, slightly moved, some 10 to 60 times, at most about 100 times,
    and each time everything that it reaches is put back, at the end too, also after an error
    or an interrupt: values, gradients, buffers, the optimizer's state and its groups, schedulers,
    lists, global names, train or eval mode, requires_grad, the random state of PyTorch, Python
    and NumPy and the generators that it uses. What cannot be put back happens as often as the step
    runs: files that it writes, iterators outside it that advance. What it prints is shown once.
    A graph that you recorded before the check cannot be walked back after it.

    Args:
        step: one whole step on one minibatch: forward pass, loss, backward, update, clearing. It
            takes `(params, X, y)`, or `(X, y)` where it finds the model by itself, or nothing. It
            may change the parameters in place, return new ones, or bind names to them.
        params: the parameters that are trained: a list of tensors, a module, an optimizer, a
            tuple or dict of these, `model.parameters()`. The step is handed what you give.
        X: features (n, ...) of the training data. y: labels (n, ...).
        batch_size: examples in a minibatch; None for all of them at once.
        generator: a `torch.Generator` that the step uses, or several, where it hides them.
        time_limit: seconds; no new run starts after them. What then was not examined is noted.

    Returns:
        the mistakes, a list that is empty where there are none; `.notes` holds conventions and
        other things that are good to know. `print` shows both.

    Raises:
        TypeError, ValueError: for arguments that do not fit. Whatever the step itself raises
            passes through, with a hint.
    """
    call = _call.caller(step)
    held = _call.given(params)
    size = _call.check_data(X, y, batch_size)
    generators = _call.check_generators(generator)
    check_number("time_limit", time_limit, example="10", above_zero=True)
    bench = Bench(step, call, held, X, y, size, generators, time_limit)
    with bench.snapshot, hints():
        return _findings(bench, time_limit)


def _findings(bench: Bench, time_limit: float) -> Findings:
    mistakes, notes = [], []
    try:
        _mistakes(bench, mistakes, notes)
    except OutOfTime:
        notes.append(note("time", topic="index", seconds=time_limit))
    return Findings(mistakes, notes)


def _mistakes(bench: Bench, mistakes: list[Finding], notes: list[Finding]) -> None:
    """Ask about each kind of mistake; later questions only where earlier ones found nothing."""
    try:
        first = bench.run()
    except Exception:
        mistakes += _update.without_gradients(bench)
        if mistakes:
            return
        raise
    bench.repeat = _update.calls_for_one_update(bench, first)
    run = bench.run(bench.near(), calls=3)
    if not run.calls:
        run = bench.run(calls=3)
    mistakes += _update.nothing_at_all(bench, run)
    if mistakes:
        return
    mistakes += _forward.shapes([first, run])
    mistakes += _forward.edited(bench, [first, run])
    mistakes += _forward.made_anew(bench, run)
    for found, noted in (
        _forward.unreached(bench, run),
        _forward.zero_gradients(bench, run),
        _carried.kept_graphs(run),
    ):
        mistakes += found
        notes += noted
    mistakes += _update.lost_updates(bench, run)
    mistakes += _update.plain_lists(bench)
    mistakes += _carried.not_cleared(bench, run)
    if not mistakes and run.error is not None:
        _again_at_home(bench)
    if not mistakes:
        found, noted = _length.numbers(bench)
        mistakes += found
        notes += noted


def _again_at_home(bench: Bench) -> None:
    """Let an error of a later step through, if it also comes from the caller's own values."""
    run = bench.run(calls=2)
    if isinstance(run.error, Exception) and not isinstance(run.error, StopIteration):
        raise run.error
