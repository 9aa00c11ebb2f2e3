"""Autograd made visible: the graph as data, and programs recorded line by line.

Book: Inside autograd.
"""

from linreg_lib.autograd.diff import diff
from linreg_lib.autograd.graph import Graph, autograd_graph
from linreg_lib.autograd.trace import Trace, expand, trace

__all__ = ["Graph", "Trace", "autograd_graph", "diff", "expand", "trace"]
