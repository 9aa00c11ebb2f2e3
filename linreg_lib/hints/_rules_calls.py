"""Errors of calls: of what is no function, or with other arguments than it takes."""

import ast
import difflib
import inspect
import re
import types

import torch
from torch import Tensor, nn

from linreg_lib.hints._assignments import assignments
from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import Place
from linreg_lib.hints._rules import rule
from linreg_lib.hints._rules_objects import listed
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import called, dotted
from linreg_lib.hints._values import MISSING, makes
from linreg_lib.words import words


@rule(RuntimeError, r"([Bb]oolean value|bool value) of Tensor with more than one value")
@rule(TypeError, r"(\w+\.)*__init__\(\) (missing|takes)")
def _options(error, match, places):
    """A class of modules that was handed the tensors: `nn.MSELoss(y_hat, y)`, `Net(X)`."""
    node = places[0].node
    made = places[0].value(node.func) if isinstance(node, ast.Call) else None
    if not makes(made, nn.Module):
        return None
    if not any(isinstance(places[0].value(given), Tensor) for given in node.args):
        return None
    # A class of the reader's own may take tensors, unless it takes nothing.
    takes_nothing = "takes 1 positional argument" in str(error)
    if not (takes_nothing or made.__module__.startswith("torch.nn.")):
        return None
    facts = {"code": text(node), "where": places[0].where, "call": text(node.func)}
    name = dotted(node.func)
    for origin in assignments(places[0].scope, name)[:1] if name else []:
        if isinstance(origin.value, (ast.Name, ast.Attribute)):  # `criterion = nn.MSELoss`
            facts |= {"line": origin.shown, "call": text(origin.value), "name": name}
            return Diagnosis("options", None, "class-kept", facts)
    return Diagnosis("options", None, "options", facts)


@rule(
    TypeError,
    r"(?P<forward>(\w+\.)*forward\(\)) (missing \d+ required|takes |got an unexpected keyword)",
)
def _forward_arguments(error, match, places):
    node = places[0].node
    if not isinstance(node, ast.Call):
        return None
    module = places[0].value(node.func)
    if isinstance(node.func, ast.Call):  # `Net()(x)`
        module = places[0].value(node.func.func)
    if isinstance(module, nn.Sequential):
        return Diagnosis("forward", None, "sequential", match.groupdict())
    if isinstance(module, nn.Module) or (makes(module, nn.Module)):
        return Diagnosis("forward", facts=match.groupdict())
    return None


@rule(TypeError, r"'(?P<kind>[\w.]+)' object is not callable")
def _called(error, match, places):
    node = places[0].node
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute) and isinstance(places[0].value(function.value), Tensor):
        return Diagnosis("no-method", facts={"name": function.attr})
    callee = places[0].value(function)
    if isinstance(callee, types.ModuleType) and match["kind"] == "module":
        return Diagnosis("module-called", facts={"code": text(function)})
    own = type(callee).__module__.split(".")[0] != "torch" and hasattr(type(callee), "forward")
    if own and callee is not MISSING and not isinstance(callee, nn.Module):
        return Diagnosis("no-base", None, "no-base", match.groupdict())
    if isinstance(callee, torch.optim.Optimizer):
        return Diagnosis("optimizer-called", facts=match.groupdict())
    if shadowed := _own_attribute(function, places[0]):
        return shadowed
    if match["kind"] in ("float", "int", "bool", "str", "list", "dict", "tuple"):
        return _no_function(function, places[0], match["kind"])
    if match["kind"] not in ("Tensor", "Parameter"):
        return None
    name = dotted(function)
    for origin in assignments(places[0].scope, name)[:1] if name else []:
        if isinstance(origin.value, ast.Call) and dotted(origin.value.func) == name:
            facts = {"line": origin.shown, "name": name}
            return Diagnosis("called", None, "shadowed", facts)
    return Diagnosis("called")


@rule((TypeError, AttributeError), r"'type' object does not support the context manager|__enter__$")
def _context(error, match, places):
    """A class where its object was wanted: `with torch.no_grad:`."""
    statement = places[0].statement
    for item in statement.items if isinstance(statement, ast.With) else []:
        made = places[0].value(item.context_expr)
        if str(getattr(made, "__module__", "")).startswith("torch"):
            facts = {"code": text(item.context_expr)}
            return Diagnosis("context", facts=facts)
    return None


def _own_attribute(function: ast.expr | None, place: Place) -> Diagnosis | None:
    """A module that keeps a value under the name of a method of modules: `self.train = True`."""
    owner = place.value(function.value) if isinstance(function, ast.Attribute) else None
    fields = vars(owner) if isinstance(owner, nn.Module) else {}
    taken = [n for n in fields if callable(getattr(nn.Module, n, None)) and not callable(fields[n])]
    if not taken:
        return None
    facts = {"name": taken[0], "kind": type(owner).__name__}
    return Diagnosis("method-taken", None, "method-taken", facts)


def _no_function(function: ast.expr | None, place: Place, kind: str) -> Diagnosis | None:
    """A name that stood for a function, and was given a value."""
    if not isinstance(function, ast.Name) or type(place.value(function)).__name__ != kind:
        return None
    for origin in assignments(place.scope, function.id)[:1]:
        facts = {"line": origin.shown, "name": function.id, "kind": kind}
        return Diagnosis("no-function", None, "no-function", facts)
    return None


@rule(
    TypeError,
    r"(?s)(?P<function>\w+)\(\) received an invalid combination of arguments - got "
    r"\((?P<given>.*?)\), but expected(?P<known>.*)",
)
def _unknown_keyword(error, match, places):
    """A keyword that no way to call a function of PyTorch has: `dims=`, `require_grad=`."""
    known = set(re.findall(r"(\w+)(?= = |, |\))", match["known"]))
    for name in re.findall(r"(\w+)=", match["given"]):
        also = words("hints")["arguments"].get(name)
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
        if name not in known and (near := [also] if also in known else near):
            facts = {"function": match["function"], "name": name, "near": near[0]}
            return Diagnosis("near-argument", facts=facts)
    return None


@rule(
    TypeError,
    r"(zeros|ones|empty|randn?|reshape|view)\(\) takes 1 positional argument but \d+ were",
)
def _divided_size(error, match, places):
    node = places[0].node
    for given in node.args if isinstance(node, ast.Call) else []:
        divided = isinstance(given, ast.BinOp) and isinstance(given.op, ast.Div)
        if divided or isinstance(places[0].value(given), float):
            return Diagnosis("whole-sizes", None, "whole-sizes", {"kind": "float"})
    return None


@rule(TypeError, r"\w+\(\): argument 'size' .*tuple of ints,? ?(but got|not) Tensor")
def _class_called(error, match, places):
    """A tensor for the size of a layer: the class was called, and its object was meant."""
    return _own_class(places)


def _is_batch(given: ast.expr, place: Place) -> bool:
    value = place.value(given)
    made = called(given) in ("randn", "rand", "ones", "zeros")
    return made or (isinstance(value, Tensor) and value.dim() > 1)


def _own_class(places: list[Place]) -> Diagnosis | None:
    for place in places[1:]:
        made = place.value(place.node.func) if isinstance(place.node, ast.Call) else None
        given = getattr(place.node, "args", [])
        features = any(_is_batch(part, place) for part in given)
        if makes(made, nn.Module) and features:
            facts = {"code": text(place.node), "where": place.where, "call": text(place.node.func)}
            return Diagnosis("options", None, "options", facts)
    return None


@rule(TypeError, r"(\w+\.)*\w+\(\) got an unexpected keyword argument '(?P<name>\w+)'")
def _unknown_argument(error, match, places):
    """A keyword that a function of PyTorch does not have: `SGD(params, learning_rate=0.1)`."""
    function = _of_pytorch(places[0])
    if function is None:
        return None
    facts = {"name": match["name"], "function": text(places[0].node.func)}
    known = _arguments(function) or _MADE_WITH
    also = words("hints")["arguments"].get(match["name"])
    near = difflib.get_close_matches(match["name"], known, n=1, cutoff=0.7)
    if near := ([also] if also in known else near):
        return Diagnosis("near-argument", facts=facts | {"near": near[0]})
    if known is _MADE_WITH:
        return None
    return Diagnosis("no-argument", facts=facts | {"known": listed(known[:12])})


_MADE_WITH = ["dtype", "device", "requires_grad"]


@rule(TypeError, r"(\w+\.)*\w+\(\) missing \d+ required positional arguments?: (?P<names>.+)")
def _missing_argument(error, match, places):
    function = _of_pytorch(places[0])
    if function is None:
        return None
    names = [name.strip("'\" ") for name in match["names"].replace(" and ", ", ").split(",")]
    facts = {"function": text(places[0].node.func), "names": listed([n for n in names if n])}
    key = "layer-sizes" if makes(function, nn.Module) else "missing-argument"
    return Diagnosis(key, facts=facts)


def _of_pytorch(place: Place) -> object:
    """Return the function or class of PyTorch that is called at a place; None for any other."""
    node = place.node
    if not isinstance(node, ast.Call):
        return None
    value = place.value(node.func)
    if value is MISSING and isinstance(node.func, ast.Attribute):
        owner = place.value(node.func.value)
        if isinstance(owner, types.ModuleType):
            value = vars(owner).get(node.func.attr, MISSING)
        elif isinstance(owner, Tensor):
            return getattr(Tensor, node.func.attr, None)
    if isinstance(value, nn.Module):
        return None  # its `forward`
    builtin = value is not MISSING and value in (getattr(torch, getattr(value, "__name__", ""), 0),)
    home = str(getattr(value, "__module__", "") or "")
    return value if builtin or home.split(".")[0] == "torch" else None


def _arguments(function: object) -> list[str]:
    """Return the names of a function's arguments; none where Python does not know them."""
    try:
        known = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p.name for p in known if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]


@rule(TypeError, r"(?P<kind>[\w.<>]+) is not a Module subclass")
def _no_module(error, match, places):
    """What `nn.Sequential` or `nn.ModuleList` was given besides modules."""
    kind = match["kind"]
    if kind in ("list", "tuple"):
        cure = "apart"
    elif kind.startswith("torch.nn.modules"):
        cure = "class-for-object"
    else:
        cure = "function-for-module" if kind.startswith("torch") else None
    return Diagnosis("no-module", None, cure, {"kind": kind.split(".")[-1]})


@rule(TypeError, r"'(?P<kind>\w+)' object (is not (subscriptable|iterable)|does not support item)")
def _indexed(error, match, places):
    """A module that is indexed, `layer[0]` or `model[x]`, or looped over."""
    node, loop = places[0].node, places[0].statement
    owner = places[0].value(node.value) if isinstance(node, ast.Subscript) else None
    if isinstance(loop, ast.For) and node is loop.iter:
        owner = places[0].value(loop.iter)
    if isinstance(owner, nn.Module):
        return Diagnosis("module-indexed", facts=match.groupdict())
    return None


@rule(TypeError, r"'generator' object is not subscriptable", r"object of type 'generator' has no")
@rule(TypeError, r"unsupported operand type\(s\) for \+: 'generator' and 'generator'")
def _generator(error, match, places):
    added = "operand" in match[0]
    return Diagnosis("generator", None, "generators-added" if added else "generator")
