"""What the page asks of its own Python: programs recorded, answers checked, on the miniature.

The worker (worker.js) calls `answer(name, args)` with JSON; the functions behind it are those of
the table at the end. `torch` here is the miniature that lies beside this file.
"""

import contextlib
import importlib.abc
import json
import random
import sys
import warnings

import torch
from torch._mini import refusal, warn
from torch._mini.refusal import Unsupported

from linreg_lib.autograd import trace as record
from linreg_lib.hints import explain
from linreg_lib.hints._libraries import is_library

ENGINE = "a miniature of PyTorch 2.13"
# What a fresh process of PyTorch draws from: a program run twice draws the same.
FRESH_SEED = torch.initial_seed()
# Ways to the browser, which PyTorch's Python does not have.
SEALED = ("js", "pyodide_js", "pyodide", "_pyodide", "_pyodide_core")


def answer(name: str, args: str) -> str:
    """Call a function by name; arguments and result are JSON.

    The result is {"value": ...} or {"failed": text}, where the function itself failed.
    """
    try:
        value = FUNCTIONS[name](**json.loads(args))
        return json.dumps({"value": value}, ensure_ascii=False, separators=(",", ":"))
    except Exception as error:
        return json.dumps({"failed": f"{type(error).__name__}: {error}"})


def trace(
    code: str, pitfall: bool = False, max_steps: int = 500, max_seconds: float | None = 10
) -> dict:
    """Record a program, as the stepper does in a notebook.

    Args:
        code: Python source; blank lines around it are left out.
        pitfall: seed the global generator with 0, as for the two programs of a pitfall.
        max_steps, max_seconds: end the program after so many lines or seconds.

    Returns:
        recording: `linreg_lib.recording.format.Recording`, or None where it was refused.
        refused: None, or {"name", "text", "line"} of what the miniature lacks.
        hint: None, or what the error means: pitfall, happened, cause, cure, line, address.
    """
    hint = None

    def on_error(error):
        nonlocal hint
        if isinstance(error, ModuleNotFoundError) and _is_left_out(error.name or ""):
            refusal.refusals.append(f"the module {error.name}")
        if not refusal.refusals:
            hint = _hint(error)

    with _as_in_a_fresh_process():
        if pitfall:
            torch.manual_seed(0)
        made, error = None, None
        with contextlib.suppress(Unsupported):  # the recorder itself may ask for what is not here
            made = record(
                code.strip("\n").rstrip(),
                max_steps=max_steps,
                max_seconds=max_seconds,
                on_error=on_error,
            )
            error = made.error
        refused = _refused(error)
    if hint:
        hint["line"] = error["line"]
    recording = None if refused else {**made.to_dict(), "engine": ENGINE}
    return {"recording": recording, "refused": refused, "hint": hint}


def check(name: str, answer: str) -> dict:
    """Check an answer to an exercise (`linreg_lib.exercises`).

    Returns:
        the feedback as a dict, with `refused` as of `trace`.
    """
    from linreg_lib import exercises

    with _as_in_a_fresh_process():
        try:
            found = exercises.check(name, answer).to_dict()
        except Unsupported:
            found = {}
        refused = _refused(None)
    return {**({} if refused else found), "refused": refused}


def _hint(error: BaseException) -> dict | None:
    seen = len(refusal.refusals)
    try:
        found = explain(error)
    except (Exception, Unsupported):
        found = None
    del refusal.refusals[seen:]  # what a hint asked in vain is not the program's
    if found is None:
        return None
    parts = ("pitfall", "happened", "cause", "cure", "address")
    return {part: getattr(found, part) for part in parts}


def _refused(error: dict | None) -> dict | None:
    """Tell what was refused, though the program may have swallowed it."""
    if not refusal.refusals:
        return None
    name = refusal.refusals[0]
    return {"name": name, "text": refusal.text(name), "line": error["line"] if error else None}


@contextlib.contextmanager
def _as_in_a_fresh_process():
    """Leave nothing of an earlier program: seeds, modes, filters, what it changed in PyTorch."""
    refusal.refusals.clear()
    warn._said.clear()
    torch.manual_seed(FRESH_SEED)
    random.seed()
    owners = [torch.Tensor, torch.nn.Module, torch.backends.cudnn]
    owners += [module for name, module in sys.modules.items() if name.split(".")[0] == "torch"]
    before = [(owner, dict(vars(owner))) for owner in owners]
    limit = sys.getrecursionlimit()
    try:
        with warnings.catch_warnings():
            yield
    finally:
        sys.setrecursionlimit(limit)
        for owner, names in before:
            for name, value in names.items():
                if vars(owner).get(name) is not value:
                    setattr(owner, name, value)
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)
        torch.autograd.set_detect_anomaly(False)


def _is_left_out(name: str) -> bool:
    """Tell whether a module that is not here is one of Python's or of this package."""
    first = name.partition(".")[0]
    return first in sys.stdlib_module_names or first == "linreg_lib"


class _LeftOut(importlib.abc.MetaPathFinder):
    """What Python or this package has and the page has not is refused, not missing.

    Only to the program: the standard library asks for what may be missing, and does without.
    """

    def find_spec(self, name, path=None, target=None):
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.startswith("<frozen importlib"):
            frame = frame.f_back
        if frame and not is_library(frame.f_code.co_filename) and _is_left_out(name):
            refusal.refuse(f"the module {name}")


def seal() -> None:
    """Prepare the interpreter for programs: called once, when all is loaded."""
    for name in SEALED:
        sys.modules[name] = None
    sys.meta_path.append(_LeftOut())


FUNCTIONS = {"trace": trace, "check": check}
