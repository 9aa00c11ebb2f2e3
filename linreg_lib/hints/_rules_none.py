"""None where a value was wanted, because a function returned nothing."""

import ast

from torch import nn

from linreg_lib.hints._assignments import Origin, assignments
from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._flow import called_scope
from linreg_lib.hints._frames import Place
from linreg_lib.hints._rules import rule
from linreg_lib.hints._source import function_scope, text
from linreg_lib.hints._syntax import called, dotted, inside, steps
from linreg_lib.hints._values import makes


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
    elif "cannot unpack" in str(error) and isinstance(place.statement, ast.Assign):
        parts = [place.statement.value]
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
                    return Diagnosis("is-none", None, "gave-none", facts)
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
    return Diagnosis("is-none", None, "no-return", facts | ends)


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
