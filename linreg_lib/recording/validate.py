"""Hold a recording against the contract of `format`."""

import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from linreg_lib.recording import format as contract


def validate(recording: dict) -> None:
    """Check a whole recording: its fields, their types, and that its parts fit together.

    Raises:
        ValueError: names the path of the first thing that is wrong, such as
            "steps[3].tensors.t1.version: expected int or None, got '0'".
    """
    _fits(recording, contract.Recording, "")
    if recording["version"] != contract.VERSION:
        _wrong("version", f"expected {contract.VERSION}, got {recording['version']!r}")
    _graph(recording)
    table = {node["id"]: node for node in recording["nodes"]}
    seen: set[str] = set()  # labels of the tensors and nodes of the step before
    for k, step in enumerate(recording["steps"]):
        path = f"steps[{k}]"
        _labels(step, seen, path)
        _step(step, table, recording, path)
        for i, change in enumerate(step.get("changed", [])):
            _change(change, f"{path}.changed[{i}]")
        for i, film in enumerate(step.get("films", [])):
            _film(film, table, f"{path}.films[{i}]")
    if not recording["steps"] or recording["steps"][0]["event"] != "start":
        _wrong("steps", "must begin with the state before the first line")


def _wrong(path: str, what: str):
    raise ValueError(f"{path}: {what}")


def _fits(value, kind, path: str) -> None:
    """Check a value against a type of the contract."""
    if kind is Any:
        return
    if is_typeddict(kind):
        _fits_dict(value, kind, path)
        return
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        if value not in arguments:
            _wrong(path, f"expected one of {', '.join(map(repr, arguments))}; got {value!r}")
    elif origin in (Union, types.UnionType):
        for choice in arguments:
            if choice is type(None) and value is None:
                return
            if choice is not type(None) and value is not None:
                _fits(value, choice, path)
                return
        _wrong(path, "must not be None")
    elif origin is list:
        _is(value, list, path)
        for i, item in enumerate(value):
            _fits(item, arguments[0], f"{path}[{i}]")
    elif origin is dict:
        _is(value, dict, path)
        for key, item in value.items():
            _is(key, str, f"{path}, key {key!r}")
            _fits(item, arguments[1], f"{path}.{key}")
    else:
        _is(value, kind, path)


def _is(value, kind: type, path: str) -> None:
    # A bool is no number here, an int may stand for a float.
    fits = type(value) is kind or (kind is float and type(value) is int)
    if not fits:
        _wrong(path, f"expected {kind.__name__}, got {value!r}")


def _fits_dict(value, kind, path: str) -> None:
    _is(value, dict, path)
    fields = get_type_hints(kind)
    for key in value:
        if key not in fields:
            _wrong(_under(path, key), "is not part of the format")
    for key in fields:
        if key in value:
            _fits(value[key], fields[key], _under(path, key))
        elif key in kind.__required_keys__:
            _wrong(_under(path, key), "is missing")


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _graph(recording) -> None:
    ids = [node["id"] for node in recording["nodes"]]
    if len(set(ids)) != len(ids):
        _wrong("nodes", "an id stands twice")
    for i, node in enumerate(recording["nodes"]):
        if (node["kind"] == "leaf") != (node["tensor"] is not None):
            _wrong(f"nodes[{i}].tensor", "belongs to leaves alone")
    for i, edge in enumerate(recording["edges"]):
        for end in ("from", "to"):
            if edge[end] not in ids:
                _wrong(f"edges[{i}].{end}", f"there is no node {edge[end]!r}")


def _step(step, table, recording, path) -> None:
    fields = get_type_hints(contract.Facts)
    for label, change in step.get("tensors", {}).items():
        if change == contract.GONE:
            continue
        _is(change, dict, f"{path}.tensors.{label}")
        for field, value in change.items():
            if field not in fields:
                _wrong(f"{path}.tensors.{label}.{field}", "is not part of the format")
            _fits(value, fields[field], f"{path}.tensors.{label}.{field}")
    for label, states in step.get("nodes", {}).items():
        if label not in table:
            _wrong(f"{path}.nodes.{label}", "there is no such node")
        if states == contract.GONE:
            continue
        _fits(states, list[contract.SavedState], f"{path}.nodes.{label}")
        if len(states) != len(table[label]["saved"]):
            _wrong(f"{path}.nodes.{label}", f"expected {len(table[label]['saved'])} states")
    lines = len(recording["code"].split("\n"))
    if not 0 <= step["line"] <= lines:
        _wrong(f"{path}.line", f"the program has {lines} lines, got {step['line']}")


def _labels(step, seen, path) -> None:
    for part in ("tensors", "nodes"):
        for label, change in step.get(part, {}).items():
            if change == contract.GONE and label not in seen:
                _wrong(f"{path}.{part}.{label}", "cannot be gone: it was not there")
            (seen.discard if change == contract.GONE else seen.add)(label)


def _change(change, path) -> None:
    if change.get("kind") not in contract.CHANGES:
        _wrong(f"{path}.kind", f"unknown: {change.get('kind')!r}")
    names = contract.CHANGES[change["kind"]].split()
    required = {name for name in names if not name.endswith("?")}
    allowed = {name.rstrip("?") for name in names} | {"kind"}
    for name in sorted(required - change.keys()):
        _wrong(f"{path}.{name}", "is missing")
    for name in sorted(change.keys() - allowed):
        _wrong(f"{path}.{name}", f"is no field of {change['kind']!r}")
    if change.get("origin", "leaf") not in contract.ORIGINS:
        _wrong(f"{path}.origin", f"unknown: {change['origin']!r}")


def _film(film, table, path) -> None:
    for label in [*film["roots"], *film["nodes"]]:
        if label not in table:
            _wrong(path, f"there is no node {label!r}")
    if len({stop["node"] for stop in film["stops"]}) != len(film["stops"]):
        _wrong(f"{path}.stops", "a node stands twice")
    for i, stop in enumerate(film["stops"]):
        here = f"{path}.stops[{i}]"
        if stop["node"] not in film["nodes"]:
            _wrong(f"{here}.node", f"{stop['node']!r} is not among the film's nodes")
        leaf = table[stop["node"]]["kind"] == "leaf"
        if "share" in stop and not leaf:
            _wrong(f"{here}.share", "belongs to leaves alone")
        if leaf and stop["outgoing"] is not None and "share" not in stop:
            _wrong(f"{here}.share", "is missing")
        for j, incoming in enumerate(stop["incoming"]):
            for source, slot in incoming["ways"]:
                if source >= i:
                    _wrong(f"{here}.incoming[{j}].ways", "must come from an earlier stop")
                outgoing = film["stops"][source]["outgoing"] or []
                to = next((o["to"] for o in outgoing if o["slot"] == slot), None)
                if to != stop["node"]:
                    _wrong(f"{here}.incoming[{j}].ways", f"stop {source} hands nothing to here")
        for j, outgoing in enumerate(stop["outgoing"] or []):
            _amount(outgoing["amount"], f"{here}.outgoing[{j}].amount")
            if "work" in outgoing and len(outgoing["work"]) != len(outgoing["amount"]["numbers"]):
                _wrong(f"{here}.outgoing[{j}].work", "must have a sum for each number")


def _amount(amount, path) -> None:
    if amount is not None and ("numbers" in amount) == ("norm" in amount):
        _wrong(path, "has either numbers or a norm")
