"""A corner of PyTorch that whoever looks at tensors without being seen asks for."""

from contextlib import nullcontext as _disable_current_modes

__all__ = ["_disable_current_modes"]
