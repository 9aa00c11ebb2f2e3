"""Second derivatives: what a node computes gets a history too, where its walk is recorded."""

from torch._mini import modes
from torch._mini.nodes import Node, attach, tracking
from torch._mini.refusal import refuse

_classes: dict = {}


def _node_class(name, saves, backward):
    """One class for each name: whoever looks at a node asks its class what it saves."""
    if name not in _classes:
        members = {"saves": saves, "backward": backward, "__doc__": f"d of what {name[:-9]} gave."}
        _classes[name] = type(name, (Node,), members)
    return _classes[name]


def linear(name, out, g, back, **facts):
    """Record `out`, which is linear in the gradient `g`; `back` takes its gradient to that of g."""
    if tracking(g):
        node = _node_class(name, (), lambda self, gg: self.back(gg))(g, **facts)
        node.back = back
        attach(out, node)
    return out


def _once(self, gg):
    if modes.recording[0]:
        refuse(f"the derivative of {self.name()}")
    return self.rule(self, gg)


def curved(name, out, inputs, rule, saved, **facts):
    """Record `out`, a function of the gradient and of others.

    Args:
        name: the node's name.
        out: what was computed; inputs: what from, the gradient first.
        rule: takes the node and the gradient of `out`, returns a gradient for each input.
        saved: the tensors that the node keeps, by name; facts: what else it knows.
    """
    if tracking(*inputs):
        node = _node_class(name, tuple(saved), _once)(*inputs, **facts)
        node.rule = rule
        attach(out, node.keep(**saved))
    return out
