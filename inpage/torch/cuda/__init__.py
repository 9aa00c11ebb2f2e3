"""torch.cuda, as it is where there is no GPU."""

from torch._mini.devices import NO_CUDA as _NO_CUDA
from torch._mini.refusal import refuse as _refuse


def is_available():
    return False


def is_initialized():
    return False


def device_count():
    return 0


def manual_seed(seed):
    pass


def manual_seed_all(seed):
    pass


def empty_cache():
    pass


def memory_allocated(device=None):
    return 0


def max_memory_allocated(device=None):
    return 0


def synchronize(device=None):
    raise AssertionError(_NO_CUDA)


def get_device_name(device=None):
    raise AssertionError(_NO_CUDA)


def get_device_properties(device=None):
    raise AssertionError(_NO_CUDA)


def current_device():
    raise AssertionError(_NO_CUDA)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    _refuse(f"torch.cuda.{name}")
