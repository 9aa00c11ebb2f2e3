"""Let a reader's code run and leave no trace: random state, modes, files, printed text."""

import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator

import torch


class TooLong(BaseException):
    """Ends code that does not end; not an Exception, so that few programs catch it."""

    def __init__(self, line: int | None = None):
        super().__init__()
        self.line = line


@contextlib.contextmanager
def isolated() -> Iterator[io.StringIO]:
    """Keep everything outside as it is; give what is printed inside."""
    printed = io.StringIO()
    grad, dtype = torch.is_grad_enabled(), torch.get_default_dtype()
    folder, stdin = os.getcwd(), sys.stdin
    with (
        _random_states(),
        warnings.catch_warnings(),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        tempfile.TemporaryDirectory() as scratch,
    ):
        warnings.simplefilter("ignore")
        os.chdir(scratch)
        sys.stdin = io.StringIO()  # an input() must not wait
        torch.set_grad_enabled(True)
        if dtype != torch.float32:
            torch.set_default_dtype(torch.float32)
        try:
            yield printed
        finally:
            os.chdir(folder)
            sys.stdin = stdin
            torch.set_grad_enabled(grad)
            if torch.get_default_dtype() != dtype:
                torch.set_default_dtype(dtype)


@contextlib.contextmanager
def _random_states():
    state, plain = torch.get_rng_state(), random.getstate()
    numpy = sys.modules.get("numpy")
    arrays = numpy.random.get_state() if hasattr(numpy, "random") else None
    try:
        yield
    finally:
        torch.set_rng_state(state)
        random.setstate(plain)
        if arrays is not None:
            numpy.random.set_state(arrays)


class Clock:
    """How long the reader's code may run, all calls of a check together."""

    def __init__(self, max_seconds: float):
        self.max_seconds = max_seconds
        self._ends = time.monotonic() + max_seconds
        self._alarmed = False

    def shorten(self, max_seconds: float) -> None:
        """Wait no longer than this from now on."""
        self.max_seconds = min(self.max_seconds, max_seconds)
        self._ends = min(self._ends, time.monotonic() + max_seconds)

    @contextlib.contextmanager
    def within(self, max_seconds: float) -> Iterator[None]:
        """Let this part run no longer; what is over afterwards is the others' again."""
        whole, ends = self.max_seconds, self._ends
        self.shorten(max_seconds)
        self._ring_after(self._ends - time.monotonic())
        yield
        self.max_seconds, self._ends = whole, ends
        self._ring_after(ends - time.monotonic())

    def _ring_after(self, seconds: float) -> None:
        if self._alarmed:
            # A little later than the ticks, which know the line; again, should it be caught.
            signal.setitimer(signal.ITIMER_REAL, max(seconds, 0) + 0.2, 0.2)

    def tick(self) -> None:
        """Called in each round of each loop of a text."""
        if time.monotonic() > self._ends:
            raise TooLong(sys._getframe(1).f_lineno)

    @contextlib.contextmanager
    def alarm(self) -> Iterator[None]:
        """Interrupt what has no loop of its own either, where that can be done."""
        main = threading.current_thread() is threading.main_thread()
        if not main or not hasattr(signal, "setitimer"):
            yield
            return

        def ring(signum, frame):
            raise TooLong(_line(frame))

        before = signal.signal(signal.SIGALRM, ring)
        self._alarmed = True
        self._ring_after(self._ends - time.monotonic())
        try:
            yield
        finally:
            self._alarmed = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


ANSWER = "<answer>"


def _line(frame) -> int | None:
    while frame is not None and frame.f_code.co_filename != ANSWER:
        frame = frame.f_back
    return None if frame is None else frame.f_lineno
