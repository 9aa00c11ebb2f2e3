"""Mistakes that show from one step to the next: gradients and graphs that are carried over."""

import torch

from linreg_lib.checks._bench import Bench, Run
from linreg_lib.checks._finding import Finding, finding, note


def not_cleared(bench: Bench, run: Run) -> list[Finding]:
    """The second step's gradient starts from the first step's."""
    if len(run.calls) < 2 or any(
        now is not leaf for now, leaf in zip(run.states[0], bench.tensors, strict=True)
    ):
        return []
    first, second = run.calls[:2]
    came = [i for i in bench.trained() if second.params[i].arrived and run.moved(i)]
    left = [i for i in came if _left_over(first.params[i], second.params[i], run.left[0][i])]
    if not left:
        return []
    pitfall = "forgotten-zero" if len(left) == len(came) else "zero-one-of-two"
    return [finding("not-cleared", pitfall, names=bench.named(left))]


def _left_over(first, second, left) -> bool:
    if left is None or not left.any() or second.first_total is None or first.scaled:
        return False
    carried = second.first_total - second.arrived[0]
    noise = 1e-5 * float(left.abs().max() + second.arrived[0].abs().max())
    same = torch.allclose(carried, left, rtol=1e-3, atol=noise)
    return same and float(carried.abs().max()) > noise


def kept_graphs(run: Run) -> tuple[list[Finding], list[Finding]]:
    """Return the mistake of holding every step's graph, and the note on a loss handed back."""
    if run.graphs_kept:
        return [finding("keeps-graph", "total-keeps-graph")], []
    return [], [note("returned-graph", "total-keeps-graph")] if run.returned_graph else []
