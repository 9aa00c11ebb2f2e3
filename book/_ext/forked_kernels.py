"""Kernels that begin with PyTorch imported: forks of one process, which imports it once.

Starting Python, IPython and PyTorch takes each kernel three seconds of a core; a fork, none.
`manager(environment)` gives the class of managers that nbclient wants. What they start is a
stand-in, which asks the process to fork and waits: it ends with its kernel, and the kernel with it.
On macOS a process with threads of the system's libraries cannot go on after a fork: there, and
where there is no fork, kernels start as ever.
"""

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

# Nothing here looks whether a kernel is there when it is imported, as pyplot and ipywidgets do.
IMPORTED = (
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "torch._dynamo",  # the optimizers of torch.optim import it when the first is made
    "linreg_lib",
)


@contextmanager
def manager(environment: dict, python: str = sys.executable):
    """Start the process that forks, with this environment; give a class of kernel managers."""
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec

    if sys.platform != "linux":
        yield AsyncKernelManager
        return
    with TemporaryDirectory() as folder:
        address = str(Path(folder, "socket"))
        command = [python, __file__, "serve", address]
        # Its standard input is closed when this is left, or this process ends: then it ends, too.
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, env=environment, **pipes) as process:
            process.stdout.readline()  # it listens
            command = [sys.executable, "-S", "-E", __file__, "stand-in", address]
            spec = KernelSpec(argv=[*command, "-f", "{connection_file}"], display_name="Python 3")
            yield type("ForkedKernelManager", (AsyncKernelManager,), {"kernel_spec": spec})


def serve(address: str) -> None:
    """Import what kernels need, then fork for each that calls, until standard input is closed."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(64)
    print("listening", flush=True)
    for name in IMPORTED:
        with suppress(Exception):  # the cell that imports it will say what is wrong
            __import__(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a kernel ended
    ready = selectors.DefaultSelector()
    ready.register(sys.stdin, selectors.EVENT_READ)
    ready.register(listening, selectors.EVENT_READ)
    while sys.stdin not in {key.fileobj for key, _ in ready.select()}:
        calling, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            become_kernel(calling)
        calling.close()


def become_kernel(calling: socket.socket) -> None:
    """Take over the stand-in's arguments, environment and folder, and be an IPython kernel."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    wanted = json.loads(calling.makefile().readline())
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.chdir(wanted["folder"])
    # As in a kernel of its own: neither this file's folder nor this module is to be found.
    sys.path[:] = [path for path in sys.path if path != str(Path(__file__).parent)]

    def end_with_the_stand_in():
        calling.recv(1)
        os._exit(0)

    threading.Thread(target=end_with_the_stand_in, daemon=True).start()
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance(argv=wanted["arguments"])
    os._exit(0)


def stand_in(address: str, arguments: list[str]) -> None:
    """Ask for a kernel and wait until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # end without a word
    call = socket.socket(socket.AF_UNIX)
    call.connect(address)
    wanted = {"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()}
    call.sendall(json.dumps(wanted).encode() + b"\n")
    call.recv(1)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        stand_in(sys.argv[2], sys.argv[3:])
