"""Errors of modules and optimizers whose cause stands in the program."""

import ast

import torch

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._gradients import why_none
from linreg_lib.hints._modules import why_empty
from linreg_lib.hints._rules import rule
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import names_in
from linreg_lib.hints._values import makes, tensors_in

LEAVES, MODULES = "leaves-and-updates", "modules-and-optimizers"


@rule(ValueError, r"can't optimize a non-leaf (Tensor|Variable)")
def _non_leaf_optimizer(error, match, places):
    place = places[0]
    for name in sorted(names_in(place.node)) if place.node is not None else []:
        for tensor in tensors_in(place.value(name)):
            if not tensor.is_leaf:
                pitfall, kind, facts = why_none(tensor, places, name)
                return Diagnosis("non-leaf", pitfall, kind, facts, topic=LEAVES)
    return Diagnosis("non-leaf", "not-a-leaf")


@rule(
    TypeError, r"cannot assign '\S+' as parameter '(\w+)' \(torch\.nn\.Parameter or None expected"
)
def _assigned(error, match, places):
    place = places[0]
    statement = place.statement
    facts = {"name": match[1], "where": place.where}
    if isinstance(statement, ast.Assign):
        facts["target"] = text(statement.targets[0])
        return Diagnosis("assigned", "assign-to-parameter", "assigned", facts)
    return Diagnosis("assigned", "assign-to-parameter", "line", facts)


@rule(ValueError, r"optimizer got an empty parameter list")
def _empty(error, match, places):
    return Diagnosis("empty", *why_empty(places[0]), topic=MODULES)


@rule(TypeError, r"'\w+' object is not iterable")
def _not_iterable(error, match, places):
    node = places[0].node
    made = places[0].value(node.func) if isinstance(node, ast.Call) else None
    if makes(made, torch.optim.Optimizer):
        return Diagnosis("params", topic=MODULES)
    return None
