"""What a recording of a program is, and how one is made. Nothing here imports PyTorch.

`format` is the contract that Python and the browser share, `validate` holds a recording against
it, `expand` gives one of its steps in full.

Book: Inside autograd.
"""

from linreg_lib.recording.expand import expand
from linreg_lib.recording.format import VERSION
from linreg_lib.recording.validate import validate

__all__ = ["VERSION", "expand", "validate"]
