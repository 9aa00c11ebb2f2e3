"""What changed between two recorded states, in words."""

MAX_LISTED = 6


def diff(step_a: dict, step_b: dict) -> list[str]:
    """Say what changed from one state to a later one, a sentence for each change.

    Args:
        step_a, step_b: full states, as `Trace.step(k)` gives them.

    Returns:
        Such as "w: same object, version 3 -> 4, values changed in place",
        "w: now a new object, not a leaf, made by SubBackward0", "w.grad: accumulated",
        "saved tensors of MulBackward0 freed".
    """
    old, new = step_a["tensors"], step_b["tensors"]
    before, after = _by_name(old), _by_name(new)
    words = []
    for name, label in after.items():
        if name not in before:
            words.append(_appeared(name, label, old, new))
        elif before[name] != label:
            words.append(_rebound(name, before[name], label, old, new))
    words += _left(before, after)
    # Only where one statement lies between them does its text tell what was done to a gradient.
    methods = step_b["methods"] if step_b["index"] == step_a["index"] + 1 else []
    for label, facts in new.items():
        if label in old:
            words += _same_object(_title(facts, label), old[label], facts, methods)
        elif facts["names"] and facts["grad"] != "none":
            words.append(f"{facts['names'][0]}.grad: {facts['grad_value']}")
    return words + _graph(step_a["nodes"], step_b["nodes"])


def _by_name(tensors: dict) -> dict[str, str]:
    return {name: label for label, facts in tensors.items() for name in facts["names"]}


def _left(before: dict, after: dict) -> list[str]:
    """Say which names are gone; those of a call that has returned all at once."""
    gone = [name for name in before if name not in after]
    calls = {_call(name) for name in gone} - {_call(name) for name in after} - {""}
    words = [f"{call}: returned, its names are gone" for call in sorted(calls)]
    return words + [f"{name}: gone" for name in gone if _call(name) not in calls]


def _call(name: str) -> str:
    """Return the call that a name belongs to: "sgd #1" for "param (sgd #1)"."""
    return name[:-1].rpartition(" (")[2] if name.endswith(")") else ""


def _returned(facts: dict) -> str:
    """Return the call that has just returned this tensor and made it, if that is all it is."""
    (last, *earlier) = reversed(facts["names"])
    local = all(_call(name) == _call(last) for name in earlier)
    return _call(last) if local and last.startswith("return value") else ""


def _title(facts: dict, label: str) -> str:
    if facts["names"]:
        return facts["names"][0]
    # A leaf whose name now refers to something else, and which the graph still reaches.
    return f"former {facts['former'][0]}" if facts["former"] else f"unnamed leaf {label}"


def _origin(facts: dict) -> str:
    if facts["grad_fn"]:
        return f"not a leaf, made by {facts['grad_fn']}"
    if facts["requires_grad"]:
        return "a leaf that requires grad" if facts["is_leaf"] else "not a leaf"
    return "does not require grad"


def _shared(label: str, facts: dict, others: dict) -> str:
    """Name another tensor that uses the same memory, if there is one."""
    for other, theirs in others.items():
        if other != label and theirs["names"] and theirs["memory"] == facts["memory"] is not None:
            return f", shares the memory of {theirs['names'][0]}"
    return ""


def _appeared(name, label, old, new) -> str:
    facts = new[label]
    others = [n for n in facts["names"] if n != name]
    if label in old and old[label]["names"]:
        if call := _returned(old[label]):
            return f"{name}: new, returned by {call}, {_origin(facts)}"
        known = [n for n in old[label]["names"] if n in others] or old[label]["names"]
        return f"{name}: the same object as {known[0]}"
    if others and facts["names"][0] != name:
        return f"{name}: the same object as {facts['names'][0]}"
    return f"{name}: new, {_origin(facts)}{_shared(label, facts, new)}"


def _rebound(name, was, label, old, new) -> str:
    facts = new[label]
    if label in old and old[label]["names"]:
        if call := _returned(old[label]):
            return f"{name}: now a new object, returned by {call}, {_origin(facts)}"
        return f"{name}: now another object, the same as {old[label]['names'][0]}"
    return f"{name}: now a new object, {_origin(facts)}{_shared(label, facts, new)}"


def _same_object(title: str, a: dict, b: dict, methods) -> list[str]:
    words = []
    changed = a["digest"] != b["digest"] or a["shape"] != b["shape"]
    if a["version"] != b["version"]:
        values = "values changed in place" if changed else "values as before"
        words.append(f"{title}: same object, version {a['version']} -> {b['version']}, {values}")
    elif changed:
        # A write through .data or NumPy.
        words.append(
            f"{title}: same object, values changed in place, "
            f"version still {b['version']}: autograd does not know"
        )
    if a["memory"] != b["memory"]:
        words.append(f"{title}: same object, now in other memory")
    if a["requires_grad"] != b["requires_grad"]:
        words.append(f"{title}: requires_grad is now {b['requires_grad']}")
    if a["grad_fn"] != b["grad_fn"] or a["node"] != b["node"]:
        made = f"made by {b['grad_fn']}" if b["grad_fn"] else "without grad_fn"
        if a["grad_fn"] != b["grad_fn"] or (a["node"] and b["node"]):
            words.append(f"{title}: same object, now {made}")
    return words + _grad(title, a, b, methods)


def _grad(title: str, a: dict, b: dict, methods) -> list[str]:
    if b["grad"] == "none":
        return [] if a["grad"] == "none" else [f"{title}.grad: now None"]
    if a["grad"] == "none":
        return [f"{title}.grad: filled"]
    if a["grad_digest"] != b["grad_digest"]:
        if b["grad_digest"] == "0":
            return [f"{title}.grad: cleared to zero"]
        if "backward" in methods and a["grad_digest"] == "0":
            return [f"{title}.grad: filled, from zero"]
        if "backward" in methods:
            return [f"{title}.grad: accumulated"]
        where = "in place" if a["grad_tensor"] == b["grad_tensor"] else "a new object"
        return [f"{title}.grad: changed, {where}"]
    if a["grad_tensor"] != b["grad_tensor"]:
        return [f"{title}.grad: now a new object, the same values"]
    if a["grad"] != b["grad"] == "stale":
        return [f"{title}.grad: stale, it belongs to the earlier value of {title}"]
    return []


def _graph(a: dict, b: dict) -> list[str]:
    words = []
    added = [b[label]["name"] for label in _ordered(b) if label not in a]
    gone = [a[label]["name"] for label in _ordered(a) if label not in b]
    if added:
        words.append(f"graph: {_list(added)} added")
    if gone:
        words.append(f"graph: {_list(gone)} gone")
    both = [label for label in _ordered(b) if label in a]
    for state in ("freed", "stale"):
        names = [
            b[label]["name"]
            for label in both
            if state in _states(b[label]) and state not in _states(a[label])
        ]
        if names and state == "freed":
            words.append(f"saved tensors of {_list(names)} freed")
        elif names:
            words.append(
                f"a tensor saved by {_list(names)} was changed in place: backward would fail"
            )
    return words


def _ordered(nodes: dict) -> list[str]:
    """Return the labels as the program made the nodes, leaves first: a3, n1, n2."""
    return sorted(nodes, key=lambda label: (label[0], int(label[1:])))


def _states(node: dict):
    return node["saved"].values()


def _list(names: list[str]) -> str:
    counted = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    parts = [name if n == 1 else f"{n} × {name}" for name, n in counted.items()]
    if len(parts) > MAX_LISTED:
        parts = [*parts[: MAX_LISTED - 1], f"{len(parts) - MAX_LISTED + 1} other kinds"]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
