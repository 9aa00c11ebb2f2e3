"""A step of a recording in full."""

import copy

from linreg_lib.recording.format import ABSENT, GONE


def expand(recording: dict, k: int) -> dict:
    """Return step k in full: every field, all tensors, all nodes.

    Besides the fields of `format.Step` it has `index` (k, counted from the front), `tensors` as
    {label: Facts} and `nodes` as {label: {"name", "kind", "tensor", "saved": {name: state}}}.

    Raises:
        IndexError: if there is no such step; negative k count from the end.
    """
    steps = recording["steps"]
    if not -len(steps) <= k < len(steps):
        raise IndexError(
            f"a step must lie between 0 and {len(steps) - 1}; got {k}. Write trace.step(-1)."
        )
    k %= len(steps)
    tensors, states = {}, {}
    for step in steps[: k + 1]:
        for label, change in step.get("tensors", {}).items():
            if change == GONE:
                del tensors[label]
            else:
                tensors[label] = {**recording["usual"], **tensors.get(label, {}), **change}
        for label, change in step.get("nodes", {}).items():
            if change == GONE:
                del states[label]
            else:
                states[label] = change
    table = {node["id"]: node for node in recording["nodes"]}
    full = {**copy.deepcopy(ABSENT), **copy.deepcopy(steps[k]), "index": k}
    full["tensors"] = copy.deepcopy(tensors)
    full["nodes"] = join_nodes(table, states)
    return full


def join_nodes(table: dict[str, dict], states: dict[str, list[str]]) -> dict:
    """Return the nodes that are present, with the state of each saved tensor by its name."""
    joined = {}
    for label, values in states.items():
        node = table[label]
        saved = [s["name"] for s in node["saved"]]
        joined[label] = {
            "name": node["name"],
            "kind": node["kind"],
            "tensor": node["tensor"],
            "saved": dict(zip(saved, values, strict=True)),
        }
    return joined
