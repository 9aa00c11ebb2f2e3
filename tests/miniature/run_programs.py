"""Run programs and say what each did: output, warnings, error. Either PyTorch may answer.

    python run_programs.py < programs.json > results.json

Read is {"run": [source, ...], "record": [source, ...]}: the latter are recorded line by line.
Each program runs in a process of its own, forked when torch has been loaded.
"""

import contextlib
import io
import json
import linecache
import os
import re
import signal
import sys
import traceback
import warnings

import planted
import torch


def run(source: str) -> dict:
    """Run one program and describe what a reader would see."""
    filename = "<program>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    printed, error, where = io.StringIO(), None, None
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            torch.manual_seed(0)
            exec(compile(source, filename, "exec"), {"__name__": "__main__"})
        except BaseException as problem:
            error = problem
            lines = [
                f.lineno
                for f in traceback.extract_tb(problem.__traceback__)
                if f.filename == filename
            ]
            where = lines[-1] if lines else None
    return {
        "printed": re.sub(r"0x[0-9a-f]+", "0x", printed.getvalue()),
        "error": None if error is None else [type(error).__name__, str(error), where],
        "warnings": [
            [w.category.__name__, str(w.message), w.lineno]
            for w in caught
            if w.filename == filename
        ],
        "traceback": "" if error is None else "".join(traceback.format_exception(error))[-1500:],
        "refused": _refusals(),
    }


def recorded(source: str) -> dict:
    """Record one program as the stepper does."""
    with contextlib.redirect_stdout(io.StringIO()):
        torch.manual_seed(0)
        return {
            "recording": trace(source, max_steps=300).to_dict(),
            "refused": _refusals(),
        }


def _refusals() -> list[str]:
    refusal = sys.modules.get("torch._mini.refusal")
    return list(refusal.refusals) if refusal else []


def isolated(work, source: str, seconds: int = 60) -> dict:
    """Run or record one program in a forked process."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.alarm(seconds)
        try:
            result = work(source)
        except BaseException:
            result = {"crash": traceback.format_exc()}
        with os.fdopen(writing, "w") as stream:
            json.dump(result, stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"crash": "the process died"}


def warm_up() -> None:
    """Load once what PyTorch loads when it is first used: every program would pay for it anew."""
    parameter = torch.nn.Parameter(torch.zeros(1))
    for optimizer in (torch.optim.SGD([parameter]), torch.optim.Adam([parameter])):
        parameter.sum().backward()
        optimizer.step()
    repr(parameter)


if __name__ == "__main__":
    torch.set_num_threads(1)
    warm_up()
    if "MINIATURE_PLANT" in os.environ:
        planted.plant(os.environ["MINIATURE_PLANT"])
    asked = json.load(sys.stdin)
    if asked["record"]:
        from linreg_lib.autograd import trace
    json.dump(
        {
            "run": [isolated(run, source) for source in asked["run"]],
            "record": [isolated(recorded, source) for source in asked["record"]],
        },
        sys.stdout,
    )
