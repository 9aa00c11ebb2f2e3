import pytest
import torch
from hypothesis import settings

# A machine shared with others may stall: an example that takes long is no failure.
settings.register_profile("book", deadline=None, max_examples=50)
settings.load_profile("book")


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """The tensors of this book are small: threads would only wait for each other."""
    torch.set_num_threads(1)


@pytest.fixture(params=["cpu", *(["cuda"] if torch.cuda.is_available() else [])])
def device(request):
    """Every device that this machine has."""
    return torch.device(request.param)


@pytest.fixture(params=[torch.float32, torch.float64], ids=["float32", "float64"])
def dtype(request):
    return request.param


@pytest.fixture
def seeded():
    """Return a function that makes generators: seeded(3) is always the same one."""
    return lambda seed, device="cpu": torch.Generator(device).manual_seed(seed)
