"""Interactive figures that run on the page itself and, where there is a kernel, on PyTorch."""

from linreg_lib._extras import require

require("widgets", "anywidget", "ipywidgets")

from linreg_lib.widgets.autograd_stepper import AutogradStepper  # noqa: E402
from linreg_lib.widgets.minibatch_viewer import MinibatchViewer  # noqa: E402
from linreg_lib.widgets.training_lab import LabData, TrainingLab  # noqa: E402

__all__ = ["AutogradStepper", "LabData", "MinibatchViewer", "TrainingLab"]
