"""torch.backends, as it is where there is no GPU."""

from torch._mini.refusal import refuse


class _Backend:
    """What a library for some hardware says of itself: that it is not there."""

    def __init__(self, **flags):
        self.__dict__.update(flags)

    def is_available(self):
        return False

    is_built = is_available

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"torch.backends....{name}")


cudnn = _Backend(deterministic=False, benchmark=False, enabled=True)
mps = _Backend()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    refuse(f"torch.backends.{name}")
