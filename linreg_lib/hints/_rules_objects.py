"""Errors of plain Python at PyTorch's objects: a name that is not there, None, a call too many."""

import ast
import difflib

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from linreg_lib.hints._assignments import Origin, assignments
from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._flow import called_scope
from linreg_lib.hints._frames import Place
from linreg_lib.hints._rules import rule
from linreg_lib.hints._source import function_scope, text
from linreg_lib.hints._syntax import called, dotted, inside, steps
from linreg_lib.hints._values import makes, tensors_in
from linreg_lib.words import words

MODULES, INDEX = "beyond/torch-nn", "pitfalls/index"
SHAPES, CLEARING = "shapes-and-dtypes", "accumulating-gradients"
_METHOD = "'(builtin_function_or_method|method)'"
# What tensors have, and hardly anything else: asked of something else, one was meant.
_TENSORS_OWN = {"to", "cuda", "cpu", "backward", "detach", "requires_grad", "requires_grad_"}
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
        return Diagnosis("no-zero-grad", None, "clear-one", facts, topic=CLEARING)
    inside_it = places[0].value("self") is owner  # there, an attribute that was never assigned
    if isinstance(owner, nn.Module) and hasattr(Tensor, name) and not inside_it:
        return Diagnosis("module-no-tensor", None, "module-no-tensor", facts, chapter=MODULES)
    home = {"topic": SHAPES} if isinstance(owner, Tensor) else {"chapter": MODULES}
    known = [known for known in dir(type(owner)) if not known.startswith("_")]
    own = _parts(owner) if isinstance(owner, nn.Module) else []
    if near := difflib.get_close_matches(name, [*own, *known], n=1, cutoff=0.75):
        return Diagnosis("near-name", facts=facts | {"near": near[0]}, **home)
    if own:
        table = words("hints")["list"]
        listed = table["join"].join(table["name"].format(name=part) for part in own[:8])
        return Diagnosis("no-part", facts=facts | {"parts": listed}, **home)
    return None


def _parts(module: nn.Module) -> list[str]:
    """Return the names of a module's own layers, parameters and buffers."""
    fields = vars(module)
    tables = ("_modules", "_parameters", "_buffers")
    return [name for table in tables for name in fields.get(table, {})]


@rule(AttributeError, _NUMBERS)
def _number(error, match, places):
    return Diagnosis("is-number", None, "is-number", match.groupdict(), topic=SHAPES)


@rule(AttributeError, r"'(?P<kind>list|tuple|dict)' object has no attribute '(?P<name>\w+)'")
def _list(error, match, places):
    facts = match.groupdict()
    if facts["name"] == "zero_grad":
        return Diagnosis("no-zero-grad", None, "clear-each", facts, topic=CLEARING)
    held = next(tensors_in(getattr(error, "obj", None), depth=1), None)
    if not hasattr(Tensor, facts["name"]) or (held is None and facts["name"] not in _TENSORS_OWN):
        return None
    kind = {"list": "is-list", "tuple": "is-tuple"}.get(facts["kind"])
    return Diagnosis("no-tensor", None, kind, facts, topic=SHAPES)


@rule(AttributeError, _ARRAYS)
def _array(error, match, places):
    return Diagnosis("no-tensor", None, "is-array", match.groupdict(), topic=SHAPES)


@rule(
    TypeError,
    r"(?P<function>\w+)\(\): argument '\w+' \(position \d+\) must be Tensor, not (?P<kind>[\w.]+)",
)
def _argument(error, match, places):
    kind = {"list": "is-list", "numpy.ndarray": "is-array", "tuple": "is-tuple"}.get(match["kind"])
    return Diagnosis("wants-tensor", None, kind, match.groupdict(), topic=SHAPES)


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
    return Diagnosis("options", None, "options", facts, chapter=MODULES)


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
        return Diagnosis("forward", None, "sequential", match.groupdict(), chapter=MODULES)
    if isinstance(module, nn.Module) or (makes(module, nn.Module)):
        return Diagnosis("forward", facts=match.groupdict(), chapter=MODULES)
    return None


@rule(TypeError, r"'(?P<kind>[\w.]+)' object is not callable")
def _called(error, match, places):
    node = places[0].node
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute) and isinstance(places[0].value(function.value), Tensor):
        return Diagnosis("no-method", facts={"name": function.attr}, topic=SHAPES)
    if match["kind"] not in ("Tensor", "Parameter"):
        return None
    name = dotted(function)
    for origin in assignments(places[0].scope, name)[:1] if name else []:
        if isinstance(origin.value, ast.Call) and dotted(origin.value.func) == name:
            facts = {"line": origin.shown, "name": name}
            return Diagnosis("called", None, "shadowed", facts, chapter=INDEX)
    return Diagnosis("called", chapter=INDEX)


@rule(
    TypeError,
    rf"(unsupported operand type|bad operand type|'[<>=]+' not supported between).*{_METHOD}",
    rf"{_METHOD} object is not (iterable|subscriptable)",
)
def _not_called(error, match, places):
    return Diagnosis("not-called", chapter=INDEX)


@rule((TypeError, AttributeError), r".*NoneType")
def _nothing_returned(error, match, places):
    """Find the call that gave None where a value was wanted."""
    place = places[0]
    node = place.node
    if isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.AugAssign):
        parts = [node.target, node.value]
    elif isinstance(node, ast.Attribute):
        parts = [node.value]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        parts = [node.func.value]
    else:
        return None
    for part in parts:
        if name := dotted(part):
            if place.value(part) is not None:
                continue
            for origin in assignments(place.scope, name)[:1]:
                if isinstance(origin.value, ast.Call) and _has_run(origin, place):
                    facts = {"line": origin.shown, "name": name}
                    if ends := _without_return(origin.value, origin.scope):
                        return _none(ends, facts)
                    return Diagnosis("is-none", None, "gave-none", facts, chapter=INDEX)
        elif isinstance(part, ast.Call) and (ends := _without_return(part, place.scope)):
            return _none(ends, {"name": text(part)})
    return None


def _has_run(origin: Origin, place: Place) -> bool:
    """Tell whether a plain assignment is certain to have run before the error, and last."""
    if not isinstance(origin.statement, ast.Assign) or origin.part or origin.tested:
        return False
    around = origin.scope.node is not place.scope.node
    return origin.now and (around or all(inside(place.node, loop) for loop in origin.loops))


@rule(TypeError, r"float\(\) argument must be a string or a (real )?number, not 'NoneType'")
def _closure(error, match, places):
    """A function that an optimizer's step is handed, and that returns nothing."""
    node = places[0].node
    if called(node) != "step" or not node.args:
        return None
    call = ast.Call(func=node.args[0], args=[], keywords=[])
    ends = _without_return(call, places[0].scope)
    return _none(ends, {"name": f"{text(node.args[0])}()"}) if ends else None


def _none(ends: dict, facts: dict) -> Diagnosis:
    return Diagnosis("is-none", None, "no-return", facts | ends, chapter=INDEX)


def _without_return(call: ast.Call, scope) -> dict | None:
    """Return name and line of the reader's function that is called, if it returns nothing."""
    inner = called_scope(call, scope)
    if inner is None and isinstance(call.func, ast.Call):  # `Net()(x)`
        made = scope.value(call.func.func)
        if makes(made, nn.Module):
            found = function_scope(made.forward, scope)
            inner = found[0] if found else None
    if inner is None or isinstance(inner.node, (ast.Lambda, ast.Module)):
        return None
    returns = [s.statement for s in steps(inner.node) if isinstance(s.statement, ast.Return)]
    if any(statement.value is not None for statement in returns):
        return None
    return {"function": inner.node.name, "where": inner.where(inner.node)}


@rule((TypeError, AttributeError), r"'type' object does not support the context manager|__enter__$")
def _context(error, match, places):
    """A class where its object was wanted: `with torch.no_grad:`."""
    statement = places[0].statement
    for item in statement.items if isinstance(statement, ast.With) else []:
        made = places[0].value(item.context_expr)
        if str(getattr(made, "__module__", "")).startswith("torch"):
            facts = {"code": text(item.context_expr)}
            return Diagnosis("context", facts=facts, topic="leaves-and-updates")
    return None


@rule(ValueError, r"(not enough|too many) values to unpack \(expected (?P<wanted>\d+)")
def _unpacked(error, match, places):
    place = places[0]
    loop = place.statement
    if not isinstance(loop, ast.For) or loop.lineno != place.lineno:
        return None
    if called(loop.iter) == "enumerate" and isinstance(loop.target, ast.Tuple):
        if len(loop.target.elts) != 2:
            return Diagnosis("pairs", None, "pairs", chapter=INDEX)
        return None
    loader = place.value(loop.iter)
    if not isinstance(loader, DataLoader) and called(loop.iter) != "DataLoader":
        return None
    facts = {"wanted": match["wanted"], "name": text(loop.iter)}
    examples = getattr(loader, "dataset", None)
    if isinstance(examples, TensorDataset) and loader.batch_size is not None:
        facts["count"] = len(examples.tensors)
        return Diagnosis("batch-parts", None, "batch-parts", facts, chapter=MODULES)
    return Diagnosis("batch-parts", facts=facts, chapter=MODULES)


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
        return Diagnosis("index-range", None, "dataset", facts, chapter=MODULES)
    return Diagnosis("index-range", facts=facts, topic=SHAPES)


@rule(StopIteration, r"$")
def _run_through(error, match, places):
    node = places[0].node
    if called(node) != "next" or len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
        return None
    name = node.args[0].id
    made = assignments(places[0].scope, name)[:1]
    facts = {"name": name, "where": made[0].where if made else places[0].where}
    if type(places[0].value(node.args[0])).__name__ != "generator":
        return Diagnosis("run-through", None, "run-through", facts, topic="names-and-memory")
    return Diagnosis("run-through", "generator-exhausted", "next", facts)
