"""Interactive figures that run on the page itself and, where there is a kernel, on PyTorch."""

from linreg_lib.widgets.autograd_stepper import AutogradStepper
from linreg_lib.widgets.minibatch_viewer import MinibatchViewer
from linreg_lib.widgets.training_lab import TrainingLab

__all__ = ["AutogradStepper", "MinibatchViewer", "TrainingLab"]
