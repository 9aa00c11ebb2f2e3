"""Walk from a loss back to where gradients were lost, by the last assignment of each name."""

import ast
from dataclasses import dataclass

import torch
from torch import Tensor

from linreg_lib.hints._assignments import Origin, appended, assignments
from linreg_lib.hints._flow import argument_of, is_fed, returned
from linreg_lib.hints._leaving import (
    copies_parameter,
    is_gradient,
    lost_here,
    picks_indices,
    takes_out,
)
from linreg_lib.hints._makers import fits
from linreg_lib.hints._source import Scope, text
from linreg_lib.hints._syntax import dotted, names_in
from linreg_lib.hints._updates import is_update
from linreg_lib.hints._values import MISSING, requires_grad, tensors_in


@dataclass
class Culprit:
    """A place where the graph is left: the pitfall, the kind of cause and its line."""

    pitfall: str | None
    kind: str
    origin: Origin | None


class Search:
    """Walk from a loss back to where gradients were lost, by the last assignment of each name."""

    def __init__(self) -> None:
        self.culprits: list[Culprit] = []
        self.sources: dict[str, object] = {}
        # Whether the loss was computed from something that requires grad now.
        self.alive = False
        # The names that were computed from others of the sources.
        self.computed: set[str] = set()
        # Whether the source of a tensor is not known.
        self.unseen = False
        self._seen: set[tuple[int, str]] = set()

    def expression(self, value: ast.AST, scope: Scope, origin: Origin | None = None) -> None:
        """Search in an expression; origin is the assignment that it stands in."""
        if isinstance(value, ast.Attribute) and _is_data(value.value, scope):
            value = value.value  # of `x.data.pow`, what left the graph
        if is_gradient(value) and _carries(value, scope):
            self.culprits.append(Culprit(None, "gradient", origin))
            return
        if origin is not None and value is origin.value and copies_parameter(value, scope):
            self.culprits.append(Culprit("requires-grad-missing", "detached", origin))
            return
        if lost := lost_here(value):
            before = len(self.culprits)
            if not is_fed(value, scope):
                self._parts(value, scope, origin)
            if len(self.culprits) == before and _carries(value, scope):
                self.culprits.append(Culprit(*lost, origin))
            return
        name = dotted(value)
        if name:
            self._name(name, scope)
            return
        if isinstance(value, ast.Call):
            for made in returned(value, scope):
                if is_update(made) and (made.no_grad or takes_out(made.value)):
                    self.culprits.append(Culprit("rebind-under-no-grad", "returned", made))
                elif made.no_grad and _carries(made.value, made.scope):
                    self.culprits.append(Culprit("no-grad-forward", "ran", made))
                else:
                    self.expression(made.value, made.scope, made)
            self._owner(value, scope)
        self._parts(value, scope, origin)

    def _parts(self, value: ast.AST, scope: Scope, origin: Origin | None) -> None:
        for part in ast.iter_child_nodes(value):
            if not isinstance(part, (ast.expr_context, ast.operator)):
                self.expression(part, scope, origin)

    def _owner(self, call: ast.Call, scope: Scope) -> None:
        module = scope.value(call.func)
        if isinstance(module, torch.nn.Module) and not requires_grad(module):
            self.sources |= {text(call.func): m for m in [module] if list(tensors_in(m))}

    def _name(self, name: str, scope: Scope) -> None:
        value = scope.value(name)
        if requires_grad(value):
            self.alive = True
            return
        if (id(scope.node), name) in self._seen:
            return
        self._seen.add((id(scope.node), name))
        if isinstance(value, (torch.nn.Module, type(torch))):
            return
        found = list(appended(scope, name))
        found += [o for o in assignments(scope, name) if _made(o, value)]
        if handed := argument_of(scope, name):
            given, caller = handed
            self.expression(given, caller, Origin(name, given, given, False, (), caller))
        elif not found and "." in name and not isinstance(value, Tensor):
            self._name(name.rpartition(".")[0], scope)
        elif not found and name.endswith("]"):
            self._name(name.rpartition("[")[0], scope)
        elif not found:
            self.unseen = self.unseen or isinstance(value, Tensor)
        for origin in found:
            read = [scope.value(n) for n in names_in(origin.value) if n != name]
            if any(isinstance(v, Tensor) and v.is_floating_point() for v in read):
                self.computed.add(name)
            if self._assignment(origin, name):
                break
        if any(tensor.is_floating_point() for tensor in tensors_in(value)):
            self.sources.setdefault(name, value)

    def _assignment(self, origin: Origin, name: str) -> bool:
        """Search in an assignment; true where it alone made the name's value."""
        if is_update(origin) and (origin.no_grad or takes_out(origin.value)):
            self.culprits.append(Culprit("rebind-under-no-grad", "rebound", origin))
        elif origin.no_grad and _carries(origin.value, origin.scope):
            self.culprits.append(Culprit("no-grad-forward", "ran", origin))
        elif picks_indices(origin) and _carries(origin.value, origin.scope):
            self.culprits.append(Culprit("loss-without-derivative", "operation", origin))
        else:
            # What was made under no_grad may have been a parameter before.
            self.unseen = self.unseen or origin.no_grad
            self.expression(origin.value, origin.scope, origin)
        adds = isinstance(origin.statement, ast.AugAssign) or name in names_in(origin.value)
        return not (adds or origin.tested or isinstance(origin.statement, ast.Expr))


def _is_data(value: ast.AST, scope: Scope) -> bool:
    is_data = isinstance(value, ast.Attribute) and value.attr == "data"
    return is_data and isinstance(scope.value(value.value), Tensor)


def _made(origin: Origin, value: object) -> bool:
    known = isinstance(value, Tensor) and not isinstance(origin.statement, ast.AugAssign)
    return not known or fits(origin, value)


def _carries(value: ast.AST, scope: Scope) -> bool:
    """Tell whether something that requires grad goes into an expression, functions included."""
    if is_fed(value, scope):
        return True
    search = _Alive()
    return search.expression(value, scope, 6)


class _Alive:
    def __init__(self) -> None:
        self._seen: set[tuple[int, str]] = set()

    def expression(self, value: ast.AST, scope: Scope, depth: int) -> bool:
        if is_fed(value, scope):
            return True
        if not depth:
            return False
        for call in (n for n in ast.walk(value) if isinstance(n, ast.Call)):
            for made in returned(call, scope):
                if self.expression(made.value, made.scope, depth - 1):
                    return True
        for name in names_in(value):
            if (id(scope.node), name) in self._seen:
                continue
            self._seen.add((id(scope.node), name))
            held = scope.value(name)
            if isinstance(held, Tensor) or (held is not MISSING and not _may_hold(held)):
                continue
            handed = argument_of(scope, name)
            if handed and self.expression(*handed, depth - 1):
                return True
            for origin in [*assignments(scope, name)[:1], *appended(scope, name)]:
                if self.expression(origin.value, origin.scope, depth - 1):
                    return True
        return False


def _may_hold(value: object) -> bool:
    return isinstance(value, (list, tuple, dict))
