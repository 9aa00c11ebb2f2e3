"""A Jupyter kernel under a stopwatch: run cells in it, read its memory and processor time."""

import os
import time
from pathlib import Path

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

MIB = 1024 * 1024


def memory_of(pid: int) -> dict[str, float]:
    """Return MiB of a process (Linux): `peak` it ever held, `own` that it shares with nobody.

    `lent`: what it holds now and others may use too, such as PyTorch's libraries.
    """
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = sum(int(line.split()[1]) for line in rollup if line.startswith("Private_")) / 1024
    held = next(int(line.split()[1]) for line in rollup if line.startswith("Rss:")) / 1024
    return {"peak": int(peak.split()[1]) / 1024, "own": own, "lent": held - own}


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Kernel:
    """A running kernel of a Python; `with Kernel() as kernel: kernel.run(code)`."""

    def __init__(self, python: str, folder: str = "."):
        command = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        command.append("--log-level=ERROR")
        spec = KernelSpec(argv=command, display_name="Python 3", language="python")
        self.manager = type("Manager", (KernelManager,), {"kernel_spec": spec})()
        self.folder = folder

    def __enter__(self):
        self.manager.start_kernel(cwd=self.folder)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)
        return self

    def __exit__(self, *error):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    @property
    def pid(self) -> int:
        """The process id of the kernel."""
        return self.manager.provisioner.pid

    def run(self, code: str, may_fail: bool = False) -> float:
        """Run a cell and wait until it is done; return the seconds."""
        start = time.perf_counter()
        reply = self.client.execute_interactive(
            code, timeout=300, output_hook=lambda message: None, allow_stdin=False
        )
        if reply["content"]["status"] != "ok" and not may_fail:
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
        return time.perf_counter() - start
