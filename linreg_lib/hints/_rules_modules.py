"""Errors of modules and optimizers, and those whose kind says all that is certain."""

import ast

import torch

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._gradients import why_none
from linreg_lib.hints._modules import why_empty
from linreg_lib.hints._rules import Rule, rule
from linreg_lib.hints._source import text
from linreg_lib.hints._syntax import names_in
from linreg_lib.hints._values import tensors_in

LEAVES, LIFETIME, SHAPES, MODULES = (
    "leaves-and-updates",
    "graph-lifetime",
    "shapes-and-dtypes",
    "modules-and-optimizers",
)


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


@rule(TypeError, r"params argument given to the optimizer should be an iterable")
def _params(error, match, places):
    return Diagnosis("params", topic=MODULES)


@rule(TypeError, r"'\w+' object is not iterable")
def _not_iterable(error, match, places):
    node = places[0].node
    made = places[0].value(node.func) if isinstance(node, ast.Call) else None
    if isinstance(made, type) and issubclass(made, torch.optim.Optimizer):
        return Diagnosis("params", topic=MODULES)
    return None


# Errors whose kind says all that is certain.
GENERAL = [
    (TypeError, r"assigned grad expected to be a Tensor", "grad-assigned", None, LEAVES),
    (
        RuntimeError,
        r"(The|One of the) differentiated Tensors?( at index \d+)? appears? to not have been used",
        "unused",
        "unused",
        LEAVES,
    ),
    (
        RuntimeError,
        r"One of the differentiated Tensors does not require grad",
        "not-asked",
        None,
        LEAVES,
    ),
    (RuntimeError, r"Inference tensors cannot be saved", "inference", "inference", LEAVES),
    (
        RuntimeError,
        r"you can only change requires_grad flags of leaf variables",
        "flag",
        "flag",
        LEAVES,
    ),
    (
        RuntimeError,
        r"mean\(\): (could not infer output dtype|input dtype should be)",
        "mean-of-integers",
        None,
        SHAPES,
    ),
    (RuntimeError, r"Can only calculate the mean of floating", "mean-of-integers", None, SHAPES),
    (RuntimeError, r"expected target dtype to be Long", "class-labels", None, SHAPES),
    (RuntimeError, r"0D or 1D target tensor expected", "class-labels", None, SHAPES),
    (
        TypeError,
        r"(linear|conv\dd)\(\): argument 'input' \(position 1\) must be Tensor, not (numpy|list)",
        "not-a-tensor",
        None,
        SHAPES,
    ),
]


def _certain(happened: str, kind: str | None, topic: str) -> Rule:
    return lambda error, match, places: Diagnosis(happened, None, kind, topic=topic)


for types, pattern, happened, kind, topic in GENERAL:
    rule(types, pattern)(_certain(happened, kind, topic))
