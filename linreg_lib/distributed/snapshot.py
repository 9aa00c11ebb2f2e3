"""Snapshots: what a run needs to go on after a crash, as if there had been none."""

import os
from pathlib import Path

import torch
import torch.distributed as dist

from linreg_lib._record import Record


class Snapshots:
    """The snapshots of a run, in one file that process 0 reads and writes; no file, no snapshot.

    Args:
        path: the file, or None. Its folder must be there.
        settings: what a run that goes on must have in common with the one that began.
        record: the run so far, with its parameters. source: what draws the orders.
    """

    def __init__(
        self,
        path: str | os.PathLike | None,
        settings: dict,
        record: Record,
        source: torch.Generator,
    ):
        self.path = None if path is None else Path(path)
        self.settings, self.record, self.source = settings, record, source
        self.epoch, self.order_state = 0, None

    def resume(self) -> tuple[int, int]:
        """Take over a snapshot that is there; give the epoch to go on with, and its steps done."""
        state = self._read()
        if state is None:
            return 0, 0
        for name, value in self.settings.items():
            if state["settings"][name] != value:
                raise ValueError(
                    f"{name} must be that of the run in the snapshot, {state['settings'][name]}; "
                    f"got {value}. Give the same, or remove {self.path} to begin anew."
                )
        with torch.no_grad():
            for name in ("w", "b"):
                param = getattr(self.record, name)
                param.copy_(state[name])
                param.grad = None if state[name + "_grad"] is None else param.detach().clone()
                if param.grad is not None:
                    param.grad.copy_(state[name + "_grad"])
        self.record.restore(state["record"])
        self.source.set_state(state["source"])
        return state["epoch"], state["step"]

    def _read(self) -> dict | None:
        """Give process 0's snapshot to every process: the others may be on other machines."""
        if self.path is None:
            return None
        found = [None]
        if dist.get_rank() == 0 and self.path.exists():
            found[0] = torch.load(self.path, map_location="cpu", weights_only=True)
        dist.broadcast_object_list(found)
        return found[0]

    def begin_epoch(self, epoch: int) -> None:
        """Remember where the epoch's order comes from: who goes on in its middle draws it again."""
        self.epoch, self.order_state = epoch, self.source.get_state()

    def end_epoch(self) -> None:
        """Write a snapshot of a run that goes on with the next epoch."""
        self.begin_epoch(self.epoch + 1)
        self.write(0)

    def write(self, step: int) -> None:
        """Write, on process 0, a snapshot after so many steps of the epoch."""
        if self.path is None or dist.get_rank() != 0:
            return
        w, b = self.record.w, self.record.b
        state = {
            "settings": self.settings,
            "epoch": self.epoch,
            "step": step,
            "source": self.order_state,
            "w": w.detach(),
            "b": b.detach(),
            "w_grad": w.grad,
            "b_grad": b.grad,
            "record": self.record.state(),
        }
        replace(self.path, state)


def replace(path: Path, state: dict) -> None:
    """Write `state` so that at every moment `path` is a whole snapshot: the old one or the new.

    The new one is written beside the old one, forced to the disk, and then takes its name, which
    a file system does at one stroke.
    """
    beside = path.with_name(path.name + ".new")
    with open(beside, "wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    if os.name == "posix":  # the new name, too, is to survive a loss of power
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
