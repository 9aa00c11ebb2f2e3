"""Give a program a hook after each statement, leaving what it does as it is.

A rewritten syntax tree and not `sys.settrace`: that keeps a function's old tensors alive, falls
silent after a RecursionError, and its line events differ between Python versions.
"""

import ast

LINE, VALUE, ENTER = "__linreg_line__", "__linreg_value__", "__linreg_enter__"


class Program:
    """A program ready to be recorded.

    Attributes:
        code: compiled, calls LINE(event, line), VALUE(event, line, value) and ENTER().
        names: every name it mentions.
        reads_locals: whether it asks for `locals()` or `vars()`.
    """

    def __init__(self, source: str, filename: str):
        tree = ast.parse(source, filename)
        self.names, self.reads_locals = set(), False
        for node in ast.walk(tree):
            self._note(node)
        tree.body = _scope(tree.body, enter=False)
        self.code = compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)

    def _note(self, node):
        if isinstance(node, ast.Name):
            self.names.add(node.id)
            self.reads_locals |= node.id in ("locals", "vars", "eval", "exec")
        elif isinstance(node, ast.arg):
            self.names.add(node.arg)
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name:
            self.names.add(node.name)
        elif isinstance(node, ast.alias):
            self.names.add(node.asname or node.name)


def _scope(body: list[ast.stmt], enter: bool) -> list[ast.stmt]:
    """Rewrite a module, function or class body; docstring and __future__ imports stay first."""
    first = 0
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        first = 1 if isinstance(body[0].value.value, str) else 0
    while (
        first < len(body)
        and isinstance(body[first], ast.ImportFrom)
        and body[first].module == "__future__"
    ):
        first += 1
    hook = [_statement(ENTER, [], body[0])] if enter else []
    return body[:first] + hook + _block(body[first:])


def _block(body: list[ast.stmt]) -> list[ast.stmt]:
    return [new for stmt in body for new in _rewrite(stmt)]


def _rewrite(stmt: ast.stmt) -> list[ast.stmt]:
    match stmt:
        case ast.Global() | ast.Nonlocal() | ast.Raise():
            return [stmt]  # not executed, or seen where the exception arrives
        case ast.Break() | ast.Continue():
            return [_line("line", stmt), stmt]
        case ast.Return():
            if stmt.value is None:
                return [_line("return", stmt), stmt]
            stmt.value = _value("return", stmt, stmt.value)
            return [stmt]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            stmt.body = _scope(stmt.body, enter=True)
        case ast.If() | ast.While():
            stmt.test = _value("test", stmt, stmt.test)
            stmt.body, stmt.orelse = _block(stmt.body), _block(stmt.orelse)
            return [stmt]
        case ast.For() | ast.AsyncFor():
            stmt.body = [_line("enter", stmt), *_block(stmt.body)]
            stmt.orelse = _block(stmt.orelse)
            return [stmt]
        case ast.With() | ast.AsyncWith():
            stmt.body = [_line("enter", stmt), *_block(stmt.body)]
            return [stmt]
        case ast.Try() | ast.TryStar():
            for handler in stmt.handlers:
                handler.body = [_line("except", handler), *_block(handler.body)]
            stmt.body, stmt.orelse = _block(stmt.body), _block(stmt.orelse)
            stmt.finalbody = _block(stmt.finalbody)
            return [stmt]
        case ast.Match():
            for case in stmt.cases:
                case.body = [_line("enter", case.pattern), *_block(case.body)]
            return [stmt]
    return [stmt, _line("line", stmt)]


def _call(hook, args, place):
    call = ast.Call(ast.Name(hook, ast.Load()), args, [])
    return ast.copy_location(call, place)


def _statement(hook, args, place):
    return ast.copy_location(ast.Expr(_call(hook, args, place)), place)


def _line(event, place):
    return _statement(LINE, [ast.Constant(event), ast.Constant(place.lineno)], place)


def _value(event, place, value):
    return _call(VALUE, [ast.Constant(event), ast.Constant(place.lineno), value], place)
