"""Statements and names, read from the syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

NO_GRAD = {"no_grad", "inference_mode"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.While, ast.AsyncFor)
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass
class Step:
    """A statement with what surrounds it: `no_grad` or not, the loops, and the conditions."""

    statement: ast.stmt
    no_grad: bool
    loops: tuple[ast.AST, ...]
    tested: bool


def steps(scope: ast.AST) -> list[Step]:
    """Return the statements of one function or module, nested functions left out."""
    # Asked for again and again: kept with the node.
    if not hasattr(scope, "kept_steps"):
        body = body_of(scope)
        scope.kept_steps = list(_steps(body, starts_without_grad(scope), (), False))
    return scope.kept_steps


def functions_in(scope: ast.AST) -> list[ast.AST]:
    """Return all functions within a node, itself included."""
    if not hasattr(scope, "kept_functions"):
        scope.kept_functions = [node for node in ast.walk(scope) if isinstance(node, FUNCTIONS)]
    return scope.kept_functions


def _steps(
    body: list[ast.stmt], no_grad: bool, loops: tuple[ast.AST, ...], tested: bool
) -> Iterator[Step]:
    for statement in body:
        yield Step(statement, no_grad, loops, tested)
        if isinstance(statement, _NESTED):
            continue
        inner, around = no_grad, loops
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            inner = no_grad or any(stops_recording(item.context_expr) for item in statement.items)
        if isinstance(statement, LOOPS):
            around = (*loops, statement)
        below = tested or isinstance(statement, (ast.If, ast.Try))
        for name in ("body", "orelse", "finalbody"):
            yield from _steps(getattr(statement, name, []), inner, around, below)
        for handler in getattr(statement, "handlers", []):
            yield from _steps(handler.body, inner, around, below)


def body_of(scope: ast.AST) -> list[ast.stmt]:
    """Return the statements of a scope; a lambda's expression counts as a return."""
    if isinstance(scope, ast.Lambda):
        statement = ast.Return(scope.body)
        ast.copy_location(statement, scope.body)
        return [statement]
    return list(getattr(scope, "body", []))


def starts_without_grad(scope: ast.AST) -> bool:
    """Tell whether a function is decorated with `@torch.no_grad()` or its like."""
    return any(stops_recording(d) for d in getattr(scope, "decorator_list", []))


def stops_recording(node: ast.expr) -> bool:
    """Tell whether an expression is `torch.no_grad()` or its like."""
    name = dotted(node.func if isinstance(node, ast.Call) else node).split(".")[-1]
    if name == "set_grad_enabled" and isinstance(node, ast.Call) and node.args:
        return isinstance(node.args[0], ast.Constant) and node.args[0].value is False
    return name in NO_GRAD


def dotted(node: ast.AST | None) -> str:
    """Return `a`, `a.b` or `a[0]` as text, and the empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Name, ast.Constant)):
        head = dotted(node.value)
        return f"{head}[{ast.unparse(node.slice)}]" if head else ""
    return ""


def names_in(node: ast.AST) -> set[str]:
    """Return the plain and dotted names that an expression reads."""
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    parts = (n for n in ast.walk(node) if isinstance(n, (ast.Attribute, ast.Subscript)))
    return found | {name for part in parts if (name := dotted(part))}


def called(node: ast.AST) -> str:
    """Return the last name of what is called: `backward` for `loss.backward()`; else empty."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else dotted(function)


def keyword(call: ast.Call, name: str) -> object:
    """Return a constant that a call is given by keyword; None where there is none."""
    given = [k.value for k in call.keywords if k.arg == name]
    return given[0].value if given and isinstance(given[0], ast.Constant) else None


def arguments(scope: ast.AST) -> list[str]:
    """Return the names of a function's arguments."""
    listed = getattr(scope, "args", None)
    if not isinstance(listed, ast.arguments):
        return []
    every = [*listed.posonlyargs, *listed.args, *listed.kwonlyargs]
    every += [a for a in (listed.vararg, listed.kwarg) if a]
    return [a.arg for a in every]


def pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr, bool]]:
    """Return each target of an assignment, what it is given, and whether that is a part of it."""
    if not isinstance(target, (ast.Tuple, ast.List)):
        return [(target, value, False)]
    if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
        return [p for t, v in zip(target.elts, value.elts, strict=True) for p in pairs(t, v)]
    return [(t, v, True) for part in target.elts for t, v, _ in pairs(part, value)]


def inside(node: ast.AST, around: ast.AST) -> bool:
    """Tell whether a node's lines lie within another's."""
    return around.lineno <= node.lineno <= (around.end_lineno or around.lineno)
