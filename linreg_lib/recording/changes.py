"""What changed between two states, as facts (`format.CHANGES`); `sentences` puts them in words."""

from linreg_lib.recording.names import RESULT, belongs


def changes(before: dict, after: dict, arrived: dict | None = None) -> list[dict]:
    """Return what changed from one state to a later one.

    Args:
        before, after: full states, as `expand` gives them: `tensors`, `nodes`, and the calls that
            are running (`frame`, `callers`).
        arrived: {label: Arrival} of the leaves that a gradient reached in between.
    """
    old, new = before["tensors"], after["tensors"]
    names_before, names_after = _by_name(old), _by_name(new)
    calls, running = _running(before), _running(after)
    results = {
        label: call for label, known in old.items() if (call := _returned(known["names"], calls))
    }
    facts = []
    for name, label in names_after.items():
        if name not in names_before:
            facts.append(_appeared(name, label, old, new, results))
        elif names_before[name] != label:
            facts.append(_rebound(name, names_before[name], label, old, new, results))
    gone = [name for name in names_before if name not in names_after]
    facts += _left(gone, [call for call in calls if call not in running])
    for label, state in new.items():
        arrival = (arrived or {}).get(label)
        if label in old:
            facts += _same_object(_who(label, state), old[label], state, arrival)
        elif arrival is not None:
            facts += _arrived(_who(label, state), arrival, state)
        elif state["names"] and state["grad"] != "none":
            facts.append({"kind": "grad-came", **_who(label, state), "to": state["grad_value"]})
    return facts + _graph(before["nodes"], after["nodes"])


def _by_name(tensors: dict) -> dict[str, str]:
    return {name: label for label, facts in tensors.items() for name in facts["names"]}


def _who(label: str, facts: dict) -> dict:
    """Say which tensor a fact is about."""
    if facts["names"]:
        return {"tensor": label, "name": facts["names"][0]}
    # A leaf whose name now refers to something else, and which the graph still reaches.
    return {"tensor": label, **({"former": facts["former"][0]} if facts["former"] else {})}


# Names -----------------------------------------------------------------------------------------


def _running(state: dict) -> list[str]:
    """Return the calls that are running, the innermost first: "sgd #1"."""
    callers = [label for label, _ in reversed(state.get("callers", ()))]
    return [label for label in (state.get("frame"), *callers) if label not in (None, "<module>")]


def _left(gone: list[str], ended: list[str]) -> list[dict]:
    """Tell which names are gone; those of a call that has returned all at once."""
    calls = {call for call in ended if any(belongs(name, call) for name in gone)}
    facts = [{"kind": "returned", "call": call} for call in sorted(calls)]
    left = [name for name in gone if not any(belongs(name, call) for call in calls)]
    return facts + [{"kind": "gone", "name": name} for name in left]


def _returned(names: list[str], calls: list[str]) -> str:
    """Return the call that has just returned a tensor and made it, if that is all it is."""
    for call in calls:
        if names and names[-1].startswith(RESULT) and all(belongs(n, call) for n in names):
            return call
    return ""


def _origin(facts: dict) -> dict:
    if facts["grad_fn"]:
        return {"origin": "operation", "by": facts["grad_fn"]}
    if facts["requires_grad"]:
        return {"origin": "leaf" if facts["is_leaf"] else "broken"}
    return {"origin": "plain"}


def _shared(label: str, facts: dict, others: dict) -> dict:
    """Name another tensor that uses the same memory, if there is one."""
    for other, theirs in others.items():
        if other != label and theirs["names"] and theirs["memory"] == facts["memory"] is not None:
            return {"shares": theirs["names"][0]}
    return {}


def _appeared(name, label, old, new, results) -> dict:
    facts = new[label]
    others = [n for n in facts["names"] if n != name]
    if label in old and old[label]["names"]:
        if call := results.get(label):
            return {"kind": "new", "name": name, "tensor": label, **_origin(facts), "call": call}
        known = [n for n in old[label]["names"] if n in others] or old[label]["names"]
        return {"kind": "alias", "name": name, "of": known[0]}
    if others and facts["names"][0] != name:
        return {"kind": "alias", "name": name, "of": facts["names"][0]}
    made = {**_origin(facts), **_shared(label, facts, new)}
    return {"kind": "new", "name": name, "tensor": label, **made}


def _rebound(name, was, label, old, new, results) -> dict:
    facts, ends = new[label], {"name": name, "from": was, "to": label}
    if label in old and old[label]["names"]:
        if call := results.get(label):
            return {"kind": "rebound", **ends, **_origin(facts), "call": call}
        return {"kind": "rebound-alias", **ends, "of": old[label]["names"][0]}
    return {"kind": "rebound", **ends, **_origin(facts), **_shared(label, facts, new)}


# One tensor ------------------------------------------------------------------------------------


def _same_object(who: dict, a: dict, b: dict, arrival) -> list[dict]:
    facts = []
    changed = a["digest"] != b["digest"] or a["shape"] != b["shape"]
    if a["version"] != b["version"]:
        ends = {"from": a["version"], "to": b["version"], "values": changed}
        facts.append({"kind": "in-place", **who, **ends})
    elif changed:  # a write through .data or NumPy
        facts.append({"kind": "unseen", **who, "version": b["version"]})
    if a["memory"] != b["memory"]:
        facts.append({"kind": "memory", **who, "from": a["memory"], "to": b["memory"]})
    if a["requires_grad"] != b["requires_grad"]:
        facts.append({"kind": "requires-grad", **who, "to": b["requires_grad"]})
    if a["grad_fn"] != b["grad_fn"] or (a["node"] != b["node"] and a["node"] and b["node"]):
        facts.append({"kind": "grad-fn", **who, "from": a["grad_fn"], "to": b["grad_fn"]})
    return facts + (_grad(who, a, b) if arrival is None else _arrived(who, arrival, b))


def _arrived(who: dict, arrival, after: dict) -> list[dict]:
    """Tell that a gradient arrived, and what the statement did to it after that."""
    fact = {"kind": f"grad-{arrival.way}", **who}
    if arrival.way == "added":
        fact["from"] = arrival.before
    fact["to"] = arrival.value
    if arrival.times > 1:
        fact["times"] = arrival.times
    return [fact, *_grad(who, arrival.facts(), after)]


def _grad(who: dict, a: dict, b: dict) -> list[dict]:
    """Tell what became of a gradient that none was added to."""
    if b["grad"] == "none":
        return (
            [] if a["grad"] == "none" else [{"kind": "grad-none", **who, "from": a["grad_value"]}]
        )
    if a["grad"] == "none":
        return [{"kind": "grad-set", **who, "to": b["grad_value"]}]
    same, ends = a["grad_tensor"] == b["grad_tensor"], {"from": a["grad_value"]}
    if a["grad_digest"] != b["grad_digest"] and b["grad_digest"] == "0" and same:
        return [{"kind": "grad-zeroed", **who, **ends}]
    ends["to"] = b["grad_value"]
    if a["grad_digest"] != b["grad_digest"] and same:
        return [{"kind": "grad-edited", **who, **ends}]
    if not same:
        return [{"kind": "grad-replaced", **who, **ends}]
    if a["grad"] != b["grad"] == "stale":
        return [{"kind": "grad-stale", **who}]
    return []


# The graph -------------------------------------------------------------------------------------


def _graph(a: dict, b: dict) -> list[dict]:
    if a == b:  # as at most lines
        return []
    facts = []
    added = [b[label]["name"] for label in _ordered(b) if label not in a]
    gone = [a[label]["name"] for label in _ordered(a) if label not in b]
    if added:
        facts.append({"kind": "graph-grew", "nodes": added})
    if gone:
        facts.append({"kind": "graph-lost", "nodes": gone})
    both = [label for label in _ordered(b) if label in a]
    for state in ("freed", "stale"):
        names = [
            b[label]["name"]
            for label in both
            if state in b[label]["saved"].values() and state not in a[label]["saved"].values()
        ]
        if names:
            facts.append({"kind": f"saved-{state}", "nodes": names})
    return facts


def _ordered(nodes: dict) -> list[str]:
    """Return the labels as the program made the nodes, leaves first: a3, n1, n2."""
    return sorted(nodes, key=lambda label: (label[0], int(label[1:])))
