"""Interactive figures that run on the page itself and, where there is a kernel, on PyTorch."""

__all__ = []
