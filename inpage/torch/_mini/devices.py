"""Devices: other ones have names here, but there is only the CPU."""

from torch._mini.refusal import refuse

KINDS = (
    "cpu cuda ipu xpu mkldnn opengl opencl ideep hip ve fpga maia xla lazy vulkan mps meta hpu mtia "
    "privateuseone"
).split()
NO_ACCELERATOR = "Cannot access accelerator device when none is available."
NO_CUDA = "Torch not compiled with CUDA enabled"


class device:
    """The name of a device: its kind, and a number or None."""

    def __init__(self, type="cpu", index=None):
        if isinstance(type, device):
            self.type, self.index = type.type, type.index
            return
        if isinstance(type, int):
            raise RuntimeError(NO_ACCELERATOR)
        if not isinstance(type, str):
            refuse("a device of this kind")
        kind, colon, number = type.partition(":")
        if kind not in KINDS:
            raise RuntimeError(
                f"Expected one of {', '.join(KINDS)} device type at start of device string: {kind}"
            )
        if colon and (index is not None or not (number.isdecimal() and len(number) < 3)):
            if index is None:
                raise RuntimeError(f"Invalid device string: '{type}'")
            refuse("a device with two numbers")
        self.type, self.index = kind, int(number) if colon else index

    def __repr__(self):
        number = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{number})"

    def __str__(self):
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other):
        return isinstance(other, device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self):
        return hash((self.type, self.index))

    def __enter__(self):
        refuse("a device as a context")

    def __exit__(self, *exception):
        pass


CPU = device()


def on_cpu(wanted) -> None:
    """Raise, or refuse, where anything but the CPU is wanted."""
    if wanted is None:
        return
    wanted = device(wanted)
    if wanted.type == "cuda":
        raise AssertionError(NO_CUDA)
    if wanted.type != "cpu":
        refuse(f"the device '{wanted}'")
