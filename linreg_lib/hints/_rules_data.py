"""Errors at data sets, loaders and what was read from files."""

import ast
from collections import OrderedDict

from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from linreg_lib.hints._assignments import assignments
from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import passed_through
from linreg_lib.hints._rules import rule
from linreg_lib.hints._rules_objects import listed
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import called
from linreg_lib.hints._values import MISSING, tensors_in


@rule(ValueError, r"(not enough|too many) values to unpack \(expected (?P<wanted>\d+)")
def _unpacked(error, match, places):
    place = places[0]
    loop = place.statement
    if not isinstance(loop, ast.For) or loop.lineno != place.lineno:
        return None
    if called(loop.iter) == "enumerate" and isinstance(loop.target, ast.Tuple):
        if len(loop.target.elts) != 2:
            return Diagnosis("pairs", None, "pairs")
        return None
    loader = place.value(loop.iter)
    if not isinstance(loader, DataLoader) and called(loop.iter) != "DataLoader":
        return None
    facts = {"wanted": match["wanted"], "name": text(loop.iter)}
    examples = getattr(loader, "dataset", None)
    if isinstance(examples, TensorDataset) and loader.batch_size is not None:
        facts["count"] = len(examples.tensors)
        return Diagnosis("batch-parts", None, "batch-parts", facts)
    return Diagnosis("batch-parts", facts=facts)


@rule(
    (IndexError, RuntimeError),
    r"index (?P<index>-?\d+) is out of bounds for dimension (?P<dim>\d+) with size (?P<size>\d+)",
)
def _index(error, match, places):
    place = places[0]
    facts = match.groupdict()
    owner = place.value("self") if getattr(place.scope.node, "name", "") == "__getitem__" else None
    if isinstance(owner, Dataset):
        facts["where"] = place.where
        return Diagnosis("index-range", None, "dataset", facts)
    return Diagnosis("index-range", facts=facts)


@rule(StopIteration, r"$")
def _run_through(error, match, places):
    node = places[0].node
    if called(node) != "next" or len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
        return None
    name = node.args[0].id
    made = assignments(places[0].scope, name)[:1]
    facts = {"name": name, "where": made[0].where if made else places[0].where}
    if type(places[0].value(node.args[0])).__name__ != "generator":
        return Diagnosis("run-through", None, "run-through", facts)
    return Diagnosis("run-through", "generator-exhausted", "next", facts)


@rule(TypeError, r"object of type '(?P<kind>\w+)' has no len\(\)")
def _no_length(error, match, places):
    """A data set without `__len__`: a DataLoader asks for it."""
    if passed_through(error, "torch", "utils", "data"):
        return Diagnosis("no-length", None, "no-length", match.groupdict())
    return None


@rule(TypeError, r"'(int|property|getset_descriptor)' object is not callable")
def _arrays_in_a_dataset(error, match, places):
    node = places[0].node
    made = places[0].value(node.func) if isinstance(node, ast.Call) else None
    if made is not TensorDataset:
        return None
    return Diagnosis("dataset-arrays", None, "is-array")


@rule(EOFError, r"")
def _nothing_to_read(error, match, places):
    if passed_through(error, "torch", "serialization.py"):
        return Diagnosis("empty-file", None, "empty-file")
    return None


@rule(Exception, r"(invalid load key|\d+$|pickle data was truncated|A load persistent id)")
def _no_such_file(error, match, places):
    """A file that `torch.save` did not write, or not to its end."""
    read = called(places[0].node) == "load"
    if read and passed_through(error, "torch", "serialization.py"):
        return Diagnosis("broken-file")
    return None


@rule(KeyError, r"(?P<key>-?\d+)$")
def _label(error, match, places):
    """A number that pandas looks up among its labels: `df[i]` in a data set."""
    if passed_through(error, "pandas"):
        return Diagnosis("label", None, "label", match.groupdict())
    return None


_KEPT = r"'(?P<kind>collections\.OrderedDict|OrderedDict|_IncompatibleKeys)' object "


@rule(AttributeError, _KEPT + r"has no attribute '(?P<name>\w+)'")
def _asked_for_model(error, match, places):
    return _no_model(getattr(error, "obj", None), match["name"], match)


@rule(TypeError, _KEPT + r"is not callable")
def _called_as_model(error, match, places):
    node = places[0].node
    owner = places[0].value(node.func) if isinstance(node, ast.Call) else MISSING
    return _no_model(owner, "__call__", match)


def _no_model(owner, name, match):
    """A dict of parameters, or the report of `load_state_dict`, in place of the model."""
    if not hasattr(nn.Module, name):
        return None
    if match["kind"] == "_IncompatibleKeys":
        return Diagnosis("keys-for-model", None, "keys-for-model")
    held = isinstance(owner, dict) and next(tensors_in(dict(owner), depth=1), None)
    return Diagnosis("state-for-model", None, "state-for-model") if held is not None else None


@rule(AttributeError, r"'dict' object has no attribute '(?P<name>\w+)'")
def _checkpoint(error, match, places):
    """A dict with the state of a model among its entries, taken for the model."""
    owner = getattr(error, "obj", None)
    if type(owner) is not dict or not hasattr(nn.Module, match["name"]):
        return None
    if next(tensors_in(owner, depth=1), None) is not None:
        return Diagnosis("state-for-model", None, "state-for-model")
    if any(isinstance(value, OrderedDict) for value in owner.values()):
        keys = [key for key in owner if isinstance(key, str)]
        return Diagnosis("checkpoint", None, "checkpoint", {"keys": listed(keys[:8])})
    return None
