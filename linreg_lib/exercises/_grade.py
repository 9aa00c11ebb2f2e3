"""Grade readers' notebooks: who passed what, and which mistake it was.

Each notebook runs in a process of its own, in an empty folder, with limits of time and memory. That
keeps accidents away from you and from the next reader; it is no wall against malice.
"""

import contextlib
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from linreg_lib.exercises import exercises

COLUMNS = ("notebook", "exercise", "passed", "mistake", "message")
CALL = re.compile(r"^[^#\n]*\bcheck\(\s*[\"']([\w-]+)[\"']", re.MULTILINE)
ANY_CALL = re.compile(r"\bcheck\(\s*[\"']([\w-]+)[\"']")
# What stands in the column `mistake` where no check has said anything.
NOT_RUN, NOT_CALLED, UNREADABLE, UNKNOWN = "not-run", "not-started", "unreadable", "unknown"


def asked(notebook: Path) -> dict[str, bool]:
    """Give the exercises that a notebook asks for, each with whether its check is called."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found = {}
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        called = set(CALL.findall(source))
        for name in ANY_CALL.findall(source):
            found[name] = found.get(name, False) or name in called
    known = exercises()
    return {name: called for name, called in found.items() if name in known}


def _limited(command: list[str], megabytes: int) -> list[str]:
    """Let the command have so much memory: a limit of its own, set before Python begins."""
    return ["/bin/sh", "-c", f'ulimit -v {megabytes * 1024} 2>/dev/null; exec "$@"', "sh", *command]


def grade(
    notebook: Path, *, seconds: float = 300, cell_seconds: float = 60, megabytes: int = 4096
) -> list[dict]:
    """Run a notebook and give a row for each exercise in it; the last check of each counts.

    Args:
        notebook: the file.
        seconds: how long it may run in all.
        cell_seconds: how much processor time a cell may take.
        megabytes: how much memory (address space) it may have; PyTorch itself takes about 2000.
    """
    try:
        wanted = asked(notebook)
    except (OSError, ValueError, KeyError, TypeError, UnicodeError) as error:
        return [_row(notebook, "", False, UNREADABLE, f"{type(error).__name__}: {error}")]
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.jsonl")
        Path(folder, "work").mkdir()
        module = "linreg_lib.exercises._grading"
        program = [sys.executable, "-m", module, str(notebook.resolve()), str(results)]
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
        environment = {"PYTHONPATH": path, "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"}
        # What was checked before the time was up still counts.
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                _limited([*program, str(cell_seconds)], megabytes),
                cwd=Path(folder, "work"),
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    said = {row["exercise"]: row for row in map(json.loads, lines)}
    rows = []
    for name, called in wanted.items():
        if name in said:
            row = said[name]
            mistake = "" if row["passed"] else row["mistake"] or UNKNOWN
            rows.append(_row(notebook, name, row["passed"], mistake, row["message"]))
        else:
            rows.append(_row(notebook, name, False, NOT_RUN if called else NOT_CALLED, ""))
    return rows


def _row(notebook: Path, exercise: str, passed: bool, mistake: str, message: str) -> dict:
    values = (str(notebook), exercise, "yes" if passed else "no", mistake, message)
    return dict(zip(COLUMNS, values, strict=True))


def write_grades(notebooks: Iterable[Path], out: TextIO, **limits) -> None:
    """Grade the notebooks one after the other and write the table as it grows."""
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for notebook in notebooks:
        table.writerows(grade(notebook, **limits))
        out.flush()
