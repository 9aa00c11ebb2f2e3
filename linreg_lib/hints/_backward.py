"""What `backward` was called on, and the loops around the call."""

import ast

from linreg_lib.hints._flow import assignments, body_of, dotted, walk_statements
from linreg_lib.hints._source import Place


def differentiated(place: Place) -> ast.expr | None:
    """Return the expression that `backward` or `torch.autograd.grad` was called on."""
    call = place.node
    if not isinstance(call, ast.Call):
        calls = [
            node
            for node in ast.walk(place.scope.node)
            if isinstance(node, ast.Call)
            and node.lineno <= place.lineno <= (node.end_lineno or 0)
            and dotted(node.func).split(".")[-1] in ("backward", "grad")
        ]
        if len(calls) != 1:
            return None
        call = calls[0]
    function = call.func
    if isinstance(function, ast.Attribute) and dotted(function).startswith("torch.autograd"):
        return call.args[0] if call.args else None
    if isinstance(function, ast.Attribute) and function.attr == "backward":
        return function.value
    if isinstance(function, ast.Name) and function.id == "grad" and call.args:
        return call.args[0]
    return None


def traced(places: list[Place]) -> tuple[ast.expr | None, list[Place]]:
    """Return what backward was called on, followed out of functions that were handed it."""
    loss = differentiated(places[0])
    while isinstance(loss, ast.Name) and len(places) > 1:
        scope, caller = places[0].scope, places[1]
        arguments = [a.arg for a in getattr(getattr(scope.node, "args", None), "args", [])]
        call = caller.node
        if loss.id not in arguments or any(True for _ in assignments(scope, loss.id)):
            break
        index = arguments.index(loss.id)
        if not isinstance(call, ast.Call) or index >= len(call.args):
            break
        loss, places = call.args[index], places[1:]
    return loss, places


def loops_around(place: Place) -> list[ast.AST]:
    return [
        loop
        for statement, _, loops in walk_statements(body_of(place.scope.node))
        if statement.lineno <= place.lineno <= (statement.end_lineno or 0)
        for loop in loops
        if loop.lineno <= place.lineno <= loop.end_lineno
    ]


def inside(node: ast.AST, loop: ast.AST) -> bool:
    return loop.lineno <= node.lineno <= loop.end_lineno
