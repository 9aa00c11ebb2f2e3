"""Anomaly mode: each node remembers where it was made, and backward looks for nan."""

import sys
import traceback

from torch._mini import modes
from torch._mini.refusal import PACKAGE
from torch._mini.tensor import values
from torch._mini.warn import from_within, warn

ENABLED = (
    "Anomaly Detection has been enabled. This mode will increase the runtime and should only be "
    "enabled for debugging."
)
DETECTED = (
    "Error detected in {}. Traceback of forward call that caused the error:\n{} (Triggered "
    "internally at /__w/pytorch/pytorch/torch/csrc/autograd/python_anomaly_mode.cpp:122.)"
)


class set_detect_anomaly:
    """Turn anomaly mode on or off; as a context, until its end."""

    def __init__(self, mode: bool, check_nan: bool = True):
        self._before = (modes.anomaly[0], modes.checks_nan[0])
        modes.anomaly[0], modes.checks_nan[0] = bool(mode), bool(check_nan)

    def __enter__(self):
        pass

    def __exit__(self, *exception):
        modes.anomaly[0], modes.checks_nan[0] = self._before


class detect_anomaly(set_detect_anomaly):
    """Anomaly mode within a context."""

    def __init__(self, check_nan: bool = True):
        super().__init__(modes.anomaly[0])
        self._checks = check_nan
        warn(ENABLED)

    def __enter__(self):
        modes.anomaly[0], modes.checks_nan[0] = True, self._checks


def is_anomaly_enabled() -> bool:
    """Whether anomaly mode is on."""
    return modes.anomaly[0]


def is_anomaly_check_nan_enabled() -> bool:
    """Whether backward looks for nan in anomaly mode."""
    return modes.checks_nan[0]


def made_here() -> list[str]:
    """The lines of the program that lead here, as a traceback writes them."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(PACKAGE):
        frame = frame.f_back
    if frame is None:
        return []
    program = frame.f_code.co_filename
    stack = traceback.extract_stack(frame)
    return traceback.format_list([line for line in stack if line.filename == program])


def explain(node) -> None:
    """Warn where the node was made whose backward failed."""
    lines = "".join(node.metadata.get("traceback_", ()))
    with from_within(__file__):
        warn(DETECTED.format(node.name(), lines))


def look_for_nan(node, results) -> None:
    """Raise where a node has returned a gradient that holds nan."""
    for i, gradient in enumerate(results if modes.checks_nan[0] else ()):
        if gradient is not None and any(x != x for x in values(gradient)):
            raise RuntimeError(f"Function '{node.name()}' returned nan values in its {i}th output.")
