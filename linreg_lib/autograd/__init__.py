"""Autograd made visible: the graph as data, and programs recorded line by line.

    recording = trace("w = torch.ones(2, requires_grad=True)", {"torch": torch})
    recording.changed(1)          # ["w: new, a leaf that requires grad"]
    autograd_graph(loss=loss)     # in a notebook: drawn, with a table

Book: Inside autograd.
"""

from linreg_lib.autograd.diff import diff
from linreg_lib.autograd.graph import Graph, autograd_graph
from linreg_lib.autograd.trace import Trace, trace
from linreg_lib.recording.expand import expand

__all__ = ["Graph", "Trace", "autograd_graph", "diff", "expand", "trace"]
