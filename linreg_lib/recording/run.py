"""Run a program under the recorder: hooks, printed text, warnings, errors, and the alarm."""

import contextlib
import io
import signal
import threading
import time
import traceback
import warnings

from linreg_lib.recording import rewrite
from linreg_lib.recording.recorder import Stop, text_of


def run(program, namespace, recorder, on_error=None) -> dict | None:
    """Execute the program; return its uncaught exception as data, once `on_error` has seen it."""
    # The hooks lie among the built-in names of this program alone.
    builtins = namespace.get("__builtins__", __builtins__)
    builtins = builtins if type(builtins) is dict else vars(builtins)
    hooks = {
        rewrite.LINE: recorder.on_line,
        rewrite.VALUE: recorder.on_value,
        rewrite.ENTER: recorder.on_enter,
    }
    had = "__builtins__" in namespace, namespace.get("__builtins__")
    # A program sees itself as run, not as imported.
    namespace["__builtins__"] = {**builtins, "__name__": "__main__", **hooks}
    probe = recorder.probe
    grad_mode = probe.grad_enabled()
    error = None
    try:
        with probe.engine_calls(recorder.films.around), _redirected(recorder), _alarm(recorder):
            recorder.start(namespace)
            exec(program.code, namespace)
    except Stop:
        # An alarm may have struck in the middle of leaving a `with torch.no_grad()`.
        probe.set_grad_enabled(grad_mode)
    except KeyboardInterrupt:
        raise
    except BaseException as caught:
        # SystemExit too: a reader's exit() must not end the kernel.
        error = _record_error(recorder, caught)
        if on_error is not None:
            on_error(caught)
    finally:
        recorder.closed = True
        if had[0]:
            namespace["__builtins__"] = had[1]
        else:
            namespace.pop("__builtins__", None)
    recorder.finish()
    return error


def _record_error(recorder, caught) -> dict:
    found = [
        (frame, line)
        for frame, line in traceback.walk_tb(caught.__traceback__)
        if frame.f_code.co_filename == recorder.frames.filename
    ]
    lines = [line for _, line in found]
    # The frames are still there, held by the traceback.
    stack = recorder.frames.own([frame for frame, _ in found])
    error = {
        "type": type(caught).__name__,
        "message": text_of(caught),
        "line": lines[-1] if lines else recorder.line,
        "lines": lines[:20],
    }
    note = {"kind": "error", "type": error["type"], "message": error["message"]}
    recorder.add("error", error["line"], stack, note=note)
    return error


class _Printed(io.TextIOBase):
    """Stands in for sys.stdout."""

    def __init__(self, recorder):
        self._recorder = recorder

    def writable(self):
        return True

    def write(self, text):
        self._recorder.print(text)
        return len(text)


@contextlib.contextmanager
def _redirected(recorder):
    """Send printed text and warnings to the recorder. Filters stay: they are the program's."""

    def show(message, category, filename, lineno, file=None, line=None):
        own = filename == recorder.frames.filename
        recorder.warn(message, category, lineno if own else None)

    before = warnings.showwarning
    warnings.showwarning = show
    try:
        with contextlib.redirect_stdout(_Printed(recorder)):
            yield
    finally:
        if warnings.showwarning is show:
            warnings.showwarning = before


@contextlib.contextmanager
def _alarm(recorder):
    """Interrupt even a single long call where that is possible: in the main thread, on Unix."""
    seconds = recorder.max_seconds
    main = threading.current_thread() is threading.main_thread()
    if seconds is None or not main or not hasattr(signal, "setitimer"):
        yield
        return
    started = time.monotonic()

    def ring(signum, frame):
        if not recorder.busy and not recorder.closed:  # else the next line ends the program
            if recorder.stopped is None:
                while frame is not None and frame.f_code.co_filename != recorder.frames.filename:
                    frame = frame.f_back
                if frame is not None:
                    recorder.line = frame.f_lineno
                recorder.time_out(time.monotonic() - started)
            raise Stop

    before = signal.signal(signal.SIGALRM, ring)
    # A little later than the hooks, and again, should the program catch it.
    signal.setitimer(signal.ITIMER_REAL, seconds + 0.1, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
