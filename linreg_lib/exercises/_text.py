"""A reader's source text: read, watched while it loops, and quoted."""

import ast
import contextlib
import inspect
import linecache
import re
import textwrap

from linreg_lib.exercises._isolation import ANSWER

TICK = "__tick__"
WAYS_OUT = (ast.Break, ast.Return, ast.Raise, ast.Yield, ast.YieldFrom)
# Methods and functions that give a new tensor and change nothing.
GIVES_NEW = {
    *("sub", "mul", "div", "neg", "pow", "square", "sqrt", "abs", "sum", "mean", "matmul"),
    *("reshape", "view", "view_as", "flatten", "squeeze", "unsqueeze", "expand", "repeat", "t"),
    *("transpose", "permute", "cat", "stack", "clone", "detach", "float", "double", "to"),
    *("zeros_like", "ones_like", "zeros", "ones", "randn", "rand", "normal", "tensor", "randperm"),
}


class Text:
    """Source text and what is in it.

    Attributes:
        source: the text without what only a notebook understands.
        tree: its syntax tree.
    """

    def __init__(self, source: str):
        self.source = _cleaned(source)
        self.tree = ast.parse(self.source, ANSWER)

    @classmethod
    def of(cls, given) -> "Text | None":
        """Find the text of a function or a class, where it is known."""
        try:
            return cls(inspect.getsource(given))
        except (OSError, TypeError, SyntaxError):
            pass
        # Python finds no file for a class of a notebook's cell, but one for its methods.
        methods = vars(given).values() if inspect.isclass(given) else ()
        for method in filter(inspect.isfunction, methods):
            with contextlib.suppress(SyntaxError):
                cell = "".join(linecache.getlines(method.__code__.co_filename))
                for node in ast.parse(cell).body:
                    if isinstance(node, ast.ClassDef) and node.name == given.__name__:
                        return cls(ast.get_source_segment(cell, node))
        return None

    def compiled(self):
        """Compile it with a tick in each round of each loop."""
        tree = ast.fix_missing_locations(_Ticks().visit(ast.parse(self.source, ANSWER)))
        code = compile(tree, ANSWER, "exec")
        # The hint for an error reads the lines.
        linecache.cache[ANSWER] = (
            len(self.source),
            None,
            self.source.splitlines(keepends=True),
            ANSWER,
        )
        return code

    def line(self, number: int | None) -> str | None:
        """Return a line, without its indentation."""
        lines = self.source.splitlines()
        return lines[number - 1].strip() if number and number <= len(lines) else None

    def find(self, pattern: str, among: set[int] | None = None) -> int | None:
        """Return the line of the first statement that, written evenly, matches."""
        for node in _in_order(self.tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
                continue
            if isinstance(node, ast.stmt) and (among is None or id(node) in among):
                head = ast.unparse(node).splitlines()[0]
                if re.search(pattern, head):
                    return node.lineno
        return None

    def find_in_loop(self, pattern: str) -> int | None:
        """Return the line of the first statement inside a loop that matches."""
        loops = [node for node in _in_order(self.tree) if isinstance(node, ast.For | ast.While)]
        inside = {id(node) for loop in loops for node in _in_order(loop) if node is not loop}
        return self.find(pattern, inside)

    def _appended(self):
        """Give what is appended inside of loops, with those loops, the innermost last."""

        def walk(node, loops):
            for child in ast.iter_child_nodes(node):
                match child:
                    case ast.Call(func=ast.Attribute(attr="append"), args=[value]):
                        yield value, loops
                is_loop = isinstance(child, ast.For | ast.While)
                yield from walk(child, [*loops, child] if is_loop else loops)

        return walk(self.tree, [])

    def measured_inside(self) -> bool:
        """Tell whether something is appended in a loop inside of a loop."""
        return any(len(loops) > 1 for _, loops in self._appended())

    def measures_minibatch(self) -> bool:
        """Tell whether what is appended after an inner loop comes of that loop's last round."""
        for value, loops in self._appended():
            used = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
            for outer in loops:
                for inner in ast.walk(outer):
                    if isinstance(inner, ast.For) and inner not in loops:
                        last = {node.id for node in ast.walk(inner.target) if _is_bound(node)}
                        if last & used:
                            return True
        return False

    def unfinished(self) -> int | None:
        """Return the line of a placeholder that was left in: `...`, a function of `pass` alone."""
        for node in _in_order(self.tree):
            if isinstance(node, ast.Expr) and getattr(node.value, "value", None) is ...:
                return node.lineno
            if isinstance(node, ast.FunctionDef) and all(
                isinstance(statement, ast.Pass) for statement in node.body
            ):
                return node.body[0].lineno
        return None

    def never_ends(self) -> int | None:
        """Return the line of a `while` that has no way out and a condition that stays as it is."""
        for loop in _in_order(self.tree):
            if not isinstance(loop, ast.While):
                continue
            inside = [node for statement in loop.body for node in _in_order(statement)]
            tested = list(_in_order(loop.test))
            named = {node.id for node in tested if isinstance(node, ast.Name)}
            bound = {node.id for node in inside if isinstance(node, ast.Name) and _binds(node)}
            way_out = any(isinstance(node, WAYS_OUT) for node in inside)
            fixed = not any(isinstance(node, ast.Call | ast.Attribute) for node in tested)
            changed = {node.value.id for node in inside if _is_part_of_name(node)}
            if not way_out and fixed and not named & (bound | changed):
                return loop.lineno
        return None

    def thrown_away(self) -> int | None:
        """Return the line of a statement that computes something new and gives it no name."""
        for node in _in_order(self.tree):
            if not isinstance(node, ast.Expr):
                continue
            call = node.value
            if isinstance(call, ast.BinOp | ast.UnaryOp | ast.Compare):
                return node.lineno
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            name, filled = call.func.attr, any(one.arg == "out" for one in call.keywords)
            if (name in GIVES_NEW and not filled) or (name == "add" and _is_sum(call)):
                return node.lineno
        return None

    def not_called(self) -> int | None:
        """Return the line of a statement that names a method and does not call it."""
        for node in _in_order(self.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute):
                return node.lineno
        return None

    def method_of(self, name: str) -> str | None:
        """Return the class at the top that has a method of this name."""
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef) and any(
                isinstance(one, ast.FunctionDef) and one.name == name for one in node.body
            ):
                return node.name
        return None

    def functions(self) -> list[str]:
        """Return the names of the functions and classes that it defines at its top."""
        kinds = (ast.FunctionDef, ast.ClassDef)
        return [node.name for node in self.tree.body if isinstance(node, kinds)]

    def same_as(self, other: "Text") -> bool:
        """Tell whether the programs are the same but for comments and layout."""
        return ast.dump(self.tree) == ast.dump(other.tree)

    def is_placeholder(self, name: str) -> bool:
        """Tell whether the function of this name has nothing in it yet."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return all(_is_nothing(statement) for statement in node.body)
        return not self.tree.body


def _cleaned(source: str) -> str:
    source = textwrap.dedent(source.replace("\r\n", "\n").strip("\n"))
    # A cell of a notebook may hold commands that are no Python. The lines keep their numbers.
    rows = ["" if re.match(r"\s*[%!]", row) else row for row in source.splitlines()]
    return "\n".join(rows) + "\n"


def _in_order(node):
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _is_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None):
            return True
        case ast.Return(value=ast.Constant(value=value)):
            return value is None or value is ...
        case ast.Raise(exc=ast.Name(id="NotImplementedError")):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False


def _is_bound(node) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _binds(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)


def _is_part_of_name(node) -> bool:
    """An attribute, a method or an element of a name: through it the name's value may change."""
    return isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name)


def _is_sum(call: ast.Call) -> bool:
    """Tell what is added to a tensor, an expression, from what is added to a set."""
    match call.args[:1]:
        case [ast.BinOp() | ast.UnaryOp()]:
            return True
        case [ast.Call(func=ast.Attribute(value=ast.Name(id="torch")))]:
            return True
    return False


class _Ticks(ast.NodeTransformer):
    """Let each round of a loop begin with a look at the clock."""

    def _loop(self, node):
        self.generic_visit(node)
        tick = ast.Expr(ast.Call(ast.Name(TICK, ast.Load()), [], []))
        node.body.insert(0, ast.copy_location(tick, node))
        return node

    visit_For = visit_While = _loop
