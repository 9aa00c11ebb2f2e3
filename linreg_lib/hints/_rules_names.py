"""Names that are not there: of a module of PyTorch, of the reader's, local before its time."""

import ast
import difflib

import torch
from torch import Tensor, nn

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._rules import rule
from linreg_lib.hints._syntax import called
from linreg_lib.words import words


@rule(AttributeError, r"module '(?P<module>torch[\w.]*)' has no attribute '(?P<name>\w+)'")
def _of_a_module(error, match, places):
    """`nn.linear`, `torch.optim.sgd`: there is one that is called almost so."""
    module, facts = getattr(error, "obj", None), match.groupdict()
    known = {_plain(name): name for name in dir(module) if not name.startswith("_")}
    facts["near"] = words("hints")["elsewhere-torch"].get(match["name"])
    if facts["near"]:
        return Diagnosis("elsewhere-torch", facts=facts)
    near = difflib.get_close_matches(_plain(match["name"]), known, n=1, cutoff=0.8)
    if near:
        return Diagnosis("near-in-module", facts=facts | {"near": known[near[0]]})
    if module is not None and hasattr(Tensor, match["name"]) and match["module"] == "torch":
        return Diagnosis("method-in-module", facts=facts)
    return None


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


@rule(NameError, r"name '(?P<name>\w+)' is not defined")
def _not_defined(error, match, places):
    """A name that is usually imported, or one that is written otherwise elsewhere."""
    name, facts = match["name"], match.groupdict()
    for node in ast.walk(places[0].statement or ast.Module([], [])):
        if called(node) == "super" and any(getattr(g, "id", "") == name for g in node.args):
            return Diagnosis("super-name", None, "super-name", facts)
    if line := words("hints")["imports"].get(name):
        return Diagnosis("not-imported", None, "not-imported", facts | {"import": line})
    for home in (nn, torch.optim):
        if isinstance(getattr(home, name, None), type):
            line = words("hints")["import-from"].format(home=home.__name__, name=name)
            return Diagnosis("not-imported", None, "not-imported", facts | {"import": line})
    own = [known for known in places[0].scope.names if not known.startswith("_")]
    same = [known for known in own if _plain(known) == _plain(name) and known != name]
    near = same or (difflib.get_close_matches(name, own, n=1, cutoff=0.8) if len(name) > 3 else [])
    return Diagnosis("near-own", facts=facts | {"near": near[0]}) if near else None


@rule(UnboundLocalError, r".*local variable '(?P<name>\w+)'")
def _local(error, match, places):
    """`w -= ...` in a function makes `w` a name of the function, which has no value yet."""
    place, name = places[0], match["name"]
    function = place.scope.node
    if name not in place.scope.top or not isinstance(function, ast.FunctionDef):
        return None
    for node in ast.walk(function):
        if isinstance(node, ast.AugAssign) and getattr(node.target, "id", None) == name:
            facts = {"name": name, "line": place.scope.shown(node)}
            held = isinstance(place.scope.top[name], Tensor)
            return Diagnosis("local", None, "local-tensor" if held else "local", facts)
    return None
