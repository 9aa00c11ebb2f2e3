"""Which files are a library's: their lines are never the reader's."""

import os
import sysconfig
from pathlib import Path

import torch

_LIBRARIES = (
    os.path.dirname(torch.__file__) + os.sep,
    sysconfig.get_paths()["stdlib"] + os.sep,
    os.path.dirname(os.__file__) + os.sep,  # where the standard library is a zip
    str(Path(__file__).parents[1]) + os.sep,
    "<frozen ",
    "<__array_function__",
)
_INSTALLED = {"site-packages", "dist-packages"}


def is_library(filename: str) -> bool:
    """Tell whether a file is part of Python, PyTorch, this package or anything installed."""
    return filename.startswith(_LIBRARIES) or not _INSTALLED.isdisjoint(Path(filename).parts)
