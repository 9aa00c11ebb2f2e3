"""torch.autograd.graph: nodes and edges."""

from collections import namedtuple

from torch._mini.names import AUTOGRAD_GRAPH
from torch._mini.nodes import Node, edge_of
from torch._mini.refusal import lacking

GradientEdge = namedtuple("GradientEdge", ["node", "output_nr"])


def get_gradient_edge(tensor):
    """The node that gets a tensor's gradient, and which of its outputs the tensor is."""
    if not tensor.requires_grad:
        raise RuntimeError(
            "It is not possible to get the gradient edge for a Tensor that does not require "
            "gradients"
        )
    return GradientEdge(*edge_of(tensor))


__all__ = ["GradientEdge", "Node", "get_gradient_edge"]
__getattr__ = lacking("torch.autograd.graph", AUTOGRAD_GRAPH)
