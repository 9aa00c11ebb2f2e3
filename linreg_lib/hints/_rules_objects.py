"""Names that an object of PyTorch does not have, and objects that are no tensors."""

import ast
import difflib

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import Place, in_library, passed_through
from linreg_lib.hints._rules import rule
from linreg_lib.hints._syntax import called
from linreg_lib.hints._values import tensors_in
from linreg_lib.words import words

# What tensors have, and hardly anything else: asked of something else, one was meant.
_TENSORS_OWN = {"to", "cuda", "cpu", "backward", "detach", "requires_grad", "requires_grad_"}
_CURES = {
    "list": "is-list",
    "tuple": "is-tuple",
    "numpy.ndarray": "is-array",
    "numpy.float64": "is-one",
    "float": "is-one",
    "int": "is-one",
    "DataLoader": "is-loader",
    "DataFrame": "frame-shape",
    "Series": "frame-shape",
}
_NUMBERS = r"'(?P<kind>float|int)' object has no attribute '(?P<name>item|detach|cpu|numpy)'"
_ARRAYS = (
    r"'numpy\.(?P<kind>ndarray)' object has no attribute "
    r"'(?P<name>to|cuda|cpu|backward|detach|requires_grad_?|unsqueeze|dim|numel|float|long|grad)'"
)


@rule(AttributeError, r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'")
def _attribute(error, match, places):
    owner, name = getattr(error, "obj", None), match["name"]
    if not isinstance(owner, (nn.Module, Tensor, torch.optim.Optimizer)):
        return None
    if type(owner).__name__ != match["kind"] or name.startswith("_"):
        return None
    facts = match.groupdict()
    if isinstance(owner, Tensor) and name == "zero_grad":
        return Diagnosis("no-zero-grad", None, "clear-one", facts)
    inside_it = places[0].value("self") is owner  # there, an attribute that was never assigned
    if isinstance(owner, nn.Module) and hasattr(Tensor, name) and not inside_it:
        return Diagnosis("module-no-tensor", None, "module-no-tensor", facts)
    if isinstance(owner, torch.optim.Optimizer) and hasattr(Tensor, name):
        return Diagnosis("optimizer-no-tensor", facts=facts)
    if isinstance(owner, torch.optim.Optimizer) and name in owner.defaults:
        return Diagnosis("optimizer-option", facts=facts)
    if isinstance(owner, Tensor) and name in words("hints")["elsewhere"]:
        facts["near"] = words("hints")["elsewhere"][name]
        return Diagnosis("elsewhere", facts=facts)
    known = [known for known in dir(type(owner)) if not known.startswith("_")]
    own = _parts(owner) if isinstance(owner, nn.Module) else []
    if near := difflib.get_close_matches(name, [*own, *known], n=1, cutoff=0.75):
        return Diagnosis("near-name", facts=facts | {"near": near[0]})
    if own:
        return Diagnosis("no-part", facts=facts | {"parts": listed(own[:8])})
    if isinstance(owner, nn.Module) and type(owner).__module__.startswith("torch."):
        return Diagnosis("bare-module", None, "bare-module", facts)
    if isinstance(owner, nn.Module):
        return Diagnosis("never-assigned", None, "never-assigned", facts)
    return None


@rule(AttributeError, r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'")
def _no_module(error, match, places):
    """A class with a `forward` that was not made from `nn.Module`."""
    owner = getattr(error, "obj", None)
    own = type(owner).__module__.split(".")[0] != "torch" and hasattr(type(owner), "forward")
    if isinstance(owner, nn.Module) or not own or not hasattr(nn.Module, match["name"]):
        return None
    return Diagnosis("no-base", None, "no-base", {"kind": match["kind"]})


def listed(names: list[str]) -> str:
    """Name several names in a sentence."""
    table = words("hints")["list"]
    return table["join"].join(table["name"].format(name=name) for name in names)


def _parts(module: nn.Module) -> list[str]:
    """Return the names of a module's own layers, parameters and buffers."""
    fields = vars(module)
    tables = ("_modules", "_parameters", "_buffers")
    return [name for table in tables for name in fields.get(table, {})]


@rule(AttributeError, _NUMBERS)
def _number(error, match, places):
    if in_library(error, "torch"):
        return None
    return Diagnosis("is-number", None, "is-number", match.groupdict())


@rule(AttributeError, r"'(?P<kind>list|tuple|dict)' object has no attribute '(?P<name>\w+)'")
def _list(error, match, places):
    facts = match.groupdict()
    if in_library(error, "torch"):
        return None
    if facts["name"] == "zero_grad":
        return Diagnosis("no-zero-grad", None, "clear-each", facts)
    held = next(tensors_in(getattr(error, "obj", None), depth=1), None)
    if not hasattr(Tensor, facts["name"]) or (held is None and facts["name"] not in _TENSORS_OWN):
        return None
    kind = {"list": "is-list", "tuple": "is-tuple"}.get(facts["kind"])
    if is_batch(getattr(error, "obj", None), places[0]):
        kind = "is-batch"
    return Diagnosis("no-tensor", None, kind, facts)


@rule(AttributeError, _ARRAYS)
def _array(error, match, places):
    return Diagnosis("no-tensor", None, "is-array", match.groupdict())


@rule(
    TypeError,
    r"(?P<function>\w+)\(\): argument '\w+' \(position \d+\) must be Tensor, not (?P<kind>[\w.]+)",
)
def _argument(error, match, places):
    given = [places[0].value(part) for part in getattr(places[0].node, "args", ())]
    batch = match["kind"] in ("list", "tuple") and any(is_batch(g, places[0]) for g in given)
    kind = "is-batch" if batch else cure_for(match["kind"])
    return Diagnosis("wants-tensor", None, kind, match.groupdict())


def is_batch(value: object, place: Place) -> bool:
    """Tell whether a value is what a loop over a DataLoader gives its one name."""
    if not isinstance(value, (list, tuple)):
        return False
    for loop in ast.walk(place.scope.node):
        if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name):
            over = (
                isinstance(place.value(loop.iter), DataLoader) or called(loop.iter) == "DataLoader"
            )
            if over and place.value(loop.target) is value:
                return True
    return False


def cure_for(kind: str) -> str | None:
    """Return the key of the cure for what is no tensor, by the name of its type."""
    if kind in _CURES:
        return _CURES[kind]
    return "is-module" if isinstance(getattr(nn, kind, None), type) else None


@rule(
    AttributeError,
    r"'(?P<kind>float|int|list|tuple|NoneType|str|numpy\.\w+)' object has no attribute "
    r"'(?P<name>size|dim|shape|is_complex|is_sparse|device|dtype|detach|numel|requires_grad)'",
)
def _inside_pytorch(error, match, places):
    """What a function of PyTorch was given is no tensor, and it asks it for its size."""
    if not in_library(error, "torch"):
        return None
    return Diagnosis("given-no-tensor", None, cure_for(match["kind"]), match.groupdict())


@rule(
    AttributeError,
    r"'bool' object has no attribute '(sum|float|mean|item|any|all|int|long|double)'",
)
def _one_truth(error, match, places):
    return Diagnosis("one-truth", None, "one-truth")


@rule(IndexError, r"index (?P<index>-?\d+) is out of range")
def _part(error, match, places):
    if passed_through(error, "torch", "nn", "modules", "container.py"):
        return Diagnosis("part-index", facts=match.groupdict())
    return None


@rule(AttributeError, r"'NoneType' object has no attribute '\w+'")
def _no_bias(error, match, places):
    """A parameter that a layer was made without: `nn.Linear(2, 1, bias=False).bias`."""
    node = places[0].node
    asked = node.func if isinstance(node, ast.Call) else node
    kept = asked.value if isinstance(asked, ast.Attribute) else None
    owner = places[0].value(kept.value) if isinstance(kept, ast.Attribute) else None
    if isinstance(owner, nn.Module) and owner._parameters.get(kept.attr, owner) is None:
        facts = {"kind": type(owner).__name__, "name": kept.attr}
        return Diagnosis("left-out", None, "left-out", facts)
    return None
