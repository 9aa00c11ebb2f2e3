"""Devices: there is only the CPU here."""

from torch._mini.refusal import refuse

KINDS = (
    "cpu cuda ipu xpu mkldnn opengl opencl ideep hip ve fpga maia xla lazy vulkan mps meta hpu mtia "
    "privateuseone"
).split()


class device:
    """A device; any but the CPU is refused."""

    def __init__(self, type="cpu", index=None):
        if isinstance(type, device):
            type = type.type
        kind = type.partition(":")[0] if isinstance(type, str) else None
        if kind is not None and kind not in KINDS:
            raise RuntimeError(
                f"Expected one of {', '.join(KINDS)} device type at start of device string: {kind}"
            )
        if type not in ("cpu", "cpu:0"):
            refuse(f"the device {type!r}")
        self.type, self.index = "cpu", None

    def __repr__(self):
        return "device(type='cpu')"

    def __str__(self):
        return "cpu"

    def __eq__(self, other):
        return isinstance(other, device)

    def __hash__(self):
        return hash("cpu")


CPU = device()


def on_cpu(wanted) -> None:
    """Refuse any device but the CPU."""
    if wanted is not None:
        device(wanted)
